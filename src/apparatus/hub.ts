import {
  type LinkKeys,
  makeGrant,
  makeRefusal,
  type Offer,
  type PairedCamera,
  readAcknowledgement,
  readOffer,
  readWithdrawal,
  signRecipients,
  type Transcript,
} from "../auth/index.ts";
import {
  type Bytes,
  type Clock,
  equal,
  Fault,
  faultCode,
  importSigningKey,
  isFault,
  randomBytes,
  type SigningKey,
  thumbprint,
} from "../base/index.ts";
import { type BlankRecord, type CardRecord, type CardStore, type OpenCard, RIGHTS } from "../card/index.ts";
import { makeEncryptionPair, numberText, recipientOf } from "../keys/index.ts";
import type { Carrier } from "../relay/index.ts";
import type { HubEvents } from "./hub.api.ts";

/** An open card that may be written: keeps the newest state. */
export class WritableCard {
  readonly #store: CardStore;
  #open: OpenCard;

  constructor(store: CardStore, open: OpenCard) {
    this.#store = store;
    this.#open = open;
  }

  get records(): readonly CardRecord[] {
    return this.#open.records;
  }

  get blanks(): readonly BlankRecord[] {
    return this.#open.blanks;
  }

  /** The state that was read or written last. */
  get open(): OpenCard {
    return this.#open;
  }

  /**
   * Writes the state that `act` gives, or nothing where it gives undefined; `act` is asked again, with the newest state, when another
   * tab has written meanwhile, so nothing that tab wrote is lost.
   */
  async change(act: (newest: OpenCard) => Promise<OpenCard | undefined>): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const next = await act(this.#open);
      if (next === undefined || next === this.#open) return;
      try {
        await this.#store.write(next.file, this.#open.file);
        this.#open = next;
        return;
      } catch (error) {
        if (!isFault(error) || error.code !== "card-stale" || tries >= 3) throw error;
        const stored = await this.#store.read(this.#open.file.id);
        if (!stored) throw error;
        this.#open = await this.#open.reopen(stored);
      }
    }
  }

  /** Changes this camera's record: `act` gets the newest one (null: none) and gives the next, null to erase it, or undefined to leave it. */
  update(
    number: Bytes,
    act: (newest: CardRecord | null) => Promise<CardRecord | null | undefined>,
  ): Promise<void> {
    return this.change(async (open) => {
      const newest = open.records.find((record) => equal(record.number, number)) ?? null;
      const record = await act(newest);
      if (record === undefined || (record === null && newest === null)) return undefined;
      return record ? open.put(record) : open.erase(number);
    });
  }
}

/** The camera that used the link. */
interface Met {
  readonly carrier: Carrier;
  readonly events: HubEvents;
  readonly offer: Offer & { readonly transcript: Transcript };
}

/** What was written for a camera, and what lay there before. */
interface Written {
  readonly record: CardRecord;
  readonly known: CardRecord | BlankRecord | null;
}

/** The hub's side of one pairing link, from the camera's offer to its acknowledgement. */
export class HubPairing {
  readonly #card: WritableCard;
  readonly #control: SigningKey;
  readonly #keys: LinkKeys;
  readonly #expires: number;
  readonly #clock: Clock;
  readonly #keep: (number: string, paired: PairedCamera) => Promise<void>;
  #met: Met | null = null;
  #granted: (Written & { readonly transcript: Transcript; readonly signed: Bytes }) | null = null;
  #confirming = false;
  #over = false;

  constructor(
    card: WritableCard,
    control: SigningKey,
    keys: LinkKeys,
    expires: number,
    clock: Clock,
    keep: (number: string, paired: PairedCamera) => Promise<void>,
  ) {
    this.#card = card;
    this.#control = control;
    this.#keys = keys;
    this.#expires = expires;
    this.#clock = clock;
    this.#keep = keep;
  }

  get room(): SigningKey {
    return this.#keys.room;
  }

  /** The first carrier that sends a valid offer in time is the camera; everybody else is turned away. */
  meet(carrier: Carrier, events: HubEvents): void {
    // What arrived is heard one after the other, the carrier's end behind all of it.
    let heard: Promise<void> = Promise.resolve();
    const then = (act: () => Promise<void> | void): void => {
      heard = heard.then(act).catch((error: unknown) => console.error(faultCode(error), error));
    };
    carrier.onmessage = (arrived) => {
      if ("talk" in arrived) then(() => this.#hear(carrier, events, arrived.talk));
    };
    carrier.onclose = () =>
      then(() => {
        if (this.#met?.carrier === carrier) this.#fail("link-unanswered");
      });
  }

  /** Makes the keys, writes them on the card, then hands the camera its recipient set. `server`: whose passes it is to ask for from now on, 32 bytes. */
  async confirm(name: string, server: Bytes | null = null): Promise<void> {
    const met = this.#met;
    if (!met || this.#granted || this.#confirming || this.#over)
      throw new TypeError("there is nothing to confirm");
    this.#confirming = true;
    try {
      await this.#grant(met, name, server);
    } finally {
      this.#confirming = false;
    }
  }

  async #grant(met: Met, name: string, server: Bytes | null): Promise<void> {
    const { number } = met.offer;
    const { identity } = await makeEncryptionPair();
    const fresh = await makeViewerKey();
    const writtenBy = await thumbprint(this.#control.publicKey);
    let granted: (Written & { readonly signed: Bytes }) | null = null;
    // The card first: a camera must never seal for a key that nobody holds.
    await this.#card.update(number, async (known) => {
      const before = known ?? this.#blank(number);
      const generation = Math.max(met.offer.generation, known?.generation ?? 0) + 1;
      // A card keeps its viewer key for a camera: were the new generation never acknowledged, the old one still works.
      const viewerKey = known?.viewerKey ?? fresh;
      const signed = await signRecipients(this.#control.privateKey, {
        ...{ number, generation, recipients: [await recipientOf(identity)], viewers: [viewerKey.publicKey] },
        ...(server && { server }),
      });
      const record: CardRecord = {
        ...{ number, name, generation, viewerKey, controlKey: this.#control.publicKey, acknowledged: false },
        decryptionKeys: [...(known?.decryptionKeys ?? []), { generation, identity }],
        rights: before?.rights ?? RIGHTS,
        ...{ written: this.#clock.now(), writtenBy },
      };
      granted = { signed, record, known: before };
      return record;
    });
    if (!granted) throw new TypeError("nothing was written");
    const { signed, ...written } = granted as Written & { readonly signed: Bytes };
    const grant = { controlKey: this.#control.publicKey, signed };
    const said = await makeGrant(this.#keys.mac, met.offer.transcript, grant);
    // Ended meanwhile: nobody was granted anything.
    if (this.#over) return this.#takeBack(written);
    this.#granted = { transcript: said.transcript, signed, ...written };
    met.carrier.send({ talk: said.message });
  }

  /** The number on the card that waits for its keys. */
  #blank(number: Bytes): BlankRecord | null {
    return this.#card.blanks.find((blank) => equal(blank.number, number)) ?? null;
  }

  /**
   * The card as it was: only where it is certain that the camera did not take the keys and never will. A record that
   * another tab has written since is left alone; a key too many harms nothing.
   */
  #takeBack({ record, known }: Written): Promise<void> {
    const { number, generation } = record;
    return this.#card.change(async (open) => {
      const newest = open.records.find((one) => equal(one.number, number));
      if (newest?.generation !== generation) return undefined;
      if (known && "viewerKey" in known) return open.put(known);
      const erased = await open.erase(number);
      return known ? erased.putBlank(known) : erased;
    });
  }

  async reject(): Promise<void> {
    this.#met?.carrier.send({ talk: await makeRefusal(this.#keys.mac, "rejected") });
    this.#fail("pairing-rejected");
  }

  /** Ends it from this side without a word; an offer or acknowledgement that still arrives changes nothing. */
  cancel(): void {
    this.#over = true;
    this.#met?.carrier.close();
  }

  async #hear(carrier: Carrier, events: HubEvents, message: Bytes): Promise<void> {
    if (this.#met?.carrier === carrier) return this.#continue(message);
    if (this.#clock.now() > this.#expires || this.#over) return carrier.close();
    let offer: Met["offer"];
    try {
      offer = await readOffer(this.#keys.mac, message);
    } catch {
      // Not from a holder of the link: it proves nothing and uses nothing up.
      return carrier.close();
    }
    // Asked behind the last await: of two offers at once only one is the camera's.
    if (this.#met) {
      carrier.send({ talk: await makeRefusal(this.#keys.mac, "used") });
      return carrier.close();
    }
    this.#met = { carrier, events, offer };
    const known = this.#card.records.find(({ number }) => equal(number, offer.number));
    events.onoffered({
      ...{ number: numberText(offer.number), label: offer.label },
      name: (known ?? this.#blank(offer.number))?.name ?? null,
    });
  }

  async #continue(message: Bytes): Promise<void> {
    const { offer, carrier, events } = this.#met!;
    try {
      const granted = this.#granted;
      if (await readWithdrawal(this.#keys.mac, offer.transcript, offer.key, message)) {
        // A camera that signs its no has not taken the set, and takes none any more.
        if (granted && !this.#over) await this.#takeBack(granted);
        return this.#fail("pairing-rejected");
      }
      if (!granted || this.#over) return this.#fail("pairing-mac");
      const { transcript, signed, record } = granted;
      const acknowledgement = await readAcknowledgement(
        this.#keys.mac,
        transcript,
        offer.key,
        signed,
        message,
      );
      if (acknowledgement === null) return this.#fail("pairing-mac");
      this.#over = true;
      // Said over this pairing alone: kept now, or no server can ever be shown it.
      await this.#keep(numberText(record.number), { cameraKey: offer.key.raw, signed, acknowledgement });
      await this.#card.update(record.number, async (newest) =>
        newest?.generation === record.generation ? { ...newest, acknowledged: true } : undefined,
      );
      events.onpaired();
      carrier.close();
    } catch (error) {
      this.#over = false;
      this.#fail(faultCode(error));
    }
  }

  #fail(code: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#met?.events.onfailed(code);
    this.#met?.carrier.close();
  }
}

/** A fresh key by which a card proves itself to a camera. */
export const makeViewerKey = async (): Promise<CardRecord["viewerKey"]> => {
  const seed = randomBytes(32);
  return { seed, publicKey: (await importSigningKey(seed)).publicKey };
};

/** Says that no card is open. */
export const noCard = (): Fault => new Fault("card-locked");
