import type { CopyFaultCode, FaultText } from "./codes.ts";

/** Copies of a camera's recordings on the server, in English. */
export const copiesEn = {
  keep: "Keep a copy on the server",
  keepWords: "Of all its recordings, also those already on this device. Sealed: the server cannot open them.",
  term: "On the server",
  looking: "Looking what is there",
  none: "Nothing to copy yet",
  stopped: "Nothing is copied now",
  waiting: (waiting: string) => `${waiting} waiting`,
  all: "All recordings are on the server",
  until: (time: string, waiting: string) => `On the server up to ${time}, ${waiting} waiting`,
  still: (what: string, waiting: string) => `${what} ${waiting} waiting.`,
  refused: (count: string) => `Recordings that are here alone: ${count}`,
  /** Recordings that lie on the camera, at a viewer. */
  onCamera: {
    show: "Recordings on the camera",
    heading: (name: string) => `Recordings on “${name}”`,
    lead: "They lie on the camera's own device and come from there, sealed. The live picture goes first.",
    asking: "Asking the camera",
    none: "The camera has recorded nothing of itself.",
    copying: (share: string) => `Copying, ${share}`,
    live: "Live picture",
    back: "Recordings on the camera",
  },
};
export type CopiesTexts = typeof copiesEn;

export const copyFaultsEn: Record<CopyFaultCode, FaultText> = {
  "copy-offline": {
    what: "The server does not answer.",
    means: "Nothing is lost: recordings wait on this device, and go on where they stopped.",
    todo: "Check the network. It is tried again by itself.",
  },
  "copy-none": {
    what: "This server keeps no recordings.",
    means: "They stay on this device alone.",
    todo: "Update the server, or turn copies off.",
  },
  "copy-not-registered": {
    what: "The server takes no recordings of this camera.",
    means:
      "It is not registered with an account there, or was removed. Recordings stay on this device alone.",
    todo: "Register it with your account on the device that has the card. It is tried again by itself.",
    link: { path: "/account", words: "Account" },
  },
  "copy-full": {
    what: "The account's room on the server is used up.",
    means: "What is kept or new there leaves no room. Recordings wait on this device.",
    todo: "Erase recordings on the server. It is tried again by itself.",
  },
  "copy-answer": {
    what: "The server gives no sensible answer.",
    means: "It may be another version, or something in between answers. Nothing counts as copied.",
    todo: "Reload the page. It is tried again by itself.",
  },
  "copy-refused": {
    what: "The server refused a recording.",
    means: "What stood before the refused part is there; the whole is on this device.",
    todo: "Save a copy of it, and have it checked on /verify.",
    link: { path: "/recordings", words: "Recordings" },
  },
  "copy-disagrees": {
    what: "The server says that it has what it was never sent.",
    means: "It is broken or lies. This recording does not count as copied, and stays on this device.",
    todo: "Reload the page to try again, and ask who runs the server.",
  },
  "copy-damaged": {
    what: "A recording is damaged on this device.",
    means: "What stands before the damage was copied.",
    todo: "Save a copy of it, and have it checked on /verify.",
    link: { path: "/recordings", words: "Recordings" },
  },
  "copy-too-long": {
    what: "A recording has pictures too large for the server.",
    means: "What stands before them was copied; the whole is on this device.",
    todo: "Save a copy of it.",
    link: { path: "/recordings", words: "Recordings" },
  },
};
