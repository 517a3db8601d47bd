import { Decrypter, Encrypter } from "age-encryption";
import { Fault, fromUtf8, isFault } from "../base/index.ts";
import { fromArmor, recipientOf, toArmor } from "../keys/index.ts";
import { type CardFault, damaged } from "./fault.ts";
import type { PasswordSlots } from "./slot.api.ts";

/** [CF5] log2 of scrypt's N: age's own choice when writing, and the least. */
const WORK_FACTOR = 18;
/** [CF6] The highest that is written, and computed when reading: 1 GiB, some seconds. */
const HIGHEST_WORK_FACTOR = 20;
/** [CF5] What a device may need for it, in ms. */
const LONGEST = 1000;
/** [CF5] What is measured: a sixteenth of the highest. */
const MEASURED_WORK_FACTOR = 16;
/** [CF16] Of a recovery code, which nobody can guess. */
const RECOVERY_WORK_FACTOR = 10;

/** The password slot worked on here, on this thread: for Node, tests and workers made for it. */
export const passwordSlots: PasswordSlots = { wrap: wrapPasswordSlot, unwrap: unwrapPasswordSlot };

/** [CF5] An age identity file (the identity and LF), encrypted with scrypt, in age's text form. */
export async function wrapPasswordSlot(identity: string, password: string): Promise<string> {
  return lock(identity, password, await chooseWorkFactor(measure));
}

/** [CF16] The same with a recovery code, at once. */
export function wrapRecoverySlot(identity: string, code: string): Promise<string> {
  return lock(identity, code, RECOVERY_WORK_FACTOR);
}

/** [CF5] The highest work factor that takes no more than a second, by what `measured` says one takes, in ms. */
export async function chooseWorkFactor(measured: (workFactor: number) => Promise<number>): Promise<number> {
  const took = await measured(MEASURED_WORK_FACTOR);
  let factor = HIGHEST_WORK_FACTOR;
  // Each step doubles time and memory.
  while (factor > WORK_FACTOR && took * 2 ** (factor - MEASURED_WORK_FACTOR) > LONGEST) factor -= 1;
  return factor;
}

/**
 * The identity in a password or recovery slot; `null` when the password is wrong, or the stanza that would tell was changed.
 * Faults "card-cost" {workFactor}, without computing or for want of memory, and "card-damaged".
 */
export async function unwrapPasswordSlot(file: string, password: string): Promise<string | null> {
  const decrypter = new Decrypter();
  let workFactor = 0;
  decrypter.addIdentity({
    unwrapFileKey(stanzas) {
      workFactor = checkCost(stanzas);
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
    return await readIdentity(fromUtf8(await decrypter.decrypt(fromArmor(file))));
  } catch (cause) {
    if (wrong) return null;
    if (isFault(cause) && cause.code === "card-cost") throw cause;
    // What an engine throws where it cannot allocate.
    if (cause instanceof RangeError && workFactor >= WORK_FACTOR)
      throw new Fault<CardFault>("card-cost", { workFactor });
    throw damaged("slot");
  }
}

/** The identity in an age identity file. Fault "card-damaged" where it holds anything else. */
export async function readIdentity(content: string): Promise<string> {
  const identity = content.slice(0, -1);
  if (content !== `${identity}\n`) throw damaged("slot");
  try {
    await recipientOf(identity);
  } catch {
    throw damaged("slot"); // no cause: it may quote the key
  }
  return identity;
}

async function lock(identity: string, phrase: string, workFactor: number): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(phrase);
  encrypter.setScryptWorkFactor(workFactor);
  return toArmor(await encrypter.encrypt(`${identity}\n`));
}

/** How long a slot of this work factor takes here, in ms. The first, small one is not measured: code is still being compiled. */
async function measure(workFactor: number): Promise<number> {
  await lock("", "measured", RECOVERY_WORK_FACTOR);
  const began = performance.now();
  await lock("", "measured", workFactor);
  return performance.now() - began;
}

/** [CF6] A scrypt stanza stands alone in its file (age-encryption.org/v1 §scrypt), and its cost is bounded before it is paid. */
function checkCost(stanzas: readonly { readonly args: readonly string[] }[]): number {
  const [kind, , factor] = stanzas[0]?.args ?? [];
  if (stanzas.length !== 1 || kind !== "scrypt" || !/^[1-9][0-9]*$/.test(factor ?? "")) throw damaged("slot");
  const workFactor = Number(factor);
  if (workFactor > HIGHEST_WORK_FACTOR) throw new Fault<CardFault>("card-cost", { workFactor });
  return workFactor;
}
