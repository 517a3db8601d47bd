import {
  type Bytes,
  type Clock,
  Fault,
  fromBase64Url,
  importSigningKey,
  isFault,
  randomBytes,
  type SigningKey,
  toBase64Url,
  utf8,
} from "../base/index.ts";
import type { AuthFault } from "./recipients.ts";

/** A pairing link works this long. ms */
export const linkLifetime = 10 * 60_000;

/** What a pairing link says: it goes into the fragment, which browsers send to no server. */
export interface PairingLink {
  /** 32 random bytes. */
  readonly secret: Bytes;
  /** ms since the epoch; part of what the keys are made from, so that it cannot be moved. */
  readonly expires: number;
}

/** What both ends make from a link. */
export interface LinkKeys {
  /** Names the room (its thumbprint) and proves to the relay that a peer holds the link. */
  readonly room: SigningKey;
  /** HMAC-SHA-256 over everything the two ends tell each other: the relay does not have it. */
  readonly mac: CryptoKey;
}

export const makeLink = (clock: Clock): PairingLink => ({
  secret: randomBytes(32),
  expires: clock.now() + linkLifetime,
});

/** The fragment without "#": "1.", the secret in base64url, ".", the expiry in ms in decimal. */
export const linkFragment = ({ secret, expires }: PairingLink): string =>
  `1.${toBase64Url(secret)}.${expires}`;

/** Reads a fragment. Fault "link-malformed", or "link-expired" {expires}. */
export const readLink = (fragment: string, clock: Clock): PairingLink => {
  const [, secretText, expiresText] = /^1\.([A-Za-z0-9_-]{43})\.([1-9][0-9]{12})$/.exec(fragment) ?? [];
  if (!secretText || !expiresText) throw new Fault<AuthFault>("link-malformed");
  const expires = Number(expiresText);
  if (clock.now() > expires) throw new Fault<AuthFault>("link-expired", { expires });
  try {
    return { secret: fromBase64Url(secretText), expires };
  } catch (cause) {
    if (isFault(cause)) throw new Fault<AuthFault>("link-malformed", {}, { cause });
    throw cause;
  }
};

/** HKDF-SHA-256 over the secret, salted with the expiry: one key per purpose. */
export const linkKeys = async ({ secret, expires }: PairingLink): Promise<LinkKeys> => {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
  const from = (info: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: utf8(`${expires}`),
    info: utf8(info),
  });
  const seed = new Uint8Array(await crypto.subtle.deriveBits(from("sealcam/1 pairing room"), material, 256));
  try {
    const mac = await crypto.subtle.deriveKey(
      from("sealcam/1 pairing mac"),
      material,
      { name: "HMAC", hash: "SHA-256", length: 256 },
      false,
      ["sign", "verify"],
    );
    return { room: await importSigningKey(seed), mac };
  } finally {
    seed.fill(0);
  }
};
