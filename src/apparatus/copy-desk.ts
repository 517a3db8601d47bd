import { faultCode, steadyClock, systemClock } from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import type { CopyEvents, CopyState } from "./camera.api.ts";
import type { CameraIdentity, CameraStore } from "./camera-store.ts";
import type { RecordingStore } from "./recording-store.ts";
import { type UploadServer, uploadServer } from "./upload-server.ts";
import type { UploadStore } from "./upload-store.ts";
import { type CopyProgress, Uploader } from "./uploader.ts";

export interface CopyDeskMeans {
  readonly cameras: Pick<CameraStore, "read">;
  readonly recordings: RecordingStore;
  readonly store: UploadStore;
}

/** The camera that is followed, and what is known of it. */
interface Followed {
  readonly identity: CameraIdentity;
  readonly number: string;
  readonly server: UploadServer;
  readonly events: CopyEvents;
  state: CopyState;
  uploader: Uploader | null;
  end: AbortController | null;
}

/** One tab copies a camera's recordings; the others wait for this Web Lock. */
const uploadLock = (number: string): string => `sealcam-upload ${number}`;

/** A person's rule whether a camera's recordings are copied to the server, kept for one camera at a time: the one on the page. */
export class CopyDesk {
  readonly #means: CopyDeskMeans;
  #followed: Followed | null = null;
  /** Of two cameras the one that was chosen later counts, whichever is read sooner. */
  #turn = 0;

  constructor(means: CopyDeskMeans) {
    this.#means = means;
  }

  /** Tells from now on how copies of this device's camera stand, and makes them where that is the rule. */
  async follow(deviceId: string, events: CopyEvents): Promise<void> {
    this.#leave();
    this.#turn += 1;
    const turn = this.#turn;
    const identity = await this.#means.cameras.read(deviceId);
    if (!identity?.recipients) return;
    const number = numberText(identity.number);
    const isKept = await this.#means.store.isKept(number);
    if (turn !== this.#turn) return;
    const server = uploadServer(identity, globalThis.location.origin);
    const state = { isOffered: false, isKept, progress: null };
    const followed: Followed = { identity, number, server, events, state, uploader: null, end: null };
    this.#followed = followed;
    this.#tell(followed, {});
    if (isKept) this.#begin(followed);
    // Who gives a nonce stores recordings, whether or not of this camera.
    const isOffered = await server.nonce().then(
      () => true,
      () => false,
    );
    this.#tell(followed, { isOffered });
  }

  /** The rule for the camera that is followed. */
  async keep(isKept: boolean): Promise<void> {
    const followed = this.#followed;
    if (!followed) return;
    await this.#means.store.keep(followed.number, isKept);
    this.#end(followed);
    this.#tell(followed, { isKept, progress: null });
    if (isKept && followed === this.#followed) this.#begin(followed);
  }

  /** The network is there again, perhaps. */
  wake(): void {
    this.#followed?.uploader?.wake();
  }

  #begin(followed: Followed): void {
    const { recordings, store } = this.#means;
    const { number, server } = followed;
    const end = new AbortController();
    const onprogress = (progress: CopyProgress): void => {
      if (!end.signal.aborted) this.#tell(followed, { progress });
    };
    const uploader = new Uploader({
      ...{ number, recordings, store, server, onprogress },
      ...{ clock: systemClock, steady: steadyClock },
    });
    followed.end = end;
    followed.uploader = uploader;
    const { signal } = end;
    navigator.locks
      .request(uploadLock(number), { signal }, () => uploader.run(signal))
      .catch((error: unknown) => {
        if (!signal.aborted) console.error(faultCode(error), error);
      });
  }

  #end(followed: Followed): void {
    followed.end?.abort();
    followed.end = null;
    followed.uploader = null;
  }

  #leave(): void {
    if (this.#followed) this.#end(this.#followed);
    this.#followed = null;
  }

  #tell(followed: Followed, change: Partial<CopyState>): void {
    followed.state = { ...followed.state, ...change };
    if (followed === this.#followed) followed.events.oncopies(followed.state);
  }
}
