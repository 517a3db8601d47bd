import { type Bytes, type Clock, equal, faultCode, fromUtf8 } from "../base/index.ts";
import {
  type CheckedHead,
  checkEnd,
  checkEpoch,
  checkFrame,
  checkHead,
  countOf,
  decodeFrame,
  type FrameItem,
  itemType,
  layoutOf,
  openFrame,
  peekType,
} from "../seal/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { FreshnessKeeper } from "./freshness-keeper.ts";
import { openEpoch } from "./open-epoch.ts";
import { PictureChain } from "./picture-chain.ts";
import type { CheckName, CheckResult, Reason } from "./verdict.ts";

/** The newest stream of a camera that this viewer has seen: older ones are never "the camera now". */
export interface LastHead {
  readonly counter: number;
  readonly hash: Bytes;
}

/** What a viewer brings to judge one camera's stream. */
export interface JudgeOptions {
  /** The camera number on the card, 32 bytes: the only thing that makes a key the camera's. */
  readonly number: Bytes;
  /** The card's decryption keys for this camera (age identities), newest first. */
  readonly identities: readonly string[];
  /** The generation that the camera has acknowledged, as the card knows it; 0 before. Older ones are refused. */
  readonly generation: number;
  readonly sensor: ArraySensor;
  /** A steady one: it measures how old a nonce is. */
  readonly clock: Clock;
  /** This device's, by which it is told when pictures were captured; by default the system's. */
  readonly wall?: Clock;
  readonly lastHead: LastHead | null;
}

export type Checks = Readonly<Record<CheckName, CheckResult>>;

/** What one item turned out to be. A raw frame that passed lies opened in the sensor until the next item is taken. */
export type Finding =
  | { readonly kind: "head"; readonly lastHead: LastHead }
  | {
      readonly kind: "epoch";
      readonly label: string;
      readonly generation: number;
      /** Of one that was given up, and comes once more: it opens nothing [SF32]. */
      readonly isOver?: true;
    }
  | { readonly kind: "fresh" | "stale" }
  | { readonly kind: "end" }
  | {
      readonly kind: "frame";
      readonly frame: FrameItem;
      readonly live: boolean;
      readonly checks: Checks;
      /** The opened bytes of all but raw frames; whoever uses them wipes them. */
      readonly bytes: Bytes | null;
      /** Whether a picture may be made of it: a delta over a gap is good and shows nothing [SF25]. */
      readonly shows: boolean;
    }
  | {
      readonly kind: "fault";
      readonly reason: Reason;
      readonly checks: Checks;
      readonly tiles: readonly number[];
      /** The epoch whose announcement is missing, or 0 without a head: camera repeats both when asked. */
      readonly ask?: number;
    };

const notRun: Checks = {
  number: "not-run",
  signature: "not-run",
  tree: "not-run",
  commitment: "not-run",
  sequence: "not-run",
  live: "not-run",
};

/** Thrown inside a judgement and caught in `take`: the reason, and how far the checks came. */
class Refusal {
  readonly reason: Reason;
  readonly checks: Checks;
  readonly tiles: readonly number[];
  readonly ask: number | undefined;

  constructor(reason: Reason, checks: Checks, more: { tiles?: readonly number[]; ask?: number } = {}) {
    this.reason = reason;
    this.checks = checks;
    this.tiles = more.tiles ?? [];
    this.ask = more.ask;
  }
}

/** What is known of one track. */
interface TrackState {
  /** Of the last good frame. */
  last: number;
  epoch: number;
  readonly chain: PictureChain;
  /** The next gap is no loss: this viewer had not asked for the track. */
  isForgiven: boolean;
}

/** Epoch keys held at once: the newest one and those before it of which frames may be under way [SF32]. */
const heldEpochs = 3;

/**
 * Judges one camera's stream item by item. `take` must not be called before the last call has settled; what it calls
 * a good frame lies opened in the sensor, so that the frame judged is the frame shown (D8).
 */
export class Judge {
  readonly fresh: FreshnessKeeper;
  readonly #options: JudgeOptions;
  #lastHead: LastHead | null;
  #head: CheckedHead | null = null;
  #headReason: Reason = "head";
  readonly #epochKeys = new Map<number, Bytes>();
  /** What the camera calls itself, as it was announced last. */
  #label = "";
  readonly #tracks = new Map<number, TrackState>();
  #missing = 0;
  #ended = false;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#lastHead = options.lastHead;
    this.fresh = new FreshnessKeeper(options.clock, options.wall);
  }

  /** Frames of this stream's tracks that were left out between the first and the last good one. */
  get missing(): number {
    return this.#missing;
  }

  /** This viewer asks for a track from now on: what it did not ask for before is not missing, and nothing builds on what went past. */
  begin(track: number): void {
    const state = this.#tracks.get(track);
    if (!state) return;
    state.isForgiven = true;
    state.chain.break();
  }

  /** A frame of this track was good and could not be decoded: nothing that builds on it is shown. */
  break(track: number): void {
    this.#tracks.get(track)?.chain.break();
  }

  /** Judges one item; never throws for what the item holds. */
  async take(item: Uint8Array): Promise<Finding> {
    this.#options.sensor.wipe();
    try {
      return await this.#judge(item);
    } catch (refusal) {
      this.#options.sensor.wipe();
      if (!(refusal instanceof Refusal)) throw refusal;
      const { reason, checks, tiles, ask } = refusal;
      return { kind: "fault", reason, checks, tiles, ...(ask === undefined ? {} : { ask }) };
    }
  }

  /** The head that was taken last is not good enough after all: nothing of its stream is accepted, for this reason. */
  refuse(reason: Reason): void {
    this.#head = null;
    this.#headReason = reason;
  }

  /** Erases every key. */
  forget(): void {
    for (const key of this.#epochKeys.values()) key.fill(0);
    this.#epochKeys.clear();
    this.#options.sensor.forget();
  }

  #judge(item: Uint8Array): Promise<Finding> {
    switch (peekType(item)) {
      case itemType.head:
        return this.#takeHead(item);
      case itemType.epoch:
        return this.#takeEpoch(item);
      case itemType.frame:
        return this.#takeFrame(item);
      case itemType.end:
        return this.#takeEnd(item);
      case itemType.freshness:
        return this.#takeFreshness(item);
      default:
        throw new Refusal("malformed", this.#soFar());
    }
  }

  async #takeHead(item: Uint8Array): Promise<Finding> {
    // Whatever the head turns out to be, the old stream is over: nothing of it is accepted behind this point.
    this.#head = null;
    const refuse = (reason: Reason, checks: Checks = notRun): Refusal => {
      this.#headReason = reason;
      return new Refusal(reason, checks);
    };
    const head = await checkHead(item).catch((error: unknown) => {
      throw refuse(reasonOf(error, "head"));
    });
    if (!equal(head.number, this.#options.number)) throw refuse("number", { ...notRun, number: "failed" });
    const { counter, hash } = head;
    const last = this.#lastHead;
    const isSame = last !== null && equal(last.hash, hash);
    if (last && !isSame && counter <= last.counter)
      throw refuse("earlier-stream", { ...notRun, number: "passed", sequence: "failed" });
    this.#head = head;
    this.#lastHead = { counter, hash };
    // The same head once more begins nothing: what was seen of its stream stays seen [SF19].
    if (!isSame) {
      this.forget();
      this.fresh.reset();
      this.#tracks.clear();
      this.#missing = 0;
      this.#ended = false;
    }
    return { kind: "head", lastHead: this.#lastHead };
  }

  async #takeEpoch(item: Uint8Array): Promise<Finding> {
    const head = this.#mustHaveHead();
    const announced = await checkEpoch(head, item).catch((error: unknown) => {
      throw new Refusal(reasonOf(error, "epoch"), this.#soFar());
    });
    const { epoch, generation, wrap } = announced;
    // A camera that seals to recipients it has left behind may be sealing to somebody who was shut out.
    if (generation < this.#options.generation) throw new Refusal("epoch", this.#soFar());
    // A key that was given up is not taken back: an announcement may be repeated by anybody, for ever.
    const held = [...this.#epochKeys.keys()];
    if (held.length >= heldEpochs && epoch < Math.min(...held))
      return { kind: "epoch", label: this.#label, generation, isOver: true };
    const opened = await openEpoch(head, wrap, this.#options.identities);
    if (typeof opened === "string") throw new Refusal(opened, this.#soFar());
    this.#epochKeys.get(epoch)?.fill(0);
    this.#epochKeys.set(epoch, opened.key);
    this.#label = opened.label;
    for (const old of [...this.#epochKeys.keys()].sort((a, b) => a - b).slice(0, -heldEpochs)) {
      this.#epochKeys.get(old)?.fill(0);
      this.#epochKeys.delete(old);
    }
    return { kind: "epoch", label: opened.label, generation };
  }

  async #takeFrame(item: Uint8Array): Promise<Finding> {
    const head = this.#mustHaveHead();
    const { sensor } = this.#options;
    const checks: Record<CheckName, CheckResult> = { ...this.#soFar() };
    if (this.#ended) throw new Refusal("ended", checks);
    const fail = (check: CheckName, reason: Reason, tiles: readonly number[] = []): Refusal => {
      checks[check] = "failed";
      return new Refusal(reason, checks, { tiles });
    };
    let frame: FrameItem;
    try {
      frame = decodeFrame(item);
      sensor.receive(frame.cipher, layoutOf(frame.fields, frame.cipher.length));
    } catch (error) {
      throw new Refusal(reasonOf(error, "malformed"), checks);
    }
    const checked = await checkFrame(sensor, head, frame);
    if (checked.result === "signature") throw fail("signature", "signature");
    checks.signature = "passed";
    if (checked.result === "tree") throw fail("tree", "tree", checked.tiles);
    checks.tree = "passed";
    const { epoch, sequence, track, kind } = frame.fields;
    const { last, epoch: lastEpoch } = this.#tracks.get(track) ?? { last: -1, epoch: 0 };
    // A frame that repeats or comes late is authentic, and still not what the camera shows now.
    if (sequence <= last) throw fail("sequence", "sequence");
    // [SF32] A key that was left is not used again.
    if (epoch < lastEpoch) throw fail("sequence", "epoch");
    checks.sequence = "passed";
    const key = this.#epochKeys.get(epoch);
    if (!key) throw new Refusal("no-key", checks, { ask: epoch });
    // For each frame anew: which key the sensor holds is never assumed.
    sensor.setEpochKey(key);
    const opened = openFrame(sensor, head.hash, frame);
    if (opened === "commitment") throw fail("commitment", "commitment");
    checks.commitment = "passed";
    if (opened === "tag") throw fail("commitment", "tag");
    const bytes = kind === "raw" ? null : sensor.bytes();
    if (bytes && kind === "text" && !isText(bytes)) {
      bytes.fill(0);
      throw new Refusal("malformed", checks);
    }
    const shows = this.#advance(frame);
    const live = this.fresh.isLive(track, sequence);
    checks.live = live ? "passed" : "failed";
    return { kind: "frame", frame, live, checks, bytes, shows };
  }

  /** Notes a good frame; whether a picture may be made of it. */
  #advance({ fields }: FrameItem): boolean {
    const { track, sequence, epoch } = fields;
    const chain = new PictureChain();
    const state = this.#tracks.get(track) ?? { last: -1, epoch, chain, isForgiven: true };
    if (!state.isForgiven) this.#missing += sequence - state.last - 1;
    state.isForgiven = false;
    state.last = sequence;
    state.epoch = epoch;
    this.#tracks.set(track, state);
    return state.chain.take(fields);
  }

  async #takeEnd(item: Uint8Array): Promise<Finding> {
    const head = this.#mustHaveHead();
    const { counts } = await checkEnd(head, item).catch((error: unknown) => {
      throw new Refusal(reasonOf(error, "signature"), this.#soFar());
    });
    this.#ended = true;
    // What the camera sealed behind the last good frame never arrived either.
    for (const [track, { last, isForgiven }] of this.#tracks)
      if (!isForgiven) this.#missing += Math.max(0, countOf(counts, track) - 1 - last);
    return { kind: "end" };
  }

  async #takeFreshness(item: Uint8Array): Promise<Finding> {
    const head = this.#mustHaveHead();
    return { kind: (await this.fresh.take(head, item)) ? "fresh" : "stale" };
  }

  #mustHaveHead(): CheckedHead {
    if (this.#head) return this.#head;
    // A head that was damaged on the way can be had again; one that was sound and refused stays refused.
    const isDamaged = this.#headReason === "head" || this.#headReason === "malformed";
    throw new Refusal(this.#headReason, this.#soFar(), isDamaged ? { ask: 0 } : {});
  }

  #soFar(): Checks {
    const number = this.#head ? "passed" : this.#headReason === "number" ? "failed" : "not-run";
    return { ...notRun, number };
  }
}

/** Whether these opened bytes are a line of text [SF28]. */
export const isText = (bytes: Uint8Array): boolean => {
  try {
    fromUtf8(bytes);
    return true;
  } catch {
    return false;
  }
};

/** A reader's fault as a reason: what does not decode is named so, a signature's failure is `signature`'s. */
export const reasonOf = (error: unknown, signature: Reason): Reason => {
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
};
