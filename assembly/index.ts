// What the array sensor's module exports: the areas of memory, as globals, and the kernels.
import { openWithNonce, sealWithNonce } from "./aead";
import { chacha20 } from "./chacha20";
import { DIGEST, FRAME, mustFit } from "./layout";
import { hash } from "./sha256";

export { openWithNonce, sealWithNonce } from "./aead";
export { commit } from "./commitment";
export { hchacha20 } from "./hchacha20";
export {
  AD,
  AD_CAPACITY,
  COMMITMENT,
  DERIVE_NONCE,
  DIGEST,
  EPOCH_KEY,
  FRAME,
  FRAME_KEY,
  LEAVES,
  LEAVES_CAPACITY,
  NUMBERS,
  NUMBERS_CAPACITY,
  POSITIONS,
  ROOT,
  SCRATCH,
  SCRATCH_END,
  TAG,
} from "./layout";
export { drawNumbers, extremes, highestProportion, longestRepetition, noiseOnes } from "./photoelectric";
export { pieceLeaves, tileLeaves, treeRoot } from "./tree";
export { wipe } from "./wipe";

/** DIGEST = SHA-256 of the `length` bytes at `address`. Traps when they do not lie inside the memory. */
export function sha256(address: u32, length: u32): void {
  hash(address, length, DIGEST);
}

/** RFC 8439 §2.8 with the all-zero nonce: each FRAME_KEY seals one frame. Tag to TAG. */
export function seal(adLength: u32, length: u32): void {
  sealWithNonce(adLength, length, 0, 0, 0);
}

/** 1 and FRAME decrypted in place when TAG is right, else 0 and FRAME untouched. */
export function open(adLength: u32, length: u32): u32 {
  return openWithNonce(adLength, length, 0, 0, 0);
}

/** RFC 8439 §2.4 on FRAME under FRAME_KEY, without a tag: for tiles whose leaves were compared one by one, and for vectors. */
export function chacha20Xor(counter: u32, nonce0: u32, nonce1: u32, nonce2: u32, length: u32): void {
  mustFit(FRAME, length);
  chacha20(FRAME, counter, nonce0, nonce1, nonce2, length);
}
