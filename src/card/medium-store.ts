import { Fault, faultCode } from "../base/index.ts";
import { checkCardFile } from "./card-check.ts";
import { type CardFile, type CardOutside, decodeCard, encodeCard, outsideOf } from "./card-file.ts";
import type { CardFault } from "./fault.ts";
import { type CardMedium, fileNameFor } from "./medium.ts";
import { admitCopy, admitCounter, admitWrite, byAge, type CardStore } from "./store.ts";

/** Where this device remembers counters: on no medium, since whoever puts an old card back puts all of the medium back. */
export type Counters = Pick<CardStore, "highestCounter" | "saw">;

/** One act on a medium after the other, in all tabs. */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

const inTurnOfTabs: InTurn = (act) =>
  navigator.locks.request("sealcam-card-medium", act) as ReturnType<typeof act>;

/** A file that says that it is this card. */
interface Found {
  readonly name: string;
  /** null: damaged, or of a later version, as `code` says. */
  readonly file: CardFile | null;
  readonly code: string | null;
}

/** Cards on a medium: each a file of its own, found by the id in it and never by its name. */
export function mediumStore(
  medium: CardMedium,
  counters: Counters,
  inTurn: InTurn = inTurnOfTabs,
): CardStore {
  const texts = async (): Promise<{ name: string; text: string }[]> => {
    const all: { name: string; text: string }[] = [];
    for (const name of (await medium.list()).toSorted()) {
      const text = await medium.read(name);
      if (text !== null) all.push({ name, text });
    }
    return all;
  };
  /** Files of this id; the newest state first, what cannot be read last. */
  const found = async (id: string): Promise<Found[]> =>
    (await texts())
      .filter(({ text }) => idIn(text) === id)
      .map(({ name, text }) => ({ name, ...decoded(text) }))
      .sort((a, b) => (b.file?.counter ?? 0) - (a.file?.counter ?? 0));

  const lay = (
    given: CardFile,
    admit: (file: CardFile, stored: CardFile | null, highest: number) => boolean,
  ): Promise<void> =>
    inTurn(async () => {
      const file = checkCardFile(given);
      const [there] = await found(file.id);
      // What says that it is this card and cannot be read might be a later version's: it is nobody's to write over.
      if (there && there.file === null) throw new Fault(there.code as CardFault);
      if (!admit(file, there?.file ?? null, await counters.highestCounter(file.id))) return;
      await medium.write(there?.name ?? fileNameFor(file.name, await medium.list()), encodeCard(file));
      await counters.saw(file);
    });

  return {
    async list() {
      const newest = new Map<string, CardOutside>();
      for (const outside of (await texts()).flatMap(({ text }) => listable(text)))
        if ((newest.get(outside.id)?.counter ?? -1) < outside.counter) newest.set(outside.id, outside);
      return [...newest.values()].sort(byAge);
    },
    async read(id) {
      const [there] = await found(id);
      if (there === undefined) return null;
      if (there.file === null) throw new Fault(there.code as CardFault);
      admitCounter(there.file, await counters.highestCounter(id));
      return there.file;
    },
    write: (file, previous) =>
      lay(file, (checked, stored, highest) => {
        admitWrite(checked, previous, stored, highest);
        return true;
      }),
    put: (file) => lay(file, admitCopy),
    saw: (file) => counters.saw(file),
    erase: (id) =>
      inTurn(async () => {
        for (const { name } of await found(id)) await medium.remove(name);
      }),
    highestCounter: (id) => counters.highestCounter(id),
  };
}

function decoded(text: string): Omit<Found, "name"> {
  try {
    return { file: decodeCard(text), code: null };
  } catch (error) {
    return { file: null, code: faultCode(error) };
  }
}

function fieldsIn(text: string): Partial<CardOutside> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function idIn(text: string): string | null {
  const { id } = fieldsIn(text);
  return typeof id === "string" ? id : null;
}

/** What a file shows of a card, or nothing where it cannot be shown as one. One that is damaged inside is listed, and says so when it is opened. */
function listable(text: string): CardOutside[] {
  try {
    const outside = outsideOf(fieldsIn(text) as unknown as CardFile);
    const { id, name, created, passwordChanged, counter } = outside;
    const isShown = typeof id === "string" && typeof name === "string";
    return isShown && [created, passwordChanged, counter].every(Number.isSafeInteger) ? [outside] : [];
  } catch {
    return [];
  }
}
