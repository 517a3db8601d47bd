import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RoomState } from "./room-state.ts";
import type { RoomStore } from "./store.ts";

interface RelaySchema extends DBSchema {
  rooms: { key: string; value: RoomState };
}

/** A store in this origin's IndexedDB, shared by all its realms. */
export function idbRoomStore(name = "sealcam-relay"): RoomStore {
  let opening: Promise<IDBPDatabase<RelaySchema>> | null = null;

  function forget(): void {
    opening = null;
  }

  /** Opened on first use and again after a failure, so one bad moment does not last as long as the realm. */
  function database(): Promise<IDBPDatabase<RelaySchema>> {
    opening ??= openDB<RelaySchema>(name, 1, {
      upgrade: (db) => {
        db.createObjectStore("rooms");
      },
      // A newer version of the app (or its eraser) wants the database: it must not wait for us.
      blocking: (_old, _new, event) => {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  }

  return {
    read: async (room) => {
      const state = await (await database()).get("rooms", room);
      return state?.version === 1 ? state : null; // version 1 readers refuse version 2
    },
    write: async (room, state) => {
      const transaction = (await database()).transaction("rooms", "readwrite", { durability: "strict" });
      // Both are awaited: the request may succeed and the transaction still fail.
      await Promise.all([
        state === null ? transaction.store.delete(room) : transaction.store.put(state, room),
        transaction.done,
      ]);
    },
    list: async () => (await database()).getAllKeys("rooms"),
  };
}
