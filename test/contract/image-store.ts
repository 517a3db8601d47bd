import type { ChunkStore, ImageIndex, StoredRecording } from "../../src/images/index.ts";

/** One promise of the contracts of stored images; it throws where a store does not keep it. */
export interface ImageStoreCase {
  readonly title: string;
  readonly check: (stores: { readonly index: ImageIndex; readonly chunks: ChunkStore }) => Promise<void>;
}

const name = { camera: "C".repeat(52), hash: "h".repeat(43) };
const other = { camera: "D".repeat(52), hash: "h".repeat(43) };

/** A recording with something in every field. */
const recording = (more: Partial<StoredRecording> = {}): StoredRecording => ({
  ...{ ...name, version: 1, begun: 1, written: 2, started: 3, frames: 4, bytes: 5, taken: 6, chunks: 7 },
  ...{ first: 9, last: 10, isComplete: true, isProtected: true, isErased: false, receipted: 8 },
  stream: {
    head: new Uint8Array([1, 2, 3]),
    epochs: [3, 1],
    last: [
      [1, 9, 0],
      [0, 2 ** 40, 3],
    ],
    hasEnded: true,
  },
  span: { size: 3, peaks: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] },
  ...more,
});

/** What every store of images promises. Each case gets stores that are empty. */
export const imageStoreCases: readonly ImageStoreCase[] = [
  {
    title: "a recording that was never written is null, and nothing is listed",
    check: async ({ index }) => {
      same(await index.read(name), null);
      same(await index.list(), []);
      same(await index.chunks(name, 0, 9), []);
    },
  },
  {
    title: "a recording is read as it was written, and a later writing takes its place",
    check: async ({ index }) => {
      await index.write(recording());
      same(await index.read(name), recording());
      const empty = recording({
        stream: { head: new Uint8Array(1), epochs: [], last: [], hasEnded: false },
        span: { size: 0, peaks: [] },
      });
      await index.write(empty);
      same(await index.read(name), empty);
      same(await index.list(), [empty]);
    },
  },
  {
    title: "recordings are apart, and erased each for itself with its chunks",
    check: async ({ index }) => {
      await index.write(recording(), { number: 0, from: 0, length: 5 });
      await index.write(recording(other), { number: 0, from: 0, length: 5 });
      same((await index.list()).length, 2);
      await index.erase(name);
      await index.erase(name);
      same(await index.read(name), null);
      same(await index.chunks(name, 0, 9), []);
      same(await index.read(other), recording(other));
      same((await index.chunks(other, 0, 9)).length, 1);
    },
  },
  {
    title: "chunks are found by the bytes that they hold, in order",
    check: async ({ index }) => {
      const chunks = Array.from({ length: 12 }, (_, number) => ({ number, from: number * 10, length: 10 }));
      for (const chunk of chunks) await index.write(recording(), chunk);
      const found = async (from: number, to: number) =>
        (await index.chunks(name, from, to)).map(({ number }) => number);
      same(
        await found(0, 120),
        chunks.map(({ number }) => number),
      );
      same(await found(0, 1), [0]);
      same(await found(9, 11), [0, 1]);
      same(await found(10, 20), [1]);
      same(await found(99, 500), [9, 10, 11]);
      same(await found(120, 130), []);
    },
  },
  {
    title: "entries come with their chunks, one behind the other, and go with the recording",
    check: async ({ index }) => {
      same(await index.entries(name), new Uint8Array(0));
      const parts = Array.from({ length: 12 }, (_, at) => new Uint8Array([at, 255 - at]));
      for (const [number, part] of parts.entries())
        await index.write(recording(), { number, from: number, length: 1 }, part);
      await index.write(recording(other), { number: 0, from: 0, length: 1 }, new Uint8Array([7]));
      await index.write(recording());
      same(await index.entries(name), new Uint8Array(parts.flatMap((part) => [...part])));
      (await index.entries(name)).fill(0);
      same((await index.entries(name))[1], 255);
      await index.erase(name);
      same(await index.entries(name), new Uint8Array(0));
      same(await index.entries(other), new Uint8Array([7]));
    },
  },
  {
    title: "a nonce is burnt once, until its time is over",
    check: async ({ index }) => {
      same(await index.burn("a", 100, 0), true);
      same(await index.burn("a", 100, 99), false);
      same(await index.burn("b", 100, 99), true);
      same(await index.burn("a", 200, 100), true);
    },
  },
  {
    title: "bytes are read in ranges, as they were put; a later put takes their place",
    check: async ({ chunks }) => {
      const bytes = new Uint8Array(70_000).map((_, at) => at % 251);
      await chunks.put("a/b/1", bytes);
      same(await chunks.read("a/b/1", 0, 70_000), bytes);
      same(await chunks.read("a/b/1", 65_530, 10), bytes.slice(65_530, 65_540));
      await chunks.put("a/b/1", new Uint8Array([7, 8]));
      same(await chunks.read("a/b/1", 0, 2), new Uint8Array([7, 8]));
    },
  },
  {
    title: "what is not there, or not all of it, is null",
    check: async ({ chunks }) => {
      same(await chunks.read("a/b/1", 0, 1), null);
      await chunks.put("a/b/1", new Uint8Array(10));
      same(await chunks.read("a/b/1", 5, 6), null);
      same(await chunks.read("a/b/1", 11, 1), null);
    },
  },
  {
    title: "keys are listed by their beginning, however many, and erased, also what is not there",
    check: async ({ chunks }) => {
      const keys = Array.from({ length: 1_100 }, (_, at) => `a/b/${String(at).padStart(10, "0")}`);
      for (let at = 0; at < keys.length; at += 50)
        await Promise.all(keys.slice(at, at + 50).map((key) => chunks.put(key, new Uint8Array(1))));
      await chunks.put("a/c/1", new Uint8Array(1));
      same(await chunks.list("a/b/"), keys);
      await chunks.erase([...keys, "a/b/none"]);
      same(await chunks.list("a/b/"), []);
      same(await chunks.list("a/"), ["a/c/1"]);
      await chunks.erase([]);
    },
  },
  {
    title: "what was handed out or in can be changed without the store",
    check: async ({ index, chunks }) => {
      const bytes = new Uint8Array([1]);
      await chunks.put("a", bytes);
      bytes[0] = 2;
      (await chunks.read("a", 0, 1))?.fill(3);
      same(await chunks.read("a", 0, 1), new Uint8Array([1]));
      await index.write(recording());
      (await index.read(name))?.stream.head.fill(9);
      same(await index.read(name), recording());
    },
  },
];

function same(found: unknown, expected: unknown): void {
  const [a, b] = [found, expected].map(shown);
  if (a !== b) throw new Error(`expected ${b?.slice(0, 300)}, found ${a?.slice(0, 300)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, item) => {
    if (item instanceof Uint8Array) return `bytes ${item}`;
    const plain = typeof item === "object" && item !== null && !Array.isArray(item);
    return plain ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item;
  });
}
