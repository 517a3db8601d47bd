import { type Bytes, type Clock, equal, Fault, isFault, systemClock } from "../base/index.ts";
import { fromArmor, makeEncryptionPair, recipientOf, toArmor, unwrap, wrap } from "../keys/index.ts";
import type { CardMeans } from "./card.ts";
import { checkCardFile, isRule, MOST_PASSKEYS, RECORDS_LENGTH } from "./card-check.ts";
import type { CardFile, CardFileV2, PasswordSlot, Slot } from "./card-file.ts";
import {
  type AccountHint,
  accountHint,
  type CardContent,
  decodeContent,
  decodeContentV1,
  encodeContent,
} from "./content.ts";
import { type CardFault, damaged } from "./fault.ts";
import { ruleOf } from "./hygiene.ts";
import { cardName, newPassword } from "./input.ts";
import { checkMac, makeMac } from "./mac.ts";
import { unwrapPasskeySlot, wrapPasskeySlot } from "./passkey-slot.ts";
import type { BlankRecord, CardRecord } from "./records.ts";
import { makeRecoveryCode } from "./recovery-code.ts";
import { passwordSlots, wrapRecoverySlot } from "./slots.ts";

/** A card's next state, and the recovery code that opens it from then on, to be shown once; null where it has none. */
export interface CardWithCode {
  readonly card: OpenCard;
  readonly recoveryCode: string | null;
}

type Outside = Omit<CardFileV2, "records" | "mac">;

/**
 * An opened card: one state, never changed. What changes it gives the next state, to be written before it is used
 * (`await store.write(next.file, open.file); open = next`), so that a failed write loses nothing.
 */
export class OpenCard {
  readonly file: CardFile;
  readonly #identity: string;
  readonly #content: CardContent;

  private constructor(identity: string, file: CardFile, content: CardContent) {
    this.#identity = identity;
    this.file = file;
    this.#content = content;
  }

  /** [CF11] The MAC first: before it is right, nothing of the card is used. Fault "card-damaged". */
  static async with(identity: string, given: CardFile): Promise<OpenCard> {
    const file = checkCardFile(given);
    if (!(await checkMac(identity, file))) throw damaged("mac");
    const bytes = await unwrapRecords(file.records, identity);
    try {
      const content = file.version === 1 ? await decodeContentV1(bytes) : decodeContent(bytes);
      return new OpenCard(identity, file, content);
    } finally {
      bytes.fill(0);
    }
  }

  /** [CF12] The state after `outside`, with this content: encrypted anew, counted, authenticated. Fault "card-full". */
  static async next(identity: string, outside: Outside, content: CardContent): Promise<OpenCard> {
    const bytes = encodeContent(content);
    try {
      const records = toArmor(await wrap(bytes, [await recipientOf(identity)]));
      if (records.length > RECORDS_LENGTH) throw new Fault<CardFault>("card-full", { most: RECORDS_LENGTH });
      const plain = { ...outside, counter: outside.counter + 1, records };
      const mac = await makeMac(identity, plain);
      return new OpenCard(identity, checkCardFile({ ...plain, mac }), decodeContent(bytes));
    } finally {
      bytes.fill(0);
    }
  }

  /** By rising camera number; so are the blanks. */
  get records(): readonly CardRecord[] {
    return this.#content.cameras;
  }

  get blanks(): readonly BlankRecord[] {
    return this.#content.blanks;
  }

  get account(): AccountHint | null {
    return this.#content.account;
  }

  /** With this record in the place of the camera's former one, or of its blank. Faults "name", "card-full". */
  async put(record: CardRecord): Promise<OpenCard> {
    const { cameras, blanks } = this.#without(record.number);
    return this.#with({ cameras: [...cameras, named(record)], blanks });
  }

  /** [CF20] With a number that waits for its keys. Throws RangeError where the card has keys for it already. */
  async putBlank(blank: BlankRecord): Promise<OpenCard> {
    const { cameras, blanks } = this.#without(blank.number);
    if (cameras.length < this.records.length) throw new RangeError('"number" has its keys on this card');
    return this.#with({ blanks: [...blanks, named(blank)] });
  }

  /** Without this camera: its keys, old ones too, or its blank. Throws RangeError when there is none. */
  async erase(number: Uint8Array): Promise<OpenCard> {
    const rest = this.#without(number);
    const before = this.records.length + this.blanks.length;
    if (rest.cameras.length + rest.blanks.length === before)
      throw new RangeError('"number" is not on this card');
    return this.#with(rest);
  }

  /** Without any camera. */
  eraseAll(): Promise<OpenCard> {
    return this.#with({ cameras: [], blanks: [] });
  }

  /** [CF21] With this hint, or none. Faults "name"; RangeError on what is no origin. */
  async setAccount(hint: AccountHint | null): Promise<OpenCard> {
    const account = hint && accountHint({ ...hint, name: cardName(hint.name) });
    return this.#with({ account });
  }

  /** [CF15] With this rule, in days. Throws RangeError beyond 1 to 3650. */
  async setRule(rule: number | null): Promise<OpenCard> {
    if (!isRule(rule)) throw new RangeError('"rule" expected 1 to 3650 days or null');
    return OpenCard.next(this.#identity, { ...this.#outside(), rule }, this.#content);
  }

  /** [CF16] With a new recovery code; one that there was opens the card no more. */
  async addRecovery(clock: Clock = systemClock): Promise<CardWithCode> {
    const recoveryCode = await makeRecoveryCode();
    const file = await wrapRecoverySlot(this.#identity, recoveryCode);
    const others = this.file.slots.filter(({ kind }) => kind !== "recovery");
    const card = await this.#withSlots([...others, { kind: "recovery", added: clock.now(), file }]);
    return { card, recoveryCode };
  }

  /** [CF17] With a passkey, by its PRF output; one that opens it already is not added again. Fault "card-full" beyond eight. */
  async addPasskey(output: Bytes, clock: Clock = systemClock): Promise<OpenCard> {
    const passkeys = this.file.slots.filter(({ kind }) => kind === "passkey");
    for (const { file } of passkeys) if ((await unwrapPasskeySlot(file, output)) !== null) return this;
    if (passkeys.length >= MOST_PASSKEYS) throw new Fault<CardFault>("card-full", { most: MOST_PASSKEYS });
    const file = await wrapPasskeySlot(this.#identity, output);
    return this.#withSlots([...this.file.slots, { kind: "passkey", added: clock.now(), file }]);
  }

  /** Without this slot, which is not the password's. Throws RangeError when there is none. */
  async dropSlot(at: number): Promise<OpenCard> {
    const slot = this.file.slots[at];
    if (slot === undefined || slot.kind === "password") throw new RangeError('"at" is no slot to be dropped');
    return this.#withSlots(this.file.slots.toSpliced(at, 1));
  }

  /** [CF18] With a new card key behind a new password. Fault "password-short". Takes about a second and 256 MiB. */
  async changePassword(password: string, means: CardMeans = {}): Promise<CardWithCode> {
    const { slots = passwordSlots, clock = systemClock } = means;
    const canonical = newPassword(password);
    const { identity } = await makeEncryptionPair();
    const slot: PasswordSlot = { kind: "password", file: await slots.wrap(identity, canonical) };
    const outside = { ...this.#outside(), passwordChanged: clock.now(), slots: [slot] };
    if (!this.file.slots.some(({ kind }) => kind === "recovery"))
      return { card: await OpenCard.next(identity, outside, this.#content), recoveryCode: null };
    const recoveryCode = await makeRecoveryCode();
    const file = await wrapRecoverySlot(identity, recoveryCode);
    const recovery: Slot = { kind: "recovery", added: clock.now(), file };
    const card = await OpenCard.next(identity, { ...outside, slots: [slot, recovery] }, this.#content);
    return { card, recoveryCode };
  }

  /**
   * Another state of the same card, such as another tab wrote, without asking for the password. Faults "card-damaged",
   * "password-changed".
   */
  async reopen(other: CardFile): Promise<OpenCard> {
    const file = checkCardFile(other);
    // Another card's, or another password's, MAC has another key.
    const isRekeyed = file.slots[0]?.file !== this.file.slots[0]?.file;
    if (isRekeyed && file.id === this.file.id && !(await checkMac(this.#identity, file)))
      throw new Fault<CardFault>("password-changed");
    return OpenCard.with(this.#identity, file);
  }

  #with(change: Partial<CardContent>): Promise<OpenCard> {
    return OpenCard.next(this.#identity, this.#outside(), { ...this.#content, ...change });
  }

  #withSlots(slots: readonly Slot[]): Promise<OpenCard> {
    const ordered = (["password", "recovery", "passkey"] as const).flatMap((kind) =>
      slots.filter((slot) => slot.kind === kind),
    );
    return OpenCard.next(this.#identity, { ...this.#outside(), slots: ordered }, this.#content);
  }

  #without(number: Uint8Array): Pick<CardContent, "cameras" | "blanks"> {
    const isOther = (record: BlankRecord): boolean => !equal(record.number, number);
    return { cameras: this.records.filter(isOther), blanks: this.blanks.filter(isOther) };
  }

  /** [CF23] What the next state keeps of this one. */
  #outside(): Outside {
    const { id, name, created, passwordChanged, counter, slots } = this.file;
    const rule = ruleOf(this.file);
    return { version: 2, id, name, created, passwordChanged, rule, counter, slots };
  }
}

function named<R extends BlankRecord>(record: R): R {
  return { ...record, name: cardName(record.name) };
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
