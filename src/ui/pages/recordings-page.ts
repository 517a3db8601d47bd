import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { RecordingEntry, RecordingsSnapshot } from "../models/snapshots.ts";
import "../parts/camera-number.ts";
import "../parts/confirm-dialog.ts";
import "../parts/erased-note.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import { recordingRows } from "../parts/recording-rows.ts";
import "../parts/retention-form.ts";
import "../parts/storage-bar.ts";
import "../parts/stored-recordings.ts";
import { base, buttons, column } from "../parts/styles.ts";
import "../parts/wait.ts";
import { formatDay, formatDuration, formatMoment, formatSize, formatTime, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/** `/recordings`: what this device has recorded, by day; how much room there is, and how long they stay. Then what the server keeps. */
export class RecordingsPage extends Page<RecordingsSnapshot> {
  static override properties: PropertyDeclarations = { asking: { state: true } };
  /** The recording somebody wants to erase. */
  declare private asking: RecordingEntry | null;

  static override styles = [
    base,
    buttons,
    column,
    recordingRows,
    css`
      .days,
      section {
        display: grid;
        gap: var(--space-6);
      }

      section {
        gap: var(--space-2);
      }

      .part {
        gap: var(--space-4);
      }

      .part + .part {
        padding-block-start: var(--space-6);
        border-block-start: 1px solid var(--line);
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
      <section class="part">
        <h2>${t.here}</h2>
        ${now?.fault == null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
        ${now?.busy == null ? nothing : html`<sealcam-wait>${t[now.busy]}</sealcam-wait>`}
        ${
          now === null || recordings === null
            ? now?.fault == null
              ? html`<sealcam-wait>${t.reading}</sealcam-wait>`
              : nothing
            : html`
                ${
                  now.erased.length === 0
                    ? nothing
                    : html`<sealcam-erased-note .erased=${now.erased} .forget=${now.forget}></sealcam-erased-note>`
                }
                ${recordings.length === 0 ? none() : nothing} ${this.#room(now)}
                ${recordings.length === 0 ? nothing : this.#list(now, recordings)}
              `
        }
      </section>
      ${
        now === null || now.stored.step === "none"
          ? nothing
          : html`<section class="part">
              <h2>${texts().stored.heading}</h2>
              <sealcam-stored-recordings .stored=${now.stored}></sealcam-stored-recordings>
            </section>`
      }
      <sealcam-confirm-dialog
        heading=${t.eraseHeading(this.asking ? formatMoment(this.asking.begun) : "")}
        words=${this.asking?.isKept ? t.eraseKeptWords : t.eraseWords}
        action=${t.eraseAction}
      ></sealcam-confirm-dialog>
    `;
  }

  #list(now: RecordingsSnapshot, recordings: readonly RecordingEntry[]): TemplateResult {
    return html`<div class="days">
      ${repeat(
        byDay(recordings),
        ({ day }) => day,
        ({ day, ofDay }) => html`<section>
          <h3>${day}</h3>
          <ul class="recordings">
            ${repeat(
              ofDay,
              ({ name }) => name,
              (one) => html`<li data-name=${one.name}>${this.#recording(now, one)}</li>`,
            )}
          </ul>
        </section>`,
      )}
    </div>`;
  }

  #room(now: RecordingsSnapshot): TemplateResult | typeof nothing {
    const { room, retention } = now;
    if (room === null || retention === null) return nothing;
    return html`<div class="panel">
      <sealcam-storage-bar .room=${room} ?erases=${retention.settings.erases} .stay=${now.stay}></sealcam-storage-bar>
      <sealcam-retention-form .retention=${retention} .retain=${now.retain}></sealcam-retention-form>
    </div>`;
  }

  #recording(now: RecordingsSnapshot, one: RecordingEntry): TemplateResult {
    const t = texts().recordings;
    const { begun, bytes, duration, isKept, isWriting, name, number, origin } = one;
    const when = formatMoment(begun);
    const length = duration === null ? t.noDuration : formatDuration(Math.round(duration / 1000));
    const { play, save, keep, erase } = now;
    return html`<div class="line">
        <strong>${formatTime(begun)}</strong><span>${length}</span><span class="quiet">${formatSize(bytes)}</span>
      </div>
      <div class="line small quiet">
        <sealcam-camera-number number=${number}></sealcam-camera-number>
        ${
          isWriting
            ? html`<span class="writing" data-role="writing">${icon("record", 20)} ${t.writing}</span>`
            : html`<span>${t.origin[origin]}</span>`
        }
      </div>
      <div class="actions">
        ${
          play === undefined
            ? nothing
            : html`<button aria-label=${t.playOf(when)} @click=${() => play(name)}>${icon("play", 20)} ${t.play}</button>`
        }
        ${
          keep === undefined
            ? nothing
            : html`<button aria-label=${t.keepOf(when)} aria-pressed=${isKept} @click=${() => keep(name, !isKept)}>
                ${icon(isKept ? "kept" : "keep", 20)} ${t.keep}
              </button>`
        }
        ${
          isWriting || save === undefined
            ? nothing
            : html`<button aria-label=${t.saveOf(when)} @click=${() => save(name)}>
                ${icon("save", 20)} <span class="wide">${t.save}</span>
              </button>`
        }
        ${
          isWriting || erase === undefined
            ? nothing
            : html`<button class="plain danger" aria-label=${t.eraseOf(when)} @click=${() => this.#askErase(one)}>
                ${icon("erase", 20)} <span class="wide">${t.erase}</span>
              </button>`
        }
      </div>`;
  }

  async #askErase(one: RecordingEntry): Promise<void> {
    this.asking = one;
    await this.updateComplete;
    const sure = await this.renderRoot.querySelector("sealcam-confirm-dialog")?.ask();
    if (sure !== true) return;
    const at = this.#rows().findIndex(({ dataset }) => dataset.name === one.name);
    await this.snapshot?.erase?.(one.name);
    await this.updateComplete;
    // Its controls are gone: a person with a keyboard goes on at the one that took its place.
    if (this.renderRoot.contains((this.renderRoot as ShadowRoot).activeElement)) return;
    const next = this.#rows()[at] ?? this.#rows().at(-1);
    if (next) next.querySelector("button")?.focus();
    else this.focusHeading();
  }

  #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".recordings li")];
  }
}
customElements.define("sealcam-recordings-page", RecordingsPage);

const none = (): TemplateResult => {
  const t = texts().recordings;
  return html`<p class="quiet">${t.none}</p>
    <p><a class="button primary" href="/viewer">${t.view}</a></p>`;
};

/** The same order, cut where the day of this device changes. */
const byDay = (recordings: readonly RecordingEntry[]): { day: string; ofDay: RecordingEntry[] }[] => {
  const days: { day: string; ofDay: RecordingEntry[] }[] = [];
  for (const one of recordings) {
    const day = formatDay(one.begun);
    const last = days.at(-1);
    if (last?.day === day) last.ofDay.push(one);
    else days.push({ day, ofDay: [one] });
  }
  return days;
};

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-recordings-page": RecordingsPage;
  }
}
