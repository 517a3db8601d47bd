// ChaCha20-Poly1305, RFC 8439 §2.8, in place at FRAME under FRAME_KEY, associated data at AD.
import { chacha20, block, setState, XOR } from "./chacha20";
import { AD, AD_CAPACITY, EXPECTED, FRAME, FRAME_KEY, mustFit, STATE, STREAM, TAG } from "./layout";
import { absorb, absorbLengths, beginMac, finishMac } from "./poly1305";
import { wipe } from "./wipe";

/** Traps on lengths beyond AD or the memory: before anything is read or written. */
function mustHold(adLength: u32, length: u32): void {
  if (adLength > AD_CAPACITY) unreachable();
  mustFit(FRAME, length);
}

/** The tag over AD and the cipher text at FRAME, 16 bytes to `out`. */
function mac(adLength: u32, length: u32, nonce0: u32, nonce1: u32, nonce2: u32, out: u32): void {
  // RFC 8439 §2.6: the first 32 bytes of block 0 are the one-time key; STREAM is zero between calls.
  setState(FRAME_KEY, 0, nonce0, nonce1, nonce2);
  block(XOR, STREAM);
  beginMac(STREAM);
  wipe(STREAM, 64);
  wipe(STATE, 64);
  absorb(AD, adLength);
  absorb(FRAME, length);
  absorbLengths(adLength, length);
  finishMac(out);
}

/** Encrypts the `length` bytes at FRAME in place; tag to TAG. RFC 8439 §2.8: counter 1 begins the key stream. */
export function sealWithNonce(adLength: u32, length: u32, nonce0: u32, nonce1: u32, nonce2: u32): void {
  mustHold(adLength, length);
  chacha20(FRAME, 1, nonce0, nonce1, nonce2, length);
  mac(adLength, length, nonce0, nonce1, nonce2, TAG);
}

/** 1 and FRAME decrypted when TAG is right, 0 and FRAME untouched when not; looks at every byte of the tag. */
export function openWithNonce(adLength: u32, length: u32, nonce0: u32, nonce1: u32, nonce2: u32): u32 {
  mustHold(adLength, length);
  mac(adLength, length, nonce0, nonce1, nonce2, EXPECTED);
  const difference =
    (load<u64>(EXPECTED, 0) ^ load<u64>(TAG, 0)) | (load<u64>(EXPECTED, 8) ^ load<u64>(TAG, 8));
  // After a failure this is the tag of a forgery: it must not lie around.
  wipe(EXPECTED, 16);
  if (difference != 0) return 0;
  chacha20(FRAME, 1, nonce0, nonce1, nonce2, length);
  return 1;
}
