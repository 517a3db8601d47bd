import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Secret, TOTP } from "otpauth";
import { checkPass, makePass, makeRegistration, type Pass, peekPass } from "../../src/auth/index.ts";
import { type Admission, admitGuest } from "../../src/auth/server.ts";
import {
  type CborValue,
  decodeCbor,
  encodeCbor,
  fromBase64Url,
  generateSigningKey,
  importPublicKey,
  signCose,
  toBase64Url,
} from "../../src/base/index.ts";
import { edited } from "../seal/bytes.ts";
import { type MemoryServer, makeServer } from "./memory-server.ts";
import { type Paired, type Person, pairCamera, someBytes, stretchedAs } from "./person.ts";

const minute = 60_000;
const live = { live: true, recordings: false, manage: false };
let server: MemoryServer;
let anna: Person;
let ben: Person;
let paired: Paired;
beforeEach(async () => {
  server = await makeServer();
  [anna, ben] = [server.person(), server.person()];
  await anna.signUpWithPassword(stretchedAs(1));
  await ben.signUpWithPassword(stretchedAs(2), "ben");
  paired = await pairCamera();
});

const logOf = async (person: Person): Promise<string[]> =>
  (await person.get("/api/account/log")).body.log.map(({ what }: { what: string }) => what);
const camerasOf = async (person: Person) => (await person.get("/api/cameras")).body.cameras;
const share = (person: Person, name: string, rights: object = live) =>
  person.post("/api/cameras/share", { number: paired.number, name, ...rights });

describe("registering a camera", () => {
  it("makes it the account's own", async () => {
    const said = await anna.register(paired);
    assert.deepEqual([said.status, said.body], [200, { number: paired.number }]);
    const all = { live: true, recordings: true, manage: true };
    assert.deepEqual(await camerasOf(anna), [
      { number: paired.number, owner: anna.name, own: true, rights: all, shares: [] },
    ]);
    assert.deepEqual(await camerasOf(ben), []);
    assert.equal((await anna.register(paired)).status, 200, "again changes nothing");
    assert.equal((await camerasOf(anna)).length, 1);
  });

  it("needs the hub's word, the camera's own, and both about this camera", async () => {
    const stranger = await pairCamera();
    const other = await pairCamera(2, undefined, paired.control);
    const forged: Record<string, Paired> = {
      "another hub's signature": { ...paired, control: stranger.control },
      "another camera's acknowledgement": { ...paired, acknowledgement: stranger.acknowledgement },
      "another set": { ...paired, signed: other.signed },
      "another camera's key": { ...paired, cameraKey: stranger.cameraKey },
    };
    for (const [what, one] of Object.entries(forged)) {
      assert.equal((await anna.register(one)).body.code, "registration", what);
    }
    assert.deepEqual(await camerasOf(anna), []);
  });

  it("is for cameras that hold viewers to this server's passes themselves", async () => {
    for (const key of [null, (await generateSigningKey()).publicKey]) {
      const said = await anna.register(await pairCamera(1, undefined, undefined, key));
      assert.deepEqual([said.status, said.body.code], [409, "unpinned"]);
    }
    assert.deepEqual(await camerasOf(anna), []);
  });

  it("is for one account, and for a few minutes", async () => {
    const { body } = await anna.post("/api/cameras/challenge");
    const account = fromBase64Url(body.account);
    const made = await makeRegistration(paired.control, paired, { account, challenge: body.challenge });
    const registration = toBase64Url(made);
    assert.equal((await ben.post("/api/cameras/register", { registration })).body.code, "registration");
    // Nor with a challenge that was another account's.
    const bens = (await ben.post("/api/cameras/challenge")).body;
    const mixed = await makeRegistration(paired.control, paired, { account, challenge: bens.challenge });
    const said = await anna.post("/api/cameras/register", { registration: toBase64Url(mixed) });
    assert.equal(said.body.code, "challenge");
    server.now += 6 * minute;
    assert.equal((await anna.post("/api/cameras/register", { registration })).body.code, "challenge");
    for (const bytes of [made.slice(1), made.slice(0, -1), new Uint8Array(0)])
      assert.equal(
        (await anna.post("/api/cameras/register", { registration: toBase64Url(bytes) })).body.code,
        "registration",
      );
  });

  it("that one account was given does not serve another, whatever it writes into it", async () => {
    const annas = (await anna.post("/api/cameras/challenge")).body;
    const bens = (await ben.post("/api/cameras/challenge")).body;
    const claim = { account: fromBase64Url(annas.account), challenge: annas.challenge };
    const [, ...rest] = decodeCbor(await makeRegistration(paired.control, paired, claim)) as CborValue[];
    const number = fromBase64Url(paired.number);
    const own = encodeCbor([1, "registration", fromBase64Url(bens.account), number, bens.challenge]);
    const said = await ben.post("/api/cameras/register", {
      registration: toBase64Url(encodeCbor([own, ...rest])),
    });
    assert.equal(said.body.code, "registration");
  });

  it("does not take it from its owner, unless the camera obeys another hub by now", async () => {
    const camera = await generateSigningKey();
    paired = await pairCamera(3, camera);
    await anna.register(paired);
    await share(anna, ben.name);
    const sameHub = await pairCamera(3, camera, paired.control);
    assert.equal((await ben.register(sameHub)).body.code, "registration");
    const older = await pairCamera(2, camera);
    assert.equal((await ben.register(older)).body.code, "registration");
    const cleo = server.person();
    await cleo.signUpWithPassword(stretchedAs(3), "cleo");
    const sold = await pairCamera(4, camera);
    assert.equal((await cleo.register(sold)).status, 200);
    assert.deepEqual(await camerasOf(anna), []);
    assert.deepEqual(await camerasOf(ben), []);
    assert.ok((await logOf(anna)).includes("camera-elsewhere"));
    assert.equal((await anna.register(paired)).body.code, "registration");
  });

  it("is undone by its owner alone; an older word of the hub does not bring it back elsewhere", async () => {
    const camera = await generateSigningKey();
    paired = await pairCamera(3, camera);
    await anna.register(paired);
    const remove = (person: Person) => person.post("/api/cameras/remove", { number: paired.number });
    assert.equal((await remove(ben)).body.code, "right");
    await share(anna, ben.name, { live: true, recordings: true, manage: true });
    assert.equal((await remove(ben)).body.code, "right");
    assert.equal((await remove(anna)).status, 200);
    assert.deepEqual([await camerasOf(anna), await camerasOf(ben)], [[], []]);
    assert.equal((await ben.register(await pairCamera(2, camera))).body.code, "registration");
    assert.equal((await anna.register(paired)).status, 200);
  });
});

describe("rights to a camera", () => {
  beforeEach(() => anna.register(paired));

  it("are shared by name, and taken back", async () => {
    assert.equal((await share(anna, ben.name.toUpperCase())).status, 200);
    assert.deepEqual(await camerasOf(ben), [
      { number: paired.number, owner: anna.name, own: false, rights: live, shares: [] },
    ]);
    assert.deepEqual((await camerasOf(anna))[0].shares, [{ name: ben.name, ...live }]);
    const taken = await anna.post("/api/cameras/take-back", { number: paired.number, name: ben.name });
    assert.equal(taken.status, 200);
    assert.deepEqual(await camerasOf(ben), []);
    assert.deepEqual((await logOf(ben)).slice(0, 2), ["taken-from-you", "shared-with-you"]);
    assert.deepEqual((await logOf(anna)).slice(0, 2), ["taken-back", "shared"]);
  });

  it("answer alike whether anybody has that name", async () => {
    const [real, nobody] = [await share(anna, ben.name), await share(anna, "nobody-aaaaaa")];
    assert.deepEqual([real.status, real.body], [nobody.status, nobody.body]);
  });

  it("are not given by who has none, and a camera that is nobody's looks like somebody else's", async () => {
    const unknown = stretchedAs(9);
    for (const path of ["remove", "leave"])
      for (const number of [paired.number, unknown]) {
        const said = await ben.post(`/api/cameras/${path}`, { number });
        assert.deepEqual([said.status, said.body], [404, { code: "right", detail: {} }], path);
      }
    for (const number of [paired.number, unknown]) {
      const said = await ben.post("/api/cameras/share", { number, name: ben.name, ...live });
      assert.equal(said.body.code, "right");
      const back = await ben.post("/api/cameras/take-back", { number, name: anna.name });
      assert.equal(back.body.code, "right");
    }
    await share(anna, ben.name);
    assert.equal((await share(ben, "cleo-aaaaaa")).body.code, "right", "live alone shares nothing");
  });

  it("to manage: shares live and recordings, touches neither the owner nor who manages", async () => {
    const manage = { live: true, recordings: true, manage: true };
    await share(anna, ben.name, manage);
    assert.equal((await share(ben, "cleo-aaaaaa")).status, 200);
    assert.equal((await share(ben, "cleo-aaaaaa", manage)).body.code, "right");
    assert.equal((await share(ben, anna.name)).body.code, "right");
    await share(anna, "dora-aaaaaa", manage);
    const back = (name: string) => ben.post("/api/cameras/take-back", { number: paired.number, name });
    assert.equal((await back("dora-aaaaaa")).body.code, "right");
    assert.equal((await back(anna.name)).body.code, "right");
    assert.equal((await back("cleo-aaaaaa")).status, 200);
    assert.equal((await ben.post("/api/cameras/leave", { number: paired.number })).status, 200);
    assert.deepEqual(await camerasOf(ben), []);
    assert.equal((await camerasOf(anna)).length, 1, "the owner's always");
  });

  it("end with the account they were of", async () => {
    await share(anna, ben.name);
    await anna.post("/api/account/erase", { name: anna.name });
    assert.deepEqual(await camerasOf(ben), []);
  });
});

describe("a viewing pass", () => {
  beforeEach(() => anna.register(paired));

  const views = () => [{ camera: paired.number, viewer: toBase64Url(paired.viewer.publicKey) }];
  const ask = (person: Person) => person.post("/api/passes/ask", { views: views() });
  const enter = (person: Person, id: string, code: string) => person.post("/api/passes/enter", { id, code });
  const passOf = async (person: Person) => {
    const { id, code } = (await ask(person)).body;
    return fromBase64Url((await enter(person, id, code)).body.passes[0]);
  };
  const check = async (token: Uint8Array, change: object = {}) =>
    checkPass(await importPublicKey(server.secret.signing.publicKey), token, {
      ...{ viewerKey: paired.viewer.publicKey, camera: fromBase64Url(paired.number), now: server.now },
      ...change,
    });
  const admit = (pass: Uint8Array | null, key = paired.viewer.publicKey): Promise<Admission> =>
    admitGuest(
      { room: paired.number, key, pass: pass as Uint8Array<ArrayBuffer> | null },
      { records: server.records, serverKey: server.secret.signing.publicKey, now: server.now },
    );
  /** A thief whose session was ended, and who kept its cookie. */
  const signedOut = async (): Promise<Person> => {
    const thief = anna.elsewhere();
    await thief.signInWithPassword(stretchedAs(1));
    const session = thief.cookies.get("__Host-session") ?? "";
    await thief.post("/api/account/sign-out");
    thief.cookies.set("__Host-session", session);
    return thief;
  };
  const wrong = (code: string): string => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;

  it("[RP25] is not asked of the hub that the camera obeys, which hands over a set and sees nothing", async () => {
    await anna.register(paired);
    const none = { admitted: false, why: "none" };
    assert.deepEqual(await admit(null, paired.control.publicKey), { admitted: true, until: null });
    assert.deepEqual(await admit(null), none);
    assert.deepEqual(await admit(null, (await generateSigningKey()).publicKey), none);
  });

  it("comes for a one-time password shown on the viewer, for 30 minutes", async () => {
    const asked = await ask(anna);
    const { id, by, code, digits, until } = asked.body;
    assert.deepEqual([by, digits, until], ["viewer", 8, server.now + 3 * minute]);
    assert.match(code, /^[0-9]{8}$/);
    const entered = await enter(anna, id, code);
    assert.deepEqual([entered.status, entered.body.expires], [200, server.now + 30 * minute]);
    const token = fromBase64Url(entered.body.passes[0]);
    const pass = (await check(token)) as Pass;
    assert.equal(pass.expires, server.now + 30 * minute);
    assert.deepEqual(pass, peekPass(token));
    assert.deepEqual(await admit(token), { admitted: true, until: pass.expires });
    server.now += 30 * minute;
    assert.equal(await check(token), "expired");
    assert.deepEqual(await admit(token), { admitted: false, why: "expired" });
    assert.deepEqual((await logOf(anna)).slice(0, 3), ["pass-refused", "pass-given", "pass-asked"]);
  });

  it("lasts as long as its server says, and never longer than 30 minutes", async () => {
    const short = await makeServer({ passLife: 2 * minute });
    const cleo = short.person();
    await cleo.signUpWithPassword(stretchedAs(3));
    await cleo.register(paired);
    const { id, code } = (await ask(cleo)).body;
    const { passes, expires } = (await enter(cleo, id, code)).body;
    assert.equal(expires, short.now + 2 * minute);
    const token = fromBase64Url(passes[0]);
    const pass = (await check(token, { now: short.now + 2 * minute - 1 })) as Pass;
    assert.equal(pass.expires, expires);
    assert.equal(await check(token, { now: short.now + 2 * minute }), "expired");
    const { privateKey } = server.secret.signing;
    for (const life of [0, -1, 30 * minute + 1, Number.NaN])
      await assert.rejects(makePass(privateKey, pass, life), RangeError);
    for (const life of [0, 30 * minute + 1]) {
      const [fields] = decodeCbor(token) as [Uint8Array];
      const other = edited(fields, (all) => (all[5] = pass.issued + life));
      const made = encodeCbor([other, await signCose(privateKey, "pass", other)]);
      assert.equal(await check(made), "form", `${life}`);
    }
  });

  it("is looked at by clocks that are known to be apart", async () => {
    const token = await passOf(anna);
    const apart = 60 * minute;
    for (const off of [-59, 0, 89])
      assert.equal(
        typeof (await check(token, { apart, now: server.now + off * minute })),
        "object",
        `${off}`,
      );
    for (const off of [-61, 90])
      assert.equal(await check(token, { apart, now: server.now + off * minute }), "expired", `${off}`);
  });

  it("is for this viewer's key and this camera, and signed by this server", async () => {
    const token = await passOf(anna);
    const other = await generateSigningKey();
    assert.equal(await check(token, { viewerKey: other.publicKey }), "foreign");
    assert.equal(await check(token, { camera: other.publicKey }), "foreign");
    assert.deepEqual(await admit(token, other.publicKey), { admitted: false, why: "foreign" });
    const forged = await makePass(other.privateKey, (await check(token)) as Pass);
    assert.equal(await check(forged), "signature");
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice();
      changed[at] = (changed[at] as number) ^ 1;
      assert.ok(typeof (await check(changed)) === "string", `${at}`);
    }
    assert.equal(await check(new Uint8Array(1025)), "form");
    assert.deepEqual(await admit(null), { admitted: false, why: "none" });
    // One from a server whose clock is ahead has not begun.
    assert.equal(await check(token, { now: server.now - 6 * minute }), "expired");
    assert.equal(typeof (await check(token, { now: server.now - 4 * minute })), "object");
  });

  it("is not asked of guests where no account registered the camera", async () => {
    paired = await pairCamera();
    assert.deepEqual(await admit(null), { admitted: true, until: null });
    assert.equal((await ask(anna)).body.code, "right");
  });

  it("ends at the relay where the right was taken back, and is not given then", async () => {
    await share(anna, ben.name);
    const token = await passOf(ben);
    assert.equal((await admit(token)).admitted, true);
    const { id, code } = (await ask(ben)).body;
    await anna.post("/api/cameras/take-back", { number: paired.number, name: ben.name });
    assert.deepEqual(await admit(token), { admitted: false, why: "right" });
    assert.equal((await enter(ben, id, code)).body.code, "right");
    assert.equal((await ask(ben)).body.code, "right");
    await share(anna, ben.name, { live: false, recordings: true, manage: false });
    assert.equal((await ask(ben)).body.code, "right", "recordings are not live");
  });

  it("is given once for each password, where it was asked for, in time, with few tries", async () => {
    const first = (await ask(anna)).body;
    assert.equal((await enter(anna, first.id, first.code)).status, 200);
    assert.equal((await enter(anna, first.id, first.code)).body.code, "one-time", "replayed");

    const phone = anna.elsewhere();
    await phone.signInWithPassword(stretchedAs(1));
    const second = (await ask(anna)).body;
    assert.equal((await enter(phone, second.id, second.code)).body.code, "one-time", "another session");
    assert.equal((await enter(ben, second.id, second.code)).body.code, "one-time", "another account");
    assert.equal((await enter(anna, second.id, second.code)).status, 200, "nobody used its tries up");

    const third = (await ask(anna)).body;
    server.now += 3 * minute;
    assert.equal((await enter(anna, third.id, third.code)).body.code, "one-time", "expired");

    const fourth = (await ask(anna)).body;
    for (let at = 0; at < 5; at++)
      assert.equal((await enter(anna, fourth.id, wrong(fourth.code))).body.code, "one-time");
    assert.equal((await enter(anna, fourth.id, fourth.code)).body.code, "one-time", "guessed");

    const fifth = (await ask(anna)).body;
    const sixth = (await ask(anna)).body;
    assert.equal((await enter(anna, fifth.id, fifth.code)).body.code, "one-time", "asked anew");
    assert.equal((await enter(anna, sixth.id, sixth.code)).status, 200);
    assert.ok((await logOf(anna)).filter((what) => what === "pass-refused").length > 0);
  });

  it("cannot be guessed on and on: codes are taken only so often, and later again", async () => {
    let last = 0;
    for (let at = 0; at < 12; at++) {
      const { id, code } = (await ask(anna)).body;
      last = (await enter(anna, id, wrong(code))).status;
    }
    assert.equal(last, 429);
    server.now += 2 * minute;
    const { id, code } = (await ask(anna)).body;
    assert.equal((await enter(anna, id, code)).status, 200);
  });

  it("is kept from nobody by who was signed out and goes on entering codes", async () => {
    const stranger = await signedOut();
    for (let at = 0; at < 12; at++)
      assert.equal((await enter(stranger, someBytes(16), "00000000")).body.code, "signed-out");
    const { id, code } = (await ask(anna)).body;
    assert.equal((await enter(anna, id, code)).status, 200);
  });

  it("tells who was signed out nothing of the account's cameras", async () => {
    const stranger = await signedOut();
    const viewer = stretchedAs(4);
    for (const camera of [paired.number, stretchedAs(9)]) {
      const said = await stranger.post("/api/passes/ask", { views: [{ camera, viewer }] });
      assert.equal(said.body.code, "signed-out");
    }
  });

  it("comes by another signed-in device where the owner chose that", async () => {
    assert.equal((await anna.post("/api/account/delivery", { delivery: "device" })).status, 200);
    const phone = anna.elsewhere();
    await phone.signInWithPassword(stretchedAs(1));
    const { id, by, code } = (await ask(anna)).body;
    assert.deepEqual([by, code], ["device", null]);
    assert.deepEqual((await anna.get("/api/passes/pending")).body.pending, [], "not where it was asked for");
    assert.deepEqual((await ben.get("/api/passes/pending")).body.pending, []);
    const [shown] = (await phone.get("/api/passes/pending")).body.pending;
    assert.deepEqual([shown.device, shown.cameras], ["Chrome, Linux", [paired.number]]);
    assert.equal((await enter(anna, id, shown.code)).status, 200);
    assert.deepEqual((await phone.get("/api/passes/pending")).body.pending, []);
  });

  it("comes by an authenticator app, whose codes count once", async () => {
    assert.equal(
      (await anna.post("/api/account/delivery", { delivery: "authenticator" })).body.code,
      "authenticator",
    );
    const begun = (await anna.post("/api/account/authenticator/begin")).body;
    assert.match(begun.uri, /^otpauth:\/\/totp\/Sealcam:anna-[a-z2-7]{6}\?/);
    const app = new TOTP({ secret: Secret.fromBase32(begun.secret) });
    const now = () => app.generate({ timestamp: server.now });
    const finish = (code: string) => anna.post("/api/account/authenticator/finish", { code });
    assert.equal((await finish(wrong(now()))).body.code, "authenticator");
    assert.equal((await finish(now())).status, 200);
    const asked = (await ask(anna)).body;
    assert.deepEqual([asked.by, asked.code, asked.digits], ["authenticator", null, 6]);
    assert.equal((await enter(anna, asked.id, now())).body.code, "one-time", "used to enrol");
    server.now += minute / 2;
    const code = now();
    assert.equal((await enter(anna, asked.id, code)).status, 200);
    const again = (await ask(anna)).body;
    assert.equal((await enter(anna, again.id, code)).body.code, "one-time", "replayed");
    server.now += minute / 2;
    const late = now();
    server.now += minute / 2;
    assert.equal((await enter(anna, again.id, late)).status, 200, "one step late");
    assert.equal((await anna.post("/api/account/authenticator/remove")).status, 200);
    assert.equal((await ask(anna)).body.by, "viewer");
  });

  it("holds twelve cameras, and there are as many passes as it takes", async () => {
    const all = await Promise.all(Array.from({ length: 14 }, () => pairCamera()));
    for (const one of all) await anna.register(one);
    const pairs = all.map(({ number, viewer }) => ({
      camera: number,
      viewer: toBase64Url(viewer.publicKey),
    }));
    const { id, code } = (await anna.post("/api/passes/ask", { views: pairs })).body;
    const { passes } = (await enter(anna, id, code)).body;
    assert.equal(passes.length, 2);
    for (const pass of passes) assert.ok(fromBase64Url(pass).length <= 1024);
  });

  it("and its passwords end with the session that asked", async () => {
    const phone = anna.elsewhere();
    await phone.signInWithPassword(stretchedAs(1));
    const { id, code } = (await ask(phone)).body;
    const { sessions } = (await anna.get("/api/account")).body;
    await anna.post("/api/account/sessions/revoke", {
      id: sessions.find((one: { own: boolean }) => !one.own).id,
    });
    assert.equal((await enter(phone, id, code)).body.code, "signed-out");
    assert.equal((await enter(anna, id, code)).body.code, "one-time");
  });

  it("can be held against the server's key, which is no secret", async () => {
    const { serverKey } = (await server.person().get("/api/passes/key")).body;
    assert.equal(serverKey, toBase64Url(server.secret.signing.publicKey));
  });

  it("is asked for by nobody without a session", async () => {
    const stranger = server.person();
    assert.equal((await ask(stranger)).body.code, "signed-out");
    assert.equal((await enter(stranger, someBytes(16), "12345678")).body.code, "signed-out");
    assert.equal((await stranger.get("/api/passes/pending")).body.code, "signed-out");
  });
});
