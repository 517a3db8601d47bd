import { html, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { type PicturePlace, type PlayerSnapshot, type PlayMark, playRates } from "../models/snapshots.ts";
import { formatCount, formatShare, texts } from "../texts/index.ts";
import { numberGroups } from "./camera-number.ts";
import { icon } from "./icons.ts";
import { markWords, placeWords, unmarked, wholeTone, wholeWords } from "./player-words.ts";
import { notInIt } from "./recording-tracks.ts";
import { timeWords } from "./recording-words.ts";
import "./state-icon.ts";

/** Places listed; the rest is counted. */
const listed = 100;

/** What the bar is drawn from, beside the snapshot. */
export interface PlayerBarView {
  readonly now: PlayerSnapshot;
  /** ms */
  readonly at: number;
  /** A picture is drawn that could be saved. */
  readonly hasPicture: boolean;
  /** Of the picture that is drawn, where it passed every check. */
  readonly place: PicturePlace | null;
  readonly captured: number | null;
  readonly save: (type: "image/png" | "image/jpeg") => void;
  readonly goBy: (ms: number) => void;
  readonly toNext: (() => void) | null;
}

/** Play and halt, ten seconds back and on, speed, the next fault, sound. */
export const playerButtons = ({ now, at, goBy, toNext }: PlayerBarView): TemplateResult => {
  const t = texts().player;
  const { play, pause, seek, setRate, hear, isGoing, hasEnded, isHeard } = now;
  const faults = now.marks.some(({ fault }) => fault);
  return html`<div class="buttons" role="group" aria-label=${t.controls} title=${t.keys}>
    <span class="place" data-role="place"><strong>${placeWords(at)}</strong> / ${placeWords(now.length)}</span>
    ${seek ? html`<button class="glass square" aria-label=${t.earlier} @click=${() => goBy(-10_000)}>${icon("earlier")}</button>` : nothing}
    ${
      isGoing && pause
        ? html`<button class="glass main" aria-label=${t.pause} @click=${pause}>${icon("pause")}</button>`
        : play
          ? html`<button class="glass main" aria-label=${hasEnded ? t.again : t.play} @click=${play}>${icon("play")}</button>`
          : nothing
    }
    ${seek ? html`<button class="glass square" aria-label=${t.later} @click=${() => goBy(10_000)}>${icon("later")}</button>` : nothing}
    ${
      setRate
        ? html`<select
            class="glass"
            aria-label=${t.rate}
            @change=${(event: Event) => {
              const { selectedIndex } = event.target as HTMLSelectElement;
              setRate(playRates[selectedIndex] ?? 1);
            }}
          >
            ${map(playRates, (rate) => html`<option ?selected=${rate === now.rate} .selected=${rate === now.rate}>${t.times(rate)}</option>`)}
          </select>`
        : nothing
    }
    ${
      hear && isHeard !== null
        ? html`<button class="glass square" aria-label=${isHeard ? t.mute : t.hear} aria-pressed=${isHeard} @click=${() => hear(!isHeard)}>
            ${icon(isHeard ? "sound" : "mute")}
          </button>`
        : nothing
    }
    ${toNext ? html`<button class="glass" @click=${toNext}>${icon("next", 20)} ${faults ? t.nextFault : t.nextPlace}</button>` : nothing}
  </div>`;
};

/** The verdict on all of it, with every place that something is to be said about. */
export const playerWhole = ({ now }: PlayerBarView): TemplateResult => {
  const t = texts().player;
  const { report, judged, visit, marks } = now;
  if (!report)
    return html`<p class="whole small quiet" data-role="whole">${t.whole.judging(formatShare(judged))}</p>`;
  const shown = marks.slice(0, listed);
  const left = marks.length - shown.length + unmarked(report);
  return html`<details class="whole" name="more" data-role="whole" data-state=${report.state} data-tone=${wholeTone(report)}>
    <summary>
      <sealcam-state-icon state=${report.state}></sealcam-state-icon>
      <span>${wholeWords(report)}</span>
    </summary>
    <div class="above">
      <h2>${t.whole.heading}</h2>
      ${notInIt(report)}
      ${map(
        report.existedBefore,
        ({ server, isKnown, frames, time }) => html`<p class="small" data-role="existed-before">
          ${texts().verify.existed}: ${texts().verify.existedBefore(timeWords(time), formatCount(frames))},
          ${texts().verify.saysServer(numberGroups(server).join(" "), isKnown)}
        </p>`,
      )}
      ${marks.length === 0 ? html`<p class="small quiet">${t.whole.nothing}</p>` : nothing}
      <ul class="places">
        ${map(shown, (mark) => html`<li>${markPlace(mark, visit)}</li>`)}
        ${left > 0 ? html`<li class="small quiet" data-role="left">${texts().verify.more(formatCount(left))}</li>` : nothing}
      </ul>
    </div>
  </details>`;
};

const markPlace = (mark: PlayMark, visit: PlayerSnapshot["visit"]): TemplateResult => {
  const words = texts().player.at(placeWords(mark.at), markWords(mark));
  return visit ? html`<button class="glass" @click=${() => visit(mark)}>${words}</button>` : html`${words}`;
};

/** What can be kept of it. */
export const playerSave = (view: PlayerBarView): TemplateResult | typeof nothing => {
  const t = texts().player;
  const { now, hasPicture, place, captured, save } = view;
  const { savePicture, saveMp4, cancelMp4, disclose, saving } = now;
  if (saving !== null)
    return html`<progress aria-label=${t.savingMp4} title=${t.savingMp4} max="1" .value=${saving}></progress>
      ${cancelMp4 ? html`<button class="glass" data-role="cancel-mp4" aria-label=${t.cancelMp4} @click=${cancelMp4}>${t.cancel}</button>` : nothing}`;
  if (!(hasPicture && (savePicture || disclose)) && !saveMp4) return nothing;
  return html`<details class="save" name="more">
    <summary class="glass">${icon("save", 20)} ${t.save}</summary>
    <div class="above">
      ${
        savePicture && hasPicture
          ? html`<p class="small">${t.saveWords}</p>
              <button class="glass" @click=${() => save("image/png")}>${t.savePng}</button>
              <button class="glass" @click=${() => save("image/jpeg")}>${t.saveJpeg}</button>`
          : nothing
      }
      ${
        disclose && hasPicture && place
          ? html`<p class="small">${t.discloseWords}</p>
              <button class="glass" @click=${() => disclose(place, captured)}>${t.disclose}</button>`
          : nothing
      }
      ${
        saveMp4
          ? html`<p class="small">${t.mp4Words}</p>
              <button class="glass" @click=${saveMp4}>${t.saveMp4}</button>`
          : nothing
      }
    </div>
  </details>`;
};
