import type { CardFile } from "./card-file.ts";

/** [CF15] Of a new card. */
export const DEFAULT_RULE = 365;
/** [CF15] How long a card opens as ever after its password became due. */
const GRACE_DAYS = 30;
const DAY = 86_400_000;

/**
 * [CF15] Whether a password is to be changed: not yet, or never; soon, before `until` (ms since 1970); or now, before anything else.
 */
export type PasswordDue =
  | { readonly state: "no" }
  | { readonly state: "soon"; readonly until: number }
  | { readonly state: "now" };

/** [CF15] By the card's rule and this device's clock. A password of the future, by a clock that was wrong, is not due. */
export function passwordDue(file: CardFile, now: number): PasswordDue {
  const rule = ruleOf(file);
  if (rule === null) return { state: "no" };
  const due = file.passwordChanged + rule * DAY;
  const until = due + GRACE_DAYS * DAY;
  if (now < due) return { state: "no" };
  return now < until ? { state: "soon", until } : { state: "now" };
}

/** [CF15] [CF23] */
export function ruleOf(file: CardFile): number | null {
  return file.version === 1 ? null : file.rule;
}
