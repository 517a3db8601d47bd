import { type DecodeOptions, decode, encode, rfc8949EncodeOptions, type Token, Tokenizer } from "cborg";
import { type Bytes, equal, fromUtf8, unshared } from "./bytes.ts";
import { type CborLimits, cborFault, scanCbor, scanCborHeads } from "./cbor-scan.ts";
import { isFault } from "./fault.ts";

export type { CborLimits, CborWhy } from "./cbor-scan.ts";

/**
 * What our formats can say. Integers outside ±(2^53−1) are bigint, and numbers are integers:
 * there are no floats, tags, undefined or other simple values.
 */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | CborValue[]
  | Map<number | string, CborValue>;

/** Deeper values are refused when encoding, which also ends the walk through one that holds itself. */
const MAX_DEPTH = 64;

const OPTIONS: DecodeOptions = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: true,
  retainStringBytes: true,
};

/** cborg swallows a byte order mark at the start of a text; here a text keeps all its characters. */
class ExactTokenizer extends Tokenizer {
  override next(): Token {
    const token = super.next();
    if (token.byteValue !== undefined) token.value = fromUtf8(token.byteValue);
    return token;
  }
}

/**
 * RFC 8949 §4.2.1 core deterministic encoding: one value has one encoding.
 * Throws TypeError on anything that is not a CborValue, RangeError on integers beyond 64 bits or depth beyond 64.
 */
export function encodeCbor(value: CborValue): Bytes {
  checkValue(value, 0);
  const encoded = encode(value, rfc8949EncodeOptions) as Bytes;
  // It may have been a secret: what cborg keeps of a short one for the next is written over.
  if (encoded.length < blank.length) encode(blank, rfc8949EncodeOptions);
  // cborg returns a piece of a larger buffer at times, and Buffers in Node: nobody may transfer or read what is not his.
  if (encoded.constructor === Uint8Array && encoded.length === encoded.buffer.byteLength) return encoded;
  const own = new Uint8Array(encoded);
  encoded.fill(0);
  return own;
}

/** Longer than half of the 256 bytes that cborg writes into: a value that long it hands out with the whole buffer, and takes a new one. */
const blank = new Uint8Array(129);

/**
 * Reads bytes that encodeCbor can have written, and nothing else: scanned within the limits first, then
 * decoded, then encoded again and compared, because cborg alone is lenient.
 * Byte strings come back as copies. Throws Fault "cbor" {why: CborWhy, offset}.
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = {}): CborValue {
  const own = plain(bytes);
  if ((limits.depth ?? 0) > MAX_DEPTH) throw new RangeError(`"depth" expected at most ${MAX_DEPTH}`);
  const end = scanCbor(own, 0, limits);
  if (end !== own.length) throw cborFault("trailing", end);
  let value: CborValue;
  try {
    value = decode(own, { ...OPTIONS, tokenizer: new ExactTokenizer(own, OPTIONS) });
  } catch (cause) {
    throw cborFault("encoding", 0, cause);
  }
  if (!isEncoding(own, value)) throw cborFault("encoding", 0);
  return value;
}

/** Byte strings from this length on are compared where they stand, and not encoded for it: a raw frame is one. Bytes */
const long = 1 << 16;

/** Whether these bytes are what the value is encoded as. */
function isEncoding(own: Bytes, value: CborValue): boolean {
  const hasLong =
    Array.isArray(value) && value.some((one) => one instanceof Uint8Array && one.length >= long);
  if (!hasLong) {
    const again = encodeCbor(value);
    const isSame = equal(again, own);
    again.fill(0);
    return isSame;
  }
  let at = 0;
  const isNext = (piece: Uint8Array): boolean => {
    at += piece.length;
    return equal(piece, own.subarray(at - piece.length, at));
  };
  if (!isNext(encodeHead(4, value.length))) return false;
  for (const one of value) {
    const isLong = one instanceof Uint8Array && one.length >= long;
    if (isLong ? !(isNext(encodeHead(2, one.length)) && isNext(one)) : !isNext(encodeCbor(one))) return false;
  }
  return at === own.length;
}

/** RFC 8949 §3 and §4.2.1: major type and argument, in the fewest bytes; below 2^32. */
function encodeHead(major: number, argument: number): Bytes {
  const width = argument < 24 ? 0 : argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : 4;
  const bytes = new Uint8Array(1 + width);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (major << 5) | (width === 0 ? argument : width === 4 ? 26 : 23 + width));
  if (width === 1) view.setUint8(1, argument);
  if (width === 2) view.setUint16(1, argument);
  if (width === 4) view.setUint32(1, argument);
  return bytes;
}

/**
 * RFC 8742: cuts the item at `offset` out of a CBOR sequence, as a view; `next` is where the following one begins.
 * `null` where the bytes end before the item does (a torn tail, or nothing at all).
 * Throws Fault "cbor" where what is there cannot become an item of ours. The limits hold for the item.
 */
export function cborSequenceItem(
  bytes: Uint8Array,
  offset: number,
  limits: CborLimits = {},
): { readonly item: Bytes; readonly next: number } | null {
  const own = plain(bytes);
  try {
    const next = scanCbor(own, offset, limits);
    return { item: own.subarray(offset, next), next };
  } catch (error) {
    if (isFault(error) && error.detail.why === "truncated") return null;
    throw error;
  }
}

/**
 * Where the item at `offset` of a CBOR sequence ends, for who wants to pass over the content of its byte strings: that may
 * lie behind the bytes given, and is then nothing but what the item claims. `null` and Fault "cbor" as above.
 */
export function cborSequenceEnd(bytes: Uint8Array, offset: number, limits: CborLimits = {}): number | null {
  try {
    return scanCborHeads(plain(bytes), offset, limits);
  } catch (error) {
    if (isFault(error) && error.detail.why === "truncated") return null;
    throw error;
  }
}

/** The same bytes as a Uint8Array and nothing more: a Buffer's slices are Buffers, and views where copies are meant. */
function plain(bytes: Uint8Array): Bytes {
  const own = unshared(bytes);
  return new Uint8Array(own.buffer, own.byteOffset, own.length);
}

function checkValue(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError(`"value" is deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      if (typeof key === "bigint") throw new TypeError('"key" expected a number or text, got a bigint');
      checkScalar(key);
      checkValue(item, depth + 1);
    }
  } else if (!(value === null || typeof value === "boolean" || value instanceof Uint8Array)) {
    checkScalar(value);
  }
}

function checkScalar(value: unknown): void {
  switch (typeof value) {
    case "number":
      if (Number.isSafeInteger(value)) return;
      throw new TypeError(`"value" expected a safe integer, got ${value}`);
    case "bigint":
      if (value >= -(2n ** 64n) && value < 2n ** 64n) return; // RFC 8949 §3.1: major types 0 and 1
      throw new RangeError('"value" needs more than 64 bits');
    case "string":
      if (value.isWellFormed()) return;
      throw new TypeError('"value" holds a lone surrogate');
    default:
      throw new TypeError(`"value" has no CBOR encoding here: ${typeof value}`);
  }
}
