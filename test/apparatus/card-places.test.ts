import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CardPlaceSet, cardIdOf, placedId, placeOf } from "../../src/apparatus/card-places.ts";
import { WritableCard } from "../../src/apparatus/hub.ts";
import { layCopy } from "../../src/apparatus/lay-copy.ts";
import { OpenRecords } from "../../src/apparatus/open-records.ts";
import { connectCard } from "../../src/apparatus/open-stored-card.ts";
import { folderMedium } from "../../src/card/file-store.dom.ts";
import { encodeCard, makeCard, memoryAttempts, memoryStore, type OpenCard } from "../../src/card/index.ts";
import { FolderDouble } from "../card/folder-double.ts";
import { PASSWORD, quick, quickSlots, sampleRecord } from "../card/sample.ts";

const secret = { password: PASSWORD };

/** A browser with the card "Home", and a stick that is in. */
const device = async () => {
  const browser = memoryStore();
  const home = await (await makeCard("Home", PASSWORD, quick)).put(sampleRecord(1));
  await browser.write(home.file, null);
  let shut = 0;
  const records = new OpenRecords();
  const cards = new CardPlaceSet(Promise.resolve(browser), () => {
    shut += 1;
    records.shut();
  });
  const stick = new FolderDouble();
  const gone = Promise.withResolvers<boolean>();
  const key = "stick";
  cards.insert(key, folderMedium(stick), { ongone: gone.resolve });
  const places = { cards, attempts: Promise.resolve(memoryAttempts()), slots: quickSlots };
  const id = home.file.id;
  return {
    ...{ browser, cards, stick, key, places, id, home, records },
    gone: gone.promise,
    shuts: () => shut,
  };
};

const writable = async (cards: CardPlaceSet, open: OpenCard, place: string | null) =>
  new WritableCard(await cards.store(place), open);

describe("where cards lie", () => {
  it("is told of each in the list: a copy on a stick is a card of its own there", async (t) => {
    const { cards, key, id } = await device();
    t.after(() => cards.takeOut(key));
    const copy = await layCopy(cards, id, key, { open: null, moves: false });
    const listed = (await cards.list()).map(({ id, place, name }) => [id, place, name]);
    assert.deepEqual(listed, [
      [id, null, "Home"],
      [copy, key, "Home"],
    ]);
    assert.deepEqual([cardIdOf(copy), placeOf(copy), placeOf(id)], [id, key, null]);
    assert.equal(placedId(id, key), copy);
  });

  it("is where a card that was opened is written, and nowhere else", async (t) => {
    const { browser, cards, key, places, id } = await device();
    t.after(() => cards.takeOut(key));
    const copy = await layCopy(cards, id, key, { open: null, moves: false });
    const { card, store } = await connectCard(places, copy, secret);
    await new WritableCard(store, card).change((open) => open.put(sampleRecord(2)));
    assert.equal((await (await cards.store(key)).read(id))?.counter, card.file.counter + 1);
    // [CF12] The copy that was left behind is old on this device from then on.
    await assert.rejects(browser.read(id), { code: "card-rolled-back" });
    await assert.rejects(connectCard(places, id, secret), { code: "card-rolled-back" });
  });

  it("[CF12] a newer state that was opened from a stick makes the one in the browser old, one that was only listed does not", async (t) => {
    const { browser, cards, key, places, id, home, stick } = await device();
    t.after(() => cards.takeOut(key));
    const newer = await home.put(sampleRecord(2));
    await folderMedium(stick).write("x.sealcard", encodeCard(newer.file));
    await cards.list();
    assert.equal((await browser.read(id))?.counter, home.file.counter);
    await connectCard(places, placedId(id, key), secret);
    await assert.rejects(browser.read(id), { code: "card-rolled-back" });
  });
});

describe("copying and moving a card", () => {
  it("moves it: it is gone here once it can be read there", async (t) => {
    const { browser, cards, key, id, home } = await device();
    t.after(() => cards.takeOut(key));
    const copy = await layCopy(cards, id, key, { open: null, moves: true });
    assert.equal(await browser.read(id), null);
    assert.deepEqual(await (await cards.store(key)).read(id), home.file);
    await layCopy(cards, copy, null, { open: null, moves: true });
    assert.deepEqual(await browser.read(id), home.file);
    assert.deepEqual(await (await cards.store(key)).list(), []);
  });

  it("that fails half-way leaves it where it was, cut off at any of many bytes", async (t) => {
    const { browser, cards, key, id, home, stick } = await device();
    t.after(() => cards.takeOut(key));
    for (let cut = 1; cut < 2000; cut += 97) {
      stick.left = cut;
      await assert.rejects(layCopy(cards, id, key, { open: null, moves: true }), { code: "medium-gone" });
      assert.deepEqual(await browser.read(id), home.file);
      stick.left = Number.POSITIVE_INFINITY;
      stick.files.clear();
    }
  });

  it("brings an older copy up to date where the card is open, and only there", async (t) => {
    const { cards, key, id, home } = await device();
    t.after(() => cards.takeOut(key));
    await layCopy(cards, id, key, { open: null, moves: false });
    const open = await writable(cards, home, null);
    await open.change((now) => now.put(sampleRecord(2)));
    // Locked, nobody knows which of the two is good.
    await assert.rejects(layCopy(cards, id, key, { open: null, moves: false }), { code: "card-there" });
    await layCopy(cards, id, key, { open, moves: false });
    assert.deepEqual(await (await cards.store(key)).read(id), open.open.file);
  });

  it("a forged copy of a higher counter takes no good card's place", async (t) => {
    const { browser, cards, key, id, home, stick } = await device();
    t.after(() => cards.takeOut(key));
    await folderMedium(stick).write("Home.sealcard", encodeCard({ ...home.file, counter: 1e9 }));
    await assert.rejects(layCopy(cards, placedId(id, key), null, { open: null, moves: true }), {
      code: "card-there",
    });
    assert.deepEqual(await browser.read(id), home.file);
    assert.equal((await cards.list()).length, 2);
  });
});

describe("a stick that is pulled out", () => {
  it("shuts the card that is open from it, and its cards are listed no more", async () => {
    const { cards, key, places, id, stick, gone, records, shuts } = await device();
    const copy = await layCopy(cards, id, key, { open: null, moves: false });
    await records.open(() => {
      cards.hold(copy);
      return connectCard(places, copy, secret);
    });
    const seed = records.now?.[0]?.viewerKey.seed;
    assert.ok(seed?.some((byte) => byte !== 0) === true);
    stick.left = 0;
    assert.equal(await gone, true);
    assert.equal(records.now, null);
    assert.ok(
      seed.every((byte) => byte === 0),
      "nothing of the card's keys is left",
    );
    assert.equal(shuts(), 1);
    assert.deepEqual(
      (await cards.list()).map((card) => card.id),
      [id],
    );
    await assert.rejects(connectCard(places, copy, secret), { code: "medium-gone" });
  });

  it("leaves a card alone that is open from elsewhere", async () => {
    const { cards, id, stick, gone, shuts } = await device();
    cards.hold(id);
    stick.left = 0;
    assert.equal(await gone, false);
    assert.equal(shuts(), 0);
  });

  it("while its card is opened: it is not open when that is over", async () => {
    const { cards, key, places, id, stick, gone, records } = await device();
    const copy = await layCopy(cards, id, key, { open: null, moves: false });
    const slots = {
      ...quickSlots,
      unwrap: async (...given: Parameters<typeof quickSlots.unwrap>) => {
        const identity = await quickSlots.unwrap(...given);
        stick.left = 0;
        await gone;
        return identity;
      },
    };
    const opening = records.open(() => {
      cards.hold(copy);
      return connectCard({ ...places, slots }, copy, secret);
    });
    await assert.rejects(opening, { code: "medium-gone" });
    assert.equal(records.now, null);
  });

  it("by the person's word is shut likewise, and asked no more", async () => {
    const { cards, key, id, stick, shuts } = await device();
    const copy = await layCopy(cards, id, key, { open: null, moves: false });
    cards.hold(copy);
    cards.takeOut(key);
    assert.equal(shuts(), 1);
    assert.equal((await cards.list()).length, 1);
    stick.left = 0;
  });
});
