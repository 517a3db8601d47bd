import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultCode } from "../../src/base/index.ts";
import { folderMedium, pickedMedium } from "../../src/card/file-store.dom.ts";
import { encodeCard, memoryStore } from "../../src/card/index.ts";
import { type CardMedium, fileNameFor } from "../../src/card/medium.ts";
import { mediumStore } from "../../src/card/medium-store.ts";
import { openCardDevice } from "../../src/card/usb-store.dom.ts";
import { type CardStoreBench, cardStoreRules, storedCard } from "../contract/card-store.ts";
import { cardText } from "./card-text.ts";
import { FolderDouble } from "./folder-double.ts";
import { SoftwareCardDevice } from "./usb-device.ts";

/** A bench on a medium; what is planted goes where the card of this id lies, or beside it. */
const benchOn = (medium: CardMedium, close: () => Promise<void> = async () => {}): CardStoreBench => {
  const counters = memoryStore();
  const store = mediumStore(medium, counters);
  return {
    store,
    other: mediumStore(medium, counters),
    async plant(id, value) {
      for (const name of await medium.list())
        if ((await medium.read(name))?.includes(id)) return medium.write(name, cardText(value));
      return medium.write("planted.sealcard", cardText(value));
    },
    close,
  };
};

const benches: Record<string, () => Promise<CardStoreBench>> = {
  "in a folder that replaces files in one step": async () => benchOn(folderMedium(new FolderDouble())),
  "in a folder that writes over files": async () =>
    benchOn(folderMedium(new FolderDouble(new Map(), "over"))),
  "in a file that was picked, and is downloaded": async () =>
    benchOn(pickedMedium(new File(["nothing"], "mine.sealcard"), () => {})),
  "on a USB device": async () => {
    const device = await openCardDevice(new SoftwareCardDevice());
    return benchOn(device.medium, device.close);
  },
};

for (const [title, make] of Object.entries(benches))
  describe(`cards ${title}`, () => {
    for (const rule of cardStoreRules)
      it(rule.title, async () => {
        const bench = await make();
        try {
          await rule.run(bench);
        } finally {
          await bench.close();
        }
      });
  });

describe("a folder of cards", () => {
  const card = storedCard(1, 1);
  const fresh = () => {
    const double = new FolderDouble();
    return { double, medium: folderMedium(double), store: mediumStore(folderMedium(double), memoryStore()) };
  };

  it("has each card in a file that is called as it is, and the text of the format in it", async () => {
    const { double, store } = fresh();
    await store.write({ ...card, name: "Home: my/own" }, null);
    await store.write({ ...storedCard(2, 1), name: "Home: my?own" }, null);
    assert.deepEqual([...double.files.keys()], ["Home- my-own.sealcard", "Home- my-own 2.sealcard"]);
    const text = new TextDecoder().decode(double.files.get("Home- my-own.sealcard"));
    assert.equal(text, encodeCard({ ...card, name: "Home: my/own" }));
  });

  it("never gets a name that file systems refuse", () => {
    assert.equal(fileNameFor("CON", []), "card CON.sealcard");
    assert.equal(fileNameFor("..", []), "card.sealcard");
    assert.equal(fileNameFor("Home", ["home.sealcard"]), "Home 2.sealcard");
  });

  it("finds a card by what is in its file, whatever its name, and of two states the newest", async () => {
    const { double, store } = fresh();
    double.files.set("renamed.sealcard", new TextEncoder().encode(encodeCard(card)));
    double.files.set("z copy.sealcard", new TextEncoder().encode(encodeCard(storedCard(1, 2))));
    double.files.set("notes.txt", new TextEncoder().encode(encodeCard(storedCard(3, 1))));
    double.files.set("torn.sealcard", new TextEncoder().encode(encodeCard(storedCard(4, 1)).slice(0, 80)));
    assert.deepEqual(
      (await store.list()).map(({ counter }) => counter),
      [2],
    );
    assert.deepEqual(await store.read(card.id), storedCard(1, 2));
    await store.erase(card.id);
    assert.deepEqual([...double.files.keys()], ["notes.txt", "torn.sealcard"]);
  });

  it("does not write over a card that a later version of this program wrote", async () => {
    const { double, store } = fresh();
    const later = new TextEncoder().encode(cardText({ ...card, version: 3 }));
    double.files.set("Home.sealcard", later);
    assert.equal(await store.put(storedCard(1, 5)).then(() => "", faultCode), "card-version");
    assert.deepEqual(double.files.get("Home.sealcard"), later);
  });

  it("that was pulled out is Fault medium-gone in every act, and no empty list", async () => {
    const { double, medium, store } = fresh();
    await store.write(card, null);
    await medium.check();
    double.left = 0;
    const acts = [store.list(), store.read(card.id), store.put(storedCard(1, 2)), store.erase(card.id)];
    for (const act of [...acts, medium.check(), medium.read("other")])
      assert.equal(await act.then(() => "done", faultCode), "medium-gone");
  });

  it("refuses a file longer than any card without reading it", async () => {
    const { double, store } = fresh();
    double.files.set("long.sealcard", new Uint8Array(3 << 20).fill(0x20));
    assert.deepEqual(await store.list(), []);
  });
});

describe("a file that was picked", () => {
  it("is handed over whole, under its own name, each time it is changed", async () => {
    const saved: [string, string][] = [];
    const file = new File([encodeCard(storedCard(1, 1))], "my card (1).sealcard");
    const store = mediumStore(
      pickedMedium(file, (...one) => saved.push(one)),
      memoryStore(),
    );
    await store.write(storedCard(1, 2), storedCard(1, 1));
    assert.deepEqual(saved, [["my card (1).sealcard", encodeCard(storedCard(1, 2))]]);
    assert.deepEqual(await store.read(storedCard(1, 1).id), storedCard(1, 2));
  });

  it("that is not there any more is Fault medium-gone", async () => {
    const gone = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    const file = { name: "x.sealcard", size: 10, text: gone, slice: () => ({ arrayBuffer: gone }) as never };
    assert.equal(
      await pickedMedium(file, () => {})
        .check()
        .then(() => "", faultCode),
      "medium-gone",
    );
  });
});
