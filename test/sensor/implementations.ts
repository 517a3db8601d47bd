// The same questions put to the wasm kernels and to their slow twins, so that one suite can ask both.
import { chacha20, hchacha20 } from "../twin/chacha20.ts";
import { open, seal } from "../twin/chacha20-poly1305.ts";
import { commitment } from "../twin/commitment.ts";
import { sha256 } from "../twin/sha256.ts";
import { type Picture, tileLeaves, treeRoot } from "../twin/tile-tree.ts";
import { type Kernels, loadKernels, nonceWords, read, write } from "./load-kernels.ts";

export interface Implementation {
  readonly name: string;
  sha256(message: Uint8Array): Uint8Array;
  /** `key` 32 bytes, `nonce` 12. */
  chacha20(key: Uint8Array, counter: number, nonce: Uint8Array, text: Uint8Array): Uint8Array;
  /** `key` 32 bytes, `nonce` 16. */
  hchacha20(key: Uint8Array, nonce: Uint8Array): Uint8Array;
  seal(
    key: Uint8Array,
    nonce: Uint8Array,
    ad: Uint8Array,
    text: Uint8Array,
  ): { cipherText: Uint8Array; tag: Uint8Array };
  open(
    key: Uint8Array,
    nonce: Uint8Array,
    ad: Uint8Array,
    cipherText: Uint8Array,
    tag: Uint8Array,
  ): Uint8Array | null;
  commitment(frameKey: Uint8Array): Uint8Array;
  tileLeaves(picture: Picture): Uint8Array[];
  treeRoot(leaves: readonly Uint8Array[]): Uint8Array;
}

export const twins: Implementation = {
  name: "twin",
  sha256,
  chacha20,
  hchacha20,
  seal,
  open,
  commitment,
  tileLeaves,
  treeRoot,
};

/** The kernels of one instance. Every answer is a copy. */
export function kernelImplementation(k: Kernels = loadKernels()): Implementation {
  const leaf = (i: number): number => k.LEAVES + 32 * i;
  return {
    name: "kernel",
    sha256(message) {
      write(k, k.FRAME, message);
      k.sha256(k.FRAME, message.length);
      return read(k, k.DIGEST, 32);
    },
    chacha20(key, counter, nonce, text) {
      write(k, k.FRAME_KEY, key);
      write(k, k.FRAME, text);
      k.chacha20Xor(counter, ...nonceWords(nonce), text.length);
      return read(k, k.FRAME, text.length);
    },
    hchacha20(key, nonce) {
      write(k, k.EPOCH_KEY, key);
      write(k, k.DERIVE_NONCE, nonce);
      k.hchacha20();
      return read(k, k.FRAME_KEY, 32);
    },
    seal(key, nonce, ad, text) {
      write(k, k.FRAME_KEY, key);
      write(k, k.AD, ad);
      write(k, k.FRAME, text);
      // The production entry where it can say the same.
      if (nonce.every((byte) => byte === 0)) k.seal(ad.length, text.length);
      else k.sealWithNonce(ad.length, text.length, ...nonceWords(nonce));
      return { cipherText: read(k, k.FRAME, text.length), tag: read(k, k.TAG, 16) };
    },
    open(key, nonce, ad, cipherText, tag) {
      write(k, k.FRAME_KEY, key);
      write(k, k.AD, ad);
      write(k, k.TAG, tag);
      write(k, k.FRAME, cipherText);
      const opened = nonce.every((byte) => byte === 0)
        ? k.open(ad.length, cipherText.length)
        : k.openWithNonce(ad.length, cipherText.length, ...nonceWords(nonce));
      return opened === 1 ? read(k, k.FRAME, cipherText.length) : null;
    },
    commitment(frameKey) {
      write(k, k.FRAME_KEY, frameKey);
      k.commit();
      return read(k, k.COMMITMENT, 32);
    },
    tileLeaves({ format, width, height, bytes }) {
      write(k, k.FRAME, bytes);
      const count = k.tileLeaves(format === "I420" ? 0 : 1, width, height);
      return Array.from({ length: count }, (_, i) => read(k, leaf(i), 32));
    },
    treeRoot(leaves) {
      leaves.forEach((hash, i) => {
        write(k, leaf(i), hash);
      });
      k.treeRoot(leaves.length);
      return read(k, k.ROOT, 32);
    },
  };
}

/** Bytes that look random and are the same on every run: a 32-bit linear congruence, top byte of each state. */
export function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
