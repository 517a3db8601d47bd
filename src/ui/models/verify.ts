import { type Judgement, startVerify, type VerifyApi } from "../../apparatus/index.ts";
import { type Connection, faultCode, fromBase32, proxy } from "../../base/index.ts";
import { secretOf } from "./card-secret.ts";
import { givenName } from "./copy-name.ts";
import { IdleLock } from "./idle-lock.ts";
import { Model } from "./model.ts";
import { Playing, watchFilms } from "./playing.ts";
import type { CameraOnCard, CardWay, CheckedFile, JudgedPicture, VerifySnapshot } from "./snapshots.ts";

/** Before it is judged, or judged anew. */
const waiting = { step: "waiting", progress: 0, judgement: null, cameraName: null, fault: null } as const;

/**
 * `/verify`: judges recordings, one after the other. Whatever changes who is vouched for (a number typed, a card opened or ejected)
 * takes every verdict back and has all files judged anew: no verdict stands that rests on something else than what the page shows.
 */
export class VerifyModel extends Model<VerifySnapshot> {
  #worker: Connection<VerifyApi>;
  /** The worker ended by itself; the next act makes a new one. */
  #isDead = false;
  readonly #files = new Map<string, File>();
  #added = 0;
  /** The whole number that was typed; null while there is none. */
  #number: string | null = null;
  #cameras: readonly CameraOnCard[] = [];
  /** Counts what cancels: an answer of an earlier turn is about nothing any more. */
  #turn = 0;
  #isRunning = false;
  #playing: Playing | null = null;
  readonly #idle = new IdleLock({
    isBusy: () => this.#isRunning || this.snapshot.player?.isGoing === true,
    lock: () => this.#lock(),
  });
  /** Takes each picture of the file that is played. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  constructor() {
    super({
      ...{ files: [], typed: { characters: 0, state: "none" }, cards: null, opening: false, card: null },
      ...{ fault: null, player: null, filmsStay: false },
    });
    this.#worker = this.#connect();
    this.show({ add: this.#add, remove: this.#remove, type: this.#type });
    void this.#list();
  }

  override dispose(): void {
    super.dispose();
    this.#idle.end();
    for (const { judgement } of this.snapshot.files) close(judgement);
    this.#files.clear();
    // First it erases what it made: a worker that is ended at once cannot.
    void this.#stop().finally(() => this.#worker.close());
  }

  #connect(): Connection<VerifyApi> {
    const worker = startVerify((fault) => {
      if (this.disposed) return;
      this.#isDead = true;
      void this.#stop();
      // The card was open in that worker only; what was judged with it is judged anew, without.
      if (this.snapshot.card) this.#ejected();
      this.show({ fault });
    });
    watchFilms(worker.remote, this.#stays);
    return worker;
  }

  #stays = (filmsStay: boolean): void => {
    if (this.disposed) return;
    this.show({ filmsStay });
    if (filmsStay) this.#playing?.tell("films-stay");
  };

  #revive(): void {
    if (!this.#isDead) return;
    this.#isDead = false;
    this.#worker = this.#connect();
  }

  async #list(): Promise<void> {
    try {
      const cards = await this.#worker.remote.cards();
      this.show({ cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      // Files are judged without cards, too.
      this.show({ cards: [], fault: faultCode(error) });
    }
  }

  #add = (files: readonly File[]): void => {
    const added = files.map((file): CheckedFile => {
      const id = String(++this.#added);
      this.#files.set(id, file);
      return { id, name: file.name, bytes: file.size, ...waiting };
    });
    const names = new Set(added.map(({ name }) => name));
    this.show({ files: [...this.#again(this.snapshot.files, names), ...added], fault: null });
    void this.#run();
  };

  #remove = (id: string): void => {
    const { files } = this.snapshot;
    const removed = files.find((file) => file.id === id);
    this.#files.delete(id);
    close(removed?.judgement ?? null);
    const left = files.filter((file) => file.id !== id);
    this.show({ files: this.#again(left, new Set(removed ? [removed.name] : [])) });
    if (removed?.step === "judging") this.#cancel();
    void this.#run();
  };

  /** An MP4 rests on the recording of the same name: it is judged anew where one of these comes or goes. */
  #again(files: readonly CheckedFile[], names: ReadonlySet<string>): CheckedFile[] {
    return files.map((file) => {
      const sealed = besideName(file.name);
      return sealed !== null && names.has(sealed) && file.step !== "judging" ? { ...file, ...waiting } : file;
    });
  }

  #type = (text: string): void => {
    const plain = text.replace(/[\s-]/g, "").toUpperCase();
    const state = stateOf(plain);
    this.show({ typed: { characters: plain.length, state } });
    const number = state === "whole" ? plain : null;
    if (number === this.#number) return;
    this.#number = number;
    this.#judgeAnew();
  };

  #open = async (id: string, way: CardWay): Promise<boolean> => {
    this.#revive();
    this.show({ opening: true, fault: null, open: undefined });
    try {
      const { cameras } = await this.#worker.remote.open(id, await secretOf(id, way));
      this.#cameras = cameras;
      this.#idle.begin();
      const name = this.snapshot.cards?.find((card) => card.id === id)?.name ?? "";
      const card = { name, cameras: this.#cameras.length };
      this.show({ opening: false, card, eject: this.#eject, play: this.#play });
      this.#judgeAnew();
      return true;
    } catch (error) {
      this.show({ opening: false, fault: faultCode(error), open: this.#open });
      return false;
    }
  };

  #eject = (): void => {
    void this.#worker.remote.eject().catch(() => undefined);
    this.#ejected();
  };

  /** Nobody is there any more: the worker ends, and with it what it holds of the card. First it erases what it made. */
  #lock(): void {
    const worker = this.#worker;
    this.#turn += 1;
    this.#isDead = true;
    void this.#stop().finally(() => worker.close());
    this.#revive();
    this.#ejected();
    this.show({ fault: "card-idle" });
  }

  #ejected(): void {
    this.#idle.end();
    this.#cameras = [];
    void this.#stop();
    this.show({ card: null, fault: null, eject: undefined, play: undefined, open: this.#open });
    this.#judgeAnew();
  }

  /** Plays a file that was judged, with its verdict on the time line. */
  #play = (id: string): void => {
    const file = this.#files.get(id);
    const checked = this.snapshot.files.find((one) => one.id === id);
    if (!file || checked?.judgement?.kind !== "recording" || this.snapshot.card === null) return;
    const { judgement, cameraName } = checked;
    const { report } = judgement;
    if (!report.opened) return;
    void this.#stop();
    const playing = new Playing(
      this.#worker.remote,
      (player) => this.show({ player }),
      (picture) => (this.onpicture ? this.onpicture(picture) : picture.picture?.close()),
    );
    this.#playing = playing;
    const camera = { number: report.camera ?? "", name: cameraName };
    playing
      .begin(
        {
          ...{ recording: file, bytes: file.size, number: this.#number, camera, report },
          title: givenName(file.name),
        },
        () => void this.#stop(),
      )
      .catch((error: unknown) => {
        if (playing === this.#playing) this.show({ fault: faultCode(error), player: null });
      });
  };

  async #stop(): Promise<void> {
    const before = this.#playing;
    this.#playing = null;
    if (!this.disposed) this.show({ player: null });
    await before?.end();
  }

  #cancel(): void {
    this.#turn += 1;
    void this.#worker.remote.cancel().catch(() => undefined);
  }

  #judgeAnew(): void {
    this.#cancel();
    for (const { judgement } of this.snapshot.files) close(judgement);
    this.show({ files: this.snapshot.files.map((file) => ({ ...file, ...waiting })) });
    void this.#run();
  }

  /** Judges what waits, in order, one at a time. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      const next = this.disposed ? undefined : this.snapshot.files.find(({ step }) => step === "waiting");
      if (!next) break;
      await this.#judge(next.id);
    }
    this.#isRunning = false;
  }

  async #judge(id: string): Promise<void> {
    const file = this.#files.get(id);
    if (!file) return;
    this.#revive();
    const turn = this.#turn;
    // What comes after a cancellation is not said of the file as it waits now.
    const say = (change: Partial<CheckedFile>): void => {
      if (!this.disposed && turn === this.#turn) this.#change(id, change);
    };
    say({ step: "judging" });
    const beside = this.#besideOf(file.name);
    const { size } = beside ?? file;
    const onprogress = proxy((done: number) => say({ progress: done / Math.max(size, 1) }));
    try {
      const judgement = await this.#worker.remote.judge(file, beside, this.#number, onprogress);
      if (turn !== this.#turn || this.disposed) return close(judgement);
      if (beside !== this.#besideOf(file.name)) return say(waiting);
      const camera = judgement.kind === "foreign" ? null : judgement.report.camera;
      const cameraName = this.#cameras.find(({ number }) => number === camera)?.name ?? null;
      say({ step: "judged", progress: 1, judgement, cameraName });
    } catch (error) {
      say({ step: "failed", fault: faultCode(error) });
    }
  }

  /** The recording of the same name, by which an MP4 is judged; null where none was given. */
  #besideOf(name: string): File | null {
    const sealed = besideName(name);
    return [...this.#files.values()].find((one) => one.name === sealed) ?? null;
  }

  #change(id: string, change: Partial<CheckedFile>): void {
    this.show({
      files: this.snapshot.files.map((file) => (file.id === id ? { ...file, ...change } : file)),
    });
  }
}

/** The recording that belongs to an MP4, by its name; null for what is none. */
const besideName = (name: string): string | null =>
  /\.mp4$/i.test(name) ? name.replace(/\.mp4$/i, ".sealed") : null;

/** Lets the picture go that came with it. */
const close = (judgement: Judgement | null): void => {
  if (judgement?.kind === "disclosed" && judgement.content?.what === "picture")
    judgement.content.picture.close();
};

/** All 52 characters: 24 are for eyes, and vouch for nothing here. */
const stateOf = (plain: string): VerifySnapshot["typed"]["state"] => {
  if (plain === "") return "none";
  if (!/^[A-Z2-7]*$/.test(plain) || plain.length > 52) return "wrong";
  if (plain.length < 52) return "partial";
  try {
    fromBase32(plain);
    return "whole";
  } catch {
    return "wrong";
  }
};
