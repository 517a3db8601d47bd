import type { Bytes } from "../base/index.ts";

// BIP 173: five bits a character, then six characters that are zero under this polynomial.
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The age identity ("AGE-SECRET-KEY-1…") of an X25519 scalar, 32 bytes. Throws TypeError on another length. */
export function identityOf(scalar: Bytes): string {
  if (scalar.length !== 32) throw new TypeError(`"scalar" expected 32 bytes, got ${scalar.length}`);
  return bech32("age-secret-key-", scalar).toUpperCase();
}

function bech32(prefix: string, bytes: Uint8Array): string {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const values = fiveBits(bytes);
  const spread = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values];
  const sum = polymod([...spread, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `${prefix}1${[...values, ...check].map((value) => LETTERS[value]).join("")}`;
}

/** Regrouped from eight bits to five, zeros at the end. */
function fiveBits(bytes: Uint8Array): number[] {
  const groups: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) groups.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) groups.push((held << (5 - bits)) & 31);
  return groups;
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of GENERATOR.entries()) if ((top >>> bit) & 1) sum ^= term;
  }
  return sum;
}
