import { type Bytes, faultCode } from "../../src/base/index.ts";
import type { CardFile, CardStore } from "../../src/card/index.ts";

/** What an implementation brings to be tested: fresh, empty places for cards. */
export interface CardStoreBench {
  readonly store: CardStore;
  /** A second door to the same places, as another tab has it. */
  readonly other: CardStore;
  /** Puts a value where the card of this id lies, past all rules, as an attacker or a restored backup does. */
  plant(id: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}

/** A card that only a store can love: well formed, locked with nothing. */
export function storedCard(id: number, counter: number, changes: { readonly mac?: Bytes } = {}): CardFile {
  return {
    version: 2,
    id: `${"ABCDEFGH"[id]}`.padEnd(22, "A"),
    name: `Card ${id}`,
    created: 1000 - id,
    passwordChanged: 1000,
    rule: 365,
    counter,
    slots: [{ kind: "password", file: "slot" }],
    records: `records ${counter}`,
    mac: new Uint8Array(32).fill(counter),
    ...changes,
  };
}

const first = storedCard(1, 1);
const second = storedCard(1, 2);

/** The rules of every CardStore: each runs on a bench of its own. */
export const cardStoreRules: { title: string; run(bench: CardStoreBench): Promise<void> }[] = [
  {
    title: "knows nothing of a card it never saw",
    async run({ store }) {
      same(await store.read(first.id), null);
      same(await store.highestCounter(first.id), 0);
      same(await store.list(), []);
      await store.erase(first.id);
    },
  },
  {
    title: "reads what was written, through the other door too, and as a copy",
    async run({ store, other }) {
      const given = storedCard(1, 1);
      await store.write(given, null);
      given.mac.fill(0);
      same(await store.read(first.id), first);
      (await store.read(first.id))?.mac.fill(0);
      same(await other.read(first.id), first);
      same(await other.highestCounter(first.id), 1);
    },
  },
  {
    title: "[CF14] lists the outside of the cards, the oldest first",
    async run({ store }) {
      for (const id of [1, 3, 2]) await store.write(storedCard(id, 5), null);
      const list = await store.list();
      same(
        list.map((card) => card.name),
        ["Card 3", "Card 2", "Card 1"],
      );
      const { id, name, created, passwordChanged, counter } = storedCard(3, 5);
      same(list[0], { id, name, created, passwordChanged, counter, slots: ["password"] });
    },
  },
  {
    title: "[CF13] a change replaces the state it was made from",
    async run({ store }) {
      await store.write(first, null);
      await store.write(second, first);
      same(await store.read(first.id), second);
      same(await store.highestCounter(first.id), 2);
    },
  },
  {
    title: "[CF13] a change made from a state that is gone is stale, and changes nothing",
    async run({ store, other }) {
      await store.write(first, null);
      await other.write(second, first);
      const mine = storedCard(1, 2, { mac: new Uint8Array(32).fill(99) });
      await refuses("card-stale", store.write(mine, first));
      // Not even when the counter went on, from a state that was never stored.
      await refuses("card-stale", store.write(storedCard(1, 3), mine));
      same(await store.read(first.id), second);
      same(await store.highestCounter(first.id), 2);
    },
  },
  {
    title: "[CF13] a new card is not put over a stored one, nor a change in the place of nothing",
    async run({ store }) {
      await refuses("card-stale", store.write(second, first));
      await store.write(first, null);
      await refuses("card-stale", store.write(second, null));
      same(await store.read(first.id), first);
    },
  },
  {
    title: "[CF13] a counter that does not rise is stale",
    async run({ store }) {
      await store.write(second, null);
      await refuses("card-stale", store.write(second, second));
      await refuses("card-stale", store.write(first, second));
    },
  },
  {
    title: "[CF13] of two changes at once exactly one is written",
    async run({ store, other }) {
      await store.write(first, null);
      const changes = [50, 51, 52, 53].map((mac) => storedCard(1, 2, { mac: new Uint8Array(32).fill(mac) }));
      const results = await Promise.allSettled(
        changes.map((change, at) => (at % 2 === 0 ? store : other).write(change, first)),
      );
      same(results.filter((result) => result.status === "fulfilled").length, 1);
      const winner = changes[results.findIndex((result) => result.status === "fulfilled")];
      same(await store.read(first.id), winner ?? null);
    },
  },
  {
    title: "[CF12] an old copy put back behind our back is rolled back",
    async run({ store, plant }) {
      await store.write(first, null);
      await store.write(second, first);
      await plant(first.id, first);
      await refuses("card-rolled-back", store.read(first.id));
      same(await store.highestCounter(first.id), 2);
    },
  },
  {
    title: "[CF12] an erased card is gone, but an old copy of it is still known as old",
    async run({ store }) {
      await store.write(first, null);
      await store.write(second, first);
      await store.erase(first.id);
      same(await store.read(first.id), null);
      same(await store.list(), []);
      same(await store.highestCounter(first.id), 2);
      await refuses("card-rolled-back", store.write(first, null));
      await store.write(second, null);
      same(await store.read(first.id), second);
    },
  },
  {
    title: "[CF2] neither writes nor reads what is no card",
    async run({ store, plant }) {
      await refuses("card-damaged", store.write({ ...first, counter: 0 }, null));
      await refuses("card-damaged", store.write({ ...first, extra: 1 } as unknown as CardFile, null));
      same(await store.list(), []);
      await store.write(first, null);
      await plant(first.id, { ...first, mac: new Uint8Array(31) });
      await refuses("card-damaged", store.read(first.id));
      await plant(first.id, { ...first, version: 3 });
      await refuses("card-version", store.read(first.id));
    },
  },
  {
    title: "[CF13] a copy is laid where nothing or an older state lies, and the same one changes nothing",
    async run({ store, other, plant }) {
      await store.put(first);
      same(await other.read(first.id), first);
      await store.put(first);
      await store.put(second);
      same(await store.read(first.id), second);
      same(await store.highestCounter(first.id), 2);
      // Also where what lies there is refused as old.
      await plant(first.id, first);
      await store.put(second);
      same(await store.read(first.id), second);
      same((await store.list()).length, 1);
    },
  },
  {
    title: "[CF13] a copy is laid over no newer state, and over no other of the same counter",
    async run({ store }) {
      await store.write(second, null);
      await refuses("card-stale", store.put(storedCard(1, 2, { mac: new Uint8Array(32).fill(99) })));
      await refuses("card-rolled-back", store.put(first));
      await refuses("card-damaged", store.put({ ...second, counter: 0 }));
      same(await store.read(first.id), second);
    },
  },
  {
    title: "[CF12] what was opened elsewhere counts as seen: an older state is rolled back from then on",
    async run({ store, other }) {
      await store.write(first, null);
      await other.saw(second);
      same(await store.highestCounter(first.id), 2);
      await refuses("card-rolled-back", store.read(first.id));
      await store.saw(first);
      same(await store.highestCounter(first.id), 2);
      await store.put(second);
      same(await store.read(first.id), second);
    },
  },
  {
    title: "cards do not touch each other",
    async run({ store }) {
      await store.write(second, null);
      await store.write(storedCard(2, 1), null);
      await store.erase(first.id);
      same((await store.list()).length, 1);
      same(await store.read(storedCard(2, 1).id), storedCard(2, 1));
    },
  },
];

/** Throws unless both show the same; for Node and browser alike. */
export function same(actual: unknown, expected: unknown): void {
  const [a, b] = [actual, expected].map(shown);
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}

async function refuses(code: string, act: Promise<unknown>): Promise<void> {
  same(await act.then(() => "nothing refused", faultCode), code);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, item) => {
    if (item instanceof Uint8Array) return `bytes ${item}`;
    const plain = typeof item === "object" && item !== null && !Array.isArray(item);
    return plain ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item;
  });
}
