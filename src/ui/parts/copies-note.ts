import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { CopyState } from "../models/snapshots.ts";
import { faultText, formatCount, formatSize, formatTime, texts } from "../texts/index.ts";
import "./fault.ts";
import { base } from "./styles.ts";

/** Mended by nobody but time: said in the line, without a box. */
const passing: ReadonlySet<string> = new Set(["copy-offline"]);

/** `<sealcam-copies-note .copies=${…}>`: how copies on the server stand, and why they stand still. Nothing where none are to be made. */
export class CopiesNote extends LitElement {
  static override properties = { copies: { attribute: false } };
  declare copies: CopyState | null;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
      }

      :host([hidden]) {
        display: none;
      }

      p {
        padding: var(--space-2) var(--space-4);
        border-radius: var(--round);
        background: var(--glass);
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
        text-align: center;
      }

      sealcam-fault {
        inline-size: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.copies = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { copies } = this;
    this.hidden = copies?.isKept !== true;
    if (copies?.isKept !== true) return nothing;
    const { why = null, refused = [], unfinished } = copies.progress ?? {};
    const box = why !== null && !passing.has(why) ? why : (refused[0] ?? null);
    return html`
      ${box === null ? nothing : html`<sealcam-fault code=${box}></sealcam-fault>`}
      <p role="status" data-role="copies" data-unfinished=${unfinished ?? ""} data-why=${why ?? ""}>${this.#line(copies)}</p>
    `;
  }

  #line({ progress }: CopyState): string {
    const t = texts().copies;
    if (progress === null) return t.looking;
    const { waiting, unfinished, confirmed, until, refused, why } = progress;
    if (why !== null && passing.has(why)) return t.still(faultText(why).what, formatSize(waiting));
    if (unfinished > 0)
      return until === null
        ? t.waiting(formatSize(waiting))
        : t.until(formatTime(until), formatSize(waiting));
    if (refused.length > 0) return t.refused(formatCount(refused.length));
    // All of nothing, or all as far as a server said that now refuses, would be no promise.
    if (why !== null) return t.stopped;
    return confirmed > 0 ? t.all : t.none;
  }
}
customElements.define("sealcam-copies-note", CopiesNote);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-copies-note": CopiesNote;
  }
}
