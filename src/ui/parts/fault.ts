import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { faultText, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** `<sealcam-fault code="…">`: what happened, what it means, what to do, by code; with a way there where one exists. */
export class FaultNote extends LitElement {
  static override properties = { code: {} };
  declare code: string;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      .fault {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-3);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-inline-start: 4px solid var(--danger);
        border-radius: var(--round-small);
        background: var(--surface);
        color: var(--ink);
      }

      svg {
        color: var(--danger);
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
        padding-block: 10px;
        font-weight: var(--strong);
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
    return html`<div class="fault" role="alert" data-role="fault" data-code=${this.code}>
      ${icon("attention")}
      <div>
        <p><strong>${words.what}</strong></p>
        <p class="quiet">${words.means}</p>
        <p>${words.todo}</p>
        ${words.link === undefined ? nothing : html`<a href=${words.link.path}>${words.link.words}</a>`}
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
