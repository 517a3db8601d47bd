import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { JudgedPicture, VerifySnapshot } from "../models/snapshots.ts";
import "../parts/card-places.ts";
import "../parts/card-unlock.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/player.ts";
import "../parts/recording-report.ts";
import { base, buttons, column, fields, immersive } from "../parts/styles.ts";
import { texts } from "../texts/index.ts";
import { Page } from "./page.ts";

/** `/verify`: a place to drop recordings, which becomes a report on each of them; with a card each plays. */
export class VerifyPage extends Page<VerifySnapshot> {
  static override properties: PropertyDeclarations = { over: { state: true } };
  /** Something that could be dropped is held over the window. */
  declare private over: boolean;
  /** The files whose verdict was drawn. */
  #told: ReadonlySet<string> = new Set();

  static override styles = [
    base,
    buttons,
    column,
    fields,
    immersive,
    css`
      .drop {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-6) var(--space-4);
        border: 2px dashed var(--edge);
        border-radius: var(--round);
        text-align: center;
      }

      .drop.over {
        border-color: var(--accent);
        background: var(--accent-wash);
      }

      .vouch {
        display: grid;
        gap: var(--space-4);
      }

      .vouch input {
        font-family: var(--mono);
      }

      summary {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: var(--touch);
        color: var(--accent);
        font-weight: var(--strong);
        cursor: pointer;
      }

      .inside {
        display: grid;
        gap: var(--space-4);
        padding-block-start: var(--space-2);
      }

      .open {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
        overflow-wrap: anywhere;
      }

      sealcam-recording-report {
        scroll-margin-block-start: var(--space-4);
      }

      .reports {
        display: grid;
        gap: var(--space-4);
      }
    `,
  ];

  constructor() {
    super();
    this.over = false;
  }

  /** Draws one picture of the file that is played; the frame is ours and gets closed. */
  show(judged: JudgedPicture): void {
    const player = this.renderRoot?.querySelector("sealcam-player");
    if (player) player.show(judged);
    else judged.picture?.close();
  }

  protected override isImmersive(snapshot: VerifySnapshot): boolean {
    return snapshot.player !== null;
  }

  protected override stepOf(snapshot: VerifySnapshot): string {
    return snapshot.player === null ? "" : "playing";
  }

  // A file dropped beside the zone would make the browser leave the page for it.
  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("dragover", this.#dragged);
    addEventListener("dragleave", this.#left);
    addEventListener("drop", this.#dropped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("dragover", this.#dragged);
    removeEventListener("dragleave", this.#left);
    removeEventListener("drop", this.#dropped);
  }

  #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = true;
  };

  #left = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.over = false;
  };

  #dropped = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = false;
    this.#take(event.dataTransfer.files);
  };

  #take(files: FileList | null): void {
    if (files !== null && files.length > 0) this.snapshot?.add?.([...files]);
  }

  override render(): TemplateResult {
    const t = texts().verify;
    const now = this.snapshot;
    if (now?.player)
      return html`<h1 class="hidden-text" tabindex="-1">${texts().player.heading}</h1>
        <sealcam-player .player=${now.player} close-words=${texts().player.close}></sealcam-player>`;
    return html`
      <header>
        <h1 tabindex="-1">${t.heading}</h1>
        <p class="lead">${t.lead}</p>
      </header>
      ${now?.filmsStay ? html`<sealcam-fault code="films-stay"></sealcam-fault>` : nothing}
      ${now === null || now.add === undefined ? nothing : this.#dropZone()}
      ${now === null ? nothing : this.#vouch(now)}
      ${now === null ? nothing : this.#reports(now)}
      <p><a class="button plain flush" href="/self-check">${texts().titles["/self-check"]}</a></p>
    `;
  }

  // No `accept`: phones grey out files of an ending they do not know.
  #dropZone(): TemplateResult {
    const t = texts().verify;
    return html`<div class=${this.over ? "drop over" : "drop"}>
      ${icon("save", 28)}
      <p class="quiet">${t.drop}</p>
      <button class="primary" @click=${() => this.#input?.click()}>${t.choose}</button>
      <input type="file" multiple hidden aria-label=${t.choose} @change=${this.#chosen} />
    </div>`;
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type="file"]');
  }

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#take(input.files);
    // The same file can be chosen again.
    input.value = "";
  };

  #vouch(now: VerifySnapshot): TemplateResult {
    const t = texts().verify;
    const { type, typed } = now;
    const said =
      typed.state === "partial"
        ? t.typed.partial(typed.characters)
        : typed.state === "none"
          ? t.numberHint
          : t.typed[typed.state];
    return html`<section class="vouch">
      <div>
        <h2>${t.vouchHeading}</h2>
        <p class="quiet small">${t.vouchLead}</p>
      </div>
      ${
        type === undefined
          ? nothing
          : html`<div class="field">
              <label for="number">${t.number}</label>
              <input
                id="number"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                translate="no"
                aria-describedby="number-hint"
                aria-invalid=${typed.state === "wrong" ? "true" : nothing}
                @input=${(event: Event) => type((event.target as HTMLInputElement).value)}
              />
              <p class="hint" id="number-hint" role="status" data-role="typed" data-state=${typed.state}>${said}</p>
            </div>`
      }
      ${this.#card(now)}
    </section>`;
  }

  #card(now: VerifySnapshot): TemplateResult | typeof nothing {
    const t = texts().verify;
    const { card, cards, opening, eject, fault } = now;
    if (card !== null)
      return html`<div class="open" data-role="open-card">
        <p>${t.cardOpen(card.name, card.cameras)}</p>
        ${eject === undefined ? nothing : html`<button @click=${eject}>${icon("eject", 20)} ${t.eject}</button>`}
      </div>`;
    const ways = html`<sealcam-card-places .places=${now.places} .cards=${cards ?? []}></sealcam-card-places>`;
    if (cards === null) return fault === null ? nothing : html`<sealcam-fault code=${fault}></sealcam-fault>`;
    if (cards.length === 0)
      return html`${fault === null ? nothing : html`<sealcam-fault code=${fault}></sealcam-fault>`}
        <details><summary>${icon("cards", 20)} ${t.card}</summary>${ways}</details>`;
    return html`<details ?open=${opening || fault !== null}>
      <summary>${icon("cards", 20)} ${t.card}</summary>
      <div class="inside">
        <p class="quiet small">${t.cardHint}</p>
        <sealcam-card-unlock
          .cards=${cards}
          .openCard=${now.open}
          .busy=${opening}
          .fault=${fault}
          .places=${now.places}
        ></sealcam-card-unlock>
        ${opening ? nothing : ways}
      </div>
    </details>`;
  }

  // The report may lie below the fold, where nobody sees that it changed.
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const files = this.snapshot?.files ?? [];
    const judged = files.filter(({ step }) => step === "judged" || step === "failed");
    const fresh = judged.find(({ id }) => !this.#told.has(id));
    this.#told = new Set(judged.map(({ id }) => id));
    if (fresh) void this.#reveal(fresh.id);
  }

  async #reveal(id: string): Promise<void> {
    const reports = [...this.renderRoot.querySelectorAll("sealcam-recording-report")];
    const report = reports.find(({ file }) => file?.id === id);
    await report?.updateComplete;
    // Who reads a verdict is not pulled away to the next one.
    const isRead = reports.some((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return this.#told.has(one.file?.id ?? "") && bottom > 0 && top < innerHeight / 2;
    });
    if (!report || isRead) return;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    report.scrollIntoView({ block: "start", behavior: isStill ? "instant" : "smooth" });
  }

  #reports(now: VerifySnapshot): TemplateResult {
    const t = texts().verify;
    const { remove } = now;
    const discard =
      remove &&
      ((id: string): void => {
        remove(id);
        // The pressed button goes with its report: reading goes on at the heading of what is left.
        this.renderRoot.querySelector<HTMLElement>("#reports")?.focus({ preventScroll: true });
      });
    return html`<section class="reports">
      <h2 id="reports" tabindex="-1">${t.report}</h2>
      ${
        now.files.length === 0
          ? html`<p class="quiet">${t.none}</p>`
          : repeat(
              now.files,
              ({ id }) => id,
              (file) =>
                html`<sealcam-recording-report .file=${file} .discard=${discard} .play=${now.play}></sealcam-recording-report>`,
            )
      }
    </section>`;
  }
}
customElements.define("sealcam-verify-page", VerifyPage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-verify-page": VerifyPage;
  }
}
