import { deleteDB, openDB } from "idb";
import { idbStore } from "../../src/card/index.ts";
import { type CardStoreBench, cardStoreRules, same, storedCard } from "../contract/card-store.ts";

let benches = 0;

async function bench(): Promise<CardStoreBench & { name: string }> {
  const name = `sealcam-cards-test-${benches++}`;
  await deleteDB(name);
  const store = await idbStore(name);
  const other = await idbStore(name);
  return {
    name,
    store,
    other,
    plant: async (_id, value) => {
      const database = await openDB(name);
      await database.put("cards", value);
      database.close();
    },
    close: async () => {
      store.close();
      other.close();
      await deleteDB(name);
    },
  };
}

describe("cards in IndexedDB", () => {
  for (const { title, run } of cardStoreRules) {
    it(title, async () => {
      const places = await bench();
      try {
        await run(places);
      } finally {
        await places.close();
      }
    });
  }

  it("[CF12] cards and highest counters are still there when the database is opened again", async () => {
    const places = await bench();
    await places.store.write(storedCard(1, 4), null);
    await places.store.write(storedCard(2, 7), null);
    await places.store.erase(storedCard(2, 7).id);
    for (const door of [places.store, places.other]) (door as unknown as { close(): void }).close();
    const again = await idbStore(places.name);
    same(await again.read(storedCard(1, 4).id), storedCard(1, 4));
    same(await again.highestCounter(storedCard(2, 7).id), 7);
    again.close();
    await places.close();
  });

  it("one malformed row does not hide the cards beside it; one that is damaged inside is listed", async () => {
    const places = await bench();
    await places.store.write(storedCard(1, 1), null);
    const id = (at: number): string => `${at}`.repeat(22);
    const rows = [
      {},
      { name: "x" },
      { ...storedCard(3, 1), slots: 7 },
      { ...storedCard(3, 1), created: NaN },
    ];
    for (const [at, row] of rows.entries()) await places.plant(id(at), { ...row, id: id(at) });
    await places.plant(id(8), { ...storedCard(2, 1), mac: new Uint8Array(3) });
    const listed = (await places.store.list()).map((card) => card.id);
    same(listed.toSorted(), [storedCard(1, 1).id, storedCard(2, 1).id].toSorted());
    await places.close();
  });

  it("does not stand in the way of a later version of the app", async () => {
    const places = await bench();
    const later = await openDB(places.name, 2);
    same(later.version, 2);
    later.close();
    await places.close();
  });
});
