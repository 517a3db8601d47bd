import type { RoomState, RoomStore } from "../../src/relay/index.ts";

/** One promise of the contract; it throws where the store does not keep it. */
export interface StoreCase {
  readonly title: string;
  readonly check: (store: RoomStore) => Promise<void>;
}

/** A state with something in every field. */
export function fullState(room: string): RoomState {
  const end = { address: "window-1", peer: "peer-1", key: "key-1", at: 1 };
  return {
    version: 1,
    room,
    host: end,
    admits: ["key-2", "key-3"],
    guests: [{ ...end, peer: "peer-2" }],
    challenges: [{ ...end, role: "guest", peerNonce: "n", nonce: "m" }],
    closed: { code: "used", until: 2, admits: ["key-2"], by: { address: "window-1", peer: "peer-1" } },
  };
}

/** What every RoomStore promises. Each case gets a store that is empty. */
export const roomStoreCases: readonly StoreCase[] = [
  {
    title: "a room that was never written is null",
    check: async (store) => {
      same(await store.read("a"), null);
      same(await store.list(), []);
    },
  },
  {
    title: "what was written is read, unchanged",
    check: async (store) => {
      await store.write("a", fullState("a"));
      same(await store.read("a"), fullState("a"));
    },
  },
  {
    title: "a later write takes the place of the earlier one",
    check: async (store) => {
      await store.write("a", fullState("a"));
      const later = { ...fullState("a"), host: null, admits: [] };
      await store.write("a", later);
      same(await store.read("a"), later);
    },
  },
  {
    title: "null erases, also what is not there",
    check: async (store) => {
      await store.write("a", fullState("a"));
      await store.write("a", null);
      await store.write("b", null);
      same(await store.read("a"), null);
      same(await store.list(), []);
    },
  },
  {
    title: "rooms are apart, and all of them listed",
    check: async (store) => {
      await store.write("a", fullState("a"));
      await store.write("b", { ...fullState("b"), host: null });
      same(await store.read("a"), fullState("a"));
      same((await store.list()).sort(), ["a", "b"]);
    },
  },
  {
    title: "a state that was handed out or in can be changed without the store",
    check: async (store) => {
      const state = fullState("a");
      await store.write("a", state);
      (state.admits as string[]).push("later");
      ((await store.read("a")) as { admits: string[] } | null)?.admits.push("later");
      same(await store.read("a"), fullState("a"));
    },
  },
];

function same(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(sorted(found)), JSON.stringify(sorted(expected))];
  if (a !== b) throw new Error(`expected ${b}, found ${a}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}
