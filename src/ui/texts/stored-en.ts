import type { FaultText } from "./codes.ts";

/** What can go wrong with what the server keeps, in English. */
export const storedFaultsEn = {
  "stored-none": {
    what: "The server has no such recording for you.",
    means: "It was erased or was too old, your right to it was taken back, or you are signed out.",
    todo: "Sign in, then look at the list again.",
    link: { path: "/account", words: "Account" },
  },
  "stored-answer": {
    what: "The server gave something else than was asked for.",
    means: "Nothing of that answer was used. What is sealed cannot be changed by it unseen.",
    todo: "Try again. If it stays, tell whoever runs the server.",
  },
} satisfies Record<string, FaultText>;

/** What is said of recordings that the server keeps, in English. */
export const storedEn = {
  heading: "On the server",
  reading: "Asking the server",
  out: "Sign in to see what the server keeps of your cameras.",
  signIn: "Account",
  noCameras: "No camera of this account, and none that is shared with it, has recordings for you here.",
  none: "Nothing of this camera is on the server.",
  ownerIs: (owner: string) => `Camera of ${owner}`,
  again: "Try again",
  room: (used: string, of: string) => `${used} of ${of} used`,
  roomNoLimit: (used: string) => `${used} used`,
  roomWords: "When it is full the oldest go, but for those that are to be kept.",
  complete: "Complete",
  upTo: (time: string) => `There up to ${time}, without its end`,
  writing: "Being stored now",
  frames: (count: string) => `Pictures and sounds: ${count}`,
  until: (day: string) => `Stays until ${day}`,
  stays: "Stays until somebody erases it",
  protect: "Keep",
  protectOf: (when: string) => `Keep: ${when}`,
  erasing: "Erasing it from the server",
  eraseHeading: (when: string) => `Erase the recording of ${when} from the server?`,
  eraseWords: "This cannot be undone, and it is gone for everybody the camera is shared with.",
  eraseProtectedWords:
    "It is to be kept. This cannot be undone, and it is gone for everybody the camera is shared with.",
  eraseAction: "Erase from the server",
  check: "Check them without a card",
  operator: {
    heading: "Check what the server keeps",
    lead: "Whether it comes from the camera, unchanged and in order. No card is needed: only seals are checked here, and no picture is opened.",
    noCameras: "You manage no camera that has recordings on this server.",
    all: "Show all cameras",
    back: "Recordings",
    checkAll: "Check all",
    check: "Check",
    checkOf: (when: string) => `Check: ${when}`,
    sum: (checked: string, of: string, good: string) => `Checked: ${checked} of ${of}. Guaranteed: ${good}.`,
    when: "Recording of",
  },
};

export type StoredTexts = typeof storedEn;
