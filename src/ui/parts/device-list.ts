import { css, html, LitElement, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { CaptureDevice } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import "./camera-number.ts";
import { icon } from "./icons.ts";
import { base, buttons, column } from "./styles.ts";

/** `<sealcam-device-list .devices .choose>`: the capture devices here, each with its number once it has one. */
export class DeviceList extends LitElement {
  static override properties = { devices: { attribute: false }, choose: { attribute: false } };
  declare devices: readonly CaptureDevice[];
  declare choose: ((deviceId: string) => Promise<void>) | undefined;

  static override styles = [
    base,
    buttons,
    column,
    css`
      :host {
        display: block;
        max-inline-size: none;
        padding: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.devices = [];
    this.choose = undefined;
  }

  override render(): TemplateResult {
    const t = texts().camera;
    return html`<ul class="rows">
      ${map(
        this.devices,
        (device) => html`<li>
          <button class="row" ?disabled=${this.choose === undefined} @click=${() => this.choose?.(device.id)}>
            ${icon("camera")}
            <span class="text">
              <strong>${device.label === "" ? t.unnamed : device.label}</strong>
              ${
                device.number === null
                  ? html`<span class="small quiet">${t.unpaired}</span>`
                  : html`<sealcam-camera-number class="quiet" number=${device.number}></sealcam-camera-number>`
              }
            </span>
            ${icon("forward", 20)}
          </button>
        </li>`,
      )}
    </ul>`;
  }
}
customElements.define("sealcam-device-list", DeviceList);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-device-list": DeviceList;
  }
}
