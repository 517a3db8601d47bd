import { css, html, LitElement, type TemplateResult } from "lit";
import type { State } from "../../verify/index.ts";
import { base } from "./styles.ts";

/**
 * The ring that all state icons share, from the middle of its gap (right, a little below) clockwise round to the notch
 * at the top, and back. `pathLength` makes the gap a share of the whole: 18 of 100 open, none closed. The mitred corners
 * of the notch are cut off by the circle the ring lies in.
 */
const ring =
  "M19.98 15.72A8.8 8.8 0 0 1 9.72 20.5A8.8 8.8 0 0 1 3.2 12A8.8 8.8 0 0 1 9.85 3.47L12 6.15L14.15 3.47A8.8 8.8 0 0 1 19.98 15.72";
const disk =
  "M9.6 2.29A10 10 0 1 0 14.4 2.29L12 5.2ZM12 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM12 14.7c3.1 0 5.2 1.5 5.7 3.8-1.5 1.3-3.5 2.1-5.7 2.1s-4.2-.8-5.7-2.1c.5-2.3 2.6-3.8 5.7-3.8Z";

/**
 * `<sealcam-state-icon state="ST1">`: the seal, told apart by shape alone: a ring broken on one side (ST0), closed with
 * a check (ST1), closed with a pulse line (ST2), filled with head and shoulders cut out (ST3). `currentColor`, 24 px
 * unless CSS says otherwise. Decoration: the words stand beside it.
 */
export class StateIcon extends LitElement {
  static override properties = { state: { reflect: true } };
  declare state: State;

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        flex: none;
        inline-size: 24px;
        block-size: 24px;
      }

      svg {
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
      }

      .ring {
        stroke-dasharray: 100 0;
        stroke-dashoffset: 0;
        transition:
          stroke-dasharray var(--quick) ease-out,
          stroke-dashoffset var(--quick) ease-out;
      }

      :host([state="ST0"]) .ring {
        stroke-dasharray: 82 18;
        stroke-dashoffset: -9;
      }

      .inner,
      .disk {
        opacity: 0;
        transition: opacity var(--quick) ease-out;
      }

      :host([state="ST1"]) .check,
      :host([state="ST2"]) .pulse,
      :host([state="ST3"]) .disk {
        opacity: 1;
      }

      :host([state="ST3"]) .ring {
        opacity: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.state = "ST0";
  }

  override render(): TemplateResult {
    return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <clipPath id="round"><circle cx="12" cy="12" r="10" /></clipPath>
      <path class="ring" clip-path="url(#round)" stroke-width="2.4" pathLength="100" d=${ring} />
      <g stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <path class="inner check" d="m8.2 13 2.7 2.7 5-5.4" />
        <path class="inner pulse" d="M6.6 13.2h2l1.5-3.2 2.6 6.2 1.7-3h3" />
      </g>
      <path class="disk" fill="currentColor" stroke="none" fill-rule="evenodd" d=${disk} />
    </svg>`;
  }
}
customElements.define("sealcam-state-icon", StateIcon);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-state-icon": StateIcon;
  }
}
