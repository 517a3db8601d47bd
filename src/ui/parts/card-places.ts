import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { CardOutside, CardPlaceNow, CardPlacesNow } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base, buttons } from "./styles.ts";

/** `<sealcam-card-places .places .cards>`: sticks, files and devices that are open for cards, and the ways to open one. */
export class CardPlacesPart extends LitElement {
  static override properties = { places: { attribute: false }, cards: { attribute: false } };
  declare places: CardPlacesNow | null;
  declare cards: readonly CardOutside[];

  static override styles = [
    base,
    buttons,
    css`
      section {
        display: grid;
        gap: var(--space-3);
        padding-block-start: var(--space-5);
        border-block-start: 1px solid var(--line);
      }

      h2 {
        font-size: inherit;
        font-weight: var(--strong);
      }

      p {
        color: var(--ink-2);
      }

      ul {
        display: grid;
        gap: var(--space-2);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
        overflow-wrap: anywhere;
      }

      li p {
        grid-column: 2 / -1;
        padding-block-end: var(--space-2);
        font-size: var(--small);
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    this.places = null;
    this.cards = [];
  }

  override render(): TemplateResult | typeof nothing {
    const now = this.places;
    if (now === null) return nothing;
    const t = texts().places;
    const { openFolder, openDevice } = now;
    return html`<section aria-labelledby="places">
      <h2 id="places">${t.heading}</h2>
      <p>${t.words}</p>
      ${now.open.length === 0 ? nothing : html`<ul>${map(now.open, (place) => this.#place(place))}</ul>`}
      <div class="ways">
        ${
          openFolder === undefined
            ? nothing
            : html`<button @click=${() => openFolder()}>${icon("stick", 20)} ${t.folder}</button>`
        }
        <button @click=${this.#choose}>${icon("open", 20)} ${t.file}</button>
        ${
          openDevice === undefined
            ? nothing
            : html`<button @click=${() => openDevice()}>${icon("link", 20)} ${t.device}</button>`
        }
      </div>
    </section>`;
  }

  #place({ key, kind, name, takeOut }: CardPlaceNow): TemplateResult {
    const t = texts().places;
    const isEmpty = !this.cards.some(({ place }) => place === key);
    const words = kind === "file" ? t.fileWords : isEmpty ? t.empty(name) : null;
    return html`<li>
      ${icon(kind === "file" ? "open" : "stick", 20)}
      <span>${name}</span>
      <button class="plain" aria-label=${t.takeOutOf(name)} @click=${takeOut}>${icon("eject", 20)} ${t.takeOut}</button>
      ${words === null ? nothing : html`<p>${words}</p>`}
    </li>`;
  }

  /** The browser's question; made anew each time, so that the same file can be chosen again. */
  #choose = (): void => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".sealcard,.json";
    input.onchange = () => {
      const file = input.files?.[0];
      if (file) void this.places?.openFile(file);
    };
    input.click();
  };
}
customElements.define("sealcam-card-places", CardPlacesPart);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-places": CardPlacesPart;
  }
}
