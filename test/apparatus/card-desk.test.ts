import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cardDesk } from "../../src/apparatus/card-desk.ts";
import { CardPlaceSet } from "../../src/apparatus/card-places.ts";
import { WritableCard } from "../../src/apparatus/hub.ts";
import { connectCard, openStoredCard } from "../../src/apparatus/open-stored-card.ts";
import { thumbprint } from "../../src/base/index.ts";
import { type CardSecret, makeCard, memoryAttempts, memoryStore } from "../../src/card/index.ts";
import { numberText } from "../../src/keys/index.ts";
import { daysIn, output, PASSWORD, quick, quickSlots, sampleRecord } from "../card/sample.ts";

const controlKey = new Uint8Array(32).fill(9);
const number = (seed: number) => numberText(sampleRecord(seed).number);
const secret = { password: PASSWORD };
const OTHER = "quite another password";

/** Cards of this device: "Home" with camera 1, "Spare" with nothing; made on day 0. */
const device = async () => {
  let days = 0;
  const clock = { now: () => daysIn(days).now() };
  const cards = memoryStore();
  const places = {
    ...{
      cards: new CardPlaceSet(Promise.resolve(cards), () => {}),
      attempts: Promise.resolve(memoryAttempts()),
    },
    ...{ slots: quickSlots, clock },
  };
  const home = await (await makeCard("Home", PASSWORD, { ...quick, clock })).put(sampleRecord(1));
  const spare = await makeCard("Spare", OTHER, { ...quick, clock });
  for (const { file } of [home, spare]) await cards.write(file, null);
  /** A tab of its own, with this card open. */
  const tab = async (id = home.file.id, way: CardSecret = secret) => {
    const card = new WritableCard(cards, (await connectCard(places, id, way)).card);
    const desk = cardDesk({ places, now: () => card, controlKey: async () => controlKey });
    return { card, desk };
  };
  const wait = (more: number): void => {
    days += more;
  };
  return { places, cards, home: home.file.id, spare: spare.file.id, tab, wait };
};

describe("connecting a card", () => {
  it("[CF22] tells how many wrong attempts there were, with passwords and codes, and slows the fourth down", async () => {
    const { places, home, wait } = await device();
    const wrong = (way: CardSecret) => connectCard(places, home, way);
    await assert.rejects(wrong({ password: "not the password" }), { code: "password" });
    await assert.rejects(wrong({ recoveryCode: "AAAA" }), { code: "recovery-code" });
    await assert.rejects(wrong({ password: "nor this one" }), { code: "password" });
    assert.equal((await connectCard(places, home, secret)).wrongAttempts, 2);
    assert.equal((await connectCard(places, home, secret)).wrongAttempts, 0);
    for (let tries = 0; tries < 3; tries += 1)
      await assert.rejects(wrong({ password: "wrong" }), { code: "password" });
    await assert.rejects(wrong(secret), { code: "card-wait", detail: { seconds: 2 } });
    wait(1);
    assert.equal((await connectCard(places, home, secret)).wrongAttempts, 3);
  });

  it("[CF22] counts an attempt before it is made, and one that never ended", async () => {
    const { places, home, wait } = await device();
    const never = { ...quickSlots, unwrap: () => new Promise<never>(() => {}) };
    for (let tries = 0; tries < 3; tries += 1) void connectCard({ ...places, slots: never }, home, secret);
    await new Promise((resolve) => setTimeout(resolve));
    await assert.rejects(connectCard(places, home, secret), { code: "card-wait" });
    wait(1);
    assert.equal((await connectCard(places, home, secret)).wrongAttempts, 3);
  });

  it("[CF22] takes back what told nothing about the secret", async () => {
    const { places, home, cards } = await device();
    const file = await cards.read(home);
    assert.ok(file);
    const damaged = { ...file, mac: new Uint8Array(32), counter: file.counter + 1 };
    await cards.write(damaged, file);
    for (let tries = 0; tries < 6; tries += 1)
      await assert.rejects(connectCard(places, home, secret), { code: "card-damaged" });
    await assert.rejects(connectCard(places, "none", secret), { code: "card-none" });
  });

  it("[CF22] a passkey does not wait, and ends the count", async () => {
    const { places, home, tab } = await device();
    await (await tab()).desk.addPasskey(output(1));
    for (let tries = 0; tries < 3; tries += 1)
      await assert.rejects(connectCard(places, home, { password: "wrong" }), { code: "password" });
    await assert.rejects(connectCard(places, home, { passkey: output(2) }), { code: "passkey-none" });
    assert.equal((await connectCard(places, home, { passkey: output(1) })).wrongAttempts, 3);
    assert.equal((await connectCard(places, home, secret)).wrongAttempts, 0);
  });

  it("[CF15] looks at the age of the password each time: due, it says so; later it opens for the change alone", async () => {
    const { places, home, tab, wait } = await device();
    await (await tab()).desk.setRule(10);
    assert.equal((await openStoredCard(places, home, secret)).due.state, "no");
    wait(10);
    assert.deepEqual((await openStoredCard(places, home, secret)).due, {
      state: "soon",
      until: daysIn(40).now(),
    });
    wait(30);
    await assert.rejects(openStoredCard(places, home, secret), { code: "password-due" });
    const { desk } = await tab();
    for (const change of [() => desk.setRule(null), () => desk.eraseAllCameras(), () => desk.addRecovery()])
      await assert.rejects(change(), { code: "password-due" });
    await desk.changePassword(OTHER);
    await desk.setRule(20);
    assert.equal((await openStoredCard(places, home, { password: OTHER })).due.state, "no");
  });
});

describe("changing an open card", () => {
  it("writes it, and tells what is on it then", async () => {
    const { tab } = await device();
    const { desk } = await tab();
    await desk.setAccount({ name: "Ada", server: "https://cam.example" });
    await desk.addBlank(number(5), "Gate");
    await desk.addPasskey(output(1));
    const { recoveryCode } = await desk.addRecovery();
    assert.match(recoveryCode ?? "", /^[A-Z2-7-]{44}$/);
    const inside = (await tab()).desk.inside();
    assert.deepEqual(inside.account, { name: "Ada", server: "https://cam.example" });
    assert.deepEqual(inside.blanks, [{ number: number(5), name: "Gate", rights: ["live", "recordings"] }]);
    assert.deepEqual(
      inside.cameras.map(({ name }) => name),
      ["Camera 1"],
    );
    assert.deepEqual(
      inside.ways.map(({ kind }) => kind),
      ["recovery", "passkey"],
    );
    assert.equal(inside.recoveryCode, null, "a code is told once");
    assert.ok(!JSON.stringify(inside).includes("AGE-SECRET-KEY"));
  });

  it("[CF20] says which hub wrote a number; one with keys stays as it is", async () => {
    const { tab } = await device();
    const { card, desk } = await tab();
    await desk.addBlank(number(5), "Gate");
    assert.deepEqual(card.open.blanks[0]?.writtenBy, await thumbprint(controlKey));
    await assert.rejects(desk.addBlank(number(1), "Again"), { code: "camera-on-card" });
    for (const none of ["NONE", "", number(6).slice(1), `${number(6)}A`, number(6).toLowerCase()])
      await assert.rejects(desk.addBlank(none, "Gate"), { code: "camera-number" });
  });

  it("erases one, or all; sets rights; drops ways in", async () => {
    const { tab } = await device();
    const { card, desk } = await tab();
    await desk.addBlank(number(5), "Gate");
    await desk.addPasskey(output(1));
    const rights = await desk.setRights(number(1), ["recordings"]);
    assert.deepEqual(rights.cameras[0]?.rights, ["recordings"]);
    assert.deepEqual((await desk.eraseCamera(number(5))).blanks, []);
    await assert.rejects(desk.eraseCamera(number(5)), { code: "camera-not-on-card" });
    const [passkey] = desk.inside().ways;
    assert.ok(passkey);
    assert.deepEqual((await desk.dropWay(passkey)).ways, []);
    await desk.dropWay(passkey);
    assert.deepEqual((await desk.eraseAllCameras()).cameras, []);
    assert.deepEqual(card.open.blanks, []);
  });

  it("copies a camera to another card, and moves it: the other card is written first, keys of both stay", async () => {
    const { tab, spare } = await device();
    const { desk } = await tab();
    const copied = await desk.copyCamera(number(1), spare, { password: OTHER }, false);
    assert.equal(copied.cameras.length, 1);
    const there = await tab(spare, { password: OTHER });
    assert.deepEqual(there.card.records, [sampleRecord(1)]);
    // Here the camera gets newer keys; there an old one stays beside them.
    const [old] = sampleRecord(1).decryptionKeys;
    assert.ok(old);
    const newer = sampleRecord(1, { generation: 3, decryptionKeys: [{ ...old, generation: 3 }] });
    const { card, desk: again } = await tab();
    await card.update(newer.number, async () => newer);
    const moved = await again.copyCamera(number(1), spare, { password: OTHER }, true);
    assert.deepEqual(moved.cameras, []);
    const [merged] = (await tab(spare, { password: OTHER })).card.records;
    assert.deepEqual(merged, { ...newer, decryptionKeys: [old, { ...old, generation: 3 }] });
  });

  it("a camera that could not be put on the other card stays", async () => {
    const { tab, spare, home } = await device();
    const { desk } = await tab();
    await assert.rejects(desk.copyCamera(number(1), spare, { password: "wrong" }, true), {
      code: "password",
    });
    await assert.rejects(desk.copyCamera(number(1), home, secret, true), RangeError);
    assert.equal(desk.inside().cameras.length, 1);
  });

  it("without an open card is refused", async () => {
    const { places } = await device();
    const desk = cardDesk({ places, now: () => null, controlKey: async () => controlKey });
    assert.throws(() => desk.inside(), { code: "card-locked" });
    await assert.rejects(desk.setRule(null), { code: "card-locked" });
  });
});

describe("two tabs with one card", () => {
  it("lose nothing of one another's changes", async () => {
    const { tab } = await device();
    const [one, two] = [await tab(), await tab()];
    await Promise.all([one.desk.addBlank(number(5), "Gate"), two.desk.addBlank(number(6), "Yard")]);
    await Promise.all([one.desk.addPasskey(output(1)), two.desk.setRule(90), one.desk.addRecovery()]);
    const inside = (await tab()).desk.inside();
    assert.deepEqual([inside.blanks.length, inside.ways.length, inside.rule], [2, 2, 90]);
  });

  it("[CF18] one of which changes the password: the other writes nothing more, and says why", async () => {
    const { tab, places, home } = await device();
    const [one, two] = [await tab(), await tab()];
    await one.desk.changePassword(OTHER);
    await assert.rejects(two.desk.addPasskey(output(1)), { code: "password-changed" });
    await assert.rejects(
      two.card.update(sampleRecord(2).number, async () => sampleRecord(2)),
      {
        code: "password-changed",
      },
    );
    await assert.rejects(connectCard(places, home, secret), { code: "password" });
    const { card } = await connectCard(places, home, { password: OTHER });
    assert.deepEqual([card.records.length, card.file.slots.length], [1, 1]);
  });

  it("[CF18] whose passwords are changed at once: one wins, and its recovery code opens", async () => {
    const { tab, places, home } = await device();
    await (await tab()).desk.addRecovery();
    const tabs = [await tab(), await tab()];
    const changes = await Promise.allSettled(
      tabs.map(({ desk }, at) => desk.changePassword(`${OTHER} ${at}`)),
    );
    const won = changes.findIndex(({ status }) => status === "fulfilled");
    const [lost] = changes.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    assert.equal(lost?.reason.code, "password-changed");
    assert.equal((await connectCard(places, home, { password: `${OTHER} ${won}` })).card.records.length, 1);
    const inside = changes[won] as PromiseFulfilledResult<{ recoveryCode: string | null }>;
    const way = { recoveryCode: inside.value.recoveryCode ?? "" };
    assert.equal((await connectCard(places, home, way)).card.records.length, 1);
  });

  it("[CF12] an old copy that is put back after a password change is refused, whatever it would open with", async () => {
    const { tab, places, home, cards } = await device();
    const old = await cards.read(home);
    assert.ok(old);
    await (await tab()).desk.changePassword(OTHER);
    await cards.erase(home);
    await assert.rejects(cards.write(old, null), { code: "card-rolled-back" });
    await assert.rejects(connectCard(places, home, secret), { code: "card-none" });
  });
});
