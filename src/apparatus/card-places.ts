import { Fault } from "../base/index.ts";
import {
  type CardFile,
  type CardMedium,
  type CardOutside,
  type CardStore,
  type Counters,
  mediumStore,
} from "../card/index.ts";

/** A card in a list, and where it lies: `id` tells apart the copies of one card, too. */
export interface PlacedCard extends CardOutside {
  /** The place's key; null: this browser. */
  readonly place: string | null;
}

/** What becomes of a place that a page opened. */
export interface PlaceEvents {
  /** It was pulled out: its cards are listed no more. `wasOpen`: one of them was open, and is shut. */
  ongone(wasOpen: boolean): void;
}

/** What a page can do about places beside this browser, in every worker that opens cards. */
export interface CardPlacesApi {
  /** From now on the cards on this medium are listed and can be opened, too, while it is there. The page gives the key of the place. */
  insert(key: string, medium: CardMedium, events: PlaceEvents): void;
  /** The person is done with it; a card that is open from it is shut. */
  takeOut(key: string): void;
}

/** How a place is watched: asked so often, and given up when it has not answered for so long. ms */
const [often, patience] = [500, 5_000];

/** The card itself, without where it lies. */
export const cardIdOf = (id: string): string => id.split("@")[0] as string;
/** Where it lies; null: this browser. */
export const placeOf = (id: string): string | null => id.split("@")[1] ?? null;
/** The other way round. */
export const placedId = (card: string, place: string | null): string =>
  place === null ? card : `${card}@${place}`;

/** Where cards lie for one worker: this browser, and the media that its page put in. */
export class CardPlaceSet {
  readonly #browser: Promise<CardStore>;
  readonly #shut: () => void;
  readonly #media = new Map<string, { readonly store: CardStore; readonly forget: () => void }>();
  /** The place of the card that is open, or being opened; null: this browser, or none. */
  #held: string | null = null;

  /** `shut`: shuts the card that is open; called when what it lies on is gone. */
  constructor(browser: Promise<CardStore>, shut: () => void) {
    this.#browser = browser;
    this.#shut = shut;
  }

  /** The cards of this browser first. A place that cannot be read just now lists none. */
  async list(): Promise<PlacedCard[]> {
    const placed = async (store: CardStore, place: string | null): Promise<PlacedCard[]> =>
      (await store.list()).map((card) => ({ ...card, id: placedId(card.id, place), place }));
    const others = [...this.#media].map(([key, { store }]) => placed(store, key).catch(() => []));
    return [await placed(await this.#browser, null), ...(await Promise.all(others))].flat();
  }

  /** The store of a place. Fault "medium-gone". */
  async store(place: string | null): Promise<CardStore> {
    if (place === null) return this.#browser;
    const there = this.#media.get(place);
    if (!there) throw new Fault("medium-gone");
    return there.store;
  }

  /** A card of this id is about to be opened: it is shut with its place. */
  hold(id: string): void {
    this.#held = placeOf(id);
  }

  /** Nothing is open any more. */
  letGo(): void {
    this.#held = null;
  }

  /** Fault "medium-gone" where a card of this id does not lie any more: what took long to be opened is not open then. */
  checkThere(id: string): void {
    const place = placeOf(id);
    if (place !== null && !this.#media.has(place)) throw new Fault("medium-gone");
  }

  insert(key: string, medium: CardMedium, events: PlaceEvents): void {
    this.takeOut(key);
    const counters: Counters = {
      highestCounter: async (id) => (await this.#browser).highestCounter(id),
      saw: async (file: CardFile) => (await this.#browser).saw(file),
    };
    const forget = watch(medium, () => {
      const wasOpen = this.takeOut(key);
      events.ongone(wasOpen);
    });
    this.#media.set(key, { store: mediumStore(medium, counters), forget });
  }

  /** Whether a card was open from it. */
  takeOut(key: string): boolean {
    this.#media.get(key)?.forget();
    this.#media.delete(key);
    const wasOpen = this.#held === key;
    this.#held = wasOpen ? null : this.#held;
    if (wasOpen) this.#shut();
    return wasOpen;
  }
}

/** What a worker offers its page of these. */
export const placeControls = (places: CardPlaceSet): CardPlacesApi => ({
  insert: (key, medium, events) => places.insert(key, medium, events),
  takeOut: (key) => void places.takeOut(key),
});

/** Asks whether it is still there, in a worker, whose timers go on when its page is hidden. The result ends it. */
const watch = (medium: CardMedium, gone: () => void): (() => void) => {
  let isOver = false;
  const ask = async (): Promise<void> => {
    if (isOver) return;
    const { promise, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(reject, patience);
    try {
      await Promise.race([medium.check(), promise]);
      setTimeout(ask, often);
    } catch {
      if (!isOver) gone();
      isOver = true;
    } finally {
      clearTimeout(timer);
    }
  };
  setTimeout(ask, often);
  return () => {
    isOver = true;
  };
};
