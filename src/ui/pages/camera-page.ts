import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CameraSnapshot } from "../models/snapshots.ts";
import { appIcon } from "../parts/app-icon.ts";
import "../parts/camera-number.ts";
import "../parts/copies-note.ts";
import "../parts/device-list.ts";
import "../parts/erased-note.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/say-line.ts";
import { onPicture } from "../parts/stage.ts";
import { base, buttons, column, immersive } from "../parts/styles.ts";
import "../parts/wait.ts";
import { formatCount, formatDuration, formatSize, formatTime, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/**
 * `/camera`: this tab is the camera. The picture here is for the person before it; it is no guaranteed picture, so no
 * state colour and no seal of a state appears on this page.
 */
export class CameraPage extends Page<CameraSnapshot> {
  static override styles = [
    base,
    buttons,
    column,
    onPicture,
    immersive,
    css`
      :host([immersive]) {
        background: var(--stage);
        color: var(--ink);
        color-scheme: dark;
      }

      video {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
      }

      .bar {
        position: absolute;
        inset-block-start: 0;
        inset-inline: 0;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 64px;
        padding: calc(var(--space-2) + env(safe-area-inset-top)) var(--space-4) var(--space-2);
        border-block-end: 1px solid var(--glass-line);
        background: var(--glass);
        backdrop-filter: blur(16px);
      }

      .bar > svg {
        color: var(--accent);
      }

      .bar strong {
        font-weight: var(--strong);
      }

      .bar p {
        line-height: 1.3;
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

      .foot sealcam-device-list,
      .foot sealcam-copies-note,
      .foot sealcam-fault {
        inline-size: min(100%, 30rem);
      }

      .foot .primary {
        min-inline-size: 12rem;
      }

      .note {
        display: block;
        padding: var(--space-2) var(--space-4);
        border-radius: var(--round);
        background: var(--glass);
        font-size: var(--small);
        text-align: center;
      }

      sealcam-wait.note {
        display: flex;
      }

      .choices {
        display: grid;
        inline-size: min(100%, 24rem);
        padding: var(--space-1) var(--space-4);
        border: 1px solid var(--glass-line);
        border-radius: var(--round);
        background: var(--glass);
        backdrop-filter: blur(16px);
      }

      .choice {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 56px;
        cursor: pointer;
      }

      .choice + .choice {
        border-block-start: 1px solid var(--glass-line);
      }

      .choice .small {
        display: block;
      }

      .choice svg {
        color: var(--ink-2);
      }

      /* A switch: the native box under it keeps keyboard, name and state. */
      .choice input {
        appearance: none;
        position: relative;
        inline-size: 40px;
        block-size: 24px;
        margin: 0;
        border: 1px solid var(--edge);
        border-radius: 99px;
        background: transparent;
        cursor: pointer;
        transition: background-color var(--quick);
      }

      .choice input::before {
        content: "";
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        inline-size: 16px;
        block-size: 16px;
        border-radius: 99px;
        background: var(--ink-2);
        transition: translate var(--quick);
      }

      .choice input:checked {
        border-color: var(--accent);
        background: var(--accent);
      }

      .choice input:checked::before {
        translate: 16px 0;
        background: var(--on-accent);
      }

      .controls {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2) var(--space-3);
      }

      .going-on {
        font-variant-numeric: tabular-nums;
      }

      .on {
        border-color: var(--accent);
        color: var(--accent);
      }

      .aside .hears {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        color: var(--accent);
      }

      @media (max-width: 40rem) {
        .controls {
          gap: var(--space-2);
        }

        .controls .glass {
          padding-inline: var(--space-3);
        }

        .controls .words {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }
      }

      details {
        inline-size: min(100%, 30rem);
        border: 1px solid var(--glass-line);
        border-radius: var(--round);
        background: var(--glass);
        backdrop-filter: blur(16px);
        font-size: var(--small);
      }

      summary {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        min-block-size: var(--touch);
        padding-inline: var(--space-4);
        border-radius: var(--round);
        list-style: none;
        cursor: pointer;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary svg {
        rotate: 90deg;
      }

      details[open] summary svg {
        rotate: -90deg;
      }

      dl {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-1) var(--space-4) var(--space-4);
      }

      dl div {
        display: grid;
        grid-template-columns: 7.5rem 1fr;
        gap: var(--space-3);
      }

      dt {
        color: var(--ink-2);
      }

      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override isImmersive(snapshot: CameraSnapshot): boolean {
    return snapshot.step === "preview" || snapshot.step === "starting" || snapshot.step === "running";
  }

  protected override stepOf(snapshot: CameraSnapshot): string {
    return snapshot.step;
  }

  override render(): TemplateResult {
    const now = this.snapshot;
    return now !== null && this.isImmersive(now) ? this.#picture(now) : this.#column(now);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const video = this.renderRoot.querySelector("video");
    const preview = this.snapshot?.preview ?? null;
    if (video !== null && video.srcObject !== preview) video.srcObject = preview;
  }

  #column(now: CameraSnapshot | null): TemplateResult {
    const t = texts();
    const choosing = now?.step === "choose" || (now?.step === "failed" && now.choose !== undefined);
    const devices = now?.devices ?? [];
    return html`
      <header>
        <h1 tabindex="-1">
          ${now?.step === "failed" ? t.camera.failedHeading : now?.step === "choose" ? t.camera.chooseHeading : t.camera.heading}
        </h1>
        ${now?.step === "choose" ? html`<p class="lead">${t.camera.chooseLead}</p>` : nothing}
      </header>
      ${
        now?.step === "failed" || (now?.fault ?? null) !== null
          ? html`<sealcam-fault code=${now?.fault ?? "unexpected"}></sealcam-fault>`
          : nothing
      }
      ${now === null || now.step === "asking" ? html`<sealcam-wait>${t.camera.asking}</sealcam-wait>` : nothing}
      ${
        choosing && devices.length > 0
          ? html`<section>
              ${now.step === "failed" ? html`<h2>${t.camera.other}</h2>` : nothing}
              <sealcam-device-list .devices=${devices} .choose=${now.choose}></sealcam-device-list>
            </section>`
          : nothing
      }
      ${
        now?.retry === undefined
          ? nothing
          : html`<div class="actions"><button class="primary" @click=${now.retry}>${t.actions.retry}</button></div>`
      }
    `;
  }

  #picture(now: CameraSnapshot): TemplateResult {
    const t = texts().camera;
    const { live } = texts();
    const running = now.step === "running" ? now.running : null;
    // Nothing is sealed that nobody takes.
    const isSealing = running !== null && (running.watchers.length > 0 || now.recording !== null);
    const label = now.devices?.find((device) => device.id === now.chosen)?.label ?? "";
    return html`
      <h1 class="hidden-text" tabindex="-1">${t.heading}</h1>
      <video autoplay muted playsinline aria-label=${t.preview}></video>
      <div class="bar">
        ${appIcon(32)}
        <div>
          <p role="status">
            <strong>${running === null ? label || t.heading : isSealing ? t.running : live.camera.idle}</strong>
          </p>
          <p class="small quiet">
            ${running === null ? "" : isSealing ? t.runningSince(formatTime(running.since)) : live.camera.idleWords}
          </p>
        </div>
        ${
          running === null
            ? html`<a class="button glass" href="/">${icon("cross", 20)}<span class="hidden-text">${texts().app.home}</span></a>`
            : html`<div class="aside">
                <strong data-role="rate">${t.rate(Math.round(running.framesPerSecond))}</strong>
                <span class="quiet">${t.watchers(running.watchers.length)}</span>
                ${
                  now.sound === "on"
                    ? html`<span class="hears" data-role="hears">${icon("microphone", 20)} ${live.camera.soundOn}</span>`
                    : nothing
                }
              </div>`
        }
      </div>
      <div class="foot">
        ${now.fault === null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
        <sealcam-copies-note .copies=${now.copies}></sealcam-copies-note>
        ${running === null ? this.#before(now) : this.#during(now, running)}
      </div>
    `;
  }

  #before(now: CameraSnapshot): TemplateResult {
    const t = texts().camera;
    if (now.step === "starting") return html`<sealcam-wait class="note">${t.starting}</sealcam-wait>`;
    const others = (now.devices ?? []).filter((device) => device.id !== now.chosen);
    return html`
      <p class="note">${t.previewWords}</p>
      ${
        now.choose === undefined || others.length === 0
          ? nothing
          : html`<details class="others">
              <summary>${t.other}</summary>
              <sealcam-device-list .devices=${others} .choose=${now.choose}></sealcam-device-list>
            </details>`
      }
      ${
        now.sendSound === undefined && now.recordFromStart === undefined && now.keepCopies === undefined
          ? nothing
          : this.#choices(now)
      }
      <div class="controls">
        ${now.start === undefined ? nothing : html`<button class="primary" @click=${now.start}>${t.start}</button>`}
        ${now.recorded ? this.#toRecordings() : nothing}
      </div>
    `;
  }

  #toRecordings(): TemplateResult {
    return html`<a class="button glass" href="/recordings"
      >${icon("forward", 20)} <span class="words">${texts().live.camera.recordings}</span></a
    >`;
  }

  /** What goes with the pictures from the start on. */
  #choices(now: CameraSnapshot): TemplateResult {
    const t = texts().live.camera;
    const { copies } = texts();
    const choice = (
      drawing: TemplateResult,
      words: readonly [string, string],
      isChosen: boolean,
      choose: ((isWanted: boolean) => void) | undefined,
    ): TemplateResult | typeof nothing =>
      choose === undefined
        ? nothing
        : html`<label class="choice">
            ${drawing}
            <span>${words[0]}<span class="small quiet">${words[1]}</span></span>
            <input
              type="checkbox"
              role="switch"
              .checked=${isChosen}
              @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
            />
          </label>`;
    return html`<div class="choices">
      ${choice(icon("microphone", 20), [t.sendSound, t.sendSoundWords], now.sound !== "off", now.sendSound)}
      ${choice(icon("record", 20), [t.recordFromStart, t.recordWords], now.recordsFromStart, now.recordFromStart)}
      ${choice(icon("copy", 20), [copies.keep, copies.keepWords], now.copies?.isKept === true, now.keepCopies)}
    </div>`;
  }

  #during(now: CameraSnapshot, running: NonNullable<CameraSnapshot["running"]>): TemplateResult {
    const t = texts().camera;
    const { live } = texts();
    return html`
      ${running.relay === "unreachable" ? html`<p class="note" role="alert">${t.relay.unreachable}</p>` : nothing}
      ${now.returned === null ? nothing : html`<p class="note" role="status" data-role="returned" data-why=${now.returned}>${live.camera.returned[now.returned]}</p>`}
      ${running.unsent > 0 ? html`<p class="note" role="status" data-role="unsent">${live.camera.unsent(running.unsent)}</p>` : nothing}
      ${now.standsHidden ? html`<p class="note" data-role="stands-hidden">${live.camera.standsHidden}</p>` : nothing}
      ${
        now.erased.length === 0
          ? nothing
          : html`<sealcam-erased-note .erased=${now.erased} .forget=${now.forget}></sealcam-erased-note>`
      }
      ${now.sound === "asking" ? html`<sealcam-wait class="note">${live.camera.asking}</sealcam-wait>` : nothing}
      <sealcam-say-line .say=${now.say} .said=${now.said}></sealcam-say-line>
      <details>
        <summary>${live.camera.details} ${icon("forward", 20)}</summary>
        <dl>
          <div>
            <dt>${t.number}</dt>
            <dd><sealcam-camera-number copyable number=${now.number ?? ""}></sealcam-camera-number></dd>
          </div>
          <div><dt>${t.picture}</dt><dd>${t.size(running.width, running.height)}</dd></div>
          <div><dt>${live.camera.frames}</dt><dd>${live.camera.framesWords(formatCount(running.frames))}</dd></div>
          ${now.generation === null ? nothing : html`<div><dt>${t.generation}</dt><dd>${now.generation}</dd></div>`}
          <div>
            <dt>${t.viewers}</dt>
            <dd>${running.watchers.length === 0 ? t.watchers(0) : running.watchers.join(", ")}</dd>
          </div>
          <div>
            <dt>${live.camera.leftOut}</dt>
            <dd data-role="left-out">${live.camera.leftOutWords(formatCount(running.leftOut))}</dd>
          </div>
          <div>
            <dt>${live.camera.leftOutHere}</dt>
            <dd data-role="left-out-here">${live.camera.leftOutHereWords(formatCount(running.leftOutHere))}</dd>
          </div>
          <div><dt>${t.relayTerm}</dt><dd>${t.relay[running.relay]}</dd></div>
        </dl>
      </details>
      <div class="controls">
        ${this.#soundButton(now)} ${this.#recordButtons(now)}
        ${
          now.stop === undefined
            ? nothing
            : html`<button class="glass" @click=${now.stop}>${icon("stop", 20)} ${t.stop}</button>`
        }
      </div>
    `;
  }

  #soundButton({ sound, sendSound }: CameraSnapshot): TemplateResult | typeof nothing {
    const t = texts().live.camera;
    if (sendSound === undefined) return nothing;
    const isOn = sound !== "off";
    return html`<button class=${sound === "on" ? "glass on" : "glass"} @click=${() => sendSound(!isOn)}>
      ${icon(isOn ? "microphone" : "microphone-off", 20)}
      <span class="words">${isOn ? t.stopSound : t.sendSound}</span>
    </button>`;
  }

  #recordButtons({ record, stopRecording, recording, recorded }: CameraSnapshot): TemplateResult {
    const t = texts().live.camera;
    return html`${record === undefined ? nothing : html`<button class="glass" @click=${record}>${icon("record", 20)} ${t.recordHere}</button>`}
    ${
      recording === null || stopRecording === undefined
        ? nothing
        : html`<button class="glass on going-on" data-role="recording" @click=${stopRecording}>
            ${icon("stop", 20)} <span class="words">${t.stopRecording}</span>
            ${formatDuration(recording.seconds)} <span class="words">· ${formatSize(recording.bytes)}</span>
          </button>`
    }
    ${recorded ? this.#toRecordings() : nothing}`;
  }
}
customElements.define("sealcam-camera-page", CameraPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-page": CameraPage;
  }
}
