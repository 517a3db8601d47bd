import { Fault } from "../base/index.ts";
import type { CardRecord } from "../card/index.ts";

/**
 * What lies on the card that is open in a worker; null where none is. Opening takes seconds: a card that was ejected, or another one chosen, meanwhile
 * is not open when they are over.
 */
export class OpenRecords {
  #records: readonly CardRecord[] | null = null;
  #turn = 0;

  get now(): readonly CardRecord[] | null {
    return this.#records;
  }

  /** Shuts the one there is, and takes what `opening` gives. Fault "cancelled" where it was shut meanwhile. */
  async open<C extends { readonly card: { readonly records: readonly CardRecord[] } }>(
    opening: () => Promise<C>,
  ): Promise<C> {
    this.shut();
    const mine = this.#turn;
    const connected = await opening();
    if (mine !== this.#turn) throw new Fault("cancelled");
    this.#records = connected.card.records;
    return connected;
  }

  shut(): void {
    this.#turn += 1;
    this.forget(() => true);
    this.#records = null;
  }

  /** Of the records of which this is so nothing is left here that opens or proves anything. */
  forget(isOut: (record: CardRecord) => boolean): void {
    for (const record of this.#records ?? []) if (isOut(record)) record.viewerKey.seed.fill(0);
    this.#records = this.#records?.filter((record) => !isOut(record)) ?? null;
  }
}
