import { type Bytes, equal, Fault, systemClock, thumbprint } from "../base/index.ts";
import {
  type BlankRecord,
  type CardRecord,
  type CardWithCode,
  type OpenCard,
  passwordDue,
  RIGHTS,
  ruleOf,
  workerSlots,
} from "../card/index.ts";
import { readNumber } from "../keys/index.ts";
import { blanksOn, camerasOn } from "./cameras-on-card.ts";
import type { CardDeskApi, CardInside } from "./card.api.ts";
import { cardIdOf } from "./card-places.ts";
import { noCard, WritableCard } from "./hub.ts";
import { type CardPlaces, openStoredCard } from "./open-stored-card.ts";

/** What the desk works with. */
export interface DeskMeans {
  readonly places: CardPlaces;
  /** The card that is open; null: none. */
  readonly now: () => WritableCard | null;
  /** The raw control key of this hub, 32 bytes: what is written is said to be written by it. */
  readonly controlKey: () => Promise<Uint8Array>;
}

/** Where its owner changes an open card. */
export const cardDesk = ({ places, now, controlKey }: DeskMeans): CardDeskApi => {
  const { slots = workerSlots, clock = systemClock } = places;
  const held = (): WritableCard => {
    const card = now();
    if (!card) throw noCard();
    return card;
  };
  /** `first`: it is the change of a password that is due, before which there is no other. */
  const change = async (act: (open: OpenCard) => Promise<OpenCard>, first = false): Promise<CardInside> => {
    const card = held();
    await card.change(async (open) => {
      // [CF15]
      if (!first && passwordDue(open.file, clock.now()).state === "now") throw new Fault("password-due");
      return act(open);
    });
    return insideOf(card.open);
  };
  /** What was made for a state that another tab was faster than opens nothing: the last code counts. */
  const changeWithCode = async (
    act: (open: OpenCard) => Promise<CardWithCode>,
    first = false,
  ): Promise<CardInside> => {
    let recoveryCode: string | null = null;
    const inside = await change(async (open) => {
      const made = await act(open);
      recoveryCode = made.recoveryCode;
      return made.card;
    }, first);
    return { ...inside, recoveryCode };
  };
  return {
    inside: () => insideOf(held().open),
    changePassword: (password) =>
      changeWithCode((open) => open.changePassword(password, { slots, clock }), true),
    addRecovery: () => changeWithCode((open) => open.addRecovery(clock)),
    addPasskey: (output) =>
      change((open) => open.addPasskey(output, clock)).finally(() => void output.fill(0)),
    dropWay: ({ kind, added }) =>
      change(async (open) => {
        const at = open.file.slots.findIndex((slot) => slot.kind === kind && slot.added === added);
        return at < 0 ? open : open.dropSlot(at);
      }),
    setRule: (days) => change((open) => open.setRule(days)),
    setAccount: (account) => change((open) => open.setAccount(account)),
    async addBlank(text, name) {
      const number = typedNumber(text);
      const writtenBy = await thumbprint(await controlKey());
      return change((open) => {
        if (open.records.some((record) => equal(record.number, number))) throw new Fault("camera-on-card");
        return open.putBlank({ number, name, rights: RIGHTS, written: clock.now(), writtenBy });
      });
    },
    setRights: (text, rights) =>
      change((open) => {
        const found = recordOf(open, text);
        // In the order of [CF19].
        const record = { ...found, rights: RIGHTS.filter((right) => rights.includes(right)) };
        return "viewerKey" in record ? open.put(record) : open.putBlank(record);
      }),
    eraseCamera: (text) => change((open) => open.erase(recordOf(open, text).number)),
    eraseAllCameras: () => change((open) => open.eraseAll()),
    async copyCamera(text, to, secret, moves) {
      const here = held();
      const record = recordOf(here.open, text);
      if (cardIdOf(to) === here.open.file.id) throw new RangeError('"to" is the card that is open');
      const { card, store } = await openStoredCard(places, to, secret);
      const there = new WritableCard(store, card);
      await there.change((open) => putBeside(open, record));
      // The other one first: what is nowhere is lost.
      if (!moves) return insideOf(here.open);
      await here.change((open) => open.erase(record.number));
      return insideOf(here.open);
    },
  };
};

const insideOf = (open: OpenCard): CardInside => ({
  cameras: camerasOn(open.records),
  blanks: blanksOn(open.blanks),
  account: open.account,
  ways: open.file.slots.flatMap((slot) =>
    slot.kind === "password" ? [] : [{ kind: slot.kind, added: slot.added }],
  ),
  rule: ruleOf(open.file),
  passwordChanged: open.file.passwordChanged,
  recoveryCode: null,
});

/** A number that a person typed. */
const typedNumber = (text: string): Bytes => {
  try {
    const number = readNumber(text);
    if (number.length === 32) return number;
  } catch {
    // said below
  }
  throw new Fault("camera-number");
};

const recordOf = (open: OpenCard, text: string): CardRecord | BlankRecord => {
  const number = readNumber(text);
  const found = [...open.records, ...open.blanks].find((record) => equal(record.number, number));
  if (!found) throw new Fault("camera-not-on-card");
  return found;
};

/** The record of the higher generation is in force; keys that either has stay. */
const putBeside = async (open: OpenCard, record: CardRecord | BlankRecord): Promise<OpenCard> => {
  const theirs = open.records.find(({ number }) => equal(number, record.number));
  if (!("viewerKey" in record)) return theirs ? open : open.putBlank(record);
  if (!theirs) return open.put(record);
  const newer = theirs.generation > record.generation ? theirs : record;
  const keys = new Map(
    [...theirs.decryptionKeys, ...record.decryptionKeys].map((key) => [key.generation, key]),
  );
  for (const key of newer.decryptionKeys) keys.set(key.generation, key);
  const decryptionKeys = [...keys.values()].sort((a, b) => a.generation - b.generation);
  return open.put({ ...newer, decryptionKeys });
};
