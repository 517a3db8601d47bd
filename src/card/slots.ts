import { Decrypter, Encrypter } from "age-encryption";
import { Fault, fromUtf8, isFault } from "../base/index.ts";
import { fromArmor, recipientOf, toArmor } from "../keys/index.ts";
import { type CardFault, damaged } from "./fault.ts";
import type { PasswordSlots } from "./slot.api.ts";

/** [CF5] log2 of scrypt's N: age's own choice when writing. */
const WORK_FACTOR = 18;
/** [CF6] The highest that is computed when reading: 1 GiB, some seconds. */
const HIGHEST_WORK_FACTOR = 20;

/** The password slot worked on here, on this thread: for Node, tests and workers made for it. */
export const passwordSlots: PasswordSlots = { wrap: wrapPasswordSlot, unwrap: unwrapPasswordSlot };

/** [CF5] An age identity file (the identity and LF), encrypted with scrypt, in age's text form. */
export async function wrapPasswordSlot(identity: string, password: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  return toArmor(await encrypter.encrypt(`${identity}\n`));
}

/**
 * The identity in a password slot; `null` when the password is wrong, or the stanza that would tell was changed.
 * Faults "card-cost" {workFactor}, without computing, and "card-damaged".
 */
export async function unwrapPasswordSlot(file: string, password: string): Promise<string | null> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey(stanzas) {
      checkCost(stanzas);
      return null;
    },
  });
  decrypter.addPassphrase(password);
  let wrong = false;
  decrypter.addIdentity({
    unwrapFileKey() {
      wrong = true; // asked last, so only when the password opened nothing
      return null;
    },
  });
  try {
    const content = fromUtf8(await decrypter.decrypt(fromArmor(file)));
    const identity = content.slice(0, -1);
    if (content !== `${identity}\n`) throw damaged("slot");
    await recipientOf(identity); // Fault "identity" unless it is one
    return identity;
  } catch (cause) {
    if (wrong) return null;
    if (isFault(cause) && cause.code === "card-cost") throw cause;
    throw damaged("slot");
  }
}

/** [CF6] A scrypt stanza stands alone in its file (age-encryption.org/v1 §scrypt), and its cost is bounded before it is paid. */
function checkCost(stanzas: readonly { readonly args: readonly string[] }[]): void {
  const [kind, , factor] = stanzas[0]?.args ?? [];
  if (stanzas.length !== 1 || kind !== "scrypt" || !/^[1-9][0-9]*$/.test(factor ?? "")) throw damaged("slot");
  const workFactor = Number(factor);
  if (workFactor > HIGHEST_WORK_FACTOR) throw new Fault<CardFault>("card-cost", { workFactor });
}
