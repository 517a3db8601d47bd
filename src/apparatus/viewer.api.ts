import type { PassRefusal } from "../auth/index.ts";
import type { Bytes } from "../base/index.ts";
import type { CardSecret } from "../card/index.ts";
import type { Sound } from "../media/index.ts";
import type { ProofRequest } from "../relay/index.ts";
import type { Verdict } from "../verify/index.ts";
import type { Ending, Unsent } from "./camera-talk.ts";
import type { OpenedCard } from "./card.api.ts";
import type { CardPlacesApi, PlacedCard } from "./card-places.ts";
import type { PlayerControls } from "./player.api.ts";
import type { RecordingStatus } from "./recorder.ts";
import type { OnCamera } from "./recording-talk.ts";
import type { ErasedRecording } from "./retention-store.ts";
import type { Want } from "./talk.ts";

/**
 * What comes over the pictures' port, worker → page: picture and verdict as one value, so that they are drawn in one
 * update. The page answers each of them with `"drawn"` as soon as it has taken it: it draws it in its next update, or has closed it
 * for a newer one. That answer is the credit the camera waits for.
 */
export interface PictureMessage {
  /** null: nothing may be drawn now. */
  readonly picture: VideoFrame | null;
  readonly verdict: Verdict;
  /** About when it was captured, by this device's clock in ms since the epoch; null while the camera's clock is not known, and without a picture. */
  readonly captured: number | null;
}

/** What the viewer tells beside pictures. */
export interface ViewerEvents {
  /** Sound to be played at once. */
  onsound(sound: Sound): void;
  /** A line that was typed at the camera, and when by its clock, ms. */
  ontext(text: string, captured: number, isLate: boolean): void;
  /** The camera's own label, opened with the card. */
  onlabel(label: string): void;
  /** Each second while a recording goes on; null when it is over, with the fault that ended it, if one did. */
  onrecording(status: RecordingStatus | null, fault: string | null): void;
  /** Recordings were erased by the rules of retention, or to make room for the one that goes on. */
  onerased(erased: readonly ErasedRecording[]): void;
  /** The camera ended its stream; why, in its own words. Comes before the verdict that says so. */
  onended(why: Ending | null): void;
  /** The camera is back after an end that it may have had no time to say; what that was, in its own words. */
  onbefore(why: Ending): void;
  /** The camera can send none of the pictures that are wanted; others it can. */
  onunsent(why: Unsent): void;
  /** The camera lets nobody in without another viewing pass [RP21]. */
  onpass(why: PassRefusal): void;
  /** The connection ended; the page may ask the relay again. */
  onclosed(): void;
}

/** What becomes of passes. */
export interface PassEvents {
  /** They are over: these cameras' keys are gone from the worker. */
  onend(numbers: readonly string[]): void;
}

/** A camera on the open card, and the card's key for it. */
export interface ViewOnCard {
  /** 52 base32 characters. */
  readonly number: string;
  /** Raw, 32 bytes. */
  readonly viewer: Bytes;
}

/** What the relay is told to enter a camera's room. */
export interface GuestTicket {
  readonly room: string;
  readonly key: Bytes;
}

/** The most cameras that are viewed at once: each has a memory of its own, and all of them one thread. */
export const mostViewed = 9;

/** The viewer worker: holds the open card, checks, opens and judges, and plays what a camera has that is viewed. Faults as codes. */
export interface ViewerApi extends PlayerControls, CardPlacesApi {
  cards(): Promise<PlacedCard[]>;
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  eject(): void;

  /**
   * Chooses a camera on the card, what to be sent by it and where its pictures go, beside those that are viewed; one that is viewed is left before.
   * Faults "camera-not-on-card"; "cancelled" where it was left or chosen anew meanwhile. RangeError beyond `mostViewed`.
   */
  view(number: string, want: Want, pictures: MessagePort, events: ViewerEvents): Promise<GuestTicket>;
  /** For the room of a camera that is viewed. */
  prove(request: ProofRequest): Promise<Bytes>;

  /** Whether this device is a hub that has still to hand a camera its newest recipient set. */
  hasPendingSets(): Promise<boolean>;
  /** What the open card can ask passes for. */
  views(): ViewOnCard[];
  /**
   * Keeps passes of this origin's server, in the place of those they renew, in this worker alone; answers how long they last, in ms. When one
   * ends, viewing its cameras stops, their keys are erased here as if the card had been ejected, and `onend` says so.
   */
  takePasses(passes: readonly Bytes[], events: PassEvents): number;
  /** The pass for a camera that is viewed; null: none. */
  pass(number: string): Bytes | null;
  /** Watches a camera over a port that the relay introduced; closes the port where the camera was left. */
  watch(port: MessagePort, number: string): Promise<void>;
  /** What to be sent from now on. */
  want(number: string, want: Want): void;
  /** Begins to record what is viewed. Faults "storage", "storage-full", "camera-not-on-card" where it is not viewed. */
  record(number: string): Promise<void>;
  stopRecording(number: string): void;
  /**
   * What a camera that is viewed says that it has recorded of itself, the newest first; `load` plays one of those that were listed last. Faults
   * "offline" where it does not answer, "camera-not-on-card" where it is not viewed.
   */
  recordingsOnCamera(number: string): Promise<readonly OnCamera[]>;
  /** One of them as a file, sealed as it is. `onprogress`: bytes of it that are there. Faults as above, "recording-none", and "cancelled". */
  copyFromCamera(number: string, recording: OnCamera, onprogress: (done: number) => void): Promise<Blob>;
  leave(number: string): void;
}
