import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { CameraSnapshot } from "../models/snapshots.ts";
import { formatCount, texts } from "../texts/index.ts";
import "./camera-number.ts";
import { detailRows, foldedPanel } from "./folded-panel.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** `<sealcam-camera-details .now>`: what a running camera is, and how much it takes and leaves out. */
export class CameraDetails extends LitElement {
  static override properties = { now: { attribute: false } };
  declare now: CameraSnapshot | null;

  static override styles = [
    base,
    foldedPanel,
    detailRows,
    css`
      :host {
        display: block;
      }
    `,
  ];

  constructor() {
    super();
    this.now = null;
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().camera;
    const { live } = texts();
    const { now } = this;
    const running = now?.running ?? null;
    if (now === null || running === null) return nothing;
    return html`<details>
      <summary>${live.camera.details} ${icon("forward", 20)}</summary>
      <dl>
        <div>
          <dt>${t.number}</dt>
          <dd><sealcam-camera-number copyable number=${now.number ?? ""}></sealcam-camera-number></dd>
        </div>
        <div><dt>${t.picture}</dt><dd>${t.size(running.width, running.height)}</dd></div>
        <div><dt>${live.camera.frames}</dt><dd>${live.camera.framesWords(formatCount(running.frames))}</dd></div>
        ${now.generation === null ? nothing : html`<div><dt>${t.generation}</dt><dd>${now.generation}</dd></div>`}
        <div>
          <dt>${t.viewers}</dt>
          <dd>${running.watchers.length === 0 ? t.watchers(0) : running.watchers.join(", ")}</dd>
        </div>
        <div>
          <dt>${live.camera.leftOut}</dt>
          <dd data-role="left-out">${live.camera.leftOutWords(formatCount(running.leftOut))}</dd>
        </div>
        <div>
          <dt>${live.camera.leftOutHere}</dt>
          <dd data-role="left-out-here">${live.camera.leftOutHereWords(formatCount(running.leftOutHere))}</dd>
        </div>
        <div><dt>${t.relayTerm}</dt><dd>${t.relay[running.relay]}</dd></div>
      </dl>
    </details>`;
  }
}
customElements.define("sealcam-camera-details", CameraDetails);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-details": CameraDetails;
  }
}
