import type {
  Checked,
  PlayedLine,
  PlayedMessage,
  PlayerControls,
  PlayingStatus,
  ReadableRecording,
  SoundMessage,
} from "../../apparatus/index.ts";
import { Fault, faultCode, proxy, type Remote, transfer } from "../../base/index.ts";
import type { RecordingReport } from "../../verify/index.ts";
import { download } from "./download.ts";
import { PlaySound } from "./play-sound.ts";
import type { PlayedPicture, PlayerSnapshot } from "./snapshots.ts";

/** What is to be played, and what is known of it. */
export interface ToBePlayed {
  /** The name of one of this device, a file, or one that the server keeps. */
  readonly recording: string | ReadableRecording;
  readonly bytes: number;
  /** The camera it has to be of, because a person says so; null: any on the open card. */
  readonly number: string | null;
  /** Whose it is, as far as that is known. */
  readonly camera: { readonly number: string; readonly name: string | null };
  /** What its copies are called, without an ending. */
  readonly title: string;
  /** The verdict on all of it, where it is there already. */
  readonly report: RecordingReport | null;
}

/** Lines that are kept for the page. */
const linesKept = 200;

/** How long a film that was handed out stays here, ms. */
const filesKept = 60_000;

/** `onstays` hears whether films could not be erased. A worker that ended tells nothing more. */
export const watchFilms = (
  remote: Pick<Remote<PlayerControls>, "watchFilms">,
  onstays: (stays: boolean) => void,
): void => void remote.watchFilms(proxy(onstays)).catch(() => undefined);

/** Plays one recording through a worker, and says in snapshots how that stands. */
export class Playing {
  readonly #remote: Remote<PlayerControls>;
  readonly #changed: (snapshot: PlayerSnapshot) => void;
  readonly #onpicture: (picture: PlayedPicture) => void;
  readonly #sound = new PlaySound();
  #pictures: MessagePort | null = null;
  #snapshot: PlayerSnapshot | null = null;
  /** Where somebody wants to be next, while the worker is on its way to an earlier wish. */
  #next: (() => Promise<void>) | null = null;
  #isSeeking = false;
  /** Erases the film that was handed out, in a while. */
  #release: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  /** `changed` hears of every snapshot; whoever gets a picture owns its frame. */
  constructor(
    remote: Remote<PlayerControls>,
    changed: (snapshot: PlayerSnapshot) => void,
    onpicture: (picture: PlayedPicture) => void,
  ) {
    this.#remote = remote;
    this.#changed = changed;
    this.#onpicture = onpicture;
  }

  /** Loads it; the first picture comes with the first `seek`. False: the open card does not open it. Faults of `load`. */
  async begin(what: ToBePlayed, close?: () => void): Promise<boolean> {
    const { port1, port2 } = new MessageChannel();
    this.#pictures = port1;
    port1.onmessage = ({ data }: MessageEvent<PlayedMessage | SoundMessage>) => this.#take(port1, data);
    const events = proxy({
      onstatus: (status: PlayingStatus) => this.#stands(status),
      online: (line: PlayedLine) => this.#line(line),
      onfault: (fault: string) => this.#show({ fault }),
    });
    const loaded = await this.#remote.load(what.recording, what.number, transfer(port2, [port2]), events);
    if (this.#isOver) throw new Fault("cancelled");
    if (loaded.isClosed) return false;
    const { camera, report } = what;
    this.#snapshot = {
      ...{ cameraName: camera.name, number: camera.number, length: loaded.length, at: 0 },
      ...{ hasPictures: loaded.hasPictures, isHeard: loaded.hasSound ? false : null },
      ...{
        isGoing: false,
        hasEnded: false,
        isWaiting: false,
        rate: 1,
        lines: [],
        report: null,
        judged: 0,
        saving: null,
      },
      marks: loaded.holes.map((hole) => ({ at: hole.at, until: hole.until, offset: null, hole })),
      fault: null,
      play: () => {
        this.#show({ fault: null });
        this.#do(this.#remote.play());
      },
      pause: () => this.#do(this.#remote.pause()),
      seek: (at) => this.#seek(() => this.#remote.seek({ at })),
      visit: ({ at, offset }) =>
        this.#seek(async () => {
          await this.#remote.pause();
          await this.#remote.seek(offset === null ? { at } : { offset });
        }),
      setRate: (rate) => this.#do(this.#remote.setRate(rate)),
      savePicture: (picture, captured) =>
        download(`${nameOf(captured)}.${picture.type === "image/png" ? "png" : "jpg"}`, picture),
      disclose: ({ track, sequence }, captured) =>
        this.#do(
          this.#remote
            .disclosePicture(track, sequence)
            .then((file) => download(`${nameOf(captured)} picture.sealed`, file)),
        ),
      saveMp4: () => this.#do(this.#saveMp4(what.bytes, what.title)),
      cancelMp4: () => this.#do(this.#remote.cancelMp4()),
      ...(loaded.hasSound ? { hear: (isHeard: boolean) => this.#do(this.#hear(isHeard)) } : {}),
      ...(close ? { close } : {}),
    };
    // Whoever draws it asks for the first picture, once it can be drawn.
    this.#changed(this.#snapshot);
    this.#do(this.#judge(report, what.bytes));
    return true;
  }

  /** Nothing is shown or heard of it any more, and the films that were made of it are erased here. */
  async end(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#release);
    this.#sound.close();
    this.#pictures?.close();
    await this.#remote.unload().catch(() => undefined);
  }

  /** Says what went wrong beside the playing. */
  tell(fault: string): void {
    this.#show({ fault });
  }

  #show(change: Partial<PlayerSnapshot>): void {
    if (!this.#snapshot || this.#isOver) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#changed(this.#snapshot);
  }

  #do(act: Promise<unknown>): void {
    act.catch((error: unknown) => {
      const fault = faultCode(error);
      if (fault !== "cancelled") this.#show({ fault });
    });
  }

  #take(port: MessagePort, message: PlayedMessage | SoundMessage): void {
    if ("sound" in message) this.#sound.take(message.sound);
    else if ("silence" in message) this.#sound.silence();
    else {
      if (this.#isOver) message.picture?.close();
      else this.#onpicture(message);
      port.postMessage("drawn");
    }
  }

  #stands(status: PlayingStatus): void {
    this.#show(status);
  }

  /** In the order of the time line, each once: going back brings lines again. */
  #line(line: PlayedLine): void {
    const { lines } = this.#snapshot ?? { lines: [] };
    const isKnown = lines.some(({ captured, words }) => captured === line.captured && words === line.words);
    if (isKnown) return;
    this.#show({ lines: [...lines, line].sort((a, b) => a.at - b.at).slice(-linesKept) });
  }

  /** One after the other; of what is wished for meanwhile, the last wish alone. */
  #seek(act: () => Promise<void>): void {
    if (this.#snapshot?.fault) this.#show({ fault: null });
    this.#next = act;
    if (this.#isSeeking) return;
    this.#isSeeking = true;
    const go = async (): Promise<void> => {
      for (let next = this.#next; next && !this.#isOver; next = this.#next) {
        this.#next = null;
        await next();
      }
    };
    this.#do(
      go().finally(() => {
        this.#isSeeking = false;
      }),
    );
  }

  async #hear(isHeard: boolean): Promise<void> {
    if (isHeard) this.#sound.begin();
    else this.#sound.silence();
    this.#show({ isHeard });
    await this.#remote.hear(isHeard);
  }

  async #saveMp4(bytes: number, title: string): Promise<void> {
    this.#show({ saving: 0, fault: null });
    clearTimeout(this.#release);
    const onprogress = proxy((done: number) => this.#show({ saving: done / Math.max(1, bytes) }));
    try {
      const files = await this.#remote.saveMp4(onprogress);
      if (this.#isOver) return;
      for (const [at, file] of files.entries())
        download(`${title}${files.length > 1 ? ` ${at + 1}` : ""}.mp4`, file);
      // Open pictures lie on the disk until the browser has copied them; whatever ends this page or its worker before, the next worker erases them.
      this.#release = setTimeout(() => void this.#remote.releaseMp4().catch(() => undefined), filesKept);
    } finally {
      this.#show({ saving: null });
    }
  }

  async #judge(report: RecordingReport | null, bytes: number): Promise<void> {
    const onprogress = proxy((done: number) => this.#show({ judged: done / Math.max(1, bytes) }));
    const checked: Checked = report
      ? { report, marks: await this.#remote.mark(report) }
      : await this.#remote.check(onprogress);
    this.#show({ ...checked, judged: 1 });
  }
}

/** By the camera's clock, as a name. */
const nameOf = (captured: number | null): string =>
  captured !== null && Math.abs(captured) <= 8.64e15 ? new Date(captured).toISOString() : "picture";
