import { type Bytes, type CborValue, decodeCbor, encodeCbor, toHex } from "../base/index.ts";
import { damaged } from "./fault.ts";
import {
  type BlankRecord,
  blankValue,
  type CardRecord,
  checkOrder,
  fields,
  name,
  readBlank,
  readRecord,
  readRecordV1,
  recordValue,
} from "./records.ts";

/** [CF21] Whose card it is at which server: a hint that saves typing, no secret. */
export interface AccountHint {
  readonly name: string;
  /** An origin, "https://…". */
  readonly server: string;
}

/** [CF7] What lies inside a card. */
export interface CardContent {
  readonly account: AccountHint | null;
  /** By rising camera number; so are the cameras. */
  readonly blanks: readonly BlankRecord[];
  readonly cameras: readonly CardRecord[];
}

const ORIGIN_LENGTH = 255;

/** [CF7] Deterministic CBOR, sorted. Throws TypeError on a content no reader would accept. */
export function encodeContent({ account, blanks, cameras }: CardContent): Bytes {
  const bytes = encodeCbor(
    new Map<string, CborValue>([
      ["account", account && new Map([...Object.entries(account)])],
      ["blanks", [...blanks].sort(byNumber).map(blankValue)],
      ["cameras", [...cameras].sort(byNumber).map(recordValue)],
    ]),
  );
  try {
    // One set of rules for both directions; what was read is nobody's.
    for (const { viewerKey } of decodeContent(bytes).cameras) viewerKey.seed.fill(0);
  } catch (cause) {
    throw new TypeError('"content" would not be readable', { cause });
  }
  return bytes;
}

/** Reads exactly what encodeContent writes. Fault "card-damaged" for everything else. */
export function decodeContent(bytes: Uint8Array): CardContent {
  const take = fields(decode(bytes), 3);
  const [blanks, cameras] = [take("blanks"), take("cameras")];
  if (!Array.isArray(blanks) || !Array.isArray(cameras)) throw damaged("records");
  const content = {
    account: readAccount(take("account")),
    blanks: blanks.map(readBlank),
    cameras: cameras.map(readRecord),
  };
  checkOrder(content.blanks);
  checkOrder(content.cameras);
  checkOrder([...content.blanks, ...content.cameras].sort(byNumber)); // in one of them, once
  return content;
}

/** [CF23] The content of a version-1 card. Fault "card-damaged". */
export async function decodeContentV1(bytes: Uint8Array): Promise<CardContent> {
  const value = decode(bytes);
  if (!Array.isArray(value)) throw damaged("records");
  const cameras = await Promise.all(value.map(readRecordV1));
  checkOrder(cameras);
  return { account: null, blanks: [], cameras };
}

/** [CF21] An account's name and its server's origin. Throws RangeError on what is no origin. */
export function accountHint(hint: AccountHint): AccountHint {
  if (!isOrigin(hint.server)) throw new RangeError('"server" is no origin');
  return { name: hint.name, server: hint.server };
}

function decode(bytes: Uint8Array): CborValue {
  try {
    return decodeCbor(bytes, { depth: 6 });
  } catch (cause) {
    throw damaged("records", cause);
  }
}

function readAccount(value: CborValue): AccountHint | null {
  if (value === null) return null;
  const take = fields(value, 2);
  const server = take("server");
  if (typeof server !== "string" || !isOrigin(server)) throw damaged("account");
  return { name: name(take("name")), server };
}

function isOrigin(text: string): boolean {
  return text.length <= ORIGIN_LENGTH && /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

function byNumber(a: { readonly number: Bytes }, b: { readonly number: Bytes }): number {
  return toHex(a.number) < toHex(b.number) ? -1 : 1;
}
