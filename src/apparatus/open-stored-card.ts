import { type Clock, Fault, isFault, systemClock } from "../base/index.ts";
import {
  type AttemptStore,
  type CardSecret,
  type CardStore,
  type OpenCard,
  openCardWith,
  type PasswordDue,
  type PasswordSlots,
  passwordDue,
  workerSlots,
} from "../card/index.ts";
import { type CardPlaceSet, cardIdOf, placeOf } from "./card-places.ts";

/** Where cards lie, and where attempts to open them are counted. Tests put other slots and another clock there. */
export interface CardPlaces {
  readonly cards: CardPlaceSet;
  readonly attempts: Promise<AttemptStore>;
  readonly slots?: PasswordSlots;
  readonly clock?: Clock;
}

/** A card that was connected: opened, and looked at as it is each time. */
export interface ConnectedCard {
  readonly card: OpenCard;
  /** Where it was read, and is to be written. */
  readonly store: CardStore;
  /** [CF22] Since the last opening. */
  readonly wrongAttempts: number;
  /** [CF15] */
  readonly due: PasswordDue;
}

/**
 * Opens a card, whose password's stretching runs in a worker of its own; also one whose password is due: that is to be changed.
 * Faults "card-none", "card-wait" {seconds}, "medium-gone", and those of `openCardWith`.
 */
export const connectCard = async (
  { cards, attempts, slots = workerSlots, clock = systemClock }: CardPlaces,
  id: string,
  secret: CardSecret,
): Promise<ConnectedCard> => {
  const store = await cards.store(placeOf(id));
  const file = await store.read(cardIdOf(id));
  if (!file) throw new Fault("card-none");
  const open = (): Promise<OpenCard> => openCardWith(file, secret, { slots });
  const counted = await attempts;
  // [CF22] A passkey is not guessed; but it, too, ends the count.
  const isGuess = !("passkey" in secret);
  const card = await (isGuess ? counting(counted, file.id, clock, open) : open()).finally(() => wipe(secret));
  const before = await counted.opened(file.id, isGuess);
  await store.saw(card.file);
  cards.checkThere(id);
  return { card, store, wrongAttempts: before, due: passwordDue(file, clock.now()) };
};

/** The same to use it: Fault "password-due" where the password is to be changed before. */
export const openStoredCard = async (
  places: CardPlaces,
  id: string,
  secret: CardSecret,
): Promise<ConnectedCard> => {
  const connected = await connectCard(places, id, secret);
  if (connected.due.state === "now") throw new Fault("password-due");
  return connected;
};

/** What a passkey gave is not needed a second time. */
const wipe = (secret: CardSecret): void => {
  if ("passkey" in secret) secret.passkey.fill(0);
};

/** [CF22] Counted before it is made: whoever ends it half-way has made it. */
const counting = async (
  attempts: AttemptStore,
  id: string,
  clock: Clock,
  open: () => Promise<OpenCard>,
): Promise<OpenCard> => {
  await attempts.claim(id, clock.now());
  try {
    return await open();
  } catch (error) {
    // Where it is not the secret that is wrong, nothing was learnt about it.
    if (!isFault(error) || error.code !== "password") await attempts.takeBack(id);
    throw error;
  }
};
