import { connect, type Remote } from "../base/index.ts";
import type { PasswordSlots } from "./slot.api.ts";

/** The password slot worked on in a worker of its own, which ends with the call and gives its 256 MiB back. */
export const workerSlots: PasswordSlots = {
  wrap: (identity, password) => inWorker((remote) => remote.wrap(identity, password)),
  unwrap: (file, password) => inWorker((remote) => remote.unwrap(file, password)),
};

async function inWorker<T>(work: (remote: Remote<PasswordSlots>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL("./slot.worker.ts", import.meta.url), { type: "module" });
  const connection = connect<PasswordSlots>(worker);
  try {
    return await work(connection.remote);
  } finally {
    connection.close();
  }
}
