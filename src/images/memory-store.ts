import { type Bytes, concat } from "../base/index.ts";
import type { ChunkStore, ImageIndex } from "./store.ts";
import { type Chunk, recordingKey, type StoredRecording } from "./stored-recording.ts";

/** Chunks that last as long as this object: for tests. */
export const memoryChunkStore = (): ChunkStore => {
  const chunks = new Map<string, Bytes>();
  return {
    put: async (key, bytes) => {
      chunks.set(key, bytes.slice());
    },
    read: async (key, offset, length) => {
      const chunk = chunks.get(key);
      return chunk && offset + length <= chunk.length ? chunk.slice(offset, offset + length) : null;
    },
    list: async (prefix) => [...chunks.keys()].filter((key) => key.startsWith(prefix)).sort(),
    erase: async (keys) => {
      for (const key of keys) chunks.delete(key);
    },
  };
};

/** An index that lasts as long as this object: for tests. */
export const memoryImageIndex = (): ImageIndex => {
  const recordings = new Map<string, StoredRecording>();
  const chunks = new Map<string, Chunk[]>();
  const entries = new Map<string, Bytes>();
  const burnt = new Map<string, number>();
  return {
    read: async (name) => structuredClone(recordings.get(recordingKey(name)) ?? null),
    list: async () => structuredClone([...recordings.values()]),
    write: async (recording, chunk, added) => {
      const key = recordingKey(recording);
      recordings.set(key, structuredClone(recording));
      if (chunk) chunks.set(key, [...(chunks.get(key) ?? []), chunk]);
      if (added) entries.set(key, concat(entries.get(key) ?? new Uint8Array(0), added));
    },
    entries: async (name) => (entries.get(recordingKey(name)) ?? new Uint8Array(0)).slice(),
    chunks: async (name, from, to) =>
      (chunks.get(recordingKey(name)) ?? []).filter((one) => one.from < to && one.from + one.length > from),
    erase: async (name) => {
      recordings.delete(recordingKey(name));
      chunks.delete(recordingKey(name));
      entries.delete(recordingKey(name));
    },
    burn: async (nonce, until, now) => {
      for (const [old, end] of burnt) if (end <= now) burnt.delete(old);
      if (burnt.has(nonce)) return false;
      burnt.set(nonce, until);
      return true;
    },
  };
};
