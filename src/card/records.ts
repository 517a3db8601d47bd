import { type Bytes, type CborValue, thumbprint, toHex } from "../base/index.ts";
import { damaged } from "./fault.ts";
import { cardName } from "./input.ts";

/** [CF19] What a card is meant for at a camera, in this order. */
export const RIGHTS = ["live", "recordings"] as const;
export type Right = (typeof RIGHTS)[number];

/** [CF20] A camera whose keys are still to come. */
export interface BlankRecord {
  /** The camera number: RFC 9679 thumbprint, 32 bytes. */
  readonly number: Bytes;
  readonly name: string;
  readonly rights: readonly Right[];
  /** When it was written, in milliseconds since 1970. */
  readonly written: number;
  /** Which hub wrote it: the thumbprint of its control key, 32 bytes. */
  readonly writtenBy: Bytes;
}

/** [CF8] What the card knows about one camera. */
export interface CardRecord extends BlankRecord {
  /** The recipient set's generation now in force; 0 before the first. */
  readonly generation: number;
  /** age identities, "AGE-SECRET-KEY-1…", by rising generation; old ones open old pictures. May be empty. */
  readonly decryptionKeys: readonly { readonly generation: number; readonly identity: string }[];
  /** Ed25519: seed and raw public key, 32 bytes each; proves to the camera and the relay that this card is held. */
  readonly viewerKey: { readonly seed: Bytes; readonly publicKey: Bytes };
  /** Raw Ed25519 public key of the hub, 32 bytes. */
  readonly controlKey: Bytes;
  /** False while the camera has not confirmed `generation`. */
  readonly acknowledged: boolean;
}

export function recordValue(record: CardRecord): Map<string, CborValue> {
  const keys = record.decryptionKeys.map(
    ({ generation, identity }) =>
      new Map<string, CborValue>([
        ["generation", generation],
        ["identity", identity],
      ]),
  );
  const viewerKey = new Map<string, CborValue>([
    ["seed", record.viewerKey.seed],
    ["publicKey", record.viewerKey.publicKey],
  ]);
  return new Map<string, CborValue>([
    ...blankValue(record),
    ["generation", record.generation],
    ["decryptionKeys", keys],
    ["viewerKey", viewerKey],
    ["controlKey", record.controlKey],
    ["acknowledged", record.acknowledged],
  ]);
}

export function blankValue(blank: BlankRecord): Map<string, CborValue> {
  return new Map<string, CborValue>([
    ["number", blank.number],
    ["name", blank.name],
    ["rights", [...blank.rights]],
    ["written", blank.written],
    ["writtenBy", blank.writtenBy],
  ]);
}

export function readRecord(value: CborValue): CardRecord {
  const take = fields(value, 10);
  return { ...readKeys(take), rights: rights(take("rights")), writtenBy: bytes32(take("writtenBy")) };
}

/** [CF23] A record as version 1 wrote it. */
export async function readRecordV1(value: CborValue): Promise<CardRecord> {
  const record = readKeys(fields(value, 8));
  return { ...record, rights: RIGHTS, writtenBy: await thumbprint(record.controlKey) };
}

export function readBlank(value: CborValue): BlankRecord {
  const take = fields(value, 5);
  return {
    number: bytes32(take("number")),
    name: name(take("name")),
    rights: rights(take("rights")),
    written: count(take("written")),
    writtenBy: bytes32(take("writtenBy")),
  };
}

/** Sorted, each camera once. */
export function checkOrder(records: readonly { readonly number: Bytes }[]): void {
  let last = "";
  for (const { number } of records) {
    if (toHex(number) <= last) throw damaged("order");
    last = toHex(number);
  }
}

/** A map of exactly `size` fields; with every one of them taken by name none is unknown. */
export function fields(value: CborValue, size: number): (name: string) => CborValue {
  if (!(value instanceof Map) || value.size !== size) throw damaged("fields");
  return (name) => {
    const field = value.get(name);
    if (field === undefined) throw damaged(name);
    return field;
  };
}

/** [CF3] A name as it is stored. */
export function name(value: CborValue): string {
  try {
    if (typeof value === "string" && cardName(value) === value) return value;
  } catch {
    // said below
  }
  throw damaged("name");
}

function readKeys(take: (name: string) => CborValue): Omit<CardRecord, "rights" | "writtenBy"> {
  const keys = take("decryptionKeys");
  if (!Array.isArray(keys)) throw damaged("decryptionKeys");
  const viewerKey = fields(take("viewerKey"), 2);
  const record = {
    number: bytes32(take("number")),
    name: name(take("name")),
    generation: count(take("generation")),
    decryptionKeys: keys.map(readKey),
    viewerKey: { seed: bytes32(viewerKey("seed")), publicKey: bytes32(viewerKey("publicKey")) },
    controlKey: bytes32(take("controlKey")),
    acknowledged: truth(take("acknowledged")),
    written: count(take("written")),
  };
  let last = 0;
  for (const key of record.decryptionKeys) {
    if (key.generation <= last || key.generation > record.generation) throw damaged("decryptionKeys");
    last = key.generation;
  }
  return record;
}

function readKey(value: CborValue): { generation: number; identity: string } {
  const take = fields(value, 2);
  const identity = take("identity");
  // The checksum is the age library's to check, when the key is used.
  if (typeof identity !== "string" || !/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity))
    throw damaged("identity");
  return { generation: count(take("generation")), identity };
}

function rights(value: CborValue): Right[] {
  if (!Array.isArray(value)) throw damaged("rights");
  const known = RIGHTS.filter((right) => value.includes(right));
  if (value.length !== known.length || value.some((right, at) => right !== known[at]))
    throw damaged("rights");
  return known;
}

function bytes32(value: CborValue): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== 32) throw damaged("bytes");
  return new Uint8Array(value);
}

function count(value: CborValue): number {
  if (typeof value !== "number" || value < 0) throw damaged("count");
  return value;
}

function truth(value: CborValue): boolean {
  if (typeof value !== "boolean") throw damaged("truth");
  return value;
}
