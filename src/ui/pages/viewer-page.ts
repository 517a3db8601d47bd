import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { map } from "lit/directives/map.js";
import type { CameraOnCard, JudgedPicture, OnCameraNow, ViewerSnapshot } from "../models/snapshots.ts";
import { isStop } from "../parts/alarm.ts";
import "../parts/camera-grid.ts";
import "../parts/camera-number.ts";
import "../parts/card-places.ts";
import "../parts/card-said.ts";
import "../parts/card-unlock.ts";
import "../parts/countdown.ts";
import { delayWords } from "../parts/delay-words.ts";
import "../parts/erased-note.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/live-picture.ts";
import "../parts/said-lines.ts";
import "../parts/on-camera.ts";
import "../parts/player.ts";
import { onPicture } from "../parts/stage.ts";
import { base, buttons, column, darkPage, immersive } from "../parts/styles.ts";
import { losslessBytes } from "../parts/view-settings.ts";
import "../parts/viewing-pass.ts";
import "../parts/wait.ts";
import { formatCount, formatDuration, formatSize, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/**
 * `/viewer`: open a card, choose a camera, see its picture and what was judged of it. Dark in both themes. Pictures do
 * not travel through the snapshot but through `show()`.
 */
/** What draws judged pictures. */
type Showing = HTMLElement & { show(judged: JudgedPicture): void };

export class ViewerPage extends Page<ViewerSnapshot> {
  #isEntitled = false;

  static override styles = [
    base,
    buttons,
    column,
    darkPage,
    immersive,
    onPicture,
    css`
      :host([wide]) {
        max-inline-size: none;
        gap: var(--space-5);
        padding-block: var(--space-5) var(--space-8);
      }

      :host([wide]) header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3) var(--space-6);
      }

      :host([wide]) .actions {
        flex-flow: row wrap;
        margin: 0;
      }

      sealcam-fault[slot="wait"] {
        max-inline-size: 30rem;
        pointer-events: auto;
      }

      /* On a phone the state has more of the bar than what is known of the line. */
      @media (max-width: 30rem) {
        .aside > span:has([data-role="path"]) {
          display: grid;
          justify-items: end;
        }
      }

      .recording {
        border-color: var(--accent);
        color: var(--accent);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      .note {
        max-inline-size: 36rem;
        padding: var(--space-2) var(--space-4);
        border-radius: var(--round);
        background: var(--glass);
        font-size: var(--small);
        text-align: center;
      }

      .main,
      .lesser {
        display: contents;
      }

      @media (max-width: 75rem) {
        .words {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }
      }

      /* On a phone two even rows: what has words, and below it what has none. */
      @media (max-width: 40rem) {
        .main,
        .lesser {
          display: flex;
          flex-wrap: wrap;
          gap: var(--space-2);
          inline-size: 100%;
        }

        .main:not(:has(> *)) {
          display: none;
        }

        .glass {
          flex: 1 1 auto;
          min-inline-size: var(--touch);
          padding-inline: var(--space-2);
        }
      }

      /* Beside an alarm, which says why and what to do, waiting for the camera is read out and not seen. */
      sealcam-wait[slot="wait"]:not(.hidden-text) {
        padding: var(--space-3) var(--space-5);
        border-radius: 99px;
        background: var(--glass);
        color: var(--ink);
      }
    `,
  ];

  /** Draws one judged picture; the frame is ours and gets closed. While no camera is viewed it is closed undrawn. */
  show(judged: JudgedPicture): void {
    const names =
      judged.number === undefined ? ["sealcam-player", "sealcam-live-picture"] : ["sealcam-camera-grid"];
    const picture = names.map((name) => this.renderRoot?.querySelector<Showing>(name)).find(Boolean);
    if (picture === undefined || picture === null) judged.picture?.close();
    else picture.show(judged);
  }

  protected override isImmersive(snapshot: ViewerSnapshot): boolean {
    return snapshot.step === "viewing" && (snapshot.onCamera === null || snapshot.onCamera.player !== null);
  }

  protected override stepOf(snapshot: ViewerSnapshot): string {
    if (snapshot.step === "viewing" && snapshot.onCamera)
      return snapshot.onCamera.player ? "playing" : "on-camera";
    return snapshot.step === "opening" ? "choose-card" : snapshot.step;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.toggleAttribute("wide", this.snapshot?.step === "grid");
    this.#entitle();
  }

  /** An alarm stands in the tab's title, too, for who looks at another tab. */
  #entitle(): void {
    const t = texts();
    const { alarm = null, camera = null } = this.snapshot ?? {};
    if (alarm === null && !this.#isEntitled) return;
    this.#isEntitled = alarm !== null;
    const name = camera?.name ?? "";
    const words = alarm && isStop(alarm.reason) ? t.live.alarm.title(name) : t.live.alarm.refusedTitle(name);
    document.title = `${alarm === null ? t.titles["/viewer"] : words} · ${t.app.name}`;
  }

  override render(): TemplateResult {
    const now = this.snapshot;
    if (now?.step === "viewing" && now.camera !== null && now.onCamera)
      return this.#onCamera(now.onCamera, now.camera.name);
    if (now?.step === "viewing" && now.camera !== null) return this.#viewing(now, now.camera);
    if (now?.step === "choose-camera") return this.#cameras(now);
    if (now?.step === "grid") return this.#grid(now);
    return this.#cards(now);
  }

  #cards(now: ViewerSnapshot | null): TemplateResult {
    const t = texts();
    const failed = now?.step === "failed";
    const cards = now?.cards ?? null;
    return html`
      <header>
        <h1 tabindex="-1">${failed ? t.viewer.failedHeading : t.viewer.heading}</h1>
        ${failed || cards?.length === 0 ? nothing : html`<p class="lead">${t.viewer.chooseCardLead}</p>`}
      </header>
      ${
        failed
          ? html`<sealcam-fault code=${now.fault ?? "unexpected"}></sealcam-fault>
              ${now.retry === undefined ? nothing : html`<button class="primary" @click=${now.retry}>${t.actions.retry}</button>`}
              ${this.#leaving(now)}`
          : cards === null
            ? html`<sealcam-wait>${t.cards.reading}</sealcam-wait>`
            : cards.length === 0
              ? html`<sealcam-fault code=${now?.fault ?? "card-none"}></sealcam-fault>`
              : html`<sealcam-card-unlock
                  .cards=${cards}
                  .openCard=${now?.open}
                  .fault=${now?.fault ?? null}
                  .places=${now?.places ?? null}
                  ?busy=${now?.step === "opening"}
                ></sealcam-card-unlock>`
      }
      ${failed || now?.step === "opening" ? nothing : html`<sealcam-card-places .places=${now?.places ?? null} .cards=${cards ?? []}></sealcam-card-places>`}
      ${failed ? nothing : html`<p><a class="button plain flush" href="/recordings">${icon("record", 20)} ${t.viewer.recordings}</a></p>`}
    `;
  }

  #cameras(now: ViewerSnapshot): TemplateResult {
    const t = texts();
    const cameras = now.cameras ?? [];
    return html`
      <header>
        <h1 tabindex="-1">${t.viewer.chooseCameraHeading}</h1>
        ${now.cardName === null ? nothing : html`<p class="lead">${t.viewer.chooseCameraLead(now.cardName)}</p>`}
      </header>
      ${now.fault === null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
      <sealcam-card-said linked .said=${now.cardSaid}></sealcam-card-said>
      ${
        cameras.length === 0
          ? html`<p class="quiet">${t.viewer.none}</p>
              <p><a class="button primary" href="/pair">${t.cards.pairOne}</a></p>`
          : html`<ul class="rows">
              ${map(cameras, (camera) => html`<li>${this.#camera(now, camera)}</li>`)}
            </ul>`
      }
      ${now.viewAll === undefined ? nothing : html`<p><button class="primary" @click=${now.viewAll}>${icon("grid", 20)} ${t.live.grid.show}</button></p>`}
      ${this.#leaving(now)}
    `;
  }

  #grid(now: ViewerSnapshot): TemplateResult {
    const t = texts();
    return html`
      <header>
        <h1 tabindex="-1">${t.live.grid.heading}</h1>
        <div class="actions">
          ${now.leave === undefined ? nothing : html`<button @click=${now.leave}>${icon("back", 20)} ${t.live.grid.list}</button>`}
          ${now.eject === undefined ? nothing : html`<button @click=${now.eject}>${icon("eject", 20)} ${t.viewer.eject}</button>`}
        </div>
      </header>
      ${now.fault === null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
      <sealcam-camera-grid .tiles=${now.tiles}></sealcam-camera-grid>
    `;
  }

  #onCamera(now: OnCameraNow, name: string): TemplateResult {
    const t = texts();
    if (now.player)
      return html`<h1 class="hidden-text" tabindex="-1">${t.player.heading}</h1>
        <sealcam-player .player=${now.player} close-words=${t.copies.onCamera.back}></sealcam-player>`;
    return html`
      <header>
        <h1 tabindex="-1">${t.copies.onCamera.heading(name)}</h1>
        <p class="lead">${t.copies.onCamera.lead}</p>
      </header>
      <sealcam-on-camera .now=${now}></sealcam-on-camera>
      ${now.close === undefined ? nothing : html`<div class="actions"><button @click=${now.close}>${icon("back", 20)} ${t.copies.onCamera.live}</button></div>`}
    `;
  }

  #camera(now: ViewerSnapshot, camera: CameraOnCard): TemplateResult {
    return html`<button class="row" ?disabled=${now.view === undefined} @click=${() => now.view?.(camera.number)}>
      ${icon("camera")}
      <span class="text">
        <strong>${camera.name}</strong>
        <sealcam-camera-number class="quiet" number=${camera.number}></sealcam-camera-number>
        ${camera.acknowledged ? nothing : html`<span class="small quiet">${texts().cards.pending}</span>`}
      </span>
      ${icon("forward", 20)}
    </button>`;
  }

  #leaving(now: ViewerSnapshot): TemplateResult | typeof nothing {
    const t = texts().viewer;
    if (now.leave === undefined && now.eject === undefined) return nothing;
    return html`<div class="actions">
      <a class="button" href="/recordings">${icon("record", 20)} ${t.recordings}</a>
      ${now.leave === undefined ? nothing : html`<button @click=${now.leave}>${icon("back", 20)} ${t.leave}</button>`}
      ${now.eject === undefined ? nothing : html`<button @click=${now.eject}>${icon("eject", 20)} ${t.eject}</button>`}
    </div>`;
  }

  /** What is known of the line: name, delay and path, and what of the camera's picture is shown. */
  #aside(now: ViewerSnapshot, name: string): TemplateResult {
    const t = texts();
    const { quality, size, delay, path } = now;
    return html`<div slot="aside" class="aside">
      <strong class="name">${name}</strong>
      ${
        delay === null && path === null
          ? nothing
          : html`<span>
              ${
                delay === null
                  ? nothing
                  : html`<strong title=${t.viewer.delay} data-role="delay" data-ms=${delay}>${t.viewer.about(delayWords(delay))}</strong>`
              }
              ${
                path === null
                  ? nothing
                  : html`<span class="quiet" data-role="path" data-path=${path} title=${t.viewer.pathExact[path]}
                      >${t.viewer.path[path]}</span
                    >`
              }
            </span>`
      }
      ${
        size === null
          ? nothing
          : html`<span class="quiet" data-role="quality" data-quality=${quality.picture}
              >${t.live.quality.shown(t.live.quality.names[quality.picture], t.live.quality.size(size.width, size.height))}</span
            >`
      }
    </div>`;
  }

  #settings(now: ViewerSnapshot): TemplateResult | typeof nothing {
    if (now.chooseQuality === undefined) return nothing;
    return html`<sealcam-view-settings
      .quality=${now.quality}
      .size=${now.size}
      .sound=${now.sound}
      .choose=${now.chooseQuality}
      .hear=${now.hear}
      .setVolume=${now.setVolume}
    ></sealcam-view-settings>`;
  }

  /** How long the viewing pass lasts, and the button that asks for another one. */
  #passLeft({ passUntil, renew, pass }: ViewerSnapshot): TemplateResult | typeof nothing {
    if (passUntil === null || renew === undefined) return nothing;
    const t = texts().account.viewing;
    return html`<button class="glass" data-role="renew" title=${t.renew} ?disabled=${pass !== null} @click=${renew}>
      ${icon("key", 20)} <sealcam-countdown label=${t.left} .until=${passUntil}></sealcam-countdown>
    </button>`;
  }

  /** Whether alarms are heard, and the switch for that. */
  #alarmSound({ hearAlarm, isAlarmHeard }: ViewerSnapshot): TemplateResult | typeof nothing {
    if (hearAlarm === undefined) return nothing;
    const t = texts().live.alarm;
    return html`<button
      class="glass"
      data-role="alarm-sound"
      data-on=${isAlarmHeard ? "yes" : "no"}
      title=${isAlarmHeard ? t.soundOn : t.soundOff}
      aria-pressed=${isAlarmHeard ? "true" : "false"}
      aria-label=${t.sound}
      @click=${() => hearAlarm(!isAlarmHeard)}
    >
      ${icon(isAlarmHeard ? "alarm" : "alarm-off", 20)}
    </button>`;
  }

  /** The button that begins or ends a recording, with its length and size while it goes on. */
  #recording(now: ViewerSnapshot): TemplateResult {
    const t = texts().viewer;
    const { recording, record, stopRecording } = now;
    return html`${record === undefined ? nothing : html`<button class="glass" @click=${record}>${icon("record", 20)} ${t.record}</button>`}
    ${
      recording === null
        ? nothing
        : html`<button
            class="glass recording"
            data-role="recording"
            ?disabled=${stopRecording === undefined}
            title=${t.stopRecording}
            @click=${stopRecording}
          >
            ${icon("stop", 20)} <span class="hidden-text">${t.stopRecording}</span>
            <span aria-hidden="true">${t.stop}</span> ${formatDuration(recording.seconds)}
            <span class="words">· ${formatSize(recording.bytes)}</span>
          </button>`
    }`;
  }

  /** The way to what was recorded here. */
  #recorded({ recorded, recording }: ViewerSnapshot): TemplateResult | typeof nothing {
    if (!recorded || recording !== null) return nothing;
    const t = texts().viewer;
    return html`<a class="button glass" href="/recordings" title=${t.recordings}
      >${icon("films", 20)} <span class="hidden-text">${t.recordings}</span></a
    >`;
  }

  /** The ways from this picture: to what the camera recorded, to another camera, and out. */
  #leavingPicture({ showOnCamera, leave, eject }: ViewerSnapshot): TemplateResult {
    const t = texts().viewer;
    const { show } = texts().copies.onCamera;
    return html`${
      showOnCamera === undefined
        ? nothing
        : html`<button class="glass" data-role="on-camera" title=${show} @click=${showOnCamera}>
            ${icon("on-camera", 20)} <span class="hidden-text">${show}</span>
          </button>`
    }
    ${leave === undefined ? nothing : html`<button class="glass" title=${t.leave} @click=${leave}>${icon("back", 20)} <span class="words">${t.leave}</span></button>`}
    ${eject === undefined ? nothing : html`<button class="glass" title=${t.eject} @click=${eject}>${icon("eject", 20)} <span class="words">${t.eject}</span></button>`}`;
  }

  #viewing(now: ViewerSnapshot, camera: { readonly number: string; readonly name: string }): TemplateResult {
    const t = texts().viewer;
    return html`<h1 class="hidden-text" tabindex="-1">${t.viewing(camera.name)}</h1>
      ${keyed(
        camera.number,
        html`<sealcam-live-picture
          camera-name=${camera.name}
          number=${camera.number}
          .device=${now.label}
          ?lossless=${now.quality.picture === "lossless"}
        >
          ${this.#aside(now, camera.name)}
          <sealcam-alarm slot="wait" .alarm=${now.alarm} .resumed=${now.resumed}></sealcam-alarm>
          ${now.pass === null ? nothing : html`<sealcam-viewing-pass slot="wait" .now=${now.pass}></sealcam-viewing-pass>`}
          ${now.fault === null ? nothing : html`<sealcam-fault slot="wait" code=${now.fault}></sealcam-fault>`}
          ${
            now.erased.length === 0
              ? nothing
              : html`<sealcam-erased-note slot="actions" compact .erased=${now.erased} .forget=${now.forget}></sealcam-erased-note>`
          }
          ${
            now.elsewhere === null
              ? nothing
              : html`<p slot="wait" class="note" role="status" data-role="elsewhere">${texts().live.elsewhere(now.elsewhere)}</p>`
          }
          ${
            now.waitingFor === null || now.elsewhere !== null
              ? nothing
              : html`<sealcam-wait
                  slot="wait"
                  class=${now.alarm !== null && now.waitingFor === "camera" ? "hidden-text" : nothing}
                  data-role="waiting"
                  data-for=${now.waitingFor}
                  >${t.waitingFor[now.waitingFor]}</sealcam-wait
                >`
          }
          ${
            now.leftOut === 0
              ? nothing
              : html`<p slot="notes" class="note" role="status" data-role="left-out">
                  ${texts().live.quality.leftOut(formatCount(now.leftOut))}
                </p>`
          }
          ${
            now.recording !== null && now.quality.picture === "lossless"
              ? html`<p slot="notes" class="note" role="status" data-role="lossless-size">
                  ${texts().live.quality.recordingLossless(formatSize(60 * losslessBytes(now.size, now.quality.framesPerSecond)))}
                </p>`
              : nothing
          }
          ${
            now.sound.state === "none" && now.verdict !== null && now.verdict.state !== "ST0"
              ? html`<p slot="notes" class="note" role="status">${texts().live.sound.states.none}</p>`
              : nothing
          }
          <sealcam-said-lines slot="notes" .lines=${now.lines} .clear=${now.clearLines}></sealcam-said-lines>
          <div slot="actions" class="main">${this.#passLeft(now)} ${this.#recording(now)}</div>
          <div slot="actions" class="lesser">
            ${this.#recorded(now)} ${this.#alarmSound(now)} ${this.#settings(now)} ${this.#leavingPicture(now)}
          </div>
        </sealcam-live-picture>`,
      )}`;
  }
}
customElements.define("sealcam-viewer-page", ViewerPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-viewer-page": ViewerPage;
  }
}
