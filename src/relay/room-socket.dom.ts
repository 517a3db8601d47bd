import { type Bytes, isFault } from "../base/index.ts";
import type { PeerMessage, RelayMessage } from "./message.ts";
import type { Pipe } from "./pipe.ts";
import { SocketPipe } from "./socket-pipe.ts";
import { decodeFrame, encodeFrame, MAX_CHANNELS, type SocketFrame } from "./socket-wire.ts";
import { decodeRelayWire, encodeWire } from "./wire.ts";

/** What comes out of a socket. */
export interface RoomSocketEvents {
  readonly onmessage: (message: RelayMessage, pipe: Pipe | null) => void;
  /** A channel ended: perhaps nobody needs the socket any more. */
  readonly onchannelend: () => void;
  /** The end; its channels have ended before. Once, and not after close(). */
  readonly onclose: () => void;
}

/** Times in ms. */
export interface SocketPace {
  /** To be connected. */
  readonly open: number;
  /** Between two pings. */
  readonly ping: number;
  /** For a sign of life after one. */
  readonly pong: number;
}

/** Messages that wait for the connection: peers ask again, so the oldest may go. */
const MAX_WAITING = 16;

/** One WebSocket to a room, from its opening to its end. */
export class RoomSocket {
  readonly #socket: WebSocket;
  readonly #events: RoomSocketEvents;
  readonly #pace: SocketPace;
  readonly #channels = new Map<number, SocketPipe>();
  #waiting: Bytes[] | null = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeard = false;
  #isOver = false;

  constructor(url: string, pace: SocketPace, events: RoomSocketEvents) {
    this.#events = events;
    this.#pace = pace;
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#take(data);
    socket.onclose = () => this.#lost();
    socket.onerror = () => this.#lost();
    this.#timer = setTimeout(() => this.#lost(), pace.open);
  }

  get hasChannels(): boolean {
    return this.#channels.size > 0;
  }

  say(message: PeerMessage): void {
    this.#post({ kind: "message", wire: encodeWire(message) });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const pipe of [...this.#channels.values()]) pipe.gone();
    this.#socket.close(); // what was said before is sent
  }

  #opened(): void {
    for (const frame of this.#waiting?.splice(0) ?? []) this.#socket.send(frame);
    this.#waiting = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ping(), this.#pace.ping);
  }

  /** A connection that died tells nothing by itself. Whatever comes is a sign of life, and so is what still leaves. */
  #ping(): void {
    this.#isHeard = false;
    const before = this.#socket.bufferedAmount; // without the ping, which leaves for the system's buffer at once
    this.#socket.send("ping");
    this.#timer = setTimeout(() => {
      const isLeaving = this.#socket.bufferedAmount < before;
      if (!this.#isHeard && !isLeaving) this.#lost();
      else this.#timer = setTimeout(() => this.#ping(), this.#pace.ping - this.#pace.pong);
    }, this.#pace.pong);
  }

  #post(frame: SocketFrame): void {
    if (this.#isOver) return;
    const bytes = encodeFrame(frame);
    if (this.#waiting === null) this.#socket.send(bytes);
    else {
      this.#waiting.push(bytes);
      if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
    }
  }

  #take(data: unknown): void {
    if (this.#isOver) return;
    this.#isHeard = true;
    if (data === "pong") return;
    try {
      if (!(data instanceof ArrayBuffer) || !this.#hear(decodeFrame(new Uint8Array(data)))) this.#lost();
    } catch (error) {
      if (!isFault(error)) throw error;
      this.#lost(); // a relay of another version; the time-out speaks for it
    }
  }

  /** Answers false where no relay says this. */
  #hear(frame: SocketFrame): boolean {
    if (frame.kind === "message") {
      const message = decodeRelayWire(frame.wire);
      if (message.kind === "introduced") return false; // without a channel
      this.#events.onmessage(message, null);
      return true;
    }
    if (frame.kind === "mark") {
      this.#post(frame); // it is read [RS10]
      return true;
    }
    const { channel } = frame;
    // Of a channel that was closed here, something may still be under way.
    if (frame.kind !== "introduced") {
      this.#channels.get(channel)?.hear(frame);
      return true;
    }
    const message = decodeRelayWire(frame.wire);
    if (message.kind !== "introduced" || this.#channels.has(channel) || this.#channels.size >= MAX_CHANNELS)
      return false;
    const pipe = new SocketPipe(
      channel,
      (next) => this.#post(next),
      () => {
        this.#channels.delete(channel);
        this.#events.onchannelend();
      },
    );
    this.#channels.set(channel, pipe);
    this.#events.onmessage(message, pipe);
    return true;
  }

  #lost(): void {
    if (this.#isOver) return;
    this.close();
    this.#events.onclose();
  }
}
