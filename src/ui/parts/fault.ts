import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { faultText, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base, buttons } from "./styles.ts";

/** Codes of a step that is still to be made: nothing went wrong, so they invite instead of warning. */
const invitations: ReadonlySet<string> = new Set(["card-none", "camera-not-paired", "copy-not-registered"]);

/** Codes that a page of the version in use does not have. */
const outdated: ReadonlySet<string> = new Set(["version-apart", "part-missing"]);

/** Asks whoever frames the pages for the page anew, in the newest version there is. */
export class ReloadEvent extends Event {
  static readonly type = "sealcam-reload";
  constructor() {
    super(ReloadEvent.type, { bubbles: true, composed: true });
  }
}

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

      a,
      button {
        justify-self: start;
        margin-block-start: var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    this.code = "unexpected";
  }

  #reload = (): void => {
    this.dispatchEvent(new ReloadEvent());
  };

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
        ${outdated.has(this.code) ? html`<button @click=${this.#reload}>${t.app.reload}</button>` : nothing}
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
