import type { Clock } from "../base/index.ts";
import { Allowance } from "./allowance.ts";
import type { KeyCause } from "./camera.api.ts";

/** How long a key is used where nobody has said. ms */
export const usualKeyLife = 10 * 60_000;
/** How long somebody may say. ms */
export const keyLives = { least: 60_000, most: 24 * 3_600_000 } as const;
/** A key is not changed again on request while it is so new. ms */
export const newFor = 1_000;
/** So many wrong proofs within `proofsWithin` speak for somebody who tries. */
export const mostWrong = 5;
/** ms */
export const proofsWithin = 10 * 60_000;
/** What others can bring about changes the key once in this time. ms */
export const suspicionInterval = 60_000;

/** What speaks for an intrusion. */
export type Suspicion = Extract<KeyCause, "second-sensor" | "counter" | "device" | "proofs">;

/**
 * When a running stream's key has to be changed though nobody asks: its time is over, or something speaks for an intrusion. A suspicion
 * that comes too soon behind another one waits, and is not forgotten. Does nothing between two calls of `tick`.
 */
export class KeyWatch {
  readonly #steady: Clock;
  readonly #change: (cause: KeyCause) => void;
  readonly #suspicions: Allowance;
  #life: number;
  #since: number;
  #suspected: Suspicion | null = null;
  /** When proofs were wrong. */
  #wrong: number[] = [];

  /** `life`: of a key, in ms; `change`: told once for each change that is due. */
  constructor(steady: Clock, life: number, change: (cause: KeyCause) => void) {
    this.#steady = steady;
    this.#life = life;
    this.#change = change;
    this.#since = steady.now();
    this.#suspicions = new Allowance(steady, 1, suspicionInterval);
  }

  /** How old the key is that is in use. ms */
  get age(): number {
    return this.#steady.now() - this.#since;
  }

  /** How long each is used. ms */
  get life(): number {
    return this.#life;
  }

  /** Until it is changed by itself. ms */
  get left(): number {
    return Math.max(0, this.#life - this.age);
  }

  /** What waits for its change. */
  get suspected(): Suspicion | null {
    return this.#suspected;
  }

  /** Another key is in use. */
  changed(): void {
    this.#since = this.#steady.now();
  }

  /** From now on a key is used for so many ms. */
  live(life: number): void {
    this.#life = life;
  }

  suspect(cause: Suspicion): void {
    this.#suspected ??= cause;
    this.tick();
  }

  /** Somebody showed a proof that was wrong. */
  wrongProof(): void {
    const now = this.#steady.now();
    this.#wrong = [...this.#wrong.filter((at) => now - at < proofsWithin), now];
    if (this.#wrong.length < mostWrong) return;
    this.#wrong = [];
    this.suspect("proofs");
  }

  /** Says what is due. */
  tick(): void {
    if (this.#suspected && this.#suspicions.take()) {
      const cause = this.#suspected;
      this.#suspected = null;
      this.#change(cause);
    } else if (this.left === 0) {
      // Once: the next one is due a life later, also where this one fails.
      this.changed();
      this.#change("interval");
    }
  }
}
