import { html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { map } from "lit/directives/map.js";
import { repeat } from "lit/directives/repeat.js";
import { cardIdOf } from "../models/card-id.ts";
import type {
  BlankOnCard,
  CameraOnCard,
  CardChanges,
  CardOutside,
  OpenedOnPage,
  Right,
} from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";
import "./camera-number.ts";
import "./card-keys.ts";
import { cardStyles } from "./card-styles.ts";
import "./confirm-dialog.ts";
import "./password-field.ts";
import { base, buttons, fields } from "./styles.ts";

const rights: readonly Right[] = ["live", "recordings"];

/** `<sealcam-card-cameras .opened .changes .cards>`: the cameras on an open card, with and without keys; what can be done with each. */
export class CardCameras extends LitElement {
  static override properties = {
    opened: { attribute: false },
    changes: { attribute: false },
    cards: { attribute: false },
  };
  declare opened: OpenedOnPage | null;
  declare changes: CardChanges | undefined;
  /** All of this device. */
  declare cards: readonly CardOutside[];

  static override styles = [base, buttons, fields, cardStyles];

  constructor() {
    super();
    this.opened = null;
    this.changes = undefined;
    this.cards = [];
  }

  override render(): TemplateResult | typeof nothing {
    if (this.opened === null) return nothing;
    const t = texts();
    const { cameras, blanks } = this.opened.inside;
    return html`<section>
        <h2>${t.card.cameras}</h2>
        ${
          cameras.length + blanks.length === 0
            ? html`<p class="quiet">${t.cards.none}</p>`
            : html`<ul class="lines">
                ${repeat(
                  cameras,
                  ({ number }) => number,
                  (camera) =>
                    this.#camera(
                      camera,
                      camera.acknowledged ? t.cards.generation(camera.generation) : t.cards.pending,
                    ),
                )}
                ${repeat(
                  blanks,
                  ({ number }) => number,
                  (blank) => this.#camera(blank, t.card.blank),
                )}
              </ul>`
        }
        <div><a class="button" href="/pair">${t.cards.pairOne}</a></div>
        ${
          this.changes?.rekey === undefined || this.#ours().length === 0
            ? nothing
            : html`<div><button @click=${this.#rekeyAll}>${t.keys.rekeyAll}</button></div>`
        }
        ${this.#addBlank()}
        ${
          this.changes?.eraseAllCameras === undefined || cameras.length + blanks.length === 0
            ? nothing
            : html`<div><button class="plain danger flush" @click=${this.#eraseAll}>${t.card.eraseAll}</button></div>`
        }
      </section>
      <sealcam-confirm-dialog></sealcam-confirm-dialog>`;
  }

  #camera(camera: CameraOnCard | BlankOnCard, state: string): TemplateResult {
    const t = texts().card;
    return html`<li>
      <span class="text">
        <strong>${camera.name}</strong>
        <sealcam-camera-number copyable number=${camera.number}></sealcam-camera-number>
        <span class="small quiet">${state}</span>
      </span>
      ${
        this.changes?.eraseCamera === undefined
          ? nothing
          : html`<details class="wide">
              <summary>${t.more(camera.name)}</summary>
              <div class="panel">
                ${this.#rights(camera)} ${this.#keys(camera)} ${this.#copy(camera)}
                <div>
                  <button class="plain danger flush" @click=${() => this.#erase(camera)}>${t.eraseCamera}</button>
                </div>
              </div>
            </details>`
      }
    </li>`;
  }

  /** Cameras on the card whose keys this device makes. */
  #ours(): readonly CameraOnCard[] {
    const { keys, inside } = this.opened!;
    return inside.cameras.filter(({ number }) => keys.some((one) => one.number === number));
  }

  #keys(camera: CameraOnCard | BlankOnCard): TemplateResult | typeof nothing {
    if (!("generation" in camera)) return nothing;
    const keys = this.opened?.keys.find(({ number }) => number === camera.number) ?? null;
    return html`<sealcam-card-keys
      .camera=${camera}
      .keys=${keys}
      .changes=${this.changes}
      .cards=${this.cards}
      own=${cardIdOf(this.opened?.id ?? "")}
    ></sealcam-card-keys>`;
  }

  #rekeyAll = async (): Promise<void> => {
    const t = texts().keys;
    const question = { heading: t.rekeyAllHeading, words: t.rekeyWords, action: t.rekeyAll };
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    const numbers = this.#ours().map(({ number }) => number);
    if (await dialog?.askWith(question)) await this.changes?.rekey?.(numbers, null);
  };

  #rights(camera: CameraOnCard | BlankOnCard): TemplateResult {
    const t = texts().card;
    return html`<fieldset>
      <legend>${t.rights}</legend>
      <div class="rights">
        ${map(
          rights,
          (right) => html`<label>
            <input
              type="checkbox"
              .checked=${live(camera.rights.includes(right))}
              @change=${(event: Event) => {
                const isOn = (event.target as HTMLInputElement).checked;
                const others = camera.rights.filter((one) => one !== right);
                void this.changes?.setRights?.(camera.number, isOn ? [...others, right] : others);
              }}
            />
            ${t.right[right]}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #copy(camera: CameraOnCard | BlankOnCard): TemplateResult | typeof nothing {
    if (this.changes?.copyCamera === undefined) return nothing;
    const t = texts();
    const others = this.cards.filter(({ id }) => id !== this.opened?.id);
    return html`<details>
      <summary>${t.card.copyTo}</summary>
      <form
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          void this.#copyCamera(camera.number, event);
        }}
      >
        <p class="small quiet">${t.card.copyToWords}</p>
        <div class="field">
          <label for=${`to-${camera.number}`}>${t.card.otherCard}</label>
          <select id=${`to-${camera.number}`} name="to">
            ${map(others, ({ id, name }) => html`<option value=${id}>${name}</option>`)}
          </select>
        </div>
        <sealcam-password-field label=${t.card.otherPassword}></sealcam-password-field>
        <div class="pair">
          <button value="copy">${t.card.copyCamera}</button>
          <button value="move">${t.card.moveCamera}</button>
        </div>
      </form>
    </details>`;
  }

  #addBlank(): TemplateResult | typeof nothing {
    if (this.changes?.addBlank === undefined) return nothing;
    const t = texts().card;
    return html`<details>
      <summary>${t.addBlank}</summary>
      <form class="panel" @submit=${this.#add}>
        <p class="small quiet">${t.addBlankWords}</p>
        <div class="field">
          <label for="number">${t.number}</label>
          <input id="number" name="number" required autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="number-hint" />
          <p id="number-hint" class="hint">${t.numberHint}</p>
        </div>
        <div class="field">
          <label for="camera-name">${t.cameraName}</label>
          <input id="camera-name" name="name" required maxlength="60" autocomplete="off" />
        </div>
        <div><button>${t.add}</button></div>
      </form>
    </details>`;
  }

  #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const number = String(given.get("number")).replace(/[\s-]/g, "").toUpperCase();
    if (await this.changes?.addBlank?.(number, String(given.get("name")).trim())) form.reset();
  };

  async #copyCamera(number: string, event: SubmitEvent): Promise<void> {
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const moves = (event.submitter as HTMLButtonElement | null)?.value === "move";
    const password = String(given.get("password"));
    if (await this.changes?.copyCamera?.(number, String(given.get("to")), password, moves)) form.reset();
  }

  async #erase({ name, number }: CameraOnCard | BlankOnCard): Promise<void> {
    const t = texts().card;
    const question = {
      heading: t.eraseCameraHeading(name),
      words: t.eraseCameraWords,
      action: t.eraseCamera,
    };
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    if (await dialog?.askWith(question)) await this.changes?.eraseCamera?.(number);
  }

  #eraseAll = async (): Promise<void> => {
    const t = texts().card;
    const name = this.cards.find(({ id }) => id === this.opened?.id)?.name ?? "";
    const first = { heading: t.eraseAllHeading(name), words: t.eraseAllWords, action: t.eraseAll };
    const second = { heading: t.sureHeading, words: t.sureWords, action: t.sure };
    const dialog = this.renderRoot.querySelector("sealcam-confirm-dialog");
    if (await dialog?.askEach(first, second)) await this.changes?.eraseAllCameras?.();
  };
}
customElements.define("sealcam-card-cameras", CardCameras);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-card-cameras": CardCameras;
  }
}
