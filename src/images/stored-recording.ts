import type { GrowingTree } from "../base/index.ts";
import type { BlindState } from "../seal/check.ts";

/** Which recording: of which camera, and of which of its streams. */
export interface RecordingName {
  /** The camera number, 52 base32 characters. */
  readonly camera: string;
  /** The head hash, base64url. */
  readonly hash: string;
}

/** One stream of a camera as a service keeps it: a plain value. What it says of frames is what was checked blindly. */
export interface StoredRecording extends RecordingName {
  readonly version: 1;
  /** The service's clock when its first items were stored, and its last ones, ms since 1970. */
  readonly begun: number;
  readonly written: number;
  /** By the camera's clock, as its head says, ms. */
  readonly started: number;
  /** When the first and the last of its frames were taken, by the camera's clock, ms; without frames, `started`. */
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  /** Of the file as it is read: the camera's items and the service's receipts. */
  readonly bytes: number;
  /** Of the camera's own items: where its upload goes on. */
  readonly taken: number;
  /** How many chunks hold it. */
  readonly chunks: number;
  /** Whether the camera's signed end is there. */
  readonly isComplete: boolean;
  /** Kept by a person: nothing but a person erases it. */
  readonly isProtected: boolean;
  /** Being erased: nobody sees it any more, and the next sweep erases what is left of it. */
  readonly isErased: boolean;
  /** What the check goes on with. */
  readonly stream: BlindState;
  /** The frames since the last receipt [SC2], and when that was written (service's clock, ms). */
  readonly span: GrowingTree;
  readonly receipted: number;
}

/** A piece of a recording's file that was stored at once. */
export interface Chunk {
  /** Counts from 0 within its recording. */
  readonly number: number;
  /** Where it begins in the file, bytes. */
  readonly from: number;
  readonly length: number;
}

/** Under which key a chunk lies: those of a recording share all but the last part. */
export const chunkKey = (name: RecordingName, number: number): string =>
  `${recordingKey(name)}${String(number).padStart(10, "0")}`;

export const recordingKey = ({ camera, hash }: RecordingName): string => `${camera}/${hash}/`;

/** What a viewer is told of a recording. */
export interface Listed extends RecordingName {
  readonly begun: number;
  readonly started: number;
  /** When the first and the last of its frames were taken, by the camera's clock, ms. */
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  readonly bytes: number;
  readonly isComplete: boolean;
  /** Something was added to it a moment ago. */
  readonly isWriting: boolean;
  readonly isProtected: boolean;
  /** When it is too old by the service's clock, ms; null: never by age alone. */
  readonly until: number | null;
}

/** A recording to which nothing was added for this long is not being written. ms */
const writingFor = 60_000;

/** Whether something was added to it a moment ago, and its end is not there. */
export const isWriting = ({ isComplete, written }: StoredRecording, now: number): boolean =>
  !isComplete && now - written < writingFor;

/** As a viewer is told of it at `now`. `days`: how long the account's recordings stay; null: no limit. */
export const listed = (recording: StoredRecording, days: number | null, now: number): Listed => {
  const { camera, hash, begun, started, first, last, frames, bytes, isComplete, isProtected } = recording;
  const until = days === null || isProtected ? null : begun + days * day;
  return {
    ...{ camera, hash, begun, started, first, last, frames, bytes, isComplete, isProtected, until },
    isWriting: isWriting(recording, now),
  };
};

const day = 86_400_000;

/** A range of a recording's file within one chunk. */
export interface Piece {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

/** Which pieces hold the bytes `from` up to `to` (not included) of a file with these chunks, in order. */
export const piecesOf = (name: RecordingName, chunks: readonly Chunk[], from: number, to: number): Piece[] =>
  chunks.flatMap(({ number, from: begin, length }) => {
    const [first, last] = [Math.max(from, begin), Math.min(to, begin + length)];
    return first < last ? [{ key: chunkKey(name, number), offset: first - begin, length: last - first }] : [];
  });
