import { html, nothing, type TemplateResult } from "lit";
import type { JudgedPicture, PlaySnapshot } from "../models/snapshots.ts";
import "../parts/camera-number.ts";
import "../parts/card-places.ts";
import "../parts/card-unlock.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/player.ts";
import { base, buttons, column, darkPage, immersive } from "../parts/styles.ts";
import "../parts/wait.ts";
import { formatMoment, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/** `/play`: open a card, play a recording with it. Dark in both themes. */
export class PlayPage extends Page<PlaySnapshot> {
  static override styles = [base, buttons, column, darkPage, immersive];

  /** Draws one judged picture; the frame is ours and gets closed. While nothing is played it is closed undrawn. */
  show(judged: JudgedPicture): void {
    const player = this.renderRoot?.querySelector("sealcam-player");
    if (player) player.show(judged);
    else judged.picture?.close();
  }

  protected override isImmersive(snapshot: PlaySnapshot): boolean {
    return snapshot.player !== null;
  }

  protected override stepOf(snapshot: PlaySnapshot): string {
    return snapshot.step === "opening" ? "choose-card" : snapshot.step;
  }

  override render(): TemplateResult {
    const t = texts().player;
    const now = this.snapshot;
    if (now?.player)
      return html`<h1 class="hidden-text" tabindex="-1">${t.heading}</h1>
        <sealcam-player .player=${now.player} close-words=${t.back}></sealcam-player>`;
    const { recording = null, step = "choose-card" } = now ?? {};
    return html`
      <header>
        <h1 tabindex="-1">${step === "closed" ? t.closedHeading : t.heading}</h1>
        ${recording === null || step === "closed" ? nothing : html`<p class="lead">${t.lead(formatMoment(recording.begun))}</p>`}
        ${recording === null ? nothing : html`<sealcam-camera-number class="quiet" number=${recording.number}></sealcam-camera-number>`}
      </header>
      ${now?.filmsStay ? html`<sealcam-fault code="films-stay"></sealcam-fault>` : nothing}
      ${now === null ? nothing : this.#step(now)}
      <div class="actions">
        <a class="button" href="/recordings">${icon("back", 20)} ${t.back}</a>
        ${step === "closed" ? html`<a class="button" href="/verify">${t.check}</a>` : nothing}
        ${now?.eject && step === "closed" ? html`<button @click=${now.eject}>${icon("eject", 20)} ${t.otherCard}</button>` : nothing}
      </div>
    `;
  }

  #step(now: PlaySnapshot): TemplateResult {
    const t = texts();
    const { step, cards, fault } = now;
    if (step === "closed") return html`<p>${t.player.closedWords}</p>`;
    if (step === "failed") return html`<sealcam-fault code=${fault ?? "unexpected"}></sealcam-fault>`;
    if (step === "loading" || step === "playing")
      return html`<sealcam-wait>${t.player.loading}</sealcam-wait>`;
    if (cards === null) return html`<sealcam-wait>${t.cards.reading}</sealcam-wait>`;
    const { places } = now;
    const ways =
      step === "opening"
        ? nothing
        : html`<sealcam-card-places .places=${places} .cards=${cards}></sealcam-card-places>`;
    if (cards.length === 0)
      return html`<p>${t.player.noCard}</p>
        ${fault === null ? nothing : html`<sealcam-fault code=${fault}></sealcam-fault>`} ${ways}`;
    return html`<sealcam-card-unlock
      .cards=${cards}
      .openCard=${now.open}
      .fault=${fault}
      .places=${places}
      ?busy=${step === "opening"}
    ></sealcam-card-unlock>
    ${ways}`;
  }
}
customElements.define("sealcam-play-page", PlayPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-play-page": PlayPage;
  }
}
