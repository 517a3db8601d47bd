import { html, LitElement, type TemplateResult } from "lit";
import { base, buttons, column } from "../parts/styles.ts";
import { texts } from "../texts/index.ts";

/** Any address that is no page. */
export class NonePage extends LitElement {
  static override styles = [base, buttons, column];

  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  override render(): TemplateResult {
    const t = texts().none;
    return html`<header>
        <h1 tabindex="-1">${t.heading}</h1>
        <p class="lead">${t.words}</p>
      </header>
      <div class="actions"><a class="button primary" href="/">${t.home}</a></div>`;
  }
}
customElements.define("sealcam-none-page", NonePage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-none-page": NonePage;
  }
}
