/**
 * What cards lie on outside of the browser: a folder on a stick, a file, a device. It knows texts by their names, no card and no password; a page
 * may hold it for a worker. Fault "medium-gone" from each of its acts once it is not there any more.
 */
export interface CardMedium {
  /** The names of the card files on it. */
  list(): Promise<string[]>;
  /** A file's text; null: there is none, or it is longer than any card. */
  read(name: string): Promise<string | null>;
  /** Puts `text` in the file's place: cut off anywhere, it leaves what was there or all of the new. Faults "medium-full", "medium-denied". */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Settles while it is there. */
  check(): Promise<void>;
}

/** How the files are called. */
export const CARD_ENDING = ".sealcard";
/** A medium reads no longer file. bytes */
export const LONGEST_FILE = 1 << 21;

/** A file's name for a card of this name that none of `taken` has: what file systems refuse in names becomes a line. */
export function fileNameFor(card: string, taken: readonly string[]): string {
  const plain = card.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-").replace(/^[. ]+|[. ]+$/g, "");
  const base = /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(plain) ? `card ${plain}`.trim() : plain;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const name = `${count === 1 ? base : `${base} ${count}`}${CARD_ENDING}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}
