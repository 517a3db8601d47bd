import { equal, Fault } from "../base/index.ts";
import type { CardFile, CardOutside } from "./card-file.ts";
import type { CardFault } from "./fault.ts";

/** Where locked cards lie on this device. A store never sees a password. */
export interface CardStore {
  /** The oldest card first. */
  list(): Promise<CardOutside[]>;
  /** The card, or `null`. Faults "card-rolled-back", "card-damaged", "card-version". */
  read(id: string): Promise<CardFile | null>;
  /**
   * [CF13] Puts `file` in the place of `previous` (`null`: the card is new here), in one transaction.
   * Faults "card-stale" when something else lies there by now, "card-rolled-back".
   */
  write(file: CardFile, previous: CardFile | null): Promise<void>;
  /**
   * [CF13] Lays a copy of `file`, which was opened, here: where nothing lies, or in the place of an older state, nothing else. Where the same state
   * lies nothing is written. Faults as `write`.
   */
  put(file: CardFile): Promise<void>;
  /** [CF12] This state was opened: from now on it counts as seen on this device, wherever it lies. */
  saw(file: CardFile): Promise<void>;
  /** Takes the card off this device, but for its highest counter. */
  erase(id: string): Promise<void>;
  /** [CF12] The highest counter this device saw of a card, 0 when it never saw it. */
  highestCounter(id: string): Promise<number>;
}

/** [CF13] The one rule of writing, asked inside the store's transaction. */
export function admitWrite(
  file: CardFile,
  previous: CardFile | null,
  stored: CardFile | null,
  highest: number,
): void {
  // The MAC tells two states with one counter apart, as two tabs make them.
  const same = stored === null ? previous === null : previous !== null && equal(stored.mac, previous.mac);
  if (!same || (stored !== null && file.counter <= stored.counter)) {
    throw new Fault<CardFault>("card-stale", { stored: stored?.counter ?? 0 });
  }
  admitCounter(file, highest);
}

/** [CF13] The one rule of laying a copy, likewise: whether it is to be written. */
export function admitCopy(file: CardFile, stored: CardFile | null, highest: number): boolean {
  admitCounter(file, highest);
  if (stored !== null && equal(stored.mac, file.mac)) return false;
  if (stored !== null && file.counter <= stored.counter)
    throw new Fault<CardFault>("card-stale", { stored: stored.counter });
  return true;
}

/** [CF12] A card older than one this device saw is an old copy. */
export function admitCounter(file: CardFile, highest: number): void {
  if (file.counter < highest) {
    throw new Fault<CardFault>("card-rolled-back", { counter: file.counter, highest });
  }
}

/** The order of a list of cards. */
export function byAge(a: CardOutside, b: CardOutside): number {
  return a.created - b.created || (a.id < b.id ? -1 : 1);
}
