import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Verdict } from "../../verify/index.ts";
import type { JudgedPicture, TileNow } from "../models/snapshots.ts";
import { faultText, texts } from "../texts/index.ts";
import { delayWords } from "./delay-words.ts";
import { isAlarm, nothingYet, toneOf } from "./guarantee.ts";
import { icon } from "./icons.ts";
import "./state-icon.ts";
import { base, buttons } from "./styles.ts";

/** Without any `show()` for this many ms a live tile falls back to ST0 "silent", as the large picture does. */
const patience = 5_000;

/**
 * `<sealcam-camera-tile .tile>`: one camera among several: picture, seal and the state in few words, name, path and delay. `show()` takes a picture
 * with its verdict and draws both in one update. The whole tile leads to the camera alone; a button pauses it.
 */
export class CameraTile extends LitElement {
  static override properties = {
    tile: { attribute: false },
    judged: { state: true },
    lapsed: { state: true },
  };
  declare tile: TileNow;
  declare private judged: JudgedPicture | null;
  declare private lapsed: boolean;
  #undrawn: VideoFrame | null = null;
  #frames = 0;
  #shownAt = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      article {
        --state: var(--line);
        position: relative;
        display: grid;
        overflow: hidden;
        block-size: 100%;
        grid-template-rows: auto 1fr;
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
      }

      article:hover {
        border-color: var(--edge);
      }

      [data-tone="alarm"] {
        --state: var(--state-0);
      }

      [data-tone="wait"] {
        --state: var(--state-0-wait);
      }

      [data-state="ST1"] {
        --state: var(--state-1);
      }

      [data-state="ST2"] {
        --state: var(--state-2);
      }

      [data-state="ST3"] {
        --state: var(--state-3);
      }

      .sight {
        position: relative;
        aspect-ratio: 16 / 9;
        background: var(--stage);
      }

      canvas {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
        transition: filter var(--quick);
      }

      .stale {
        filter: brightness(0.42) saturate(0.35);
      }

      .said {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        padding: var(--space-4);
        font-size: var(--small);
        line-height: 1.45;
        text-align: center;
        text-wrap: balance;
      }

      .caption {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 0 var(--space-3);
        min-block-size: 60px;
        padding: var(--space-2) var(--space-2) var(--space-2) var(--space-3);
        border-block-start: 2px solid var(--state);
        transition: border-color var(--quick);
      }

      .seal {
        color: var(--state);
      }

      [data-tone="paused"] .seal {
        color: var(--ink-2);
      }

      .words,
      .line {
        display: grid;
        min-inline-size: 0;
        line-height: 1.35;
      }

      h2 {
        line-height: 1.35;
        overflow-wrap: anywhere;
      }

      .line {
        justify-items: end;
        font-size: var(--small);
        text-align: end;
        white-space: nowrap;
      }

      .open {
        color: inherit;
        text-decoration: none;
      }

      /* The link is as large as the tile. */
      .open::after {
        position: absolute;
        inset: 0;
        border-radius: var(--round);
        content: "";
      }

      .open:focus-visible {
        outline: none;
      }

      .open:focus-visible::after {
        outline: 3px solid var(--accent);
        outline-offset: -3px;
      }

      .hold {
        position: relative;
        inline-size: var(--touch);
        padding: 0;
        border-color: transparent;
        background: none;
        color: var(--ink-2);
      }

      .hold:hover {
        border-color: transparent;
        background: var(--sunken);
        color: var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.judged = null;
    this.lapsed = false;
  }

  /** The frame is ours and gets closed; one that is overtaken before it could be drawn is closed undrawn. */
  show(judged: JudgedPicture): void {
    this.#drop();
    if (!this.isConnected || !this.tile.isLive) {
      judged.picture?.close();
      return;
    }
    this.#undrawn = judged.picture;
    this.#shownAt = performance.now();
    this.lapsed = false;
    this.judged = judged;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = setInterval(() => {
      if (this.judged !== null && performance.now() - this.#shownAt > patience) this.lapsed = true;
    }, 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#watch);
    this.#drop();
  }

  override willUpdate(): void {
    // Paused: what was judged is of another time.
    if (this.tile.isLive) return;
    this.judged = null;
    this.lapsed = false;
    this.#drop();
  }

  override render(): TemplateResult {
    const t = texts();
    const { tile } = this;
    const verdict = this.#verdict;
    const tone = tile.isLive ? toneOf(verdict) : "paused";
    const said = this.#said(verdict);
    const state = this.#state(verdict);
    const isStale = this.judged === null || this.judged.picture === null || this.lapsed;
    return html`<article
      data-role="tile"
      data-number=${tile.number}
      data-state=${tile.isLive ? verdict.state : "paused"}
      data-live=${verdict.live ? "yes" : "no"}
      data-tone=${tone}
      aria-labelledby="name"
    >
      <div class="sight">
        <canvas
          class=${isStale ? "picture stale" : "picture"}
          data-role="picture"
          data-frames=${this.#frames}
          role="img"
          aria-label=${t.picture.label(tile.name)}
        ></canvas>
        ${said === null ? nothing : html`<p class="said" data-role="said">${said}</p>`}
      </div>
      <div class="caption">
        <sealcam-state-icon class="seal" state=${verdict.state}></sealcam-state-icon>
        <div class="words">
          <h2 id="name"><a class="open" href=${`#${tile.number}`}>${tile.name}</a></h2>
          <p class="small quiet" data-role="state">${state}</p>
        </div>
        ${this.#line()} ${this.#hold()}
      </div>
      <p class="hidden-text" role="status">${tile.isLive && isAlarm(verdict) ? `${tile.name}: ${state}` : ""}</p>
    </article>`;
  }

  override updated(changed: PropertyValues): void {
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas === null) return;
    // Nothing of a camera that is paused, or of the one before, stays.
    if (this.judged === null && changed.has("judged")) canvas.getContext("2d")?.reset();
    const frame = this.#undrawn;
    this.#undrawn = null;
    if (frame === null) return;
    try {
      if (canvas.width !== frame.displayWidth) canvas.width = frame.displayWidth;
      if (canvas.height !== frame.displayHeight) canvas.height = frame.displayHeight;
      canvas.getContext("2d")?.drawImage(frame, 0, 0, canvas.width, canvas.height);
      this.#frames += 1;
      canvas.dataset.frames = String(this.#frames);
    } finally {
      frame.close();
    }
  }

  get #verdict(): Verdict {
    const verdict = this.judged?.verdict ?? nothingYet;
    if (!this.lapsed || verdict.state === "ST0") return verdict;
    const checks = { ...verdict.checks, live: "failed" } as const;
    return { ...verdict, state: "ST0", reason: "silent", live: false, checks };
  }

  /** The state in few words. */
  #state(verdict: Verdict): string {
    const t = texts();
    if (!this.tile.isLive) return t.live.grid.paused;
    if (verdict.state === "ST0") return t.reasons[verdict.reason ?? "waiting"].short;
    return `${t.states[verdict.state].name} · ${verdict.live ? t.picture.live : t.picture.notLive}`;
  }

  /** What stands over the picture: why there is none, or what it waits for. */
  #said(verdict: Verdict): string | null {
    const t = texts();
    const { isLive, isOneTooMany, fault, elsewhere, waitingFor } = this.tile;
    if (isOneTooMany) return t.live.grid.tooMany;
    if (!isLive) return t.live.grid.pausedWords;
    if (verdict.state !== "ST0") return null;
    if (fault !== null) return fault === "pass-none" ? t.live.grid.needsPass : faultText(fault).what;
    if (elsewhere !== null) return t.live.elsewhere(elsewhere);
    return waitingFor === null ? null : t.viewer.waitingFor[waitingFor];
  }

  #line(): TemplateResult {
    const t = texts().viewer;
    const { delay, path, isLive } = this.tile;
    if (!isLive) return html`<span></span>`;
    return html`<div class="line">
      ${
        delay === null
          ? nothing
          : html`<strong title=${t.delay} data-role="delay" data-ms=${delay}>${t.about(delayWords(delay))}</strong>`
      }
      ${
        path === null
          ? nothing
          : html`<span class="quiet" data-role="path" data-path=${path} title=${t.pathExact[path]}>${t.path[path]}</span>`
      }
    </div>`;
  }

  #hold(): TemplateResult {
    const t = texts().live.grid;
    const { name, pause, resume } = this.tile;
    if (pause !== undefined)
      return html`<button class="hold" title=${t.pause} aria-label=${t.pauseOne(name)} @click=${pause}>${icon("pause", 20)}</button>`;
    if (resume !== undefined)
      return html`<button class="hold" title=${t.resume} aria-label=${t.resumeOne(name)} @click=${resume}>${icon("play", 20)}</button>`;
    return html`<span></span>`;
  }

  #drop(): void {
    this.#undrawn?.close();
    this.#undrawn = null;
  }
}
customElements.define("sealcam-camera-tile", CameraTile);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-tile": CameraTile;
  }
}
