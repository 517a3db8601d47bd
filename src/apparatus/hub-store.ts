import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PairedCamera } from "../auth/index.ts";
import { type Bytes, generateSigningKey, type SigningKey } from "../base/index.ts";

/** A card that has keys of its own for a camera; what is public of them. */
export interface Holder {
  /** The card's id. */
  readonly card: string;
  readonly name: string;
  /** An age recipient. */
  readonly recipient: string;
  /** Raw Ed25519, 32 bytes. */
  readonly viewer: Bytes;
  /** Since when, in ms since the epoch. */
  readonly since: number;
}

/** A card that opens nothing any more of what a camera takes. */
export interface ShutOut {
  readonly card: string;
  readonly name: string;
  /** Since when: the camera has said so. ms since the epoch; null: it has not yet. */
  readonly since: number | null;
}

/** Who may open a camera's pictures, by the newest set that this hub signed for it [RP27]. Nothing in it opens any. */
export interface CameraSet {
  readonly generation: number;
  readonly signed: Bytes;
  readonly made: number;
  /** When the camera acknowledged it, in ms since the epoch; null: it is pending. */
  readonly acknowledged: number | null;
  readonly holders: readonly Holder[];
  readonly shutOut: readonly ShutOut[];
}

interface HubSchema extends DBSchema {
  /** One row, "control": the hub's Ed25519 key, not extractable. */
  keys: { key: string; value: SigningKey };
  /** What each camera acknowledged last, by its number in text. It opens nothing; it lies beside the key it is shown with. */
  paired: { key: string; value: PairedCamera };
  /** By the camera's number in text. */
  sets: { key: string; value: CameraSet };
}

const open = (name: string): Promise<IDBPDatabase<HubSchema>> =>
  openDB<HubSchema>(name, 3, {
    upgrade(fresh, from) {
      if (from < 1) fresh.createObjectStore("keys");
      if (from < 2) fresh.createObjectStore("paired");
      fresh.createObjectStore("sets");
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

/** The hub's control key: the only authority over who may open the pictures of the cameras it paired. */
export const openControlKey = async (name = "sealcam-hub"): Promise<SigningKey> => {
  const database = await open(name);
  try {
    const known = await database.get("keys", "control");
    if (known) return known;
    const fresh = await generateSigningKey();
    const transaction = database.transaction("keys", "readwrite", { durability: "strict" });
    // Two tabs may get here at once: the first one's key is the hub's.
    const raced = await transaction.store.get("control");
    if (!raced) await transaction.store.add(fresh, "control");
    await transaction.done;
    return raced ?? fresh;
  } finally {
    database.close();
  }
};

/** What the hub can show a server of the cameras it paired. */
export interface PairedStore {
  keep(number: string, paired: PairedCamera): Promise<void>;
  /** `null` for a camera that was paired before this was kept, or elsewhere. */
  read(number: string): Promise<PairedCamera | null>;
  /** The numbers there are, in no order. */
  list(): Promise<string[]>;
}

/** Opens it for each call: the hub's database stays open to newer versions of this page. */
const opener =
  (name: string) =>
  async <T>(act: (database: IDBPDatabase<HubSchema>) => Promise<T>): Promise<T> => {
    const database = await open(name);
    try {
      return await act(database);
    } finally {
      database.close();
    }
  };

/** The newest set of each camera. */
export interface SetStore {
  read(number: string): Promise<CameraSet | null>;
  list(): Promise<[number: string, set: CameraSet][]>;
  /** Gives the next state from the present one, or the same to leave it; in one transaction. Gives what is there then. */
  change(number: string, act: (now: CameraSet | null) => CameraSet | null): Promise<CameraSet | null>;
}

export const setStore = (name = "sealcam-hub"): SetStore => {
  const within = opener(name);
  return {
    read: (number) => within(async (database) => (await database.get("sets", number)) ?? null),
    list: () =>
      within(async (database) => {
        const { store } = database.transaction("sets");
        const [numbers, sets] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return numbers.flatMap((number, at) => (sets[at] ? [[number, sets[at]] as [string, CameraSet]] : []));
      }),
    change: (number, act) =>
      within(async (database) => {
        const transaction = database.transaction("sets", "readwrite", { durability: "strict" });
        const now = (await transaction.store.get(number)) ?? null;
        const next = act(now);
        if (next && next !== now) await transaction.store.put(next, number);
        await transaction.done;
        return next;
      }),
  };
};

export const pairedStore = (name = "sealcam-hub"): PairedStore => {
  const within = opener(name);
  return {
    keep: (number, paired) =>
      within(async (database) => {
        const transaction = database.transaction("paired", "readwrite", { durability: "strict" });
        await Promise.all([transaction.store.put(paired, number), transaction.done]);
      }),
    read: (number) => within(async (database) => (await database.get("paired", number)) ?? null),
    list: () => within((database) => database.getAllKeys("paired")),
  };
};
