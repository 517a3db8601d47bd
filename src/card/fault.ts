import { Fault } from "../base/index.ts";

/** Codes of the faults of this part. */
export type CardFault =
  | "name" // [CF3]
  | "password-short" // [CF4]
  | "password" // wrong, or the slot was changed: nobody can tell which
  | "password-due" // [CF15]
  | "password-changed" // [CF18]
  | "recovery-code" // [CF16] mistyped
  | "passkey-none" // [CF17]
  | "card-damaged"
  | "card-version" // made by a later version of this program
  | "card-cost" // [CF6]
  | "card-full" // [CF9], or as many passkeys as there may be
  | "card-wait" // [CF22]
  | "card-stale" // [CF13]
  | "card-rolled-back" // [CF12]
  | "medium-gone" // pulled out, or not to be read any more
  | "medium-denied" // the person, or the system, lets nobody write there
  | "medium-full"
  | "medium-foreign"; // [CU2] speaks another language

/** A card that was changed, or never was one; `why` is for logs and tests. */
export function damaged(why: string, cause?: unknown): Fault<CardFault> {
  return new Fault("card-damaged", { why }, { cause });
}
