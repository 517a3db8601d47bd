import { css } from "lit";
import { accountStyles } from "./account-styles.ts";

/** Sections of an open card: those of the account's page, and fields in them. */
export const cardStyles = [
  accountStyles,
  css`
    :host {
      gap: var(--space-6);
    }

    select {
      inline-size: 100%;
    }

    form {
      gap: var(--space-4);
    }

    .panel {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-4);
      border: 1px solid var(--line);
      border-radius: var(--round);
      background: var(--surface);
    }

    .pair {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-3);
    }

    details {
      inline-size: 100%;
      min-inline-size: 0;
    }

    .rights {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-5);
    }

    .rights label {
      display: flex;
      align-items: center;
      gap: var(--space-2);
      min-block-size: var(--touch);
      font-weight: var(--regular);
      cursor: pointer;
    }

    .rights input:not([type="radio"], .hidden-text) {
      inline-size: 20px;
      min-block-size: 20px;
      padding: 0;
    }
  `,
];
