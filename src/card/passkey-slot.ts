import { type Bytes, fromUtf8, isFault, utf8 } from "../base/index.ts";
import { fromArmor, identityOf, recipientOf, toArmor, unwrap, wrap } from "../keys/index.ts";
import { damaged } from "./fault.ts";
import { readIdentity } from "./slots.ts";

/** [CF17] The slot's file for an age identity and a passkey's PRF output, 32 bytes. */
export async function wrapPasskeySlot(identity: string, output: Bytes): Promise<string> {
  return toArmor(await wrap(utf8(`${identity}\n`), [await recipientOf(await passkeyIdentity(output))]));
}

/** The identity; `null` when the slot is another passkey's, or the stanza that would tell was changed. Fault "card-damaged". */
export async function unwrapPasskeySlot(file: string, output: Bytes): Promise<string | null> {
  try {
    const content = await unwrap(fromArmor(file), [await passkeyIdentity(output)]);
    if (content === null) return null;
    try {
      return await readIdentity(fromUtf8(content));
    } finally {
      content.fill(0);
    }
  } catch (cause) {
    if (isFault(cause)) throw damaged("slot");
    throw cause;
  }
}

/** [CF17] RFC 5869, without salt. Throws TypeError unless it gets the 32 bytes that WebAuthn's PRF gives. */
export async function passkeyIdentity(output: Bytes): Promise<string> {
  if (output.length !== 32) throw new TypeError(`"output" expected 32 bytes, got ${output.length}`);
  const secret = await crypto.subtle.importKey("raw", output, "HKDF", false, ["deriveBits"]);
  const info = utf8("sealcam/1 card passkey");
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info },
    secret,
    256,
  );
  const scalar = new Uint8Array(bits);
  try {
    return identityOf(scalar);
  } finally {
    scalar.fill(0);
  }
}
