// What both verifiers read: the items of FORMAT.md, with Node's crypto and nothing of src.
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { Reader, type Value, written } from "./cbor.ts";
import { leavesOf, root } from "./tree.ts";

export class Refused extends Error {
  readonly reason: string;
  readonly more: object;
  constructor(reason: string, more: object = {}) {
    super(reason);
    this.reason = reason;
    this.more = more;
  }
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Takes the values of an array one by one, each of the type and range it must have. */
class Fields {
  readonly #values: Value[];
  constructor(value: Value | undefined) {
    if (!Array.isArray(value)) throw new Refused("malformed");
    this.#values = [...value];
  }
  uint(least = 0, most: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.#values.shift();
    if (typeof value !== "number" || value < least || value > most) throw new Refused("malformed");
    return value;
  }
  bytes(least: number, most = least): Uint8Array {
    const value = this.#values.shift();
    if (!(value instanceof Uint8Array) || value.length < least || value.length > most)
      throw new Refused("malformed");
    return value;
  }
  maybeBytes(length: number): void {
    if (this.#values[0] === null) this.#values.shift();
    else this.bytes(length);
  }
  one<T extends Value>(...list: T[]): T {
    const value = this.#values.shift() as T;
    if (!list.includes(value)) throw new Refused("malformed");
    return value;
  }
  text(least: number, most: number): string {
    const value = this.#values.shift();
    if (typeof value !== "string" || value.length < least || value.length > most)
      throw new Refused("malformed");
    return value;
  }
  get isEmpty(): boolean {
    return this.#values.length === 0;
  }
  name(): string | null {
    const value = this.#values.shift();
    if (value !== null && (typeof value !== "string" || value.length > 32)) throw new Refused("malformed");
    return value;
  }
  array(): Fields {
    return new Fields(this.#values.shift());
  }
  done(): void {
    if (this.#values.length > 0) throw new Refused("malformed");
  }
}

/** [SF1] [SF2] */
export const begin = (item: Uint8Array): Fields => {
  const fields = new Fields(new Reader(item).value());
  fields.uint(1, 7);
  if (fields.uint() !== 1) throw new Refused("version");
  return fields;
};

/** [SF5] RFC 9052 §4.4. */
export const isSigned = (
  key: KeyObject,
  purpose: string,
  payload: Uint8Array,
  envelope: Uint8Array,
): boolean => {
  const prefix = Buffer.from("8443a10132a0f65840", "hex");
  if (!same(envelope.subarray(0, 9), prefix)) return false;
  const aad = Buffer.from(`sealcam/1 ${purpose}`);
  const structure = written(["Signature1", Buffer.from("a10132", "hex"), aad, payload]);
  return verify(null, structure, key, envelope.subarray(9));
};

const p = 2n ** 255n - 19n;
const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square, left] = [1n, base % p, exponent];
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
};
const divided = (above: bigint, below: bigint): bigint => (above * power(below, p - 2n)) % p;
const d = divided(p - 121665n, 121666n);

/** y of the double of a point, from its y (RFC 8032 §5.1: −x² + y² = 1 + d x² y²). */
const doubled = (y: bigint): bigint => {
  const y2 = (y * y) % p;
  const x2 = divided(y2 - 1n + p, 1n + d * y2);
  return divided(y2 + x2, 1n + p - ((d * x2 * y2) % p));
};

/** [SF6]: canonical, and not of low order: eight times the point is not the neutral one. null otherwise. */
const keyOf = (raw: Uint8Array): KeyObject | null => {
  const y = BigInt(`0x${Buffer.from(raw).reverse().toString("hex")}`) & (2n ** 255n - 1n);
  if (y >= p || doubled(doubled(doubled(y))) === 1n) return null;
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  try {
    return createPublicKey({ key: der, format: "der", type: "spki" });
  } catch {
    return null;
  }
};

/** RFC 4648 §6, without padding. */
const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups
    .map((group) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(group.padEnd(5, "0"), 2)])
    .join("");
};

export interface Head {
  readonly key: KeyObject;
  readonly hash: Uint8Array;
  readonly number: string;
}

/** [SF7] [SF8] */
export const headOf = (item: Uint8Array): Head => {
  const fields = begin(item);
  const payload = fields.bytes(1, 1024);
  const envelope = fields.bytes(73);
  fields.done();
  let signed: Fields;
  try {
    const reader = new Reader(payload);
    signed = new Fields(reader.value());
    if (reader.at !== payload.length) throw new Refused("malformed");
  } catch {
    throw new Refused("malformed");
  }
  if (signed.uint() !== 1) throw new Refused("version");
  const raw = signed.bytes(32);
  signed.uint(1);
  signed.maybeBytes(32);
  signed.uint();
  signed.one<Value>("camera");
  signed.one<Value>("track-processor-window", "track-processor-worker", "video-frame");
  signed.done();
  const key = keyOf(raw);
  if (!key || !isSigned(key, "head", payload, envelope)) throw new Refused("head");
  return { key, hash: sha256(item), number: numberOf(raw) };
};

/** [SF6] RFC 9679. */
const numberOf = (raw: Uint8Array): string =>
  base32(sha256(Buffer.concat([Buffer.from("a301012006215820", "hex"), raw])));

/** [SC1] [SC2] [SC3]: the time, and whose word it is, of a receipt about frames with these envelopes. */
export const receiptOf = (
  { hash }: Head,
  envelopes: readonly Uint8Array[],
  item: Uint8Array,
): { time: number; server: string } => {
  if (envelopes.length < 1 || envelopes.length > 4096) throw new Refused("receipt");
  const fields = begin(item);
  const [time, raw, envelope] = [fields.uint(), fields.bytes(32), fields.bytes(73)];
  fields.done();
  const key = keyOf(raw);
  const over = root(envelopes.map((one) => sha256(Buffer.concat([Buffer.of(0), one]))));
  const payload = written([1, hash, envelopes.length, over, time, raw]);
  if (!key || !isSigned(key, "receipt", payload, envelope)) throw new Refused("receipt");
  return { time, server: numberOf(raw) };
};

export interface Frame {
  readonly kind: number;
  readonly track: number;
  readonly sequence: number;
  readonly epoch: number;
  readonly captured: number;
  /** Everything described, as it is signed. */
  readonly described: Value[];
  /** The leaf hashes of the cipher text, by [SF17]. */
  readonly own: Uint8Array[];
  readonly tag: Uint8Array;
  readonly commitment: Uint8Array;
  readonly envelope: Uint8Array;
  /** How far behind its key frame a delta stands; 0 for all else. */
  readonly after: number;
  readonly cipher: Uint8Array;
  /** The list that a raw frame carries; null with other kinds. */
  readonly leaves: Uint8Array | null;
}

/** [SF17], of all kinds but raw. */
const piecesOf = (cipher: Uint8Array): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < cipher.length; at += 16384)
    pieces.push(sha256(Buffer.concat([Buffer.of(0), cipher.subarray(at, at + 16384)])));
  return pieces;
};

/** [SF23]: which kinds stand on which track. */
const kinds = [[0], [1, 2, 5], [1, 2, 5], [3], [3], [4]];

/** [SF13] to [SF18], [SF23] to [SF28] */
const frameOf = (item: Uint8Array): Frame => {
  const fields = begin(item);
  const u32 = 2 ** 32 - 1;
  const [track, sequence, epoch, captured] = [
    fields.uint(0, 5),
    fields.uint(),
    fields.uint(0, u32),
    fields.uint(),
  ];
  const kind = fields.uint(0, 5);
  if (!kinds[track]?.includes(kind)) throw new Refused("malformed");
  const position = [track, sequence, epoch, captured, kind];
  const size = (): [number, number] => {
    const sides = fields.array();
    const both: [number, number] = [sides.uint(1, 4096), sides.uint(1, 4096)];
    sides.done();
    return both;
  };
  const colour = (): Value[] => {
    const colours = fields.array();
    const names = [colours.name(), colours.name(), colours.name()];
    const range = colours.one<boolean | null>(true, false, null);
    colours.done();
    return [...names, range];
  };
  const proofs = () => ({ tag: fields.bytes(16), commitment: fields.bytes(32), envelope: fields.bytes(73) });
  if (kind !== 0) {
    const rest: Value[] = [];
    let [packets, most, after] = [0, 4194304, 0];
    if (kind === 1) rest.push(fields.text(3, 32), size(), colour());
    if (kind === 2) {
      after = fields.uint(1, sequence);
      rest.push(after);
    }
    if (kind === 3) {
      rest.push(fields.uint(1, 2));
      packets = fields.uint(1, 50);
      rest.push(packets);
      most = packets * 1275;
    }
    if (kind === 4) most = 4096;
    if (kind === 5) rest.push(fields.one<string>("image/jpeg", "image/webp"), size());
    rest.push(fields.uint(16384, 16384));
    const proof = proofs();
    const cipher = fields.bytes(1, most);
    fields.done();
    if (packets > 0 && cipher.length % packets !== 0) throw new Refused("malformed");
    const described = [...position, ...rest];
    return {
      kind,
      track,
      sequence,
      epoch,
      captured,
      described,
      ...proof,
      own: piecesOf(cipher),
      after,
      cipher,
      leaves: null,
    };
  }
  const format = fields.one<string>("I420", "NV12");
  const [width, height] = size();
  const half = Math.ceil(width / 2);
  const strides = format === "I420" ? [width, half, half] : [width, 2 * half];
  const exactly = (values: readonly number[]): void => {
    const list = fields.array();
    for (const value of values) list.uint(value, value);
    list.done();
  };
  exactly(strides);
  const colours = colour();
  exactly([64, 36]);
  const proof = proofs();
  const leaves = fields.bytes(32 * Math.ceil(width / 64) * Math.ceil(height / 36));
  const cipher = fields.bytes(width * height + 2 * half * Math.ceil(height / 2));
  fields.done();
  const described = [...position, format, [width, height], strides, colours, [64, 36]];
  const own = leavesOf(format, width, height, cipher);
  return { kind, track, sequence, epoch, captured, described, ...proof, own, after: 0, cipher, leaves };
};

/** [SF15] [SF18]: a frame of this stream, as the camera signed it. */
export const signedFrame = ({ key, hash }: Head, item: Uint8Array): Frame => {
  const frame = frameOf(item);
  const { track, sequence, captured, tag, commitment, envelope } = frame;
  const claims = { track, sequence, captured };
  const leaves = frame.own;
  const list = frame.leaves;
  const signs = (signed: Uint8Array): boolean =>
    isSigned(key, "frame", written([1, hash, ...frame.described, signed, tag, commitment]), envelope);
  if (list === null) {
    if (!signs(root(leaves))) throw new Refused("signature", claims);
  } else if (signs(root(leaves))) {
    if (!same(Buffer.concat(leaves), list)) throw new Refused("tree", claims);
  } else {
    const listed = leaves.map((_, at) => list.subarray(at * 32, at * 32 + 32));
    if (!signs(root(listed))) throw new Refused("signature", claims);
    const tiles = leaves.flatMap((leaf, at) => (same(leaf, listed[at] as Uint8Array) ? [] : [at]));
    throw new Refused("tree", { ...claims, tiles });
  }
  return frame;
};
