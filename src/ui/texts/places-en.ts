import type { FaultText } from "./codes.ts";

/** What can go wrong with where a card lies, in English. */
export const placeFaultsEn = {
  "card-removed": {
    what: "What the card lies on was pulled out.",
    means: "Pictures have stopped, and its keys are no longer in this tab.",
    todo: "Plug it in again, choose it again, and open the card.",
  },
  "medium-gone": {
    what: "What the card lies on cannot be read any more.",
    means:
      "It was pulled out, or another program has it. A card on it is as it was, or as it was to become, never half of both.",
    todo: "Plug it in again and choose it again.",
  },
  "medium-denied": {
    what: "Nothing may be written there.",
    means:
      "The browser asks you for that, or the stick is locked against writing, or another tab has the device.",
    todo: "Choose it again and allow changes.",
  },
  "medium-full": {
    what: "There is no room for the card there.",
    means: "Nothing was changed.",
    todo: "Make room, or use another stick.",
  },
  "medium-foreign": {
    what: "This device does not speak like a memory card.",
    means: "It may be another device, or a later kind.",
    todo: "Choose another device.",
  },
  "card-there": {
    what: "Another state of this card lies there already.",
    means: "As long as the card is locked, nobody can tell which one is good. Nothing was changed.",
    todo: "Open the newer one here, then copy it.",
  },
  "file-no-card": {
    what: "There is no memory card in this file.",
    means: "Card files end in .sealcard.",
    todo: "Choose another file.",
  },
} satisfies Record<string, FaultText>;

/** Where cards lie, in English. */
export const placesEn = {
  heading: "On a stick or in a file",
  words: "A card may also lie on a stick. Pull it out, and the pictures stop.",
  folder: "Choose a stick or folder",
  file: "Open a card file",
  device: "Connect a card device",
  browser: "In this browser",
  at: (name: string) => `On “${name}”`,
  inFile: (name: string) => `In “${name}”`,
  empty: (name: string) => `No card is on “${name}” yet.`,
  takeOut: "Put away",
  takeOutOf: (name: string) => `Put away: ${name}`,
  fileWords: "Each change is downloaded as a new file. Put it in the old one's place.",
  where: "Where it lies",
  layHeading: "Copy or move the card",
  layOf: (card: string) => `Copy or move “${card}” to another place`,
  layWords: "It stays locked on the way, and has the same password there.",
  to: "To",
  lay: "Copy",
  move: "Move",
  copying: "Writing the card",
};
export type PlaceTexts = typeof placesEn;
