import { opfsRecordings, type PlayerApi, startPlayer } from "../../apparatus/index.ts";
import { type Connection, faultCode } from "../../base/index.ts";
import { copyName } from "./copy-name.ts";
import { Model } from "./model.ts";
import { Playing, watchFilms } from "./playing.ts";
import type { CameraOnCard, JudgedPicture, PlaySnapshot } from "./snapshots.ts";

/** `/play?name=…`: opens a card, and plays one of this device's recordings with it. */
export class PlayModel extends Model<PlaySnapshot> {
  readonly #name: string;
  readonly #leave: () => void;
  #worker: Connection<PlayerApi>;
  #isDead = false;
  #playing: Playing | null = null;
  /** Takes each picture with its verdict and place, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  /** `leave`: goes back to the list. */
  constructor(name: string, leave: () => void) {
    super({
      ...{ step: "choose-card", cards: null, recording: null, player: null, fault: null },
      filmsStay: false,
    });
    this.#name = name;
    this.#leave = leave;
    this.#worker = this.#connect();
    void this.#begin();
  }

  override dispose(): void {
    super.dispose();
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
      const recordings = await opfsRecordings().list();
      const recording = recordings.find(({ name }) => name === this.#name);
      if (!recording) {
        this.show({ step: "failed", fault: "recording-none" });
        return;
      }
      const cards = await this.#worker.remote.cards();
      this.show({ recording, cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.show({ step: "failed", fault: faultCode(error) });
    }
  }

  #open = async (id: string, password: string): Promise<boolean> => {
    if (this.#isDead) {
      this.#isDead = false;
      this.#worker = this.#connect();
    }
    this.show({ step: "opening", fault: null, open: undefined });
    let cameras: readonly CameraOnCard[];
    try {
      cameras = await this.#worker.remote.open(id, password);
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      return false;
    }
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
      const { size } = await opfsRecordings().read(this.#name);
      const what = {
        recording: this.#name,
        bytes: size,
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

  #stop(): void {
    void this.#playing?.end();
    this.#playing = null;
    this.show({ player: null });
  }
}
