import { type Bytes, encodeCbor, Fault, fromBase64Url, toBase64Url } from "../base/index.ts";
import { type CardFault, damaged } from "./fault.ts";
import { cardName } from "./input.ts";

/** [CF5] The card key, locked with the password: an age file in its text form, scrypt, holding an age identity file. */
export interface PasswordSlot {
  readonly kind: "password";
  readonly file: string;
}

/** One way to the card key. Recovery code and passkeys become further members here and further rules in FORMAT.md. */
export type Slot = PasswordSlot;

/** A memory card as it is stored: everything but the keys in `slots` and `records` is readable without the password. */
export interface CardFile {
  readonly version: 1;
  /** 16 random bytes, base64url. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, by the clock of the device that did it; so is the next. */
  readonly created: number;
  readonly passwordChanged: number;
  /** [CF12] 1 for a new card, one more with each change. */
  readonly counter: number;
  readonly slots: readonly Slot[];
  /** [CF7] The records: an age file in its text form, to the card key's recipient. */
  readonly records: string;
  /** [CF10] HMAC-SHA-256 over all of the above, 32 bytes. */
  readonly mac: Bytes;
}

/** What shows of a card while it is locked. */
export interface CardOutside {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly passwordChanged: number;
  readonly counter: number;
  readonly slots: readonly Slot["kind"][];
}

/** [CF9] Most characters of `records`, some thousand cameras; of a slot; of the whole text. */
export const RECORDS_LENGTH = 1 << 20;
const SLOT_LENGTH = 4096;
const TEXT_LENGTH = RECORDS_LENGTH + (1 << 16);

const FIELDS = ["version", "id", "name", "created", "passwordChanged", "counter", "slots", "records", "mac"];
const SLOT_FIELDS = ["kind", "file"];

/** What a list of cards may show. Nothing in it is authenticated before the card is open. */
export function outsideOf(file: CardFile): CardOutside {
  const { id, name, created, passwordChanged, counter, slots } = file;
  return { id, name, created, passwordChanged, counter, slots: slots.map((slot) => slot.kind) };
}

/** [CF1] The card as text: JSON, two spaces, fields in the order of CardFile, final newline. */
export function encodeCard(file: CardFile): string {
  const { version, id, name, created, passwordChanged, counter, slots, records } = file;
  const mac = toBase64Url(file.mac);
  const plain = {
    version,
    id,
    name,
    created,
    passwordChanged,
    counter,
    slots: slots.map(plainSlot),
    records,
    mac,
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/** [CF1] Reads exactly what encodeCard writes. Faults "card-version", "card-damaged". */
export function decodeCard(text: string): CardFile {
  if (text.length > TEXT_LENGTH) throw damaged("length");
  let value: unknown;
  try {
    value = JSON.parse(text);
    const mac = (value as { mac?: unknown } | null)?.mac;
    if (typeof mac === "string") (value as { mac: unknown }).mac = fromBase64Url(mac);
  } catch (cause) {
    throw damaged("text", cause);
  }
  const file = checkCardFile(value);
  // JSON has many texts for one value, and duplicate fields: only one text is ours.
  if (encodeCard(file) !== text) throw damaged("text");
  return file;
}

/**
 * [CF2] Checks every field's type and range and refuses unknown ones, before any of it is used; gives a copy.
 * Says nothing about authenticity. Faults "card-version", "card-damaged".
 */
export function checkCardFile(value: unknown): CardFile {
  const file = exactly(value, FIELDS);
  const { id, name, created, passwordChanged, counter, slots, records, mac } = file;
  if (!isId(id)) throw damaged("id");
  if (!isName(name)) throw damaged("name");
  if (!isCount(created) || !isCount(passwordChanged)) throw damaged("dates");
  if (!isCount(counter) || counter < 1) throw damaged("counter");
  // Version 1: one slot, the password's.
  if (!Array.isArray(slots) || slots.length !== 1) throw damaged("slots");
  if (typeof records !== "string" || records.length > RECORDS_LENGTH) throw damaged("records");
  if (!(mac instanceof Uint8Array) || mac.length !== 32) throw damaged("mac");
  return {
    version: 1,
    id,
    name,
    created,
    passwordChanged,
    counter,
    slots: slots.map(checkSlot),
    records,
    mac: new Uint8Array(mac),
  };
}

/** [CF10] What the MAC covers: the deterministic CBOR of every field but `mac`. */
export function macPayload(file: Omit<CardFile, "mac">): Bytes {
  return encodeCbor(
    new Map<string, Parameters<typeof encodeCbor>[0]>([
      ["version", file.version],
      ["id", file.id],
      ["name", file.name],
      ["created", file.created],
      ["passwordChanged", file.passwordChanged],
      ["counter", file.counter],
      ["slots", file.slots.map((slot) => new Map(Object.entries(plainSlot(slot))))],
      ["records", file.records],
    ]),
  );
}

function plainSlot({ kind, file }: Slot): Slot {
  return { kind, file };
}

function checkSlot(value: unknown): Slot {
  const { kind, file } = exactly(value, SLOT_FIELDS);
  if (kind !== "password") throw damaged("slots");
  if (typeof file !== "string" || file.length > SLOT_LENGTH) throw damaged("slots");
  return { kind, file };
}

/** An object with exactly these fields; a card says its version first, since a later one may have others. */
function exactly(value: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw damaged("fields");
  const found = Object.keys(value);
  const version = names === FIELDS ? (value as { version?: unknown }).version : 1;
  if (isCount(version) && version > 1) throw new Fault<CardFault>("card-version", { version });
  if (version !== 1) throw damaged("version");
  if (found.length !== names.length || !names.every((name) => found.includes(name))) throw damaged("fields");
  return value as Record<string, unknown>;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(value); // 16 bytes leave four zero bits
}

function isName(value: unknown): value is string {
  try {
    return typeof value === "string" && cardName(value) === value;
  } catch {
    return false;
  }
}
