// RFC 8949, as much of it as src/seal/FORMAT.md [SF3] allows, read with nothing but what Node has.

export type Value = number | bigint | string | boolean | null | Uint8Array | Value[] | Map<unknown, Value>;

/** Thrown where the bytes end before the value does. */
export class Torn extends Error {}
/** Thrown where no value of the allowed kind stands. */
export class Unreadable extends Error {}

/** [SF4] */
const longest = 25_694_208;
/** [SR3] */
const deepest = 4;
const most = 65_536;

/** Reads one value at the beginning of `bytes`. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get at(): number {
    return this.#at;
  }

  value(depth = 0): Value {
    this.#values += 1;
    if (this.#values > most) throw new Unreadable("values");
    const first = this.#take(1).readUInt8();
    const major = first >> 5;
    if (major === 7) return this.#simple(first & 31);
    if (major === 6) throw new Unreadable("tag");
    const argument = this.#argument(first & 31);
    if (major === 0) return argument <= Number.MAX_SAFE_INTEGER ? Number(argument) : argument;
    if (major === 1) return argument < Number.MAX_SAFE_INTEGER ? -1 - Number(argument) : -1n - argument;
    if (major === 2) return new Uint8Array(this.#take(Number(argument)));
    if (major === 3) return this.#text(Number(argument));
    if (depth >= deepest) throw new Unreadable("depth");
    const count = Number(argument) * (major === 5 ? 2 : 1);
    // Every value has one byte at least.
    this.#take(count);
    this.#at -= count;
    if (major === 4) return Array.from({ length: count }, () => this.value(depth + 1));
    return this.#map(count / 2, depth);
  }

  #map(count: number, depth: number): Value {
    const map = new Map<unknown, Value>();
    let before: Buffer | null = null;
    for (let at = 0; at < count; at += 1) {
      const from = this.#at;
      const key = this.value(depth + 1);
      const bytes = this.#bytes.subarray(from, this.#at);
      if (typeof key !== "number" && typeof key !== "string") throw new Unreadable("key");
      if (before !== null && Buffer.compare(before, bytes) >= 0) throw new Unreadable("order");
      before = bytes;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  #simple(minor: number): boolean | null {
    if (minor === 20) return false;
    if (minor === 21) return true;
    if (minor === 22) return null;
    throw new Unreadable("simple");
  }

  #argument(minor: number): bigint {
    if (minor < 24) return BigInt(minor);
    if (minor > 27) throw new Unreadable("length");
    const width = 1 << (minor - 24);
    const argument = BigInt(`0x${this.#take(width).toString("hex")}`);
    // §4.2.1: the shortest form.
    const least = width === 1 ? 24n : 1n << BigInt(width * 4);
    if (argument < least) throw new Unreadable("shortest");
    return argument;
  }

  #text(length: number): string {
    const bytes = this.#take(length);
    const text = bytes.toString("utf8");
    if (!Buffer.from(text, "utf8").equals(bytes)) throw new Unreadable("utf-8");
    return text;
  }

  #take(count: number): Buffer {
    const end = this.#at + count;
    if (end > longest) throw new Unreadable("long");
    if (end > this.#bytes.length) throw new Torn();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

const head = (major: number, argument: number): Buffer => {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  const width = argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : argument < 0x1_0000_0000 ? 4 : 8;
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(BigInt(argument), 1);
  const minor = { 1: 24, 2: 25, 4: 26, 8: 27 }[width] as number;
  bytes[8 - width] = (major << 5) | minor;
  return bytes.subarray(8 - width);
};

/** Writes what is signed: integers, bytes, text, booleans, null and arrays of them. */
export const written = (value: Value): Buffer => {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(written)]);
  throw new TypeError("never signed");
};
