import { describe, it } from "node:test";
import type { CardFile } from "../../src/card/index.ts";
import { memoryStore } from "../../src/card/index.ts";
import { cardStoreRules } from "../contract/card-store.ts";

describe("cards in memory", () => {
  for (const { title, run } of cardStoreRules) {
    it(title, () => {
      const places = { cards: new Map<string, CardFile>(), highest: new Map<string, number>() };
      return run({
        store: memoryStore(places),
        other: memoryStore(places),
        plant: async (id, value) => {
          places.cards.set(id, value as CardFile);
        },
        close: async () => {},
      });
    });
  }
});
