import type { Bytes } from "../base/index.ts";

/**
 * One record of a recording's index, 24 bytes, big-endian:
 *
 *     0  what      u8   1 entry · 2 epoch · 3 reached · 4 back · 5 ended · 6 highest (a run of zeros, as a power cut may leave, is none of them)
 *     1  track     u8
 *     2  offset    u48  in the recording
 *     8  captured  u64  camera clock, ms; of all but an entry: of the last frame that is known
 *    16  sequence  u64  of `highest` and `back`: above all that the track's frames claimed before
 *
 * `back`: from here on frames claim sequences that their track had passed. `ended`: here is what claims to be the end. All have one length, so that the first and the last can be read without the others.
 */
export const recordLength = 24;

export const what = { entry: 1, epoch: 2, reached: 3, back: 4, ended: 5, highest: 6 } as const;
export type What = (typeof what)[keyof typeof what];

/** The track of a `back` that is about all of them. */
export const everyTrack = 255;

export interface IndexRecord {
  readonly what: What;
  readonly track: number;
  readonly offset: number;
  readonly captured: number;
  readonly sequence: number;
}

export const encodeRecord = (record: IndexRecord): Bytes => {
  const bytes = new Uint8Array(recordLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, record.what);
  view.setUint8(1, record.track);
  view.setUint16(2, Math.floor(record.offset / 2 ** 32));
  view.setUint32(4, record.offset % 2 ** 32);
  setLong(view, 8, record.captured);
  setLong(view, 16, record.sequence);
  return bytes;
};

const kinds: ReadonlySet<What> = new Set(Object.values(what));

/** null where the bytes at `at` are no record. */
export const decodeRecord = (bytes: Uint8Array, at: number): IndexRecord | null => {
  if (at < 0 || at + recordLength > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, recordLength);
  const kind = view.getUint8(0) as What;
  if (!kinds.has(kind)) return null;
  const [captured, sequence] = [getLong(view, 8), getLong(view, 16)];
  if (!Number.isSafeInteger(captured) || !Number.isSafeInteger(sequence)) return null;
  const offset = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  return { what: kind, track: view.getUint8(1), offset, captured, sequence };
};

/** `sealidx` and the version: what an index begins with. Then the head's length, u64, and its last 8 bytes: those of its signature. */
const magic = [0x73, 0x65, 0x61, 0x6c, 0x69, 0x64, 0x78, 2];

/** Of which stream's recording an index is: the length of its head item, and the last 8 bytes of that. */
export interface IndexHead {
  readonly length: number;
  readonly mark: Bytes;
}

export const encodeIndexHead = (head: Uint8Array): Bytes => {
  const bytes = new Uint8Array(recordLength);
  bytes.set(magic);
  setLong(new DataView(bytes.buffer), 8, head.length);
  bytes.set(head.subarray(-8), 16);
  return bytes;
};

export const decodeIndexHead = (bytes: Uint8Array): IndexHead | null => {
  if (bytes.length < recordLength || magic.some((byte, at) => bytes[at] !== byte)) return null;
  const length = getLong(new DataView(bytes.buffer, bytes.byteOffset, recordLength), 8);
  return length < 8 || length > 4096 ? null : { length, mark: bytes.slice(16, recordLength) };
};

const setLong = (view: DataView, at: number, value: number): void => {
  view.setUint32(at, Math.floor(value / 2 ** 32));
  view.setUint32(at + 4, value % 2 ** 32);
};
const getLong = (view: DataView, at: number): number => view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
