import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Verdict } from "../../verify/index.ts";
import type { JudgedPicture } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import { hatch } from "./changed-tiles.ts";
import { announcement, guarantee, isAlarm, nothingYet } from "./guarantee.ts";
import { guaranteeStyles } from "./guarantee-styles.ts";
import { base } from "./styles.ts";

/** How long a fault is said of a recording that goes on, at least. ms */
const heldFor = 1_000;

/**
 * `<sealcam-live-picture>`: a picture and what was judged of it, as one thing. `show()` takes both; one update draws the
 * picture on the canvas and the verdict in the bar, before the browser paints, so the frame judged is the frame seen.
 *
 * Slots: `aside` (in the bar, right: delay and path), `wait` (middle), `notes` (above the actions), `actions` (bottom); where framed, `over` (exactly on the
 * picture), and no `notes` nor `actions`.
 */
export class LivePicture extends LitElement {
  static override properties = {
    cameraName: { attribute: "camera-name" },
    device: {},
    number: {},
    lossless: { type: Boolean },
    patience: { type: Number },
    framed: { type: Boolean, reflect: true },
    recording: { type: Boolean },
    going: { type: Boolean },
    judged: { state: true },
    lapsed: { state: true },
    whyOpen: { state: true },
  };
  /** The camera's name on the card. */
  declare cameraName: string;
  /** What the camera calls its capture device, or null while that is not known. */
  declare device: string | null;
  /** The camera number in full base32, or "". */
  declare number: string;
  /** Whether the sensor's own pixels are shown: "why?" says what is proven of them. */
  declare lossless: boolean;
  /**
   * Without any `show()` for this many ms, the page itself falls back to ST0 "silent". A backstop for a judge that
   * died: a frozen picture must not go on looking guaranteed. Only ever lowers a state.
   */
  declare patience: number;
  /** The picture is one of a recording: never live, no alarm, and nothing stays where nothing may be shown. */
  declare recording: boolean;
  /** Whether the recording goes on by itself: a fault is then said for a while, longer than its picture lasts. */
  declare going: boolean;

  /** The bar stands above the picture and covers nothing of it, and notes are left to the page; otherwise the picture fills the element. */
  declare framed: boolean;

  declare private judged: JudgedPicture | null;
  declare private lapsed: boolean;
  declare private whyOpen: boolean;
  #undrawn: VideoFrame | null = null;
  #held: { readonly verdict: Verdict; readonly until: number } | null = null;
  #frames = 0;
  #context: CanvasRenderingContext2D | null = null;
  #shownAt = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    base,
    guaranteeStyles,
    css`
      :host {
        position: relative;
        display: block;
        block-size: 100%;
        overflow: hidden;
        background: var(--stage);
        color: var(--ink);
        color-scheme: dark;
      }

      canvas {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
      }

      .sight {
        display: contents;
      }

      .picture {
        transition: filter var(--quick);
      }

      .stale {
        filter: brightness(0.42) saturate(0.35);
      }

      .bar {
        position: absolute;
        inset-block-start: 0;
        inset-inline: 0;
        z-index: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-4);
        min-block-size: 64px;
        padding: calc(var(--space-2) + env(safe-area-inset-top)) calc(var(--space-4) + env(safe-area-inset-right))
          var(--space-2) calc(var(--space-4) + env(safe-area-inset-left));
        border-block-end: 2px solid var(--state);
        background: var(--glass);
        backdrop-filter: blur(16px);
        transition: border-color var(--quick);
      }

      .bar:has([data-tone="alarm"]) {
        --state: var(--state-0);
      }

      .bar:has([data-tone="wait"]) {
        --state: var(--state-0-wait);
      }

      .bar:has([data-state="ST1"]) {
        --state: var(--state-1);
      }

      .bar:has([data-state="ST2"]) {
        --state: var(--state-2);
      }

      .bar:has([data-state="ST3"]) {
        --state: var(--state-3);
      }

      .seal {
        color: var(--state);
      }

      .middle {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--space-3);
        padding: 96px var(--space-4);
        pointer-events: none;
      }

      .note {
        padding: var(--space-2) var(--space-4);
        border-radius: 99px;
        background: var(--glass);
        font-size: var(--small);
        text-align: center;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2) var(--space-3);
      }

      @media (max-width: 40rem) {
        .actions {
          gap: var(--space-2);
        }
      }

      .foot .actions {
        inline-size: 100%;
      }

      /* On a phone "why?" takes all that is left below the bar, whose height is the 100%: no half of a button shows. */
      @media (max-width: 47.99rem) {
        :host(:not([framed])) .because {
          block-size: calc(100dvh - 100%);
          max-block-size: none;
        }
      }

      .foot {
        position: absolute;
        inset-block-end: 0;
        inset-inline: 0;
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
      }

      :host([framed]) {
        display: grid;
        block-size: auto;
        overflow: visible;
        border-radius: var(--round);
      }

      :host([framed]) :is(canvas, .sight) {
        border-end-start-radius: var(--round);
        border-end-end-radius: var(--round);
      }

      :host([framed]) .bar {
        position: relative;
        grid-row: 1;
        border-start-start-radius: var(--round);
        border-start-end-radius: var(--round);
      }

      :host([framed]) .sight {
        position: relative;
        display: block;
        grid-row: 2;
      }

      :host([framed]) .picture {
        position: static;
        display: block;
        block-size: auto;
      }

      /* What plays a recording covers nothing of it. */
      :host([recording]) {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
      }

      :host([recording]) canvas {
        position: static;
        grid-area: 2 / 1;
        min-block-size: 0;
      }

      :host([recording]) .bar {
        position: relative;
        grid-area: 1 / 1;
      }

      :host([recording]) .foot {
        position: relative;
        grid-area: 3 / 1;
        grid-template-columns: minmax(0, 1fr);
        padding: 0;
      }

      :host([recording]) .note {
        position: absolute;
        inset-block-end: calc(100% + var(--space-2));
        justify-self: center;
      }
    `,
  ];

  constructor() {
    super();
    this.cameraName = "";
    this.device = null;
    this.number = "";
    this.lossless = false;
    this.patience = 5000;
    this.framed = false;
    this.recording = false;
    this.going = false;
    this.judged = null;
    this.lapsed = false;
    this.whyOpen = false;
  }

  /** What is drawn now, without what lies over it, for who wants to keep it. */
  get canvas(): HTMLCanvasElement | null {
    return this.renderRoot.querySelector(".picture");
  }

  /** Frames drawn so far. */
  get frames(): number {
    return this.#frames;
  }

  /**
   * Draws one judged picture. The `VideoFrame` is ours from here on and is closed once drawn; a picture that is
   * overtaken before it could be drawn is closed undrawn. `picture: null` leaves the last one, dimmed.
   */
  show(judged: JudgedPicture): void {
    this.#undrawn?.close();
    this.#undrawn = judged.picture;
    if (!this.isConnected) {
      this.#drop();
      return;
    }
    this.#shownAt = performance.now();
    if (this.going && judged.verdict.state === "ST0" && judged.verdict.reason !== "waiting")
      this.#held = { verdict: { ...judged.verdict, changedTiles: [] }, until: this.#shownAt + heldFor };
    this.lapsed = false;
    this.judged = judged;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = setInterval(() => {
      if (this.recording || this.judged === null) return;
      if (performance.now() - this.#shownAt > this.patience) this.lapsed = true;
    }, 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#watch);
    this.#drop();
  }

  #drop(): void {
    this.#undrawn?.close();
    this.#undrawn = null;
  }

  /** The verdict to be told: the one that came with the picture, or less. */
  get #verdict(): Verdict {
    const verdict = this.judged?.verdict ?? nothingYet;
    const held = this.#held;
    if (held && this.going && verdict.state !== "ST0" && this.#shownAt < held.until) return held.verdict;
    if (!this.lapsed || verdict.state === "ST0") return verdict;
    return {
      ...verdict,
      state: "ST0",
      reason: "silent",
      live: false,
      checks: { ...verdict.checks, live: "failed" },
    };
  }

  override render(): TemplateResult {
    const t = texts();
    const verdict = this.#verdict;
    const { device } = this;
    const said = this.judged === null ? "" : announcement(verdict, device, this.recording);
    // What a recording shows happened long ago: it interrupts nobody.
    const alarms = isAlarm(verdict) && !this.recording;
    const stale = this.judged !== null && (this.judged.picture === null || this.lapsed);
    const changed = verdict.changedTiles.length;
    // While good pictures are being counted, that count is the advice.
    const hasAdvice =
      verdict.reason !== undefined && verdict.reason !== "waiting" && verdict.recovering === 0;
    const todo = hasAdvice && !this.recording ? t.reasons[verdict.reason].todo : null;
    return html`
      <div class="sight">
      <canvas
        class=${stale ? "picture stale" : "picture"}
        data-role="picture"
        data-frames="0"
        role="img"
        aria-label=${t.picture.label(this.cameraName)}
      ></canvas>
      ${changed > 0 ? html`<canvas class="changed" aria-hidden="true"></canvas>` : nothing}
      ${this.framed ? html`<slot name="over"></slot>` : nothing}
      </div>
      <div class="middle">
        <slot name="wait"></slot>
      </div>
      <div class="bar" @keydown=${this.#pressed}>
        ${guarantee({
          verdict,
          device,
          isLossless: this.lossless,
          number: this.number,
          isRecording: this.recording,
          whyOpen: this.whyOpen,
          toggled: this.#toggled,
        })}
        <slot name="aside"></slot>
      </div>
      ${this.framed ? nothing : this.#foot(verdict, todo)}
      <p class="hidden-text" role="status">${alarms ? "" : said}</p>
      <p class="hidden-text" role="alert">${alarms ? said : ""}</p>
    `;
  }

  #foot({ recovering, changedTiles }: Verdict, todo: string | null): TemplateResult {
    const t = texts();
    return html`<div class="foot">
      ${recovering > 0 ? html`<p class="note">${t.picture.recovering(recovering)}</p>` : nothing}
      ${todo === null ? nothing : html`<p class="note todo">${todo}</p>`}
      ${changedTiles.length > 0 ? html`<p class="note">${t.picture.changed(changedTiles.length)}</p>` : nothing}
      <slot name="notes"></slot>
      <div class="actions"><slot name="actions"></slot></div>
    </div>`;
  }

  #pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.whyOpen = false;
  };

  #toggled = (event: Event): void => {
    this.whyOpen = (event.currentTarget as HTMLDetailsElement).open;
  };

  override updated(changed: PropertyValues): void {
    if (!changed.has("judged")) return;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(".picture");
    if (canvas === null) return;
    this.#draw(canvas);
    const overlay = this.renderRoot.querySelector<HTMLCanvasElement>(".changed");
    if (overlay !== null) hatch(overlay, canvas.width, canvas.height, this.#verdict.changedTiles);
  }

  #draw(canvas: HTMLCanvasElement): void {
    const frame = this.#undrawn;
    this.#undrawn = null;
    if (frame === null) {
      // What stood here is of another time.
      if (this.recording) this.#context?.clearRect(0, 0, canvas.width, canvas.height);
      return;
    }
    try {
      // Giving a canvas its size clears it and drops its buffer: only where the size is another.
      if (canvas.width !== frame.displayWidth) canvas.width = frame.displayWidth;
      if (canvas.height !== frame.displayHeight) canvas.height = frame.displayHeight;
      this.#context ??= canvas.getContext("2d");
      this.#context?.drawImage(frame, 0, 0, canvas.width, canvas.height);
      this.#frames += 1;
      canvas.dataset.frames = String(this.#frames);
    } finally {
      frame.close();
    }
  }
}
customElements.define("sealcam-live-picture", LivePicture);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-live-picture": LivePicture;
  }
}
