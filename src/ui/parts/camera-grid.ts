import { css, html, LitElement, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { JudgedPicture, TileNow } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import "./camera-tile.ts";
import { base } from "./styles.ts";

/** `<sealcam-camera-grid .tiles>`: cameras side by side, on a phone one below the other. `show()` hands each picture to its tile. */
export class CameraGrid extends LitElement {
  static override properties = { tiles: { attribute: false } };
  declare tiles: readonly TileNow[];

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: var(--space-4);
      }

      /* One camera alone, or the last of a row, does not grow beyond what its picture is good for. */
      li {
        min-inline-size: 0;
        max-inline-size: 44rem;
      }

      sealcam-camera-tile {
        block-size: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.tiles = [];
  }

  /** The frame is ours and gets closed, also where there is no such tile. */
  show(judged: JudgedPicture): void {
    const at = this.tiles.findIndex(({ number }) => number === judged.number);
    const tile = this.renderRoot.querySelectorAll("sealcam-camera-tile")[at];
    if (tile === undefined) judged.picture?.close();
    else tile.show(judged);
  }

  override render(): TemplateResult {
    return html`<ul aria-label=${texts().live.grid.heading}>
      ${repeat(
        this.tiles,
        ({ number }) => number,
        (tile) => html`<li><sealcam-camera-tile .tile=${tile}></sealcam-camera-tile></li>`,
      )}
    </ul>`;
  }
}
customElements.define("sealcam-camera-grid", CameraGrid);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-grid": CameraGrid;
  }
}
