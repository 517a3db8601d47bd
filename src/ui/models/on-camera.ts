import type { OnCamera, ViewerApi } from "../../apparatus/index.ts";
import { faultCode, proxy, type Remote } from "../../base/index.ts";
import { copyName } from "./copy-name.ts";
import { download } from "./download.ts";
import { Playing, watchFilms } from "./playing.ts";
import type { OnCameraNow, PlayedPicture } from "./snapshots.ts";

export interface OnCameraMeans {
  readonly remote: () => Remote<ViewerApi>;
  /** The camera that is viewed. */
  readonly camera: () => { readonly number: string; readonly name: string } | null;
  readonly show: (now: OnCameraNow | null) => void;
  /** Whoever gets a picture owns its frame. */
  readonly onpicture: (picture: PlayedPicture) => void;
}

const nothing: OnCameraNow = { recordings: null, copying: null, player: null, fault: null };

/** What the camera that is viewed has recorded of itself: a list, a player, and copies. */
export class OnCameraModel {
  readonly #means: OnCameraMeans;
  #now: OnCameraNow | null = null;
  #playing: Playing | null = null;
  /** Counts openings: what an earlier one brings about is out of date. */
  #turn = 0;

  constructor(means: OnCameraMeans) {
    this.#means = means;
  }

  /** A recording is played, in the place of the live picture. */
  get isPlaying(): boolean {
    return this.#playing !== null;
  }

  open = async (): Promise<void> => {
    const camera = this.#means.camera();
    if (!camera) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.#set({ ...nothing, close: this.close });
    try {
      const recordings = await this.#means.remote().recordingsOnCamera(camera.number);
      if (turn === this.#turn) this.#change({ recordings, play: this.#play, save: this.#save });
    } catch (error) {
      if (turn === this.#turn) this.#change({ recordings: [], fault: faultCode(error) });
    }
  };

  /** Back to the live picture. */
  close = (): void => {
    void this.end();
    if (this.#now) this.#set(null);
  };

  /** Settles when the worker has erased what it made. */
  async end(): Promise<void> {
    this.#turn += 1;
    await this.#stop();
  }

  #play = async (recording: OnCamera): Promise<void> => {
    const camera = this.#means.camera();
    if (!camera) return;
    void this.#stop();
    const playing = new Playing(
      this.#means.remote(),
      (player) => playing === this.#playing && this.#change({ player }),
      (picture) => this.#means.onpicture(picture),
    );
    this.#playing = playing;
    watchFilms(this.#means.remote(), (stays) => {
      if (stays) this.#playing?.tell("films-stay");
    });
    this.#change({ fault: null });
    const what = {
      ...{ recording, bytes: recording.bytes, number: null, camera, report: null },
      title: copyName(recording.begun, camera.number),
    };
    try {
      const isOpen = await playing.begin(what, () => void this.#stop());
      if (!isOpen && playing === this.#playing) {
        void this.#stop();
        this.#change({ fault: "recording-closed" });
      }
    } catch (error) {
      if (playing !== this.#playing) return;
      void this.#stop();
      this.#change({ fault: faultCode(error) });
    }
  };

  #save = async (recording: OnCamera): Promise<void> => {
    const camera = this.#means.camera();
    if (!camera) return;
    const turn = this.#turn;
    const { begun, bytes } = recording;
    const say = (done: number): void => {
      if (turn === this.#turn) this.#change({ copying: { begun, share: done / Math.max(1, bytes) } });
    };
    this.#change({ fault: null, play: undefined, save: undefined });
    say(0);
    let fault: string | null = null;
    try {
      const file = await this.#means.remote().copyFromCamera(camera.number, recording, proxy(say));
      if (turn === this.#turn) download(`${copyName(begun, camera.number)}.sealed`, file);
    } catch (error) {
      fault = faultCode(error);
    }
    if (turn === this.#turn) this.#change({ copying: null, fault, play: this.#play, save: this.#save });
  };

  async #stop(): Promise<void> {
    const before = this.#playing;
    this.#playing = null;
    if (this.#now?.player) this.#change({ player: null });
    await before?.end();
  }

  #change(change: { [K in keyof OnCameraNow]?: OnCameraNow[K] | undefined }): void {
    if (this.#now) this.#set({ ...this.#now, ...change } as OnCameraNow);
  }

  #set(now: OnCameraNow | null): void {
    this.#now = now;
    this.#means.show(now);
  }
}
