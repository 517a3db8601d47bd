import { keptIdleMinutes } from "./kept-idle.ts";

/** What an idle lock needs of the page. Tests put another clock and another target there. */
export interface IdleMeans {
  /** A live picture is looked at, or something goes on that nobody has to touch. */
  readonly isBusy: () => boolean;
  /** Ends the worker that holds the card. */
  readonly lock: () => void;
  readonly minutes?: () => number;
  readonly now?: () => number;
  readonly target?: EventTarget;
}

/** What says that somebody is there. */
const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/** Locks an open card when nobody has touched the page for a while. */
export class IdleLock {
  readonly #means: Required<IdleMeans>;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(means: IdleMeans) {
    this.#means = { minutes: keptIdleMinutes, now: Date.now, target: globalThis, ...means };
  }

  /** A card was opened. */
  begin(): void {
    this.end();
    this.#last = this.#means.now();
    for (const sign of signs) this.#means.target.addEventListener(sign, this.#touched, { passive: true });
    this.#wait();
  }

  /** There is no open card any more. */
  end(): void {
    clearTimeout(this.#timer);
    for (const sign of signs) this.#means.target.removeEventListener(sign, this.#touched);
  }

  #touched = (): void => {
    this.#last = this.#means.now();
  };

  /** Asks now and then: a device that slept, or a clock that was set, is noticed within seconds. */
  #wait(): void {
    this.#timer = setTimeout(() => {
      const { isBusy, lock, minutes, now } = this.#means;
      if (isBusy()) this.#touched();
      if (now() - this.#last < minutes() * 60_000) return this.#wait();
      this.end();
      lock();
    }, 5_000);
  }
}
