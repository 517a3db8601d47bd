import { type Bytes, type Clock, type SigningKey, toBase64Url } from "../base/index.ts";
import type { BlindReason } from "../seal/check.ts";
import { overdue, type RetentionRules } from "./retention.ts";
import type { ChunkStore, ImageIndex } from "./store.ts";
import {
  chunkKey,
  isWriting,
  type Listed,
  listed,
  type Piece,
  piecesOf,
  type RecordingName,
  recordingKey,
  type StoredRecording,
} from "./stored-recording.ts";
import { takeBatch } from "./take-batch.ts";
import { checkUpload, UploadTokens } from "./upload-proof.ts";

/** The longest batch of an upload, bytes: the largest coded item fits with others; raw pictures beyond it do not. */
export const maxBatch = 8 * 1024 * 1024;

/** What a service of stored images is made of. */
export interface ImageServiceOptions {
  readonly index: ImageIndex;
  readonly chunks: ChunkStore;
  readonly clock: Clock;
  /** Of the service, as `location.origin` writes it: uploads are proven for it. */
  readonly origin: string;
  /** 32 bytes that nobody else has: by them nonces and tokens are known again. */
  readonly secret: Bytes;
  /** Signs receipts. */
  readonly server: SigningKey;
  /** How much this account's recordings may take, and how long they stay. */
  readonly rules: () => RetentionRules | Promise<RetentionRules>;
}

/** What a camera says to open an upload. */
export interface Opening extends RecordingName {
  readonly key: Bytes;
  readonly nonce: Bytes;
  readonly proof: Bytes;
}

/** How far a recording came. */
export interface Stored {
  /** Bytes of the camera's own items that are safe: its upload goes on here. */
  readonly taken: number;
  readonly frames: number;
  readonly bytes: number;
  readonly isComplete: boolean;
}

/** The room of an account, bytes; null: no limit. */
export interface Room {
  readonly used: number;
  readonly of: number | null;
}

/** What came of a batch. All of them say how far the recording is now. */
export type Appended =
  | ({ readonly result: "stored" } & Stored)
  /** It begins somewhere else than the recording ends: nothing was taken. */
  | ({ readonly result: "offset" } & Stored)
  /** The items in front of the refused one were stored. */
  | ({ readonly result: "refused"; readonly reason: BlindReason | "torn" } & Stored)
  /** The account's room is used up by what is protected or being written: nothing was taken. */
  | ({ readonly result: "quota" } & Stored);

/**
 * The recordings of one account: taken from cameras one way, checked blindly, kept in chunks, read in ranges. What it is asked comes one
 * after the other; each answer is given when what it says is on the disk. Any stop between two writes costs the batch that was not answered.
 */
export class ImageService {
  readonly #options: ImageServiceOptions;
  readonly #tokens: UploadTokens;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ImageServiceOptions) {
    this.#options = options;
    this.#tokens = new UploadTokens(options.secret);
  }

  /** A nonce for a camera to prove its key over, 32 bytes. The same for every number: it says nothing of whether there is such a camera. */
  nonce(camera: string): Promise<Bytes> {
    return this.#tokens.nonce(camera, this.#now());
  }

  /** Opens an upload: a token for one recording, and how far that is; null for who does not hold the camera's key, or says so twice. */
  async open({ key, nonce, proof, ...name }: Opening): Promise<({ readonly token: string } & Stored) | null> {
    const { index, origin } = this.#options;
    const now = this.#now();
    const until = await this.#tokens.untilOf(nonce, name.camera, now);
    if (until === null) return null;
    if (!(await checkUpload({ ...name, origin, nonce }, key, proof))) return null;
    if (!(await index.burn(toBase64Url(nonce), until, now))) return null;
    const token = await this.#tokens.token(name, now);
    return { token, ...storedOf(await this.#present(name)) };
  }

  /** Whether this token lets its holder add to this recording now. */
  isToken(token: string, name: RecordingName): Promise<boolean> {
    return this.#tokens.isGood(token, name, this.#now());
  }

  /** How far a recording is. */
  async stand(name: RecordingName): Promise<Stored> {
    return storedOf(await this.#present(name));
  }

  /** Adds a batch of whole items behind the `from` bytes that are there. RangeError where it is longer than `maxBatch`. */
  append(name: RecordingName, from: number, batch: Bytes): Promise<Appended> {
    if (batch.length > maxBatch) throw new RangeError(`"batch" expected ${maxBatch} bytes at most`);
    return this.#inTurn(() => this.#append(name, from, batch));
  }

  async #append(name: RecordingName, from: number, batch: Bytes): Promise<Appended> {
    const { index, chunks, server } = this.#options;
    const before = await index.read(name);
    // What is being erased goes first, or its chunks would be taken for the new one's.
    if (before?.isErased) await this.#erase(before);
    const present = before?.isErased ? null : before;
    if (from !== (present?.taken ?? 0)) return { result: "offset", ...storedOf(present) };
    const listed = present ? await index.entries(name) : new Uint8Array(0);
    const means = { server, now: this.#now() };
    const { recording, bytes, entries, refused } = await takeBatch(name, present, listed, batch, means);
    if (recording && bytes.length > 0) {
      if (!(await this.#makeRoom(name, bytes.length))) return { result: "quota", ...storedOf(present) };
      const { chunks: number } = recording;
      // The bytes first: a stop in between leaves a chunk that the index does not know, and that the next batch is put over.
      await chunks.put(chunkKey(name, number), bytes);
      const chunk = { number, from: present?.bytes ?? 0, length: bytes.length };
      await index.write({ ...recording, chunks: number + 1 }, chunk, entries);
    }
    const stored = storedOf(recording && bytes.length > 0 ? recording : present);
    return refused ? { result: "refused", reason: refused, ...stored } : { result: "stored", ...stored };
  }

  /** This camera's recordings, the newest first. */
  async list(camera: string): Promise<Listed[]> {
    const all = (await this.#options.index.list()).filter((one) => one.camera === camera && !one.isErased);
    const { days } = await this.#options.rules();
    return all
      .sort((a, b) => b.begun - a.begun || (a.hash < b.hash ? -1 : 1))
      .map((one) => listed(one, days, this.#now()));
  }

  /** How much this account's recordings take, and may take, bytes. */
  async room(): Promise<Room> {
    const { bytes } = await this.#options.rules();
    return { used: await this.#used(), of: bytes };
  }

  /** null where there is none. */
  async look(name: RecordingName): Promise<Listed | null> {
    const present = await this.#present(name);
    return present && listed(present, (await this.#options.rules()).days, this.#now());
  }

  /** Where it can be entered at a time, for `completeIndex`: a convenience that nobody has to believe. Empty where there is none. */
  entries(name: RecordingName): Promise<Bytes> {
    return this.#options.index.entries(name);
  }

  /** Where the bytes `from` up to `to` (not included) of its file lie: together exactly these, or none. */
  async pieces(name: RecordingName, from: number, to: number): Promise<Piece[]> {
    const pieces = piecesOf(name, await this.#options.index.chunks(name, from, to), from, to);
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return length === to - from ? pieces : [];
  }

  /** Protects a recording, or no longer; false where there is none. */
  protect(name: RecordingName, isProtected: boolean): Promise<boolean> {
    return this.#inTurn(async () => {
      const present = await this.#present(name);
      if (present) await this.#options.index.write({ ...present, isProtected });
      return present !== null;
    });
  }

  /** Erases a recording, protected or not; false where there is none. */
  erase(name: RecordingName): Promise<boolean> {
    return this.#inTurn(async () => {
      const present = await this.#present(name);
      if (present) await this.#erase(present);
      return present !== null;
    });
  }

  /** Erases all of them, protected or not: their account is gone. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      for (const one of await this.#options.index.list()) await this.#erase(one);
    });
  }

  /** Erases what is overdue, and the rest of what was being erased when the service was stopped. Says how many recordings went. */
  sweep(): Promise<number> {
    return this.#inTurn(async () => {
      const all = await this.#options.index.list();
      const gone = all.filter(({ isErased }) => isErased);
      for (const one of gone) await this.#erase(one);
      return gone.length + (await this.#eraseOverdue(null, 0));
    });
  }

  /** Whether `length` more bytes fit, once what may go has gone. */
  async #makeRoom(name: RecordingName, length: number): Promise<boolean> {
    await this.#eraseOverdue(name, length);
    const { bytes } = await this.#options.rules();
    if (bytes === null) return true;
    return (await this.#used()) + length <= bytes;
  }

  async #used(): Promise<number> {
    return (await this.#options.index.list()).reduce((sum, one) => sum + one.bytes, 0);
  }

  async #eraseOverdue(writing: RecordingName | null, length: number): Promise<number> {
    const { index, rules } = this.#options;
    const now = this.#now();
    const { days, bytes } = await rules();
    const all = (await index.list()).filter(({ isErased }) => !isErased);
    const own = writing && recordingKey(writing);
    const entries = all.map((one) => {
      const name = recordingKey(one);
      const goesOn = name === own || isWriting(one, now);
      return { name, begun: one.begun, bytes: one.bytes, isKept: one.isProtected, isWriting: goesOn };
    });
    const rest = { days, bytes: bytes === null ? null : Math.max(0, bytes - length) };
    const names = new Set(overdue(entries, rest, now).map(({ name }) => name));
    for (const one of all) if (names.has(recordingKey(one))) await this.#erase(one);
    return names.size;
  }

  /** Hidden first, then its bytes, then the rest: a stop in between leaves what the next sweep finds. */
  async #erase(recording: StoredRecording): Promise<void> {
    const { index, chunks } = this.#options;
    await index.write({ ...recording, isErased: true });
    await chunks.erase(await chunks.list(recordingKey(recording)));
    await index.erase(recording);
  }

  async #present(name: RecordingName): Promise<StoredRecording | null> {
    const found = await this.#options.index.read(name);
    return found?.isErased ? null : found;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

const storedOf = (recording: StoredRecording | null): Stored => {
  const { taken, frames, bytes, isComplete } = recording ?? {
    taken: 0,
    frames: 0,
    bytes: 0,
    isComplete: false,
  };
  return { taken, frames, bytes, isComplete };
};
