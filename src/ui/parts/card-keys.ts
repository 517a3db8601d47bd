import { html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { cardIdOf } from "../models/card-id.ts";
import type { CameraKeys, CameraOnCard, CardChanges, CardOutside } from "../models/snapshots.ts";
import { formatDate, formatTime, texts } from "../texts/index.ts";
import { cardStyles } from "./card-styles.ts";
import "./confirm-dialog.ts";
import type { Question } from "./confirm-dialog.ts";
import "./password-field.ts";
import { base, buttons, fields } from "./styles.ts";

const formatDateTime = (moment: number): string => `${formatDate(moment)} ${formatTime(moment)}`;

/** `<sealcam-card-keys .camera .keys .changes .cards own>`: since when a camera's keys are in use, which cards have some, and what can be done with them. */
export class CardKeys extends LitElement {
  static override properties = {
    camera: { attribute: false },
    keys: { attribute: false },
    changes: { attribute: false },
    cards: { attribute: false },
    own: {},
  };
  declare camera: CameraOnCard | null;
  declare keys: CameraKeys | null;
  declare changes: CardChanges | undefined;
  /** All of this device. */
  declare cards: readonly CardOutside[];
  /** The id of the card that is open, wherever it lies. */
  declare own: string;

  static override styles = [base, buttons, fields, cardStyles];

  constructor() {
    super();
    this.camera = null;
    this.keys = null;
    this.changes = undefined;
    this.cards = [];
    this.own = "";
  }

  override render(): TemplateResult | typeof nothing {
    const { camera, keys } = this;
    if (camera === null || keys === null) return nothing;
    const t = texts().keys;
    return html`<section>
        <h3>${t.heading}</h3>
        <p class="small" data-role="keys" data-since=${keys.since ?? ""}>
          ${keys.since === null ? t.pending(formatDateTime(keys.made)) : t.since(formatDateTime(keys.since))}
        </p>
        ${keys.since === null ? html`<p class="small quiet">${t.pendingWords}</p>` : nothing}
        <h4>${t.cards}</h4>
        <ul class="lines">
          ${map(keys.cards, (card) => this.#holder(camera, card))}
        </ul>
        ${this.#out(keys)}
        ${
          this.changes?.rekey === undefined
            ? nothing
            : html`<div><button @click=${() => this.#rekey(camera)}>${t.rekey}</button></div>`
        }
        ${this.#add(camera, keys)}
      </section>
      <sealcam-confirm-dialog></sealcam-confirm-dialog>`;
  }

  #holder(camera: CameraOnCard, card: CameraKeys["cards"][number]): TemplateResult {
    const t = texts().keys;
    const isOwn = card.id === this.own;
    return html`<li>
      <span class="text">
        <strong>${isOwn ? t.thisCard(card.name) : card.name}</strong>
        <span class="small quiet">${t.cardSince(formatDateTime(card.since))}</span>
      </span>
      ${
        isOwn || this.changes?.rekey === undefined
          ? nothing
          : html`<button
              class="plain danger"
              aria-label=${t.shutOutOf(card.name)}
              @click=${() => this.#shutOut(camera, card)}
            >
              ${t.shutOutOne}
            </button>`
      }
    </li>`;
  }

  #out({ shutOut }: CameraKeys): TemplateResult | typeof nothing {
    if (shutOut.length === 0) return nothing;
    const t = texts().keys;
    return html`<h4>${t.shutOut}</h4>
      <ul class="lines">
        ${map(
          shutOut,
          ({ name, since }) => html`<li>
            <span class="text" data-role="shut-out" data-since=${since ?? ""}>
              <strong>${name}</strong>
              <span class="small quiet">${since === null ? t.outPending : t.outSince(formatDateTime(since))}</span>
            </span>
          </li>`,
        )}
      </ul>`;
  }

  #add({ number }: CameraOnCard, keys: CameraKeys): TemplateResult | typeof nothing {
    const others = this.cards.filter(
      ({ id }) => cardIdOf(id) !== this.own && !keys.cards.some((card) => card.id === cardIdOf(id)),
    );
    if (this.changes?.addCard === undefined || others.length === 0) return nothing;
    const t = texts();
    return html`<details>
      <summary>${t.keys.add}</summary>
      <form
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          void this.#addCard(number, event.currentTarget as HTMLFormElement);
        }}
      >
        <p class="small quiet">${t.keys.addWords}</p>
        <div class="field">
          <label for="to">${t.card.otherCard}</label>
          <select id="to" name="to">
            ${map(others, ({ id, name }) => html`<option value=${id}>${name}</option>`)}
          </select>
        </div>
        <sealcam-password-field label=${t.card.otherPassword}></sealcam-password-field>
        <div><button>${t.keys.addIt}</button></div>
      </form>
    </details>`;
  }

  async #addCard(number: string, form: HTMLFormElement): Promise<void> {
    const given = new FormData(form);
    if (await this.changes?.addCard?.(number, String(given.get("to")), String(given.get("password"))))
      form.reset();
  }

  async #rekey({ name, number }: CameraOnCard): Promise<void> {
    const t = texts().keys;
    const question = { heading: t.rekeyHeading(name), words: t.rekeyWords, action: t.rekey };
    if (await this.#asks(question)) await this.changes?.rekey?.([number], null);
  }

  async #shutOut({ name, number }: CameraOnCard, card: CameraKeys["cards"][number]): Promise<void> {
    const t = texts().keys;
    const heading = t.shutOutHeading(card.name, name);
    if (await this.#asks({ heading, words: t.shutOutWords, action: t.shutOutOne }))
      await this.changes?.rekey?.([number], card.id);
  }

  async #asks(question: Question): Promise<boolean> {
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    return (await dialog?.askWith(question)) === true;
  }
}
customElements.define("sealcam-card-keys", CardKeys);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-keys": CardKeys;
  }
}
