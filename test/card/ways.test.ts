import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { describe, it } from "node:test";
import {
  decodeCard,
  encodeCard,
  makeCard,
  openCard,
  openCardWith,
  passwordDue,
  RIGHTS,
} from "../../src/card/index.ts";
import { passkeyIdentity } from "../../src/card/passkey-slot.ts";
import { makeRecoveryCode, readRecoveryCode } from "../../src/card/recovery-code.ts";
import { chooseWorkFactor } from "../../src/card/slots.ts";
import { fromArmor, identityOf, toArmor } from "../../src/keys/index.ts";
import { daysIn, output, PASSWORD, quick, sampleBlank, sampleRecord } from "./sample.ts";

const OTHER = "quite another password";
const card = await (await makeCard("Home", PASSWORD, quick)).put(sampleRecord(1));
const recovered = await card.addRecovery(daysIn(7));
const code = recovered.recoveryCode ?? "";
const withPasskeys = await (await card.addPasskey(output(1), daysIn(8))).addPasskey(output(2));
const header = (armored = "") => new TextDecoder("latin1").decode(fromArmor(armored));

describe("[CF5] the cost of a password slot", () => {
  const chosen = (ms: number) => chooseWorkFactor(async () => ms);
  it("is the highest of 2^18, 2^19 and 2^20 that takes a second at most, else 2^18, by a measured 2^16", async () => {
    const asked: number[] = [];
    await chooseWorkFactor(async (factor) => asked.push(factor));
    assert.deepEqual(asked, [16]);
    const found = [1, 62.5, 63, 125, 126, 250, 251, 60_000, Number.POSITIVE_INFINITY].map(chosen);
    assert.deepEqual(await Promise.all(found), [20, 20, 19, 19, 18, 18, 18, 18, 18]);
  });
});

describe("[CF16] the recovery code", () => {
  it("opens the card, as it is printed and as people type it", async () => {
    assert.match(code, /^([A-Z2-7]{4}-){8}[A-Z2-7]{4}$/);
    const typed = [
      code,
      code.toLowerCase(),
      code.replaceAll("-", ""),
      ` ${code.replaceAll("-", "  ")}\n`,
      code.replaceAll("O", "0").replaceAll("I", "1").replaceAll("B", "8"),
      code.replaceAll("-", "–"),
      code.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ];
    for (const recoveryCode of typed) {
      const open = await openCardWith(recovered.card.file, { recoveryCode }, quick);
      assert.deepEqual(open.records, [sampleRecord(1)]);
    }
  });

  it("says its typing slips before anything is computed, all of one character and of neighbours swapped", async () => {
    const never = {
      slots: { ...quick.slots, unwrap: () => assert.fail("it was computed") },
    };
    const slip = (recoveryCode: string) =>
      assert.rejects(openCardWith(recovered.card.file, { recoveryCode }, never), { code: "recovery-code" });
    for (const [at, letter] of [...code].entries()) {
      if (letter === "-") continue;
      await slip(code.slice(0, at) + code.slice(at + 1));
      await slip(code.slice(0, at) + (letter === "A" ? "C" : "A") + code.slice(at + 1));
      const next = code[at + 1] ?? "-";
      if (next !== letter && next !== "-") await slip(code.slice(0, at) + next + letter + code.slice(at + 2));
    }
    for (const bad of ["", "-", PASSWORD, code + code, "ß".repeat(36), "9".repeat(36)]) await slip(bad);
  });

  it("of another card, or one that was made anew since, is a wrong password", async () => {
    const anew = await recovered.card.addRecovery();
    const wrong = { code: "password" };
    await assert.rejects(openCardWith(anew.card.file, { recoveryCode: code }, quick), wrong);
    await assert.rejects(openCardWith(card.file, { recoveryCode: code }, quick), wrong);
    const other = await makeRecoveryCode();
    await assert.rejects(openCardWith(recovered.card.file, { recoveryCode: other }, quick), wrong);
    assert.equal(anew.card.file.slots.length, 2);
    assert.notEqual(anew.recoveryCode, code);
  });

  it("has 160 random bits and 20 of check; its slot is scrypt 2^10, dated", async () => {
    const codes = new Set(await Promise.all(Array.from({ length: 50 }, makeRecoveryCode)));
    assert.equal(codes.size, 50);
    for (const one of codes) assert.equal(await readRecoveryCode(one), one);
    const [, slot] = recovered.card.file.slots;
    assert.match(header(slot?.file), /^age-encryption\.org\/v1\n-> scrypt \S{22} 10\n/);
    assert.deepEqual(slot && { ...slot, file: "" }, { kind: "recovery", added: daysIn(7).now(), file: "" });
  });

  it("can be taken off the card", async () => {
    const dropped = await recovered.card.dropSlot(1);
    await assert.rejects(openCardWith(dropped.file, { recoveryCode: code }, quick), { code: "password" });
    assert.deepEqual(dropped.file.slots, card.file.slots);
  });
});

describe("[CF17] passkeys", () => {
  it("each opens the card, found by trying; another opens nothing", async () => {
    for (const seed of [1, 2])
      assert.deepEqual(
        (await openCardWith(withPasskeys.file, { passkey: output(seed) }, quick)).records,
        card.records,
      );
    const none = { code: "passkey-none" };
    await assert.rejects(openCardWith(withPasskeys.file, { passkey: output(3) }, quick), none);
    await assert.rejects(openCardWith(card.file, { passkey: output(1) }, quick), none);
    await assert.rejects(openCardWith(card.file, { passkey: new Uint8Array(31) }, quick).then(() => 0));
  });

  it("the identity is HKDF-SHA-256 of the PRF output", async () => {
    const scalar = hkdfSync("sha256", output(1), "", "sealcam/1 card passkey", 32);
    assert.equal(await passkeyIdentity(output(1)), identityOf(new Uint8Array(scalar)));
    await assert.rejects(passkeyIdentity(new Uint8Array(31)), TypeError);
  });

  it("[CF14] no slot shows whose it is: one stanza to a fresh key, and the date", () => {
    const [, first, second] = withPasskeys.file.slots;
    for (const slot of [first, second])
      assert.match(header(slot?.file), /^age-encryption\.org\/v1\n-> X25519 \S{43}\n\S{43}\n--- /);
    assert.deepEqual(first && { ...first, file: "" }, { kind: "passkey", added: daysIn(8).now(), file: "" });
  });

  it("a slot that was changed behind its stanza is damage", async () => {
    const [password, passkey] = withPasskeys.file.slots;
    assert.ok(password && passkey?.kind === "passkey");
    const cut = { ...passkey, file: toArmor(fromArmor(passkey.file).slice(0, -1)) };
    const bad = { ...withPasskeys.file, slots: [password, cut] };
    await assert.rejects(openCardWith(bad, { passkey: output(1) }, quick), { code: "card-damaged" });
  });

  it("one that opens the card is not added again; a ninth is refused", async () => {
    assert.equal(await withPasskeys.addPasskey(output(2)), withPasskeys);
    let full = withPasskeys;
    for (let seed = 3; seed <= 8; seed += 1) full = await full.addPasskey(output(seed));
    assert.equal(full.file.slots.length, 9);
    await assert.rejects(full.addPasskey(output(9)), { code: "card-full" });
    assert.equal(encodeCard(decodeCard(encodeCard(full.file))), encodeCard(full.file));
  });

  it("can be taken off, each alone; the password's slot cannot: a passkey is never the only way", async () => {
    const dropped = await withPasskeys.dropSlot(1);
    await assert.rejects(openCardWith(dropped.file, { passkey: output(1) }, quick), { code: "passkey-none" });
    assert.equal(
      (await openCardWith(dropped.file, { passkey: output(2) }, quick)).file.counter,
      dropped.file.counter,
    );
    for (const at of [0, -1, 3, 0.5]) await assert.rejects(withPasskeys.dropSlot(at), RangeError);
  });

  it("[CF16] a recovery code that is added to them goes before them", async () => {
    const { card: all } = await withPasskeys.addRecovery();
    assert.deepEqual(
      all.file.slots.map(({ kind }) => kind),
      ["password", "recovery", "passkey", "passkey"],
    );
  });
});

describe("[CF18] changing the password", () => {
  it("makes a new card key behind the new password alone; old passkeys and the old code open it no more", async () => {
    const before = (await withPasskeys.addRecovery()).card;
    const { card: after, recoveryCode } = await before.changePassword(OTHER, {
      ...quick,
      clock: daysIn(30_000),
    });
    assert.deepEqual(
      after.file.slots.map(({ kind }) => kind),
      ["password", "recovery"],
    );
    assert.equal(after.file.passwordChanged, daysIn(30_000).now());
    assert.equal(after.file.counter, before.file.counter + 1);
    const open = (secret: Parameters<typeof openCardWith>[1]) => openCardWith(after.file, secret, quick);
    await assert.rejects(open({ password: PASSWORD }), { code: "password" });
    await assert.rejects(open({ passkey: output(1) }), { code: "passkey-none" });
    await assert.rejects(open({ recoveryCode: code }), { code: "password" });
    for (const secret of [{ password: OTHER }, { recoveryCode: recoveryCode ?? "" }])
      assert.deepEqual((await open(secret)).records, card.records);
  });

  it("without a recovery code makes none", async () => {
    const { card: after, recoveryCode } = await withPasskeys.changePassword(OTHER, quick);
    assert.deepEqual([recoveryCode, after.file.slots.length], [null, 1]);
  });

  it("an old copy still opens with the old password, and shows what it had", async () => {
    await card.changePassword(OTHER, quick);
    assert.deepEqual((await openCard(card.file, PASSWORD, quick)).records, card.records);
  });

  it("who holds the old card key, as another tab does, is told that the password was changed", async () => {
    const { card: after } = await card.changePassword(OTHER, quick);
    await assert.rejects(card.reopen(after.file), { code: "password-changed" });
    const later = await after.put(sampleRecord(2));
    await assert.rejects(card.reopen(later.file), { code: "password-changed" });
    assert.deepEqual((await after.reopen(later.file)).records, later.records);
    // Another card is another card.
    const other = await makeCard("Home", PASSWORD, quick);
    await assert.rejects(card.reopen(other.file), { code: "card-damaged" });
  });

  it("to one that is too short is refused, and what opens with the old key does not open the new records", async () => {
    await assert.rejects(card.changePassword("short", quick), { code: "password-short" });
    const { card: after } = await card.changePassword(OTHER, quick);
    const mixed = { ...after.file, slots: card.file.slots };
    await assert.rejects(openCard(mixed, PASSWORD, quick), { code: "card-damaged" });
  });

  it("is what a code or a passkey is for, when the password was lost", async () => {
    const lost = await openCardWith(recovered.card.file, { recoveryCode: code }, quick);
    const { card: after } = await lost.changePassword(OTHER, quick);
    assert.deepEqual((await openCard(after.file, OTHER, quick)).records, card.records);
  });
});

describe("[CF15] the age of the password", () => {
  const made = async (rule: number | null) =>
    (await (await makeCard("Home", PASSWORD, { ...quick, clock: daysIn(100) })).setRule(rule)).file;
  const states = async (rule: number | null, days: number[]) => {
    const file = await made(rule);
    return days.map((day) => passwordDue(file, daysIn(day).now()).state);
  };

  it("is due after the rule's days, and for 30 days more the card opens as ever", async () => {
    assert.deepEqual(await states(10, [0, 100, 109, 110, 139, 140, 9000]), [
      ...["no", "no", "no", "soon", "soon", "now", "now"],
    ]);
    assert.deepEqual(passwordDue(await made(10), daysIn(110).now()), {
      state: "soon",
      until: daysIn(140).now(),
    });
  });

  it("is never due where the rule says so", async () => {
    assert.deepEqual(await states(null, [0, 100, 1_000_000]), ["no", "no", "no"]);
  });

  it("begins anew with a new password; the rule stays", async () => {
    const open = await openCard(await made(10), PASSWORD, quick);
    const { card: after } = await open.changePassword(OTHER, { ...quick, clock: daysIn(500) });
    assert.equal(passwordDue(after.file, daysIn(509).now()).state, "no");
    assert.equal(passwordDue(after.file, daysIn(510).now()).state, "soon");
  });

  it("is 365 days on a new card; a rule is 1 to 3650 days or never", async () => {
    assert.equal(card.file.version === 2 && card.file.rule, 365);
    for (const rule of [0, 3651, 1.5, -1, Number.NaN]) await assert.rejects(card.setRule(rule), RangeError);
    for (const rule of [1, 3650]) assert.deepEqual((await card.setRule(rule)).records, card.records);
  });
});

describe("[CF20] numbers that wait for their keys", () => {
  it("are put, listed, and filled by a record, which keeps to nothing of them", async () => {
    const blank = await (await makeCard("Unit", PASSWORD, quick)).putBlank(
      sampleBlank(2, { rights: ["live"] }),
    );
    const open = await openCard(decodeCard(encodeCard(blank.file)), PASSWORD, quick);
    assert.deepEqual([open.blanks, open.records], [[sampleBlank(2, { rights: ["live"] })], []]);
    const filled = await open.put(sampleRecord(2));
    assert.deepEqual([filled.blanks, filled.records], [[], [sampleRecord(2)]]);
    assert.deepEqual([open.blanks.length, open.records.length], [1, 0]);
  });

  it("are written anew, and never over keys", async () => {
    const blank = await card.putBlank(sampleBlank(3));
    const renamed = await blank.putBlank(sampleBlank(3, { name: " Door " }));
    assert.deepEqual(
      renamed.blanks.map(({ name }) => name),
      ["Door"],
    );
    await assert.rejects(card.putBlank(sampleBlank(1)), RangeError);
    await assert.rejects(card.putBlank(sampleBlank(3, { name: "" })), { code: "name" });
  });

  it("are erased like cameras, each alone, or all at once with them; slots, rule and account stay", async () => {
    const both = await (await recovered.card.putBlank(sampleBlank(3))).setAccount({
      name: "Ada",
      server: "https://a.example",
    });
    assert.deepEqual((await both.erase(sampleBlank(3).number)).records, card.records);
    assert.deepEqual((await both.erase(sampleRecord(1).number)).blanks, [sampleBlank(3)]);
    const none = await both.eraseAll();
    assert.deepEqual([none.blanks, none.records], [[], []]);
    assert.deepEqual(none.file.slots, both.file.slots);
    assert.deepEqual(none.account, both.account);
    assert.equal(
      (await openCardWith(none.file, { recoveryCode: code }, quick)).file.counter,
      none.file.counter,
    );
  });
});

describe("[CF19] [CF21] what else a card tells", () => {
  it("what it is meant for at a camera", async () => {
    const only = await card.put(sampleRecord(1, { rights: ["recordings"] }));
    assert.deepEqual(only.records[0]?.rights, ["recordings"]);
    assert.deepEqual(RIGHTS, ["live", "recordings"]);
    await assert.rejects(card.put(sampleRecord(1, { rights: ["recordings", "live"] })), TypeError);
  });

  it("whose account at which server, until it is taken off; the name is as names are", async () => {
    const told = await card.setAccount({ name: "  Cafe\u0301 ", server: "https://cam.example" });
    const open = await openCard(told.file, PASSWORD, quick);
    assert.deepEqual(open.account, { name: "Café", server: "https://cam.example" });
    assert.equal((await open.setAccount(null)).account, null);
    await assert.rejects(card.setAccount({ name: "", server: "https://cam.example" }), { code: "name" });
    await assert.rejects(card.setAccount({ name: "Ada", server: "https://cam.example/" }), RangeError);
  });
});
