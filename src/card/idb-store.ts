import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { checkCardFile } from "./card-check.ts";
import { type CardFile, type CardOutside, outsideOf } from "./card-file.ts";
import { admitCopy, admitCounter, admitWrite, byAge, type CardStore } from "./store.ts";

interface CardsSchema extends DBSchema {
  /** By id. */
  cards: { key: string; value: CardFile };
  /** [CF12] Card id → highest counter seen here; stays when the card is erased. */
  highest: { key: string; value: number };
}

/** Cards in this origin's IndexedDB; for pages and workers. `close` ends the connection, which tests need. */
export async function idbStore(name = "sealcam-cards"): Promise<CardStore & { close(): void }> {
  const database: IDBPDatabase<CardsSchema> = await openDB<CardsSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("cards", { keyPath: "id" });
      fresh.createObjectStore("highest");
    },
    // A newer version of the app in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  /** One transaction: what `admit` lets be written, with its counter; where it throws, nothing was put. */
  const lay = async (
    file: CardFile,
    admit: (checked: CardFile, stored: CardFile | null, highest: number) => boolean,
  ): Promise<void> => {
    const checked = checkCardFile(file);
    // Strict: a card told to be written must outlive a power cut, or its pictures are lost.
    const places = database.transaction(["cards", "highest"], "readwrite", { durability: "strict" });
    const cards = places.objectStore("cards");
    const counters = places.objectStore("highest");
    const [stored, highest] = await Promise.all([cards.get(checked.id), counters.get(checked.id)]);
    if (admit(checked, stored ?? null, highest ?? 0))
      await Promise.all([cards.put(checked), counters.put(checked.counter, checked.id)]);
    await places.done;
  };
  return {
    list: async () => (await database.getAll("cards")).flatMap(listable).sort(byAge),
    read: async (id) => {
      const places = database.transaction(["cards", "highest"]);
      const stored = await places.objectStore("cards").get(id);
      const highest = (await places.objectStore("highest").get(id)) ?? 0;
      if (stored === undefined) return null;
      const file = checkCardFile(stored);
      admitCounter(file, highest);
      return file;
    },
    write: (file, previous) =>
      lay(file, (checked, stored, highest) => {
        admitWrite(checked, previous, stored, highest);
        return true;
      }),
    put: (file) => lay(file, admitCopy),
    saw: async ({ id, counter }) => {
      const counters = database.transaction("highest", "readwrite", { durability: "strict" });
      const highest = (await counters.store.get(id)) ?? 0;
      if (counter > highest) await counters.store.put(counter, id);
      await counters.done;
    },
    erase: (id) => database.delete("cards", id),
    highestCounter: async (id) => (await database.get("highest", id)) ?? 0,
    close: () => database.close(),
  };
}

/**
 * What a stored row shows of a card, or nothing where it cannot be shown as one: it must not hide the others. A card
 * that is damaged elsewhere is listed, and says so when it is opened.
 */
function listable(row: CardFile | null | undefined): CardOutside[] {
  try {
    const outside = outsideOf(row as CardFile);
    const { id, name, created, passwordChanged, counter } = outside;
    const isShown = typeof id === "string" && typeof name === "string";
    return isShown && [created, passwordChanged, counter].every(Number.isSafeInteger) ? [outside] : [];
  } catch {
    return [];
  }
}
