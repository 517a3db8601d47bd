import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { makeAuthority, makeServer } from "./authority.ts";
import { type KeyFile, readKeyFile, writeKeyFile } from "./key-file.ts";
import { isLocal, isOwn } from "./name-constraints.ts";

/** So long before its end, authority or certificate is made anew. ms */
export const renewal = 30 * 24 * 60 * 60_000;

/** What a server answers with as this machine, in PEM: its certificate with the authority's behind it, and its key. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  /** The authority's certificate, for other devices to trust. */
  readonly authority: X509Certificate;
}

const ends = ({ cert }: KeyFile): number => Date.parse(new X509Certificate(cert).validTo);

/** The names and addresses a certificate is for. */
export const namesOf = ({ subjectAltName = "" }: X509Certificate): string[] =>
  subjectAltName.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));

/** Whether a kept certificate is this authority's, for exactly these names, and for a while yet. */
const serves = (kept: KeyFile, authority: KeyFile, names: readonly string[], now: number): boolean => {
  const own = new X509Certificate(kept.cert);
  const issuer = new X509Certificate(authority.cert);
  if (!own.checkIssued(issuer) || !own.verify(issuer.publicKey)) return false;
  if (!own.checkPrivateKey(createPrivateKey(kept.key))) return false;
  if (ends(kept) - now <= renewal || Date.parse(own.validFrom) > now) return false;
  return namesOf(own).toSorted().join() === [...names].toSorted().join();
};

/** The host whose name an authority was made with. */
const hostOf = ({ cert }: KeyFile): string => /^CN=(.*)$/m.exec(new X509Certificate(cert).subject)?.[1] ?? "";

const openAuthority = async (file: string, host: string, now: number): Promise<KeyFile> => {
  const kept = await readKeyFile(file);
  if (kept && ends(kept) - now > renewal) return kept;
  try {
    await writeKeyFile(file, await makeAuthority(host, now), kept ? "instead" : "new");
  } catch (error) {
    // Two begin at the same moment: the first one's is the authority of both.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const made = await readKeyFile(file);
  if (!made) throw new Error(`${file} was taken away while it was made.`);
  return made;
};

/**
 * The identity of a server on this host, with other DNS names and IPv4 addresses, kept in `dir`: authority and certificate
 * are made on first use, the certificate anew when the names change, each when it nears its end. Public addresses and
 * names but the host's own are left out. `now` in ms. Rejects when what lies there cannot be read: what other devices
 * trust is not replaced unasked.
 */
export const openIdentity = async (
  dir: string,
  host: string,
  others: readonly string[],
  now = Date.now(),
): Promise<Identity> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const authority = await openAuthority(join(dir, "authority.pem"), host, now);
  // One name that the authority may not vouch for would spoil the whole certificate.
  const own = hostOf(authority);
  const names = [...new Set([host, ...others])].filter(
    (name) => isLocal(name) || (name === own && isOwn(name)),
  );
  const file = join(dir, "server.pem");
  let server = await readKeyFile(file);
  if (!server || !serves(server, authority, names, now)) {
    server = await makeServer(authority, names, now);
    await writeKeyFile(file, server, "instead");
  }
  const cert = `${server.cert}\n${authority.cert}\n`;
  return { cert, key: server.key, authority: new X509Certificate(authority.cert) };
};
