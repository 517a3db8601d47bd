import { type DBSchema, openDB } from "idb";
import { generateSigningKey, type SigningKey } from "../base/index.ts";

interface HubSchema extends DBSchema {
  /** One row, "control": the hub's Ed25519 key, not extractable. */
  keys: { key: string; value: SigningKey };
}

/** The hub's control key: the only authority over who may open the pictures of the cameras it paired. */
export const openControlKey = async (name = "sealcam-hub"): Promise<SigningKey> => {
  const database = await openDB<HubSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("keys");
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
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
