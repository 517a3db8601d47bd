import type { ErasedWhy, RecordingOrigin } from "../../apparatus/index.ts";

const origin: Record<RecordingOrigin, string> = {
  camera: "Recorded by the camera",
  viewer: "Recorded while viewing",
};

/** Why recordings went without a person, behind "3 recordings were erased:". */
const erasedWhy: Record<ErasedWhy, string> = {
  age: "older than you want them to get",
  size: "more than the size you chose",
  room: "no room for the recording that went on",
};

/** What `/recordings` says, in English. */
export const recordingsEn = {
  heading: "Recordings",
  lead: "What was recorded on this device, and what the server keeps. The pictures stay sealed: only the card opens them, and anybody with the camera number can check them.",
  here: "On this device",
  reading: "Reading the recordings on this device",
  none: "Nothing has been recorded here yet. While you view a camera, “Record” keeps what you see.",
  view: "View a camera",
  saving: "Saving a copy",
  erasing: "Erasing the recording",
  play: "Play",
  playOf: (when: string) => `Play: ${when}`,
  save: "Save a copy",
  saveOf: (when: string) => `Save a copy: ${when}`,
  keep: "Keep",
  keepOf: (when: string) => `Keep: ${when}`,
  erase: "Erase",
  eraseOf: (when: string) => `Erase: ${when}`,
  eraseAction: "Erase the recording",
  eraseHeading: (when: string) => `Erase the recording of ${when}?`,
  eraseWords: "This cannot be undone. Only a copy that you saved remains.",
  eraseKeptWords: "You wanted to keep this one. This cannot be undone. Only a copy that you saved remains.",
  origin,
  writing: "Being recorded now",
  noDuration: "Length not known",
  room: {
    heading: "Room on this device",
    used: (size: string) => `Recordings: ${size}`,
    free: (size: string) => `Free: ${size}`,
    lasts: (span: string) => `Enough for about ${span} at this quality.`,
    thenErases: "After that the oldest go, but for those you keep.",
    thenEnds: "After that, recording ends.",
    vanishes:
      "The browser may erase all of them by itself, also those you keep, when this device runs out of room. Save a copy of what matters.",
    stay: "Ask the browser not to",
    stays: "The browser has promised to erase none of them by itself.",
  },
  retention: {
    heading: "How long they stay",
    lead: "Looked after when a recording starts and while it goes on. What you keep always stays.",
    days: "Erase recordings after",
    dayCount: (days: number) => (days === 1 ? "1 day" : `${days} days`),
    noDays: "No limit",
    bytes: "All together at most",
    half: "Half of the room",
    noBytes: "No limit",
    never: "Never erase by itself",
    neverWords: "When the room is used up, recording ends.",
    due: (count: number) =>
      count === 1
        ? "The next recording will erase 1 of them."
        : `The next recording will erase ${count} of them.`,
  },
  erased: {
    heading: (count: number) => (count === 1 ? "1 recording was erased" : `${count} recordings were erased`),
    line: (count: string, why: string, size: string) => `${count}: ${why} (${size})`,
    why: erasedWhy,
    which: "Which ones",
    seen: "I have read it",
  },
};

export type RecordingsTexts = typeof recordingsEn;
