import { type Bytes, concat, Fault } from "../base/index.ts";
import type { ByteSource } from "../seal/check.ts";
import {
  decodeAnswer,
  encodeAsk,
  maxPiece,
  type OnCamera,
  type PieceOf,
  type RecordingAnswer,
  type RecordingAsk,
} from "./recording-talk.ts";

/** Pieces that are under way at once: live pictures wait for no more than these. */
export const mostUnderWay = 4;
/** How long an answer may take, and how often it is asked for again: a connection may break and come back. ms */
const patience = 5_000;
const mostTries = 6;
/** The longest index: that of days. bytes */
const maxIndex = 1 << 24;

type Wanted =
  | { readonly kind: "recordings" }
  | ({ readonly kind: "piece"; readonly begun: number } & PieceOf);

/**
 * A camera's own recordings, asked for over whatever connection there is [RC1]; it may break and come back meanwhile. Faults: "offline" where no
 * answer comes, "recording-none" where the camera has none of it, "cancelled" behind `close`. What is given is sealed, and no proof of anything.
 */
export class AskedRecordings {
  readonly #patience: number;
  readonly #waiting = new Map<number, (answer: RecordingAnswer) => void>();
  #send: ((talk: Bytes) => void) | null = null;
  #last = 0;
  #isClosed = false;
  /** Under way; the others wait for their turn, in order. */
  #going = 0;
  readonly #turns: (() => void)[] = [];

  /** `patience`: tests have less. ms */
  constructor(wait = patience) {
    this.#patience = wait;
  }

  /** Speaks over this connection from now on; the result ends that. */
  connect(send: (talk: Bytes) => void): () => void {
    this.#send = send;
    return () => {
      if (this.#send === send) this.#send = null;
    };
  }

  /** True where it is an answer to what was asked here. */
  hear(talk: Uint8Array): boolean {
    const answer = decodeAnswer(talk);
    if (!answer) return false;
    this.#waiting.get(answer.id)?.(answer);
    return true;
  }

  close(): void {
    this.#isClosed = true;
    for (const hear of [...this.#waiting.values()]) hear({ kind: "none", id: 0 });
    for (const begin of this.#turns.splice(0)) begin();
  }

  /** Newest first. */
  async list(): Promise<readonly OnCamera[]> {
    const answer = await this.#ask({ kind: "recordings" });
    if (answer.kind !== "recordings") throw new Fault("recording-none");
    return answer.recordings;
  }

  /** As it was when it was listed: what was added since is not seen. */
  source({ begun, bytes: size }: OnCamera): ByteSource {
    return {
      size,
      read: (offset, length) => this.#read(begun, "recording", offset, Math.min(length, size - offset)),
    };
  }

  /** The index that the camera has of it, which nobody believes; empty where it has none. */
  async index({ begun }: OnCamera): Promise<Bytes> {
    const parts: Bytes[] = [];
    const step = mostUnderWay * maxPiece;
    for (let at = 0; at < maxIndex; at += step) {
      const part = await this.#pieces(begun, "index", at, step);
      parts.push(part);
      if (part.length < step) break;
    }
    return concat(...parts);
  }

  async #read(begun: number, part: PieceOf["part"], offset: number, length: number): Promise<Bytes> {
    if (length <= 0) return new Uint8Array(0);
    const bytes = await this.#pieces(begun, part, offset, length);
    // It was longer when it was listed, and recordings do not shrink.
    if (bytes.length !== length) throw new Fault("recording-none");
    return bytes;
  }

  /** Up to where it ends. */
  async #pieces(begun: number, part: PieceOf["part"], offset: number, length: number): Promise<Bytes> {
    const wanted: PieceOf[] = [];
    for (let at = 0; at < length; at += maxPiece)
      wanted.push({ part, offset: offset + at, length: Math.min(maxPiece, length - at) });
    const pieces = await Promise.all(wanted.map((one) => this.#piece(begun, one)));
    const short = pieces.findIndex((bytes, at) => bytes.length < (wanted[at]?.length ?? 0));
    return concat(...(short < 0 ? pieces : pieces.slice(0, short + 1)));
  }

  async #piece(begun: number, of: PieceOf): Promise<Bytes> {
    const answer = await this.#inTurn(() => this.#ask({ kind: "piece", begun, ...of }));
    if (answer.kind !== "piece" || answer.bytes.length > of.length) throw new Fault("recording-none");
    return answer.bytes;
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    if (this.#going >= mostUnderWay) await new Promise<void>((begin) => this.#turns.push(begin));
    this.#going += 1;
    try {
      return await act();
    } finally {
      this.#going -= 1;
      this.#turns.shift()?.();
    }
  }

  async #ask(wanted: Wanted): Promise<RecordingAnswer> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (this.#isClosed) throw new Fault("cancelled");
      const answer = await this.#askOnce(wanted);
      if (this.#isClosed) throw new Fault("cancelled");
      if (answer) return answer;
    }
    throw new Fault("offline");
  }

  async #askOnce(wanted: Wanted): Promise<RecordingAnswer | null> {
    this.#last = (this.#last + 1) % 0x1_0000_0000;
    const id = this.#last;
    const { promise, resolve } = Promise.withResolvers<RecordingAnswer | null>();
    const timer = setTimeout(() => resolve(null), this.#patience);
    this.#waiting.set(id, resolve);
    try {
      this.#send?.(encodeAsk({ ...wanted, id } as RecordingAsk));
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }
}
