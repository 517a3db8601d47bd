import { checkCardFile } from "./card-check.ts";
import { type CardFile, outsideOf } from "./card-file.ts";
import { admitCopy, admitCounter, admitWrite, byAge, type CardStore } from "./store.ts";

/** The places of a MemoryStore, which tests may reach into. */
export interface MemoryPlaces {
  readonly cards: Map<string, CardFile>;
  readonly highest: Map<string, number>;
}

/** Cards in this realm's memory: gone with it. */
export function memoryStore(places: MemoryPlaces = { cards: new Map(), highest: new Map() }): CardStore {
  const { cards, highest } = places;
  const seen = (id: string) => highest.get(id) ?? 0;
  const lay = (file: CardFile): void => {
    cards.set(file.id, file);
    highest.set(file.id, file.counter);
  };
  return {
    list: async () => [...cards.values()].map(outsideOf).sort(byAge),
    read: async (id) => {
      const stored = cards.get(id);
      if (stored === undefined) return null;
      const file = checkCardFile(stored);
      admitCounter(file, seen(id));
      return file;
    },
    write: async (file, previous) => {
      const checked = checkCardFile(file);
      admitWrite(checked, previous, cards.get(checked.id) ?? null, seen(checked.id));
      lay(checked);
    },
    put: async (file) => {
      const checked = checkCardFile(file);
      if (admitCopy(checked, cards.get(checked.id) ?? null, seen(checked.id))) lay(checked);
    },
    saw: async ({ id, counter }) => void highest.set(id, Math.max(counter, seen(id))),
    erase: async (id) => {
      cards.delete(id);
    },
    highestCounter: async (id) => seen(id),
  };
}
