import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { CardSaid } from "../models/snapshots.ts";
import { formatDate, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** `<sealcam-card-said .said linked>`: what a card said when it was connected, if it said anything; `linked`: with the way to `/cards`. */
export class CardSaidNote extends LitElement {
  static override properties = { said: { attribute: false }, linked: { type: Boolean } };
  declare said: CardSaid | null;
  declare linked: boolean;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      .notes {
        display: grid;
        gap: var(--space-2);
      }

      li {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--accent-wash);
      }

      .warning {
        background: var(--danger-wash);
      }

      .warning svg {
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    this.said = null;
    this.linked = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.said === null) return nothing;
    const t = texts().card;
    const { wrongAttempts, due } = this.said;
    if (wrongAttempts === 0 && due.state === "no") return nothing;
    const link = this.linked ? html`<a href="/cards">${t.changeIt}</a>` : nothing;
    return html`<div role="status"><ul class="notes">
      ${
        wrongAttempts === 0
          ? nothing
          : html`<li class="warning" data-role="wrong-attempts">
              ${icon("lock", 20)}
              <span><strong>${t.wrong(wrongAttempts)}</strong> ${t.wrongWords}</span>
            </li>`
      }
      ${
        due.state === "no"
          ? nothing
          : html`<li class=${due.state === "now" ? "warning" : ""} data-role="password-due" data-state=${due.state}>
              ${icon("key", 20)}
              <span>${due.state === "now" ? t.dueNow : t.dueSoon(formatDate(due.until))} ${link}</span>
            </li>`
      }
    </ul></div>`;
  }
}
customElements.define("sealcam-card-said", CardSaidNote);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-said": CardSaidNote;
  }
}
