import type { BlankRecord, CardRecord } from "../card/index.ts";
import { numberText } from "../keys/index.ts";
import type { BlankOnCard, CameraOnCard, OpenedCard } from "./card.api.ts";
import type { ConnectedCard } from "./open-stored-card.ts";

/** What a page may know of a card's records: no key is among it. */
export const camerasOn = (records: readonly CardRecord[]): CameraOnCard[] =>
  records.map(({ number, name, generation, acknowledged, rights }) => ({
    ...{ number: numberText(number), name, generation, acknowledged, rights },
  }));

/** The same of numbers that wait for their keys. */
export const blanksOn = (blanks: readonly BlankRecord[]): BlankOnCard[] =>
  blanks.map(({ number, name, rights }) => ({ number: numberText(number), name, rights }));

/** What a page is told of a card that was opened. */
export const openedCard = ({ card, wrongAttempts, due }: ConnectedCard): OpenedCard => ({
  cameras: camerasOn(card.records),
  account: card.account,
  ...{ wrongAttempts, due },
});
