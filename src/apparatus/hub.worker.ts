import { checkRecipients, linkFragment, linkKeys, makeLink, makeRegistration } from "../auth/index.ts";
import { expose, Fault, importPublicKey, systemClock, thumbprint, toBase64Url } from "../base/index.ts";
import {
  cardName,
  encodeCard,
  idbAttempts,
  idbStore,
  makeCard,
  passwordDue,
  workerSlots,
} from "../card/index.ts";
import { readNumber } from "../keys/index.ts";
import { portCarrier } from "../relay/index.ts";
import { openedCard } from "./cameras-on-card.ts";
import { cardDesk } from "./card-desk.ts";
import { CardPlaceSet, cardIdOf, placeControls, placeOf } from "./card-places.ts";
import type { HubApi } from "./hub.api.ts";
import { HubPairing, noCard, WritableCard } from "./hub.ts";
import { openControlKey, pairedStore, setStore } from "./hub-store.ts";
import { KeyDesk } from "./key-desk.ts";
import { layCopy } from "./lay-copy.ts";
import { type CardPlaces, connectCard, openStoredCard } from "./open-stored-card.ts";
import { proveIn } from "./prove.ts";

const close = (): void => {
  card = null;
  opened = null;
  pairing = null;
  cards.letGo();
};
const cards = new CardPlaceSet(idbStore(), close);
const places: CardPlaces = { cards, attempts: idbAttempts() };
const paired = pairedStore();
let card: WritableCard | null = null;
/** The id under which it was opened. */
let opened: string | null = null;
let pairing: HubPairing | null = null;

const desk = cardDesk({
  ...{ places, now: () => card },
  controlKey: async () => (await openControlKey()).publicKey,
});
const keyDesk = new KeyDesk({
  ...{ now: () => card, control: () => openControlKey(), sets: setStore(), paired, clock: systemClock },
});

/** [CF15] While its password is due a card is for that change alone. */
const checkDue = (open: WritableCard | null): void => {
  if (open && passwordDue(open.open.file, systemClock.now()).state === "now") throw new Fault("password-due");
};

const api: HubApi = {
  ...desk,
  keys: () => keyDesk.keys(),
  async rekey(numbers, without) {
    checkDue(card);
    for (const number of numbers) await keyDesk.rekey(number, { without: without ?? undefined });
    return desk.inside();
  },
  async addCard(number, to, secret) {
    checkDue(card);
    if (cardIdOf(to) === card?.open.file.id) throw new RangeError('"to" is the card that is open');
    const other = await openStoredCard(places, to, secret);
    await keyDesk.rekey(number, { beside: new WritableCard(other.store, other.card) });
    return desk.inside();
  },
  async pending() {
    const numbers = await keyDesk.pending();
    if (numbers.length === 0) return [];
    const { publicKey: key } = await openControlKey();
    return numbers.map((number) => ({ number, room: toBase64Url(readNumber(number)), key }));
  },
  deliver: (port, number) => keyDesk.deliver(portCarrier(port), number),
  ...placeControls(cards),
  cards: () => cards.list(),
  async make(name, password, place) {
    const store = await cards.store(place);
    // People tell cards apart by their names alone.
    const taken = cardName(name);
    if ((await cards.list()).some((other) => other.name === taken)) throw new Fault("name-taken");
    const made = await makeCard(name, password, { slots: workerSlots });
    await store.write(made.file, null);
  },
  async open(id, secret) {
    card = null;
    opened = null;
    cards.hold(id);
    const connected = await connectCard(places, id, secret);
    const now = new WritableCard(connected.store, connected.card);
    card = now;
    opened = id;
    await keyDesk.settle();
    return openedCard({ ...connected, card: now.open });
  },
  close,
  erase: async (id) => (await cards.store(placeOf(id))).erase(cardIdOf(id)),
  async copy(id) {
    const file = await (await cards.store(placeOf(id))).read(cardIdOf(id));
    if (!file) throw new Fault("card-none");
    return encodeCard(file);
  },
  async layCopy(id, place, moves) {
    const isOpen = card !== null && opened === id;
    const copy = await layCopy(cards, id, place, { open: isOpen ? card : null, moves });
    if (!moves || !isOpen || card === null) return copy;
    cards.hold(copy);
    card = new WritableCard(await cards.store(place), card.open);
    opened = copy;
    return copy;
  },

  async link() {
    if (!card) throw noCard();
    checkDue(card);
    const control = await openControlKey();
    const link = makeLink(systemClock, await thumbprint(control.publicKey));
    const keys = await linkKeys(link);
    const here = card;
    pairing = new HubPairing(here, control, keys, link.expires, systemClock, (number, kept) =>
      keyDesk.paired(here, number, kept),
    );
    const key = keys.room.publicKey;
    const room = toBase64Url(await thumbprint(key));
    const { expires } = link;
    const fragment = linkFragment(link);
    link.secret.fill(0);
    return { fragment, expires, room, key };
  },
  async prove(request) {
    const pending = (await keyDesk.pending()).map(readNumber);
    const number = pending.find((one) => toBase64Url(one) === request.room);
    if (number) return proveIn(number, await openControlKey(), request);
    if (!pairing) throw noCard();
    return proveIn(await thumbprint(pairing.room.publicKey), pairing.room, request);
  },
  async meet(port, events) {
    if (!pairing) throw noCard();
    pairing.meet(portCarrier(port), events);
  },
  confirm: async (name, server) => pairing?.confirm(name, server),
  reject: async () => pairing?.reject(),
  cancel() {
    pairing?.cancel();
    pairing = null;
  },

  async paired() {
    const control = await importPublicKey((await openControlKey()).publicKey);
    const all = await Promise.all(
      (await paired.list()).map(async (number) => [number, await paired.read(number)] as const),
    );
    const now = all.map(async ([number, kept]) => {
      const set = kept && (await checkRecipients(control, readNumber(number), kept.signed));
      return { number, server: set?.server ?? null };
    });
    return Promise.all(now);
  },
  async registration(number, account, challenge) {
    const kept = await paired.read(number);
    if (kept === null) throw new Fault("not-paired");
    return makeRegistration(await openControlKey(), kept, { account, challenge });
  },
};

expose(api);
