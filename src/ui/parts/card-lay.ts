import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { CardOutside, CardPlacesNow, CardsSnapshot } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base, buttons, fields, summaries } from "./styles.ts";
import { whereWords } from "./where-words.ts";

/** `<sealcam-card-lay .card .places .lay>`: copies or moves a card to another place. Without another place, or `lay`, nothing is drawn. */
export class CardLay extends LitElement {
  static override properties = {
    card: { attribute: false },
    places: { attribute: false },
    lay: { attribute: false },
  };
  declare card: CardOutside | null;
  declare places: CardPlacesNow | null;
  declare lay: CardsSnapshot["lay"];

  static override styles = [
    base,
    buttons,
    fields,
    summaries,
    css`
      form {
        display: grid;
        gap: var(--space-3);
        padding-block-start: var(--space-3);
      }

      .actions {
        display: flex;
        gap: var(--space-3);
        margin: 0;
      }

    `,
  ];

  constructor() {
    super();
    this.card = null;
    this.places = null;
    this.lay = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const { card, places } = this;
    if (card === null || places === null || this.lay === undefined) return nothing;
    const t = texts().places;
    // A file that was picked holds one card, its own.
    const others = [null, ...places.open.filter(({ kind }) => kind !== "file").map(({ key }) => key)].filter(
      (key) => key !== card.place,
    );
    if (others.length === 0) return nothing;
    return html`<details>
      <summary aria-label=${`${t.layHeading}: ${card.name}, ${whereWords(card.place, places)}`}>${icon("copy", 20)} ${t.layHeading}</summary>
      <form @submit=${this.#submit}>
        <p class="hint">${t.layWords}</p>
        <div class="field">
          <label for="to">${t.to}</label>
          <select id="to" name="to">
            ${map(others, (key) => html`<option value=${key ?? ""}>${whereWords(key, places)}</option>`)}
          </select>
        </div>
        <div class="actions">
          <button name="act" value="copy">${t.lay}</button>
          <button name="act" value="move">${t.move}</button>
        </div>
      </form>
    </details>`;
  }

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { card } = this;
    const to = String(new FormData(event.currentTarget as HTMLFormElement).get("to"));
    const moves = (event.submitter as HTMLButtonElement | null)?.value === "move";
    if (card !== null) void this.lay?.(card.id, to === "" ? null : to, moves);
  };
}
customElements.define("sealcam-card-lay", CardLay);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-lay": CardLay;
  }
}
