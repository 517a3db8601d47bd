import type { Bytes } from "../base/index.ts";
import { fromBase32, thumbprint, toBase32 } from "../base/index.ts";

/**
 * The camera number: RFC 9679 thumbprint of the camera's Ed25519 public key, 32 bytes. Machines compare all of it;
 * people see the first 24 base32 characters (120 bits) in groups of four.
 */
export const cameraNumber = (publicKey: Uint8Array): Promise<Bytes> => thumbprint(publicKey);

/** The whole number as text: 52 base32 characters. */
export const numberText = (number: Uint8Array): string => toBase32(number);

/** Reads what `numberText` writes. Throws Fault "encoding". */
export const readNumber = (text: string): Bytes => fromBase32(text);
