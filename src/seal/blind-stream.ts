import { type Bytes, equal, faultCode } from "../base/index.ts";
import { blindTree } from "./blind-tree.ts";
import { checkFrame } from "./check-frame.ts";
import { countOf } from "./counts.ts";
import { itemType, peekType } from "./fields.ts";
import { decodeFrame, type FrameItem } from "./frame.ts";
import { type CheckedHead, checkHead } from "./head.ts";
import { rememberedEpochs } from "./recording.ts";
import { checkEnd, checkEpoch } from "./stream-items.ts";

/** Why an item was refused: words of the closed lists of FORMAT.md, as a verdict on the recording has them. */
export type BlindReason =
  | "head" // the first item is none, or its own key did not sign it
  | "number" // another camera's
  | "malformed"
  | "version"
  | "splice" // a second head, or an answer to a nonce
  | "epoch" // an announcement that is not signed, or a frame of an epoch that its track has left
  | "no-key" // its epoch was not announced
  | "signature"
  | "tree"
  | "sequence"
  | "ended"; // the camera has signed the end

/** What an item of a stream turned out to be. */
export type BlindFinding =
  | { readonly kind: "head"; readonly head: CheckedHead }
  | { readonly kind: "epoch" | "end" }
  | { readonly kind: "frame"; readonly frame: FrameItem }
  | { readonly kind: "refused"; readonly reason: BlindReason };

/** What has to be known of a stream to go on with it: a plain value. */
export interface BlindState {
  /** The head's item. */
  readonly head: Bytes;
  /** Announced, the newest last. */
  readonly epochs: readonly number[];
  /** Of each track sequence and epoch of the last good frame; what was kept before streams had several epochs lacks the latter, which was 0. */
  readonly last: readonly (readonly [track: number, sequence: number, epoch?: number])[];
  readonly hasEnded: boolean;
}

const refused = (reason: BlindReason): BlindFinding => ({ kind: "refused", reason });

/**
 * Checks the items of one stream of the camera with this number, one by one, as who has the file and the number checks a recording
 * [SR4] [SR5] [SR6]: whether each is signed by that camera, unchanged and in order. Needs no key, no sensor and no more memory than one item. What
 * was refused leaves no trace; `take` must not be called before the last call has settled.
 */
export class BlindStream {
  readonly #number: Bytes;
  #item: Bytes | null = null;
  #head: CheckedHead | null = null;
  #epochs: number[] = [];
  readonly #last = new Map<number, { readonly sequence: number; readonly epoch: number }>();
  #hasEnded = false;

  /** `number`: the camera number, 32 bytes. */
  constructor(number: Bytes) {
    this.#number = number;
  }

  /** Goes on where another one stopped. The head is checked once more: null where it is not this camera's. */
  static async resume(number: Bytes, state: BlindState): Promise<BlindStream | null> {
    const stream = new BlindStream(number);
    if ((await stream.take(state.head)).kind !== "head") return null;
    stream.#epochs = [...state.epochs];
    for (const [track, sequence, epoch = 0] of state.last) stream.#last.set(track, { sequence, epoch });
    stream.#hasEnded = state.hasEnded;
    return stream;
  }

  /** null before the head. */
  get state(): BlindState | null {
    if (!this.#item) return null;
    const epochs = [...this.#epochs];
    const last = [...this.#last].map(([track, { sequence, epoch }]) => [track, sequence, epoch] as const);
    return { head: this.#item, epochs, last, hasEnded: this.#hasEnded };
  }

  /** null before it was taken. */
  get head(): CheckedHead | null {
    return this.#head;
  }

  /** Never throws for what the item holds. */
  async take(item: Uint8Array): Promise<BlindFinding> {
    // One private copy is what is checked, whatever its sender does to the buffer meanwhile.
    const own = new Uint8Array(item);
    if (this.#hasEnded) return refused("ended");
    const type = peekType(own);
    if (!this.#head) return type === itemType.head ? this.#takeHead(own) : refused("head");
    switch (type) {
      case itemType.head:
      case itemType.freshness:
        return refused("splice");
      case itemType.epoch:
        return this.#takeEpoch(this.#head, own);
      case itemType.frame:
        return this.#takeFrame(this.#head, own);
      case itemType.end:
        return this.#takeEnd(this.#head, own);
      default:
        return refused("malformed");
    }
  }

  async #takeHead(item: Bytes): Promise<BlindFinding> {
    const head = await read(() => checkHead(item), "head");
    if (typeof head === "string") return refused(head);
    if (!equal(head.number, this.#number)) return refused("number");
    this.#head = head;
    this.#item = item;
    return { kind: "head", head };
  }

  async #takeEpoch(head: CheckedHead, item: Bytes): Promise<BlindFinding> {
    const announced = await read(() => checkEpoch(head, item), "epoch");
    if (typeof announced === "string") return refused(announced);
    const { epoch } = announced;
    this.#epochs = [...this.#epochs.filter((known) => known !== epoch), epoch].slice(-rememberedEpochs);
    return { kind: "epoch" };
  }

  async #takeFrame(head: CheckedHead, item: Bytes): Promise<BlindFinding> {
    const frame = await read(async () => decodeFrame(item), "malformed");
    if (typeof frame === "string") return refused(frame);
    const { result } = await checkFrame(blindTree(frame), head, frame);
    if (result !== "unchanged") return refused(result);
    const { track, sequence, epoch } = frame.fields;
    const before = this.#last.get(track) ?? { sequence: -1, epoch: 0 };
    if (sequence <= before.sequence) return refused("sequence");
    if (epoch < before.epoch) return refused("epoch");
    if (!this.#epochs.includes(epoch)) return refused("no-key");
    this.#last.set(track, { sequence, epoch });
    return { kind: "frame", frame };
  }

  async #takeEnd(head: CheckedHead, item: Bytes): Promise<BlindFinding> {
    const end = await read(() => checkEnd(head, item), "signature");
    if (typeof end === "string") return refused(end);
    const isShort = [...this.#last].some(([track, { sequence }]) => countOf(end.counts, track) <= sequence);
    this.#hasEnded = !isShort;
    return isShort ? refused("sequence") : { kind: "end" };
  }
}

/** What `reader` reads, or the reason of its fault; `signature` is what a wrong signature is called. */
const read = async <T extends object>(
  reader: () => Promise<T>,
  signature: BlindReason,
): Promise<T | BlindReason> => {
  try {
    return await reader();
  } catch (error) {
    switch (faultCode(error)) {
      case "malformed":
      case "shape":
        return "malformed";
      case "version":
        return "version";
      case "signature":
        return signature;
      default:
        throw error;
    }
  }
};
