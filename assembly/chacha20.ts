// ChaCha20, RFC 8439 §2.3 and §2.4. The sixteen working words are locals; only the input state lies in memory.
import { xor8 } from "./generated/chacha20x8";
import { FRAME_KEY, STATE, STREAM } from "./layout";
import { wipe } from "./wipe";

/** What a block is for: XORed onto 64 bytes, or HChaCha20's 32 bytes without the final addition. */
export const XOR: i32 = 0;
export const DERIVE: i32 = 1;

/** RFC 8439 §2.3: constants, the 32 bytes at `key`, and the last four words. */
export function setState(key: u32, w12: u32, w13: u32, w14: u32, w15: u32): void {
  store<u32>(STATE, 0x61707865, 0);
  store<u32>(STATE, 0x3320646e, 4);
  store<u32>(STATE, 0x79622d32, 8);
  store<u32>(STATE, 0x6b206574, 12);
  memory.copy(STATE + 16, key, 32);
  store<u32>(STATE, w12, 48);
  store<u32>(STATE, w13, 52);
  store<u32>(STATE, w14, 56);
  store<u32>(STATE, w15, 60);
}

// @ts-ignore: decorator
@inline function s(i: u32): u32 { return load<u32>(STATE + (i << 2)); }
// @ts-ignore: decorator
@inline function xor(p: u32, i: u32, x: u32): void { put(p, i, load<u32>(p + (i << 2)) ^ (x + s(i))); }
// @ts-ignore: decorator
@inline function put(p: u32, i: u32, x: u32): void { store<u32>(p + (i << 2), x); }

/** RFC 8439 §2.3: one block from STATE to the bytes at `p`, in the way `use` says (XOR, DERIVE). */
// @ts-ignore: decorator
@inline
export function block(use: i32, p: u32): void {
  let x0 = s(0), x1 = s(1), x2 = s(2), x3 = s(3), x4 = s(4), x5 = s(5), x6 = s(6), x7 = s(7);
  let x8 = s(8), x9 = s(9), x10 = s(10), x11 = s(11), x12 = s(12), x13 = s(13), x14 = s(14), x15 = s(15);
  for (let i = 0; i < 10; i++) {
    // RFC 8439 §2.3: four column rounds, each step done in all four quarters before the next …
    x0 += x4; x12 = rotl(x12 ^ x0, 16); x1 += x5; x13 = rotl(x13 ^ x1, 16);
    x2 += x6; x14 = rotl(x14 ^ x2, 16); x3 += x7; x15 = rotl(x15 ^ x3, 16);
    x8 += x12; x4 = rotl(x4 ^ x8, 12); x9 += x13; x5 = rotl(x5 ^ x9, 12);
    x10 += x14; x6 = rotl(x6 ^ x10, 12); x11 += x15; x7 = rotl(x7 ^ x11, 12);
    x0 += x4; x12 = rotl(x12 ^ x0, 8); x1 += x5; x13 = rotl(x13 ^ x1, 8);
    x2 += x6; x14 = rotl(x14 ^ x2, 8); x3 += x7; x15 = rotl(x15 ^ x3, 8);
    x8 += x12; x4 = rotl(x4 ^ x8, 7); x9 += x13; x5 = rotl(x5 ^ x9, 7);
    x10 += x14; x6 = rotl(x6 ^ x10, 7); x11 += x15; x7 = rotl(x7 ^ x11, 7);
    // … then four diagonal rounds.
    x0 += x5; x15 = rotl(x15 ^ x0, 16); x1 += x6; x12 = rotl(x12 ^ x1, 16);
    x2 += x7; x13 = rotl(x13 ^ x2, 16); x3 += x4; x14 = rotl(x14 ^ x3, 16);
    x10 += x15; x5 = rotl(x5 ^ x10, 12); x11 += x12; x6 = rotl(x6 ^ x11, 12);
    x8 += x13; x7 = rotl(x7 ^ x8, 12); x9 += x14; x4 = rotl(x4 ^ x9, 12);
    x0 += x5; x15 = rotl(x15 ^ x0, 8); x1 += x6; x12 = rotl(x12 ^ x1, 8);
    x2 += x7; x13 = rotl(x13 ^ x2, 8); x3 += x4; x14 = rotl(x14 ^ x3, 8);
    x10 += x15; x5 = rotl(x5 ^ x10, 7); x11 += x12; x6 = rotl(x6 ^ x11, 7);
    x8 += x13; x7 = rotl(x7 ^ x8, 7); x9 += x14; x4 = rotl(x4 ^ x9, 7);
  }
  if (use == DERIVE) {
    // draft-irtf-cfrg-xchacha-03 §2.2: first and last row, and no addition of the input.
    put(p, 0, x0); put(p, 1, x1); put(p, 2, x2); put(p, 3, x3);
    put(p, 4, x12); put(p, 5, x13); put(p, 6, x14); put(p, 7, x15);
  } else {
    xor(p, 0, x0); xor(p, 1, x1); xor(p, 2, x2); xor(p, 3, x3);
    xor(p, 4, x4); xor(p, 5, x5); xor(p, 6, x6); xor(p, 7, x7);
    xor(p, 8, x8); xor(p, 9, x9); xor(p, 10, x10); xor(p, 11, x11);
    xor(p, 12, x12); xor(p, 13, x13); xor(p, 14, x14); xor(p, 15, x15);
  }
}

/** Bytes that xor8 and xorAndMac8 take at a time: eight blocks. */
export const BATCH: u32 = 512;

/**
 * RFC 8439 §2.4: XORs the key stream of FRAME_KEY from block `counter` on, nonce as three words, onto the `length`
 * bytes at `p`. Traps when the 32-bit block counter would wrap. The caller has checked that the bytes fit.
 */
export function chacha20(p: u32, counter: u32, nonce0: u32, nonce1: u32, nonce2: u32, length: u32): void {
  const blocks = (<u64>length + 63) >> 6;
  if (<u64>counter + blocks > 0x100000000) unreachable();
  setState(FRAME_KEY, counter, nonce0, nonce1, nonce2);
  xor8(p, length / BATCH);
  const end = p + (length & ~63);
  p += length - (length % BATCH);
  for (; p != end; p += 64) {
    block(XOR, p);
    store<u32>(STATE, load<u32>(STATE, 48) + 1, 48);
  }
  const rest = length & 63;
  if (rest != 0) {
    memory.copy(STREAM, p, rest);
    block(XOR, STREAM);
    memory.copy(p, STREAM, rest);
    wipe(STREAM, 64);
  }
  wipe(STATE, 64);
}
