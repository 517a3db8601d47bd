import { html, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { type CheckResult, checkNames, type Reason, type Verdict } from "../../verify/index.ts";
import { formatCount, formatTime, texts } from "../texts/index.ts";
import "./camera-number.ts";
import { shortDevice } from "./device-name.ts";
import { type IconName, icon } from "./icons.ts";
import "./state-icon.ts";

/** The judgement before anything was judged. */
export const nothingYet: Verdict = {
  state: "ST0",
  reason: "waiting",
  live: false,
  checks: {
    number: "not-run",
    signature: "not-run",
    tree: "not-run",
    commitment: "not-run",
    sequence: "not-run",
    live: "not-run",
  },
  recovering: 0,
  changedTiles: [],
  missing: 0,
};

/** Reasons that accuse nobody: nothing came, or the camera said that it stopped. Amber; all others are red. */
const patient: ReadonlySet<Reason> = new Set(["waiting", "silent", "ended", "disconnected"]);

/** What a guarantee is drawn from. */
export interface GuaranteeView {
  readonly verdict: Verdict;
  /** What the camera calls its capture device; null while that is not known. */
  readonly device: string | null;
  /** Full base32, or "" while unknown. */
  readonly number: string;
  /** Never live: said so, and not asked among the checks. */
  readonly isRecording?: boolean;
  /** The sensor's own pixels, not a picture that was coded of them. */
  readonly isLossless: boolean;
  readonly whyOpen: boolean;
  readonly toggled: (event: Event) => void;
}

/** The sentence that is read out when the state changes. */
export function announcement(verdict: Verdict, device: string | null, isRecording = false): string {
  const t = texts();
  if (verdict.state === "ST0") {
    const reason = t.reasons[verdict.reason ?? "waiting"];
    if (isRecording)
      return `${t.states.ST0.name}. ${reasonWords(verdict.reason ?? "waiting", isRecording).what}`;
    return `${t.states.ST0.name}. ${reason.what} ${reason.todo}`;
  }
  const state = t.states[verdict.state];
  const live = verdict.live ? t.picture.live : isRecording ? t.player.recording : t.picture.notLive;
  return `${state.name} ${state.sentence(device)}. ${live}`;
}

/** True where the fall to ST0 must interrupt: everything but the quiet wait for a first picture. */
export function isAlarm(verdict: Verdict): boolean {
  return verdict.state === "ST0" && verdict.reason !== "waiting";
}

/** How a state is coloured: nothing wrong, patience, or an accusation. */
export function toneOf({ state, reason = "waiting" }: Verdict): "good" | "wait" | "alarm" {
  if (state !== "ST0") return "good";
  return patient.has(reason) ? "wait" : "alarm";
}

const resultIcons: Record<CheckResult, IconName> = { passed: "check", failed: "cross", "not-run": "dash" };

/** Of a recording some reasons are said in other words: nothing arrives, and nothing is waited for. */
function reasonWords(
  reason: Reason,
  isRecording: boolean,
): { readonly short: string; readonly what: string } {
  const t = texts();
  const recorded: Partial<Record<Reason, { readonly short: string; readonly what: string }>> = {
    ...t.verify.reasons,
    waiting: t.player.hole,
  };
  return (isRecording ? recorded[reason] : undefined) ?? t.reasons[reason];
}

/** The state of a picture in one place: seal, words, and "why?" with every check in plain and in exact words. */
export function guarantee(view: GuaranteeView): TemplateResult {
  const t = texts();
  const { verdict } = view;
  const reason = verdict.state === "ST0" ? (verdict.reason ?? "waiting") : undefined;
  const words = reason === undefined ? undefined : reasonWords(reason, view.isRecording === true);
  return html`<details
    class="guarantee"
    data-role="guarantee"
    data-state=${verdict.state}
    data-live=${verdict.live ? "yes" : "no"}
    data-reason=${reason ?? nothing}
    data-tone=${toneOf(verdict)}
    ?open=${view.whyOpen}
    @toggle=${view.toggled}
  >
    <summary>
      <sealcam-state-icon class="seal" state=${verdict.state}></sealcam-state-icon>
      <span class="words">
        <span class="name">
          <strong>${t.states[verdict.state].name}</strong>
          ${
            reason === undefined
              ? view.isRecording
                ? html`<span class="live" title=${t.player.recordingExact}>${t.player.recording}</span>`
                : html`<span class="live" title=${verdict.live ? t.picture.liveExact : t.picture.notLiveExact}
                    >${verdict.live ? t.picture.live : t.picture.notLive}</span
                  >`
              : nothing
          }
        </span>
        <span class="sentence">
          ${
            reason === undefined
              ? t.states[verdict.state].sentence(view.device === null ? null : shortDevice(view.device))
              : html`<span class="narrow">${words?.short}</span><span class="wide">${words?.what}</span>`
          }
          <span class="why">${t.picture.why}</span>
        </span>
      </span>
    </summary>
    ${view.whyOpen ? because(view, reason) : nothing}
  </details>`;
}

function because(view: GuaranteeView, reason: Reason | undefined): TemplateResult {
  const t = texts();
  const { verdict } = view;
  return html`<div class="because" tabindex="0" role="group" aria-label=${t.picture.why}>
    ${
      reason === undefined
        ? html`<section>
            <h3>${t.picture.shows}</h3>
            <p>${(view.isLossless ? t.picture.showsST1 : t.picture.showsCodedST1)(view.device)}</p>
            <h3>${t.picture.notShows}</h3>
            <p>${t.picture.notShowsST1}</p>
          </section>`
        : html`<section>
            <p>${reasonWords(reason, view.isRecording === true).what}</p>
            ${view.isRecording ? nothing : html`<h3>${t.picture.todo}</h3><p>${t.reasons[reason].todo}</p>`}
          </section>`
    }
    <section>
      <h3>${t.picture.checks}</h3>
      <ul class="checks">
        ${map(
          checkNames.filter((name) => !(view.isRecording && name === "live")),
          (name) => html`<li data-result=${verdict.checks[name]}>
            ${icon(resultIcons[verdict.checks[name]], 20)}
            <p>
              <span class="plain-words">${t.checks[name].plain}</span
              ><span class="hidden-text">: ${t.checkResults[verdict.checks[name]]}</span>
              <span class="exact">${t.checks[name].exact}</span>
            </p>
          </li>`,
        )}
      </ul>
    </section>
    <dl>
      ${view.number === "" ? nothing : fact(t.picture.number, html`<sealcam-camera-number copyable number=${view.number}></sealcam-camera-number>`)}
      ${verdict.frame === undefined ? nothing : fact(t.picture.sequence, formatCount(verdict.frame.sequence))}
      ${verdict.frame === undefined ? nothing : fact(t.picture.captured, formatTime(verdict.frame.captured))}
      ${fact(t.picture.missing, t.picture.missingWords(verdict.missing))}
    </dl>
  </div>`;
}

function fact(term: string, words: string | TemplateResult): TemplateResult {
  return html`<div><dt>${term}</dt><dd>${words}</dd></div>`;
}
