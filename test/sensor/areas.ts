import { createHash } from "node:crypto";
import { noise } from "./implementations.ts";
import { type Kernels, loadKernels, write } from "./load-kernels.ts";

/** Bytes of memory there are. */
export const size = (k: Kernels): number => k.memory.buffer.byteLength;
/** The memory itself, not a copy. */
export const everything = (k: Kernels): Uint8Array => new Uint8Array(k.memory.buffer);
/** A hash of the whole memory. */
export const fingerprint = (k: Kernels): string => createHash("sha256").update(everything(k)).digest("hex");

/** An instance with noise in every area a caller owns. */
export function filled(): Kernels {
  const k = loadKernels();
  write(k, k.SCRATCH_END, noise(size(k) - k.SCRATCH_END, 1));
  return k;
}

/** Name, first address and length of every area the module tells of. */
export function areas(k: Kernels): [string, number, number][] {
  return [
    ["SCRATCH", k.SCRATCH, k.SCRATCH_END - k.SCRATCH],
    ["EPOCH_KEY", k.EPOCH_KEY, 32],
    ["FRAME_KEY", k.FRAME_KEY, 32],
    ["DERIVE_NONCE", k.DERIVE_NONCE, 16],
    ["TAG", k.TAG, 16],
    ["ROOT", k.ROOT, 32],
    ["COMMITMENT", k.COMMITMENT, 32],
    ["DIGEST", k.DIGEST, 32],
    ["AD", k.AD, k.AD_CAPACITY],
    ["LEAVES", k.LEAVES, k.LEAVES_CAPACITY * 32],
    ["NUMBERS", k.NUMBERS, k.NUMBERS_CAPACITY],
    ["POSITIONS", k.POSITIONS, k.NUMBERS_CAPACITY * 4],
    ["FRAME", k.FRAME, size(k) - k.FRAME],
  ];
}
