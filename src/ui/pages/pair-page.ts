import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type {
  CameraPairSnapshot,
  HubPairSnapshot,
  PairSnapshot,
  ScanPairSnapshot,
} from "../models/snapshots.ts";
import "../parts/camera-number.ts";
import "../parts/card-places.ts";
import "../parts/card-unlock.ts";
import "../parts/countdown.ts";
import "../parts/device-list.ts";
import { shortDevice } from "../parts/device-name.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/pair-diagram.ts";
import type { Passing } from "../parts/pair-diagram.ts";
import "../parts/qr-code.ts";
import "../parts/scan-window.ts";
import { base, buttons, column, fields } from "../parts/styles.ts";
import "../parts/wait.ts";
import { texts } from "../texts/index.ts";
import { Page } from "./page.ts";

const passing: Record<Exclude<PairSnapshot, ScanPairSnapshot>["step"], Passing | null> = {
  "choose-card": null,
  opening: null,
  link: null, // the code is the picture of what passes
  "asking-camera": "link",
  "choose-device": "link",
  connecting: "proof",
  compare: "number",
  writing: "keys",
  done: "done",
  failed: null,
};

/** `/pair`: on the side of the card, on the side of the camera, and on the way to a link. */
export class PairPage extends Page<PairSnapshot> {
  static override properties: PropertyDeclarations = { copied: { state: true } };
  declare private copied: boolean;

  static override styles = [
    base,
    buttons,
    fields,
    column,
    css`
      .link {
        display: grid;
        gap: var(--space-1);
      }

      .code {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        text-align: center;
      }

      .code sealcam-wait {
        justify-self: center;
      }

      .only {
        max-inline-size: 36em;
      }

      .offer {
        display: grid;
        justify-items: start;
        gap: var(--space-2);
        padding-block-start: var(--space-5);
        border-block-start: 1px solid var(--line);
      }

      .offer button {
        margin-block-start: var(--space-2);
      }

      .whole {
        display: block;
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--round-small);
        background: var(--surface);
        font-family: var(--mono);
        font-size: var(--small);
        line-height: 1.45;
        text-decoration: none;
        word-break: break-all;
      }

      .register {
        display: flex;
        align-items: start;
        gap: var(--space-3);
        min-block-size: 44px;
        font-weight: var(--regular);
      }

      .register input {
        flex: none;
        inline-size: 1.25rem;
        min-block-size: 0;
        block-size: 1.25rem;
        margin-block-start: 0.15rem;
        padding: 0;
        accent-color: var(--accent);
      }

      /* The answer to "is it the same number?" is always in sight. On a phone the navigation stands below it. */
      .answer {
        position: sticky;
        inset-block-end: 0;
        padding-block: var(--space-3);
        background: var(--paper);
      }

      @media (max-width: 47.99rem) {
        .answer {
          inset-block-end: calc(61px + env(safe-area-inset-bottom));
        }

        .brief {
          display: none;
        }

        form:not(.typed) {
          flex: 1;
          grid-template-rows: auto 1fr;
        }

        form:not(.typed) .actions {
          align-self: end;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.copied = false;
  }

  protected override stepOf(snapshot: PairSnapshot): string {
    return snapshot.step === "opening" ? "choose-card" : snapshot.step;
  }

  override render(): TemplateResult {
    const t = texts().pair;
    const now = this.snapshot;
    if (now === null) return html`<h1 tabindex="-1">${t.headings["choose-card"]}</h1>`;
    const passes = now.role === "scan" ? null : passing[now.step];
    return html`
      <header>
        <h1 tabindex="-1">${now.role === "scan" ? t.scan.headings[now.step] : t.headings[now.step]}</h1>
        ${this.#lead(now)}
      </header>
      ${
        passes === null
          ? nothing
          : html`<sealcam-pair-diagram
              class=${this.#isLong(now) ? "brief" : nothing}
              here=${now.role}
              passing=${passes}
            ></sealcam-pair-diagram>`
      }
      ${now.role === "hub" ? this.#hub(now) : now.role === "scan" ? this.#scan(now) : this.#camera(now)}
    `;
  }

  /** Whether the number, the name and the account's box leave a phone no room for the diagram. */
  #isLong(now: PairSnapshot): boolean {
    return now.role === "hub" && now.step === "compare" && now.account !== null;
  }

  #lead(now: PairSnapshot): TemplateResult | typeof nothing {
    const t = texts().pair;
    const say = (words: string): TemplateResult => html`<p class="lead">${words}</p>`;
    if (now.role === "scan") return say(t.scan.lead);
    if (now.step === "compare") {
      return say(now.role === "hub" ? t.compareHub(now.camera?.label ?? "") : t.compareCamera);
    }
    if (now.step === "done") return say(now.role === "hub" ? t.doneHub(now.cardName ?? "") : t.doneCamera);
    if (now.step === "link") return say(t.linkLead);
    if (now.step === "choose-card" && now.cards?.length !== 0) return say(t.chooseCardLead);
    if (now.step === "asking-camera" || now.step === "choose-device") return say(t.cameraLead);
    return nothing;
  }

  #fault(now: Exclude<PairSnapshot, ScanPairSnapshot>): TemplateResult | typeof nothing {
    if (now.fault === null && now.step !== "failed") return nothing;
    return html`<sealcam-fault code=${now.fault ?? "unexpected"}></sealcam-fault>`;
  }

  #wait(now: Exclude<PairSnapshot, ScanPairSnapshot>): TemplateResult | typeof nothing {
    if (now.waitingFor === null) return nothing;
    return html`<sealcam-wait data-role="waiting" data-for=${now.waitingFor}
      >${texts().pair.waitingFor[now.waitingFor]}</sealcam-wait
    >`;
  }

  #places({ places, cards }: HubPairSnapshot): TemplateResult {
    return html`<sealcam-card-places .places=${places} .cards=${cards ?? []}></sealcam-card-places>`;
  }

  #hub(now: HubPairSnapshot): TemplateResult {
    const t = texts();
    switch (now.step) {
      case "choose-card":
      case "opening":
        if (now.cards === null) return html`<sealcam-wait>${t.cards.reading}</sealcam-wait>`;
        if (now.cards.length === 0)
          return html`<sealcam-fault code=${now.fault ?? "card-none"}></sealcam-fault> ${this.#places(now)} ${this.#offer(now)}`;
        return html`<sealcam-card-unlock
            .cards=${now.cards}
            .openCard=${now.open}
            .fault=${now.fault}
            .places=${now.places}
            ?busy=${now.step === "opening"}
          ></sealcam-card-unlock>
          ${now.step === "opening" ? nothing : this.#places(now)} ${this.#offer(now)}`;
      case "link":
        return this.#link(now);
      case "compare":
        return html`${this.#number(now.camera?.number ?? null)} ${this.#fault(now)} ${this.#hubAnswer(now)}`;
      case "writing":
        return html`${this.#fault(now)}
          <sealcam-wait>${now.waitingFor === null ? t.pair.writing : t.pair.waitingFor[now.waitingFor]}</sealcam-wait>`;
      case "done":
        return html`${this.#number(now.camera?.number ?? null)} ${this.#fault(now)} ${this.#wait(now)}
          ${now.isRegistered ? html`<p class="panel" data-role="registered">${t.pair.registered}</p>` : nothing}
          <div class="actions">
            <a class="button primary" href="/viewer">${icon("view", 20)} ${t.pair.view}</a>
            ${now.restart === undefined ? nothing : html`<button @click=${now.restart}>${t.pair.again}</button>`}
          </div>`;
      case "failed":
        return html`${this.#fault(now)}
          ${
            now.restart === undefined
              ? nothing
              : html`<div class="actions"><button class="primary" @click=${now.restart}>${t.pair.newLink}</button></div>`
          }`;
    }
  }

  #offer(now: HubPairSnapshot): TemplateResult | typeof nothing {
    if (now.scan === undefined) return nothing;
    const t = texts().pair.scan;
    return html`<section class="offer">
      <h2>${t.offer}</h2>
      <p class="quiet">${t.offerWords}</p>
      <button @click=${now.scan}>${icon("fill", 20)} ${t.go}</button>
    </section>`;
  }

  #link(now: HubPairSnapshot): TemplateResult {
    const t = texts();
    const link = now.link;
    return html`
      ${this.#fault(now)}
      ${
        link === null
          ? nothing
          : html`<div class="code">
              <sealcam-qr-code text=${link.url} label=${t.pair.code}></sealcam-qr-code>
              <p>${t.pair.codeHint}</p>
              ${this.#wait(now)}
              <p class="small quiet"><sealcam-countdown .until=${link.expires}></sealcam-countdown></p>
              ${link.thisDeviceOnly ? html`<p class="small quiet only">${t.pair.thisDeviceOnly}</p>` : nothing}
            </div>
            <div class="link">
              <p class="small quiet">${t.pair.copyHint}</p>
              <a
                class="whole"
                data-role="pairing-link"
                href=${link.url}
                target="_blank"
                rel="noopener"
                translate="no"
                >${link.url}</a
              >
            </div>`
      }
      <div class="actions">
        ${
          link === null
            ? nothing
            : html`<a class="button" href=${link.url} target="_blank" rel="noopener"
                  >${icon("open", 20)} ${t.pair.openHere}</a
                >
                <button @click=${() => this.#copy(link.url)}>
                  ${icon(this.copied ? "check" : "copy", 20)}
                  <span>${this.copied ? t.actions.copied : t.actions.copy}</span>
                </button>
                <span class="hidden-text" role="status">${this.copied ? t.actions.copied : ""}</span>`
        }
        ${now.restart === undefined ? nothing : html`<button class="plain" @click=${now.restart}>${t.pair.newLink}</button>`}
      </div>
    `;
  }

  #scan(now: ScanPairSnapshot): TemplateResult {
    const t = texts().pair.scan;
    return html`
      ${
        now.step === "scanning"
          ? html`<sealcam-scan-window .stream=${now.preview} label=${t.preview}></sealcam-scan-window>`
          : nothing
      }
      ${now.fault === null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
      ${
        now.step === "typing"
          ? nothing
          : html`<sealcam-wait data-role="waiting">${now.step === "asking" ? t.asks : t.looking}</sealcam-wait>`
      }
      ${now.refused === null ? nothing : html`<sealcam-fault code=${now.refused}></sealcam-fault>`}
      ${
        now.take === undefined
          ? nothing
          : html`<form class="typed" @submit=${this.#take}>
              <div class="field">
                <label for="typed">${now.step === "typing" ? texts().pair.linkLabel : t.typed}</label>
                <input
                  id="typed"
                  name="link"
                  type="text"
                  inputmode="url"
                  required
                  autocomplete="off"
                  autocapitalize="off"
                  spellcheck="false"
                />
              </div>
              <div class="actions">
                <button class=${now.step === "typing" ? "primary" : ""}>${t.take}</button>
                ${now.retry === undefined ? nothing : html`<button type="button" @click=${now.retry}>${texts().actions.retry}</button>`}
                ${now.back === undefined ? nothing : html`<button type="button" class="plain" @click=${now.back}>${t.back}</button>`}
              </div>
            </form>`
      }
    `;
  }

  #take = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.snapshot?.role !== "scan") return;
    const given = new FormData(event.currentTarget as HTMLFormElement);
    this.snapshot.take?.(String(given.get("link")));
  };

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this.copied = true;
      setTimeout(() => {
        this.copied = false;
      }, 3000);
    } catch {
      // Refused (no permission, no focus): the link stands there in full, to be marked by hand.
      const link = this.renderRoot.querySelector(".whole");
      if (link !== null) getSelection()?.selectAllChildren(link);
    }
  }

  #number(number: string | null): TemplateResult | typeof nothing {
    return number === null
      ? nothing
      : html`<sealcam-camera-number large number=${number}></sealcam-camera-number>`;
  }

  #hubAnswer(now: HubPairSnapshot): TemplateResult {
    const t = texts().pair;
    return html`<form @submit=${this.#confirm}>
      ${
        now.confirm === undefined
          ? nothing
          : html`<div class="field">
              <label for="name">${t.name}</label>
              <input id="name" name="name" required maxlength="60" autocomplete="off" .defaultValue=${(now.camera?.name ?? shortDevice(now.camera?.label ?? "")).slice(0, 60)} />
            </div>`
      }
      ${
        now.confirm === undefined || now.account === null
          ? nothing
          : html`<label class="register">
              <input type="checkbox" name="register" checked />
              <span>${t.register(now.account)}<br /><span class="small quiet">${t.registerWords}</span></span>
            </label>`
      }
      ${this.#wait(now)}
      <div class="actions answer">
        ${now.confirm === undefined ? nothing : html`<button class="primary">${t.same}</button>`}
        ${now.reject === undefined ? nothing : html`<button type="button" class="danger" @click=${now.reject}>${t.differ}</button>`}
      </div>
    </form>`;
  }

  #confirm = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.snapshot?.role !== "hub") return;
    const given = new FormData(event.currentTarget as HTMLFormElement);
    void this.snapshot.confirm?.(String(given.get("name")).trim(), given.has("register"));
  };

  #camera(now: CameraPairSnapshot): TemplateResult {
    const t = texts();
    switch (now.step) {
      case "asking-camera":
      case "connecting":
        return html`${this.#fault(now)} ${this.#wait(now)} ${this.#retry(now)}`;
      case "choose-device":
        return html`${this.#fault(now)}
          ${now.seemsExpired ? html`<p class="panel" role="note" data-role="seems-expired">${t.pair.seemsExpired}</p>` : nothing}
          ${
            now.devices === null
              ? this.#wait(now)
              : html`<sealcam-device-list .devices=${now.devices} .choose=${now.choose}></sealcam-device-list>`
          }`;
      case "compare":
        return html`
          ${this.#number(now.number)} ${this.#fault(now)}
          ${now.replaces === null ? nothing : html`<p class="panel" role="note">${t.pair.replaces[now.replaces]}</p>`} ${this.#wait(now)}
          <div class="actions answer">
            ${now.confirm === undefined ? nothing : html`<button class="primary" @click=${now.confirm}>${t.pair.same}</button>`}
            ${now.reject === undefined ? nothing : html`<button class="danger" @click=${now.reject}>${t.pair.differ}</button>`}
          </div>
        `;
      case "done":
        return html`${this.#number(now.number)}
          <div class="actions"><a class="button primary" href="/camera">${icon("camera", 20)} ${t.pair.startCamera}</a></div>`;
      case "failed":
        return html`${this.#fault(now)} ${this.#retry(now)}`;
    }
  }

  #retry(now: CameraPairSnapshot): TemplateResult | typeof nothing {
    if (now.retry === undefined) return nothing;
    return html`<div class="actions"><button class="primary" @click=${now.retry}>${texts().actions.retry}</button></div>`;
  }
}
customElements.define("sealcam-pair-page", PairPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-pair-page": PairPage;
  }
}
