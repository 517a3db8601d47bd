import { type Bytes, Fault, fromBase32, randomBytes, sha256, toBase32, utf8 } from "../base/index.ts";
import type { CardFault } from "./fault.ts";

/** [CF16] 160 random bits: 32 characters. */
const CODE_BYTES = 20;
const CODE_LENGTH = 32;
const CHECK_LENGTH = 4;

/** [CF16] A new recovery code as it is printed: nine groups of four characters. */
export async function makeRecoveryCode(): Promise<string> {
  return written(randomBytes(CODE_BYTES));
}

/** [CF16] What somebody typed, as it was printed. Fault "recovery-code" where it does not fit its check. */
export async function readRecoveryCode(typed: string): Promise<string> {
  const letters = typed
    .normalize("NFKC") // an input method may type wide letters
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/[018]/g, (digit) => ({ 0: "O", 1: "I", 8: "B" })[digit] ?? digit);
  if (!/^[A-Z2-7]{36}$/.test(letters)) throw new Fault<CardFault>("recovery-code");
  const code = await written(fromBase32(letters.slice(0, CODE_LENGTH)));
  if (code.replaceAll("-", "") !== letters) throw new Fault<CardFault>("recovery-code");
  return code;
}

async function written(bytes: Bytes): Promise<string> {
  const check = toBase32(await sha256(utf8("sealcam/1 recovery code"), bytes)).slice(0, CHECK_LENGTH);
  return `${toBase32(bytes)}${check}`.match(/.{4}/g)?.join("-") ?? "";
}
