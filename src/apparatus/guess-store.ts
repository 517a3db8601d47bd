import { type DBSchema, openDB } from "idb";

interface GuessSchema extends DBSchema {
  /** By card id: wrong passwords since the cameras on it were told last. */
  wrong: { key: string; value: number };
}

/** How many wrong passwords were tried on this device's cards; it outlasts the page on which that was done. */
export interface GuessStore {
  note(card: string): Promise<void>;
  /** The number, which begins anew behind it. */
  take(card: string): Promise<number>;
}

/** Opens it for each call: wrong passwords are seldom, and any worker may note one. */
export const guessStore = (name = "sealcam-guesses"): GuessStore => {
  const change = async (card: string, next: (before: number) => number): Promise<number> => {
    const database = await openDB<GuessSchema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("wrong");
      },
    });
    try {
      const transaction = database.transaction("wrong", "readwrite");
      const before = (await transaction.store.get(card)) ?? 0;
      await transaction.store.put(next(before), card);
      await transaction.done;
      return before;
    } finally {
      database.close();
    }
  };
  return {
    note: async (card) => void (await change(card, (before) => before + 1)),
    take: (card) => change(card, () => 0),
  };
};
