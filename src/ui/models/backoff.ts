/** The first pause and the longest. ms */
const [firstPause, longestPause] = [1_000, 10_000];
/** A connection that lasted this long was one; what ended earlier counts as a try that failed. ms */
const lastsAtLeast = 3_000;

/** How long to wait before one connects again: not at all after a connection that lasted, else longer each time. */
export class Backoff {
  #next = firstPause;

  /** `lasted`: how long the connection was there, in ms. Gives the pause in ms. */
  after(lasted: number): number {
    if (lasted >= lastsAtLeast) {
      this.#next = firstPause;
      return 0;
    }
    const pause = this.#next;
    this.#next = Math.min(2 * pause, longestPause);
    return pause;
  }
}
