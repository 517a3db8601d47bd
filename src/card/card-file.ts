import { type Bytes, type CborValue, encodeCbor, fromBase64Url, toBase64Url } from "../base/index.ts";
import { checkCardFile } from "./card-check.ts";
import { damaged } from "./fault.ts";

/** [CF5] The card key, locked with the password: an age file in its text form, scrypt, holding an age identity file. */
export interface PasswordSlot {
  readonly kind: "password";
  readonly file: string;
}

/** [CF16] The card key, locked with the recovery code: the same, at a low cost. */
export interface RecoverySlot {
  readonly kind: "recovery";
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly file: string;
}

/** [CF17] The card key, encrypted to what a passkey's PRF output becomes. */
export interface PasskeySlot {
  readonly kind: "passkey";
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly file: string;
}

/** One way to the card key. */
export type Slot = PasswordSlot | RecoverySlot | PasskeySlot;

interface CardFields {
  /** 16 random bytes, base64url. */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, by the clock of the device that did it; so is the next. */
  readonly created: number;
  readonly passwordChanged: number;
  /** [CF12] 1 for a new card, one more with each change. */
  readonly counter: number;
  readonly slots: readonly Slot[];
  /** [CF7] The content: an age file in its text form, to the card key's recipient. */
  readonly records: string;
  /** [CF10] HMAC-SHA-256 over all of the above, 32 bytes. */
  readonly mac: Bytes;
}

/** [CF23] A card as it was written before: read, and never written. */
export interface CardFileV1 extends CardFields {
  readonly version: 1;
}

export interface CardFileV2 extends CardFields {
  readonly version: 2;
  /** [CF15] After how many days the password is due for a change; null: never. */
  readonly rule: number | null;
}

/** A memory card as it is stored: everything but the keys in `slots` and `records` is readable without a way in. */
export type CardFile = CardFileV1 | CardFileV2;

/** A card before it is authenticated. */
export type UnsealedCard = Omit<CardFileV1, "mac"> | Omit<CardFileV2, "mac">;

/** What shows of a card while it is locked. */
export interface CardOutside {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly passwordChanged: number;
  readonly counter: number;
  readonly slots: readonly Slot["kind"][];
}

/** [CF1] Most characters of the whole text. */
const TEXT_LENGTH = (1 << 20) + (1 << 16);

/** What a list of cards may show. Nothing in it is authenticated before the card is open. */
export function outsideOf(file: CardFile): CardOutside {
  const { id, name, created, passwordChanged, counter, slots } = file;
  return { id, name, created, passwordChanged, counter, slots: slots.map((slot) => slot.kind) };
}

/** [CF1] The card as text: JSON, two spaces, fields in the order of [CF2], final newline. */
export function encodeCard(file: CardFile): string {
  return `${JSON.stringify({ ...unsealed(file), mac: toBase64Url(file.mac) }, null, 2)}\n`;
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

/** [CF10] What the MAC covers: the deterministic CBOR of every field but `mac`. */
export function macPayload(file: UnsealedCard): Bytes {
  const { slots, ...fields } = unsealed(file);
  const maps = slots.map((slot) => new Map<string, CborValue>(Object.entries(slot)));
  return encodeCbor(new Map<string, CborValue>([...Object.entries(fields), ["slots", maps]]));
}

/** Every field but `mac`, in the order of [CF2]. */
function unsealed(file: UnsealedCard): UnsealedCard {
  const { id, name, created, passwordChanged, counter, records } = file;
  const slots = file.slots.map(plainSlot);
  return file.version === 1
    ? { version: 1, id, name, created, passwordChanged, counter, slots, records }
    : { version: 2, id, name, created, passwordChanged, rule: file.rule, counter, slots, records };
}

function plainSlot(slot: Slot): Slot {
  const { kind, file } = slot;
  return kind === "password" ? { kind, file } : { kind, added: slot.added, file };
}
