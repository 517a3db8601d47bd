import { Encrypter } from "age-encryption";
import type { Bytes, Clock } from "../../src/base/index.ts";
import type { BlankRecord, CardRecord, PasswordSlots } from "../../src/card/index.ts";
import { unwrapPasswordSlot } from "../../src/card/slots.ts";
import { makeEncryptionPair, toArmor } from "../../src/keys/index.ts";

/** A file locked with a passphrase at any work factor (production writes 18 alone). */
export async function lock(content: string, password: string, workFactor = 1): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(workFactor);
  return toArmor(await encrypter.encrypt(content));
}

/** Slots that cost nothing to make; they are opened by the real code. */
export const quickSlots: PasswordSlots = {
  wrap: (identity, password) => lock(`${identity}\n`, password),
  unwrap: unwrapPasswordSlot,
};

export const PASSWORD = "correct horse battery staple";
export const quick = { slots: quickSlots };

const pair = await makeEncryptionPair();

/** A record of the camera whose number is 32 times `seed`. */
export function sampleRecord(seed: number, changes: Partial<CardRecord> = {}): CardRecord {
  return {
    number: new Uint8Array(32).fill(seed),
    name: `Camera ${seed}`,
    generation: 1,
    decryptionKeys: [{ generation: 1, identity: pair.identity }],
    viewerKey: { seed: new Uint8Array(32).fill(seed + 1), publicKey: new Uint8Array(32).fill(seed + 2) },
    controlKey: new Uint8Array(32).fill(seed + 3),
    acknowledged: false,
    rights: ["live", "recordings"],
    written: 1_795_000_000_000 + seed,
    writtenBy: new Uint8Array(32).fill(seed + 4),
    ...changes,
  };
}

/** A number that waits for its keys. */
export function sampleBlank(seed: number, changes: Partial<BlankRecord> = {}): BlankRecord {
  const { number, name, rights, written, writtenBy } = sampleRecord(seed);
  return { number, name, rights, written, writtenBy, ...changes };
}

/** What a passkey's PRF gives. */
export const output = (seed: number): Bytes => new Uint8Array(32).fill(seed);

const DAY = 86_400_000;
/** A clock that stands `days` after 1970. */
export const daysIn = (days: number): Clock => ({ now: () => days * DAY });
