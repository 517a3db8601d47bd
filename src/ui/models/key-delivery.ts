import type { HubApi, PendingSet } from "../../apparatus/index.ts";
import { type Remote, transfer } from "../../base/index.ts";
import type { Membership } from "../../relay/client.dom.ts";
import { joinEverywhere } from "./rooms.ts";

/** After a camera did not take its set, or a relay refused, it is tried again. ms */
const retryInterval = 10_000;

/** What a delivery works with. */
export interface KeyDeliveryMeans {
  readonly remote: () => Pick<Remote<HubApi>, "pending" | "deliver" | "prove">;
  /** One camera more has acknowledged its newest set. */
  readonly ondelivered: () => void;
  /** Tests put another one here. */
  readonly join?: typeof joinEverywhere;
}

/** Waits in the rooms of all cameras whose newest recipient set is pending, for as long as a page is open, and hands it over [RP27]. */
export class KeyDelivery {
  readonly #means: KeyDeliveryMeans;
  /** By camera number; null while one is being tried. */
  readonly #places = new Map<string, Membership | null>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(means: KeyDeliveryMeans) {
    this.#means = means;
  }

  /** Looks for what is pending; gives how many cameras it is. */
  async look(): Promise<number> {
    const pending = await this.#means.remote().pending();
    if (this.#isOver) return 0;
    for (const one of pending) if (!this.#places.has(one.number)) this.#wait(one);
    return pending.length;
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const place of this.#places.values()) void place?.leave();
    this.#places.clear();
  }

  #wait({ number, room, key }: PendingSet): void {
    const { remote, join = joinEverywhere } = this.#means;
    this.#places.set(number, null);
    const membership = join({
      ...{ room, role: "guest", onwaiting: () => undefined },
      prover: { key, prove: (request) => remote().prove(request) },
      onintroduced: ({ port, close }) => {
        this.#places.set(number, null);
        void remote()
          .deliver(transfer(port, [port]), number)
          .then(
            () => this.#delivered(number),
            () => {
              close();
              this.#again(number);
            },
          );
      },
      onrefused: () => this.#again(number),
    });
    if (this.#places.has(number)) this.#places.set(number, membership);
  }

  #delivered(number: string): void {
    this.#places.delete(number);
    if (this.#isOver) return;
    this.#means.ondelivered();
    // Made anew meanwhile.
    void this.look().catch(() => undefined);
  }

  #again(number: string): void {
    this.#places.delete(number);
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => void this.look().catch(() => undefined), retryInterval);
  }
}
