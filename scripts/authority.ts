import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { KeyFile } from "./key-file.ts";
import { nameConstraints } from "./name-constraints.ts";

/**
 * The local authority: a key of this machine that vouches for this machine's own addresses, so that a phone which was
 * told once to trust it gets a secure page. It can vouch for no authority below it, and for no public name or address but
 * the host's own name.
 */

const day = 24 * 60 * 60_000;
/** How long an authority lasts. ms */
export const authorityLifetime = 3652 * day;
/** How long a server's certificate lasts: browsers take no longer ones. ms */
export const serverLifetime = 397 * day;
/** Other devices' clocks may be behind by so much. ms */
const clockSkew = day;

// Browsers take no Ed25519 in TLS.
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
// Node's own, whatever stands in its place globally: the library refuses keys of another one.
const crypto = webcrypto as unknown as Crypto;

const makeKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

const pemOf = async (key: CryptoKey): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

const keyOf = (pem: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), algorithm, false, ["sign"]);

/** A new authority of the machine with this host name, from `now` (ms) on. */
export const makeAuthority = async (host: string, now: number): Promise<KeyFile> => {
  const keys = await makeKeys();
  const cert = await X509CertificateGenerator.createSelfSigned(
    {
      // What people find in their device's list of authorities.
      name: [{ O: ["Sealcam local authority"] }, { CN: [host] }],
      notBefore: new Date(now - clockSkew),
      notAfter: new Date(now + authorityLifetime),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        // Name constraints say nothing of mail addresses and of signed programs.
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        nameConstraints(host),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return { cert: cert.toString("pem"), key: await pemOf(keys.privateKey) };
};

/** A certificate of this authority for DNS names and IP addresses, from `now` (ms) on, and no longer than the authority's. */
export const makeServer = async (
  authority: KeyFile,
  names: readonly string[],
  now: number,
): Promise<KeyFile> => {
  const issuer = new X509Certificate(authority.cert);
  const keys = await makeKeys();
  const begin = now - clockSkew;
  const cert = await X509CertificateGenerator.create(
    {
      subject: "CN=Sealcam",
      issuer: issuer.subject,
      notBefore: new Date(begin),
      notAfter: new Date(Math.min(begin + serverLifetime, issuer.notAfter.getTime())),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: await keyOf(authority.key),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(issuer, false, crypto),
      ],
    },
    crypto,
  );
  return { cert: cert.toString("pem"), key: await pemOf(keys.privateKey) };
};
