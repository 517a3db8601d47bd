import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { OnCamera, OnCameraNow } from "../models/snapshots.ts";
import { formatMoment, formatShare, formatSize, texts } from "../texts/index.ts";
import "./fault.ts";
import { icon } from "./icons.ts";
import { base, buttons } from "./styles.ts";
import "./wait.ts";

/** `<sealcam-on-camera .now>`: what a camera has recorded of itself; each can be played from there, and copied to this device. */
export class OnCameraList extends LitElement {
  static override properties = { now: { attribute: false } };
  declare now: OnCameraNow | null;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }

      ul {
        display: grid;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: var(--space-2);
        padding-block: var(--space-4);
        border-block-end: 1px solid var(--line);
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
        font-variant-numeric: tabular-nums;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    this.now = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { now } = this;
    const t = texts().copies.onCamera;
    if (!now) return nothing;
    const { recordings, fault } = now;
    return html`
      ${fault === null ? nothing : html`<sealcam-fault code=${fault}></sealcam-fault>`}
      ${
        recordings === null
          ? html`<sealcam-wait>${t.asking}</sealcam-wait>`
          : recordings.length === 0 && fault === null
            ? html`<p class="quiet">${t.none}</p>`
            : html`<ul>${map(recordings, (one) => this.#one(now, one))}</ul>`
      }
    `;
  }

  #one({ play, save, copying }: OnCameraNow, one: OnCamera): TemplateResult {
    const t = texts().recordings;
    const when = formatMoment(one.begun);
    return html`<li data-begun=${one.begun}>
      <div class="line">
        <strong>${when}</strong>
        <span class="quiet">${one.isWriting ? `${t.writing} · ` : ""}${formatSize(one.bytes)}</span>
      </div>
      ${
        copying?.begun === one.begun
          ? html`<sealcam-wait data-role="copying">${texts().copies.onCamera.copying(formatShare(copying.share))}</sealcam-wait>`
          : html`<div class="actions">
              ${play === undefined ? nothing : html`<button aria-label=${t.playOf(when)} @click=${() => play(one)}>${icon("play", 20)} ${t.play}</button>`}
              ${save === undefined ? nothing : html`<button aria-label=${t.saveOf(when)} @click=${() => save(one)}>${icon("save", 20)} ${t.save}</button>`}
            </div>`
      }
    </li>`;
  }
}
customElements.define("sealcam-on-camera", OnCameraList);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-on-camera": OnCameraList;
  }
}
