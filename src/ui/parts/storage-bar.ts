import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { RecordingsRoom, RecordingsSnapshot } from "../models/snapshots.ts";
import { formatSize, formatSpan, texts } from "../texts/index.ts";
import { base, buttons } from "./styles.ts";

/** For `usedBar`. */
export const usedBarStyles = css`
  .bar {
    inline-size: 100%;
    block-size: 10px;
    border-radius: 5px;
  }

  .all {
    fill: var(--line);
  }

  .used {
    fill: var(--accent);
  }
`;

/** `<sealcam-storage-bar .room .erases .stay>`: what recordings take, what is free, how long that lasts, and who may take it away. */
export class StorageBar extends LitElement {
  static override properties = {
    room: { attribute: false },
    erases: { type: Boolean },
    stay: { attribute: false },
  };
  declare room: RecordingsRoom | null;
  /** Whether the oldest go when it is used up. */
  declare erases: boolean;
  declare stay: RecordingsSnapshot["stay"];

  static override styles = [
    base,
    buttons,
    usedBarStyles,
    css`
      :host,
      .ends {
        display: grid;
        gap: var(--space-2);
      }

      .ends {
        grid-template-columns: auto auto;
        justify-content: space-between;
      }

      button {
        justify-self: start;
      }
    `,
  ];

  constructor() {
    super();
    this.room = null;
    this.erases = true;
    this.stay = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts().recordings.room;
    const { room } = this;
    if (!room) return nothing;
    const { used, free, lasts } = room;
    return html`<h2 id="heading">${t.heading}</h2>
      ${free === null ? nothing : usedBar(used, free)}
      <p class="ends">
        <span>${t.used(formatSize(used))}</span>
        ${free === null ? nothing : html`<span class="quiet">${t.free(formatSize(free))}</span>`}
      </p>
      ${
        lasts === null
          ? nothing
          : html`<p data-role="lasts">${t.lasts(formatSpan(lasts))} ${this.erases ? t.thenErases : t.thenEnds}</p>`
      }
      <p class="small quiet" data-role="eviction" data-may-vanish=${room.mayVanish ? "yes" : "no"}>
        ${room.mayVanish ? t.vanishes : t.stays}
      </p>
      ${
        room.mayVanish && this.stay !== undefined
          ? html`<button class="plain flush" @click=${this.stay}>${t.stay}</button>`
          : nothing
      }`;
  }
}
customElements.define("sealcam-storage-bar", StorageBar);

/** The words beside it say the same. Something is always to be seen of what is used. Bytes. */
export const usedBar = (used: number, free: number): TemplateResult => {
  const width = used === 0 ? 0 : Math.max(1, (100 * used) / (used + free));
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" width="100" height="10" /><rect class="used" width=${width} height="10" />
  </svg>`;
};

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-storage-bar": StorageBar;
  }
}
