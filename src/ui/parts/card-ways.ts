import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { map } from "lit/directives/map.js";
import type { CardChanges, OpenedOnPage, WayIn } from "../models/snapshots.ts";
import { formatDate, texts } from "../texts/index.ts";
import { cardStyles } from "./card-styles.ts";
import "./password-field.ts";
import "./recovery-paper.ts";
import { base, buttons, fields } from "./styles.ts";
import "./wait.ts";

const ruleChoices: readonly (number | null)[] = [30, 90, 180, 365, 730, null];

/** `<sealcam-card-ways .opened .changes .name ?busy>`: what opens a card, and how long its password may be the same. */
export class CardWays extends LitElement {
  static override properties = {
    opened: { attribute: false },
    changes: { attribute: false },
    name: {},
    busy: { type: Boolean },
  };
  declare opened: OpenedOnPage | null;
  declare changes: CardChanges | undefined;
  /** The card's. */
  declare name: string;
  /** The card is being written. */
  declare busy: boolean;

  static override styles = [base, buttons, fields, cardStyles];

  constructor() {
    super();
    this.opened = null;
    this.changes = undefined;
    this.name = "";
    this.busy = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.opened === null) return nothing;
    const t = texts().card;
    const { inside, said } = this.opened;
    const isDue = said.due.state === "now";
    return html`<section>
      <h2>${t.ways}</h2>
      ${
        inside.recoveryCode === null
          ? nothing
          : html`<sealcam-recovery-paper
              code=${inside.recoveryCode}
              card=${this.name}
              .hide=${this.changes?.hideCode}
            ></sealcam-recovery-paper>`
      }
      <ul class="lines">
        ${this.#password(this.opened)} ${isDue ? nothing : html`${this.#recovery(inside.ways)} ${this.#passkeys(inside.ways)}`}
      </ul>
      ${isDue ? nothing : this.#rule(inside.rule)}
    </section>`;
  }

  /** A code that was made is seen, wherever on the page the person is. */
  override updated(changed: PropertyValues<this>): void {
    const before = changed.get("opened")?.inside.recoveryCode ?? null;
    const code = this.opened?.inside.recoveryCode ?? null;
    if (changed.has("opened") && code !== null && code !== before)
      this.renderRoot.querySelector("sealcam-recovery-paper")?.scrollIntoView({ block: "center" });
  }

  #password({ inside, said, isRecovered }: OpenedOnPage): TemplateResult {
    const t = texts().card;
    const wanted = isRecovered || said.due.state === "now";
    return html`<li>
      <span class="text">
        <strong>${t.password}</strong>
        <span class="small quiet">${t.changed(formatDate(inside.passwordChanged))}</span>
      </span>
      <details class="wide" ?open=${wanted}>
        <summary>${t.changePassword}</summary>
        <form class="panel" @submit=${this.#change}>
          ${isRecovered ? html`<p><strong>${t.recovered}</strong></p>` : nothing}
          <p class="small quiet">${t.changePasswordWords}</p>
          <sealcam-password-field
            kind="new-password"
            label=${t.newPassword}
            hint=${t.newPasswordHint}
            user=${this.name}
            ?disabled=${this.busy}
          ></sealcam-password-field>
          ${
            this.busy
              ? html`<sealcam-wait>${t.changing}</sealcam-wait>`
              : html`<div><button class="primary" ?disabled=${this.changes?.changePassword === undefined}>${t.change}</button></div>`
          }
        </form>
      </details>
    </li>`;
  }

  #recovery(ways: readonly WayIn[]): TemplateResult {
    const t = texts().card;
    const way = ways.find(({ kind }) => kind === "recovery");
    return html`<li>
      <span class="text">
        <strong>${t.recovery}</strong>
        <span class="small quiet">${way === undefined ? t.recoveryNone : t.added(formatDate(way.added))}</span>
      </span>
      <span class="pair">
        ${way === undefined ? nothing : this.#drop(way, t.recovery)}
        ${
          this.changes?.addRecovery === undefined
            ? nothing
            : html`<button @click=${() => this.changes?.addRecovery?.()}>${way === undefined ? t.makeCode : t.makeCodeAnew}</button>`
        }
      </span>
    </li>`;
  }

  #passkeys(ways: readonly WayIn[]): TemplateResult {
    const t = texts().card;
    const passkeys = ways.filter(({ kind }) => kind === "passkey");
    const add =
      this.changes?.addPasskey === undefined
        ? nothing
        : html`<button @click=${() => this.changes?.addPasskey?.()}>${t.addPasskey}</button>`;
    return html`${map(
      passkeys,
      (way, at) => html`<li>
          <span class="text">
            <strong>${t.passkeyOf(at + 1)}</strong>
            <span class="small quiet">${t.added(formatDate(way.added))}</span>
          </span>
          ${this.#drop(way, t.passkeyOf(at + 1))}
        </li>`,
    )}
      <li>
        <span class="text">
          ${
            passkeys.length > 0
              ? nothing
              : html`<strong>${t.passkeyHeading}</strong><span class="small quiet">${t.passkeysNone}</span>`
          }
        </span>
        ${add}
      </li>`;
  }

  #drop(way: WayIn, what: string): TemplateResult | typeof nothing {
    const { dropWay } = this.changes ?? {};
    if (dropWay === undefined) return nothing;
    const t = texts().card;
    return html`<button class="plain danger" aria-label=${t.removeOf(what)} @click=${() => dropWay(way)}>${t.remove}</button>`;
  }

  #rule(rule: number | null): TemplateResult {
    const t = texts().card;
    // What is set can always be seen, whoever set it.
    const choices = ruleChoices.includes(rule) ? ruleChoices : [rule, ...ruleChoices];
    return html`<div class="field">
      <label for="rule">${t.rule}</label>
      <select id="rule" aria-describedby="rule-hint" ?disabled=${this.changes?.setRule === undefined} @change=${this.#setRule}>
        ${map(
          choices,
          (days) =>
            html`<option value=${String(days)} .selected=${live(days === rule)}>${days === null ? t.ruleNever : t.ruleDays(days)}</option>`,
        )}
      </select>
      <p id="rule-hint" class="hint">${t.ruleWords}</p>
    </div>`;
  }

  #setRule = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    void this.changes?.setRule?.(value === "null" ? null : Number(value));
  };

  #change = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    if ((await this.changes?.changePassword?.(String(given.get("password")))) !== true) return;
    form.reset();
    form.closest("details")?.removeAttribute("open");
  };
}
customElements.define("sealcam-card-ways", CardWays);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-ways": CardWays;
  }
}
