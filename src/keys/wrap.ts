import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { type Bytes, Fault } from "../base/index.ts";

// Keys are wrapped as age files (age-encryption.org/v1), so that any age program opens them too. X25519 recipients only:
// the library would mix hybrid and X25519 recipients without a word, and Debian's age 1.1 knows nothing newer.

/** An age X25519 pair: `recipient` ("age1…", public) encrypts, `identity` ("AGE-SECRET-KEY-1…", secret) decrypts. */
export type EncryptionPair = { recipient: string; identity: string };

/** Codes of the faults thrown here. */
export type WrapFault = "recipient" | "identity" | "wrap-damaged";

/** Most recipients a wrap may have, written or read: every one costs its reader an X25519 multiplication. */
export const MAX_RECIPIENTS = 64;

// Bech32 (BIP 173) of 32 bytes: 52 characters and 6 of checksum. Its alphabet has no "1", so "age1pq1…", "age1tag1…"
// and "age1tagpq1…" never match. The checksum itself is the library's to check.
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const IDENTITY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;

/** A fresh X25519 pair from the platform's random generator. */
export async function makeEncryptionPair(): Promise<EncryptionPair> {
  const identity = await generateX25519Identity();
  return { recipient: await identityToRecipient(identity), identity };
}

/** The public recipient of an identity; Fault "identity" when it is not an X25519 age identity. */
export async function recipientOf(identity: string): Promise<string> {
  if (!IDENTITY.test(identity)) throw new Fault("identity");
  try {
    return await identityToRecipient(identity);
  } catch {
    throw new Fault("identity"); // no cause: the library's message may quote the key
  }
}

/**
 * Encrypts bytes to 1…64 X25519 recipients ("age1…"; doubles count once) and gives a binary age file.
 * Fault "recipient" {index} for any other kind of recipient, {index: -1} for none or too many.
 */
export async function wrap(bytes: Uint8Array, recipients: readonly string[]): Promise<Bytes> {
  const distinct = [...new Set(recipients)];
  if (distinct.length === 0 || distinct.length > MAX_RECIPIENTS) throw new Fault("recipient", { index: -1 });
  const encrypter = new Encrypter();
  for (const [index, recipient] of recipients.entries()) {
    if (!RECIPIENT.test(recipient)) throw new Fault("recipient", { index });
  }
  for (const recipient of distinct) {
    try {
      encrypter.addRecipient(recipient); // checks the Bech32 checksum
    } catch (cause) {
      throw new Fault("recipient", { index: recipients.indexOf(recipient) }, { cause });
    }
  }
  try {
    return new Uint8Array(await encrypter.encrypt(bytes));
  } catch (cause) {
    // RFC 7748 §6.1: a small-order recipient gives the all-zero secret, which the platform refuses.
    throw new Fault("recipient", { index: -1 }, { cause });
  }
}

/**
 * Decrypts a binary age file with the first identity ("AGE-SECRET-KEY-1…") it is for; `null` when it is for none of them.
 * Fault "wrap-damaged" when it is for one of them but changed or cut, or no age file at all; Fault "identity" for a bad identity.
 * age authenticates no sender: whoever knows the recipient can make a file that opens.
 */
export async function unwrap(file: Uint8Array, identities: readonly string[]): Promise<Bytes | null> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey(stanzas) {
      if (stanzas.length > MAX_RECIPIENTS) throw new Fault("wrap-damaged", { why: "recipients" });
      return null;
    },
  });
  for (const identity of identities) {
    if (!IDENTITY.test(identity)) throw new Fault("identity");
    try {
      decrypter.addIdentity(identity);
    } catch {
      throw new Fault("identity");
    }
  }
  let mine = true;
  decrypter.addIdentity({
    // Asked last, so only when no identity before it opened a stanza: this tells "not mine" from "mine and broken"
    // without reading the library's message texts.
    unwrapFileKey() {
      mine = false;
      return null;
    },
  });
  try {
    const opened = await decrypter.decrypt(file);
    const own = new Uint8Array(opened);
    opened.fill(0); // the library's own, and perhaps a piece of something larger
    return own;
  } catch (cause) {
    if (!mine) return null;
    throw cause instanceof Fault ? cause : new Fault("wrap-damaged", { why: "changed" }, { cause });
  }
}

/** age's text form (strict PEM, LF, final newline) of a binary age file. */
export function toArmor(file: Uint8Array): string {
  return armor.encode(file);
}

/** The binary age file inside its text form; Fault "wrap-damaged" unless it is exactly what `toArmor` writes. */
export function fromArmor(text: string): Bytes {
  let file: Bytes;
  try {
    file = new Uint8Array(armor.decode(text));
  } catch (cause) {
    throw new Fault("wrap-damaged", { why: "armor" }, { cause });
  }
  if (armor.encode(file) !== text) throw new Fault("wrap-damaged", { why: "armor" }); // one text per file
  return file;
}
