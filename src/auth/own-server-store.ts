import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { randomBytes } from "../base/index.ts";
import { type ServerSecret, serverSecret } from "./secret.ts";

/** What a browser holds of its own session, by name. */
export type Jarred = { readonly [name in "session" | "device"]?: string | null };

interface OwnServerSchema extends DBSchema {
  secret: { key: "secret"; value: ServerSecret };
  jar: { key: keyof Jarred; value: string };
}

/** What a server in this browser keeps beside its records: its keys, and this browser's session. */
export interface OwnServerStore {
  /** Its keys, made on first use. No script reads them, and there is no seed to make them from again. */
  secret(): Promise<ServerSecret>;
  readJar(): Promise<Jarred>;
  /** `null` takes a name away; names that are not given stay. It has happened when the promise is fulfilled. */
  writeJar(changes: Jarred): Promise<void>;
}

/** In this origin's IndexedDB. */
export const ownServerStore = (name = "sealcam-own-server"): OwnServerStore => {
  const within = async <T>(act: (database: IDBPDatabase<OwnServerSchema>) => Promise<T>): Promise<T> => {
    const database = await openDB<OwnServerSchema>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("secret");
        fresh.createObjectStore("jar");
      },
      blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    });
    try {
      return await act(database);
    } finally {
      database.close();
    }
  };
  return {
    secret: () =>
      within(async (database) => {
        const known = await database.get("secret", "secret");
        if (known !== undefined) return known;
        const made = await makeSecret();
        // Of two realms that made one at once, the first one's counts.
        const transaction = database.transaction("secret", "readwrite", { durability: "strict" });
        const first = await transaction.store.get("secret");
        if (first === undefined) await transaction.store.put(made, "secret");
        await transaction.done;
        return first ?? made;
      }),
    readJar: () =>
      within(async (database) => {
        const transaction = database.transaction("jar");
        const [session, device] = await Promise.all([
          transaction.store.get("session"),
          transaction.store.get("device"),
        ]);
        return { session: session ?? null, device: device ?? null };
      }),
    writeJar: (changes) =>
      within(async (database) => {
        const transaction = database.transaction("jar", "readwrite", { durability: "strict" });
        const puts = (Object.entries(changes) as [keyof Jarred, string | null][]).map(([key, value]) =>
          value === null ? transaction.store.delete(key) : transaction.store.put(value, key),
        );
        await Promise.all([...puts, transaction.done]);
      }),
  };
};

const makeSecret = async (): Promise<ServerSecret> => {
  const seed = randomBytes(32);
  try {
    return await serverSecret(seed);
  } finally {
    seed.fill(0);
  }
};
