import { opfsRecordings, type PlayerApi, startPlayer } from "../../apparatus/index.ts";
import { type Connection, Fault, faultCode } from "../../base/index.ts";
import { secretOf } from "./card-secret.ts";
import { copyName } from "./copy-name.ts";
import { IdleLock } from "./idle-lock.ts";
import { Model } from "./model.ts";
import { Playing, watchFilms } from "./playing.ts";
import type { CameraOnCard, CardWay, JudgedPicture, PlaySnapshot, StoredName } from "./snapshots.ts";
import { askListing } from "./stored-server.ts";

/** `/play?name=…`: opens a card, and plays a recording with it, one of this device or, `/play?camera=…&hash=…`, one that the server keeps. */
export class PlayModel extends Model<PlaySnapshot> {
  readonly #recording: string | StoredName;
  readonly #leave: () => void;
  #worker: Connection<PlayerApi>;
  #isDead = false;
  #playing: Playing | null = null;
  readonly #idle = new IdleLock({
    isBusy: () => this.snapshot.step === "loading" || this.snapshot.player?.isGoing === true,
    lock: () => this.#lock(),
  });
  /** Takes each picture with its verdict and place, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  /** `leave`: goes back to the list. */
  constructor(recording: string | StoredName, leave: () => void) {
    super({
      ...{ step: "choose-card", cards: null, recording: null, player: null, fault: null },
      filmsStay: false,
    });
    this.#recording = recording;
    this.#leave = leave;
    this.#worker = this.#connect();
    void this.#begin();
  }

  override dispose(): void {
    super.dispose();
    this.#idle.end();
    // First it erases what it made: a worker that is ended at once cannot.
    void Promise.resolve(this.#playing?.end()).finally(() => this.#worker.close());
  }

  #connect(): Connection<PlayerApi> {
    const worker = startPlayer((fault) => {
      if (this.disposed) return;
      this.#isDead = true;
      // The card was open in that worker only: it has to be inserted again.
      this.#stop();
      this.show({ step: "choose-card", fault, open: this.#open, eject: undefined });
    });
    watchFilms(worker.remote, this.#stays);
    return worker;
  }

  #stays = (filmsStay: boolean): void => {
    if (this.disposed) return;
    this.show({ filmsStay });
    if (filmsStay) this.#playing?.tell("films-stay");
  };

  async #begin(): Promise<void> {
    try {
      const recording = await lookFor(this.#recording);
      const cards = await this.#worker.remote.cards();
      this.show({ recording, cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.show({ step: "failed", fault: faultCode(error) });
    }
  }

  #open = async (id: string, way: CardWay): Promise<boolean> => {
    if (this.#isDead) {
      this.#isDead = false;
      this.#worker = this.#connect();
    }
    this.show({ step: "opening", fault: null, open: undefined });
    let cameras: readonly CameraOnCard[];
    try {
      ({ cameras } = await this.#worker.remote.open(id, await secretOf(id, way)));
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      return false;
    }
    this.#idle.begin();
    this.show({ step: "loading", eject: this.#eject });
    await this.#load(cameras);
    return true;
  };

  async #load(cameras: readonly CameraOnCard[]): Promise<void> {
    const number = this.snapshot.recording?.number ?? "";
    const name = cameras.find((camera) => camera.number === number)?.name ?? null;
    const playing = new Playing(
      this.#worker.remote,
      (player) => this.show({ player }),
      (picture) => (this.onpicture ? this.onpicture(picture) : picture.picture?.close()),
    );
    this.#playing = playing;
    try {
      const what = {
        recording: this.#recording,
        bytes: this.snapshot.recording?.bytes ?? 0,
        number: null,
        camera: { number, name },
        title: copyName(this.snapshot.recording?.begun ?? 0, number),
        report: null,
      };
      const isOpen = await playing.begin(what, this.#leave);
      this.show({ step: isOpen ? "playing" : "closed" });
    } catch (error) {
      if (!this.disposed && playing === this.#playing) this.show({ step: "failed", fault: faultCode(error) });
    }
  }

  #eject = (): void => {
    this.#stop();
    void this.#worker.remote.eject().catch(() => undefined);
    this.show({ step: "choose-card", fault: null, open: this.#open, eject: undefined });
  };

  /** Nobody is there any more: the worker ends, and with it what it holds of the card. First it erases what it made. */
  #lock(): void {
    const worker = this.#worker;
    void Promise.resolve(this.#playing?.end()).finally(() => worker.close());
    this.#isDead = true;
    this.#stop();
    this.show({ step: "choose-card", fault: "card-idle", open: this.#open, eject: undefined });
  }

  #stop(): void {
    this.#idle.end();
    void this.#playing?.end();
    this.#playing = null;
    this.show({ player: null });
  }
}

/** What is known of it before it is opened. Faults "recording-none", and those of `StoredFault`. */
const lookFor = async (recording: string | StoredName): Promise<NonNullable<PlaySnapshot["recording"]>> => {
  if (typeof recording !== "string") {
    const { recordings } = await askListing(recording.camera);
    const found = recordings.find(({ hash }) => hash === recording.hash);
    if (!found) throw new Fault("stored-none");
    return { number: recording.camera, begun: found.first, bytes: found.bytes };
  }
  const found = (await opfsRecordings().list()).find(({ name }) => name === recording);
  if (!found) throw new Fault("recording-none");
  return { number: found.number, begun: found.begun, bytes: (await opfsRecordings().read(recording)).size };
};
