import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { faultText, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base, buttons } from "./styles.ts";

/** Codes of a step that is still to be made: nothing went wrong, so they invite instead of warning. */
const invitations: ReadonlySet<string> = new Set(["card-none", "camera-not-paired", "copy-not-registered"]);

/** `<sealcam-fault code="…">`: what happened, what it means, what to do, by code; with a way there where one exists. */
export class FaultNote extends LitElement {
  static override properties = { code: {} };
  declare code: string;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }

      .fault {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-3);
        padding: var(--space-4);
        border-radius: var(--round);
        background: var(--danger-wash);
        color: var(--ink);
      }

      .mark {
        color: var(--danger);
      }

      .invitation {
        background: var(--accent-wash);
      }

      .invitation .mark {
        color: var(--accent);
      }

      div {
        display: grid;
        gap: var(--space-1);
      }

      strong {
        font-weight: var(--strong);
      }

      a {
        justify-self: start;
        margin-block-start: var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    this.code = "unexpected";
  }

  override render(): TemplateResult {
    const t = texts();
    const words = faultText(this.code);
    const unknown = words === t.faults.unexpected && this.code !== "unexpected";
    const invites = invitations.has(this.code);
    return html`<div
      class=${invites ? "fault invitation" : "fault"}
      role=${invites ? "note" : "alert"}
      data-role="fault"
      data-code=${this.code}
    >
      <span class="mark">${icon(invites ? "key" : "attention")}</span>
      <div>
        <p><strong>${words.what}</strong></p>
        <p class="quiet">${words.means}</p>
        <p>${words.todo}</p>
        ${words.link === undefined ? nothing : html`<a class=${invites ? "button primary" : "button"} href=${words.link.path}>${words.link.words}</a>`}
        ${unknown ? html`<p class="small quiet">${t.fault.code(this.code)}</p>` : nothing}
      </div>
    </div>`;
  }
}
customElements.define("sealcam-fault", FaultNote);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-fault": FaultNote;
  }
}
