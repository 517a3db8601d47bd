// AEAD_CHACHA20_POLY1305 as RFC 8439 §2.8.1 writes it.
import { chacha20, chacha20Block } from "./chacha20.ts";
import { bytes, poly1305 } from "./poly1305.ts";

const pad16 = (data: Uint8Array): Uint8Array => new Uint8Array((16 - (data.length % 16)) % 16);

/** RFC 8439 §2.6: the one-time key of Poly1305. */
export function oneTimeKey(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  return chacha20Block(key, 0, nonce).subarray(0, 32);
}

/** RFC 8439 §2.8: what the tag is taken over. */
export function macInput(ad: Uint8Array, cipherText: Uint8Array): Uint8Array {
  const parts = [ad, pad16(ad), cipherText, pad16(cipherText)];
  parts.push(bytes(BigInt(ad.length), 8), bytes(BigInt(cipherText.length), 8));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** RFC 8439 §2.8. */
export function tagOf(
  key: Uint8Array,
  nonce: Uint8Array,
  ad: Uint8Array,
  cipherText: Uint8Array,
): Uint8Array {
  return poly1305(macInput(ad, cipherText), oneTimeKey(key, nonce));
}

/** RFC 8439 §2.8: counter 1 begins the key stream. */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  ad: Uint8Array,
  text: Uint8Array,
): { cipherText: Uint8Array; tag: Uint8Array } {
  const cipherText = chacha20(key, 1, nonce, text);
  return { cipherText, tag: tagOf(key, nonce, ad, cipherText) };
}

/** The plain text, or null where the tag is not right. */
export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  ad: Uint8Array,
  cipherText: Uint8Array,
  tag: Uint8Array,
): Uint8Array | null {
  const expected = tagOf(key, nonce, ad, cipherText);
  if (tag.length !== 16 || expected.some((byte, i) => byte !== tag[i])) return null;
  return chacha20(key, 1, nonce, cipherText);
}
