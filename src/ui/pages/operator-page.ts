import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { CheckedFile, OperatorSnapshot, StoredName } from "../models/snapshots.ts";
import "../parts/camera-number.ts";
import "../parts/fault.ts";
import { icon } from "../parts/icons.ts";
import "../parts/recording-report.ts";
import { recordingRows } from "../parts/recording-rows.ts";
import { isInnocent } from "../parts/report-lines.ts";
import "../parts/state-icon.ts";
import { base, buttons, column } from "../parts/styles.ts";
import "../parts/wait.ts";
import { formatCount, formatMoment, formatSize, texts } from "../texts/index.ts";
import { Page } from "./page.ts";

type Camera = OperatorSnapshot["cameras"][number];
type Recording = Camera["recordings"][number];

/** `/operator`: whether what the server keeps comes from its camera unchanged, for who manages that. Opens nothing. */
export class OperatorPage extends Page<OperatorSnapshot> {
  static override styles = [
    base,
    buttons,
    column,
    recordingRows,
    css`
      section {
        display: grid;
        gap: var(--space-2);
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }

      h2 {
        display: grid;
        gap: 2px;
        overflow-wrap: anywhere;
      }

      h2 .quiet {
        font-weight: var(--regular);
      }

      summary {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--space-3);
        min-block-size: var(--touch);
        cursor: pointer;
      }

      summary p {
        display: grid;
      }

      summary > svg {
        color: var(--ink-2);
        transition: rotate var(--quick);
      }

      [open] > summary > svg {
        rotate: 90deg;
      }

      summary sealcam-state-icon {
        inline-size: 32px;
        block-size: 32px;
      }

      [data-state="ST1"] sealcam-state-icon {
        color: var(--state-1);
      }

      [data-state="ST0"] sealcam-state-icon {
        color: var(--state-0);
      }

      [data-tone="wait"] sealcam-state-icon {
        color: var(--state-0-wait);
      }

      sealcam-recording-report {
        padding-block-start: var(--space-3);
      }

      .row-line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }

      .row-line p {
        display: grid;
      }
    `,
  ];

  protected override stepOf(snapshot: OperatorSnapshot): string {
    return snapshot.step;
  }

  override render(): TemplateResult {
    const t = texts().stored;
    const now = this.snapshot;
    return html`
      <header>
        <h1 tabindex="-1">${t.operator.heading}</h1>
        <p class="lead">${t.operator.lead}</p>
      </header>
      ${now?.fault == null ? nothing : html`<sealcam-fault code=${now.fault}></sealcam-fault>`}
      ${now?.again === undefined ? nothing : html`<p><button @click=${now.again}>${t.again}</button></p>`}
      ${now === null || (now.step === "reading" && now.fault === null) ? html`<sealcam-wait>${t.reading}</sealcam-wait>` : nothing}
      ${now?.step === "out" || now?.step === "none" ? signIn() : nothing}
      ${now?.step === "here" && now.cameras.length === 0 ? html`<p class="quiet">${t.operator.noCameras}</p>` : nothing}
      ${
        now?.step === "here"
          ? repeat(
              now.cameras,
              ({ number }) => number,
              (camera) => cameraPart(now, camera),
            )
          : nothing
      }
      <p><a class="button plain flush" href="/recordings">${icon("back", 20)} ${t.operator.back}</a></p>
    `;
  }
}
customElements.define("sealcam-operator-page", OperatorPage);

const signIn = (): TemplateResult => {
  const t = texts().stored;
  return html`<p class="quiet">${t.out}</p>
    <p><a class="button primary" href="/account">${icon("person", 20)} ${t.signIn}</a></p>`;
};

const cameraPart = (now: OperatorSnapshot, { number, owner, own, recordings }: Camera): TemplateResult => {
  const t = texts().stored;
  const { checkAll } = now;
  return html`<section data-camera=${number}>
    <div class="head">
      <h2>
        <sealcam-camera-number copyable number=${number}></sealcam-camera-number>
        ${own ? nothing : html`<span class="small quiet">${t.ownerIs(owner)}</span>`}
      </h2>
      ${
        checkAll === undefined || recordings.length === 0
          ? nothing
          : html`<button class="primary" @click=${() => checkAll(number)}>${t.operator.checkAll}</button>`
      }
    </div>
    <p class="small quiet" role="status" data-role="sum">
      ${recordings.length === 0 ? t.none : sumWords(recordings)}
    </p>
    <ul class="recordings">
      ${repeat(
        recordings,
        ({ entry }) => entry.hash,
        (one) =>
          html`<li data-hash=${one.entry.hash}>${row(now, { camera: number, hash: one.entry.hash }, one)}</li>`,
      )}
    </ul>
  </section>`;
};

const row = (now: OperatorSnapshot, name: StoredName, { entry, check }: Recording): TemplateResult => {
  const t = texts().stored;
  const when = formatMoment(entry.first);
  const ask = now.check;
  if (check?.step === "judged") return judged(when, check);
  if (check !== null && check.step !== "failed")
    return html`<sealcam-recording-report .file=${{ ...check, name: when }}></sealcam-recording-report>`;
  return html`<div class="row-line">
      <p>
        <strong>${when}</strong>
        <span class="small quiet">
          ${formatSize(entry.bytes)} · ${t.frames(formatCount(entry.frames))} ·
          ${entry.isWriting ? t.writing : entry.isComplete ? t.complete : t.upTo(formatMoment(entry.last))}
        </span>
      </p>
      ${
        ask === undefined
          ? nothing
          : html`<button aria-label=${t.operator.checkOf(when)} @click=${() => ask(name)}>${t.operator.check}</button>`
      }
    </div>
    ${check?.fault == null ? nothing : html`<sealcam-fault code=${check.fault}></sealcam-fault>`}`;
};

/** In a line; the whole report behind it, open at once where it is not guaranteed. */
const judged = (when: string, check: CheckedFile): TemplateResult => {
  const t = texts().verify;
  const report = check.judgement?.kind === "recording" ? check.judgement.report : null;
  const isCalm = report !== null && report.state === "ST0" && isInnocent(report);
  return html`<details
    ?open=${!isGood(check) && !isCalm}
    data-role="judged"
    data-state=${report?.state ?? "ST0"}
    data-tone=${isCalm ? "wait" : nothing}
  >
    <summary>
      <sealcam-state-icon state=${report?.state ?? "ST0"}></sealcam-state-icon>
      <p>
        <strong>${when}</strong>
        <span class="small">${isGood(check) ? t.guaranteed : isCalm ? t.innocent : t.notGuaranteed}</span>
      </p>
      ${icon("forward", 20)}
    </summary>
    <sealcam-recording-report .file=${{ ...check, name: when }}></sealcam-recording-report>
  </details>`;
};

const sumWords = (recordings: readonly Recording[]): string => {
  const checked = recordings.flatMap(({ check }) => (check?.step === "judged" ? [check] : []));
  const count = (list: readonly unknown[]): string => formatCount(list.length);
  return texts().stored.operator.sum(count(checked), count(recordings), count(checked.filter(isGood)));
};

const isGood = ({ judgement }: CheckedFile): boolean =>
  judgement?.kind === "recording" && judgement.report.state === "ST1";

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-operator-page": OperatorPage;
  }
}
