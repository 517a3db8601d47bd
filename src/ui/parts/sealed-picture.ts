import { css, html, LitElement, type nothing, type TemplateResult } from "lit";
import type { DrawnItem } from "../models/snapshots.ts";
import { formatCount, formatSize, texts } from "../texts/index.ts";
import { base } from "./styles.ts";

/** `<sealcam-sealed-picture .look .drawn>`: gives `look` a canvas to draw what the network sees; it cannot be read or drawn on here any more. */
export class SealedPicture extends LitElement {
  static override properties = { look: { attribute: false }, drawn: { attribute: false } };
  declare look: ((canvas: OffscreenCanvas) => Promise<void>) | undefined;
  declare drawn: DrawnItem | null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      canvas {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
        image-rendering: pixelated;
      }

      p {
        position: absolute;
        inset-block-end: var(--space-3);
        inset-inline: var(--space-3);
        inline-size: fit-content;
        margin-inline: auto;
        padding: var(--space-2) var(--space-4);
        border-radius: var(--round);
        background: var(--glass);
        font-size: var(--small);
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    this.look = undefined;
    this.drawn = null;
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas) void this.look?.(canvas.transferControlToOffscreen());
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().sealing.network;
    const { drawn } = this;
    return html`<canvas role="img" aria-label=${t.label} data-role="sealed"></canvas>
      <p data-role="drawn" data-track=${drawn?.track ?? ""} data-sequence=${drawn?.sequence ?? ""} data-viewers=${drawn?.viewers ?? ""}>
        ${drawn === null ? t.waiting : t.drawn(formatCount(drawn.sequence + 1), formatSize(drawn.bytes), drawn.viewers)}
      </p>`;
  }
}
customElements.define("sealcam-sealed-picture", SealedPicture);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-sealed-picture": SealedPicture;
  }
}
