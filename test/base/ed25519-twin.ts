/** Edwards25519 (RFC 8032 §5.1) in plain integers: slow, for looking at public keys in tests only. */
export const p = 2n ** 255n - 19n;
/** The order of the base point (RFC 8032 §5.1). */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;

type Point = readonly [x: bigint, y: bigint];

const mod = (n: bigint): bigint => ((n % p) + p) % p;

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  let square = mod(base);
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
};

const inverse = (n: bigint): bigint => power(n, p - 2n);
const d = mod(-121665n * inverse(121666n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** Little-endian bytes as an integer. */
export function fromLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** An integer as 32 little-endian bytes. */
export function toLittleEndian(n: bigint): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));
}

/** RFC 8032 §5.1.3, but lenient: y is reduced and x = 0 may have a sign. null where no point has this y. */
function decompress(bytes: Uint8Array): Point | null {
  const all = fromLittleEndian(bytes);
  const sign = all >> 255n;
  const y = mod(all & (2n ** 255n - 1n));
  const square = mod((y * y - 1n) * inverse(mod(d * y * y + 1n)));
  let x = power(square, (p + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * rootOfMinusOne);
  if (mod(x * x) !== square) return null;
  return [(x & 1n) === sign ? x : mod(-x), y];
}

function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const t = mod(d * x1 * x2 * y1 * y2);
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + t)), mod((y1 * y2 + x1 * x2) * inverse(1n - t))];
}

/** The order of the encoded point if that divides 8, else null. */
export function smallOrder(bytes: Uint8Array): number | null {
  let point = decompress(bytes);
  if (point === null) return null;
  for (let order = 1; order <= 8; order *= 2) {
    if (point[0] === 0n && point[1] === 1n) return order;
    point = add(point, point);
  }
  return null;
}
