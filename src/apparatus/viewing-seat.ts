import { type Bytes, type SigningKey, steadyClock } from "../base/index.ts";
import type { CardRecord } from "../card/index.ts";
import type { VideoFamily } from "../media/index.ts";
import { type ProofRequest, portCarrier } from "../relay/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { StateKeeper } from "../verify/index.ts";
import { AskedRecordings } from "./asked-recordings.ts";
import { proveIn } from "./prove.ts";
import type { Recorder } from "./recorder.ts";
import type { Want } from "./talk.ts";
import { type ViewerOutput, Viewing } from "./viewer.ts";
import type { ViewerStore } from "./viewer-store.ts";

/** What a seat works with. */
export interface SeatMeans {
  readonly key: SigningKey;
  /** Nobody else's: one camera's frame at a time lies in it. */
  readonly sensor: Promise<ArraySensor>;
  readonly store: Promise<ViewerStore>;
  readonly decodes: () => Promise<readonly VideoFamily[]>;
  /** The pass for this camera, asked with each connection. */
  readonly pass: () => Bytes | null;
  readonly output: ViewerOutput & { close(): void };
  readonly recorder: Recorder;
  /** Wrong passwords that were tried on the card before it was opened. */
  readonly guessed?: number;
}

/** One camera that is viewed, from being chosen to being left: one connection after the other, beside those of other seats. */
export class ViewingSeat {
  readonly record: CardRecord;
  /** What the camera is asked for beside its pictures; it outlasts a connection. */
  readonly recordings = new AskedRecordings();
  readonly #means: SeatMeans;
  readonly #state = new StateKeeper(steadyClock);
  #want: Want;
  #viewing: Viewing | null = null;
  /** One viewing at a time has the sensor: each begins and ends behind what was asked for before. */
  #turn: Promise<void> = Promise.resolve();
  #isOver = false;
  #guessed: number;

  constructor(record: CardRecord, want: Want, means: SeatMeans) {
    this.record = record;
    this.#want = want;
    this.#means = means;
    this.#guessed = means.guessed ?? 0;
    means.sensor.catch(() => undefined);
  }

  /** Its key is proven for its own room. Fault "peer-proof" for another one. */
  prove(request: ProofRequest): Promise<Bytes> {
    return proveIn(this.record.number, this.#means.key, request);
  }

  /** Watches over a port that a relay introduced, in the place of the one before. */
  watch(port: MessagePort): Promise<void> {
    void this.#viewing?.stop();
    this.#turn = this.#turn.catch(() => undefined).then(() => this.#begin(port));
    return this.#turn;
  }

  want(want: Want): void {
    this.#want = want;
    this.#viewing?.want(want);
  }

  /** Begins to record what is viewed. Faults "storage", "storage-full". */
  startRecording(): Promise<void> {
    return this.#means.recorder.start();
  }

  /** Asks for what a recording begins with. */
  needStill(): void {
    this.#viewing?.needStill();
  }

  stopRecording(): void {
    this.#means.recorder.stop();
  }

  leave(): void {
    this.#isOver = true;
    void this.#viewing?.stop();
    this.recordings.close();
    this.#means.recorder.stop();
    this.#means.output.close();
  }

  async #begin(port: MessagePort): Promise<void> {
    await this.#viewing?.stop();
    // Left while this waited.
    if (this.#isOver) return port.close();
    const carrier = portCarrier(port);
    const { sensor, store, decodes, key, recorder, pass, output } = this.#means;
    try {
      const means = {
        ...{ sensor: await sensor, clock: steadyClock, store: await store, state: this.#state },
        ...{ recorder, want: this.#want, decodes: await decodes(), key, pass: pass() },
        ...{ recordings: this.recordings, guessed: this.#guessed },
      };
      this.#viewing = await Viewing.begin(carrier, this.record, means, output);
      // Once for each camera.
      this.#guessed = 0;
    } catch (error) {
      carrier.close();
      throw error;
    }
    if (this.#isOver) await this.#viewing.stop();
  }
}
