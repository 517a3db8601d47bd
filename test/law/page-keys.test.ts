import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { read, sources } from "./imports.ts";
import { closureOf } from "./type-closure.ts";

/** Types that hold a private or a decryption key, or what one is made from. */
const holders =
  /\b(CryptoKey|CryptoKeyPair|JsonWebKey|SigningKey|EncryptionPair|CardRecord|OpenCard|OpenRecords|WritableCard|CameraIdentity|KnownCamera|PairingLink|LinkKeys|EpochSecret|ServerSecret|Throwaway)\b/;
/** The same, where they stand as bytes or text under their names. */
const named =
  /\b(privateKey|secretKey|seed|secret|identity|identities|decryptionKeys?|epochKey|frameKeys?|frameKey|cardKey)\??:\s*(?:readonly\s+)?(Bytes|Uint8Array|ArrayBuffer|string|Map)\b/;

const secretsIn = (declarations: ReadonlyMap<string, string>): string[] =>
  [...declarations].flatMap(([mark, text]) => {
    const [word] = holders.exec(text) ?? named.exec(text) ?? [];
    return word === undefined ? [] : [`${mark}: ${word}`];
  });

/** Workers that workers start, for a password alone: no page speaks to them. */
const inner = ["src/auth/stretch.api.ts", "src/card/slot.api.ts"];
const pages = sources("src/ui/**/*.ts", "src/main.ts", "src/**/*.dom.ts");
const surfaces = sources("src/**/*.api.ts").filter((file) => !inner.includes(file));

/** Everything a surface gives: what is called, and what goes over ports beside it. */
const surfaceOf = (file: string): Map<string, string> => {
  const all = new Map<string, string>();
  for (const [, name = ""] of read(file).matchAll(/^export (?:interface|type) (\w+)/gm))
    closureOf(file, name, all);
  return all;
};

describe("between a page and a worker", () => {
  for (const file of surfaces) {
    it(`no private key and no decryption key has a type: ${file}`, () => {
      const closure = surfaceOf(file);
      assert.ok(closure.size >= 5, `${closure.size} declarations`);
      assert.deepEqual(secretsIn(closure), []);
    });
  }

  it("every surface is looked at, through imports and doors", () => {
    assert.ok(surfaces.length >= 5, `${surfaces.length}`);
    const marks = [...surfaceOf("src/apparatus/viewer.api.ts").keys()];
    for (const deep of ["src/verify/verdict.ts Verdict", "src/verify/verdict.ts CheckResult"])
      assert.ok(marks.includes(deep), deep);
  });

  it("a key would be found, also at a distance", () => {
    for (const [file, name] of [
      ["src/card/card.ts", "OpenCard"],
      ["src/apparatus/hub.ts", "WritableCard"],
      ["src/apparatus/viewing-seat.ts", "SeatMeans"],
      ["src/keys/wrap.ts", "EncryptionPair"],
      ["src/auth/pairing-link.ts", "PairingLink"],
      ["src/seal/epoch-secret.ts", "EpochSecret"],
    ] as const)
      assert.notDeepEqual(secretsIn(closureOf(file, name)), [], name);
  });

  it("the one that is unlocked with the password is spoken to by workers alone", () => {
    const using = pages.filter((file) =>
      /\bworkerSlots\b|\bslot-worker\b|\bslot\.(api|worker)\b/.test(read(file)),
    );
    assert.deepEqual(using, []);
  });
});

/** What makes, imports, opens or uses such keys. */
const acts =
  /\b(signCose|importSigningKey|generateSigningKey|makeEncryptionPair|unwrap|openCard|openStoredCard|openEpoch|epochKey|makeEpochSecret|linkKeys|decodeEpochSecret|decodeRecords|openCameraStore|openControlKey|ArraySensor|passwordSlots|workerSlots|knownCameras|idbStore)\b/;
const imported = (file: string): string =>
  [...read(file).matchAll(/\bimport\s+(?!type\b)\{([^}]*)\}/g)].map(([, names = ""]) => names).join();

describe("a page", () => {
  it("imports nothing that makes, opens or uses a private or a decryption key", () => {
    assert.ok(pages.length > 50);
    assert.deepEqual(
      pages.filter((file) => acts.test(imported(file)) || /\bcrypto\.subtle\b/.test(read(file))),
      [],
    );
    assert.match(imported("src/apparatus/hub.worker.ts"), acts);
  });
});
