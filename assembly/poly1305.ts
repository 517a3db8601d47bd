// Poly1305, RFC 8439 §2.5, as ChaCha20-Poly1305 uses it: every piece is filled up with zeros to 16 bytes (§2.8),
// so each block carries the bit 2^128. Numbers are little-endian limbs of 32 bits, kept in u64.
import { LENGTHS, POLY, POLY_BYTES } from "./layout";
import { wipe } from "./wipe";

//   POLY + 0   r, 4 x u32, clamped
//   POLY + 16  s, 4 x u32
//   POLY + 32  h, 5 x u64, each below 2^32, h4 at most 4
const S: u32 = POLY + 16;
const H: u32 = POLY + 32;

/** Takes the one-time key, r ‖ s, from the 32 bytes at `key`. */
export function beginMac(key: u32): void {
  // RFC 8439 §2.5: top four bits of bytes 3, 7, 11, 15 and bottom two of bytes 4, 8, 12 are clear.
  store<u32>(POLY, load<u32>(key, 0) & 0x0fffffff, 0);
  store<u32>(POLY, load<u32>(key, 4) & 0x0ffffffc, 4);
  store<u32>(POLY, load<u32>(key, 8) & 0x0ffffffc, 8);
  store<u32>(POLY, load<u32>(key, 12) & 0x0ffffffc, 12);
  memory.copy(S, key + 16, 16);
  memory.fill(H, 0, 40);
}

/** h = (h + block + 2^128) · r mod 2^130 − 5 (only partly reduced) for `count` blocks of 16 bytes at `p`. */
function blocks(p: u32, count: u32): void {
  const r0 = <u64>load<u32>(POLY, 0), r1 = <u64>load<u32>(POLY, 4);
  const r2 = <u64>load<u32>(POLY, 8), r3 = <u64>load<u32>(POLY, 12);
  // 2^128 · r_i = 2^130 · (r_i / 4) ≡ 5 · (r_i / 4); the clamp made r1, r2, r3 divisible by 4.
  const s1 = r1 + (r1 >> 2), s2 = r2 + (r2 >> 2), s3 = r3 + (r3 >> 2);
  let h0 = load<u64>(H, 0), h1 = load<u64>(H, 8), h2 = load<u64>(H, 16);
  let h3 = load<u64>(H, 24), h4 = load<u64>(H, 32);
  for (; count != 0; count--, p += 16) {
    h0 += load<u32>(p, 0);
    h1 += load<u32>(p, 4) + (h0 >> 32);
    h2 += load<u32>(p, 8) + (h1 >> 32);
    h3 += load<u32>(p, 12) + (h2 >> 32);
    h4 += 1 + (h3 >> 32);
    h0 &= 0xffffffff; h1 &= 0xffffffff; h2 &= 0xffffffff; h3 &= 0xffffffff;
    // Four products below 2^32 · 1.25 · 2^28 and a small one: every sum stays below 2^63.
    const d0 = h0 * r0 + h1 * s3 + h2 * s2 + h3 * s1;
    const d1 = h0 * r1 + h1 * r0 + h2 * s3 + h3 * s2 + h4 * s1 + (d0 >> 32);
    const d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s3 + h4 * s2 + (d1 >> 32);
    const d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s3 + (d2 >> 32);
    const d4 = h4 * r0 + (d3 >> 32);
    // 2^130 ≡ 5: what lies above bit 130 comes back in at the bottom, five times.
    h0 = (d0 & 0xffffffff) + (d4 >> 2) * 5;
    h1 = (d1 & 0xffffffff) + (h0 >> 32);
    h2 = (d2 & 0xffffffff) + (h1 >> 32);
    h3 = (d3 & 0xffffffff) + (h2 >> 32);
    h4 = (d4 & 3) + (h3 >> 32);
    h0 &= 0xffffffff; h1 &= 0xffffffff; h2 &= 0xffffffff; h3 &= 0xffffffff;
  }
  store<u64>(H, h0, 0);
  store<u64>(H, h1, 8);
  store<u64>(H, h2, 16);
  store<u64>(H, h3, 24);
  store<u64>(H, h4, 32);
}

/** RFC 8439 §2.8: takes the `length` bytes at `p` and zeros up to a multiple of 16. */
export function absorb(p: u32, length: u32): void {
  blocks(p, length >> 4);
  const rest = length & 15;
  if (rest == 0) return;
  memory.copy(LENGTHS, p + length - rest, rest);
  blocks(LENGTHS, 1);
  wipe(LENGTHS, 16);
}

/** RFC 8439 §2.8: takes the two lengths as 64-bit little-endian numbers. */
export function absorbLengths(adLength: u32, length: u32): void {
  store<u64>(LENGTHS, adLength, 0);
  store<u64>(LENGTHS, length, 8);
  blocks(LENGTHS, 1);
  wipe(LENGTHS, 16);
}

/** RFC 8439 §2.5: reduces h fully, adds s modulo 2^128, writes the 16 bytes to `out` and forgets the key. */
export function finishMac(out: u32): void {
  const h0 = load<u64>(H, 0), h1 = load<u64>(H, 8), h2 = load<u64>(H, 16);
  const h3 = load<u64>(H, 24), h4 = load<u64>(H, 32);
  // h < 2^130 + 2^34 here. g = h + 5 reaches 2^130 exactly when h ≥ p = 2^130 − 5, and then h − p is g without
  // that bit.
  const g0 = h0 + 5;
  const g1 = h1 + (g0 >> 32);
  const g2 = h2 + (g1 >> 32);
  const g3 = h3 + (g2 >> 32);
  const g4 = h4 + (g3 >> 32);
  // All ones to take g, zero to keep h: no branch on a secret.
  const take = 0 - (g4 >> 2);
  let f = ((h0 & ~take) | (g0 & take & 0xffffffff)) + load<u32>(S, 0);
  store<u32>(out, <u32>f, 0);
  f = ((h1 & ~take) | (g1 & take & 0xffffffff)) + load<u32>(S, 4) + (f >> 32);
  store<u32>(out, <u32>f, 4);
  f = ((h2 & ~take) | (g2 & take & 0xffffffff)) + load<u32>(S, 8) + (f >> 32);
  store<u32>(out, <u32>f, 8);
  f = ((h3 & ~take) | (g3 & take & 0xffffffff)) + load<u32>(S, 12) + (f >> 32);
  store<u32>(out, <u32>f, 12);
  wipe(POLY, POLY_BYTES);
}
