import { type Bytes, type Clock, Fault, randomBytes, systemClock, toBase64Url } from "../base/index.ts";
import { makeEncryptionPair } from "../keys/index.ts";
import { checkCardFile } from "./card-check.ts";
import type { CardFile } from "./card-file.ts";
import type { CardFault } from "./fault.ts";
import { DEFAULT_RULE } from "./hygiene.ts";
import { canonicalPassword, cardName, newPassword } from "./input.ts";
import { OpenCard } from "./open-card.ts";
import { unwrapPasskeySlot } from "./passkey-slot.ts";
import { readRecoveryCode } from "./recovery-code.ts";
import type { PasswordSlots } from "./slot.api.ts";
import { passwordSlots } from "./slots.ts";

/** What making, opening and changing a card works with: by default on this thread, by this device's clock. */
export interface CardMeans {
  readonly slots?: PasswordSlots;
  readonly clock?: Clock;
}

/** One way in: a password, a recovery code as it was typed, or a passkey's PRF output [CF17]. */
export type CardSecret =
  | { readonly password: string }
  | { readonly recoveryCode: string }
  | { readonly passkey: Bytes };

/** A new, empty card. Faults "name", "password-short". Takes about a second and 256 MiB. */
export async function makeCard(name: string, password: string, means: CardMeans = {}): Promise<OpenCard> {
  const { slots = passwordSlots, clock = systemClock } = means;
  const canonical = newPassword(password);
  const now = clock.now();
  const plain = {
    version: 2,
    id: toBase64Url(randomBytes(16)),
    name: cardName(name),
    created: now,
    passwordChanged: now,
    rule: DEFAULT_RULE,
    counter: 0,
  } as const;
  const { identity } = await makeEncryptionPair();
  const slot = { kind: "password", file: await slots.wrap(identity, canonical) } as const;
  return OpenCard.next(identity, { ...plain, slots: [slot] }, { account: null, blanks: [], cameras: [] });
}

/**
 * Opens a card. Faults "password" when it is wrong, "card-damaged" when anything was changed, "card-version",
 * "card-cost". Whether the card is the newest state is the store's to know. Takes about a second and 256 MiB.
 */
export function openCard(file: CardFile, password: string, means: CardMeans = {}): Promise<OpenCard> {
  return openCardWith(file, { password }, means);
}

/** Opens it by any way in. Faults as above; "password" where there is no slot of this kind, too; "recovery-code", "passkey-none". */
export async function openCardWith(
  file: CardFile,
  secret: CardSecret,
  means: CardMeans = {},
): Promise<OpenCard> {
  return OpenCard.with(await cardKey(checkCardFile(file), secret, means.slots ?? passwordSlots), file);
}

/** The identity that a secret leads to. */
async function cardKey(file: CardFile, secret: CardSecret, slots: PasswordSlots): Promise<string> {
  if ("passkey" in secret) return passkeyCardKey(file, secret.passkey);
  const kind = "password" in secret ? "password" : "recovery";
  const phrase =
    "password" in secret ? canonicalPassword(secret.password) : await readRecoveryCode(secret.recoveryCode);
  const slot = file.slots.find((one) => one.kind === kind);
  const identity = slot ? await slots.unwrap(slot.file, phrase) : null;
  if (identity === null) throw new Fault<CardFault>("password");
  return identity;
}

/** [CF17] Found by trying. */
async function passkeyCardKey(file: CardFile, output: Bytes): Promise<string> {
  for (const slot of file.slots) {
    if (slot.kind !== "passkey") continue;
    const identity = await unwrapPasskeySlot(slot.file, output);
    if (identity !== null) return identity;
  }
  throw new Fault<CardFault>("passkey-none");
}
