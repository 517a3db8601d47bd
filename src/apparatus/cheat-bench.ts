import { type Bytes, faultCode, thumbprint } from "../base/index.ts";
import type { Arrival } from "../relay/index.ts";
import { itemType, peekType } from "../seal/index.ts";
import type { CameraFrame } from "../sensor/index.ts";
import { StateKeeper } from "../verify/index.ts";
import { type Between, between } from "./between.ts";
import type { CameraStream } from "./camera-stream.ts";
import { changeTime, cutShort, swapSignature, turnBit } from "./cheats.ts";
import type { Cheat, CheatEvents } from "./self-check.api.ts";
import { exactWant } from "./talk.ts";
import {
  beginStream,
  nextOf,
  sealedByAnother,
  type Throwaway,
  type ThrowawayMeans,
  throwaway,
} from "./throwaway-camera.ts";
import { type ViewerOutput, Viewing } from "./viewer.ts";
import type { ViewerStore } from "./viewer-store.ts";

/** What a bench is made of: what its cameras are, and whom it tells. */
export interface BenchMeans extends ThrowawayMeans {
  readonly output: Pick<ViewerOutput, "show">;
  readonly events: CheatEvents;
}

const nothing = (): void => undefined;

/** Nothing is remembered of a camera that is thrown away. */
const forgetful: ViewerStore = { lastHead: async () => null, remember: async () => undefined };

/**
 * A camera and a viewer as they are everywhere else, in one worker, with somebody between them who cheats when asked. The frames are the
 * capture device's own; nothing else is ever sealed here.
 */
export class CheatBench {
  /** The throw-away camera's number, 32 bytes. */
  readonly number: Bytes;
  readonly #means: BenchMeans;
  readonly #reader: ReadableStreamDefaultReader<CameraFrame>;
  readonly #stream: CameraStream;
  readonly #line: Between;
  #viewing: Viewing | null = null;
  /** What is to be done to the next frame. */
  #cheat: Cheat | null = null;
  /** The same picture, sealed by another camera: for its signature. */
  #foreign: Uint8Array | null = null;
  /** The frame in whose place the cheat went: while there is one, nothing is sealed. */
  #held: Bytes | null = null;
  /** The last frame that went through. */
  #last: Bytes | null = null;
  #isOver = false;

  private constructor(
    number: Bytes,
    means: BenchMeans,
    reader: ReadableStreamDefaultReader<CameraFrame>,
    stream: CameraStream,
  ) {
    this.number = number;
    this.#means = means;
    this.#reader = reader;
    this.#stream = stream;
    this.#line = between((message) => this.#pass(message));
  }

  /** Begins with the first frames. Faults "camera-silent", "camera-unplugged", "pixel-format". */
  static async begin(frames: ReadableStream<CameraFrame>, means: BenchMeans): Promise<CheatBench> {
    const reader = frames.getReader();
    try {
      const mine = await throwaway();
      const stream = await beginStream(mine, means, () => nextOf(reader));
      const bench = new CheatBench(await thumbprint(mine.key.publicKey), means, reader, stream);
      try {
        await bench.#watch(mine);
      } catch (error) {
        await bench.stop();
        throw error;
      }
      return bench;
    } catch (error) {
      // Not waited for: a device that gives nothing may not answer this either.
      void reader.cancel().catch(() => undefined);
      throw error;
    }
  }

  /** Does this to the next frame; nothing while something is done already. */
  cheat(cheat: Cheat): void {
    if (this.#held || this.#cheat || this.#isOver) return;
    this.#cheat = cheat;
  }

  /** What the camera made goes out as it made it, and so does everything behind it. */
  resend(): void {
    const original = this.#held;
    this.#held = null;
    if (original) this.#line.arrive({ sealed: original });
  }

  /** Ends the stream, erases every key. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#reader.cancel().catch(() => undefined);
    await this.#viewing?.stop();
    await this.#stream.end();
  }

  async #watch({ pair }: Throwaway): Promise<void> {
    const { makeSensor, steady, output } = this.#means;
    const record = {
      ...{ number: this.number, generation: 1, acknowledged: true },
      decryptionKeys: [{ generation: 1, identity: pair.identity }],
    };
    this.#viewing = await Viewing.begin(
      this.#line.viewer,
      record,
      {
        ...{ sensor: await makeSensor(), clock: steady, store: forgetful, want: exactWant },
        state: new StateKeeper(steady),
      },
      {
        show: output.show,
        ...{
          hear: nothing,
          ontext: nothing,
          onlabel: nothing,
          onended: nothing,
          onbefore: nothing,
          onunsent: nothing,
        },
        ...{ onpass: nothing, onclosed: nothing },
      },
    );
    this.#stream.attach(this.#line.camera, "self-check");
    void this.#run();
  }

  async #run(): Promise<void> {
    let code = "camera-unplugged";
    try {
      while (!this.#isOver) {
        const { done, value } = await this.#reader.read();
        if (done) break;
        if (this.#held || this.#isOver) value.close();
        else await this.#seal(value);
      }
    } catch (error) {
      code = faultCode(error) === "shape" ? "pixel-format" : faultCode(error);
      if (code === "unexpected") console.error(error);
    }
    if (this.#isOver) return;
    await this.stop();
    this.#means.events.onended(code);
  }

  async #seal(frame: CameraFrame): Promise<void> {
    if (this.#cheat?.kind === "signature") {
      const next = () => nextOf(this.#reader);
      this.#foreign = await sealedByAnother(frame.clone(), this.#means, next).catch((error: unknown) => {
        frame.close();
        throw error;
      });
    }
    await this.#stream.seal(frame);
    this.#foreign = null;
  }

  /** Everything the camera sends goes through here. */
  #pass(message: Arrival): Arrival[] {
    if (!("sealed" in message) || peekType(message.sealed) !== itemType.frame) return [message];
    if (this.#held) return [];
    const item = message.sealed;
    const cheat = this.#cheat;
    const other = cheat && this.#altered(cheat, item);
    if (!cheat || !other) {
      this.#last = item;
      return [message];
    }
    this.#cheat = null;
    this.#held = item;
    this.#means.events.oncheated(cheat);
    return [{ sealed: other }];
  }

  #turned(item: Bytes, tile: number): Bytes | null {
    try {
      return turnBit(item, tile);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // The device was turned since the tile was chosen: the picture has other tiles now.
      this.#cheat = null;
      return null;
    }
  }

  /** null: it cannot be done to this one yet. */
  #altered(cheat: Cheat, item: Bytes): Bytes | null {
    switch (cheat.kind) {
      case "bit":
        return this.#turned(item, cheat.tile);
      case "time":
        return changeTime(item);
      case "signature":
        return this.#foreign && swapSignature(item, this.#foreign);
      case "again":
        return this.#last;
      case "short":
        return cutShort(item);
    }
  }
}
