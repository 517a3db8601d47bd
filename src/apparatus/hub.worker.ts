import { checkRecipients, linkFragment, linkKeys, makeLink, makeRegistration } from "../auth/index.ts";
import { expose, Fault, importPublicKey, systemClock, thumbprint, toBase64Url } from "../base/index.ts";
import {
  cardName,
  encodeCard,
  idbAttempts,
  idbStore,
  makeCard,
  outsideOf,
  passwordDue,
  workerSlots,
} from "../card/index.ts";
import { readNumber } from "../keys/index.ts";
import { portCarrier } from "../relay/index.ts";
import { openedCard } from "./cameras-on-card.ts";
import { cardDesk } from "./card-desk.ts";
import type { HubApi } from "./hub.api.ts";
import { HubPairing, noCard, WritableCard } from "./hub.ts";
import { openControlKey, pairedStore } from "./hub-store.ts";
import { type CardPlaces, connectCard } from "./open-stored-card.ts";
import { proveIn } from "./prove.ts";

const store = idbStore();
const places: CardPlaces = { cards: store, attempts: idbAttempts() };
const paired = pairedStore();
let card: WritableCard | null = null;
let pairing: HubPairing | null = null;

const desk = cardDesk({
  ...{ places, now: () => card },
  controlKey: async () => (await openControlKey()).publicKey,
});

const api: HubApi = {
  ...desk,
  cards: async () => (await store).list(),
  async make(name, password) {
    // People tell cards apart by their names alone.
    const taken = cardName(name);
    if ((await (await store).list()).some((other) => other.name === taken)) throw new Fault("name-taken");
    const made = await makeCard(name, password, { slots: workerSlots });
    await (await store).write(made.file, null);
    return outsideOf(made.file);
  },
  async open(id, secret) {
    card = null;
    const connected = await connectCard(places, id, secret);
    card = new WritableCard(await store, connected.card);
    return openedCard(connected);
  },
  close() {
    card = null;
    pairing = null;
  },
  erase: async (id) => (await store).erase(id),
  async copy(id) {
    const file = await (await store).read(id);
    if (!file) throw new Fault("card-none");
    return encodeCard(file);
  },

  async link() {
    if (!card) throw noCard();
    if (passwordDue(card.open.file, systemClock.now()).state === "now") throw new Fault("password-due");
    const control = await openControlKey();
    const link = makeLink(systemClock, await thumbprint(control.publicKey));
    const keys = await linkKeys(link);
    pairing = new HubPairing(card, control, keys, link.expires, systemClock, paired.keep);
    const key = keys.room.publicKey;
    const room = toBase64Url(await thumbprint(key));
    const { expires } = link;
    const fragment = linkFragment(link);
    link.secret.fill(0);
    return { fragment, expires, room, key };
  },
  async prove(request) {
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
