const BURST = 64;
const PER_SECOND = 8;

/** How many messages one socket may send: 64 at once, and 8 more each second. [RS6] */
export class MessageAllowance {
  #left = BURST;
  #at: number;

  /** `now`: ms since the epoch. */
  constructor(now: number) {
    this.#at = now;
  }

  /** Whether there is one more now. */
  take(now: number): boolean {
    const passed = Math.max(0, now - this.#at); // a clock that was set back gives nothing
    this.#left = Math.min(BURST, this.#left + (passed / 1000) * PER_SECOND);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
