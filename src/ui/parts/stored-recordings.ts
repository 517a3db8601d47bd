import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { repeat } from "lit/directives/repeat.js";
import type {
  StoredCamera,
  StoredEntry,
  StoredName,
  StoredRoom,
  StoredSnapshot,
} from "../models/snapshots.ts";
import {
  faultText,
  formatCount,
  formatDate,
  formatDuration,
  formatMoment,
  formatSize,
  texts,
} from "../texts/index.ts";
import "./camera-number.ts";
import "./confirm-dialog.ts";
import "./fault.ts";
import { icon } from "./icons.ts";
import { recordingRows } from "./recording-rows.ts";
import { usedBar, usedBarStyles } from "./storage-bar.ts";
import { base, buttons } from "./styles.ts";
import "./wait.ts";

/** `<sealcam-stored-recordings .stored>`: what the server keeps, by camera; what of it can be played, saved, protected and erased. */
export class StoredRecordingsView extends LitElement {
  static override properties: PropertyDeclarations = {
    stored: { attribute: false },
    asking: { state: true },
  };
  declare stored: StoredSnapshot | null;
  /** The recording somebody wants to erase. */
  declare private asking: { readonly name: StoredName; readonly entry: StoredEntry } | null;

  static override styles = [
    base,
    buttons,
    recordingRows,
    usedBarStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }

      .panel {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
      }

      .camera {
        display: grid;
        gap: var(--space-2);
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
      }

      h3 {
        display: grid;
        gap: 2px;
        overflow-wrap: anywhere;
      }

      h3 .quiet {
        font-weight: var(--regular);
      }

      .writing {
        vertical-align: middle;
      }
    `,
  ];

  constructor() {
    super();
    this.stored = null;
    this.asking = null;
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().stored;
    const now = this.stored;
    if (now === null || now.step === "none") return nothing;
    return html`
      ${now.fault === null ? nothing : faultNote(now.fault)}
      ${now.again === undefined ? nothing : html`<p><button @click=${now.again}>${t.again}</button></p>`}
      ${now.busy === null ? nothing : html`<sealcam-wait>${t[now.busy]}</sealcam-wait>`}
      ${now.step === "reading" && now.fault === null ? html`<sealcam-wait>${t.reading}</sealcam-wait>` : nothing}
      ${
        now.step === "out"
          ? html`<p class="quiet">${t.out}</p>
              <p><a class="button" href="/account">${icon("person", 20)} ${t.signIn}</a></p>`
          : nothing
      }
      ${now.step === "here" ? this.#here(now) : nothing}
      <sealcam-confirm-dialog
        heading=${t.eraseHeading(this.asking ? formatMoment(this.asking.entry.first) : "")}
        words=${this.asking?.entry.isProtected ? t.eraseProtectedWords : t.eraseWords}
        action=${t.eraseAction}
      ></sealcam-confirm-dialog>
    `;
  }

  #here(now: StoredSnapshot): TemplateResult {
    if (now.cameras.length === 0) return html`<p class="quiet">${texts().stored.noCameras}</p>`;
    return html`${now.room === null ? nothing : roomPanel(now.room)}
    ${repeat(
      now.cameras,
      ({ number }) => number,
      (camera) => this.#camera(now, camera),
    )}`;
  }

  #camera(now: StoredSnapshot, camera: StoredCamera): TemplateResult {
    const t = texts().stored;
    const { number, owner, own, recordings, mayManage, fault } = camera;
    return html`<section class="camera" data-camera=${number}>
      <div class="head">
        <h3>
          <sealcam-camera-number number=${number}></sealcam-camera-number>
          ${own ? nothing : html`<span class="small quiet">${t.ownerIs(owner)}</span>`}
        </h3>
        ${
          mayManage && recordings !== null && recordings.length > 0
            ? html`<a class="button plain flush" href=${`/operator?camera=${number}`}>${t.check}</a>`
            : nothing
        }
      </div>
      ${fault === null ? nothing : html`<sealcam-fault code=${fault}></sealcam-fault>`}
      ${recordings?.length === 0 ? html`<p class="quiet">${t.none}</p>` : nothing}
      <ul class="recordings">
        ${map(
          recordings ?? [],
          (entry) =>
            html`<li data-hash=${entry.hash} data-step=${stepOf(entry)}>${this.#recording(now, camera, entry)}</li>`,
        )}
      </ul>
    </section>`;
  }

  #recording(now: StoredSnapshot, camera: StoredCamera, entry: StoredEntry): TemplateResult {
    const t = texts();
    const { play, protect, save } = now;
    const { isProtected, until } = entry;
    const name = { camera: camera.number, hash: entry.hash };
    const when = formatMoment(entry.first);
    const r = t.recordings;
    return html`<div class="line">
        <strong>${when}</strong>
        <span>${formatDuration(Math.round((entry.last - entry.first) / 1000))} <span class="quiet">· ${formatSize(entry.bytes)}</span></span>
      </div>
      <p class="small quiet">
        ${
          entry.isWriting
            ? html`<span class="writing" data-role="writing">${icon("record", 20)} ${t.stored.writing}</span>`
            : entry.isComplete
              ? t.stored.complete
              : t.stored.upTo(formatMoment(entry.last))
        }
        · ${until === null ? t.stored.stays : t.stored.until(formatDate(until))} ·
        ${t.stored.frames(formatCount(entry.frames))}
      </p>
      <div class="actions">
        ${
          play === undefined
            ? nothing
            : html`<button aria-label=${r.playOf(when)} @click=${() => play(name)}>${icon("play", 20)} ${r.play}</button>`
        }
        ${
          protect === undefined || !camera.mayManage
            ? nothing
            : html`<button
                aria-label=${t.stored.protectOf(when)}
                aria-pressed=${isProtected}
                @click=${() => protect(name, !isProtected)}
              >
                ${icon(isProtected ? "kept" : "keep", 20)} ${t.stored.protect}
              </button>`
        }
        ${
          save === undefined
            ? nothing
            : html`<button aria-label=${r.saveOf(when)} @click=${() => save(name)}>
                ${icon("save", 20)} <span class="wide">${r.save}</span>
              </button>`
        }
        ${
          now.erase === undefined || !camera.mayManage
            ? nothing
            : html`<button class="plain danger" aria-label=${r.eraseOf(when)} @click=${() => this.#askErase(name, entry)}>
                ${icon("erase", 20)} <span class="wide">${r.erase}</span>
              </button>`
        }
      </div>`;
  }

  async #askErase(name: StoredName, entry: StoredEntry): Promise<void> {
    this.asking = { name, entry };
    await this.updateComplete;
    const sure = await this.renderRoot.querySelector("sealcam-confirm-dialog")?.ask();
    if (sure !== true) return;
    const rows = () => [...this.renderRoot.querySelectorAll<HTMLElement>(".recordings li")];
    const at = rows().findIndex(({ dataset }) => dataset.hash === name.hash);
    await this.stored?.erase?.(name);
    await this.updateComplete;
    // Its controls are gone: a person with a keyboard goes on at the one that took its place.
    if (this.renderRoot.contains((this.renderRoot as ShadowRoot).activeElement)) return;
    const next = rows()[at] ?? rows().at(-1);
    next?.querySelector("button")?.focus();
  }
}
customElements.define("sealcam-stored-recordings", StoredRecordingsView);

/** Without a network nothing is wrong: the app is made for that. */
const faultNote = (fault: string): TemplateResult =>
  fault === "offline"
    ? html`<p class="quiet" role="status" data-role="offline">${faultText(fault).what}</p>`
    : html`<sealcam-fault code=${fault}></sealcam-fault>`;

const stepOf = ({ isComplete, isWriting }: StoredEntry): string =>
  isComplete ? "complete" : isWriting ? "writing" : "cut";

const roomPanel = ({ used, of }: StoredRoom): TemplateResult => {
  const t = texts().stored;
  const words = of === null ? t.roomNoLimit(formatSize(used)) : t.room(formatSize(used), formatSize(of));
  return html`<div class="panel" data-role="server-room">
    ${of === null ? nothing : usedBar(used, Math.max(0, of - used))}
    <p>${words}</p>
    <p class="small quiet">${t.roomWords}</p>
  </div>`;
};

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-stored-recordings": StoredRecordingsView;
  }
}
