import { type Bytes, Fault, fromBase32, fromBase64Url, isFault } from "../base/index.ts";
import type { RecordingName } from "../images/index.ts";
import type { ByteSource } from "../seal/check.ts";

/** Codes of the faults of reading what a server keeps. */
export type StoredFault =
  | "offline" // nothing answers, or no more of it
  | "stored-none" // it is not there for this account: erased, taken back, or nobody is signed in
  | "stored-answer"; // the server says something else than what it was asked for

/** How long nothing may come, ms. */
const patience = 30_000;
/** Little that is asked for comes in blocks of this length, and those are kept: a place is looked at before it is read. */
const block = 1 << 16;
const blocksKept = 16;
/** The longest index: that of days. Bytes */
const maxIndex = 1 << 24;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** Where a stored recording lies on the server that this page came from. Throws Fault "encoding" for a name that is none. */
export const storedPath = ({ camera, hash }: RecordingName): string => {
  if (fromBase32(camera).length !== 32 || fromBase64Url(hash).length !== 32) throw new Fault("encoding");
  return `/api/cameras/${camera}/recordings/${hash}`;
};

/**
 * A stored recording as it stands when it is opened, read in ranges over HTTP from this page's own server; what is added to it later is
 * not seen. Never in memory as a whole. Believes neither status nor length: what is not exactly the range that was asked for is a fault, and
 * what the bytes are, a judge says. Faults of `StoredFault`.
 */
export const openStored = async (
  name: RecordingName,
  ask: Fetch = (path, init) => fetch(path, init),
): Promise<ByteSource> => {
  const path = storedPath(name);
  const first = await askRange(ask, path, 0, block);
  const { size } = first;
  /** The newest last. */
  const blocks = new Map<number, Bytes>([[0, first.bytes]]);
  const range = async (from: number, to: number): Promise<Bytes> =>
    (await askRange(ask, path, from, to, size)).bytes;
  const blockAt = async (at: number): Promise<Bytes> => {
    const bytes = blocks.get(at) ?? (await range(at * block, Math.min(size, (at + 1) * block)));
    blocks.delete(at);
    blocks.set(at, bytes);
    const [oldest] = blocks.keys();
    if (blocks.size > blocksKept && oldest !== undefined) blocks.delete(oldest);
    return bytes;
  };
  return {
    size,
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      if (end - offset > block) return range(offset, end);
      const bytes = new Uint8Array(end - offset);
      for (let at = Math.floor(offset / block); at * block < end; at += 1) {
        const from = Math.max(offset, at * block);
        bytes.set((await blockAt(at)).subarray(from - at * block, end - at * block), from - offset);
      }
      return bytes;
    },
  };
};

/**
 * What the server has listed of a stored recording, for `completeIndex`; empty where that is not to be had: then the recording is gone
 * over for it. To be asked for before the recording is opened, so that it lists nothing behind the end.
 */
export const storedIndex = async (
  name: RecordingName,
  ask: Fetch = (path, init) => fetch(path, init),
): Promise<Bytes> => {
  const none = new Uint8Array(0);
  try {
    return await inTime(async (signal, heard) => {
      const answer = await ask(`${storedPath(name)}/index`, { ...own, signal });
      const length = answer.headers.get("content-length") ?? "";
      if (answer.status === 200 && /^[0-9]{1,8}$/.test(length) && Number(length) <= maxIndex)
        return bodyOf(answer, Number(length), heard);
      answer.body?.cancel().catch(() => undefined);
      return none;
    });
  } catch (error) {
    if (isFault(error)) return none;
    throw error;
  }
};

/** A range of a file of `size` bytes or more; without `size`, of one of any size, and no more of it than is there. */
const askRange = (
  ask: Fetch,
  path: string,
  from: number,
  to: number,
  size: number | null = null,
): Promise<{ readonly bytes: Bytes; readonly size: number }> =>
  inTime(async (signal, heard) => {
    const answer = await ask(path, { ...own, signal, headers: { range: `bytes=${from}-${to - 1}` } });
    heard();
    try {
      if (answer.status === 404) throw new Fault("stored-none");
      const given = rangeIn(answer.headers.get("content-range"));
      if (answer.status !== 206 || !given || given.from !== from) throw new Fault("stored-answer");
      const wanted = size === null ? Math.min(to, given.size) : to;
      if (given.to !== wanted || given.size < (size ?? wanted)) throw new Fault("stored-answer");
      return { bytes: await bodyOf(answer, wanted - from, heard), size: given.size };
    } finally {
      answer.body?.cancel().catch(() => undefined);
    }
  });

/** Of this origin alone, with its cookies; nothing is taken from a cache, and nobody sends it elsewhere. */
const own = {
  mode: "same-origin",
  credentials: "same-origin",
  redirect: "error",
  cache: "no-store",
} as const;

/** RFC 9110 §14.4. `to`: behind the last byte. */
const rangeIn = (header: string | null): { from: number; to: number; size: number } | null => {
  const [, from, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header ?? "") ?? [];
  return size === undefined ? null : { from: Number(from), to: Number(last) + 1, size: Number(size) };
};

/** Exactly `length` bytes: no more is read, and less is none. */
const bodyOf = async (answer: Response, length: number, heard: () => void): Promise<Bytes> => {
  const reader = answer.body?.getReader();
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    for (;;) {
      const part = await reader?.read();
      heard();
      if (!part || part.done) break;
      if (part.value.length > length - at) throw new Fault("stored-answer");
      bytes.set(part.value, at);
      at += part.value.length;
    }
  } finally {
    reader?.cancel().catch(() => undefined);
    reader?.releaseLock();
  }
  if (at < length) throw new Fault("stored-answer");
  return bytes;
};

/** Ends what takes too long without a byte. What fails without a fault of its own is the line. */
const inTime = async <T>(act: (signal: AbortSignal, heard: () => void) => Promise<T>): Promise<T> => {
  const control = new AbortController();
  let timer = setTimeout(() => control.abort(), patience);
  try {
    return await act(control.signal, () => {
      clearTimeout(timer);
      timer = setTimeout(() => control.abort(), patience);
    });
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("offline", {}, { cause: error });
  } finally {
    clearTimeout(timer);
  }
};
