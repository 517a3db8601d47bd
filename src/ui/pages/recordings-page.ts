import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { RecordingEntry, RecordingsSnapshot } from "../models/snapshots.ts";
import "../parts/camera-number.ts";
import "../parts/confirm-dialog.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import { base, buttons, column } from "../parts/styles.ts";
import "../parts/wait.ts";
import { formatMoment, formatSize, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/** `/recordings`: what this device has recorded; save a copy of one, erase one. */
export class RecordingsPage extends Page<RecordingsSnapshot> {
  static override properties: PropertyDeclarations = { asking: { state: true } };
  /** The recording somebody wants to erase. */
  declare private asking: RecordingEntry | null;

  static override styles = [
    base,
    buttons,
    column,
    css`
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
        font-variant-numeric: tabular-nums;
      }

      .recordings .actions {
        flex-direction: row;
        margin: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.asking = null;
  }

  override render(): TemplateResult {
    const t = texts().recordings;
    const now = this.snapshot;
    const recordings = now?.recordings ?? null;
    return html`
      <header>
        <h1 tabindex="-1">${t.heading}</h1>
        <p class="lead">${t.lead}</p>
        <p><a class="button plain flush" href="/verify">${texts().titles["/verify"]}</a></p>
      </header>
      ${now?.fault == null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
      ${
        now === null || recordings === null
          ? now?.fault == null
            ? html`<sealcam-wait>${t.reading}</sealcam-wait>`
            : nothing
          : recordings.length === 0
            ? html`<p class="quiet">${t.none}</p>
                <p><a class="button primary" href="/viewer">${t.view}</a></p>`
            : html`<ul class="recordings">
                ${repeat(
                  recordings,
                  ({ name }) => name,
                  (one) => html`<li>${this.#recording(now, one)}</li>`,
                )}
              </ul>`
      }
      <sealcam-confirm-dialog
        heading=${t.eraseHeading(this.asking ? formatMoment(this.asking.begun) : "")}
        words=${t.eraseWords}
        action=${t.eraseAction}
      ></sealcam-confirm-dialog>
    `;
  }

  #recording(now: RecordingsSnapshot, one: RecordingEntry): TemplateResult {
    const t = texts().recordings;
    const when = formatMoment(one.begun);
    const { save, erase } = now;
    return html`<div class="line"><strong>${when}</strong><span class="quiet">${formatSize(one.bytes)}</span></div>
      <sealcam-camera-number class="quiet" number=${one.number}></sealcam-camera-number>
      <div class="actions">
        ${
          save === undefined
            ? nothing
            : html`<button aria-label=${t.saveOf(when)} @click=${() => save(one.name)}>${icon("save", 20)} ${t.save}</button>`
        }
        ${
          erase === undefined
            ? nothing
            : html`<button class="plain danger" aria-label=${t.eraseOf(when)} @click=${() => this.#askErase(one)}>
                ${icon("erase", 20)} ${t.erase}
              </button>`
        }
      </div>`;
  }

  async #askErase(one: RecordingEntry): Promise<void> {
    this.asking = one;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    await dialog?.updateComplete;
    if ((await dialog?.ask()) === true) await this.snapshot?.erase?.(one.name);
  }
}
customElements.define("sealcam-recordings-page", RecordingsPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-recordings-page": RecordingsPage;
  }
}
