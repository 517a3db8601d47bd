import { type Clock, Fault, faultCode, randomBytes, toBase64Url } from "../base/index.ts";
import { maxBatch } from "../images/index.ts";
import { type ByteSource, checkHead, readRecording } from "../seal/check.ts";
import type { RecordingEntry, RecordingStore } from "./recording-store.ts";
import { cutBatch, firstFrameOf, isBetweenItems } from "./upload-batch.ts";
import type { UploadServer } from "./upload-server.ts";
import type { UploadPlace, UploadStore } from "./upload-store.ts";

/** How copies of a camera's recordings stand. */
export interface CopyProgress {
  /** Bytes that are here and not there, of so many recordings. */
  readonly waiting: number;
  readonly unfinished: number;
  /** So many are there whole, as the server confirmed. */
  readonly confirmed: number;
  /** Everything recorded before is there, by the camera's clock, ms; null where nothing waits, or nothing is there. */
  readonly until: number | null;
  /** Why no more is taken of some, one code for each. */
  readonly refused: readonly string[];
  /** Why it stands still; null while it does not. */
  readonly why: string | null;
}

export interface UploaderMeans {
  /** Of the camera, 52 base32 characters. */
  readonly number: string;
  readonly recordings: Pick<RecordingStore, "list" | "source" | "markStored" | "watch">;
  readonly store: Pick<UploadStore, "places" | "stream" | "write" | "forget">;
  readonly server: UploadServer;
  readonly clock: Clock;
  readonly steady: Clock;
  readonly onprogress: (progress: CopyProgress) => void;
  /** How long a pause lasts, ms; tests make it shorter. */
  readonly pause?: (wanted: number) => number;
}

/** How often a recording that is being written is looked at. ms */
const look = 500;
/** A batch of it is sent when so much waits, or for so long: each costs the server a write. bytes, ms */
const enough = 1 << 20;
const gather = 5_000;
/** After a failure that may pass: doubled each time, up to a minute. After one that somebody has to mend. ms */
const firstPause = 1_000;
const longestPause = 60_000;
const mendPause = 20_000;
/** Where a line is too slow for a batch, the next one is half as long, down to this. bytes */
const leastBatch = 64 * 1024;
/** A server that says something else than it said before, so often in a row, is not followed any further. */
const mostTurns = 4;

/**
 * Copies a camera's own recordings to its server, one batch at a time. The file is the queue: the server says how much it has, and from there
 * whole items are sent; nothing else has to outlast a stop. What is being recorded goes first. Recordings of one stream follow one another,
 * and of the later ones what opens the stream is left out.
 */
export class Uploader {
  readonly #means: UploaderMeans;
  readonly #places = new Map<string, UploadPlace>();
  /** By the stream's hash: what the server said last that it has. */
  readonly #taken = new Map<string, number>();
  readonly #tokens = new Map<string, string>();
  /** When something of a recording was sent last, or looked at first. */
  readonly #sent = new Map<string, number>();
  /** How long those are that are being written. */
  readonly #sizes = new Map<string, number>();
  #entries: RecordingEntry[] = [];
  #confirmed = 0;
  #isStale = true;
  #isAdmitted = false;
  #longest = maxBatch;
  #failures = 0;
  #turns = 0;
  #why: string | null = null;
  #told = "";
  #wake: () => void = () => undefined;

  constructor(means: UploaderMeans) {
    this.#means = means;
  }

  /** Until the signal comes. Never fails: what does not go is told, and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const unwatch = this.#means.recordings.watch(() => {
      this.#isStale = true;
      this.wake();
    });
    signal.addEventListener("abort", () => this.wake());
    try {
      while (!signal.aborted) await this.#pause(await this.#turn(), signal);
    } finally {
      unwatch();
    }
  }

  /** Something has changed: it need not wait any longer. */
  wake(): void {
    this.#wake();
  }

  /** Sends one batch, where one is due; how long to wait then. */
  async #turn(): Promise<number> {
    let wait = 0;
    try {
      await this.#refresh();
      if (!this.#isAdmitted) {
        // A stream that nobody has: all it shows is whether this camera may.
        await this.#means.server.open(toBase64Url(randomBytes(32)));
        this.#isAdmitted = true;
      }
      if (!(await this.#step())) wait = look;
      this.#why = null;
      this.#failures = 0;
    } catch (error) {
      this.#why = faultCode(error);
      if (this.#why === "unexpected") console.error(error);
      this.#isStale = true;
      this.#isAdmitted = false;
      this.#tokens.clear();
      this.#failures += 1;
      wait = Math.min(longestPause, firstPause * 2 ** (this.#failures - 1));
      if (this.#why !== "copy-offline") wait = Math.max(wait, mendPause);
    }
    this.#tell();
    return wait;
  }

  async #step(): Promise<boolean> {
    for (const entry of this.#inOrder()) {
      try {
        if (await this.#advance(entry)) return true;
      } catch (error) {
        const code = faultCode(error);
        if (code === "copy-disagrees") this.#setAside(entry.name, code);
        // Erased meanwhile, or written by another tab: its turn comes again, or not.
        else if (code !== "recording-none" && code !== "file-unreadable") throw error;
        this.#isStale = true;
      }
    }
    return false;
  }

  async #refresh(): Promise<void> {
    if (!this.#isStale) return;
    this.#isStale = false;
    const { recordings, store, number } = this.#means;
    if (this.#places.size === 0)
      for (const place of await store.places(number)) this.#places.set(place.name, place);
    const own = (await recordings.list()).filter((one) => one.origin === "camera" && one.number === number);
    this.#confirmed = own.filter(({ isStored }) => isStored).length;
    this.#entries = own.filter(({ isStored }) => !isStored).sort((a, b) => a.begun - b.begun);
    for (const entry of this.#entries) if (!this.#places.has(entry.name)) await this.#find(entry);
    for (const name of this.#places.keys())
      if (!this.#entries.some((one) => one.name === name)) await this.#forget(name);
  }

  /** Which stream a recording is of: known before any of them goes, since those of one stream have an order. */
  async #find({ name, isWriting }: RecordingEntry): Promise<void> {
    const { recordings, number } = this.#means;
    const hash = await headOf(await recordings.source(name).catch(() => null));
    if (hash === null && isWriting) {
      // Nothing is settled of it yet: it is looked at again.
      this.#isStale = true;
      return;
    }
    const refused = hash === null ? "copy-damaged" : null;
    this.#places.set(name, { name, number, hash: hash ?? "", base: null, safe: null, refused });
  }

  /** What is being written first, unless an earlier part of its stream has to go before; then the oldest. */
  #inOrder(): RecordingEntry[] {
    const going = this.#entries.filter(({ name }) => this.#places.get(name)?.refused === null);
    const isFirst = ({ name }: RecordingEntry): boolean => {
      const hash = this.#places.get(name)?.hash;
      return going.find((one) => this.#places.get(one.name)?.hash === hash)?.name === name;
    };
    const free = going.filter(isFirst);
    return [...free.filter(({ isWriting }) => isWriting), ...free.filter(({ isWriting }) => !isWriting)];
  }

  /** True where something was sent, or has come to its end. */
  async #advance({ name, isWriting }: RecordingEntry): Promise<boolean> {
    const { recordings, store, server, steady } = this.#means;
    const source = await recordings.source(name);
    const known = this.#places.get(name);
    if (!known) return false;
    const { hash } = known;
    if (isWriting) this.#sizes.set(name, source.size);
    if (!this.#taken.has(hash)) this.#taken.set(hash, (await store.stream(hash))?.taken ?? 0);
    // Where it goes in the stream is asked for at its beginning.
    let token = known.base === null ? undefined : this.#tokens.get(hash);
    const isFresh = token === undefined;
    if (token === undefined) {
      const opened = await server.open(hash);
      await this.#follow(name, source, opened.taken);
      token = opened.token;
      this.#tokens.set(hash, token);
    }
    const place = this.#places.get(name) as UploadPlace;
    const from = this.#takenOf(hash);
    const at = from - (place.base ?? 0);
    const last = this.#sent.get(name) ?? steady.now();
    this.#sent.set(name, last);
    const isLate = steady.now() - last >= gather || source.size - at >= enough;
    if (isWriting && at > 0 && !isLate) return false;
    const batch = await cutBatch(source, at, this.#longest);
    if (batch.isTooLong) {
      if (this.#longest < maxBatch) this.#longest = maxBatch;
      else await this.#refuse(place, "copy-too-long");
      return true;
    }
    if (batch.isDamaged) {
      await this.#refuse(place, "copy-damaged");
      return true;
    }
    if (batch.bytes.length === 0) return !isWriting && this.#finish(name);
    if (isWriting && at === 0 && !batch.isStill && !isLate) return false;
    const answer = await server.append(hash, token, from, batch.bytes).catch((error: unknown) => {
      if (faultCode(error) === "copy-offline")
        this.#longest = Math.max(leastBatch, Math.floor(this.#longest / 2));
      throw error;
    });
    if (answer.kind === "token") {
      this.#tokens.delete(hash);
      // A right that was taken back shows in this way.
      if (isFresh) throw new Fault("copy-not-registered");
      return true;
    }
    if (answer.kind === "full") throw new Fault("copy-full");
    if (answer.kind === "offset") {
      // To ask for what was sent just now would be to ask for ever, and at once.
      if (answer.taken === from) throw new Fault("copy-answer");
      await this.#follow(name, source, answer.taken);
      return true;
    }
    this.#sent.set(name, steady.now());
    const length = answer.taken - from;
    const isWhole = length === batch.bytes.length;
    const isPart = !isWhole && length >= 0 && (await isBetweenItems(source, at, at + length));
    if (answer.kind === "stored" ? !isWhole : !isPart) throw new Fault("copy-disagrees");
    await this.#write({ ...place, safe: isWhole ? batch.captured : place.safe }, answer.taken);
    if (answer.kind === "refused") await this.#refuse(place, "copy-refused");
    this.#turns = 0;
    this.#longest = Math.min(maxBatch, 2 * this.#longest);
    return true;
  }

  /**
   * Goes on where the server says that it is, as long as that can be: never beyond what it was sent, and only between two items. Fault
   * "copy-disagrees" where it cannot.
   */
  async #follow(name: string, source: ByteSource, taken: number): Promise<void> {
    const place = this.#places.get(name) as UploadPlace;
    const known = this.#takenOf(place.hash);
    if (taken !== known) this.#turns += 1;
    // One batch may be there whose answer was lost; of a stream of which nothing was sent, not even that.
    const most = known === 0 && place.base === null ? 0 : known + maxBatch;
    if (taken > most || this.#turns > mostTurns) throw new Fault("copy-disagrees");
    const { base, safe } = await this.#baseFor(place, source, taken);
    await this.#write({ ...place, base, safe: taken < known ? null : safe }, taken);
  }

  async #baseFor(place: UploadPlace, source: ByteSource, taken: number): Promise<UploadPlace> {
    if (taken === 0) return { ...place, base: 0 };
    const { base } = place;
    const begin = base === 0 ? 0 : await firstFrameOf(source);
    if (begin === null) throw new Fault("copy-disagrees");
    // Behind an earlier recording of the same stream, or where some of that is gone: what opens the stream is there.
    if (base === null || taken < base + begin) return { ...place, base: taken - begin };
    const known = this.#takenOf(place.hash) - base;
    const at = taken - base;
    if (!(await isBetweenItems(source, at < known ? begin : known, at))) throw new Fault("copy-disagrees");
    return place;
  }

  async #finish(name: string): Promise<true> {
    await this.#means.recordings.markStored(name);
    this.#turns = 0;
    this.#confirmed += 1;
    this.#entries = this.#entries.filter((one) => one.name !== name);
    await this.#forget(name);
    return true;
  }

  async #forget(name: string): Promise<void> {
    this.#places.delete(name);
    this.#sent.delete(name);
    this.#sizes.delete(name);
    await this.#means.store.forget(name);
  }

  /** Until the next start: what a server says now is no word on what it says then. */
  #setAside(name: string, refused: string): void {
    const place = this.#places.get(name);
    if (place) this.#places.set(name, { ...place, refused });
    this.#turns = 0;
  }

  async #refuse(place: UploadPlace, refused: string): Promise<void> {
    const now = this.#places.get(place.name) ?? place;
    await this.#write({ ...now, refused }, this.#takenOf(place.hash));
  }

  async #write(place: UploadPlace, taken: number): Promise<void> {
    const { store, clock } = this.#means;
    await store.write(place, { hash: place.hash, taken, said: clock.now() });
    this.#places.set(place.name, place);
    this.#taken.set(place.hash, taken);
  }

  #takenOf(hash: string): number {
    return this.#taken.get(hash) ?? 0;
  }

  #tell(): void {
    const all = this.#entries.map((entry) => ({ entry, place: this.#places.get(entry.name) }));
    const going = all.filter(({ place }) => (place?.refused ?? null) === null);
    const left = going.map(({ entry, place }) => {
      const size = Math.max(entry.bytes, this.#sizes.get(entry.name) ?? 0);
      const { base = null, hash = "" } = place ?? {};
      return base === null ? size : Math.max(0, size - Math.max(0, this.#takenOf(hash) - base));
    });
    const first = going[0];
    const progress: CopyProgress = {
      waiting: left.reduce((sum, bytes) => sum + bytes, 0),
      unfinished: going.length,
      confirmed: this.#confirmed,
      until: first ? (first.place?.safe ?? (this.#confirmed > 0 ? first.entry.begun : null)) : null,
      refused: all.flatMap(({ place }) => place?.refused ?? []),
      why: this.#why,
    };
    const told = JSON.stringify(progress);
    if (told === this.#told) return;
    this.#told = told;
    this.#means.onprogress(progress);
  }

  #pause(wanted: number, signal: AbortSignal): Promise<void> {
    const { pause = (ms) => ms } = this.#means;
    return new Promise((resolve) => {
      if (signal.aborted || wanted === 0) return resolve();
      const timer = setTimeout(resolve, pause(wanted));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Of the head alone: a recording is not read for that. bytes */
const headLength = 4096;

/** The hash of the head that a recording begins with, base64url; null where it begins with none. */
const headOf = async (source: ByteSource | null): Promise<string | null> => {
  if (!source) return null;
  const beginning = { size: Math.min(source.size, headLength), read: source.read.bind(source) };
  try {
    for await (const recorded of readRecording(beginning))
      return recorded.kind === "item" ? toBase64Url((await checkHead(recorded.item)).hash) : null;
  } catch {
    // No head, or it could not be read.
  }
  return null;
};
