import { type CardSecret, idbAttempts, idbStore } from "../card/index.ts";
import { openedCard } from "./cameras-on-card.ts";
import type { OpenedCard } from "./card.api.ts";
import { CardPlaceSet, type CardPlacesApi, type PlacedCard, placeControls } from "./card-places.ts";
import type { OpenRecords } from "./open-records.ts";
import { type CardPlaces, openStoredCard } from "./open-stored-card.ts";

/** What a worker does with cards. */
export interface CardControls extends CardPlacesApi {
  cards(): Promise<PlacedCard[]>;
  /** Faults "card-none", "card-wait", "medium-gone", "password", "password-due", and those of a card that is damaged or old. */
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  eject(): Promise<void>;
}

/** Opens one card at a time into `records`; what was loaded with the one before is unloaded first. */
export const cardControls = (records: OpenRecords, { unload }: { unload(): Promise<void> }): CardControls => {
  const eject = async (): Promise<void> => {
    records.shut();
    cards.letGo();
    await unload();
  };
  const cards = new CardPlaceSet(idbStore(), () => void eject());
  const places: CardPlaces = { cards, attempts: idbAttempts() };
  return {
    ...placeControls(cards),
    cards: () => cards.list(),
    open: async (id, secret) =>
      openedCard(
        await records.open(async () => {
          cards.hold(id);
          await unload();
          return openStoredCard(places, id, secret);
        }),
      ),
    eject,
  };
};
