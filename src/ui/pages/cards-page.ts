import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { map } from "lit/directives/map.js";
import { repeat } from "lit/directives/repeat.js";
import type { CardOutside, CardsSnapshot, OpenedOnPage } from "../models/snapshots.ts";
import "../parts/card-account.ts";
import "../parts/card-cameras.ts";
import "../parts/card-lay.ts";
import "../parts/card-places.ts";
import "../parts/card-said.ts";
import "../parts/card-tile.ts";
import "../parts/card-unlock.ts";
import "../parts/card-ways.ts";
import "../parts/confirm-dialog.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/password-field.ts";
import { base, buttons, column, fields, summaries } from "../parts/styles.ts";
import "../parts/wait.ts";
import { whereWords } from "../parts/where-words.ts";
import { texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/** `/cards`: the memory cards on this device; make one, open one, see what is on it, erase one. */
export class CardsPage extends Page<CardsSnapshot> {
  static override properties: PropertyDeclarations = { chosen: { state: true } };
  /** The locked card whose password is asked for. */
  declare private chosen: string | null;

  static override styles = [
    base,
    buttons,
    fields,
    column,
    summaries,
    css`
      .cards {
        display: grid;
        gap: var(--space-8);
      }

      .one {
        display: grid;
        gap: var(--space-4);
      }

      .one .actions {
        flex-direction: row;
        margin: 0;
      }

      .on-it,
      .beside {
        display: grid;
        gap: var(--space-6);
        min-inline-size: 0;
      }

      .beside {
        gap: var(--space-4);
      }

      .idle {
        padding-block-start: var(--space-5);
        border-block-start: 1px solid var(--line);
      }

      @media (min-width: 48rem) {
        .one {
          grid-template-columns: 18rem minmax(0, 1fr);
          align-items: start;
          gap: var(--space-6);
        }

        :host([opened]) {
          max-inline-size: 60rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.chosen = null;
  }

  protected override stepOf(snapshot: CardsSnapshot): string {
    return snapshot.opened?.id ?? "";
  }

  /** Asking for a card's password puts the person into its field: the button that asked is gone. */
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.toggleAttribute("opened", this.snapshot?.opened != null);
    if (changed.has("chosen") && this.chosen !== null) {
      void this.renderRoot.querySelector("sealcam-card-unlock")?.focusField();
    }
  }

  override render(): TemplateResult {
    const t = texts().cards;
    const now = this.snapshot;
    const cards = now?.cards ?? null;
    const chosen = this.chosen !== null && now?.opened?.id !== this.chosen;
    return html`
      <header>
        <h1 tabindex="-1">${t.heading}</h1>
        <p class="lead">${t.lead}</p>
      </header>
      ${now?.fault != null && !chosen ? html`<sealcam-fault code=${now.fault}></sealcam-fault>` : nothing}
      ${
        now === null || cards === null
          ? html`<sealcam-wait>${t.reading}</sealcam-wait>`
          : html`${cards.length === 0 ? nothing : this.#list(now, cards)} ${this.#make(now, cards.length === 0)}`
      }
      ${now === null ? nothing : html`<sealcam-card-places .places=${now.places} .cards=${cards ?? []}></sealcam-card-places>${this.#idle(now)}`}
      <sealcam-confirm-dialog></sealcam-confirm-dialog>
    `;
  }

  #list(now: CardsSnapshot, cards: readonly CardOutside[]): TemplateResult {
    return html`<ul class="cards">
      ${repeat(
        cards,
        (card) => card.id,
        (card) => html`<li>
          ${
            now.opened?.id === card.id
              ? this.#opened(now, card, now.opened)
              : this.chosen === card.id
                ? html`<sealcam-card-unlock
                    .cards=${[card]}
                    .openCard=${now.open}
                    .fault=${now.fault}
                    .places=${now.places}
                    ?busy=${now.busy === "opening"}
                  ></sealcam-card-unlock>`
                : this.#locked(now, card)
          }
        </li>`,
      )}
    </ul>`;
  }

  #locked(now: CardsSnapshot, card: CardOutside): TemplateResult {
    const t = texts().cards;
    return html`<div class="one">
      <sealcam-card-tile .card=${card} .where=${where(now, card)}></sealcam-card-tile>
      <div class="actions">
        ${
          now.open === undefined
            ? nothing
            : html`<button
                aria-label=${`${t.open}: ${named(now, card)}`}
                @click=${() => {
                  this.chosen = card.id;
                }}
              >
                ${icon("unlock", 20)} ${t.open}
              </button>`
        }
        ${this.#copy(now, card)} ${this.#erase(now, card)}
        <sealcam-card-lay .card=${card} .places=${now.places} .lay=${now.lay}></sealcam-card-lay>
      </div>
    </div>`;
  }

  #opened(now: CardsSnapshot, card: CardOutside, opened: OpenedOnPage): TemplateResult {
    const t = texts().cards;
    const { cameras, blanks, account } = opened.inside;
    const isDue = opened.said.due.state === "now";
    return html`<div class="one">
      <div class="beside">
        <sealcam-card-tile
          .card=${card}
          .cameras=${cameras.length + blanks.length}
          .where=${where(now, card)}
          open
        ></sealcam-card-tile>
        <div class="actions">
          ${
            now.close === undefined
              ? nothing
              : html`<button
                  @click=${() => {
                    this.chosen = null;
                    now.close?.();
                  }}
                >
                  ${icon("lock", 20)} ${t.close}
                </button>`
          }
          ${this.#copy(now, card)} ${this.#erase(now, card)}
        </div>
        <sealcam-card-lay .card=${card} .places=${now.places} .lay=${now.lay}></sealcam-card-lay>
        ${now.busy === "changing" ? html`<sealcam-wait>${texts().card.changing}</sealcam-wait>` : nothing}
      </div>
      <div class="on-it">
        <sealcam-card-said .said=${opened.said}></sealcam-card-said>
        ${
          isDue
            ? nothing
            : html`<sealcam-card-cameras .opened=${opened} .changes=${now.changes} .cards=${now.cards ?? []}></sealcam-card-cameras>`
        }
        <sealcam-card-ways
          .opened=${opened}
          .changes=${now.changes}
          name=${card.name}
          ?busy=${now.busy === "changing"}
        ></sealcam-card-ways>
        ${isDue ? nothing : html`<sealcam-card-account .account=${account} .changes=${now.changes}></sealcam-card-account>`}
      </div>
    </div>`;
  }

  #idle({ idle, setIdle }: CardsSnapshot): TemplateResult {
    const t = texts().card;
    return html`<section class="field idle">
      <label for="idle">${t.idle}</label>
      <select
        id="idle"
        aria-describedby="idle-hint"
        ?disabled=${setIdle === undefined}
        @change=${(event: Event) => setIdle?.(Number((event.target as HTMLSelectElement).value))}
      >
        ${map(
          idle.choices,
          (minutes) =>
            html`<option value=${minutes} .selected=${live(minutes === idle.minutes)}>${t.idleMinutes(minutes)}</option>`,
        )}
      </select>
      <p id="idle-hint" class="hint">${t.idleWords}</p>
    </section>`;
  }

  #copy(now: CardsSnapshot, card: CardOutside): TemplateResult | typeof nothing {
    const { copy } = now;
    if (copy === undefined) return nothing;
    const t = texts().cards;
    return html`<button aria-label=${`${t.copy}: ${named(now, card)}`} @click=${() => copy(card.id)}>
      ${icon("save", 20)} ${t.copy}
    </button>`;
  }

  #erase(now: CardsSnapshot, card: CardOutside): TemplateResult | typeof nothing {
    if (now.erase === undefined) return nothing;
    const t = texts().cards;
    return html`<button
      class="plain danger"
      aria-label=${`${t.eraseShort}: ${named(now, card)}`}
      @click=${() => this.#askErase(card)}
    >
      ${icon("erase", 20)} ${t.eraseShort}
    </button>`;
  }

  /** Asks twice: what is on it is gone. */
  async #askErase(card: CardOutside): Promise<void> {
    const { cards: t, card: c } = texts();
    const first = { heading: t.eraseHeading(card.name), words: t.eraseWords, action: t.erase };
    const second = { heading: c.sureHeading, words: c.sureWords, action: c.sure };
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    if ((await dialog?.askEach(first, second)) === true) await this.snapshot?.erase?.(card.id);
  }

  #make(now: CardsSnapshot, first: boolean): TemplateResult | typeof nothing {
    const t = texts().cards;
    if (now.busy === "erasing") return html`<sealcam-wait>${t.erasing}</sealcam-wait>`;
    const making = now.busy === "making";
    if (now.make === undefined && !making) return nothing;
    const form = html`<form class="panel" @submit=${this.#submit}>
      ${first ? html`<h2>${t.makeHeading}</h2>` : nothing}
      <div class="field">
        <label for="name">${t.name}</label>
        <input
          id="name"
          name="name"
          required
          maxlength="60"
          autocomplete="off"
          aria-describedby="name-hint"
          ?disabled=${making}
        />
        <p id="name-hint" class="hint">${t.nameHint}</p>
      </div>
      ${this.#placeField(now, making)}
      <sealcam-password-field
        kind="new-password"
        label=${t.password}
        hint=${t.passwordHint}
        ?disabled=${making}
      ></sealcam-password-field>
      ${making ? html`<sealcam-wait>${t.making}</sealcam-wait>` : html`<button class="primary">${t.make}</button>`}
    </form>`;
    return first
      ? form
      : html`<details><summary>${icon("cards", 20)} ${t.makeAnother}</summary>${form}</details>`;
  }

  #placeField({ places }: CardsSnapshot, making: boolean): TemplateResult | typeof nothing {
    const others = places?.open.filter(({ kind }) => kind !== "file") ?? [];
    if (places === null || others.length === 0) return nothing;
    const keys = [null, ...others.map(({ key }) => key)];
    return html`<div class="field">
      <label for="place">${texts().places.where}</label>
      <select id="place" name="place" ?disabled=${making}>
        ${map(keys, (key) => html`<option value=${key ?? ""}>${whereWords(key, places)}</option>`)}
      </select>
    </div>`;
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.chosen = null;
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const made = await this.snapshot?.make?.(
      String(given.get("name")).trim(),
      String(given.get("password")),
      String(given.get("place") ?? "") || null,
    );
    if (made === true) form.reset();
  };
}

const where = ({ places }: CardsSnapshot, card: CardOutside): string | null =>
  places === null || places.open.length === 0 ? null : whereWords(card.place, places);

/** Two copies of one card have one name. */
const named = (now: CardsSnapshot, card: CardOutside): string => {
  const there = where(now, card);
  return there === null ? card.name : `${card.name}, ${there}`;
};

customElements.define("sealcam-cards-page", CardsPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-cards-page": CardsPage;
  }
}
