import { Fault } from "../base/index.ts";
import type { CardFault } from "./fault.ts";

/** Most characters (code points) of a card's or camera's name. */
export const NAME_LENGTH = 60;
/** Fewest characters (code points) of a new password. */
export const PASSWORD_LENGTH = 10;

/** [CF3] The name as it is stored: trimmed and in NFC. Fault "name" when it is empty, too long or no single line of text. */
export function cardName(text: string): string {
  const name = text.normalize("NFC").trim();
  const length = [...name].length;
  if (length < 1 || length > NAME_LENGTH || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    throw new Fault<CardFault>("name", { most: NAME_LENGTH });
  }
  return name;
}

/**
 * [CF4] The password as scrypt gets it. Two keyboards that write one character in two ways, or an input method that types
 * a wide space, must not lock the owner out: RFC 8265 §4.2.2 (OpaqueString) maps other spaces to U+0020, then NFC.
 */
export function canonicalPassword(password: string): string {
  return password.replace(/\p{Zs}/gu, " ").normalize("NFC");
}

/** [CF4] The same for a new password. Fault "password-short" below 10 characters. */
export function newPassword(password: string): string {
  const canonical = canonicalPassword(password);
  if ([...canonical].length < PASSWORD_LENGTH) {
    throw new Fault<CardFault>("password-short", { least: PASSWORD_LENGTH });
  }
  return canonical;
}
