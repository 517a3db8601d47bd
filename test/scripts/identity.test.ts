import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";

import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { connect, createServer } from "node:tls";
import { authorityLifetime, makeAuthority, makeServer, serverLifetime } from "../../scripts/authority.ts";
import { namesOf, openIdentity, renewal } from "../../scripts/identity.ts";
import { isLocal } from "../../scripts/name-constraints.ts";

const day = 24 * 60 * 60_000;
const host = "porch.example.net";
const names = ["localhost", "porch.local", "192.168.1.23", "127.0.0.1"];

describe("the local authority", () => {
  const dirs: string[] = [];
  after(() => Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true }))));
  const fresh = async (): Promise<string> => {
    const dir = await mkdtemp(join(tmpdir(), "sealcam-authority-"));
    dirs.push(dir);
    return join(dir, "authority");
  };

  /** What a TLS client that trusts this authority alone says of a server of that certificate, asked as `name`. */
  const tried = async (server: { cert: string; key: string }, ca: string, name: string): Promise<string> => {
    const listening = createServer(server);
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const { port } = listening.address() as AddressInfo;
    const socket = connect({ host: "127.0.0.1", port, ca, servername: name });
    try {
      return await new Promise((resolve) => {
        socket.once("secureConnect", () => resolve("trusted"));
        socket.once("error", (error: NodeJS.ErrnoException) => resolve(`${error.code} ${error.message}`));
      });
    } finally {
      socket.destroy();
      listening.close();
    }
  };

  it("is made on first use, vouches for this machine's names, and for years and months as they should be", async () => {
    const now = Date.now();
    const dir = await fresh();
    const { cert, authority } = await openIdentity(dir, host, names, now);
    const own = new X509Certificate(cert);
    assert.ok(own.checkIssued(authority) && own.verify(authority.publicKey), "the chain verifies");
    assert.ok(authority.verify(authority.publicKey) && authority.ca && !own.ca);
    assert.deepEqual(namesOf(own).toSorted(), [host, ...names].toSorted());
    for (const name of [host, "localhost", "porch.local"]) assert.equal(own.checkHost(name), name);
    assert.equal(own.checkIP("192.168.1.23"), "192.168.1.23");
    assert.equal(own.checkHost("example.org"), undefined);
    assert.deepEqual(own.keyUsage, ["1.3.6.1.5.5.7.3.1"], "for servers alone");
    for (const { publicKey } of [own, authority])
      assert.equal(publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
    const [from, to] = [Date.parse(own.validFrom), Date.parse(own.validTo)];
    assert.ok(from <= now && to - from <= serverLifetime && to - now > 390 * day);
    assert.ok(Math.abs(Date.parse(authority.validTo) - now - authorityLifetime) < 2000);
    assert.equal(cert.match(/BEGIN CERTIFICATE/g)?.length, 2, "the authority's stands behind it");
  });

  it("keeps its keys from others' eyes: file modes", async () => {
    const dir = await fresh();
    await openIdentity(dir, host, names);
    assert.equal((await stat(dir)).mode & 0o777, 0o700);
    const files = await readdir(dir);
    assert.deepEqual(files.toSorted(), ["authority.pem", "server.pem"]);
    for (const file of files) assert.equal((await stat(join(dir, file))).mode & 0o777, 0o600, file);
  });

  it("is trusted by a TLS client for its names and no others", async () => {
    const { cert, key, authority } = await openIdentity(await fresh(), host, names);
    const ca = authority.toString();
    assert.equal(await tried({ cert, key }, ca, "porch.local"), "trusted");
    assert.equal(await tried({ cert, key }, ca, host), "trusted");
    assert.match(await tried({ cert, key }, ca, "garden.local"), /ERR_TLS_CERT_ALTNAME_INVALID/);
    const other = await openIdentity(await fresh(), host, names);
    assert.notEqual(await tried({ cert, key }, other.authority.toString(), "porch.local"), "trusted");
  });

  it("can vouch for nothing public, whoever has its key, and for no authority below it", async () => {
    const authority = await makeAuthority(host, Date.now());
    const bank = await makeServer(authority, ["bank.example"], Date.now());
    // OpenSSL's words; they have no code of Node's.
    assert.match(await tried(bank, authority.cert, "bank.example"), /permitted subtree violation/);
    const address = await makeServer(authority, ["porch.local", "9.9.9.9"], Date.now());
    assert.match(await tried(address, authority.cert, "porch.local"), /permitted subtree violation/);
    assert.deepEqual(
      new X509Certificate(authority.cert).keyUsage,
      ["1.3.6.1.5.5.7.3.1"],
      "no mail, no programs",
    );
    // In DER: name constraints are critical, and the path below it has length 0. No client here minds where they are not.
    const der = new X509Certificate(authority.cert).raw.toString("hex");
    assert.match(der, /0603551d1e0101ff/);
    assert.match(der, /0603551d130101ff040830060101ff020100/);
    const below = await makeServer(authority, ["porch.local"], Date.now());
    const leaf = await makeServer(below, ["garden.local"], Date.now());
    const chain = { cert: `${leaf.cert}\n${below.cert}`, key: leaf.key };
    assert.notEqual(await tried(chain, authority.cert, "garden.local"), "trusted");
  });

  it("can vouch for no domain of the internet that is called as the machine is", async () => {
    const dir = await fresh();
    const { cert } = await openIdentity(dir, "dev", ["localhost", "dev.local"]);
    assert.deepEqual(namesOf(new X509Certificate(cert)), ["localhost", "dev.local"]);
    const authority = await makeAuthority("dev", Date.now());
    for (const name of ["shop.dev", "dev"]) {
      const shop = await makeServer(authority, [name], Date.now());
      assert.match(await tried(shop, authority.cert, name), /permitted subtree violation/);
    }
  });

  it("leaves public names and addresses out of the certificate, and a host's name that is not its own any more", async () => {
    const dir = await fresh();
    const first = await openIdentity(dir, host, [...names, "203.0.113.7", "example.org", "10.0.0.9"]);
    const kept = [host, ...names, "10.0.0.9"].toSorted();
    assert.deepEqual(namesOf(new X509Certificate(first.cert)).toSorted(), kept);
    const renamed = await openIdentity(dir, "garden", ["localhost", "garden.local"]);
    assert.deepEqual(namesOf(new X509Certificate(renamed.cert)), ["localhost", "garden.local"]);
    assert.equal(renamed.authority.fingerprint256, first.authority.fingerprint256);
    assert.deepEqual(
      ["192.168.0.1", "172.32.0.1", "100.64.0.1", "224.0.0.1", "::1", "local", "notlocal", "a.local"].map(
        isLocal,
      ),
      [true, false, true, false, false, true, false, true],
    );
  });

  it("is kept, with its certificate, until addresses change or an end is near", async () => {
    const dir = await fresh();
    const now = Date.now();
    const first = await openIdentity(dir, host, names, now);
    const again = await openIdentity(dir, host, names.toReversed(), now + 300 * day);
    assert.deepEqual([again.cert, again.key], [first.cert, first.key], "the same names in another order");
    const moved = await openIdentity(dir, host, [...names, "192.168.1.77"], now);
    assert.notEqual(moved.cert, first.cert);
    assert.equal(moved.authority.fingerprint256, first.authority.fingerprint256, "nobody has to trust anew");
    const late = await openIdentity(dir, host, [...names, "192.168.1.77"], now + serverLifetime - renewal);
    assert.notEqual(late.cert, moved.cert);
    assert.equal(late.authority.fingerprint256, first.authority.fingerprint256);
    const lastYear = await openIdentity(dir, host, names, now + authorityLifetime - 100 * day);
    const { validTo } = new X509Certificate(lastYear.cert);
    assert.equal(validTo, first.authority.validTo, "no certificate outlives its authority");
    const anew = await openIdentity(dir, host, names, now + authorityLifetime - renewal + day);
    assert.notEqual(anew.authority.fingerprint256, first.authority.fingerprint256);
    assert.ok(new X509Certificate(anew.cert).verify(anew.authority.publicKey));
  });

  it("is one, when two begin at once", async () => {
    const dir = await fresh();
    const both = await Promise.all([1, 2, 3].map(() => openIdentity(dir, host, names)));
    assert.equal(new Set(both.map(({ authority }) => authority.fingerprint256)).size, 1);
    assert.deepEqual(
      (await readdir(dir)).toSorted(),
      ["authority.pem", "server.pem"],
      "nothing is left lying",
    );
  });

  it("is not replaced where it cannot be read", async () => {
    const dir = await fresh();
    await openIdentity(dir, host, names);
    await writeFile(join(dir, "authority.pem"), "torn");
    await assert.rejects(openIdentity(dir, host, names), /authority\.pem holds no certificate/);
  });
});
