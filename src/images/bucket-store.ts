import type { ChunkStore } from "./store.ts";

/** What is asked of an R2 bucket: its Workers binding has all of it. */
export interface Bucket {
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  get(
    key: string,
    options: { range: { offset: number; length: number } },
  ): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  list(options: {
    prefix: string;
    cursor?: string;
  }): Promise<{ objects: readonly { key: string }[]; truncated: boolean; cursor?: string }>;
  delete(keys: string[]): Promise<void>;
}

/** Keys that R2 deletes at once, at most. */
const most = 1000;

/** Chunks in a bucket of R2, below a place there. A chunk is one object: it is there as a whole or not at all. */
export const bucketChunkStore = (bucket: Bucket, place = ""): ChunkStore => ({
  put: async (key, bytes) => {
    await bucket.put(place + key, bytes);
  },
  read: async (key, offset, length) => {
    // R2 answers a range that begins behind the end with an error; one that ends behind it, with less.
    const object = await bucket.get(place + key, { range: { offset, length } }).catch(() => null);
    if (!object) return null;
    const bytes = new Uint8Array(await object.arrayBuffer());
    return bytes.length === length ? bytes : null;
  },
  list: async (prefix) => {
    const keys: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bucket.list({ prefix: place + prefix, ...(cursor === undefined ? {} : { cursor }) });
      keys.push(...page.objects.map(({ key }) => key.slice(place.length)));
      cursor = page.truncated ? page.cursor : undefined;
    } while (cursor !== undefined);
    return keys.sort();
  },
  erase: async (keys) => {
    for (let at = 0; at < keys.length; at += most)
      await bucket.delete(keys.slice(at, at + most).map((key) => place + key));
  },
});
