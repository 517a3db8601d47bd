import { css } from "lit";

/** Recordings one below the other: when and how long, whose, and what can be done with each. */
export const recordingRows = css`
  .recordings li {
    display: grid;
    gap: var(--space-2);
    padding-block: var(--space-4);
    border-block-start: 1px solid var(--line);
    overflow-wrap: anywhere;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--space-1) var(--space-4);
  }

  .writing {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
  }

  .recordings .actions {
    display: flex;
    flex-flow: row wrap;
    gap: var(--space-2);
    margin: 0;
  }

  .recordings .actions > * {
    padding-inline: var(--space-3);
  }

  .recordings .danger {
    margin-inline-start: auto;
  }

  @media (max-width: 30rem) {
    .wide {
      display: none;
    }
  }

  [aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--accent-wash);
    color: var(--accent);
  }
`;
