import { type Bytes, utf8 } from "../base/index.ts";
import { type CardFile, macPayload, type UnsealedCard } from "./card-file.ts";

// age authenticates no sender: whoever knows a recipient can write a file that opens. So the card key, which only the
// owner has, also keys a MAC over everything on the card.

/** [CF10] The MAC of a card for its identity ("AGE-SECRET-KEY-1…"): 32 bytes. */
export async function makeMac(identity: string, file: UnsealedCard): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await macKey(identity), macPayload(file)));
}

/** [CF10] Compares in constant time. */
export async function checkMac(identity: string, file: CardFile): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await macKey(identity), file.mac, macPayload(file));
}

/** RFC 5869: no salt; the secret is the identity's one text form, the info names this use. */
async function macKey(identity: string): Promise<CryptoKey> {
  const bytes = utf8(identity);
  const importing = crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const secret = await importing.finally(() => bytes.fill(0));
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("sealcam/1 card mac") },
    secret,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign", "verify"],
  );
}
