import { css } from "lit";
import { summaries } from "./styles.ts";

/** Sections of the account's page: headed, with lines between their rows. */
export const accountStyles = [
  summaries,
  css`
  /* A part of the page; the page itself is a column and says so after this. */
  :host {
    display: grid;
    gap: var(--space-8);
  }

  section {
    display: grid;
    gap: var(--space-3);
  }

  .lines > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-1) var(--space-4);
    padding-block: var(--space-2);
    border-block-start: 1px solid var(--line);
  }

  .lines .plain {
    padding-inline: var(--space-2) 0;
  }

  .lines .lines {
    margin-block-start: var(--space-1);
    padding-inline-start: var(--space-4);
  }

  .lines .text {
    display: grid;
    flex: 1 1 12rem;
    gap: 2px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .wide {
    flex: 1 0 100%;
  }

  .choices {
    display: grid;
    gap: var(--space-3);
  }

  .choices label {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0 var(--space-3);
    min-block-size: var(--touch);
    font-weight: var(--regular);
    cursor: pointer;
  }

  input[type="radio"],
  input[type="checkbox"] {
    inline-size: 20px;
    min-block-size: 20px;
    block-size: 20px;
    padding: 0;
    accent-color: var(--accent);
  }

  button,
  .button {
    flex: none;
  }

  .code {
    font-family: var(--mono);
    font-size: var(--title);
    font-weight: var(--strong);
    letter-spacing: 0.08em;
    overflow-wrap: anywhere;
  }

  .secret {
    font-family: var(--mono);
    font-size: var(--small);
    letter-spacing: 0.04em;
    overflow-wrap: anywhere;
  }
`,
];
