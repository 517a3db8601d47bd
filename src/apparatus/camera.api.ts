import type { Bytes } from "../base/index.ts";
import type { ProofRequest } from "../relay/index.ts";
import type { CameraFrame, SeedReport } from "../sensor/index.ts";
import type { StreamStatus } from "./camera-stream.ts";
import type { Ending, Interruption } from "./camera-talk.ts";
import type { RecordingStatus } from "./recorder.ts";
import type { ErasedRecording } from "./retention-store.ts";
import type { DrawnItem } from "./sealed-drawing.ts";
import type { CopyProgress } from "./uploader.ts";

/** A camera's frames on their way into the worker: the readable where the window makes it, else the track, or a port where they come one by one. */
export type Frames =
  | { readonly readable: ReadableStream<CameraFrame> }
  | { readonly track: Track }
  | { readonly port: MessagePort };

/** A `MediaStreamTrack`, which the compiler's worker library does not know; transferred unopened. */
export type Track = Transferable & { readonly kind: string; readonly readyState: string; stop(): void };

/** Who a capture device is. */
export interface CameraFacts {
  readonly deviceId: string;
  /** 32 bytes. */
  readonly number: Bytes;
  readonly paired: boolean;
  readonly generation: number;
}

/** What the relay is told to host this camera's room. */
export interface HostTicket {
  /** base64url of the camera number: the room's name. */
  readonly room: string;
  readonly key: Bytes;
  /** The control key of its hub, and the viewer keys of the recipient set. */
  readonly admits: readonly Bytes[];
  readonly generation: number;
}

/** What a new pairing of a camera puts an end to: its pairing with another hub, or the earlier one with the same hub. */
export type Replaced = "hub" | "pairing";

/** What pairing needs of the relay. */
export interface PairingTicket {
  readonly room: string;
  readonly key: Bytes;
  /** By the hub's clock, which alone decides. */
  readonly expires: number;
  readonly number: Bytes;
  readonly replaces: Replaced | null;
}

/** Why a stream has the key that it has: it began, the interval passed, somebody asked, or something spoke for an intrusion. */
export const keyCauses = [
  "begin",
  "interval", // the time that a key is used was over
  "asked", // by the person at the camera
  "recipients", // others may watch now
  "second-sensor", // a second camera proved this camera's key
  "counter", // what the device has promised never to repeat went back
  "device", // another capture device stood in the place of this one
  "proofs", // five wrong proofs at a relay, at the camera, or wrong passwords on a card
] as const;
export type KeyCause = (typeof keyCauses)[number];

/** The key of the running stream, as far as people may know it: nothing of the key itself. */
export interface KeyStatus {
  /** Its number: 0 for the first of a stream. */
  readonly epoch: number;
  /** When it came into use. ms */
  readonly changed: number;
  readonly cause: KeyCause;
  readonly seed: SeedReport;
  /** When it is changed by itself. ms */
  readonly next: number;
  /** How long each key is used. ms */
  readonly life: number;
}

/** What the camera tells while it runs. */
export interface CameraEvents {
  onstatus(status: StreamStatus): void;
  /** When the stream has its first key, and whenever that was changed. */
  onkey(status: KeyStatus): void;
  /** Others may watch from now on, and only they, by the set that the hub has put in the place of the one before; its control key is among them. */
  onadmits(admits: readonly Bytes[], generation: number): void;
  /** The stream is over, by itself: the device went away or was paired anew, or frames cannot be sealed. */
  onended(code: string): void;
  /** Each second while the camera records itself; null when that is over, with the fault that ended it, if one did. */
  onrecording(status: RecordingStatus | null, fault: string | null): void;
  /** Recordings were erased by the rules of retention, or to make room for the one that goes on. */
  onerased(erased: readonly ErasedRecording[]): void;
}

/** How copies of a camera's recordings on this page's server stand. */
export interface CopyState {
  /** The server answers, and stores recordings. */
  readonly isOffered: boolean;
  /** The person's rule for this camera. */
  readonly isKept: boolean;
  /** null while none are made, by this tab. */
  readonly progress: CopyProgress | null;
}

export interface CopyEvents {
  oncopies(state: CopyState): void;
}

export interface LookEvents {
  ondrawn(drawn: DrawnItem): void;
}

/** What happens after `meet`. */
export interface CameraPairingEvents {
  /** The hub granted and the person agreed: the camera is paired. */
  onpaired(): void;
  onfailed(code: string): void;
}

/** The camera worker: holds identity keys and plaintext; the page only carries. Faults as codes. */
export interface CameraApi {
  /** Whether this worker can take frames from a track itself (Safari). */
  takesTracks(): boolean;
  cameras(): Promise<CameraFacts[]>;

  /** Reads a pairing link for this capture device. Fault "link-malformed". */
  beginPairing(fragment: string, deviceId: string, label: string): Promise<PairingTicket>;
  /** Speaks to the hub over a port that the relay introduced. */
  meet(port: MessagePort, events: CameraPairingEvents): Promise<void>;
  /** The person says that both screens show the same number. */
  agree(): Promise<void>;
  disagree(): Promise<void>;

  /**
   * Begins a stream; `records`: and a recording of it, from its first picture on. Faults "camera-not-paired", "camera-unplugged", "camera-silent" when the device gives no picture,
   * "camera-stopped" when `stop` was called meanwhile, "pixel-format" for pictures that are not taken. `after`: what the stream before this one was ended by, if this one comes in its place; viewers are told.
   */
  start(
    device: { readonly deviceId: string; readonly label: string },
    frames: Frames,
    events: CameraEvents,
    records: boolean,
    after: Interruption | null,
  ): Promise<HostTicket>;
  /** Lets a viewer watch, or the hub hand over a set, that proves this key, which the relay says it has, to the camera itself [RP19] [RP25]. */
  watch(port: MessagePort, viewerKey: Bytes): Promise<void>;
  /** Ends the stream; viewers are told why. */
  stop(why: Ending): Promise<void>;
  /** Takes a microphone's sound into the running stream. Fault "camera-stopped". */
  listen(sound: ReadableStream<AudioData>): Promise<void>;
  hush(): Promise<void>;
  /** Records the running stream on this device. Faults "storage", "storage-full", "camera-stopped". */
  record(): Promise<void>;
  stopRecording(): void;
  /** Seals a line of text into the running stream. Fault "camera-stopped". */
  say(text: string): Promise<void>;
  /** Gives the running stream another key, as a person asks for it; settles when that is in use. Fault "camera-stopped". */
  rekey(): Promise<void>;
  /** The page has seen what speaks for an intrusion: a running stream gets another key, and where it ends of that the next one says why. */
  suspect(cause: "second-sensor" | "device" | "proofs"): Promise<void>;
  /** How long that device's camera uses a key, in ms, from now on. RangeError below a minute and above a day. */
  keepKey(deviceId: string, life: number): Promise<void>;

  /**
   * Draws what is sealed on this canvas, which the worker then has for good: the bytes of the sealed items and nothing else. Where nobody takes
   * pictures some are sealed for it alone. Fault "camera-stopped".
   */
  look(canvas: OffscreenCanvas, events: LookEvents): Promise<void>;
  lookAway(): Promise<void>;

  /** Tells from now on how copies of this device's recordings stand, whether or not it runs; those of the device before no longer. */
  followCopies(deviceId: string, events: CopyEvents): Promise<void>;
  /** The rule for that device's camera: its own recordings are copied to the server, those from before too, or not any more. */
  keepCopies(isKept: boolean): Promise<void>;

  /** Proves the running stream's or the begun pairing's key to the relay. */
  prove(purpose: "camera" | "pairing", request: ProofRequest): Promise<Bytes>;
}
