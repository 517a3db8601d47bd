import "reflect-metadata";
import assert from "node:assert/strict";
import { createPrivateKey, sign } from "node:crypto";
import { beforeEach, describe, it } from "node:test";
import * as x509 from "@peculiar/x509";
import { type CborValue, sha256, toBase64Url } from "../../src/base/index.ts";
import { type MemoryServer, makeServer } from "./memory-server.ts";
import { pairCamera, stretchedAs } from "./person.ts";

const minute = 60_000;
let server: MemoryServer;
beforeEach(async () => {
  server = await makeServer();
});

describe("signing up", () => {
  it("gives a name that nobody had, and a session in a cookie that no script reads", async () => {
    const [anna, other] = [server.person(), server.person()];
    const said = await anna.signUpWithPasskey("Anna");
    assert.deepEqual([said.status, said.body], [200, { name: anna.name }]);
    assert.match(anna.name, /^anna-[a-z2-7]{6}$/);
    const [cookie = ""] = said.headers.getSetCookie();
    assert.match(cookie, /^__Host-session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    await other.signUpWithPasskey("anna");
    assert.notEqual(other.name, anna.name);
    assert.equal((await anna.get("/api/account")).body.name, anna.name);
  });

  it("has cookies of another name over http, where no secure ones are kept", async () => {
    const local = await makeServer({ origin: "http://localhost:8080" });
    const said = await local.person().signUpWithPasskey();
    const [cookie = ""] = said.headers.getSetCookie();
    assert.match(cookie, /^local-session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    // A server behind https does not read it.
    const anna = server.person();
    await anna.signUpWithPasskey();
    const thief = anna.elsewhere();
    thief.cookies.set("local-session", anna.cookies.get("__Host-session") ?? "");
    assert.equal((await thief.get("/api/account")).status, 401);
  });

  it("can be closed, or by invitation", async () => {
    const closed = (await makeServer({ signUp: "closed" })).person();
    assert.deepEqual((await closed.get("/api/account/open")).body, { signUp: "closed", name: null });
    assert.equal(
      (await closed.post("/api/account/sign-up/begin", { name: "anna", invitation: "" })).status,
      403,
    );
    const invited = (await makeServer({ signUp: { invitation: "a long word" } })).person();
    const ask = (invitation: string) =>
      invited.post("/api/account/sign-up/begin", { name: "anna", invitation });
    assert.equal((await ask("")).body.code, "sign-up");
    assert.equal((await ask("a long wor")).body.code, "sign-up");
    assert.equal((await ask("a long word")).status, 200);
  });

  it("takes no name that this server did not give a moment ago", async () => {
    const anna = server.person();
    const begun = await anna.post("/api/account/sign-up/begin", { name: "anna", invitation: "" });
    const { name, challenge } = begun.body;
    const finish = (change: object) =>
      anna.post("/api/account/sign-up/password", { name, challenge, stretched: stretchedAs(1), ...change });
    assert.equal((await finish({ name: "anna-aaaaaa" })).body.code, "challenge");
    assert.equal((await finish({ challenge: `${challenge.slice(0, -4)}AAAA` })).body.code, "challenge");
    server.now += 6 * minute;
    assert.equal((await finish({})).body.code, "challenge");
    server.now -= 6 * minute;
    assert.equal((await finish({})).status, 200);
    // Once more: it is an account by now, and nobody becomes it that way.
    assert.equal((await finish({ stretched: stretchedAs(2) })).body.code, "challenge");
  });
});

describe("a passkey", () => {
  it("signs in without a name", async () => {
    const anna = server.person();
    await anna.signUpWithPasskey();
    const phone = anna.elsewhere();
    assert.equal((await phone.signInWithPasskey(anna.authenticator)).body.name, anna.name);
    assert.equal((await phone.get("/api/account")).body.sessions.length, 2);
  });

  it("counts only on this site, with its person verified, to this server's challenge", async () => {
    const anna = server.person();
    await anna.signUpWithPasskey();
    const thief = anna.elsewhere();
    const attempt = async () => (await thief.signInWithPasskey(anna.authenticator)).body.code;
    anna.authenticator.origin = "https://cameras.example.evil.example";
    assert.equal(await attempt(), "sign-in");
    anna.authenticator.origin = server.origin;
    anna.authenticator.flags = 0x01;
    assert.equal(await attempt(), "sign-in");
    anna.authenticator.flags = 0x05;
    const held = anna.authenticator.held.at(-1);
    assert.ok(held);
    const { rpId } = held;
    held.rpId = "cameras.example.evil.example";
    assert.equal(await attempt(), "sign-in");
    held.rpId = rpId;
    // One that was signed to a challenge of before, under one of now.
    const [before, now] = [
      (await thief.post("/api/account/sign-in/begin")).body,
      (await thief.post("/api/account/sign-in/begin")).body,
    ];
    const signed = await anna.authenticator.get(before.passkey);
    const moved = { challenge: now.challenge, response: signed };
    assert.equal((await thief.post("/api/account/sign-in/passkey", moved)).body.code, "sign-in");
    const own = { challenge: "A".repeat(54) };
    const response = await anna.authenticator.get(own);
    assert.equal(
      (await thief.post("/api/account/sign-in/passkey", { ...own, response })).body.code,
      "challenge",
    );
    assert.equal(await attempt(), undefined);
  });

  it("was not verified, and makes no account", async () => {
    const anna = server.person();
    anna.authenticator.flags = 0x01;
    assert.equal((await anna.signUpWithPasskey()).body.code, "passkey");
  });

  it("is made on this site, to this server's challenge", async () => {
    const anna = server.person();
    anna.authenticator.origin = "https://cameras.example.evil.example";
    assert.equal((await anna.signUpWithPasskey()).body.code, "passkey");
    anna.authenticator.origin = server.origin;
    const begun = (await anna.post("/api/account/sign-up/begin", { name: "anna", invitation: "" })).body;
    const finish = async (change: object) => {
      const response = await anna.authenticator.create({ ...begun.passkey, ...change });
      const { name, challenge } = begun;
      return anna.post("/api/account/sign-up/passkey", { name, challenge, response });
    };
    assert.equal((await finish({ rp: { id: "evil.example" } })).body.code, "passkey");
    assert.equal((await finish({ challenge: "A".repeat(54) })).body.code, "passkey");
    assert.equal((await finish({})).status, 200);
  });

  it("comes with nobody's certificates, which nobody reads then", async () => {
    const anna = server.person();
    const keys = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
    const pair = (await crypto.subtle.generateKey(keys, true, ["sign", "verify"])) as CryptoKeyPair;
    const extensions = [new x509.BasicConstraintsExtension(false)];
    const subject = { name: "C=DE, O=Mallory, OU=Authenticator Attestation, CN=M", keys: pair };
    const made = await x509.X509CertificateGenerator.createSelfSigned({
      ...{ ...subject, signingAlgorithm: keys, extensions, notAfter: new Date(Date.now() + 3_600_000) },
    });
    const certificate = new Uint8Array(made.rawData);
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
    const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    anna.authenticator.attest = async (signed) => {
      const statement = { alg: -7, sig: new Uint8Array(sign("sha256", signed, key)), x5c: [certificate] };
      return ["packed", new Map<string, CborValue>(Object.entries(statement))];
    };
    assert.equal((await anna.signUpWithPasskey()).body.code, "passkey");
    // By its own key it may vouch for itself, as some do unasked.
    anna.authenticator.attest = async (signed, { privateKey }) => {
      const sig = new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, signed));
      return ["packed", new Map<string, CborValue>(Object.entries({ alg: -8, sig }))];
    };
    assert.equal((await anna.signUpWithPasskey()).status, 200);
  });

  it("signs in once with each signature", async () => {
    const anna = server.person();
    // An authenticator without a counter: then nothing but the challenge can be used up.
    anna.authenticator.step = 0;
    await anna.signUpWithPasskey();
    const begun = await anna.post("/api/account/sign-in/begin");
    const recorded = {
      challenge: begun.body.challenge,
      response: await anna.authenticator.get(begun.body.passkey),
    };
    assert.equal((await anna.post("/api/account/sign-in/passkey", recorded)).status, 200);
    assert.equal(
      (await anna.elsewhere().post("/api/account/sign-in/passkey", recorded)).body.code,
      "sign-in",
    );
  });

  it("whose counter goes back is refused", async () => {
    const anna = server.person();
    await anna.signUpWithPasskey();
    for (const held of anna.authenticator.held) held.counter = 10;
    assert.equal((await anna.signInWithPasskey()).status, 200);
    for (const held of anna.authenticator.held) held.counter = 5;
    assert.equal((await anna.signInWithPasskey()).body.code, "sign-in");
  });

  it("of one account does not sign in to another", async () => {
    const [anna, ben] = [server.person(), server.person()];
    await anna.signUpWithPasskey();
    await ben.signUpWithPasskey("ben");
    const begun = await ben.post("/api/account/sign-in/begin");
    const response = (await ben.authenticator.get(begun.body.passkey)) as {
      response: { userHandle: string };
    };
    response.response.userHandle = anna.authenticator.held[0]?.user ?? "";
    const said = await ben.post("/api/account/sign-in/passkey", {
      challenge: begun.body.challenge,
      response,
    });
    assert.equal(said.body.code, "sign-in");
  });

  it("can be added and removed, but not the last way in", async () => {
    const anna = server.person();
    await anna.signUpWithPasskey();
    const begun = await anna.post("/api/account/passkeys/begin");
    assert.equal(begun.body.passkey.excludeCredentials.length, 1);
    const response = await anna.authenticator.create(begun.body.passkey);
    const add = { challenge: begun.body.challenge, response };
    assert.equal((await anna.post("/api/account/passkeys/add", add)).status, 200);
    const { passkeys } = (await anna.get("/api/account")).body;
    assert.equal(passkeys.length, 2);
    const remove = (id: string) => anna.post("/api/account/passkeys/remove", { id });
    assert.equal((await remove(passkeys[0].id)).status, 200);
    assert.equal((await remove(passkeys[1].id)).body.code, "last");
    assert.equal((await anna.post("/api/account/password/set", { stretched: stretchedAs(1) })).status, 200);
    assert.equal((await remove(passkeys[1].id)).status, 200);
    assert.equal((await anna.post("/api/account/password/remove")).body.code, "last");
  });
});

describe("a password", () => {
  it("signs in by name, in any spelling of it", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const phone = anna.elsewhere();
    assert.equal((await phone.signInWithPassword(stretchedAs(2))).body.code, "sign-in");
    assert.equal(
      (await phone.signInWithPassword(stretchedAs(1), ` ${anna.name.toUpperCase()} `)).status,
      200,
    );
  });

  it("is not told apart from no account: salt, refusal, waiting", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const passkeyed = server.person();
    await passkeyed.signUpWithPasskey("ben");
    const stranger = server.person();
    const seen = [];
    for (const name of [anna.name, passkeyed.name, "nobody-aaaaaa"]) {
      stranger.address = `198.51.100.${seen.length}`;
      const salts = [
        await stranger.post("/api/account/sign-in/salt", { name }),
        await stranger.post("/api/account/sign-in/salt", { name }),
      ];
      assert.equal(salts[0]?.body.salt, salts[1]?.body.salt);
      const { salt, ...cost } = salts[0]?.body ?? {};
      assert.match(salt, /^[\w-]{22}$/);
      const tries = [];
      for (let at = 0; at < 11; at++) tries.push(await stranger.signInWithPassword(stretchedAs(9), name));
      seen.push(JSON.stringify([cost, tries.map(({ status, body }) => [status, body])]));
    }
    assert.deepEqual(new Set(seen).size, 1);
    assert.match(seen[0] ?? "", /"later"/);
  });

  it("cannot be guessed away from its owner: a signed-in device, a known one and a passkey go on", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const begun = await anna.post("/api/account/passkeys/begin");
    const response = await anna.authenticator.create(begun.body.passkey);
    await anna.post("/api/account/passkeys/add", { challenge: begun.body.challenge, response });
    const known = anna.elsewhere();
    known.cookies.set("__Host-device", anna.cookies.get("__Host-device") ?? "");
    // A flood from everywhere.
    let last = 0;
    for (let at = 0; at < 30; at++) {
      const stranger = anna.elsewhere();
      stranger.address = `203.0.113.${at}`;
      last = (await stranger.signInWithPassword(stretchedAs(9))).status;
    }
    assert.equal(last, 429);
    const fresh = anna.elsewhere();
    const waiting = await fresh.signInWithPassword(stretchedAs(1));
    assert.equal(waiting.status, 429);
    assert.ok(Number(waiting.headers.get("retry-after")) <= 60);
    assert.equal((await anna.get("/api/account")).status, 200, "signed in");
    assert.equal((await known.signInWithPassword(stretchedAs(1))).status, 200, "known");
    assert.equal((await fresh.signInWithPasskey(anna.authenticator)).status, 200, "passkey");
    // And anywhere else a minute later.
    server.now += minute;
    assert.equal((await anna.elsewhere().signInWithPassword(stretchedAs(1))).status, 200);
  });

  it("a device's mark is this server's, for this account, and has tries of its own", async () => {
    const [anna, ben] = [server.person(), server.person()];
    await anna.signUpWithPassword(stretchedAs(1));
    await ben.signUpWithPassword(stretchedAs(2), "ben");
    for (let at = 0; at < 11; at++) {
      const stranger = anna.elsewhere();
      stranger.address = `203.0.113.${at}`;
      await stranger.signInWithPassword(stretchedAs(9));
    }
    const forged = anna.elsewhere();
    forged.cookies.set("__Host-device", `${anna.cookies.get("__Host-device")?.slice(0, -2)}AA`);
    assert.equal((await forged.signInWithPassword(stretchedAs(1))).status, 429);
    forged.cookies.set("__Host-device", ben.cookies.get("__Host-device") ?? "");
    assert.equal((await forged.signInWithPassword(stretchedAs(1))).status, 429);
    const thief = anna.elsewhere();
    thief.cookies.set("__Host-device", anna.cookies.get("__Host-device") ?? "");
    for (let at = 0; at < 10; at++)
      assert.equal((await thief.signInWithPassword(stretchedAs(9))).status, 401);
    assert.equal((await thief.signInWithPassword(stretchedAs(9))).status, 429);
  });

  it("is asked for from one address only so often, also where no account is named", async () => {
    const stranger = server.person();
    stranger.address = "2001:db8:1:2:aaaa::1";
    let last = await stranger.post("/api/account/sign-in/begin");
    for (let at = 0; at < 60; at++) last = await stranger.post("/api/account/sign-in/begin");
    assert.equal(last.body.code, "later");
    stranger.address = "2001:db8:1:2:bbbb::2";
    assert.equal((await stranger.post("/api/account/sign-in/begin")).status, 429, "the same /64");
    stranger.address = "2001:db8:1:3::1";
    assert.equal((await stranger.post("/api/account/sign-in/begin")).status, 200);
    stranger.address = "::ffff:192.0.2.7";
    for (let at = 0; at < 61; at++) last = await stranger.post("/api/account/sign-in/begin");
    assert.equal(last.status, 429);
    stranger.address = "192.0.2.7";
    assert.equal((await stranger.post("/api/account/sign-in/begin")).status, 429, "the same in IPv4");
    stranger.address = "::ffff:192.0.2.8";
    assert.equal((await stranger.post("/api/account/sign-in/begin")).status, 200, "another in IPv4");
  });

  it("and a passkey are kept from nobody by strangers where no address is known", async () => {
    const [anna, ben, stranger] = [server.person(), server.person(), server.person()];
    for (const one of [anna, ben, stranger]) one.address = "";
    await anna.signUpWithPasskey();
    await ben.signUpWithPassword(stretchedAs(2), "ben");
    for (let at = 0; at < 70; at++) {
      await stranger.post("/api/account/sign-in/begin");
      await stranger.signInWithPassword(stretchedAs(9), "nobody-aaaaaa");
    }
    assert.equal((await stranger.signInWithPassword(stretchedAs(9), "nobody-aaaaaa")).status, 429);
    const phone = anna.elsewhere();
    phone.address = "";
    assert.equal((await phone.signInWithPasskey(anna.authenticator)).status, 200);
    assert.equal((await ben.post("/api/account/sign-in/salt", { name: ben.name })).status, 200);
    assert.equal((await ben.signInWithPassword(stretchedAs(2))).status, 200);
    for (let at = 0; at < 8; at++) await stranger.signUpWithPasskey("mallory");
    const begun = await stranger.post("/api/account/sign-up/begin", { name: "mallory", invitation: "" });
    assert.equal(begun.status, 429, "new accounts are counted all the same");
  });

  it("is kept as a salted hash of what was stretched", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const ben = server.person();
    await ben.signUpWithPassword(stretchedAs(1), "ben");
    const written = server.written();
    const hashes = [...written.matchAll(/"password":{[^}]*"hash":"([A-Za-z0-9_-]{43})"/g)].map(
      ([, hash]) => hash,
    );
    assert.equal(new Set(hashes).size, 2, "the same password is another hash for each");
    assert.ok(!written.includes(stretchedAs(1)));
    assert.ok(!hashes.includes(toBase64Url(await sha256(new Uint8Array(32).fill(1)))));
  });

  it("that is new, or a way in that is gone, signs every other device out", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const thief = anna.elsewhere();
    await thief.signInWithPassword(stretchedAs(1));
    assert.equal((await anna.post("/api/account/password/set", { stretched: stretchedAs(2) })).status, 200);
    assert.equal((await thief.get("/api/account")).body.code, "signed-out");
    assert.equal((await anna.get("/api/account")).status, 200);
  });
});

describe("a session", () => {
  it("is listed with its device, and ends when it is signed out, revoked, idle or a year old", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const phone = anna.elsewhere();
    await phone.signInWithPassword(stretchedAs(1));
    const { sessions } = (await anna.get("/api/account")).body;
    assert.deepEqual(
      sessions.map(({ device, own }: { device: string; own: boolean }) => [device, own]),
      [
        ["Chrome, Linux", false],
        ["Chrome, Linux", true],
      ],
    );
    assert.equal((await anna.post("/api/account/sessions/revoke", { id: sessions[0].id })).status, 200);
    assert.equal((await phone.get("/api/account")).body.code, "signed-out");
    const before = anna.cookie;
    assert.equal((await anna.post("/api/account/sign-out")).status, 200);
    assert.equal(anna.cookies.has("__Host-session"), false);
    assert.equal((await anna.get("/api/account", { cookie: before })).status, 401);
    await anna.signInWithPassword(stretchedAs(1));
    server.now += 31 * 24 * 60 * minute;
    assert.equal((await anna.get("/api/account")).status, 401, "idle");
    await anna.signInWithPassword(stretchedAs(1));
    for (let month = 0; month < 13; month++) {
      server.now += 29 * 24 * 60 * minute;
      const { status } = await anna.get("/api/account");
      assert.equal(status, month < 12 ? 200 : 401, `${month}`);
    }
  });

  it("ends where its person signs in once more, so that no token of before counts", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const before = anna.cookie;
    await anna.signInWithPassword(stretchedAs(1));
    assert.equal((await anna.get("/api/account", { cookie: before })).status, 401);
    assert.equal((await anna.get("/api/account")).body.sessions.length, 1);
  });

  it("is kept as a hash, and a token of another form or account is none", async () => {
    const [anna, ben] = [server.person(), server.person()];
    await anna.signUpWithPasskey();
    await ben.signUpWithPasskey("ben");
    const [own = "", token = "", mark = ""] = (anna.cookies.get("__Host-session") ?? "").split(".");
    const [bens = "", , other = ""] = (ben.cookies.get("__Host-session") ?? "").split(".");
    // What this server did not write reaches no record, not even one that is not there.
    const asked: string[] = [];
    server.onask = (kind, key) => asked.push(`${kind} ${key}`);
    assert.ok(!server.written().includes(token));
    const forged = [`${bens}.${token}.${mark}`, `${bens}.${token}.${other}`, `${own}.${token}`];
    const broken = [`${own}.${token}.`, `${own}.${token}.${mark}.`, `.${token}.${mark}`, token, "%00"];
    for (const value of [...forged, ...broken]) {
      const said = await server.person().get("/api/account", { cookie: `__Host-session=${value}` });
      assert.deepEqual([said.status, said.body.code], [401, "signed-out"], value);
    }
    assert.deepEqual(asked, []);
  });

  it("opens nothing that matters ten minutes after its sign-in, until a new one", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    server.now += 11 * minute;
    const number = stretchedAs(3);
    const sensitive: [string, object][] = [
      ["passkeys/begin", {}],
      ["passkeys/remove", { id: "x" }],
      ["password/set", { stretched: stretchedAs(2) }],
      ["password/remove", {}],
      ["delivery", { delivery: "device" }],
      ["authenticator/begin", {}],
      ["authenticator/remove", {}],
      ["erase", { name: anna.name }],
    ];
    for (const [path, body] of sensitive)
      assert.equal((await anna.post(`/api/account/${path}`, body)).body.code, "recent", path);
    const rights = { live: true, recordings: false, manage: false };
    assert.equal(
      (await anna.post("/api/cameras/share", { number, name: anna.name, ...rights })).body.code,
      "recent",
    );
    assert.equal(
      (await anna.post("/api/cameras/take-back", { number, name: anna.name })).body.code,
      "recent",
    );
    for (const path of ["remove", "leave"])
      assert.equal((await anna.post(`/api/cameras/${path}`, { number })).body.code, "recent", path);
    await anna.signInWithPassword(stretchedAs(1));
    assert.equal((await anna.post("/api/account/delivery", { delivery: "device" })).status, 200);
  });
});

describe("the log", () => {
  it("tells the owner of sign-ins and refusals, and a flood of one thing is one line", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    for (let at = 0; at < 300; at++) {
      const stranger = anna.elsewhere();
      stranger.address = `203.0.113.${at % 250}`;
      server.now += minute;
      await stranger.signInWithPassword(stretchedAs(9));
    }
    const { log } = (await anna.get("/api/account/log")).body;
    const lines = log.map(({ what, count }: { what: string; count: number }) => `${what} ${count}`);
    assert.equal(lines.at(-1), "sign-up 1");
    assert.ok(lines.length < 10, lines.join());
    assert.match(lines[0], /^refused-password \d+$/);
  });

  it("is not washed out by who has a session, nor by who shares cameras", async () => {
    const [anna, ben] = [server.person(), server.person()];
    await anna.signUpWithPassword(stretchedAs(1));
    await ben.signUpWithPassword(stretchedAs(2), "ben");
    const paired = await pairCamera();
    await anna.register(paired);
    const { number } = paired;
    const views = [{ camera: number, viewer: toBase64Url(paired.viewer.publicKey) }];
    for (let at = 0; at < 20; at++) {
      const { id, code } = (await anna.post("/api/passes/ask", { views })).body;
      await anna.post("/api/passes/enter", { id, code });
    }
    const rights = { live: true, recordings: false, manage: false };
    const theirs = await pairCamera();
    await ben.register(theirs);
    for (let at = 0; at < 20; at++) {
      await ben.post("/api/cameras/share", { number: theirs.number, name: anna.name, ...rights });
      await ben.post("/api/cameras/take-back", { number: theirs.number, name: anna.name });
    }
    const { log } = (await anna.get("/api/account/log")).body;
    const lines = log.map(({ what, count }: { what: string; count: number }) => `${what} ${count}`);
    assert.deepEqual(lines, [
      ...["taken-from-you 20", "shared-with-you 20", "pass-given 20", "pass-asked 20"],
      ...["camera-registered 1", "sign-up 1"],
    ]);
  });

  it("is nobody else's", async () => {
    const anna = server.person();
    await anna.signUpWithPasskey();
    assert.equal((await anna.elsewhere().get("/api/account/log")).status, 401);
  });
});

describe("an account that is erased", () => {
  it("is gone with all sessions, and asks for its name first", async () => {
    const anna = server.person();
    await anna.signUpWithPassword(stretchedAs(1));
    const phone = anna.elsewhere();
    await phone.signInWithPassword(stretchedAs(1));
    assert.equal((await anna.post("/api/account/erase", { name: "anna-aaaaaa" })).body.code, "request");
    assert.equal((await anna.post("/api/account/erase", { name: anna.name })).status, 200);
    assert.equal((await phone.get("/api/account")).status, 401);
    assert.equal((await phone.signInWithPassword(stretchedAs(1))).body.code, "sign-in");
  });
});
