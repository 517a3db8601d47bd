import assert from "node:assert/strict";
import { createCipheriv, createHash, randomFillSync } from "node:crypto";
import { pictureLength, tileBytes } from "../twin/tile-tree.ts";
import { type Implementation, kernelImplementation, twins } from "./implementations.ts";
import { loadKernels, read, write } from "./load-kernels.ts";

// Random inputs through every kernel that has lanes, against Node's own crypto each time and against the slow twin now and then.

export interface Compared {
  readonly runs: number;
  /** How often each kernel was asked. */
  readonly asked: ReadonlyMap<string, number>;
}

interface Options {
  readonly seed: number;
  /** One of how many is compared with the twin, too. */
  readonly twinEvery: number;
  onrun?(done: number): void;
}

const digest = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const same = (actual: Uint8Array, expected: Uint8Array, what: string): void =>
  assert.ok(Buffer.from(actual).equals(expected), what);

/** Whole numbers from 0 to `below` - 1, the same for the same seed: xorshift32 (Marsaglia). */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** Compares `runs` times; throws with the seed and the run at the first difference. */
export const compareKernels = (runs: number, { seed, twinEvery, onrun }: Options): Compared => {
  const k = loadKernels();
  const kernel = kernelImplementation(k);
  const below = numbers(seed);
  const asked = new Map<string, number>();
  const filled = (length: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(length);
    // Mostly noise, sometimes all the same: carries and equal lanes are found by these.
    if (below(8) === 0) return bytes.fill([0, 1, 127, 255][below(4)] as number);
    return randomFillSync(bytes);
  };
  const lengthUpTo = (most: number): number =>
    [below(70), below(most), 512 * below(6) + below(3)][below(3)] as number;

  const cases: Record<string, (twin: Implementation | null, what: string) => void> = {
    "seal and open": (twin, what) => {
      const [key, ad, text] = [filled(32), filled(below(80)), filled(lengthUpTo(5000))];
      const nonce = below(2) === 0 ? new Uint8Array(12) : filled(12);
      const { cipherText, tag } = kernel.seal(key, nonce, ad, text);
      const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
      cipher.setAAD(ad, { plaintextLength: text.length });
      same(cipherText, Buffer.concat([cipher.update(text), cipher.final()]), what);
      same(tag, cipher.getAuthTag(), what);
      if (twin) assert.deepEqual({ cipherText, tag }, twin.seal(key, nonce, ad, text), what);
      same(kernel.open(key, nonce, ad, cipherText, tag) ?? new Uint8Array(1), text, what);
      const forged = Uint8Array.from([...cipherText, ...tag]);
      forged[below(forged.length)]! ^= 1 << below(8);
      const [body, end] = [forged.subarray(0, text.length), forged.subarray(text.length)];
      assert.equal(kernel.open(key, nonce, ad, body, end), null, what);
      same(read(k, k.FRAME, text.length), body, what);
    },
    "key stream": (twin, what) => {
      const [key, nonce, text] = [filled(32), filled(12), filled(lengthUpTo(5000))];
      const counter = below(2) === 0 ? below(100) : 2 ** 32 - 80 - below(1000);
      const found = kernel.chacha20(key, counter, nonce, text);
      const iv = new Uint8Array(16);
      new DataView(iv.buffer).setUint32(0, counter, true);
      iv.set(nonce, 4);
      // OpenSSL's ChaCha20 takes the first block's number in front of the nonce; past 2^32 it goes on into the nonce, which ours refuses.
      const cipher = createCipheriv("chacha20", key, iv);
      same(found, Buffer.concat([cipher.update(text), cipher.final()]), what);
      if (twin) same(found, twin.chacha20(key, counter, nonce, text), what);
    },
    tiles: (twin, what) => {
      const side = (tile: number, most: number): number =>
        below(2) === 0 ? 1 + below(tile * most) : Math.max(1, tile * (1 + below(most)) + below(3) - 1);
      const [width, height] = [side(64, 6), side(36, 3)];
      const format = below(2) === 0 ? ("I420" as const) : ("NV12" as const);
      const picture = { format, width, height, bytes: filled(pictureLength(width, height)) };
      const found = kernel.tileLeaves(picture);
      const across = Math.ceil(width / 64);
      assert.equal(found.length, across * Math.ceil(height / 36), what);
      found.forEach((leaf, tile) => {
        const entry = Uint8Array.from(tileBytes(picture, tile % across, Math.floor(tile / across)));
        same(leaf, digest(Uint8Array.of(0), entry), `${what}: ${format} ${width} × ${height}, tile ${tile}`);
      });
      if (twin) assert.deepEqual(found, twin.tileLeaves(picture), what);
    },
    pieces: (_twin, what) => {
      const bytes = filled(Math.max(1, 16_384 * below(7) + (below(2) === 0 ? below(3) - 1 : below(16_384))));
      write(k, k.FRAME, bytes);
      const count = k.pieceLeaves(bytes.length);
      for (let at = 0; at < count; at += 1) {
        const piece = bytes.subarray(at * 16_384, (at + 1) * 16_384);
        same(read(k, k.LEAVES + 32 * at, 32), digest(Uint8Array.of(0), piece), what);
      }
      same(read(k, k.FRAME, bytes.length), bytes, what);
    },
    root: (twin, what) => {
      const leaves = Array.from({ length: 1 + below(60) }, () => filled(32));
      const rootOf = (some: readonly Uint8Array[]): Uint8Array => {
        if (some.length === 1) return some[0] as Uint8Array;
        let split = 1;
        while (2 * split < some.length) split *= 2;
        return digest(Uint8Array.of(1), rootOf(some.slice(0, split)), rootOf(some.slice(split)));
      };
      const found = kernel.treeRoot(leaves);
      same(found, rootOf(leaves), what);
      if (twin) same(found, twin.treeRoot(leaves), what);
    },
  };
  // Tiles and pieces take ten times as long as the others, and have fewer cases.
  const order = [
    ...Array<string>(5).fill("seal and open"),
    ...Array<string>(3).fill("key stream"),
    ...["root", "root", "tiles", "pieces"],
  ];
  for (let run = 0; run < runs; run += 1) {
    const name = order[below(order.length)] as string;
    cases[name]?.(run % twinEvery === 0 ? twins : null, `${name}, seed ${seed}, run ${run}`);
    asked.set(name, (asked.get(name) ?? 0) + 1);
    onrun?.(run);
  }
  return { runs, asked };
};
