export { type AttemptStore, type Attempts, admitAttempt, memoryAttempts } from "./attempts.ts";
export { idbAttempts } from "./attempts-store.ts";
export { type CardMeans, type CardSecret, makeCard, openCard, openCardWith } from "./card.ts";
export { checkCardFile, LONGEST_RULE, MOST_PASSKEYS } from "./card-check.ts";
export {
  type CardFile,
  type CardOutside,
  decodeCard,
  encodeCard,
  outsideOf,
  type PasskeySlot,
  type PasswordSlot,
  type RecoverySlot,
  type Slot,
} from "./card-file.ts";
export type { AccountHint } from "./content.ts";
export type { CardFault } from "./fault.ts";
export { type PasswordDue, passwordDue, ruleOf } from "./hygiene.ts";
export { idbStore } from "./idb-store.ts";
export { cardName, NAME_LENGTH, PASSWORD_LENGTH } from "./input.ts";
export type { CardMedium } from "./medium.ts";
export { type Counters, mediumStore } from "./medium-store.ts";
export { memoryStore } from "./memory-store.ts";
export type { CardWithCode, OpenCard } from "./open-card.ts";
export { type BlankRecord, type CardRecord, RIGHTS, type Right } from "./records.ts";
export type { PasswordSlots } from "./slot.api.ts";
export { workerSlots } from "./slot-worker.ts";
export { passwordSlots } from "./slots.ts";
export type { CardStore } from "./store.ts";
