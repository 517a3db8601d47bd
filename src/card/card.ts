import { type Clock, equal, Fault, isFault, randomBytes, systemClock, toBase64Url } from "../base/index.ts";
import { fromArmor, makeEncryptionPair, recipientOf, toArmor, unwrap, wrap } from "../keys/index.ts";
import { type CardFile, checkCardFile, RECORDS_LENGTH } from "./card-file.ts";
import { type CardFault, damaged } from "./fault.ts";
import { canonicalPassword, cardName, newPassword } from "./input.ts";
import { checkMac, makeMac } from "./mac.ts";
import { type CardRecord, decodeRecords, encodeRecords } from "./records.ts";
import type { PasswordSlots } from "./slot.api.ts";
import { passwordSlots } from "./slots.ts";

/** What making and opening a card works with: by default on this thread, by this device's clock. */
export interface CardMeans {
  readonly slots?: PasswordSlots;
  readonly clock?: Clock;
}

/**
 * An opened card: one state, never changed. `put` and `erase` give the next state, to be written before it is used
 * (`await store.write(next.file, open.file); open = next`), so that a failed write loses nothing.
 */
export interface OpenCard {
  readonly file: CardFile;
  /** By rising camera number. */
  readonly records: readonly CardRecord[];
  /** [CF12] With this record in the place of the camera's former one. Faults "name", "card-full". */
  put(record: CardRecord): Promise<OpenCard>;
  /** [CF12] Without the record of this camera. Throws RangeError when there is none. */
  erase(number: Uint8Array): Promise<OpenCard>;
  /** Another state of the same card, such as another tab wrote, without asking for the password. Fault "card-damaged". */
  reopen(file: CardFile): Promise<OpenCard>;
}

/** A new, empty card. Faults "name", "password-short". Takes about a second and 256 MiB. */
export async function makeCard(name: string, password: string, means: CardMeans = {}): Promise<OpenCard> {
  const { slots = passwordSlots, clock = systemClock } = means;
  const canonical = newPassword(password);
  const now = clock.now();
  const plain = {
    version: 1,
    id: toBase64Url(randomBytes(16)),
    name: cardName(name),
    created: now,
    passwordChanged: now,
    counter: 0,
  } as const;
  const { identity } = await makeEncryptionPair();
  const slot = { kind: "password", file: await slots.wrap(identity, canonical) } as const;
  return next(identity, { ...plain, slots: [slot] }, []);
}

/**
 * Opens a card. Faults "password" when it is wrong, "card-damaged" when anything was changed, "card-version",
 * "card-cost". Whether the card is the newest state is the store's to know. Takes about a second and 256 MiB.
 */
export async function openCard(file: CardFile, password: string, means: CardMeans = {}): Promise<OpenCard> {
  const { slots = passwordSlots } = means;
  const [slot] = checkCardFile(file).slots;
  if (slot === undefined) throw damaged("slots");
  const identity = await slots.unwrap(slot.file, canonicalPassword(password));
  if (identity === null) throw new Fault<CardFault>("password");
  return openWith(identity, file);
}

/** [CF11] The MAC first: before it is right, nothing of the card is used. */
async function openWith(identity: string, given: CardFile): Promise<OpenCard> {
  const file = checkCardFile(given);
  if (!(await checkMac(identity, file))) throw damaged("mac");
  const content = await unwrapRecords(file.records, identity);
  try {
    return opened(identity, file, decodeRecords(content));
  } finally {
    content.fill(0);
  }
}

function opened(identity: string, file: CardFile, records: readonly CardRecord[]): OpenCard {
  const without = (number: Uint8Array) => records.filter((record) => !equal(record.number, number));
  return {
    file,
    records,
    put: async (record) =>
      next(identity, file, [...without(record.number), { ...record, name: cardName(record.name) }]),
    erase: async (number) => {
      const rest = without(number);
      if (rest.length === records.length) throw new RangeError('"number" is not on this card');
      return next(identity, file, rest);
    },
    reopen: (other) => openWith(identity, other), // another card's MAC has another key
  };
}

/** [CF12] The state after `file`, with these records: encrypted anew, counted, authenticated. */
async function next(
  identity: string,
  file: Omit<CardFile, "records" | "mac">,
  records: readonly CardRecord[],
): Promise<OpenCard> {
  const content = encodeRecords(records);
  try {
    return await withContent(identity, file, content);
  } finally {
    content.fill(0);
  }
}

async function withContent(
  identity: string,
  file: Omit<CardFile, "records" | "mac">,
  content: Uint8Array,
): Promise<OpenCard> {
  const armored = toArmor(await wrap(content, [await recipientOf(identity)]));
  if (armored.length > RECORDS_LENGTH) throw new Fault<CardFault>("card-full", { most: RECORDS_LENGTH });
  const { version, id, name, created, passwordChanged, counter, slots } = file;
  const plain = {
    version,
    id,
    name,
    created,
    passwordChanged,
    counter: counter + 1,
    slots,
    records: armored,
  };
  const mac = await makeMac(identity, plain);
  return opened(identity, { ...plain, mac }, decodeRecords(content));
}

async function unwrapRecords(armored: string, identity: string): Promise<Uint8Array> {
  try {
    const content = await unwrap(fromArmor(armored), [identity]);
    if (content !== null) return content;
  } catch (cause) {
    if (!isFault(cause)) throw cause;
  }
  throw damaged("records");
}
