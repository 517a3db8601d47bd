import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { AccountHint, CardChanges } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import { cardStyles } from "./card-styles.ts";
import { base, buttons, fields } from "./styles.ts";

/** `<sealcam-card-account .account .changes>`: whose card it is at which server. */
export class CardAccount extends LitElement {
  static override properties = { account: { attribute: false }, changes: { attribute: false } };
  declare account: AccountHint | null;
  declare changes: CardChanges | undefined;

  static override styles = [base, buttons, fields, cardStyles];

  constructor() {
    super();
    this.account = null;
    this.changes = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.changes?.setAccount === undefined && this.account === null) return nothing;
    const t = texts().card;
    const { name = "", server = location.origin } = this.account ?? {};
    return html`<section>
      <h2>${t.account}</h2>
      ${
        this.account === null
          ? html`<p class="small quiet">${t.accountNone}</p>`
          : html`<p data-role="account-hint"><strong>${name}</strong><br /><span class="small quiet">${server}</span></p>`
      }
      ${
        this.changes?.setAccount === undefined
          ? nothing
          : html`<details>
              <summary>${this.account === null ? t.add : t.change}</summary>
              <form class="panel" @submit=${this.#save}>
                <div class="field">
                  <label for="account-name">${t.accountName}</label>
                  <input id="account-name" name="name" required maxlength="60" autocomplete="username" .value=${name} />
                </div>
                <div class="field">
                  <label for="server">${t.server}</label>
                  <input id="server" name="server" type="url" required aria-describedby="server-hint" .value=${server} />
                  <p id="server-hint" class="hint">${t.serverHint}</p>
                </div>
                <div class="pair">
                  <button>${t.save}</button>
                  ${
                    this.account === null
                      ? nothing
                      : html`<button type="button" class="plain danger" @click=${() => this.changes?.setAccount?.(null)}>
                          ${t.forget}
                        </button>`
                  }
                </div>
              </form>
            </details>`
      }
    </section>`;
  }

  #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    // The field takes no other than an address.
    const server = new URL(String(given.get("server"))).origin;
    if (await this.changes?.setAccount?.({ name: String(given.get("name")).trim(), server }))
      form.closest("details")?.removeAttribute("open");
  };
}
customElements.define("sealcam-card-account", CardAccount);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-account": CardAccount;
  }
}
