import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { WritableCard } from "../../src/apparatus/hub.ts";
import { KeyDesk, mostHolders } from "../../src/apparatus/key-desk.ts";
import { encodeSetTalk } from "../../src/apparatus/set-talk.ts";
import {
  acknowledgeRecipients,
  checkRecipients,
  checkRegistration,
  makeRegistration,
  type PairedCamera,
} from "../../src/auth/index.ts";
import { generateSigningKey, importPublicKey, importSigningKey } from "../../src/base/index.ts";
import { type CardRecord, makeCard, memoryStore } from "../../src/card/index.ts";
import { numberText, recipientOf, unwrap, wrap } from "../../src/keys/index.ts";
import { PASSWORD, quick, sampleRecord } from "../card/sample.ts";
import { fakeClock } from "../seal/camera.ts";
import { carrierPair, until } from "./carriers.ts";
import { memorySetStore } from "./memory-set-store.ts";
import { control, device, pair, paired, stopAll, viewer } from "./paired-camera.ts";

let giving: ReturnType<typeof setInterval> | undefined;
afterEach(async () => {
  clearInterval(giving);
  await stopAll();
});
const begin = 1_795_000_000_000;

/** A hub with cards "Home" and "Spare", Home paired with a camera that runs, by a set of generation 2. */
const hub = async () => {
  const camera = await paired();
  camera.capture.give(0);
  await camera.start();
  giving = setInterval(() => camera.capture.give(0), 10);
  const { number } = camera.identity;
  const text = numberText(number);
  const clock = fakeClock(begin);
  const cards = memoryStore();
  const record: CardRecord = {
    ...sampleRecord(1, { number, name: "Front", generation: 2, controlKey: control.publicKey }),
    decryptionKeys: [{ generation: 2, identity: pair.identity }],
    ...{ viewerKey: { seed: new Uint8Array(32), publicKey: viewer.publicKey }, acknowledged: true },
  };
  const made = await (await makeCard("Home", PASSWORD, quick)).put(record);
  await cards.write(made.file, null);
  const home = new WritableCard(cards, made);
  const add = async (name: string): Promise<WritableCard> => {
    const other = await makeCard(name, PASSWORD, quick);
    await cards.write(other.file, null);
    return new WritableCard(cards, other);
  };
  const sets = memorySetStore();
  const kept = new Map<string, PairedCamera>();
  const memory = {
    read: async (of: string) => kept.get(of) ?? null,
    keep: async (of: string, one: PairedCamera) => void kept.set(of, one),
  };
  let now: WritableCard | null = home;
  const means = { control: async () => control, sets, paired: memory, clock };
  const desk = new KeyDesk({ ...means, now: () => now });
  const held = () => camera.store.identities.get(device.deviceId)!;
  const signed = held().recipients!;
  const acknowledgement = await acknowledgeRecipients(camera.identity.privateKey, signed);
  await desk.paired(home, text, { cameraKey: camera.identity.publicKey, signed, acknowledgement });
  const onCard = (card = home): CardRecord => card.records.find((one) => numberText(one.number) === text)!;
  const deliver = async (): Promise<void> => {
    const [atCamera, atHub] = carrierPair();
    camera.camera.watch(atCamera, control.publicKey);
    await desk.deliver(atHub, text);
  };
  const open = (card: WritableCard | null): void => {
    now = card;
  };
  const set = async () =>
    checkRecipients(await importPublicKey(control.publicKey), number, sets.sets.get(text)!.signed);
  const keys = async () => (await desk.keys())[0]!;
  return {
    ...{ camera, number, text, clock, cards, home, add, sets, kept, means, desk },
    held,
    onCard,
    deliver,
    open,
    set,
    keys,
  };
};

/** Whether a card's record opens what is sealed for the camera's set in force. */
const opens = async (record: CardRecord, recipients: readonly string[]): Promise<boolean> => {
  const sealed = await wrap(new Uint8Array(32), recipients);
  return (
    (await unwrap(
      sealed,
      record.decryptionKeys.map(({ identity }) => identity),
    )) !== null
  );
};

describe("a hub's keys for its cameras", () => {
  it("are those of the card that was paired, since then", async () => {
    const on = await hub();
    const { id } = on.home.open.file;
    assert.deepEqual(await on.desk.keys(), [
      {
        ...{ number: on.text, generation: 2, since: begin, made: begin },
        ...{ cards: [{ id, name: "Home", since: begin }], shutOut: [] },
      },
    ]);
    assert.deepEqual(await on.desk.pending(), []);
  });

  it("[RP27] new ones are on the card first, and pending until the camera has acknowledged; old ones stay", async () => {
    const on = await hub();
    const before = on.onCard();
    on.clock.time += 1_000;
    await on.desk.rekey(on.text);
    const record = on.onCard();
    assert.deepEqual([record.generation, record.acknowledged, record.written], [3, false, begin + 1_000]);
    assert.deepEqual(record.decryptionKeys[0], before.decryptionKeys[0]);
    assert.deepEqual(await on.desk.pending(), [on.text]);
    assert.equal((await on.keys()).since, null);
    const { recipients, viewers } = await on.set();
    assert.deepEqual(recipients, [await recipientOf(record.decryptionKeys[1]!.identity)]);
    assert.deepEqual(viewers, [(await importSigningKey(record.viewerKey.seed)).publicKey]);
    assert.equal(on.held().generation, 2, "nothing has reached the camera");
    on.clock.time += 5_000;
    await on.deliver();
    assert.equal(on.held().generation, 3);
    assert.equal(on.camera.keys.at(-1)!.cause, "recipients");
    assert.deepEqual([await on.desk.pending(), (await on.keys()).since], [[], begin + 6_000]);
    assert.equal(on.onCard().acknowledged, true);
    // A copy of the card as it was before.
    assert.equal(await opens(before, recipients), false);
    assert.equal(await opens(on.onCard(), recipients), true);
    assert.equal(await opens(on.onCard(), [pair.recipient]), true, "old pictures");
    assert.throws(() => on.camera.camera.watch(carrierPair()[0], viewer.publicKey), { code: "peer-proof" });
    const claim = { account: new Uint8Array(16), challenge: "c" };
    const registration = await checkRegistration(
      await makeRegistration(control, on.kept.get(on.text)!, claim),
    );
    assert.equal(registration?.generation, 3, "what a server is shown is the new set");
  });

  it("[RP27] a newer set takes the place of a pending one", async () => {
    const on = await hub();
    await on.desk.rekey(on.text);
    await on.desk.rekey(on.text);
    await on.deliver();
    assert.deepEqual([on.held().generation, on.onCard().generation], [4, 4]);
    assert.deepEqual(await on.desk.pending(), []);
  });

  it("[RP27] stays pending where the word was lost, and is acknowledged the next time", async () => {
    const on = await hub();
    await on.desk.rekey(on.text);
    const [atCamera, atHub] = carrierPair();
    atCamera.way = (message) => (atCamera.sent.length > 2 ? [] : [message]);
    on.camera.camera.watch(atCamera, control.publicKey);
    const first = assert.rejects(on.desk.deliver(atHub, on.text), { code: "set-unanswered" });
    await until(() => atCamera.sent.length > 2, "the lost word");
    atCamera.close();
    await first;
    assert.equal(on.held().generation, 3);
    assert.deepEqual(await on.desk.pending(), [on.text]);
    await on.deliver();
    assert.deepEqual(await on.desk.pending(), []);
  });

  it("[RP26] a word that the camera did not sign over this set counts for nothing", async () => {
    const on = await hub();
    await on.desk.rekey(on.text);
    const stranger = await generateSigningKey();
    const { signed } = on.sets.sets.get(on.text)!;
    const { privateKey } = on.camera.identity;
    for (const envelope of [
      await acknowledgeRecipients(stranger.privateKey, signed),
      await acknowledgeRecipients(privateKey, on.held().recipients!),
    ]) {
      const [atOther, atHub] = carrierPair();
      const delivering = on.desk.deliver(atHub, on.text);
      atOther.send({ talk: encodeSetTalk({ kind: "acknowledged", envelope }) });
      await assert.rejects(delivering, { code: "set-unanswered" });
    }
    const [atOther, atHub] = carrierPair();
    const delivering = on.desk.deliver(atHub, on.text);
    atOther.send({ talk: encodeSetTalk({ kind: "refused", why: "old" }) });
    await assert.rejects(delivering, { code: "set-refused", detail: { why: "old" } });
    assert.deepEqual(await on.desk.pending(), [on.text]);
    assert.equal(on.onCard().acknowledged, false);
  });

  it("several cards have keys of their own for one camera; one is shut out, and the page says since when", async () => {
    const on = await hub();
    const spare = await on.add("Spare");
    await on.desk.rekey(on.text, { beside: spare });
    await on.deliver();
    const [one, two] = [on.onCard(), on.onCard(spare)];
    const both = (await on.set()).recipients;
    assert.equal(both.length, 2);
    assert.ok((await opens(one, both)) && (await opens(two, both)));
    assert.equal(await opens(two, [pair.recipient]), false, "what was taken before is not for the new card");
    assert.notDeepEqual(one.viewerKey, two.viewerKey);
    assert.deepEqual((await on.keys()).cards.map(({ name }) => name).sort(), ["Home", "Spare"]);
    // What the other card does not know yet is written when it is open.
    assert.equal(two.acknowledged, false);
    on.open(spare);
    await on.desk.settle();
    assert.equal(on.onCard(spare).acknowledged, true);
    // Home is lost.
    await on.desk.rekey(on.text, { without: on.home.open.file.id });
    const { id } = on.home.open.file;
    assert.deepEqual((await on.keys()).shutOut, [{ id, name: "Home", since: null }]);
    on.clock.time += 60_000;
    await on.deliver();
    assert.deepEqual((await on.keys()).shutOut, [{ id, name: "Home", since: begin + 60_000 }]);
    const { recipients, viewers } = await on.set();
    assert.equal(await opens(on.onCard(), recipients), false);
    assert.equal(await opens(on.onCard(spare), recipients), true);
    assert.deepEqual(viewers, [on.onCard(spare).viewerKey.publicKey]);
    assert.deepEqual(on.camera.ended, []);
  });

  it("re-keying one card leaves the others as they are", async () => {
    const on = await hub();
    const spare = await on.add("Spare");
    await on.desk.rekey(on.text, { beside: spare });
    await on.desk.rekey(on.text);
    await on.deliver();
    assert.ok(await opens(on.onCard(spare), (await on.set()).recipients));
    assert.equal((await on.set()).recipients.length, 2);
  });

  it("two tabs at once: both changes are in the set, and no card's keys are lost", async () => {
    const on = await hub();
    const spare = await on.add("Spare");
    await on.desk.rekey(on.text, { beside: spare });
    const stored = await on.cards.read(on.home.open.file.id);
    const tab = new WritableCard(on.cards, await on.home.open.reopen(stored!));
    const second = new KeyDesk({ ...on.means, now: () => tab });
    await Promise.all([on.desk.rekey(on.text, { without: spare.open.file.id }), second.rekey(on.text)]);
    await on.deliver();
    const { recipients, viewers } = await on.set();
    const newest = await on.home.open.reopen((await on.cards.read(on.home.open.file.id))!);
    const [record] = newest.records;
    assert.deepEqual(viewers, [record!.viewerKey.publicKey]);
    assert.deepEqual(recipients, [await recipientOf(record!.decryptionKeys.at(-1)!.identity)]);
    assert.equal(record!.generation, on.held().generation);
  });

  it("refuses without a card, what is not on it, what another hub paired, and too many cards", async () => {
    const on = await hub();
    on.open(null);
    await assert.rejects(on.desk.rekey(on.text), { code: "card-locked" });
    on.open(await on.add("Empty"));
    await assert.rejects(on.desk.rekey(on.text), { code: "camera-not-on-card" });
    on.open(on.home);
    await assert.rejects(on.desk.rekey(numberText(new Uint8Array(32))), { code: "not-paired" });
    const set = on.sets.sets.get(on.text)!;
    const many = Array.from({ length: mostHolders }, (_, at) => ({ ...set.holders[0]!, card: `${at}` }));
    on.sets.sets.set(on.text, { ...set, holders: many });
    const before = on.onCard();
    await assert.rejects(on.desk.rekey(on.text), { code: "card-full" });
    assert.deepEqual(on.onCard(), before, "nothing was written");
  });

  it("pairing anew with another card shuts the others out", async () => {
    const on = await hub();
    const spare = await on.add("Spare");
    await on.desk.rekey(on.text, { beside: spare });
    await on.deliver();
    await on.desk.paired(on.home, on.text, on.kept.get(on.text)!);
    const { cards, shutOut } = await on.keys();
    assert.deepEqual([cards.map(({ name }) => name), shutOut.map(({ name }) => name)], [["Home"], ["Spare"]]);
    assert.notEqual(shutOut[0]!.since, null);
  });
});
