import { type Bytes, faultCode } from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import { writeRecordingName } from "./recording-names.ts";
import type { RecordingStore } from "./recording-store.ts";
import {
  decodeAsk,
  encodeAnswer,
  mostListed,
  type RecordingAnswer,
  type RecordingAsk,
} from "./recording-talk.ts";

/** What may wait for its answer, of one viewer; what comes beyond it is dropped. */
export const mostAsked = 16;
/** Live pictures go first: nothing is sent where their window has not so much room left. bytes */
export const reserve = 1 << 20;
/** How often it is looked whether there is room. ms */
const look = 20;

export interface RecordingDeskMeans {
  readonly carrier: Pick<Carrier, "send" | "hasRoom">;
  readonly recordings: Pick<RecordingStore, "list" | "source">;
  /** Of the camera, 52 base32 characters. */
  readonly number: string;
}

/** Gives one viewer, who was let in, what it asks for of the camera's own recordings [RC1]: one after the other, as sealed as they lie there. */
export class RecordingDesk {
  readonly #means: RecordingDeskMeans;
  readonly #asked: RecordingAsk[] = [];
  #isWorking = false;
  #isClosed = false;

  constructor(means: RecordingDeskMeans) {
    this.#means = means;
  }

  /** True where it is for this desk. */
  hear(talk: Uint8Array): boolean {
    const ask = decodeAsk(talk);
    if (!ask) return false;
    if (this.#asked.length < mostAsked) this.#asked.push(ask);
    if (!this.#isWorking) void this.#work();
    return true;
  }

  close(): void {
    this.#isClosed = true;
    this.#asked.length = 0;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let ask = this.#asked.shift(); ask; ask = this.#asked.shift()) {
      const { id } = ask;
      const answer = await this.#answer(ask).catch((error: unknown): RecordingAnswer => {
        if (faultCode(error) === "unexpected") console.error(error);
        return { kind: "none", id };
      });
      const talk = encodeAnswer(answer);
      while (!this.#isClosed && !this.#means.carrier.hasRoom(reserve))
        await new Promise((resolve) => setTimeout(resolve, look));
      if (!this.#isClosed) this.#means.carrier.send({ talk });
    }
    this.#isWorking = false;
  }

  async #answer(ask: RecordingAsk): Promise<RecordingAnswer> {
    const { recordings, number } = this.#means;
    const { id } = ask;
    if (ask.kind === "recordings") {
      const own = (await recordings.list()).filter((one) => one.origin === "camera" && one.number === number);
      const told = own.map(({ begun, bytes, isWriting }) => ({ begun, bytes, isWriting }));
      return { kind: "recordings", id, recordings: told.slice(0, mostListed) };
    }
    // Whatever is asked for, it is one of this camera's own [RC2].
    const name = writeRecordingName({ begun: ask.begun, number, origin: "camera" });
    const source = await recordings.source(name, ask.part);
    return { kind: "piece", id, bytes: new Uint8Array(await source.read(ask.offset, ask.length)) as Bytes };
  }
}
