import { Fault } from "../base/index.ts";
import type { CardFile, Slot } from "./card-file.ts";
import { type CardFault, damaged } from "./fault.ts";
import { cardName } from "./input.ts";

/** [CF9] Most characters of `records`, some thousand cameras; of a slot. */
export const RECORDS_LENGTH = 1 << 20;
const SLOT_LENGTH = 4096;
/** [CF5] Most passkeys of a card. */
export const MOST_PASSKEYS = 8;
/** [CF15] The longest that a password may be told to last, in days. */
export const LONGEST_RULE = 3650;

const FIELDS_V1 = [
  "version",
  "id",
  "name",
  "created",
  "passwordChanged",
  "counter",
  "slots",
  "records",
  "mac",
];
const FIELDS = [...FIELDS_V1, "rule"];

/**
 * [CF2] Checks every field's type and range and refuses unknown ones, before any of it is used; gives a copy.
 * Says nothing about authenticity. Faults "card-version", "card-damaged".
 */
export function checkCardFile(value: unknown): CardFile {
  const version = versionOf(value);
  const file = exactly(value, version === 1 ? FIELDS_V1 : FIELDS);
  const { id, name, created, passwordChanged, rule, counter, records, mac } = file;
  if (!isId(id)) throw damaged("id");
  if (!isName(name)) throw damaged("name");
  if (!isCount(created) || !isCount(passwordChanged)) throw damaged("dates");
  if (!isCount(counter) || counter < 1) throw damaged("counter");
  if (typeof records !== "string" || records.length > RECORDS_LENGTH) throw damaged("records");
  if (!(mac instanceof Uint8Array) || mac.length !== 32) throw damaged("mac");
  const slots = checkSlots(file.slots);
  const common = { id, name, created, passwordChanged, counter, slots, records, mac: new Uint8Array(mac) };
  if (version === 1) {
    if (slots.length !== 1) throw damaged("slots");
    return { version, ...common };
  }
  if (!isRule(rule)) throw damaged("rule");
  return { version, rule, ...common };
}

/** [CF15] Whether this many days can be a card's rule. */
export function isRule(rule: unknown): rule is number | null {
  return rule === null || (isCount(rule) && rule >= 1 && rule <= LONGEST_RULE);
}

/** [CF5] One password, then at most one recovery code, then at most eight passkeys. */
function checkSlots(value: unknown): Slot[] {
  if (!Array.isArray(value) || value.length > 2 + MOST_PASSKEYS) throw damaged("slots");
  const slots = value.map(checkSlot);
  const kinds = slots.map(({ kind }) => kind).join(" ");
  if (!/^password( recovery)?( passkey){0,8}$/.test(kinds)) throw damaged("slots");
  return slots;
}

function checkSlot(value: unknown): Slot {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const isPassword = kind === "password";
  const { added, file } = exactly(value, isPassword ? ["kind", "file"] : ["kind", "added", "file"]);
  if (typeof file !== "string" || file.length > SLOT_LENGTH) throw damaged("slots");
  if (isPassword) return { kind, file };
  if ((kind !== "recovery" && kind !== "passkey") || !isCount(added)) throw damaged("slots");
  return { kind, added, file };
}

/** A card says its version first, since a later one may have other fields. */
function versionOf(value: unknown): 1 | 2 {
  const version = (value as { version?: unknown } | null | undefined)?.version;
  if (version === 1 || version === 2) return version;
  if (isCount(version) && version > 2) throw new Fault<CardFault>("card-version", { version });
  throw damaged("version");
}

/** An object with exactly these fields. */
function exactly(value: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw damaged("fields");
  const found = Object.keys(value);
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
