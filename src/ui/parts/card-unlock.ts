import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { CardOutside, CardPlacesNow, CardWay, OpenCardAction } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import "./card-tile.ts";
import "./fault.ts";
import { icon } from "./icons.ts";
import "./password-field.ts";
import { base, buttons, fields } from "./styles.ts";
import "./wait.ts";
import { whereWords } from "./where-words.ts";

/**
 * `<sealcam-card-unlock .cards .openCard .busy .fault>`: choose one of the cards on this device and give its password, its recovery
 * code, or a passkey. Without `openCard` the form is not drawn.
 */
export class CardUnlock extends LitElement {
  static override properties = {
    cards: { attribute: false },
    openCard: { attribute: false },
    busy: { type: Boolean },
    fault: { attribute: false },
    places: { attribute: false },
    chosen: { state: true },
    byCode: { state: true },
  };
  declare cards: readonly CardOutside[];
  declare openCard: OpenCardAction | undefined;
  declare busy: boolean;
  declare fault: string | null;
  /** Where cards may lie; with none open beside this browser nothing is said of it. */
  declare places: CardPlacesNow | null;
  declare private chosen: string | null;
  /** The recovery code is asked for instead of the password. */
  declare private byCode: boolean;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }

      .cards {
        display: grid;
        gap: var(--space-2);
      }

      .choice {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--space-4);
        min-block-size: 56px;
        padding: var(--space-2) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
        cursor: pointer;
        overflow-wrap: anywhere;
      }

      .choice:has(:checked) {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
      }

      .choice input {
        inline-size: 20px;
        block-size: 20px;
        margin: 0;
        accent-color: var(--accent);
      }

      .choice small {
        display: block;
        color: var(--ink-2);
        font-size: var(--small);
        font-weight: normal;
      }

      .choice svg {
        color: var(--ink-2);
      }

      sealcam-card-tile {
        margin-inline: auto;
      }

      .primary {
        inline-size: 100%;
      }

      input.code {
        font-family: var(--mono);
      }
    `,
  ];

  constructor() {
    super();
    this.cards = [];
    this.openCard = undefined;
    this.busy = false;
    this.fault = null;
    this.places = null;
    this.chosen = null;
    this.byCode = false;
  }

  get #card(): CardOutside | undefined {
    return this.cards.find((card) => card.id === this.chosen) ?? this.cards[0];
  }

  override render(): TemplateResult {
    const card = this.#card;
    return html`<form @submit=${this.#submit}>
      ${
        card === undefined
          ? nothing
          : html`<sealcam-card-tile .card=${card} .where=${this.#where(card)}></sealcam-card-tile>
              ${this.cards.length > 1 ? this.#choices(card) : nothing}
              ${this.fault === null ? nothing : html`<sealcam-fault code=${this.fault}></sealcam-fault>`}
              ${this.openCard === undefined && !this.busy ? nothing : this.#field(card)}`
      }
    </form>`;
  }

  #field(card: CardOutside): TemplateResult {
    const t = texts();
    const hasCode = card.slots.includes("recovery");
    const byCode = this.byCode && hasCode;
    return html`${
      byCode
        ? html`<div class="field">
              <label for="recovery-code">${t.card.code}</label>
              <input
                id="recovery-code"
                name="code"
                class="code"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                required
                aria-describedby="code-hint"
                ?disabled=${this.busy}
              />
              <p id="code-hint" class="hint">${t.card.codeHint}</p>
            </div>`
        : html`<sealcam-password-field
              label=${t.cards.passwordOf(card.name)}
              user=${card.name}
              ?disabled=${this.busy}
            ></sealcam-password-field>`
    }
      ${
        this.busy
          ? html`<sealcam-wait>${t.cards.opening}</sealcam-wait>`
          : html`<button class="primary">${icon("unlock", 20)} ${t.actions.openCard}</button>
              ${
                card.slots.includes("passkey")
                  ? html`<button type="button" @click=${() => this.openCard?.(card.id, "passkey")}>
                      ${icon("key", 20)} ${t.card.passkey}
                    </button>`
                  : nothing
              }
              ${
                hasCode
                  ? html`<button type="button" class="plain flush" @click=${this.#otherWay}>
                      ${byCode ? t.card.usePassword : t.card.useCode}
                    </button>`
                  : nothing
              }`
      }`;
  }

  #where(card: CardOutside): string | null {
    return this.places === null || this.places.open.length === 0 ? null : whereWords(card.place, this.places);
  }

  #otherWay = (): void => {
    this.byCode = !this.byCode;
    void this.focusField();
  };

  get #input(): HTMLInputElement | null {
    const field = this.renderRoot.querySelector("sealcam-password-field")?.input;
    return field ?? this.renderRoot.querySelector<HTMLInputElement>("input.code");
  }

  #choices(chosen: CardOutside): TemplateResult {
    const t = texts();
    return html`<fieldset class="cards" ?disabled=${this.busy}>
      <legend>${t.cards.choose}</legend>
      ${map(
        this.cards,
        (card) => html`<label class="choice">
          <input
            type="radio"
            name="card"
            value=${card.id}
            .checked=${card.id === chosen.id}
            @change=${() => {
              this.chosen = card.id;
            }}
          />
          <span>${card.name}${this.#where(card) === null ? nothing : html`<small>${this.#where(card)}</small>`}</span>
          ${icon("lock", 20)}
        </label>`,
      )}
    </fieldset>`;
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const card = this.#card;
    const field = this.#input;
    if (card === undefined || field === null) return;
    const way: CardWay = field.name === "code" ? { recoveryCode: field.value } : { password: field.value };
    const opened = await this.openCard?.(card.id, way);
    if (opened === true) field.value = "";
  };

  /** After a refused password the person is back in the field, with the old one selected. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("busy") || this.busy || changed.get("busy") !== true || this.fault === null) return;
    void this.focusField();
  }

  /** Puts the person into the field of the password, or of the code. */
  async focusField(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector("sealcam-password-field")?.updateComplete;
    this.#input?.focus();
    this.#input?.select();
  }
}
customElements.define("sealcam-card-unlock", CardUnlock);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-unlock": CardUnlock;
  }
}
