import { Fault, fromHex } from "../base/index.ts";
import type { Mp4Fault, Mp4Source } from "./mp4-packet.ts";

/** What stands in an MP4 where no export of ours has it; `at` names the box. */
export const odd = (at: string): Fault<Mp4Fault> => new Fault<Mp4Fault>("mp4", { why: "form", at });

/** A box at the top of a file: where its contents begin and where it ends, in bytes from the beginning. */
export interface TopBox {
  readonly begin: number;
  readonly end: number;
}

/** The box that begins at `at`, which has to be of this type and within the file (ISO/IEC 14496-12 §4.2). Fault "mp4". */
export const topBox = async (source: Mp4Source, at: number, type: string): Promise<TopBox> => {
  const length = Math.min(16, source.size - at);
  const head = new BoxReader((await source.read(at, length)).slice(), type);
  const short = head.number(4);
  head.expectText(type);
  // 1: the size follows in 64 bits. 0, "to the end of the file", no export of ours says.
  const size = short === 1 ? head.number(8) : short;
  const begin = at + (short === 1 ? 16 : 8);
  if (at + size < begin || at + size > source.size) throw odd(type);
  return { begin, end: at + size };
};

/** Reads what has to stand there, byte for byte: every deviation is Fault "mp4". */
export class BoxReader {
  readonly #bytes: Uint8Array;
  /** The box that is read. */
  readonly type: string;
  #at = 0;

  constructor(bytes: Uint8Array, type: string) {
    this.#bytes = bytes;
    this.type = type;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw odd(this.type);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** An unsigned number of so many bytes; up to 2^53. */
  number(length: number): number {
    let value = 0;
    for (const byte of this.take(length)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw odd(this.type);
    return value;
  }

  /** Spaces in `hex` are for eyes. */
  expect(hex: string): void {
    const wanted = fromHex(hex.replaceAll(" ", ""));
    const found = this.take(wanted.length);
    if (!wanted.every((byte, at) => byte === found[at])) throw odd(this.type);
  }

  expectText(text: string): void {
    if (String.fromCharCode(...this.take(text.length)) !== text) throw odd(this.type);
  }

  /** The type of the box that comes next; null where nothing does. */
  get next(): string | null {
    if (this.left < 8) return null;
    return String.fromCharCode(...this.#bytes.subarray(this.#at + 4, this.#at + 8));
  }

  /** The contents of the next box, which has to be of this type. */
  box(type: string): BoxReader {
    const size = this.number(4);
    this.expectText(type);
    if (size < 8) throw odd(type);
    return new BoxReader(this.take(size - 8), type);
  }

  /** The same, where there is one. */
  optional(type: string): BoxReader | null {
    return this.next === type ? this.box(type) : null;
  }

  /** Nothing may follow. */
  end(): void {
    if (this.left > 0) throw odd(this.type);
  }
}
