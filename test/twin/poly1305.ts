// Poly1305 as RFC 8439 §2.5.1 writes it, in whole numbers.

/** The prime 2^130 − 5. */
export const P = (1n << 130n) - 5n;

/** Little-endian bytes as a number. */
export function number(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** The lowest `length` bytes of a number, little-endian. */
export function bytes(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** RFC 8439 §2.5.1: r with the clamped bits clear, and s. */
export function split(key: Uint8Array): { r: bigint; s: bigint } {
  return {
    r: number(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn,
    s: number(key.subarray(16, 32)),
  };
}

/** The accumulator after `message`, fully reduced. */
export function accumulate(message: Uint8Array, r: bigint): bigint {
  let a = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    a = ((a + number(block) + (1n << BigInt(8 * block.length))) * r) % P;
  }
  return a;
}

/** RFC 8439 §2.5.1: 16 bytes. */
export function poly1305(message: Uint8Array, key: Uint8Array): Uint8Array {
  const { r, s } = split(key);
  return bytes(accumulate(message, r) + s, 16);
}
