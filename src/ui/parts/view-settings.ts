import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { type HeardSound, qualities, rates, type ViewQuality } from "../models/snapshots.ts";
import { formatSize, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { onPicture } from "./stage.ts";
import { base, buttons } from "./styles.ts";

/** What a lossless picture takes a second: of each pixel one byte for its light and half of one for its colour. */
export const losslessBytes = (
  size: { width: number; height: number } | null,
  framesPerSecond: number,
): number => (size?.width ?? 1280) * (size?.height ?? 720) * 1.5 * framesPerSecond;

/**
 * `<sealcam-view-settings>`: a button, and the sheet it opens, with the quality of the picture, its rate and the sound. On a phone the sheet
 * comes from below.
 */
export class ViewSettings extends LitElement {
  static override properties = {
    quality: { attribute: false },
    size: { attribute: false },
    sound: { attribute: false },
    choose: { attribute: false },
    hear: { attribute: false },
    setVolume: { attribute: false },
  };
  declare quality: ViewQuality;
  /** Of the picture that is shown; null while there was none. */
  declare size: { readonly width: number; readonly height: number } | null;
  declare sound: HeardSound;
  declare choose: ((quality: ViewQuality) => void) | undefined;
  declare hear: ((isWanted: boolean) => void) | undefined;
  declare setVolume: ((volume: number) => void) | undefined;

  static override styles = [
    base,
    buttons,
    onPicture,
    css`
      :host {
        display: contents;
      }

      .sheet {
        position: fixed;
        inset: auto 0 calc(84px + env(safe-area-inset-bottom));
        inline-size: min(100% - 2 * var(--space-4), 26rem);
        max-block-size: calc(100dvh - 180px);
        margin-inline: auto;
        padding: var(--space-5);
        overflow-y: auto;
        border: 1px solid var(--glass-line);
        border-radius: var(--round);
        background: #12131a;
        color: var(--ink);
        box-shadow: 0 16px 48px rgb(0 0 0 / 0.45);
      }

      .sheet:popover-open {
        display: grid;
        gap: var(--space-5);
      }

      @media (max-width: 40rem) {
        .sheet {
          inset-block-end: 0;
          inline-size: 100%;
          max-inline-size: none;
          padding-block-end: calc(var(--space-5) + env(safe-area-inset-bottom));
          border-inline: 0;
          border-block-end: 0;
          border-radius: var(--round) var(--round) 0 0;
        }

        .glass {
          flex: 1 1 auto;
          min-inline-size: var(--touch);
          padding-inline: var(--space-2);
        }

        .name {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }

      fieldset {
        display: grid;
        gap: var(--space-2);
      }

      legend {
        padding: 0;
        margin-block-end: var(--space-2);
        color: var(--ink-2);
        font-size: var(--small);
      }

      label {
        cursor: pointer;
      }

      .quality {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: 0 var(--space-3);
        min-block-size: 56px;
        padding: var(--space-2) var(--space-4);
        border: 1px solid var(--glass-line);
        border-radius: var(--round-small);
      }

      .quality:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-wash);
      }

      .quality strong {
        display: block;
        font-weight: var(--strong);
        line-height: 1.3;
      }

      .quality .small {
        display: block;
      }

      input[type="radio"] {
        inline-size: 18px;
        block-size: 18px;
        margin: 0;
        accent-color: var(--accent);
      }

      .rates {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: var(--space-2);
      }

      .rate {
        position: relative;
        display: grid;
        place-items: center;
        min-block-size: var(--touch);
        border: 1px solid var(--glass-line);
        border-radius: var(--round-small);
        font-weight: var(--strong);
      }

      .rate:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-wash);
      }

      .rate:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }

      .rate input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        opacity: 0;
        cursor: pointer;
      }

      .sound {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--space-2) var(--space-4);
      }

      .sound p {
        grid-column: 1 / -1;
      }

      input[type="range"] {
        inline-size: 100%;
        min-block-size: var(--touch);
        margin: 0;
        accent-color: var(--accent);
      }
    `,
  ];

  constructor() {
    super();
    this.quality = { picture: "full", framesPerSecond: 30 };
    this.size = null;
    this.sound = { state: "off", volume: 1 };
    this.choose = undefined;
    this.hear = undefined;
    this.setVolume = undefined;
  }

  override render(): TemplateResult {
    const t = texts().live;
    const { quality, sound, hear } = this;
    const isOn = sound.state !== "off";
    return html`
      ${
        hear === undefined
          ? nothing
          : html`<button class="glass" data-role="sound" data-state=${sound.state} aria-pressed=${isOn} @click=${() => hear(!isOn)}>
              ${icon(isOn ? "sound" : "mute", 20)}
              <span class="hidden-text">${isOn ? t.sound.turnOff : t.sound.turnOn}</span>
            </button>`
      }
      <button class="glass" popovertarget="sheet">
        ${icon("settings", 20)} <span class="name">${t.quality.settings}</span>
      </button>
      <div id="sheet" class="sheet" popover role="group" aria-label=${t.quality.settings}>
        ${this.#qualities(quality)} ${this.#rates(quality)} ${hear === undefined ? nothing : this.#sound(isOn, hear)}
        <button popovertarget="sheet" popovertargetaction="hide">${t.quality.close}</button>
      </div>
    `;
  }

  #qualities({ picture, framesPerSecond }: ViewQuality): TemplateResult {
    const t = texts().live.quality;
    // Where the small picture stands, the camera's own size is not known.
    const perSecond = losslessBytes(picture === "small" ? null : this.size, framesPerSecond);
    return html`<fieldset>
      <legend>${t.heading}</legend>
      ${map(
        qualities,
        (one) => html`<label class="quality">
          <input
            type="radio"
            name="quality"
            value=${one}
            .checked=${one === picture}
            ?disabled=${this.choose === undefined}
            @change=${() => this.choose?.({ picture: one, framesPerSecond })}
          />
          <span>
            <strong>${t.names[one]}</strong>
            <span class="small quiet">${t.hints[one](formatSize(perSecond))}</span>
          </span>
        </label>`,
      )}
    </fieldset>`;
  }

  #rates({ picture, framesPerSecond }: ViewQuality): TemplateResult {
    return html`<fieldset>
      <legend>${texts().live.quality.rate}</legend>
      <div class="rates">
        ${map(
          rates,
          (one) => html`<label class="rate">
            <input
              type="radio"
              name="rate"
              value=${one}
              .checked=${one === framesPerSecond}
              ?disabled=${this.choose === undefined}
              @change=${() => this.choose?.({ picture, framesPerSecond: one })}
            />${one}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #sound(isOn: boolean, hear: (isWanted: boolean) => void): TemplateResult {
    const t = texts().live.sound;
    const { state, volume } = this.sound;
    return html`<fieldset>
      <legend>${t.heading}</legend>
      <div class="sound">
        <button @click=${() => hear(!isOn)}>${icon(isOn ? "sound" : "mute", 20)} ${isOn ? t.turnOff : t.turnOn}</button>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          aria-label=${t.volume}
          .value=${String(volume)}
          ?disabled=${!isOn}
          @input=${(event: Event) => this.setVolume?.(Number((event.target as HTMLInputElement).value))}
        />
        <p class="small quiet" role="status">${t.states[state]}</p>
      </div>
    </fieldset>`;
  }
}
customElements.define("sealcam-view-settings", ViewSettings);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-view-settings": ViewSettings;
  }
}
