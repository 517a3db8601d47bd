// SHA-256 as FIPS 180-4 writes it: slow, plain, and without a table that could hold a typing error.

/** ⌊n^(1/k)⌋ by bisection. */
function root(n: bigint, k: bigint): bigint {
  let low = 0n;
  let high = n;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** k <= n) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/** First 32 bits of the fractional part of the k-th root of each of the first `count` primes. */
function fractions(count: number, k: bigint): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes.map((p) => Number(root(BigInt(p) << (32n * k), k) & 0xffffffffn));
}

const K = fractions(64, 3n); // FIPS 180-4 §4.2.2
const H0 = fractions(8, 2n); // FIPS 180-4 §5.3.3

const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** FIPS 180-4 §5.1.1: 0x80, zeros, the length in bits as 64 big-endian bits. */
function pad(message: Uint8Array): DataView {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(message.length) * 8n);
  return padded;
}

/** FIPS 180-4 §6.2: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const hash = new Uint32Array(H0);
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.byteLength; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = padded.getUint32(block + 4 * t);
    for (let t = 16; t < 64; t++) {
      const [x, y] = [w[t - 15]!, w[t - 2]!];
      const sigma0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
      const sigma1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
      w[t] = sigma1 + w[t - 7]! + sigma0 + w[t - 16]!;
    }
    const v = new Uint32Array(hash); // a b c d e f g h
    for (let t = 0; t < 64; t++) {
      const [a, b, c, d, e, f, g, h] = v as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const sum1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
      const t1 = h + sum1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!;
      const sum0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
      const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      v.set([t1 + t2, a, b, c, d + t1, e, f, g]);
    }
    for (let i = 0; i < 8; i++) hash[i]! += v[i]!;
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => {
    digest.setUint32(4 * i, word);
  });
  return new Uint8Array(digest.buffer);
}
