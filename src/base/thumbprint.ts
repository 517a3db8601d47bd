import { type Bytes, concat, fromHex, sha256 } from "./bytes.ts";

/**
 * RFC 9679 COSE key thumbprint (SHA-256, 32 bytes) of a raw 32-byte Ed25519 public key.
 * Throws TypeError on another length.
 */
export async function thumbprint(publicKey: Uint8Array): Promise<Bytes> {
  if (publicKey.length !== 32) {
    throw new TypeError(`"publicKey" expected 32 bytes, got ${publicKey.length}`);
  }
  // RFC 9679 §4.1 for OKP: the required parameters alone, deterministically encoded:
  //   A3       map(3)
  //   01 01      kty: OKP
  //   20 06      crv: Ed25519
  //   21 58 20   x: bytes(32) …
  return sha256(concat(fromHex("a301012006215820"), publicKey));
}
