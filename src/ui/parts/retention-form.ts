import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { map } from "lit/directives/map.js";
import type { RecordingsSnapshot, RetentionSettings } from "../models/snapshots.ts";
import { formatSize, texts } from "../texts/index.ts";
import { base, fields } from "./styles.ts";

const dayChoices = [1, 3, 7, 14, 30, 90, 365, null];
const byteChoices = ["half" as const, 1e9, 2e9, 5e9, 10e9, 20e9, 50e9, 100e9, null];

/** `<sealcam-retention-form .retention .retain>`: how long recordings stay. What is chosen holds at once. */
export class RetentionForm extends LitElement {
  static override properties = { retention: { attribute: false }, retain: { attribute: false } };
  declare retention: RecordingsSnapshot["retention"];
  declare retain: RecordingsSnapshot["retain"];

  static override styles = [
    base,
    fields,
    css`
      :host {
        display: block;
      }

      summary {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: var(--touch);
        color: var(--accent);
        font-weight: var(--strong);
        cursor: pointer;
      }

      form {
        gap: var(--space-4);
        margin-block-start: var(--space-3);
      }

      select {
        inline-size: 100%;
      }

      .never {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        column-gap: var(--space-3);
        min-block-size: var(--touch);
        cursor: pointer;
      }

      .never input:not([type="radio"], .hidden-text) {
        inline-size: 22px;
        min-block-size: 22px;
        margin: 0;
        padding: 0;
        accent-color: var(--accent);
      }

      .never .small {
        grid-column: 2;
        font-weight: var(--regular);
      }

      @media (min-width: 36rem) {
        .both {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: var(--space-4);
        }
      }

      .both {
        display: grid;
        gap: var(--space-4);
      }
    `,
  ];

  constructor() {
    super();
    this.retention = null;
    this.retain = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().recordings.retention;
    if (!this.retention) return nothing;
    const { settings, due } = this.retention;
    const isOff = this.retain === undefined;
    return html`${due === 0 ? nothing : html`<p data-role="due" role="status">${t.due(due)}</p>`}
      <details>
      <summary>${t.heading}</summary>
      <p class="small quiet">${t.lead}</p>
      <form @submit=${(event: Event) => event.preventDefault()}>
        <div class="both">
          <div class="field">
            <label for="days">${t.days}</label>
            <select id="days" ?disabled=${isOff || !settings.erases} @change=${this.#days}>
              ${map(withChosen(dayChoices, settings.days), (days) => option(days, settings.days, days === null ? t.noDays : t.dayCount(days)))}
            </select>
          </div>
          <div class="field">
            <label for="bytes">${t.bytes}</label>
            <select id="bytes" ?disabled=${isOff || !settings.erases} @change=${this.#bytes}>
              ${map(withChosen(byteChoices, settings.bytes), (bytes) =>
                option(
                  bytes,
                  settings.bytes,
                  bytes === null ? t.noBytes : bytes === "half" ? t.half : formatSize(bytes),
                ),
              )}
            </select>
          </div>
        </div>
        <label class="never">
          <input type="checkbox" .checked=${live(!settings.erases)} ?disabled=${isOff} @change=${this.#never} />
          ${t.never}
          <span class="small quiet">${t.neverWords}</span>
        </label>
      </form>
    </details>`;
  }

  #choose(change: Partial<RetentionSettings>): void {
    if (this.retention) void this.retain?.({ ...this.retention.settings, ...change });
  }

  #days = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.#choose({ days: value === "null" ? null : Number(value) });
  };

  #bytes = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.#choose({ bytes: value === "null" ? null : value === "half" ? value : Number(value) });
  };

  #never = (event: Event): void => this.#choose({ erases: !(event.target as HTMLInputElement).checked });
}
customElements.define("sealcam-retention-form", RetentionForm);

/** What is chosen can always be seen, whoever chose it. */
const withChosen = <T>(choices: readonly T[], chosen: T): readonly T[] =>
  choices.includes(chosen) ? choices : [chosen, ...choices];

const option = <T>(value: T, chosen: T, words: string): TemplateResult =>
  html`<option value=${String(value)} .selected=${live(value === chosen)}>${words}</option>`;

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-retention-form": RetentionForm;
  }
}
