/** Bytes that a socket may be sent and not show to have read. [RS10] */
export const MAX_UNREAD = 16 * 1024 * 1024;
/** Bytes after which it is asked to show it. */
const ASK_AFTER = 256 * 1024;

/** Where a socket stands, as numbers: bytes that it has not shown to have read; the mark that it was sent and has not said again, and bytes behind that. */
export type KeptReading = readonly [unread: number, mark: number | null, behind: number];

/**
 * How much of what a socket was sent it has read. Its own word on that would be no bound: who reads nothing can say anything. So it is sent marks
 * that nobody can guess, one at a time, and says each again.
 */
export class Reading {
  #unread: number;
  #mark: number | null;
  #behind: number;

  constructor([unread, mark, behind]: KeptReading = [0, null, 0]) {
    this.#unread = unread;
    this.#mark = mark;
    this.#behind = behind;
  }

  get kept(): KeptReading {
    return [this.#unread, this.#mark, this.#behind];
  }

  /** Counts what is sent. Answers a mark to send behind it, null for none, "over" where it is too much. */
  sent(length: number): number | null | "over" {
    this.#unread += length;
    this.#behind += length;
    if (this.#unread > MAX_UNREAD) return "over";
    if (this.#mark !== null || this.#unread < ASK_AFTER) return null;
    this.#behind = 0;
    this.#mark = crypto.getRandomValues(new Uint32Array(1))[0] as number;
    return this.#mark;
  }

  /** Whether it was this mark that had to be said again; what was sent before it has been read then. */
  said(mark: number): boolean {
    if (mark !== this.#mark) return false;
    this.#mark = null;
    this.#unread = this.#behind;
    return true;
  }
}
