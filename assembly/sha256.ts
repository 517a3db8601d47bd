// SHA-256, FIPS 180-4. The message schedule lives in sixteen locals, never in memory.
import { HASH, mustFit, TAIL } from "./layout";
import { wipe } from "./wipe";

// FIPS 180-4 §4.2.2
export const K: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

// FIPS 180-4 §4.1.2, (4.2) to (4.7)
// @ts-ignore: decorator
@inline function ch(x: u32, y: u32, z: u32): u32 { return z ^ (x & (y ^ z)); }
// @ts-ignore: decorator
@inline function maj(x: u32, y: u32, z: u32): u32 { return (x & y) | (z & (x | y)); }
// @ts-ignore: decorator
@inline function big0(x: u32): u32 { return rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22); }
// @ts-ignore: decorator
@inline function big1(x: u32): u32 { return rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25); }
// @ts-ignore: decorator
@inline function small0(x: u32): u32 { return rotr(x, 7) ^ rotr(x, 18) ^ (x >> 3); }
// @ts-ignore: decorator
@inline function small1(x: u32): u32 { return rotr(x, 17) ^ rotr(x, 19) ^ (x >> 10); }
// @ts-ignore: decorator
@inline function word(p: u32, i: u32): u32 { return bswap(load<u32>(p + (i << 2))); }
// @ts-ignore: decorator
@inline function k(p: u32, i: u32): u32 { return load<u32>(p + (i << 2)); }

/** FIPS 180-4 §5.3.3: sets the chaining value to H(0). */
export function begin(): void {
  store<u32>(HASH, 0x6a09e667, 0);
  store<u32>(HASH, 0xbb67ae85, 4);
  store<u32>(HASH, 0x3c6ef372, 8);
  store<u32>(HASH, 0xa54ff53a, 12);
  store<u32>(HASH, 0x510e527f, 16);
  store<u32>(HASH, 0x9b05688c, 20);
  store<u32>(HASH, 0x1f83d9ab, 24);
  store<u32>(HASH, 0x5be0cd19, 28);
}

/** FIPS 180-4 §6.2.2 over `count` blocks of 64 bytes at `p`. */
export function compress(p: u32, count: u32): void {
  let h0 = load<u32>(HASH, 0), h1 = load<u32>(HASH, 4), h2 = load<u32>(HASH, 8);
  let h3 = load<u32>(HASH, 12), h4 = load<u32>(HASH, 16), h5 = load<u32>(HASH, 20);
  let h6 = load<u32>(HASH, 24), h7 = load<u32>(HASH, 28);
  for (; count != 0; count--, p += 64) {
    let a = h0, b = h1, c = h2, d = h3, e = h4, f = h5, g = h6, h = h7;
    let w0 = word(p, 0), w1 = word(p, 1), w2 = word(p, 2), w3 = word(p, 3);
    let w4 = word(p, 4), w5 = word(p, 5), w6 = word(p, 6), w7 = word(p, 7);
    let w8 = word(p, 8), w9 = word(p, 9), w10 = word(p, 10), w11 = word(p, 11);
    let w12 = word(p, 12), w13 = word(p, 13), w14 = word(p, 14), w15 = word(p, 15);
    let t: u32 = 0;
    let q = <u32>K;
    while (true) {
      // Sixteen rounds; the eight working variables change names instead of places and are home after eight.
      t = h + big1(e) + ch(e, f, g) + k(q, 0) + w0; d += t; h = t + big0(a) + maj(a, b, c);
      t = g + big1(d) + ch(d, e, f) + k(q, 1) + w1; c += t; g = t + big0(h) + maj(h, a, b);
      t = f + big1(c) + ch(c, d, e) + k(q, 2) + w2; b += t; f = t + big0(g) + maj(g, h, a);
      t = e + big1(b) + ch(b, c, d) + k(q, 3) + w3; a += t; e = t + big0(f) + maj(f, g, h);
      t = d + big1(a) + ch(a, b, c) + k(q, 4) + w4; h += t; d = t + big0(e) + maj(e, f, g);
      t = c + big1(h) + ch(h, a, b) + k(q, 5) + w5; g += t; c = t + big0(d) + maj(d, e, f);
      t = b + big1(g) + ch(g, h, a) + k(q, 6) + w6; f += t; b = t + big0(c) + maj(c, d, e);
      t = a + big1(f) + ch(f, g, h) + k(q, 7) + w7; e += t; a = t + big0(b) + maj(b, c, d);
      t = h + big1(e) + ch(e, f, g) + k(q, 8) + w8; d += t; h = t + big0(a) + maj(a, b, c);
      t = g + big1(d) + ch(d, e, f) + k(q, 9) + w9; c += t; g = t + big0(h) + maj(h, a, b);
      t = f + big1(c) + ch(c, d, e) + k(q, 10) + w10; b += t; f = t + big0(g) + maj(g, h, a);
      t = e + big1(b) + ch(b, c, d) + k(q, 11) + w11; a += t; e = t + big0(f) + maj(f, g, h);
      t = d + big1(a) + ch(a, b, c) + k(q, 12) + w12; h += t; d = t + big0(e) + maj(e, f, g);
      t = c + big1(h) + ch(h, a, b) + k(q, 13) + w13; g += t; c = t + big0(d) + maj(d, e, f);
      t = b + big1(g) + ch(g, h, a) + k(q, 14) + w14; f += t; b = t + big0(c) + maj(c, d, e);
      t = a + big1(f) + ch(f, g, h) + k(q, 15) + w15; e += t; a = t + big0(b) + maj(b, c, d);
      q += 64;
      if (q == <u32>K + 256) break;
      w0 += small1(w14) + w9 + small0(w1);
      w1 += small1(w15) + w10 + small0(w2);
      w2 += small1(w0) + w11 + small0(w3);
      w3 += small1(w1) + w12 + small0(w4);
      w4 += small1(w2) + w13 + small0(w5);
      w5 += small1(w3) + w14 + small0(w6);
      w6 += small1(w4) + w15 + small0(w7);
      w7 += small1(w5) + w0 + small0(w8);
      w8 += small1(w6) + w1 + small0(w9);
      w9 += small1(w7) + w2 + small0(w10);
      w10 += small1(w8) + w3 + small0(w11);
      w11 += small1(w9) + w4 + small0(w12);
      w12 += small1(w10) + w5 + small0(w13);
      w13 += small1(w11) + w6 + small0(w14);
      w14 += small1(w12) + w7 + small0(w15);
      w15 += small1(w13) + w8 + small0(w0);
    }
    h0 += a; h1 += b; h2 += c; h3 += d; h4 += e; h5 += f; h6 += g; h7 += h;
  }
  store<u32>(HASH, h0, 0);
  store<u32>(HASH, h1, 4);
  store<u32>(HASH, h2, 8);
  store<u32>(HASH, h3, 12);
  store<u32>(HASH, h4, 16);
  store<u32>(HASH, h5, 20);
  store<u32>(HASH, h6, 24);
  store<u32>(HASH, h7, 28);
}

/**
 * FIPS 180-4 §5.1.1: pads a message of `total` bytes whose last `filled` bytes lie at `p`; returns the number of
 * blocks that are now at `p`.
 */
export function pad(p: u32, filled: u32, total: u32): u32 {
  const blocks = ((filled + 8) >> 6) + 1;
  const end = blocks << 6;
  memory.fill(p + filled, 0, end - filled);
  store<u8>(p + filled, 0x80);
  store<u64>(p + end - 8, bswap(<u64>total << 3));
  return blocks;
}

/** Writes the chaining value to `out` as 32 bytes, big-endian. */
export function emit(out: u32): void {
  for (let i: u32 = 0; i < 32; i += 4) store<u32>(out + i, bswap(load<u32>(HASH + i)));
}

/** SHA-256 of the `length` bytes at `p`, 32 bytes to `out`; leaves no scratch behind. */
export function hash(p: u32, length: u32, out: u32): void {
  mustFit(p, length);
  const whole = length >> 6;
  const rest = length & 63;
  begin();
  compress(p, whole);
  memory.copy(TAIL, p + (whole << 6), rest);
  compress(TAIL, pad(TAIL, rest, length));
  emit(out);
  wipe(TAIL, 128);
  wipe(HASH, 32);
}
