import { css, html, LitElement, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { base } from "./styles.ts";

/** The first 24 characters of a camera number in groups of four: what people compare. Machines compare all of it. */
export function numberGroups(number: string): readonly string[] {
  return number.slice(0, 24).match(/.{1,4}/g) ?? [];
}

/**
 * `<sealcam-camera-number number="…">`: a camera number (full base32) as people see it. With `large` it is set for
 * comparing: three groups to a row.
 */
export class CameraNumber extends LitElement {
  static override properties = { number: {}, large: { type: Boolean, reflect: true } };
  declare number: string;
  declare large: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }

      .number {
        font-family: var(--mono);
        font-size: var(--small);
        letter-spacing: 0.02em;
        overflow-wrap: normal;
      }

      .group {
        white-space: nowrap;
      }

      :host([large]) {
        display: block;
      }

      :host([large]) .number {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--space-2);
        font-size: clamp(1.125rem, 5.6vw, var(--title));
        font-weight: var(--strong);
        letter-spacing: 0.06em;
      }

      :host([large]) .group {
        padding: var(--space-3) var(--space-1);
        border-radius: var(--round-small);
        background: var(--accent-wash);
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    this.number = "";
    this.large = false;
  }

  override render(): TemplateResult {
    return html`<span class="number" data-role="camera-number" data-number=${this.number} translate="no"
      >${map(numberGroups(this.number), (group, index) => html`${index === 0 ? "" : " "}<span class="group">${group}</span>`)}</span
    >`;
  }
}
customElements.define("sealcam-camera-number", CameraNumber);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-number": CameraNumber;
  }
}
