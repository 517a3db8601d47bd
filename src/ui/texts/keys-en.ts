/** What is said of the keys of cameras, in English. */
export const keysEn = {
  heading: "Keys",
  since: (when: string) => `In use since ${when}. What was lost before opens nothing newer.`,
  pending: (when: string) =>
    `Made ${when}. They wait for the camera: until it runs and has confirmed them, it seals for the keys before.`,
  pendingWords:
    "Handed over as soon as the camera is met, while this page or a viewer is open on this device.",
  cards: "Cards with keys for it",
  thisCard: (name: string) => `${name} (this card)`,
  cardSince: (when: string) => `Since ${when}`,
  shutOut: "Shut out",
  outSince: (when: string) => `Sees nothing that was taken since ${when}`,
  outPending: "As soon as the camera has confirmed the new keys",
  shutOutOne: "Shut out",
  shutOutOf: (card: string) => `Shut out: ${card}`,
  shutOutHeading: (card: string, camera: string) => `Shut “${card}” out from “${camera}”?`,
  shutOutWords:
    "From then on that card opens nothing new of this camera. It keeps what it could open before. The other cards go on.",
  rekey: "Make new keys",
  rekeyHeading: (camera: string) => `Make new keys for “${camera}”?`,
  rekeyWords:
    "Copies of this card that were made before, also lost ones, open nothing new. Old pictures stay readable on this card. Until the camera has confirmed, this card cannot watch it live.",
  rekeyAll: "Make new keys for all cameras",
  rekeyAllHeading: "Make new keys for all cameras on this card?",
  add: "Give another card keys of its own",
  addWords: "For your family: each card can then be shut out by itself. It opens what is taken from then on.",
  addIt: "Add the card",
};

export type KeysTexts = typeof keysEn;
