import { css, html, LitElement, type TemplateResult } from "lit";
import type { State } from "../../verify/index.ts";
import { base } from "./styles.ts";

/**
 * The ring that all state icons share, from the middle of its gap (right, a little below) clockwise round to the notch
 * at the top, and back. `pathLength` makes the gap a share of the whole: 18 of 100 open, none closed.
 */
const ring =
  "M20.16 15.8A9 9 0 0 1 9.7 20.7A9 9 0 0 1 3 12A9 9 0 0 1 9.75 3.29L12 6.4L14.25 3.29A9 9 0 0 1 20.16 15.8";
const disk =
  "M14.6 2.34A10 10 0 1 1 9.4 2.34L12 5.9ZM12 7.6a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8ZM12 14.7c-3 0-5 1.5-5.5 3.9 1.5 1.2 3.4 1.9 5.5 1.9s4-.7 5.5-1.9C17 16.2 15 14.7 12 14.7Z";

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
        stroke-dasharray: 80 20;
        stroke-dashoffset: -10;
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
    return html`<svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path class="ring" pathLength="100" d=${ring} />
      <path class="inner check" d="m8.2 12.9 2.7 2.7 5-5.4" />
      <path class="inner pulse" d="M6.4 13h2.2l1.5-3.2 2.6 6.2 1.7-3h3.2" />
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
