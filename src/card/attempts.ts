import { Fault } from "../base/index.ts";
import type { CardFault } from "./fault.ts";

/** [CF22] What a device keeps of the attempts to open a card. */
export interface Attempts {
  /** How many there were since the last that opened it. */
  readonly count: number;
  /** When the last of them was made, in ms since 1970. */
  readonly last: number;
}

/** [CF22] Where attempts are counted. */
export interface AttemptStore {
  /** Counts an attempt that is about to be made. Fault "card-wait" {seconds} where it is too early; then it counts nothing. */
  claim(id: string, now: number): Promise<void>;
  /** The claimed one told nothing about the password: it is taken back. */
  takeBack(id: string): Promise<void>;
  /** The card was opened, by the claimed one or another way: how many failed before. The count begins anew. */
  opened(id: string, isClaimed: boolean): Promise<number>;
}

const NONE: Attempts = { count: 0, last: 0 };
/** Attempts that are not slowed down. */
const FREE = 3;
const LONGEST_WAIT = 300_000;

/**
 * [CF22] The one rule of counting, asked inside the store's transaction: what is to be kept of an attempt made now. Where it is too early, `wait` says
 * for how long, in ms.
 */
export function admitAttempt(
  kept: Attempts | undefined,
  now: number,
): { readonly keep: Attempts; readonly wait: number } {
  const { count, last } = kept ?? NONE;
  // A clock that was set back since would have everybody wait until it is where it was.
  const since = Math.min(last, now);
  const wait = Math.max(0, since + delayAfter(count) - now);
  return wait > 0
    ? { keep: { count, last: since }, wait }
    : { keep: { count: count + 1, last: now }, wait: 0 };
}

/** Says that it is too early, where it is. */
export function checkWait(wait: number): void {
  if (wait > 0) throw new Fault<CardFault>("card-wait", { seconds: Math.ceil(wait / 1000) });
}

/** [CF22] What is kept after one of them is taken back. */
export function withoutOne({ count, last }: Attempts = NONE): Attempts {
  return { count: Math.max(0, count - 1), last };
}

/** [CF22] How many of those that are kept did not open the card. */
export function failed(kept: Attempts | undefined, isClaimed: boolean): number {
  return (isClaimed ? withoutOne(kept) : (kept ?? NONE)).count;
}

/** Attempts counted in this realm's memory. */
export function memoryAttempts(kept: Map<string, Attempts> = new Map()): AttemptStore {
  return {
    async claim(id, now) {
      const { keep, wait } = admitAttempt(kept.get(id), now);
      kept.set(id, keep);
      checkWait(wait);
    },
    async takeBack(id) {
      kept.set(id, withoutOne(kept.get(id)));
    },
    async opened(id, isClaimed) {
      const count = failed(kept.get(id), isClaimed);
      kept.delete(id);
      return count;
    },
  };
}

/** In ms. */
function delayAfter(count: number): number {
  return count < FREE ? 0 : Math.min(LONGEST_WAIT, 1000 * 2 ** (count - FREE + 1));
}
