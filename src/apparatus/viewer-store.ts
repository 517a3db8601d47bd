import { type DBSchema, openDB } from "idb";
import type { LastHead } from "../verify/index.ts";

interface ViewerSchema extends DBSchema {
  /** By camera number as text: the newest stream this device has seen of it. */
  heads: { key: string; value: LastHead };
}

/** What this viewer remembers of cameras, so that an earlier stream cannot be shown as the present one. */
export interface ViewerStore {
  lastHead(number: string): Promise<LastHead | null>;
  /** Keeps the head with the higher counter. */
  remember(number: string, head: LastHead): Promise<void>;
}

export const openViewerStore = async (name = "sealcam-viewer"): Promise<ViewerStore> => {
  const database = await openDB<ViewerSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("heads");
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    lastHead: async (number) => (await database.get("heads", number)) ?? null,
    async remember(number, head) {
      const transaction = database.transaction("heads", "readwrite");
      const known = await transaction.store.get(number);
      if (!known || head.counter > known.counter) await transaction.store.put(head, number);
      await transaction.done;
    },
  };
};
