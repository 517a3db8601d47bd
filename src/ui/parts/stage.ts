import { css } from "lit";

/** Buttons and words that lie on a picture: glass, always the dark half of the tokens. */
export const onPicture = css`
  .glass {
    border-color: var(--glass-line);
    background: var(--glass);
    color: var(--ink);
    backdrop-filter: blur(16px);
  }

  .glass {
    padding-inline: var(--space-4);
  }

  .glass:hover {
    border-color: rgb(255 255 255 / 0.3);
    background: rgb(30 32 42 / 0.85);
  }

  .aside {
    display: grid;
    justify-items: end;
    font-size: var(--small);
    line-height: 1.35;
    text-align: end;
    white-space: nowrap;
  }

  .aside strong {
    font-weight: var(--strong);
  }
`;
