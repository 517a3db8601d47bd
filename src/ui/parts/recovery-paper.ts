import { css, html, LitElement, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { texts } from "../texts/index.ts";
import { printPaper } from "./print-paper.ts";
import { base, buttons } from "./styles.ts";

/** `<sealcam-recovery-paper .code .card .hide>`: a recovery code that was made just now, to be written down or printed. */
export class RecoveryPaper extends LitElement {
  static override properties = { code: {}, card: {}, hide: { attribute: false } };
  declare code: string;
  /** The card's name. */
  declare card: string;
  declare hide: (() => void) | undefined;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }

      section {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
        border: 2px solid var(--accent);
        border-radius: var(--round);
        background: var(--surface);
      }

      .groups {
        display: grid;
        grid-template-columns: repeat(3, max-content);
        gap: var(--space-2) var(--space-5);
        padding: var(--space-4);
        border-radius: var(--round-small);
        background: var(--sunken);
        font-family: var(--mono);
        font-size: var(--title);
        letter-spacing: 0.06em;
        justify-content: center;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    this.code = "";
    this.card = "";
    this.hide = undefined;
  }

  override render(): TemplateResult {
    const t = texts().card;
    return html`<section>
      <h3>${t.codeHeading}</h3>
      <p class="groups" data-role="recovery-code" data-code=${this.code} translate="no" aria-label=${t.recovery}>
        ${map(this.code.split("-"), (group) => html`<span>${group}</span>`)}
      </p>
      <p class="quiet small">${t.codeWords}</p>
      <div class="actions">
        <button class="primary" @click=${() => this.hide?.()} ?disabled=${this.hide === undefined}>${t.written}</button>
        <button @click=${this.#print}>${t.print}</button>
      </div>
    </section>`;
  }

  override focus(): void {
    this.renderRoot.querySelector("button")?.focus();
  }

  #print = (): void =>
    printPaper([`${texts().app.name} · ${this.card}`, texts().card.recovery, this.code], this.code);
}
customElements.define("sealcam-recovery-paper", RecoveryPaper);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-recovery-paper": RecoveryPaper;
  }
}
