import { type Bytes, concat, equal } from "../base/index.ts";
import { itemType, peekType } from "./fields.ts";
import {
  decodeIndexHead,
  decodeRecord,
  encodeIndexHead,
  encodeRecord,
  everyTrack,
  type IndexHead,
  type IndexRecord,
  recordLength,
  what,
} from "./index-record.ts";
import { type FramePlace, peekFrame, standsAlone } from "./peek-frame.ts";
import type { Append, ByteSource } from "./recording.ts";
import { rememberedEpochs } from "./recording.ts";
import { skimRecording } from "./skim.ts";

/**
 * Where to enter a recording. A convenience beside the file and never believed: whoever reads at an offset judges what stands there, and
 * an index that says something else than the file is made anew.
 */
export interface IndexEntry {
  readonly offset: number;
  /** Camera clock, ms. */
  readonly captured: number;
  readonly track: number;
  readonly sequence: number;
}

/** Entries of one track lie at least this far apart by the camera's clock. ms */
export const entryInterval = 500;

/**
 * Entries that an index has whatever they lie apart: those of ten hours. Behind that, each track's lie ever further apart in the file, in
 * measure as it grows: twice as long a file has no more than so many again.
 */
const most = 1 << 17;

/** From `offset` on, frames of `track` (or of all: null) that claim a sequence below `below` come too late. */
export interface Back {
  readonly offset: number;
  readonly track: number | null;
  readonly below: number;
}

/** What the frames claim of their order, for as long as nobody has judged the whole file. */
export interface ClaimedOrder {
  /** Where what claims to be the signed end stands; null: nowhere. */
  readonly ended: number | null;
  readonly backs: readonly Back[];
}

/** So many `Back` an index has; behind them, every frame comes too late. */
const mostBacks = 4096;

/** An index as read. */
export interface RecordingIndex extends ClaimedOrder {
  readonly head: IndexHead;
  /** In file order: frames that can be shown alone. */
  readonly entries: readonly IndexEntry[];
  /** Offsets of announcements. */
  readonly epochs: readonly number[];
  /** Up to here the recording is listed; what lies behind has to be looked at. */
  readonly reached: number;
  /** That is behind an item, not at the beginning of the last one that is listed. */
  readonly isMarked: boolean;
  /** Camera clock of the first entry and of the last frame that is known, ms; null without any. */
  readonly from: number | null;
  readonly to: number | null;
  /** Bytes of it that were read: whole records. */
  readonly length: number;
  /** Of each track: above all that its frames claimed. */
  readonly highest: ReadonlyMap<number, number>;
  /** By track, its entries in stretches over which the camera's clock did not go back. */
  readonly stretches: ReadonlyMap<number, readonly (readonly IndexEntry[])[]>;
}

/** Lists the items of a recording as they are written. What it appends is an index, cut off anywhere. */
export class IndexWriter {
  readonly #append: Append;
  /** The newest entry by track. */
  readonly #newest = new Map<number, Pick<IndexEntry, "captured" | "offset">>();
  #entries = 0;
  /** Of each track: above all that its frames claimed; and that when it was last said that some came too late. */
  readonly #highest = new Map<number, number>();
  readonly #said = new Map<number, number>();
  #backs = 0;
  #hasEnded = false;
  /** Announcements that stand in front of the next entry: who enters there needs no others [SR6]. */
  #epochs: IndexRecord[] = [];
  #hasHead = false;
  #last = -1;
  #captured = 0;
  #reached = 0;
  #marked = 0;

  /** With `known` it goes on where that index ends. */
  constructor(append: Append, known: RecordingIndex | null = null) {
    this.#append = append;
    if (!known) return;
    this.#hasHead = true;
    for (const entry of known.entries) this.#newest.set(entry.track, entry);
    this.#entries = known.entries.length;
    for (const [track, sequence] of known.highest) this.#highest.set(track, sequence);
    for (const { track, below } of known.backs) this.#said.set(track ?? everyTrack, below);
    this.#backs = known.backs.length;
    this.#hasEnded = known.ended !== null;
    this.#last = Math.max(known.entries.at(-1)?.offset ?? -1, known.epochs.at(-1) ?? -1);
    this.#captured = known.to ?? 0;
    this.#reached = known.reached;
    this.#marked = known.reached;
  }

  /** Takes the item at `offset` that ends at `end`: the whole of a head, of others the first 64 bytes at least. */
  take(offset: number, end: number, beginning: Bytes): void {
    const isKnown = offset <= this.#last || offset < this.#reached;
    this.#reached = Math.max(this.#reached, end);
    const type = peekType(beginning);
    if (isKnown && type === itemType.frame) this.#rise(peekFrame(beginning));
    if (isKnown) return;
    if (!this.#hasHead) {
      if (type !== itemType.head) return;
      this.#hasHead = true;
      this.#append(encodeIndexHead(beginning));
    } else if (type === itemType.epoch) this.#takeEpoch(offset);
    else if (type === itemType.end) this.#takeEnd(offset);
    else if (type === itemType.frame) this.#takeFrame(offset, peekFrame(beginning));
  }

  /** Says up to where the recording is listed; the index may go on behind it. */
  close(): void {
    if (!this.#hasHead || this.#reached <= this.#marked) return;
    this.#marked = this.#reached;
    this.#writeEpochs();
    const offset = this.#reached;
    for (const [track, sequence] of this.#highest)
      this.#write({ what: what.highest, track, offset, sequence });
    this.#write({ what: what.reached, track: 0, offset, sequence: 0 });
  }

  #takeEnd(offset: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#writeEpochs();
    this.#write({ what: what.ended, track: 0, offset, sequence: 0 });
  }

  #rise(frame: FramePlace | null): void {
    if (!frame || frame.track >= everyTrack) return;
    this.#highest.set(frame.track, Math.max(this.#highest.get(frame.track) ?? 0, frame.sequence + 1));
  }

  /** Notes where a track's frames go back, once for each sequence they had come to. */
  #order(offset: number, track: number, sequence: number): void {
    const highest = this.#highest.get(track) ?? 0;
    if (sequence >= highest) this.#highest.set(track, sequence + 1);
    else if (this.#said.get(track) !== highest && this.#backs < mostBacks) {
      this.#said.set(track, highest);
      this.#backs += 1;
      const isLast = this.#backs === mostBacks;
      this.#writeEpochs();
      const to = isLast
        ? { track: everyTrack, sequence: Number.MAX_SAFE_INTEGER }
        : { track, sequence: highest };
      this.#write({ what: what.back, offset, ...to });
    }
  }

  #takeEpoch(offset: number): void {
    this.#epochs.push({ what: what.epoch, track: 0, offset, captured: this.#captured, sequence: 0 });
    if (this.#epochs.length > rememberedEpochs) this.#epochs.shift();
  }

  #takeFrame(offset: number, frame: FramePlace | null): void {
    if (!frame) return;
    const { track, sequence, captured } = frame;
    this.#captured = captured;
    if (track >= everyTrack) return;
    this.#order(offset, track, sequence);
    if (!standsAlone(frame)) return;
    const newest = this.#newest.get(track);
    // A clock that was set back is a new beginning.
    if (newest && Math.abs(captured - newest.captured) < entryInterval) return;
    if (newest && offset - newest.offset < this.#apart(offset)) return;
    this.#newest.set(track, { captured, offset });
    this.#entries += 1;
    this.#writeEpochs();
    this.#write({ what: what.entry, track, offset, sequence });
  }

  /** How far apart a track's entries have to lie here, in bytes. */
  #apart(offset: number): number {
    return this.#entries < most ? 0 : (offset * this.#newest.size) / most;
  }

  #writeEpochs(): void {
    for (const epoch of this.#epochs) this.#append(encodeRecord(epoch));
    this.#last = Math.max(this.#last, this.#epochs.at(-1)?.offset ?? -1);
    this.#epochs = [];
  }

  #write(record: Omit<IndexRecord, "captured">): void {
    if (listsItem(record)) this.#last = record.offset;
    this.#append(encodeRecord({ ...record, captured: this.#captured }));
  }
}

/** Of an entry and an announcement there is one record; others may stand where such a one does. */
const listsItem = (record: Pick<IndexRecord, "what">): boolean =>
  record.what === what.entry || record.what === what.epoch;

/** Reads an index or the beginning of one; null where it is none, or its records are in no order. Believes nothing. */
export const readIndex = (bytes: Uint8Array): RecordingIndex | null => {
  const head = decodeIndexHead(bytes);
  if (!head) return null;
  const entries: IndexEntry[] = [];
  const epochs: number[] = [];
  const backs: Back[] = [];
  const highest = new Map<number, number>();
  const rise = (track: number, to: number): unknown =>
    highest.set(track, Math.max(highest.get(track) ?? 0, to));
  let [last, reached, length, to] = [-1, head.length, recordLength, null as number | null];
  let [ended, isMarked] = [null as number | null, false];
  for (;;) {
    const record = decodeRecord(bytes, length);
    if (!record) break;
    length += recordLength;
    const { offset, captured, track, sequence } = record;
    if (offset <= last || offset < reached) return null;
    reached = offset;
    if (listsItem(record)) last = offset;
    isMarked = record.what === what.reached;
    switch (record.what) {
      case what.entry:
        // Whoever lists the items says where a track goes back, before what comes too late.
        if (sequence < (highest.get(track) ?? 0) && !isBack(backs, track, sequence)) return null;
        entries.push({ offset, captured, track, sequence });
        rise(track, sequence + 1);
        break;
      case what.epoch:
        epochs.push(offset);
        break;
      case what.back:
        if (backs.length === mostBacks) return null;
        backs.push({ offset, track: track === everyTrack ? null : track, below: sequence });
        rise(track, sequence);
        break;
      case what.ended:
        ended ??= offset;
        break;
      case what.highest:
        rise(track, sequence);
        break;
    }
    if (entries.length > 0) to = captured;
  }
  const from = entries[0]?.captured ?? null;
  const order = { ended, backs, highest };
  const stretches = stretchesOf(entries);
  return { head, entries, epochs, ...order, reached, isMarked, from, to, length, stretches };
};

const isBack = (backs: readonly Back[], on: number, sequence: number): boolean =>
  backs.some(({ track, below }) => (track ?? on) === on && sequence < below);

const stretchesOf = (entries: readonly IndexEntry[]): Map<number, IndexEntry[][]> => {
  const byTrack = new Map<number, IndexEntry[][]>();
  for (const entry of entries) {
    const stretches = byTrack.get(entry.track);
    if (!stretches) byTrack.set(entry.track, [[entry]]);
    else if (entry.captured < (stretches.at(-1)?.at(-1)?.captured ?? 0)) stretches.push([entry]);
    else stretches.at(-1)?.push(entry);
  }
  return byTrack;
};

/**
 * Where to enter in order to see `track` at `time` (camera clock, ms): the last entry not later; before all of them the first. Where the
 * camera's clock went back and a time came twice, the first time it came. null where the track has no entries.
 */
export const findEntry = (index: RecordingIndex, time: number, track: number): IndexEntry | null => {
  const stretches = index.stretches.get(track) ?? [];
  let best: IndexEntry | null = null;
  for (const stretch of stretches) {
    const found = lastNotLater(stretch, time);
    if (!found) continue;
    if (time <= (stretch.at(-1) as IndexEntry).captured) return found;
    if (!best || found.captured > best.captured) best = found;
  }
  return best ?? stretches[0]?.[0] ?? null;
};

const lastNotLater = (stretch: readonly IndexEntry[], time: number): IndexEntry | null => {
  let [low, high] = [0, stretch.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretch[middle] as IndexEntry).captured <= time) low = middle + 1;
    else high = middle;
  }
  return stretch[low - 1] ?? null;
};

/** Offsets of the announcements that a reader who enters at `offset` has to take first, behind the head at 0 [SR6]. */
export const announcedBefore = (index: RecordingIndex, offset: number): number[] =>
  index.epochs.filter((epoch) => epoch < offset).slice(-rememberedEpochs);

/** The first and the last moment that an index knows (camera clock, ms), from its first kilobyte and its last `recordLength` bytes. */
export const indexSpan = (
  beginning: Uint8Array,
  lastRecord: Uint8Array,
): { readonly from: number; readonly to: number } | null => {
  const from = readIndex(beginning)?.from ?? null;
  const last = decodeRecord(lastRecord, 0);
  return from === null || !last ? null : { from, to: last.captured };
};

/** Whether what stands at the entry's offset claims to be that frame. What it is, a judge has to say. */
export const holdsEntry = async (source: ByteSource, entry: IndexEntry): Promise<boolean> => {
  const place = peekFrame(await source.read(entry.offset, 64));
  if (!place) return false;
  const isThere = place.track === entry.track && place.sequence === entry.sequence;
  return isThere && place.captured === entry.captured && standsAlone(place);
};

/** Whether an index can be this recording's: of the same head, and its last entry is there. */
const fits = async (source: ByteSource, index: RecordingIndex): Promise<boolean> => {
  if (index.reached > source.size) return false;
  const head = await source.read(0, index.head.length);
  if (!equal(head.subarray(-8), index.head.mark)) return false;
  const last = index.entries.at(-1);
  return last === undefined || holdsEntry(source, last);
};

/** Where to go on: without a mark, how far each track had come has to be seen again from its last entry on. */
const goesOnAt = ({ isMarked, reached, stretches }: RecordingIndex): number => {
  const newest = [...stretches.values()].map((all) => all.at(-1)?.at(-1)?.offset ?? 0);
  return isMarked ? reached : Math.min(reached, ...newest);
};

/**
 * The index of a whole recording: what is known of it and fits, and the rest made from the file. `bytes` are what should lie beside it,
 * null where what was known is that.
 */
export const completeIndex = async (
  source: ByteSource,
  known: Uint8Array,
): Promise<{ readonly index: RecordingIndex | null; readonly bytes: Bytes | null }> => {
  const read = readIndex(known);
  const index = read && (await fits(source, read)) ? read : null;
  const added = new Grown();
  let items = 0;
  const writer = new IndexWriter((bytes) => added.add(bytes), index);
  for await (const { offset, end, beginning } of skimRecording(source, index ? goesOnAt(index) : 0)) {
    writer.take(offset, end, beginning);
    if (offset >= (index?.reached ?? 0)) items += 1;
  }
  writer.close();
  // The last item that the index lists is not there, or not whole.
  if (index && items === 0 && !index.isMarked) return completeIndex(source, new Uint8Array(0));
  if (index && added.length === 0) return { index, bytes: null };
  // A torn record at the end of what was known goes.
  const bytes = concat(known.subarray(0, index?.length ?? 0), added.bytes);
  return { index: readIndex(bytes), bytes };
};

/** Bytes that are added one behind the other. */
class Grown {
  #held: Bytes = new Uint8Array(1 << 12);
  length = 0;

  get bytes(): Bytes {
    return this.#held.subarray(0, this.length);
  }

  add(bytes: Bytes): void {
    const end = this.length + bytes.length;
    if (end > this.#held.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#held.length));
      larger.set(this.bytes);
      this.#held = larger;
    }
    this.#held.set(bytes, this.length);
    this.length = end;
  }
}
