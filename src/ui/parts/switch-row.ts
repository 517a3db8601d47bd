import { css, html, nothing, type TemplateResult } from "lit";

/** For `switchRow`, and for what holds some of them. */
export const switchStyles = css`
  .switches {
    display: grid;
    padding: var(--space-1) var(--space-4);
    border: 1px solid var(--glass-line);
    border-radius: var(--round);
    background: var(--glass);
  }

  .switch {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-3);
    min-block-size: 56px;
    padding-block: var(--space-1);
    cursor: pointer;
  }

  .switch + .switch {
    border-block-start: 1px solid var(--glass-line);
  }

  .switch .small {
    display: block;
  }

  .switch svg {
    color: var(--ink-2);
  }

  /* The native box under it keeps keyboard, name and state. */
  .switch input {
    appearance: none;
    position: relative;
    inline-size: 40px;
    block-size: 24px;
    margin: 0;
    border: 1px solid var(--edge);
    border-radius: 99px;
    background: transparent;
    cursor: pointer;
    transition: background-color var(--quick);
  }

  .switch input::before {
    content: "";
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 99px;
    background: var(--ink-2);
    transition: translate var(--quick);
  }

  .switch input:checked {
    border-color: var(--accent);
    background: var(--accent);
  }

  .switch input:checked::before {
    translate: 16px 0;
    background: var(--on-accent);
  }
`;

/** One thing that is on or off, with its name and what it means; nothing where it cannot be chosen. */
export const switchRow = (
  drawing: TemplateResult,
  [name, meaning]: readonly [string, string],
  isOn: boolean,
  choose: ((isOn: boolean) => void) | undefined,
): TemplateResult | typeof nothing =>
  choose === undefined
    ? nothing
    : html`<label class="switch">
        ${drawing}
        <span>${name}<span class="small quiet">${meaning}</span></span>
        <input
          type="checkbox"
          role="switch"
          .checked=${isOn}
          @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
        />
      </label>`;
