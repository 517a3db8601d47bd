import { type HubApi, startHub } from "../../apparatus/index.ts";
import type { Connection } from "../../base/index.ts";
import { KeyDelivery } from "./key-delivery.ts";

/** Hands pending sets over from a page that is no hub's: a hub's worker runs beside it until none is left. */
export class PendingKeys {
  #hub: Connection<HubApi> | null = null;
  #delivery: KeyDelivery | null = null;
  #isOver = false;

  async begin(hasPending: () => Promise<boolean>): Promise<void> {
    if (!(await hasPending()) || this.#isOver) return;
    const hub = startHub(() => this.end());
    this.#hub = hub;
    const delivery = new KeyDelivery({
      remote: () => hub.remote,
      ondelivered: () => void hub.remote.pending().then((left) => left.length === 0 && this.end()),
    });
    this.#delivery = delivery;
    await delivery.look();
  }

  end(): void {
    this.#isOver = true;
    this.#delivery?.end();
    this.#hub?.close();
  }
}
