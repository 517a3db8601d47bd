import { css } from "lit";

/** What every element of ours starts from: boxes, text, focus, links. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    box-sizing: border-box;
    font-variant-numeric: tabular-nums;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h1 {
    font-size: var(--title);
    font-weight: var(--strong);
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }

  /* A heading is focused by the router so that reading starts there; it is no control and shows no ring. */
  h1:focus {
    outline: none;
  }

  h2,
  h3 {
    font-size: var(--body);
    font-weight: var(--strong);
    line-height: 1.4;
  }

  p {
    text-wrap: pretty;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
  }

  svg {
    display: block;
    flex: none;
  }

  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }

  .small {
    font-size: var(--small);
    line-height: 1.45;
  }

  .quiet {
    color: var(--ink-2);
  }

  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Buttons and links that look like buttons. One `.primary` on a screen. */
export const buttons = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-block-size: var(--touch);
    padding: var(--space-2) var(--space-5);
    border: 1px solid var(--edge);
    border-radius: var(--round-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-weight: var(--strong);
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    transition:
      background-color var(--quick),
      border-color var(--quick);
  }

  button:hover,
  .button:hover {
    border-color: var(--ink-2);
    background: var(--sunken);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  .primary,
  .primary:hover {
    min-block-size: 48px;
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  .primary:hover {
    background: var(--accent-strong);
  }

  .plain,
  .plain:hover {
    border-color: transparent;
    background: none;
    color: var(--accent);
  }

  .flush {
    padding-inline: 0;
  }

  .plain:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .danger,
  .danger:hover {
    color: var(--danger);
  }

  button.danger.filled {
    border-color: transparent;
    background: var(--danger);
    color: light-dark(#ffffff, #2a0805);
  }
`;

/** Labelled fields, hints, choices. */
export const fields = css`
  form {
    display: grid;
    gap: var(--space-5);
  }

  .field {
    display: grid;
    gap: var(--space-1);
  }

  label,
  legend {
    font-weight: var(--strong);
  }

  legend {
    padding: 0;
    margin-block-end: var(--space-2);
  }

  select {
    min-block-size: 48px;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--edge);
    border-radius: var(--round-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }

  select:disabled {
    opacity: 0.6;
  }

  input:not([type="radio"], .hidden-text) {
    inline-size: 100%;
    min-block-size: 48px;
    padding: var(--space-2) var(--space-4);
    border: 1px solid var(--edge);
    border-radius: var(--round-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }

  input:focus-visible {
    outline-offset: 0;
    border-color: var(--accent);
  }

  input:disabled {
    opacity: 0.6;
  }

  .hint {
    color: var(--ink-2);
    font-size: var(--small);
    line-height: 1.45;
  }

  sealcam-password-field {
    display: grid;
    gap: var(--space-1);
  }

  .with-button {
    position: relative;
    display: block;
  }

  .with-button input {
    padding-inline-end: 56px;
  }

  .with-button button {
    position: absolute;
    inset-block: 2px;
    inset-inline-end: 2px;
    inline-size: var(--touch);
    min-block-size: var(--touch);
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--ink-2);
  }
`;

/** The frame of a page that is no picture: one column; on a phone the actions sink to the thumb. */
export const column = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-6);
    inline-size: 100%;
    max-inline-size: 40rem;
    margin-inline: auto;
    padding: var(--space-6) var(--space-4) var(--space-8);
  }

  header {
    display: grid;
    gap: var(--space-2);
  }

  .lead {
    color: var(--ink-2);
  }

  .panel {
    display: grid;
    gap: var(--space-5);
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--surface);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
  }

  .rows {
    display: grid;
    gap: var(--space-2);
  }

  .row {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: var(--space-1) var(--space-4);
    inline-size: 100%;
    min-block-size: 64px;
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--surface);
    color: var(--ink);
    font-weight: var(--regular);
    text-align: start;
    text-decoration: none;
  }

  button.row:hover,
  a.row:hover {
    border-color: var(--accent);
    background: var(--surface);
  }

  .row > .quiet,
  .row > svg {
    color: var(--ink-2);
  }

  .row strong {
    font-weight: var(--strong);
    overflow-wrap: anywhere;
  }

  .row .text {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
  }

  @media (min-width: 48rem) {
    :host {
      padding-block: var(--space-12);
      gap: var(--space-8);
    }
  }

  @media (max-width: 47.99rem) {
    .actions {
      flex-direction: column;
      align-items: stretch;
      margin-block-start: auto;
    }

    .actions.answer {
      flex-flow: row nowrap;
    }

    .answer > * {
      flex: 1 1 auto;
      padding-inline: var(--space-2);
    }
  }
`;

/** A page that has the whole window while it is immersive. */
export const immersive = css`
  :host([immersive]) {
    position: fixed;
    inset: 0;
    display: block;
    max-inline-size: none;
    padding: 0;
  }
`;

/** A page about one picture: dark in both themes. */
export const darkPage = css`
  :host {
    min-block-size: 100%;
    background: var(--paper);
    color: var(--ink);
    color-scheme: dark;
  }
`;

/** A line of words that opens what stands behind it. */
export const summaries = css`
  details > summary {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: var(--touch);
    color: var(--accent);
    font-weight: var(--strong);
    list-style: none;
    cursor: pointer;
  }

  details > summary::-webkit-details-marker {
    display: none;
  }

  details[open] > summary {
    margin-block-end: var(--space-2);
  }
`;
