import type { KeyStatus } from "../models/snapshots.ts";

const causes: Record<KeyStatus["cause"], string> = {
  begin: "the stream began",
  interval: "its time was over",
  asked: "you asked for it",
  recipients: "who may view has changed",
  "second-sensor": "a second camera seems to use this camera's key",
  counter: "this device's memory of its streams was put back",
  device: "another capture device took this one's place",
  proofs: "somebody seems to guess at keys or passwords",
};

/** What a camera seals with, and what that looks like from outside, in English. */
export const sealingEn = {
  network: {
    name: "What the network sees",
    words: "The sealed bytes in place of the picture.",
    meaning:
      "Every dot is three bytes of a sealed picture. Without the card they are noise. How many there are, and when, can be seen by anybody on the way.",
    label: "What the network sees: the bytes of a sealed picture, as coloured dots",
    waiting: "Waiting for the next sealed picture",
    drawn: (number: string, size: string, viewers: number) => {
      const to =
        viewers === 0 ? "sent to nobody" : viewers === 1 ? "sent to 1 viewer" : `sent to ${viewers} viewers`;
      return `Sealed picture ${number} · ${size} · ${to}`;
    },
    idle: "Nobody is viewing: drawn here, sent to nobody.",
  },
  key: {
    heading: "Keyed by light",
    health: {
      good: {
        name: "Good",
        meaning:
          "Light from a picture that is never sent went into the key, beside this device's random numbers.",
      },
      uneven: {
        name: "No light",
        meaning:
          "Too dark or too bright: this device's random numbers alone made the key. That is enough to go on.",
      },
      regular: {
        name: "No light",
        meaning:
          "The picture's noise repeats itself: this device's random numbers alone made the key. That is enough to go on.",
      },
      none: {
        name: "No light",
        meaning: "This device's random numbers alone made the key. That is enough to go on.",
      },
    },
    usable: (share: string) => `${share} of the picture neither black nor blown out`,
    causes,
    last: "Last change",
    next: "Next change",
    nextWords: (time: string) => `by ${time}`,
    every: "Change every",
    change: "Change now",
    changing: "Changing",
    why: "Why?",
    number: "Key",
    numberWords: (count: string) => `Number ${count} of this stream`,
    tries: "Pictures tried",
    triesWords: (count: string) => `${count}, all of them erased, none sent`,
    noise: "Noise",
    noiseWords: (bits: string) => `About ${bits} bits in a picture. An estimate; nothing rests on it.`,
    how: "Numbers from the picture's pixels are hashed (SHA-256) and mixed with 32 bytes of this device's random generator (HKDF). Light adds to those and never replaces them.",
  },
};

export type SealingTexts = typeof sealingEn;
