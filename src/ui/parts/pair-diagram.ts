import { css, html, LitElement, type TemplateResult } from "lit";
import { texts } from "../texts/index.ts";
import { appIcon } from "./app-icon.ts";
import { type IconName, icon } from "./icons.ts";
import { base } from "./styles.ts";

/** What passes between card and camera at this moment of a pairing. */
export type Passing = "link" | "proof" | "number" | "keys" | "done";

const tokens: Record<Passing, IconName> = {
  link: "link",
  proof: "check",
  number: "number",
  keys: "key",
  done: "lock",
};

/** `<sealcam-pair-diagram here="hub" passing="link">`: both sides of a pairing and what passes between them. */
export class PairDiagram extends LitElement {
  static override properties = { here: {}, passing: { reflect: true } };
  declare here: "hub" | "camera";
  declare passing: Passing;

  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      figure {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4);
        border-radius: var(--round);
        background: var(--sunken);
      }

      .sides {
        display: grid;
        grid-template-columns: auto minmax(48px, 1fr) auto;
        align-items: start;
      }

      .side {
        display: grid;
        justify-items: center;
        gap: var(--space-1);
        min-inline-size: 88px;
        text-align: center;
      }

      .device {
        display: grid;
        place-items: center;
        inline-size: 56px;
        block-size: 56px;
        border: 1.5px solid var(--edge);
        border-radius: 16px;
        background: var(--surface);
        color: var(--ink-2);
      }

      .here .device {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
      }

      .wire {
        position: relative;
        display: grid;
        place-items: center;
        block-size: 56px;
      }

      .wire::before {
        content: "";
        position: absolute;
        inset-inline: 4px;
        inset-block-start: 50%;
        border-block-start: 1.5px dashed var(--edge);
      }

      :host([passing="done"]) .wire::before {
        border-block-start-style: solid;
        border-color: var(--accent);
      }

      .token {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        border-radius: 50%;
        background: var(--sunken);
        color: var(--accent);
      }

      figcaption {
        text-align: center;
      }

      .where {
        color: var(--ink-2);
      }
    `,
  ];

  constructor() {
    super();
    this.here = "hub";
    this.passing = "link";
  }

  override render(): TemplateResult {
    const t = texts().pair;
    const side = (
      role: "hub" | "camera",
    ): TemplateResult => html`<div class=${role === this.here ? "side here" : "side"}>
      <span class="device">${role === "hub" ? icon("cards", 28) : appIcon(28)}</span>
      <span class="small">${role === "hub" ? t.card : t.camera}</span>
      <span class="small where">${role === this.here ? t.here : t.there}</span>
    </div>`;
    return html`<figure aria-label=${t.diagram}>
      <div class="sides">
        ${side("hub")}
        <div class="wire"><span class="token">${icon(tokens[this.passing], 20)}</span></div>
        ${side("camera")}
      </div>
      <figcaption class="small quiet">${t.passing[this.passing]}</figcaption>
    </figure>`;
  }
}
customElements.define("sealcam-pair-diagram", PairDiagram);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-pair-diagram": PairDiagram;
  }
}
