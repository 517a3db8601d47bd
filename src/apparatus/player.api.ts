import type { CardSecret } from "../card/index.ts";
import type { RecordingReport, Verdict } from "../verify/index.ts";
import type { OpenedCard } from "./card.api.ts";
import type { CardPlacesApi, PlacedCard } from "./card-places.ts";
import type { Rate } from "./play-clock.ts";
import type { Mark } from "./play-marks.ts";
import type { PlayedLine } from "./play-moment.ts";
import type { Place, PlayingStatus } from "./player.ts";
import type { ReadableRecording } from "./recording-source.ts";
import type { PlayedSound } from "./sound-feed.ts";
import type { Hole } from "./timeline.ts";

/**
 * What comes over the pictures' port, worker → page: picture, verdict and place as one value, so that they are drawn in one update. Answered
 * with `"drawn"` as soon as the page has taken it.
 */
export interface PlayedMessage {
  /** null: nothing may be drawn now, and nothing that was drawn before may stay. */
  readonly picture: VideoFrame | null;
  readonly verdict: Verdict;
  /** On the time line, ms. */
  readonly at: number;
  /** The track that the picture is on; null where there is no good one. */
  readonly track: number | null;
  /** What the camera's clock said; null where nothing says so. */
  readonly captured: number | null;
  /** Nothing is wrong: pictures are missing here. */
  readonly isHole: boolean;
}

/** Over the same port, without an answer. */
export type SoundMessage = { readonly sound: PlayedSound } | { readonly silence: true };

/** What a player tells beside pictures and sound. */
export interface PlayerEvents {
  onstatus(status: PlayingStatus): void;
  online(line: PlayedLine): void;
  /** It plays no further, for this reason. */
  onfault(code: string): void;
}

/** A recording that was loaded. */
export interface Loaded {
  /** The open card does not open it: nothing is shown. */
  readonly isClosed: boolean;
  /** ms of the time line. */
  readonly length: number;
  readonly holes: readonly Hole[];
  readonly hasPictures: boolean;
  readonly hasSound: boolean;
}

/** The verdict on a whole recording, and where on the time line everything is that it found. */
export interface Checked {
  readonly report: RecordingReport;
  readonly marks: readonly Mark[];
}

/** One recording at a time, in a worker that holds the open card. Faults as codes. */
export interface PlayerControls {
  /**
   * Takes a recording in: one of this device by its name, a file, or one that the server keeps. `number`: the camera it has to be of, 52 base32 characters, because a person
   * says so; null: any on the open card. Nothing is shown before the first `seek`. Faults "recording-none", "recording-unreadable",
   * "file-unreadable", "offline", "stored-none", "stored-answer".
   */
  load(
    recording: string | ReadableRecording,
    number: string | null,
    pictures: MessagePort,
    events: PlayerEvents,
  ): Promise<Loaded>;
  play(): void;
  pause(): void;
  /** Settles when what stands there is shown. */
  seek(place: Place): Promise<void>;
  setRate(rate: Rate): void;
  /** Whether its sound is wanted. */
  hear(isWanted: boolean): void;
  /** Judges all of it beside the playing. Fault "cancelled" when another one is loaded. */
  check(onprogress: (done: number) => void): Promise<Checked>;
  /** Where on the time line everything is that a report of this recording found. */
  mark(report: RecordingReport): readonly Mark[];
  /** Makes MP4 files of it, as `ExportControls` does; they lie on this device until `releaseMp4` or `unload`. `onprogress`: bytes of it that are done. */
  saveMp4(onprogress: (done: number) => void): Promise<readonly File[]>;
  /** Ends what is being made of it: nothing of that stays, and whoever waits for it gets fault "cancelled". */
  cancelMp4(): void;
  releaseMp4(): Promise<void>;
  /** `onstays` hears, now and whenever it may have changed, whether films lie on this device that could not be erased. The next worker tries again. */
  watchFilms(onstays: (stays: boolean) => void): void;
  /** The file that discloses the picture with this sequence on this track, and nothing else; as `ExportControls` does. */
  disclosePicture(track: number, sequence: number): Promise<Blob>;
  /** Nothing of it is shown any more, and the MP4 files that were made of it are erased. */
  unload(): Promise<void>;
}

/** The worker that plays recordings. */
export interface PlayerApi extends PlayerControls, CardPlacesApi {
  cards(): Promise<PlacedCard[]>;
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  eject(): Promise<void>;
}
