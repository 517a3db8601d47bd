import { type Bytes, type CborValue, decodeCbor, encodeCbor, toHex } from "../base/index.ts";
import { damaged } from "./fault.ts";
import { cardName } from "./input.ts";

/** [CF8] What the card knows about one camera. */
export interface CardRecord {
  /** The camera number: RFC 9679 thumbprint, 32 bytes. */
  readonly number: Bytes;
  readonly name: string;
  /** The recipient set's generation now in force; 0 before the first. */
  readonly generation: number;
  /** age identities, "AGE-SECRET-KEY-1…", by rising generation; old ones open old pictures. May be empty: keys can come later. */
  readonly decryptionKeys: readonly { readonly generation: number; readonly identity: string }[];
  /** Ed25519: seed and raw public key, 32 bytes each; proves to the camera and the relay that this card is held. */
  readonly viewerKey: { readonly seed: Bytes; readonly publicKey: Bytes };
  /** Raw Ed25519 public key of the hub, 32 bytes. */
  readonly controlKey: Bytes;
  /** False while the camera has not confirmed `generation`. */
  readonly acknowledged: boolean;
  /** When the record was written, in milliseconds since 1970. */
  readonly written: number;
}

/** [CF8] Deterministic CBOR of the records, by rising camera number. Throws TypeError on a record no reader would accept. */
export function encodeRecords(records: readonly CardRecord[]): Bytes {
  const bytes = encodeCbor(
    [...records].sort((a, b) => (toHex(a.number) < toHex(b.number) ? -1 : 1)).map(recordValue),
  );
  try {
    // One set of rules for both directions; what was read is nobody's.
    for (const { viewerKey } of decodeRecords(bytes)) viewerKey.seed.fill(0);
  } catch (cause) {
    throw new TypeError('"records" would not be readable', { cause });
  }
  return bytes;
}

/** Reads exactly what encodeRecords writes. Fault "card-damaged" for everything else. */
export function decodeRecords(bytes: Uint8Array): CardRecord[] {
  let value: CborValue;
  try {
    value = decodeCbor(bytes, { depth: 5 });
  } catch (cause) {
    throw damaged("records", cause);
  }
  if (!Array.isArray(value)) throw damaged("records");
  const records = value.map(readRecord);
  let last = "";
  for (const { number } of records) {
    if (toHex(number) <= last) throw damaged("order"); // sorted, each camera once
    last = toHex(number);
  }
  return records;
}

function recordValue(record: CardRecord): CborValue {
  return new Map<string, CborValue>([
    ["number", record.number],
    ["name", record.name],
    ["generation", record.generation],
    [
      "decryptionKeys",
      record.decryptionKeys.map(
        ({ generation, identity }) =>
          new Map<string, CborValue>([
            ["generation", generation],
            ["identity", identity],
          ]),
      ),
    ],
    [
      "viewerKey",
      new Map<string, CborValue>([
        ["seed", record.viewerKey.seed],
        ["publicKey", record.viewerKey.publicKey],
      ]),
    ],
    ["controlKey", record.controlKey],
    ["acknowledged", record.acknowledged],
    ["written", record.written],
  ]);
}

function readRecord(value: CborValue): CardRecord {
  const take = fields(value, 8);
  const keys = take("decryptionKeys");
  if (!Array.isArray(keys)) throw damaged("decryptionKeys");
  const viewerKey = fields(take("viewerKey"), 2);
  const record: CardRecord = {
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

/** A map of exactly `size` fields; with every one of them taken by name none is unknown. */
function fields(value: CborValue, size: number): (name: string) => CborValue {
  if (!(value instanceof Map) || value.size !== size) throw damaged("fields");
  return (name) => {
    const field = value.get(name);
    if (field === undefined) throw damaged(name);
    return field;
  };
}

function bytes32(value: CborValue): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== 32) throw damaged("bytes");
  return new Uint8Array(value);
}

function name(value: CborValue): string {
  try {
    if (typeof value === "string" && cardName(value) === value) return value;
  } catch {
    // said below
  }
  throw damaged("name");
}

function count(value: CborValue): number {
  if (typeof value !== "number" || value < 0) throw damaged("count");
  return value;
}

function truth(value: CborValue): boolean {
  if (typeof value !== "boolean") throw damaged("truth");
  return value;
}
