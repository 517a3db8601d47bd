import { equal, Fault } from "../base/index.ts";
import { type CardPlaceSet, cardIdOf, placedId, placeOf } from "./card-places.ts";
import type { WritableCard } from "./hub.ts";

/** The card where it is open, whose state was checked; `moves`: it is erased here behind that. */
export interface CopyMeans {
  readonly open: WritableCard | null;
  readonly moves: boolean;
}

/**
 * Lays a copy of a card in another place; gives the copy's id. Nobody has checked a card that is locked: it takes no place of a state that lies
 * there, which might be good. Faults "card-none", "card-there", "card-stale", "card-rolled-back", "medium-gone", and those of the medium.
 */
export const layCopy = async (
  places: CardPlaceSet,
  id: string,
  place: string | null,
  { open, moves }: CopyMeans,
): Promise<string> => {
  if (placeOf(id) === place) throw new RangeError('"place" is where the card lies');
  const [card, here, there] = [cardIdOf(id), await places.store(placeOf(id)), await places.store(place)];
  const file = open ? open.open.file : await here.read(card);
  if (!file) throw new Fault("card-none");
  if (open) await there.put(file);
  else {
    if ((await there.list()).some((other) => other.id === card)) throw new Fault("card-there");
    await there.write(file, null);
  }
  if (moves) {
    // What is nowhere is lost: it goes here when it can be read there.
    const copy = await there.read(card);
    if (!copy || !equal(copy.mac, file.mac)) throw new Fault("medium-gone");
    await here.erase(card);
  }
  return placedId(card, place);
};
