import { type DBSchema, openDB } from "idb";
import { type AttemptStore, type Attempts, admitAttempt, checkWait, failed, withoutOne } from "./attempts.ts";

interface AttemptsSchema extends DBSchema {
  /** [CF22] By card id. */
  attempts: { key: string; value: Attempts };
}

/** [CF22] Attempts counted in this origin's IndexedDB, for all its tabs. `close` ends the connection, which tests need. */
export async function idbAttempts(name = "sealcam-card-attempts"): Promise<AttemptStore & { close(): void }> {
  const database = await openDB<AttemptsSchema>(name, 1, {
    upgrade: (fresh) => void fresh.createObjectStore("attempts"),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  /** Two tabs at once are counted one after the other. */
  const change = async <T>(
    id: string,
    act: (kept: Attempts | undefined) => { readonly keep: Attempts | null; readonly told: T },
  ): Promise<T> => {
    const transaction = database.transaction("attempts", "readwrite", { durability: "strict" });
    const { keep, told } = act(await transaction.store.get(id));
    await (keep ? transaction.store.put(keep, id) : transaction.store.delete(id));
    await transaction.done;
    return told;
  };
  return {
    async claim(id, now) {
      const wait = await change(id, (kept) => {
        const admitted = admitAttempt(kept, now);
        return { keep: admitted.keep, told: admitted.wait };
      });
      checkWait(wait);
    },
    takeBack: (id) => change(id, (kept) => ({ keep: withoutOne(kept), told: undefined })),
    opened: (id, isClaimed) => change(id, (kept) => ({ keep: null, told: failed(kept, isClaimed) })),
    close: () => database.close(),
  };
}
