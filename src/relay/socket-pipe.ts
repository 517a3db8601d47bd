import type { Bytes } from "../base/index.ts";
import type { Pipe } from "./pipe.ts";
import { MAX_UNDER_WAY, type SocketFrame } from "./socket-wire.ts";
import { WaitingBytes } from "./waiting-bytes.ts";

/** Bytes after which the other side is told that they were taken: far from where the relay loses patience. */
const TELL_EVERY = 256 * 1024;

/** A channel of a room's socket, as a pipe. */
export class SocketPipe implements Pipe {
  onclose: (() => void) | null = null;
  readonly #channel: number;
  readonly #post: (frame: SocketFrame) => void;
  readonly #forget: () => void;
  readonly #waiting = new WaitingBytes();
  #isOver = false;
  /** Bytes of data: sent, taken there, taken here, told of it. */
  #sent = 0;
  #taken = 0;
  #own = 0;
  #told = 0;

  /** `forget` is called at the end. */
  constructor(channel: number, post: (frame: SocketFrame) => void, forget: () => void) {
    this.#channel = channel;
    this.#post = post;
    this.#forget = forget;
  }

  get onbytes(): ((bytes: Bytes) => void) | null {
    return this.#waiting.take;
  }

  set onbytes(take: ((bytes: Bytes) => void) | null) {
    this.#waiting.take = take && ((bytes) => this.#consume(bytes, take));
  }

  /** More than MAX_UNDER_WAY ends it, as the relay would. */
  send(bytes: Bytes): void {
    if (this.#isOver) return;
    this.#sent += bytes.length;
    if (this.#sent - this.#taken > MAX_UNDER_WAY) this.#end(true);
    else this.#post({ kind: "data", channel: this.#channel, bytes });
  }

  close(): void {
    if (!this.#isOver) this.#post({ kind: "closed", channel: this.#channel });
    this.#end(false);
  }

  /** What the socket says of this channel. A count that cannot be is the other end's lie: it ends the channel, and not the socket. */
  hear(frame: Extract<SocketFrame, { kind: "data" | "taken" | "closed" }>): void {
    if (frame.kind === "data") this.#waiting.add(frame.bytes);
    else if (frame.kind === "closed") this.gone();
    else if (frame.total >= this.#taken && frame.total <= this.#sent) this.#taken = frame.total;
    else {
      this.#post({ kind: "closed", channel: this.#channel });
      this.gone();
    }
  }

  /** The socket or the other end is gone. */
  gone(): void {
    this.#end(true);
  }

  #consume(bytes: Bytes, take: (bytes: Bytes) => void): void {
    if (this.#isOver) return;
    this.#own += bytes.length;
    take(bytes);
    if (this.#own - this.#told < TELL_EVERY || this.#isOver) return;
    this.#told = this.#own;
    this.#post({ kind: "taken", channel: this.#channel, total: this.#own });
  }

  #end(isTold: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#forget();
    if (isTold) this.onclose?.();
  }
}
