import type { CardOutside, CardSecret } from "../card/index.ts";
import { idbAttempts, idbStore } from "../card/index.ts";
import { openedCard } from "./cameras-on-card.ts";
import type { OpenedCard } from "./card.api.ts";
import type { OpenRecords } from "./open-records.ts";
import { type CardPlaces, openStoredCard } from "./open-stored-card.ts";

/** What a worker does with this device's cards. */
export interface CardControls {
  cards(): Promise<CardOutside[]>;
  /** Faults "card-none", "card-wait", "password", "password-due", and those of a card that is damaged or old. */
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  eject(): Promise<void>;
}

/** Opens one card at a time into `records`; what was loaded with the one before is unloaded first. */
export const cardControls = (records: OpenRecords, { unload }: { unload(): Promise<void> }): CardControls => {
  const places: CardPlaces = { cards: idbStore(), attempts: idbAttempts() };
  return {
    cards: async () => (await places.cards).list(),
    open: async (id, secret) =>
      openedCard(
        await records.open(async () => {
          await unload();
          return openStoredCard(places, id, secret);
        }),
      ),
    async eject() {
      records.shut();
      await unload();
    },
  };
};
