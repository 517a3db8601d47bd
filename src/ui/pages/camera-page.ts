import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CameraSnapshot } from "../models/snapshots.ts";
import { appIcon } from "../parts/app-icon.ts";
import "../parts/camera-details.ts";
import { cameraStyles } from "../parts/camera-styles.ts";
import "../parts/copies-note.ts";
import "../parts/device-list.ts";
import "../parts/erased-note.ts";
import "../parts/fault.ts";
import { foldedPanel } from "../parts/folded-panel.ts";
import { icon } from "../parts/icons.ts";
import "../parts/key-card.ts";
import "../parts/say-line.ts";
import "../parts/sealed-picture.ts";
import { onPicture } from "../parts/stage.ts";
import { base, buttons, column, immersive } from "../parts/styles.ts";
import { switchRow, switchStyles } from "../parts/switch-row.ts";
import "../parts/wait.ts";
import { formatDuration, formatSize, formatTime, texts } from "../texts/index.ts";
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
    foldedPanel,
    switchStyles,
    cameraStyles,
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
    return html`
      <h1 class="hidden-text" tabindex="-1">${t.heading}</h1>
      ${this.#bar(now)}
      <div class=${now.looks ? "stage looking" : "stage"}>
        <video autoplay muted playsinline aria-label=${t.preview}></video>
        ${
          now.looks
            ? html`<sealcam-sealed-picture .look=${now.look} .drawn=${now.drawn}></sealcam-sealed-picture>`
            : nothing
        }
      </div>
      <div class="beside">
        ${now.fault === null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
        <sealcam-copies-note .copies=${now.copies}></sealcam-copies-note>
        ${now.step === "preview" ? this.#before(now) : nothing}
        ${now.step === "starting" ? html`<sealcam-wait class="note">${t.starting}</sealcam-wait>` : nothing}
        ${now.step === "running" && now.running !== null ? this.#during(now, now.running) : nothing}
      </div>
      <div class="controls">
        ${now.start === undefined ? nothing : html`<button class="primary" @click=${now.start}>${t.start}</button>`}
        ${now.step === "running" ? html`${this.#soundButton(now)} ${this.#recordButtons(now)}` : nothing}
        ${now.recorded && now.step !== "starting" ? this.#toRecordings() : nothing}
        ${
          now.stop === undefined || now.running === null
            ? nothing
            : html`<button class="glass" @click=${now.stop}>${icon("stop", 20)} ${t.stop}</button>`
        }
      </div>
    `;
  }

  #bar(now: CameraSnapshot): TemplateResult {
    const t = texts().camera;
    const { live, sealing } = texts();
    const running = now.step === "running" ? now.running : null;
    const label = now.devices?.find((device) => device.id === now.chosen)?.label ?? "";
    // Nothing is sealed that nobody takes.
    const isSealing = running !== null && (running.watchers.length > 0 || now.recording !== null);
    const idle = now.looks ? sealing.network.idle : live.camera.idleWords;
    return html`<div class="bar">
      ${appIcon(32)}
      <div>
        <p role="status">
          <strong>${running === null ? label || t.heading : isSealing ? t.running : live.camera.idle}</strong>
        </p>
        <p class="small quiet">
          ${running === null ? "" : isSealing ? t.runningSince(formatTime(running.since)) : idle}
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
    </div>`;
  }

  #before(now: CameraSnapshot): TemplateResult {
    const t = texts().camera;
    const { live, copies } = texts();
    const others = (now.devices ?? []).filter((device) => device.id !== now.chosen);
    return html`
      <p class="note">${t.previewWords}</p>
      ${
        now.sendSound === undefined && now.recordFromStart === undefined && now.keepCopies === undefined
          ? nothing
          : html`<div class="switches">
              ${switchRow(icon("microphone", 20), [live.camera.sendSound, live.camera.sendSoundWords], now.sound !== "off", now.sendSound)}
              ${switchRow(icon("record", 20), [live.camera.recordFromStart, live.camera.recordWords], now.recordsFromStart, now.recordFromStart)}
              ${switchRow(icon("copy", 20), [copies.keep, copies.keepWords], now.copies?.isKept === true, now.keepCopies)}
            </div>`
      }
      ${
        now.choose === undefined || others.length === 0
          ? nothing
          : html`<details class="others">
              <summary>${t.other} ${icon("forward", 20)}</summary>
              <sealcam-device-list .devices=${others} .choose=${now.choose}></sealcam-device-list>
            </details>`
      }
    `;
  }

  #toRecordings(): TemplateResult {
    return html`<a class="button glass" href="/recordings"
      >${icon("forward", 20)} <span class="words">${texts().live.camera.recordings}</span></a
    >`;
  }

  #during(now: CameraSnapshot, running: NonNullable<CameraSnapshot["running"]>): TemplateResult {
    const t = texts().camera;
    const { live, sealing } = texts();
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
      ${
        now.see === undefined
          ? nothing
          : html`<div class="switches">
              ${switchRow(icon("concealed", 20), [sealing.network.name, now.looks ? sealing.network.meaning : sealing.network.words], now.looks, now.see)}
            </div>`
      }
      <sealcam-key-card .status=${now.key} .isChanging=${now.isChanging} .rekey=${now.rekey} .keepKey=${now.keepKey}></sealcam-key-card>
      <sealcam-camera-details .now=${now}></sealcam-camera-details>
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

  #recordButtons({ record, stopRecording, recording }: CameraSnapshot): TemplateResult {
    const t = texts().live.camera;
    return html`${record === undefined ? nothing : html`<button class="glass" @click=${record}>${icon("record", 20)} ${t.recordHere}</button>`}
    ${
      recording === null || stopRecording === undefined
        ? nothing
        : html`<button class="glass on going-on" data-role="recording" @click=${stopRecording}>
            ${icon("stop", 20)} <span class="words">${t.stopRecording}</span>
            ${formatDuration(recording.seconds)} <span class="words">· ${formatSize(recording.bytes)}</span>
          </button>`
    }`;
  }
}
customElements.define("sealcam-camera-page", CameraPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-camera-page": CameraPage;
  }
}
