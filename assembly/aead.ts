// ChaCha20-Poly1305, RFC 8439 §2.8, in place at FRAME under FRAME_KEY, associated data at AD.
import { BATCH, block, chacha20, setState, XOR } from "./chacha20";
import { xor8, xorAndMac8 } from "./generated/chacha20x8";
import { AD, AD_CAPACITY, EXPECTED, FRAME, FRAME_KEY, mustFit, STATE, STREAM, TAG } from "./layout";
import { absorb, absorbLengths, beginMac, finishMac } from "./poly1305";
import { wipe } from "./wipe";

/** Traps on lengths beyond AD or the memory: before anything is read or written. */
function mustHold(adLength: u32, length: u32): void {
  if (adLength > AD_CAPACITY) unreachable();
  mustFit(FRAME, length);
}

/** Begins the sum with AD, and leaves STATE at block 1. */
function beginFrame(adLength: u32, nonce0: u32, nonce1: u32, nonce2: u32): void {
  // RFC 8439 §2.6: the first 32 bytes of block 0 are the one-time key; STREAM is zero between calls.
  setState(FRAME_KEY, 0, nonce0, nonce1, nonce2);
  block(XOR, STREAM);
  beginMac(STREAM);
  wipe(STREAM, 64);
  absorb(AD, adLength);
  // RFC 8439 §2.8: counter 1 begins the key stream. A frame never gets near the last of 2^32 blocks: mustFit.
  store<u32>(STATE, 1, 48);
}

/** Encrypts the `length` bytes at FRAME in place; tag to TAG. */
export function sealWithNonce(adLength: u32, length: u32, nonce0: u32, nonce1: u32, nonce2: u32): void {
  mustHold(adLength, length);
  beginFrame(adLength, nonce0, nonce1, nonce2);
  const batches = length / BATCH;
  const whole = batches * BATCH;
  if (batches != 0) {
    // The sum follows the cipher one batch behind: what is being encrypted is not yet what is summed.
    xor8(FRAME, 1);
    xorAndMac8(FRAME + BATCH, FRAME, batches - 1);
    absorb(FRAME + whole - BATCH, BATCH);
  }
  chacha20(FRAME + whole, 1 + 8 * batches, nonce0, nonce1, nonce2, length - whole);
  absorb(FRAME + whole, length - whole);
  absorbLengths(adLength, length);
  finishMac(TAG);
}

/** 1 and FRAME decrypted when TAG is right, 0 and FRAME untouched when not; looks at every byte of the tag. */
export function openWithNonce(adLength: u32, length: u32, nonce0: u32, nonce1: u32, nonce2: u32): u32 {
  mustHold(adLength, length);
  beginFrame(adLength, nonce0, nonce1, nonce2);
  const batches = length / BATCH;
  const whole = batches * BATCH;
  // Decrypted while it is summed. Nobody else can look into this memory until we return, and what was no frame of this
  // key is encrypted again before that.
  xorAndMac8(FRAME, FRAME, batches);
  wipe(STATE, 64);
  absorb(FRAME + whole, length - whole);
  absorbLengths(adLength, length);
  finishMac(EXPECTED);
  const difference =
    (load<u64>(EXPECTED, 0) ^ load<u64>(TAG, 0)) | (load<u64>(EXPECTED, 8) ^ load<u64>(TAG, 8));
  // After a failure this is the tag of a forgery: it must not lie around.
  wipe(EXPECTED, 16);
  if (difference != 0) {
    chacha20(FRAME, 1, nonce0, nonce1, nonce2, whole);
    return 0;
  }
  chacha20(FRAME + whole, 1 + 8 * batches, nonce0, nonce1, nonce2, length - whole);
  return 1;
}
