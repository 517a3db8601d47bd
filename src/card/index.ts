export { type CardMeans, makeCard, type OpenCard, openCard } from "./card.ts";
export {
  type CardFile,
  type CardOutside,
  checkCardFile,
  decodeCard,
  encodeCard,
  outsideOf,
  type PasswordSlot,
  type Slot,
} from "./card-file.ts";
export type { CardFault } from "./fault.ts";
export { idbStore } from "./idb-store.ts";
export { cardName, NAME_LENGTH, PASSWORD_LENGTH } from "./input.ts";
export { memoryStore } from "./memory-store.ts";
export type { CardRecord } from "./records.ts";
export type { PasswordSlots } from "./slot.api.ts";
export { workerSlots } from "./slot-worker.ts";
export { passwordSlots } from "./slots.ts";
export type { CardStore } from "./store.ts";
