import { type Bytes, type Clock, equal, faultCode } from "../base/index.ts";
import { RecordingWriter, rememberedEpochs } from "../seal/index.ts";
import type { Finding } from "../verify/index.ts";
import type { RecordingFile, RecordingStore } from "./recording-store.ts";

/** How a recording that goes on stands. */
export interface RecordingStatus {
  readonly seconds: number;
  readonly bytes: number;
}

/** What is not on the disk yet is lost with the tab: this much at most. ms */
export const flushInterval = 1_000;

/** A recording under way. */
interface Running {
  readonly file: RecordingFile;
  readonly writer: RecordingWriter;
  readonly begun: number;
  readonly timer: ReturnType<typeof setInterval>;
  bytes: number;
  isFlushed: boolean;
}

/**
 * Records what a viewer has judged good: started and stopped at will, also in mid-stream. Goes on over a lost connection as long
 * as the same stream comes back; ends with the stream.
 */
export class Recorder {
  readonly #store: RecordingStore;
  readonly #number: string;
  readonly #clock: Clock;
  readonly #onchange: (status: RecordingStatus | null, fault: string | null) => void;
  #head: Bytes | null = null;
  #epochs: Bytes[] = [];
  #running: Running | null = null;
  /** The start that is under way: stopping meanwhile, or starting anew, takes it away. */
  #starting: object | null = null;

  /** `onchange` hears of it each second, and null when it is over, with the fault that ended it, if one did. */
  constructor(
    store: RecordingStore,
    number: string,
    clock: Clock,
    onchange: (status: RecordingStatus | null, fault: string | null) => void,
  ) {
    this.#store = store;
    this.#number = number;
    this.#clock = clock;
    this.#onchange = onchange;
  }

  /** Takes an item and what it was judged to be. What a recording begins with is kept, whether or not one goes on. */
  take(kind: Finding["kind"], item: Bytes): void {
    if (kind === "head" && !(this.#head && equal(this.#head, item))) {
      this.#head = item.slice();
      this.#epochs = [];
    }
    if (kind === "epoch" && !this.#epochs.some((known) => equal(known, item)))
      this.#epochs = [...this.#epochs, item.slice()].slice(-rememberedEpochs);
    if (kind === "head" || kind === "epoch" || kind === "frame" || kind === "end") this.#write(item);
  }

  /** Begins a recording, unless one goes on. Fault "storage". */
  async start(): Promise<void> {
    if (this.#running || this.#starting) return;
    const mine = {};
    this.#starting = mine;
    try {
      const begun = this.#clock.now();
      const file = await this.#store.create(this.#number, begun);
      if (this.#starting !== mine) {
        file.close();
        return;
      }
      const writer = new RecordingWriter((bytes) => {
        file.append(bytes);
        running.bytes += bytes.length;
        running.isFlushed = false;
      });
      const timer = setInterval(() => this.#tick(), flushInterval);
      const running: Running = { file, writer, begun, timer, bytes: 0, isFlushed: true };
      this.#running = running;
    } finally {
      if (this.#starting === mine) this.#starting = null;
    }
    for (const item of this.#head ? [this.#head, ...this.#epochs] : []) this.#write(item);
    this.#tick();
  }

  /** Ends the recording; the file is whole up to the last item taken. */
  stop(fault: string | null = null): void {
    this.#starting = null;
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    clearInterval(running.timer);
    try {
      running.file.flush();
    } catch (error) {
      fault ??= faultCode(error);
    }
    running.file.close();
    this.#onchange(null, fault);
  }

  #write(item: Bytes): void {
    const running = this.#running;
    if (!running) return;
    try {
      running.writer.take(item);
    } catch (error) {
      this.stop(faultCode(error));
      return;
    }
    if (running.writer.hasEnded) this.stop();
  }

  #tick(): void {
    const running = this.#running;
    if (!running) return;
    try {
      if (!running.isFlushed) running.file.flush();
      running.isFlushed = true;
    } catch (error) {
      this.stop(faultCode(error));
      return;
    }
    const seconds = Math.max(0, Math.floor((this.#clock.now() - running.begun) / 1000));
    this.#onchange({ seconds, bytes: running.bytes }, null);
  }
}
