import { checkRecipients, type PairedCamera, signRecipients } from "../auth/index.ts";
import {
  type Bytes,
  type Clock,
  equal,
  Fault,
  importPublicKey,
  type SigningKey,
  thumbprint,
} from "../base/index.ts";
import { type CardRecord, RIGHTS } from "../card/index.ts";
import { makeEncryptionPair, numberText, readNumber, recipientOf } from "../keys/index.ts";
import type { Carrier } from "../relay/index.ts";
import { makeViewerKey, noCard, type WritableCard } from "./hub.ts";
import type { CameraSet, Holder, PairedStore, SetStore, ShutOut } from "./hub-store.ts";
import type { CameraKeys } from "./keys.api.ts";
import { deliverSet } from "./set-delivery.ts";

/** Cards that may have keys of their own for one camera. */
export const mostHolders = 8;

/** What the desk works with. */
export interface KeyDeskMeans {
  /** The card that is open; null: none. */
  readonly now: () => WritableCard | null;
  readonly control: () => Promise<SigningKey>;
  readonly sets: SetStore;
  readonly paired: Pick<PairedStore, "read" | "keep">;
  readonly clock: Clock;
}

/** What is to be another with the next set. */
interface Change {
  /** The id of a card that is to be shut out. */
  readonly without?: string | undefined;
  /** A card that is to have keys of its own. */
  readonly beside?: WritableCard;
}

/** Fresh keys of a card for a camera. */
interface FreshKeys {
  readonly identity: string;
  readonly viewerKey: CardRecord["viewerKey"];
}

const freshKeys = async (): Promise<FreshKeys> => ({
  identity: (await makeEncryptionPair()).identity,
  viewerKey: await makeViewerKey(),
});

/** Where the hub makes new sets for its cameras, and remembers them until each camera has acknowledged its own [RP27]. */
export class KeyDesk {
  readonly #means: KeyDeskMeans;

  constructor(means: KeyDeskMeans) {
    this.#means = means;
  }

  /** A camera was paired with this card: it obeys this set, and whoever else had keys for it is shut out. */
  async paired(card: WritableCard, text: string, camera: PairedCamera): Promise<void> {
    const { paired, sets, clock } = this.#means;
    await paired.keep(text, camera);
    const record = recordOn(card, readNumber(text));
    const key = record?.decryptionKeys.at(-1);
    if (!record || !key) throw new Fault("camera-not-on-card");
    const at = clock.now();
    const { generation, viewerKey } = record;
    const own = await holderOf(card, { identity: key.identity, viewerKey }, at);
    await sets.change(text, (before) => {
      const { holders, shutOut } = others(before, [own]);
      const all = [...shutOut, ...holders.map(outOf)];
      return inForce({ generation, signed: camera.signed, made: at, holders: [own], shutOut: all }, at);
    });
  }

  /**
   * Gives the open card new keys for this camera, and makes the set of them: what had its old ones, a copy of it too, opens nothing any more
   * once the camera has acknowledged. The card is written first: a camera must never seal for a key that nobody holds. Faults "card-locked",
   * "camera-not-on-card", "not-paired" where another hub did it; "card-full" beyond `mostHolders`.
   */
  async rekey(text: string, change: Change = {}): Promise<void> {
    const { sets, clock } = this.#means;
    const number = readNumber(text);
    const card = this.#card();
    const control = await this.#means.control();
    const writtenBy = await thumbprint(control.publicKey);
    for (let tries = 0; tries < 4; tries += 1) {
      const before = await this.#setOf(text, control);
      const known = recordOn(card, number);
      if (!known) throw new Fault("camera-not-on-card");
      const at = clock.now();
      const generation = Math.max(before.generation, known.generation) + 1;
      const fresh = await Promise.all(
        [card, ...(change.beside ? [change.beside] : [])].map(async (one) => {
          const keys = await freshKeys();
          return { card: one, keys, holder: await holderOf(one, keys, at) };
        }),
      );
      const holders = fresh.map(({ holder }) => holder);
      const made = await makeSet(control, number, before, {
        generation,
        at,
        holders,
        without: change.without,
      });
      let isWritten = true;
      // The other card first: it may be one that cannot be written.
      for (const { card: one, keys } of fresh.toReversed()) {
        const { identity, viewerKey } = keys;
        await one.update(number, async (newest) => {
          // Erased meanwhile, or another tab was faster.
          isWritten &&= one === card ? newest !== null && newest.generation < generation : true;
          if (!isWritten) return undefined;
          return {
            ...{ number, generation, viewerKey, acknowledged: false, controlKey: control.publicKey },
            ...{ name: (newest ?? known).name, rights: newest?.rights ?? RIGHTS, written: at, writtenBy },
            decryptionKeys: [...(newest?.decryptionKeys ?? []), { generation, identity }],
          };
        });
      }
      // Whom another tab shut out stays shut out.
      const isNewest = (now: CameraSet | null): boolean => (now?.generation ?? 0) <= before.generation;
      if (isWritten && (await sets.change(text, (now) => (isNewest(now) ? made : now))) === made) return;
    }
    throw new Fault("card-stale");
  }

  /** Cameras that have not acknowledged their newest set. */
  async pending(): Promise<string[]> {
    return (await this.#means.sets.list()).flatMap(([number, set]) =>
      set.acknowledged === null ? [number] : [],
    );
  }

  /** How the keys of all cameras stand. */
  async keys(): Promise<CameraKeys[]> {
    return (await this.#means.sets.list()).map(
      ([number, { generation, acknowledged: since, made, holders, shutOut }]) => ({
        ...{ number, generation, since, made },
        cards: holders.map(({ card, name, since: from }) => ({ id: card, name, since: from })),
        shutOut: shutOut.map(({ card, name, since: from }) => ({ id: card, name, since: from })),
      }),
    );
  }

  /** Hands the camera behind a carrier its newest set, and keeps its word on it. Faults "not-paired", and those of `deliverSet`. */
  async deliver(carrier: Carrier, text: string): Promise<void> {
    const { sets, paired, control, clock } = this.#means;
    try {
      const [set, known] = await Promise.all([sets.read(text), paired.read(text)]);
      if (!set || !known) throw new Fault("not-paired");
      const { signed, generation } = set;
      const { cameraKey } = known;
      const number = readNumber(text);
      const acknowledgement = await deliverSet(carrier, {
        control: await control(),
        number,
        cameraKey,
        signed,
      });
      await paired.keep(text, { cameraKey, signed, acknowledgement });
      const at = clock.now();
      await sets.change(text, (now) => (now?.generation === generation ? inForce(now, at) : now));
      await this.settle();
    } finally {
      carrier.close();
    }
  }

  /** Writes on the open card, where one is, what cameras have acknowledged meanwhile. */
  async settle(): Promise<void> {
    const card = this.#means.now();
    if (!card) return;
    for (const { number, acknowledged: isKnown, generation } of card.records) {
      if (isKnown) continue;
      const set = await this.#means.sets.read(numberText(number));
      // A set of a higher generation that is in force names this card's keys too, or its keys are void anyhow.
      if (!set || set.acknowledged === null || set.generation < generation) continue;
      await card.update(number, async (newest) =>
        newest?.generation === generation ? { ...newest, acknowledged: true } : undefined,
      );
    }
  }

  #card(): WritableCard {
    const card = this.#means.now();
    if (!card) throw noCard();
    return card;
  }

  /** The newest set; of a camera that was paired before sets were kept, the one that it acknowledged then. */
  async #setOf(text: string, control: SigningKey): Promise<CameraSet> {
    const { sets, paired } = this.#means;
    const known = await sets.read(text);
    if (known) return known;
    const camera = await paired.read(text);
    if (!camera) throw new Fault("not-paired");
    const set = await checkRecipients(
      await importPublicKey(control.publicKey),
      readNumber(text),
      camera.signed,
    );
    const at = this.#means.clock.now();
    const { generation } = set;
    return inForce({ generation, signed: camera.signed, made: at, holders: [], shutOut: [] }, at);
  }
}

const recordOn = (card: WritableCard, number: Bytes): CardRecord | null =>
  card.records.find((record) => equal(record.number, number)) ?? null;

const holderOf = async (card: WritableCard, keys: FreshKeys, since: number): Promise<Holder> => {
  const { id, name } = card.open.file;
  const recipient = await recipientOf(keys.identity);
  return { ...{ card: id, name, recipient, since }, viewer: keys.viewerKey.publicKey };
};

const outOf = ({ card, name }: Holder): ShutOut => ({ card, name, since: null });

/** Whoever had keys or was shut out before, and is not among these. */
const others = (
  before: CameraSet | null,
  fresh: readonly Holder[],
): Pick<CameraSet, "holders" | "shutOut"> => {
  const isOther = ({ card }: { readonly card: string }): boolean => !fresh.some((one) => one.card === card);
  return {
    holders: (before?.holders ?? []).filter(isOther),
    shutOut: (before?.shutOut ?? []).filter(isOther),
  };
};

/** The set behind `before`, signed and pending. Fault "card-full" beyond `mostHolders`. */
const makeSet = async (
  control: SigningKey,
  number: Bytes,
  before: CameraSet,
  next: {
    readonly generation: number;
    readonly at: number;
    readonly holders: readonly Holder[];
    readonly without: string | undefined;
  },
): Promise<CameraSet> => {
  const { generation, at } = next;
  const rest = others(before, next.holders);
  const gone = rest.holders.filter(({ card }) => card === next.without);
  const holders = [...rest.holders.filter((one) => !gone.includes(one)), ...next.holders];
  if (holders.length > mostHolders) throw new Fault("card-full", { most: mostHolders });
  // Whose passes the camera asks for stays.
  const { server } = await checkRecipients(await importPublicKey(control.publicKey), number, before.signed);
  const signed = await signRecipients(control.privateKey, {
    ...{ number, generation, recipients: holders.map(({ recipient }) => recipient) },
    viewers: holders.map(({ viewer }) => viewer),
    ...(server && { server }),
  });
  const shutOut = [...rest.shutOut, ...gone.map(outOf)];
  return { ...{ generation, signed, made: at, acknowledged: null }, holders, shutOut };
};

/** The set as it is once the camera has said so. */
const inForce = (set: Omit<CameraSet, "acknowledged">, at: number): CameraSet => ({
  ...{ ...set, acknowledged: at },
  shutOut: set.shutOut.map((one) => ({ ...one, since: one.since ?? at })),
});
