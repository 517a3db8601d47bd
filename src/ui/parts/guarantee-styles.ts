import { css } from "lit";

/** To be used inside a dark, translucent bar that is `position: relative`: the panel hangs from it. */
export const guaranteeStyles = css`
  .guarantee {
    min-inline-size: 0;
  }

  summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--space-3);
    min-block-size: 48px;
    border-radius: var(--round-small);
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  .seal {
    inline-size: 32px;
    block-size: 32px;
    transition: color var(--quick);
  }

  .words {
    display: grid;
    min-inline-size: 0;
  }

  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--space-2);
    line-height: 1.25;
  }

  .name strong {
    font-weight: var(--strong);
  }

  .live {
    padding: 0 var(--space-2);
    border: 1px solid transparent;
    border-radius: 99px;
    background: rgb(255 255 255 / 0.14);
    font-size: var(--small);
    line-height: 18px;
    white-space: nowrap;
  }

  [data-live="no"] .live {
    border: 1px dashed var(--ink-2);
    background: none;
  }

  .sentence {
    color: var(--ink-2);
    font-size: var(--small);
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  .wide {
    display: none;
  }

  .why {
    margin-inline-start: 2px;
    color: var(--ink);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    white-space: nowrap;
  }

  .because {
    position: absolute;
    inset-block-start: 100%;
    inset-inline: 0;
    z-index: 2;
    display: grid;
    gap: var(--space-5);
    max-block-size: min(78dvh, 46rem);
    padding: var(--space-5) var(--space-4) var(--space-6);
    overflow: auto;
    overscroll-behavior: contain;
    background: #14161d;
    font-size: var(--small);
    line-height: 1.45;
  }

  .because section {
    display: grid;
    gap: var(--space-1);
  }

  .because section p {
    color: var(--ink-2);
  }

  .because h3 {
    font-size: var(--small);
  }

  .because p + h3 {
    margin-block-start: var(--space-2);
  }

  .checks {
    display: grid;
    gap: var(--space-3);
  }

  .checks li {
    display: grid;
    grid-template-columns: 20px 1fr;
    gap: var(--space-3);
    color: var(--ink-2);
  }

  .checks [data-result="passed"] svg {
    color: var(--state-1);
  }

  .checks [data-result="failed"] svg {
    color: var(--state-0);
  }

  .plain-words {
    color: var(--ink);
  }

  .exact {
    display: block;
  }

  dl {
    display: grid;
    gap: var(--space-2);
    padding-block-start: var(--space-4);
    border-block-start: 1px solid var(--glass-line);
  }

  dl div {
    display: grid;
    grid-template-columns: 8rem 1fr;
    gap: var(--space-3);
  }

  dt {
    color: var(--ink-2);
  }

  @media (min-width: 48rem) {
    .wide {
      display: inline;
    }

    .narrow {
      display: none;
    }

    .because {
      inset-inline: var(--space-3) auto;
      inset-block-start: calc(100% + var(--space-3));
      inline-size: 28rem;
      border: 1px solid var(--glass-line);
      border-radius: var(--round);
    }
  }
`;
