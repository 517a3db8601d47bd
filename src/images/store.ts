import type { Bytes } from "../base/index.ts";
import type { Chunk, RecordingName, StoredRecording } from "./stored-recording.ts";

/** Where the bytes of recordings lie, by key. Knows nothing of what they are. */
export interface ChunkStore {
  /** Puts them there for good before it settles; in the place of what lay there. */
  put(key: string, bytes: Bytes): Promise<void>;
  /** Exactly `length` bytes from `offset`; null where they do not lie there. */
  read(key: string, offset: number, length: number): Promise<Bytes | null>;
  /** The keys that begin with this, in order. */
  list(prefix: string): Promise<string[]>;
  /** Also of what is not there. */
  erase(keys: readonly string[]): Promise<void>;
}

/** What one account's recordings are, and where their chunks begin. What a call wrote is on the disk when it settles. */
export interface ImageIndex {
  /** null where there is none. */
  read(name: RecordingName): Promise<StoredRecording | null>;
  /** All of them, in no order. */
  list(): Promise<StoredRecording[]>;
  /** Writes a recording and, with it, that it has this chunk, and where that can be entered: all of it or nothing. */
  write(recording: StoredRecording, chunk?: Chunk, entries?: Bytes): Promise<void>;
  /** All entries of a recording, in the order of its chunks: `readIndex` reads them. Empty where there are none. */
  entries(name: RecordingName): Promise<Bytes>;
  /** The chunks that hold any of the bytes `from` up to `to` (not included), in order. */
  chunks(name: RecordingName, from: number, to: number): Promise<Chunk[]>;
  /** Forgets a recording and its chunks. */
  erase(name: RecordingName): Promise<void>;
  /** Notes a nonce until a time (ms); false where it is noted already. Those whose time is over at `now` are forgotten. */
  burn(nonce: string, until: number, now: number): Promise<boolean>;
}
