import { deleteDB } from "idb";
import { idbAttempts } from "../../src/card/index.ts";
import { attemptRules } from "../contract/attempt-store.ts";
import { same } from "../contract/card-store.ts";

let made = 0;
const bench = async () => {
  const name = `attempts-test-${Date.now()}-${made++}`;
  const [store, other] = await Promise.all([idbAttempts(name), idbAttempts(name)]);
  const close = async (): Promise<void> => {
    store.close();
    other.close();
    await deleteDB(name);
  };
  return { name, store, other, close };
};

describe("attempts counted in IndexedDB", () => {
  for (const { title, run } of attemptRules)
    it(title, async () => {
      const places = await bench();
      try {
        await run(places);
      } finally {
        await places.close();
      }
    });

  it("[CF22] are still counted when the database is opened again", async () => {
    const places = await bench();
    await places.store.claim("card", 1000);
    places.store.close();
    places.other.close();
    const again = await idbAttempts(places.name);
    await again.claim("card", 2000);
    same(await again.opened("card", true), 1);
    again.close();
    await deleteDB(places.name);
  });
});
