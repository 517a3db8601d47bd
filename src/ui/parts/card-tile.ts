import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import type { CardOutside } from "../models/snapshots.ts";
import { formatDate, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** Arcs of one engraving ring: where it begins and how much of it is drawn, in degrees. */
interface Arc {
  readonly radius: number;
  readonly from: number;
  readonly sweep: number;
}

/** Each card has its own engraving, drawn from its id, so that people know their card by sight. No secret is in it. */
export function engraving(id: string): readonly Arc[] {
  let seed = 2166136261; // FNV-1a, only to spread the characters
  const next = (salt: number): number => {
    for (const letter of `${id}${salt}`) seed = Math.imul(seed ^ letter.charCodeAt(0), 16777619);
    return (seed >>> 8) % 360;
  };
  return Array.from({ length: 9 }, (_, ring) => ({
    radius: 18 + ring * 11,
    from: next(ring),
    sweep: 130 + (next(ring + 100) % 200),
  }));
}

function drawArc({ radius, from, sweep }: Arc): SVGTemplateResult {
  const at = (degrees: number): string => {
    const angle = (degrees * Math.PI) / 180;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  };
  return svg`<path d="M${at(from)}A${radius} ${radius} 0 ${sweep > 180 ? 1 : 0} 1 ${at(from + sweep)}"/>`;
}

/** `<sealcam-card-tile .card>`: a memory card, looking like one: name, lock, what is on it, its own engraving. */
export class CardTile extends LitElement {
  static override properties = {
    card: { attribute: false },
    cameras: { attribute: false },
    open: { type: Boolean, reflect: true },
    where: { attribute: false },
  };
  declare card: CardOutside | null;
  /** How many cameras are on it; null while it is locked, since nobody can know. */
  declare cameras: number | null;
  declare open: boolean;
  /** Where it lies, in words; null: that is not to be told. */
  declare where: string | null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        inline-size: 100%;
        max-inline-size: 22rem;
      }

      .card {
        position: relative;
        display: grid;
        grid-template-rows: auto 1fr auto;
        aspect-ratio: 1.586;
        padding: var(--space-5);
        overflow: hidden;
        border: 1px solid rgb(255 255 255 / 0.14);
        border-radius: 18px;
        background: linear-gradient(155deg, var(--card-1), var(--card-2) 75%);
        color: var(--card-ink);
        box-shadow: var(--shadow);
      }

      .engraving {
        position: absolute;
        inset-block: -20% auto;
        inset-inline-end: -22%;
        block-size: 140%;
        aspect-ratio: 1;
        opacity: 0.3;
      }

      .top,
      .bottom {
        position: relative;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }

      .bottom {
        flex-wrap: wrap;
        align-items: end;
        gap: 0 var(--space-3);
      }

      .name {
        font-size: var(--title);
        font-weight: var(--strong);
        line-height: 1.2;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
      }

      .lock {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }

      .small {
        color: var(--card-ink-2);
        white-space: nowrap;
      }

      .where {
        position: relative;
        display: flex;
        align-items: center;
        gap: var(--space-2);
        align-self: start;
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  constructor() {
    super();
    this.card = null;
    this.cameras = null;
    this.open = false;
    this.where = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.card === null) return nothing;
    const t = texts().cards;
    return html`<div class="card">
      <svg
        class="engraving"
        viewBox="-110 -110 220 220"
        fill="none"
        stroke="currentColor"
        stroke-width="1.25"
        stroke-linecap="round"
        aria-hidden="true"
      >
        ${map(engraving(this.card.id.split("@")[0] ?? ""), drawArc)}
      </svg>
      <p class="top small">
        <span>Sealcam</span>
        <span class="lock">${this.open ? t.unlocked : t.locked} ${icon(this.open ? "unlock" : "lock", 20)}</span>
      </p>
      ${
        this.where === null
          ? html`<span></span>`
          : html`<p class="small where">${icon(this.card.place === null ? "cards" : "stick", 16)} ${this.where}</p>`
      }
      <div class="bottom">
        <p class="name">${this.card.name}</p>
        <p class="small">${this.cameras === null ? t.created(formatDate(this.card.created)) : t.cameras(this.cameras)}</p>
      </div>
    </div>`;
  }
}
customElements.define("sealcam-card-tile", CardTile);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-tile": CardTile;
  }
}
