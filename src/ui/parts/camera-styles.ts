import { css } from "lit";

/**
 * The camera's page while it shows its picture. Nothing lies on the picture: beside it, or below it on a narrow screen, stands
 * what can be chosen, which is scrolled where it has no room; what is pressed most stays at the thumb.
 */
export const cameraStyles = css`
  :host([immersive]) {
    display: grid;
    grid-template: "bar" auto "stage" minmax(32svh, 1fr) "beside" minmax(0, auto) "controls" auto / minmax(0, 1fr);
    gap: 0;
    background: var(--stage);
    color: var(--ink);
    color-scheme: dark;
  }

  .stage {
    grid-area: stage;
    position: relative;
    min-block-size: 0;
  }

  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  /* Small beside what the network makes of it. */
  .looking video {
    inset: var(--space-3) var(--space-3) auto auto;
    z-index: 1;
    inline-size: clamp(96px, 26%, 240px);
    block-size: auto;
    border: 2px solid var(--stage);
    border-radius: var(--round-small);
  }

  .bar {
    grid-area: bar;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-3);
    min-block-size: 64px;
    padding: calc(var(--space-2) + env(safe-area-inset-top)) var(--space-4) var(--space-2);
    border-block-end: 1px solid var(--glass-line);
  }

  .bar > svg {
    color: var(--accent);
  }

  .bar strong {
    font-weight: var(--strong);
  }

  .bar p {
    line-height: 1.3;
  }

  .beside {
    grid-area: beside;
    display: grid;
    grid-template-columns: minmax(0, 30rem);
    align-content: start;
    justify-content: center;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .beside sealcam-say-line {
    inline-size: 100%;
  }

  .controls {
    grid-area: controls;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--glass-line);
  }

  .controls .primary {
    min-inline-size: 12rem;
  }

  .note {
    display: block;
    padding: var(--space-2) var(--space-4);
    border-radius: var(--round);
    background: var(--glass);
    font-size: var(--small);
    text-align: center;
  }

  sealcam-wait.note {
    display: flex;
  }

  .going-on {
    font-variant-numeric: tabular-nums;
  }

  .on {
    border-color: var(--accent);
    color: var(--accent);
  }

  .aside .hears {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    color: var(--accent);
  }

  @media (min-width: 60rem), (orientation: landscape) and (max-height: 32rem) {
    :host([immersive]) {
      grid-template: "bar bar" auto "stage beside" minmax(0, 1fr) "controls beside" auto / minmax(0, 1fr) clamp(18rem, 32vw, 24rem);
    }

    .beside {
      grid-template-columns: minmax(0, 1fr);
      border-inline-start: 1px solid var(--glass-line);
    }

    .controls {
      border-block-start: 0;
    }
  }

  @media (max-width: 60rem) {
    .controls .glass {
      padding-inline: var(--space-3);
    }

    .controls .words {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
`;
