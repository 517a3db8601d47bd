import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { fromBase64Url, toBase64Url } from "../base/index.ts";
import type { KeptPasskey } from "./account-state.ts";

export type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
};

/** Where passkeys count: the origin pages have, and its host name. */
export interface Site {
  readonly origin: string;
  readonly rpId: string;
}

// COSE: Ed25519 (-8), ES256 (-7), RS256 (-257), as most authenticators have one of them.
const algorithms = [-8, -7, -257];

/** What a browser is asked to make: a passkey that can be found without a name, and only after its person was verified. */
export const creationOptions = (
  { rpId }: Site,
  account: { readonly id: string; readonly name: string; readonly passkeys: readonly KeptPasskey[] },
  challenge: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: "Sealcam",
    rpID: rpId,
    userName: account.name,
    userDisplayName: account.name,
    userID: fromBase64Url(account.id),
    challenge: fromBase64Url(challenge),
    attestationType: "none",
    excludeCredentials: account.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });

/** What a browser is asked to sign; it names no account. */
export const requestOptions = (
  { rpId }: Site,
  challenge: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: rpId,
    challenge: fromBase64Url(challenge),
    userVerification: "required",
  });

/** The passkey that a browser made to this challenge on this site, its person verified; `null` for anything else. */
export const checkCreation = async (
  { origin, rpId }: Site,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<Pick<KeptPasskey, "id" | "publicKey" | "counter" | "transports"> | null> => {
  try {
    if (hasCertificates(response)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified) return null;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    const words = transports.filter((word) => /^[a-z-]{1,16}$/.test(word)).slice(0, 8);
    return { id, publicKey: toBase64Url(publicKey), counter, transports: words };
  } catch {
    return null; // the library throws on everything it does not like, with texts that are not for people
  }
};

/**
 * Whether anything vouches for the authenticator itself. None was asked for, and the library would read certificates, and fetch
 * what they name, for whoever sends some; an authenticator's own signature ("packed", WebAuthn §8.2) comes without.
 */
const hasCertificates = ({ response }: RegistrationResponseJSON): boolean => {
  const attestation = decodeAttestationObject(fromBase64Url(response.attestationObject));
  const format = attestation.get("fmt");
  return format !== "none" && (format !== "packed" || attestation.get("attStmt").get("x5c") !== undefined);
};

/** The passkey's next counter where it signed this challenge on this site, its person verified; `null` for anything else. */
export const checkRequest = async (
  { origin, rpId }: Site,
  challenge: string,
  response: AuthenticationResponseJSON,
  passkey: KeptPasskey,
): Promise<number | null> => {
  const { id, publicKey, counter } = passkey;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: { id, publicKey: fromBase64Url(publicKey), counter },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
};
