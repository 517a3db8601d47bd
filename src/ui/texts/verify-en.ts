import type { DisclosedPicture, ForeignFormat, Mp4Reason, RecordingReason } from "../../verify/index.ts";
import type { ReasonText } from "./codes.ts";

/** Reasons whose words for a live picture are right for a recording, too, or that no recording has. */
type Shared =
  | "waiting"
  | "version"
  | "earlier-stream"
  | "unremembered"
  | "epoch"
  | "commitment"
  | "tag"
  | "silent"
  | "codec"
  | "disconnected";
/** Of a recording: what was found, in a few words and in a sentence. */
export type RecordingReasonTexts = Record<Exclude<RecordingReason, Shared>, Omit<ReasonText, "todo">>;

const reasons: RecordingReasonTexts = {
  "camera-unknown": {
    short: "Unknown camera",
    what: "Nobody has vouched for this camera. Compare its number with the one the camera shows, type all of it above, or open its card.",
  },
  number: {
    short: "Another camera",
    what: "Its number is not the one you typed, or not on the open card.",
  },
  malformed: { short: "Unreadable data", what: "Some bytes are not what a sealed recording holds." },
  head: {
    short: "Start not signed",
    what: "The beginning is missing or not signed by its own key, so nothing can be said about the rest.",
  },
  "no-key": {
    short: "Key missing",
    what: "Pictures are sealed with a key that the open card does not have, or that was never announced.",
  },
  signature: { short: "Not signed", what: "Something is not signed by this camera for this recording." },
  tree: { short: "Pictures changed", what: "Pictures were changed after the camera signed them." },
  sequence: {
    short: "Out of order",
    what: "A picture stands twice or behind a later one, or the counts do not agree.",
  },
  ended: { short: "Something added", what: "Something was added behind the camera's signed end." },
  "not-sealed": { short: "Not sealed", what: "This is not a sealed file. Nobody can say where it is from." },
  incomplete: {
    short: "Incomplete",
    what: "The camera's signed end is missing: how much is gone behind the last picture, nobody can say.",
  },
  splice: { short: "Foreign part", what: "Something of another stream, or of none, was put in." },
  empty: { short: "Nothing in it", what: "There is not one good picture, sound or line of text in it." },
  receipt: {
    short: "Receipt does not fit",
    what: "A server's receipt is not for the pictures before it here, or was changed.",
  },
};

/** Of an MP4 beside its recording. */
const filmReasons: Record<Mp4Reason, Omit<ReasonText, "todo">> = {
  "mp4-closed": {
    short: "Recording closed",
    what: "Without its card the recording stays closed, so the MP4 cannot be compared. Open the card above.",
  },
  "mp4-foreign": {
    short: "Not from this recording",
    what: "The MP4 holds pictures or sound that this recording does not, in another order, or shown in another way.",
  },
  "mp4-gap": {
    short: "Pictures left out",
    what: "The MP4 leaves out a picture that one behind it builds on, so what a player shows there is none the camera saw.",
  },
  "mp4-moved": {
    short: "Times changed",
    what: "The MP4 shows pictures or plays sound at other times than they were captured.",
  },
  "mp4-unreadable": {
    short: "MP4 unreadable",
    what: "It is damaged, or not in the form of one that this app exports: another program may have written it anew.",
  },
};

const kinds: Record<DisclosedPicture["what"], string> = {
  raw: "One raw picture",
  key: "One picture",
  delta: "One picture",
  image: "One still",
  sound: "A piece of sound",
  text: "A line of text",
};

/** What a file is that is no sealed capture; the command line says the same. */
export const formats: Record<ForeignFormat, string> = {
  mp4: "an MP4 film",
  mov: "a QuickTime film",
  "3gp": "a 3GP film",
  webm: "a WebM or Matroska film",
  avi: "an AVI film",
  jpeg: "a JPEG picture",
  png: "a PNG picture",
  webp: "a WebP picture",
  heif: "a HEIC or HEIF picture",
  avif: "an AVIF picture",
  gif: "a GIF picture",
  tiff: "a TIFF picture",
  bmp: "a BMP picture",
  m4a: "M4A sound",
  wav: "WAV sound",
  ogg: "Ogg sound",
  flac: "FLAC sound",
  mp3: "MP3 sound",
  pdf: "a PDF document",
  zip: "a ZIP archive, or a document in one",
  gzip: "a gzip archive",
  text: "plain text",
  unknown: "a file of another kind",
};
/** What each track holds. */
const tracks: readonly [one: string, many: string][] = [
  ["Raw picture", "Raw pictures"],
  ["Picture", "Pictures"],
  ["Small picture", "Small pictures"],
  ["Piece of live sound", "Pieces of live sound"],
  ["Piece of the camera's recorded sound", "Pieces of the camera's recorded sound"],
  ["Line of text", "Lines of text"],
];

/** `/verify` in English. */
export const verifyEn = {
  heading: "Check a recording",
  lead: "Sealed recordings and disclosed pictures (.sealed) are checked here, on this device. No file leaves it.",
  drop: "Drop files here",
  choose: "Choose files",
  none: "Nothing to check yet.",
  vouchHeading: "Whose recording is it?",
  vouchLead: "A recording is called unchanged only when its camera is known: by its number, or by a card.",
  number: "Camera number",
  numberHint: "All 52 characters, in groups or not, from somebody you trust.",
  typed: {
    partial: (characters: number) => `${characters} of 52 characters. It counts once all of them are there.`,
    wrong: "This is no camera number: it has 52 characters, letters A to Z and digits 2 to 7.",
    whole: "All recordings below have to be of this camera.",
  },
  card: "Open a memory card",
  cardHint: "The cameras on it are known, and it opens each picture as a further check.",
  cardOpen: (name: string, cameras: number) =>
    `The card “${name}” is open, with ${cameras === 1 ? "1 camera" : `${cameras} cameras`}.`,
  eject: "Eject card",
  report: "Reports",
  waiting: "Waiting for its turn",
  judging: "Checking",
  guaranteed: "Unchanged since this camera sealed it.",
  notGuaranteed: "Not guaranteed.",
  unreadable: "Unreadable: this is not a sealed recording.",
  failed: "Not checked.",
  innocent: "What is there is unchanged since the camera with this number signed it.",
  camera: "Camera number",
  compare: "Compare it",
  pictures: "Good pictures",
  sounds: "Good pieces of sound",
  lines: "Good lines of text",
  missing: "Missing between and behind them",
  closed: "Content is closed",
  closedWords: "No picture was opened: that takes the card this camera is on. The seal is checked without.",
  openedWords: "Every good picture was opened with the card.",
  clock: "Time",
  existed: "Existed before",
  existedBefore: (time: string, frames: string) => `${time} (${frames} pictures, sounds and lines of text)`,
  saysServer: (number: string, isKnown: boolean) =>
    isKnown ? `says the server you named, number ${number}` : `says the server with number ${number}`,
  clockSays: (from: string, to: string) => `Camera clock says ${from} to ${to}`,
  noTime: "no time",
  notInIt: "Sealed, and not in it:",
  begins: (track: number, before: string, sealed: string | null, time: string) =>
    `${tracks[track]?.[1]}: the first ${before}${sealed === null ? "" : ` of ${sealed}`}. What is there begins at ${time}.`,
  /** `other`: the track that has the sound in the file, where this one is the other of sound. */
  absent: (track: number, sealed: string, other: number | null) =>
    `${tracks[track]?.[1]}: all ${sealed}.${other === null ? "" : ` In their place it has ${tracks[other]?.[1]?.toLowerCase()}.`}`,
  places: "Where",
  gaps: (count: string) => `Gaps: ${count}`,
  faults: (count: string) => `Faults: ${count}`,
  /** Frames of a track, by their numbers. */
  numbered: (from: string, to: string, track: number) =>
    from === to ? `${tracks[track]?.[0]} ${from}` : `${tracks[track]?.[1]} ${from} to ${to}`,
  says: (time: string) => `says ${time}`,
  after: (time: string) => `after ${time}`,
  endsAt: (offset: string, torn: string | null) =>
    `No signed end: it stops at byte ${offset}, behind the last whole part${torn === null ? "" : `, with ${torn} bytes of a broken one`}`,
  byte: (offset: string) => `byte ${offset}`,
  tiles: (count: string) => `changed parts: ${count}`,
  more: (count: string) => `and ${count} more`,
  play: "Play",
  playOf: (name: string) => `Play: ${name}`,
  remove: "Remove",
  removeOf: (name: string) => `Remove: ${name}`,
  disclosed: {
    guaranteed: (kind: string) => `${kind}, disclosed: unchanged since this camera sealed it.`,
    unchanged: "Unchanged since this camera sealed it",
    compare: "Camera not known: compare the number yourself",
    pictureOf: (time: string) => `The disclosed picture. Camera clock says ${time}`,
    what: "Disclosed",
    kinds,
    place: (kind: string, sequence: string, track: number) => `${kind}, number ${sequence} of track ${track}`,
    clockSays: (time: string) => `Camera clock says ${time}`,
    run: (count: string) => `It builds on pictures before it, which the file opens, too: ${count}.`,
    chosen: "It says nothing of what was before or after: who discloses chooses.",
    text: "It was typed at the camera, and says nothing of what the camera saw.",
    sound: "It is sound, and is not played here.",
    codec: "It is unchanged, but this browser cannot show it.",
  },
  notSealed: "Not a sealed file.",
  formats,
  foreign: (format: string) => `This is ${format}. Nobody can say where it is from.`,
  film: "An MP4 proves nothing by itself: give the recording it was made from, too, under the same name (.sealed), and open its card.",
  filmGuaranteed: "Every picture and sound in it is as this camera sealed it, at its time. It may be a part.",
  matched: (sealed: string, foreign: string, broken: string, moved: string, missing: string) =>
    `Parts of the MP4 that were sealed: ${sealed}. Foreign: ${foreign}. Over a gap: ${broken}. At another time: ${moved}. Parts of the recording that the MP4 has not: ${missing}. What follows is about its recording.`,
  filmReasons,
  reasons,
};
