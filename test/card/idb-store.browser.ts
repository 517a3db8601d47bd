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

  it("does not stand in the way of a later version of the app", async () => {
    const places = await bench();
    const later = await openDB(places.name, 2);
    same(later.version, 2);
    later.close();
    await places.close();
  });
});
