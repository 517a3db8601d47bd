import type { Interruption } from "../../apparatus/index.ts";

/** What a stream that ended with this code was interrupted by: the camera comes back then by itself; null: it does not. */
export const interruptionOf = (code: string): Interruption | null => {
  if (code === "camera-asleep") return "asleep";
  return code === "camera-resized" ? "resized" : null;
};

/** So often within `returnsWithin` a camera comes back by itself. */
const mostReturns = 3;
/** ms */
const returnsWithin = 60_000;

/** How often a camera may come back by itself: one that is interrupted again and again is no camera to rely on, and that is said. */
export class Returns {
  readonly #now: () => number;
  #last: number[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether it may, once more. From hidden pages it always may: the person shows them. */
  take(why: Interruption): boolean {
    if (why === "hidden") return true;
    const now = this.#now();
    this.#last = [...this.#last.filter((at) => now - at < returnsWithin), now];
    return this.#last.length <= mostReturns;
  }
}

/** How often it is looked whether a worker still says something. ms */
const lookInterval = 1_000;
/** So many looks in a row that find nothing new: the worker is dead, whatever it died of. Looks, not time: while the device sleeps nobody looks. */
const mostMissed = 15;

/** Notices a worker that has gone without a sign. */
export class Beats {
  readonly #onsilent: () => void;
  #missed = 0;
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(onsilent: () => void) {
    this.#onsilent = onsilent;
  }

  /** From now on it has to say something. */
  begin(): void {
    this.end();
    this.#looking = setInterval(() => {
      this.#missed += 1;
      if (this.#missed < mostMissed) return;
      this.end();
      this.#onsilent();
    }, lookInterval);
  }

  /** It said something. */
  take(): void {
    this.#missed = 0;
  }

  end(): void {
    clearInterval(this.#looking);
    this.#missed = 0;
  }
}

/** Settles when the page is shown, or at once where it is. */
export const whenShown = async (): Promise<void> => {
  if (!document.hidden) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (!document.hidden) resolve();
  };
  document.addEventListener("visibilitychange", look);
  await promise;
  document.removeEventListener("visibilitychange", look);
};
