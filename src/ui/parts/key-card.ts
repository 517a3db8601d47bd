import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { KeyStatus, SeedReport } from "../models/snapshots.ts";
import { formatCount, formatShare, formatSpan, formatTime, texts } from "../texts/index.ts";
import { detailRows, foldedPanel } from "./folded-panel.ts";
import { icon } from "./icons.ts";
import { usedBar, usedBarStyles } from "./storage-bar.ts";
import { base, buttons } from "./styles.ts";

/** Causes that speak for an intrusion. */
const alarming: ReadonlySet<KeyStatus["cause"]> = new Set(["second-sensor", "counter", "device", "proofs"]);

/** What came of the seed frames, as people are told it. */
export const healthOf = ({ light, refused }: SeedReport): "good" | "uneven" | "regular" | "none" => {
  if (light === "frame") return "good";
  if (refused === null) return "none";
  return refused === "uniform" ? "uneven" : "regular";
};

/** How long a key may be used, to choose from. ms */
const lives = [60_000, 600_000, 3_600_000, 86_400_000] as const;

/** `<sealcam-key-card .status .isChanging .rekey .keepKey>`: what the running stream's key was made with, since when and why; nothing before that is known. */
export class KeyCard extends LitElement {
  static override properties = {
    status: { attribute: false },
    isChanging: { attribute: false },
    rekey: { attribute: false },
    keepKey: { attribute: false },
  };
  declare status: KeyStatus | null;
  declare isChanging: boolean;
  declare rekey: (() => Promise<void>) | undefined;
  declare keepKey: ((life: number) => Promise<void>) | undefined;

  static override styles = [
    base,
    buttons,
    usedBarStyles,
    foldedPanel,
    detailRows,
    css`
      :host {
        display: block;
      }

      section {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4) 0;
        border: 1px solid var(--glass-line);
        border-radius: var(--round);
        background: var(--glass);
      }

      h2 {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--space-3);
      }

      h2 svg {
        color: var(--accent);
      }

      .seed {
        display: grid;
        gap: var(--space-2);
      }

      .last {
        padding: 0;
        font-size: var(--small);
      }

      dl div {
        grid-template-columns: 6.5rem 1fr;
      }

      .alarming {
        color: var(--danger);
        font-weight: var(--strong);
      }

      select {
        inline-size: 100%;
        min-block-size: 44px;
        padding-inline: var(--space-3);
        border: 1px solid var(--glass-line);
        border-radius: var(--round-small);
        background: transparent;
        color: inherit;
        font: inherit;
      }

      dl div:has(select) {
        align-items: center;
      }

      button {
        padding-inline: var(--space-4);
        border-color: var(--glass-line);
        background: none;
      }

      details {
        margin-block-start: var(--space-1);
        margin-inline: calc(-1 * var(--space-4));
        border: 0;
        border-block-start: 1px solid var(--glass-line);
        border-radius: 0;
        background: none;
      }

      details p {
        padding-inline: var(--space-4);
        padding-block-end: var(--space-4);
      }
    `,
  ];

  constructor() {
    super();
    this.status = null;
    this.isChanging = false;
    this.rekey = undefined;
    this.keepKey = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().sealing.key;
    const { status } = this;
    this.hidden = status === null;
    if (status === null) return nothing;
    const { epoch, changed, cause, seed, next, life } = status;
    const health = healthOf(seed);
    const usable = 1 - seed.uniformShare;
    return html`<section data-role="key" data-epoch=${epoch} data-cause=${cause} data-health=${health}>
      <h2>${icon("key", 20)} <span>${t.heading}</span> <span>${t.health[health].name}</span></h2>
      <div class="seed">
        ${
          seed.tries === 0
            ? nothing
            : html`${usedBar(usable, seed.uniformShare)}
                <p class="small">${t.usable(formatShare(usable))}</p>`
        }
        <p class="small quiet">${t.health[health].meaning}</p>
      </div>
      <dl class="last">
        <div>
          <dt>${t.last}</dt>
          <dd>
            <span role="status" class=${alarming.has(cause) ? "alarming" : ""}
              >${formatTime(changed)} · ${t.causes[cause]}</span
            >
          </dd>
        </div>
        <div><dt>${t.next}</dt><dd>${t.nextWords(formatTime(next))}</dd></div>
        ${this.keepKey === undefined ? nothing : this.#interval(life, this.keepKey)}
      </dl>
      ${
        this.rekey === undefined
          ? nothing
          : html`<button ?disabled=${this.isChanging} @click=${this.rekey}>${this.isChanging ? t.changing : t.change}</button>`
      }
      <details>
        <summary>${t.why} ${icon("forward", 20)}</summary>
        <dl>
          <div><dt>${t.number}</dt><dd>${t.numberWords(formatCount(epoch + 1))}</dd></div>
          <div><dt>${t.tries}</dt><dd>${t.triesWords(formatCount(seed.tries))}</dd></div>
          <div><dt>${t.noise}</dt><dd>${t.noiseWords(formatCount(Math.round(seed.minEntropy)))}</dd></div>
        </dl>
        <p>${t.how}</p>
      </details>
    </section>`;
  }

  #interval(life: number, keepKey: (life: number) => Promise<void>): TemplateResult {
    const t = texts().sealing.key;
    const choices = [...new Set([...lives, life])].sort((a, b) => a - b);
    return html`<div>
      <dt><label for="life">${t.every}</label></dt>
      <dd>
        <select id="life" @change=${({ target }: Event) => keepKey(Number((target as HTMLSelectElement).value))}>
          ${choices.map(
            (one) =>
              html`<option value=${String(one)} .selected=${live(one === life)}>${formatSpan(one)}</option>`,
          )}
        </select>
      </dd>
    </div>`;
  }
}
customElements.define("sealcam-key-card", KeyCard);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-key-card": KeyCard;
  }
}
