import { css } from "lit";

/** A panel of its own that opens by its line of words. */
export const foldedPanel = css`
  details {
    border: 1px solid var(--glass-line);
    border-radius: var(--round);
    background: var(--glass);
    font-size: var(--small);
  }

  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    min-block-size: var(--touch);
    padding-inline: var(--space-4);
    border-radius: var(--round);
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary svg {
    rotate: 90deg;
  }

  details[open] summary svg {
    rotate: -90deg;
  }
`;

/** Terms and what stands for them, one below the other. */
export const detailRows = css`
  dl {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-1) var(--space-4) var(--space-4);
  }

  dl div {
    display: grid;
    grid-template-columns: 7.5rem 1fr;
    gap: var(--space-3);
  }

  dt {
    color: var(--ink-2);
  }

  dd {
    overflow-wrap: anywhere;
  }
`;
