import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { AlarmNow, ResumedNow } from "../models/snapshots.ts";
import { formatDuration, texts } from "../texts/index.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** `<sealcam-alarm .alarm .resumed>`: says that a camera's pictures stopped and why, and that they came again. Both regions are always there, so that they are read out. */
export class AlarmNote extends LitElement {
  static override properties = { alarm: { attribute: false }, resumed: { attribute: false } };
  declare alarm: AlarmNow | null;
  /** null: nothing to be said. */
  declare resumed: ResumedNow | null;

  static override styles = [
    base,
    css`
      :host {
        display: block;
        max-inline-size: 30rem;
        color: var(--ink);
      }

      .box {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-1) var(--space-3);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--state-0-wait);
        border-radius: var(--round);
        background: var(--glass);
        backdrop-filter: blur(16px);
        overflow-wrap: anywhere;
      }

      .box.refused {
        border-color: var(--state-0);
      }

      .box p {
        grid-column: 2;
      }

      .again {
        padding: var(--space-2) var(--space-4);
        border-radius: var(--round);
        background: var(--glass);
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    this.alarm = null;
    this.resumed = null;
  }

  override render(): TemplateResult {
    const t = texts().live.alarm;
    const { alarm, resumed } = this;
    return html`<div role="alert">${alarm === null ? nothing : this.#banner(alarm)}</div>
      <div role="status">
        ${
          resumed === null
            ? nothing
            : html`<div class="again" data-role="resumed" data-ending=${resumed.ending ?? nothing}>
                <p>${t.resumed(formatDuration(Math.round(resumed.after / 1000)))}</p>
                ${resumed.ending === null ? nothing : html`<p>${t.endings[resumed.ending]}</p>`}
              </div>`
        }
      </div>`;
  }

  #banner({ reason, ending, after }: AlarmNow): TemplateResult {
    const t = texts();
    const has = isStop(reason);
    return html`<div
      class=${has ? "box" : "box refused"}
      data-role="alarm"
      data-reason=${reason}
      data-ending=${ending ?? nothing}
      data-after=${Math.round(after)}
    >
      ${icon("attention")}
      <strong>${has ? t.live.alarm.stopped : t.live.alarm.refused}</strong>
      <p>${has ? (ending === null ? t.live.alarm.what[reason] : t.live.alarm.endings[ending]) : t.reasons[reason].what}</p>
    </div>`;
  }
}
customElements.define("sealcam-alarm", AlarmNote);

const stops = ["silent", "ended", "disconnected"] as const;

/** Whether it says that nothing comes any more, and not that something else came than the camera's picture. */
export const isStop = (reason: AlarmNow["reason"]): reason is (typeof stops)[number] =>
  (stops as readonly string[]).includes(reason);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-alarm": AlarmNote;
  }
}
