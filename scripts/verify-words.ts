import type { Match } from "../src/media/index.ts";
import {
  type DisclosedPicture,
  type DisclosedReport,
  type Mp4Reason,
  type Mp4Report,
  otherSound,
  type RecordingReason,
  type RecordingReport,
} from "../src/verify/index.ts";

/** What a person at a terminal reads for each reason. */
const sentences: Record<RecordingReason | Mp4Reason, string> = {
  waiting: "There is no picture.",
  "camera-unknown": "Nobody has vouched for this camera: compare its number, or give --camera or --card.",
  number: "This is another camera: its number is not the one given, or not on the card.",
  malformed: "Some bytes are not what a sealed recording holds.",
  version: "It is written in a format that this version does not know.",
  head: "The beginning is missing or not signed by its own key, so nothing can be said.",
  "earlier-stream": "This stream is older than one that was seen.",
  unremembered: "The newest stream of this camera could not be remembered here.",
  epoch: "The announcement of a key is not signed by the camera for this stream.",
  "no-key": "Pictures are sealed to a key that is not on the card, or was never announced.",
  signature: "Something is not signed by this camera for this stream.",
  tree: "Pictures were changed after the camera signed them.",
  commitment: "The key that would open a picture is not the one the camera committed to.",
  tag: "The cipher refuses a picture.",
  sequence: "A picture stands twice, or behind a later one.",
  codec: "A picture cannot be shown here.",
  silent: "Nothing has arrived.",
  ended: "Something was added behind the camera's signed end.",
  disconnected: "The connection was lost.",
  "not-sealed": "This is not a sealed file; nobody can say where it is from.",
  incomplete: "The camera's signed end is missing: how much is gone behind the last picture, nobody can say.",
  splice: "Something of another stream, or of none, was put in.",
  empty: "There is not one good picture, sound or line of text in it.",
  receipt: "A server's receipt is not for the pictures before it here, or was changed.",
  "mp4-closed": "The recording is closed without its card, so the MP4 cannot be compared: give --card.",
  "mp4-foreign":
    "The MP4 holds pictures or sound that this recording does not, in another order, or shown in another way.",
  "mp4-gap":
    "The MP4 lacks pictures that others in it build on: what a player shows there, the camera never saw.",
  "mp4-moved": "The MP4 shows pictures or plays sound at other times than they were captured.",
  "mp4-unreadable":
    "The MP4 is damaged, or is not in the form of one that this app exports: another program may have written it anew.",
};

/** Lines listed of each kind before the rest is only counted. */
const listed = 20;

const time = (ms: number | null | undefined): string =>
  ms == null || ms > 8.64e15 ? "no time" : new Date(ms).toISOString();

const grouped = (number: string): string => number.replace(/(.{4})(?=.)/g, "$1 ");

/** What each track holds. */
const held = [
  ...[
    "raw pictures",
    "pictures",
    "small pictures",
    "pieces of live sound",
    "pieces of the camera's recorded sound",
    "lines of text",
  ],
];
const heldBy = (track: number): string => held[track] ?? `frames of track ${track}`;

const toldGood = ({ frames, good, opened }: RecordingReport | Mp4Report): string =>
  [
    `Good pictures: ${good.pictures}`,
    ...(good.sounds > 0 ? [`pieces of sound: ${good.sounds}`] : []),
    ...(good.texts > 0 ? [`lines of text: ${good.texts}`] : []),
    ...(frames === 0 ? [] : [opened ? "opened with the card" : "content closed"]),
  ].join(", ");

/** What the camera sealed before each track begins, and tracks of which there is nothing. */
const toldNotInIt = ({ tracks, absent }: RecordingReport | Mp4Report): string[] => {
  const late = tracks.filter(({ first }) => first.sequence > 0);
  const lines = [
    ...late.map(({ track, first: { sequence, captured }, sealed }) => {
      const of = sealed === null ? "" : ` of ${sealed}`;
      return `  ${heldBy(track)}: the first ${sequence}${of}; what is there begins at ${time(captured)}`;
    }),
    ...absent.map(({ track, frames }) => {
      const other = otherSound({ tracks }, track);
      const instead = other === null ? "" : `; in their place it has ${heldBy(other)}`;
      return `  ${heldBy(track)}: all ${frames}${instead}`;
    }),
  ];
  return lines.length === 0 ? [] : ["Sealed, and not in it:", ...lines];
};

/** A server's word: whose, and of how much. */
const toldExisted = ({
  server,
  isKnown,
  frames,
  time: before,
}: RecordingReport["existedBefore"][number]): string => {
  const who = isKnown ? "the server you named" : "the server with number";
  return `Existed before ${time(before)}: ${frames} of them, says ${who} ${grouped(server)}`;
};

/** The report in short sentences. */
export const told = (report: RecordingReport | Mp4Report): string => {
  const { state, reasons, frames, camera, gaps, gapCount, missing, faults, faultCount, cut, from, to } =
    report;
  const lines: string[] = [];
  const mp4 = "mp4" in report ? report.mp4 : undefined;
  if (state === "ST1" && mp4)
    lines.push(
      "Guaranteed: every picture and sound in it is as this camera sealed it, at its time. It may be a part.",
    );
  else if (state === "ST1") lines.push("Guaranteed: unchanged since this camera sealed it.");
  else if (!report.readable) lines.push("Unreadable: this is no sealed recording.");
  else lines.push("Not guaranteed.");
  for (const reason of reasons) lines.push(`  ${reason}: ${sentences[reason]}`);
  if (cut && report.readable) {
    const torn = cut.torn === 0 ? "" : `; ${cut.torn} bytes follow that are no whole item`;
    lines.push(`  It ends at byte ${cut.offset}, behind the last whole item${torn}.`);
  }
  if (state === "ST0" && reasons.every((reason) => innocent.has(reason)) && frames > 0)
    lines.push("  What is there is unchanged since the camera with this number signed it.");
  if (mp4) lines.push(...toldMatch(mp4));
  if (mp4 !== undefined) lines.push("Of the recording:");
  if (camera) lines.push(`Camera number ${grouped(camera)}`);
  lines.push(toldGood(report));
  if (frames > 0) lines.push(`Camera clock says ${time(from)} to ${time(to)}`);
  lines.push(...report.existedBefore.map(toldExisted));
  lines.push(...toldNotInIt(report));
  if (missing > 0) lines.push(`Missing between and behind them: ${missing}`);
  for (const gap of gaps.slice(0, listed)) {
    const which = gap.from === gap.to ? `${gap.from}` : `${gap.from} to ${gap.to}`;
    const after = gap.after === null ? "with none before" : `after ${time(gap.after)}`;
    lines.push(`  ${heldBy(gap.track)}, ${which}, ${after}, at byte ${gap.offset}`);
  }
  if (gapCount > listed) lines.push(`  and ${gapCount - Math.min(listed, gaps.length)} more gaps`);
  if (faultCount > 0) lines.push(`Faults: ${faultCount}`);
  for (const fault of faults.slice(0, listed)) {
    const claims =
      fault.sequence === undefined
        ? ""
        : `, ${heldBy(fault.track ?? 0)}, ${fault.sequence}, says ${time(fault.captured)}`;
    const tiles = fault.tiles ? `, changed tiles ${fault.tiles.join(" ")}` : "";
    lines.push(`  ${fault.reason} at byte ${fault.offset}${claims}${tiles}`);
  }
  if (faultCount > listed) lines.push(`  and ${faultCount - Math.min(listed, faults.length)} more faults`);
  return lines.join("\n");
};

/** What a disclosed picture is called, by its kind. */
const disclosed: Record<DisclosedPicture["what"], string> = {
  raw: "a raw picture",
  key: "a picture",
  delta: "a picture",
  image: "a still",
  sound: "a piece of sound",
  text: "a line of text",
};

/** The verdict on a disclosed picture in short sentences. */
export const toldDisclosed = ({
  state,
  reasons,
  camera,
  picture,
  frames,
  readable,
}: DisclosedReport): string => {
  const lines: string[] = [];
  if (state === "ST1")
    lines.push("Guaranteed: this disclosed picture is unchanged since this camera sealed it.");
  else lines.push(readable ? "Not guaranteed." : "Unreadable: this is no disclosed picture.");
  for (const reason of reasons) lines.push(`  ${reason}: ${sentences[reason]}`);
  if (frames > 0 && reasons.every((reason) => innocent.has(reason)) && state === "ST0")
    lines.push("  What is there is unchanged since the camera with this number signed it.");
  if (camera) lines.push(`Camera number ${grouped(camera)}`);
  if (picture) {
    const { what, sequence, track, captured } = picture;
    lines.push(`Disclosed: ${disclosed[what]}, number ${sequence} of track ${track}`);
    lines.push(`Camera clock says ${time(captured)}`);
  }
  if (frames > 0) lines.push(`Opened with the keys in the file: ${frames}`);
  lines.push("It says nothing of what was before or after: who discloses chooses.");
  return lines.join("\n");
};

/** How a packet of an MP4 differs. */
const ways = { foreign: "foreign", broken: "over a gap", moved: "moved" } as const;

/** How an MP4 compares with its recording. */
const toldMatch = ({ matched, foreign, broken, moved, missing, first }: Match): string[] => {
  const lines = [
    `Packets of the MP4 that were sealed: ${matched}, foreign: ${foreign}, over a gap: ${broken}, at another time: ${moved}`,
  ];
  if (first) {
    const what = first.kind === "video" ? "picture" : "sound";
    const at = (first.time / 1000).toFixed(3);
    lines.push(
      `  The first difference: ${what} ${first.index}, at ${at} s of the MP4, is ${ways[first.why]}`,
    );
  }
  if (missing > 0) lines.push(`Packets of the recording that the MP4 has not: ${missing}`);
  return lines;
};

/** Reasons that say nothing against what is there. */
const innocent: ReadonlySet<RecordingReason | Mp4Reason> = new Set(["camera-unknown", "incomplete"]);
