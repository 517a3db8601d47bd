import { type CborValue, decodeCbor, encodeCbor } from "../../src/base/index.ts";

/** A changed copy: `change` gets it before it is given back. */
export const changed = (
  bytes: Uint8Array,
  change: (copy: Uint8Array<ArrayBuffer>) => void,
): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  change(copy);
  return copy;
};

/** A copy with one bit turned over. */
export const flipped = (bytes: Uint8Array, at: number, bit = 0): Uint8Array<ArrayBuffer> =>
  changed(bytes, (copy) => {
    copy[at]! ^= 1 << bit;
  });

/** The fields of an item, to be edited; `refield` writes them back. */
export const fieldsOf = (item: Uint8Array): CborValue[] => decodeCbor(item) as CborValue[];

/** The item with its fields edited, in the one encoding there is. */
export const edited = (item: Uint8Array, edit: (fields: CborValue[]) => unknown): Uint8Array<ArrayBuffer> => {
  const fields = fieldsOf(item);
  edit(fields);
  return encodeCbor(fields);
};

/** Where the content of each element of a CBOR array lies: read independently of `src/base`. */
export interface Place {
  /** Of the element's head. */
  readonly from: number;
  /** Of its content, where it is a string; else `to`. */
  readonly content: number;
  readonly to: number;
}

/** RFC 8949 §3, for what our items hold: arrays, strings, integers, null, false and true. */
export const placesOf = (item: Uint8Array): Place[] => {
  const argument = (at: number): { value: number; next: number } => {
    const minor = item[at]! & 31;
    if (minor < 24) return { value: minor, next: at + 1 };
    const width = 2 ** (minor - 24);
    let value = 0;
    for (let i = 1; i <= width; i += 1) value = value * 256 + item[at + i]!;
    return { value, next: at + 1 + width };
  };
  const element = (from: number): Place => {
    const major = item[from]! >> 5;
    const { value, next } = argument(from);
    if (major === 2 || major === 3) return { from, content: next, to: next + value };
    if (major !== 4) return { from, content: next, to: next };
    let at = next;
    for (let i = 0; i < value; i += 1) at = element(at).to;
    return { from, content: at, to: at };
  };
  const places: Place[] = [];
  const { value, next } = argument(0);
  let at = next;
  for (let i = 0; i < value; i += 1) {
    const place = element(at);
    places.push(place);
    at = place.to;
  }
  return places;
};
