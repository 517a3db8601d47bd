import { html, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { otherSound, type RecordingReport } from "../../verify/index.ts";
import { formatCount, texts } from "../texts/index.ts";
import { timeWords } from "./recording-words.ts";

/** How many good pictures there are, and how much sound and text, for a `dl`. */
export const goodCounts = ({ good }: Pick<RecordingReport, "good">): TemplateResult => {
  const t = texts().verify;
  const { pictures, sounds, texts: lines } = good;
  const line = (name: string, count: number): TemplateResult =>
    html`<div><dt>${name}</dt><dd>${formatCount(count)}</dd></div>`;
  return html`${line(t.pictures, pictures)}${sounds > 0 ? line(t.sounds, sounds) : nothing}${
    lines > 0 ? line(t.lines, lines) : nothing
  }`;
};

/** What the camera sealed before each track begins, and tracks of which there is nothing [SR7]. */
export const notInIt = ({
  tracks,
  absent,
}: Pick<RecordingReport, "tracks" | "absent">): TemplateResult | typeof nothing => {
  const t = texts().verify;
  const lines = [
    ...tracks
      .filter(({ first }) => first.sequence > 0)
      .map(({ track, first: { sequence, captured }, sealed }) =>
        t.begins(
          track,
          formatCount(sequence),
          sealed === null ? null : formatCount(sealed),
          timeWords(captured),
        ),
      ),
    ...absent.map(({ track, frames }) => t.absent(track, formatCount(frames), otherSound({ tracks }, track))),
  ];
  if (lines.length === 0) return nothing;
  return html`<div class="small quiet" data-role="not-in-it">
    <p>${t.notInIt}</p>
    <ul>
      ${map(lines, (line) => html`<li>${line}</li>`)}
    </ul>
  </div>`;
};
