import { type Bytes, equal } from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import {
  type ByteSource,
  type CheckedHead,
  type Counts,
  checkEnd,
  checkEpoch,
  checkFrame,
  checkHead,
  checkReceipt,
  countOf,
  decodeFrame,
  type FrameItem,
  isReceipt,
  itemType,
  layoutOf,
  openFrame,
  openUnchanged,
  peekType,
  type Recorded,
  readRecording,
  rememberedEpochs,
  spanOf,
  type Track,
  tracks,
} from "../seal/index.ts";
import type { ArraySensor, SignedLeaves } from "../sensor/index.ts";
import { foreignFormat, formatBytes, notSealed } from "./foreign-format.ts";
import { isText, reasonOf } from "./judge.ts";
import type { KnownCamera } from "./known-cameras.ts";
import { openEpoch } from "./open-epoch.ts";
import { ReceiptBook } from "./receipt-book.ts";
import {
  type Cut,
  type Gap,
  maxListed,
  type RecordingFault,
  type RecordingReason,
  type RecordingReport,
  type TrackReport,
} from "./recording-report.ts";

export interface RecordingJudgeOptions {
  /** None: whose recording it is cannot be said, and it is never guaranteed. */
  readonly known: readonly KnownCamera[];
  /** Used by this judgement alone. */
  readonly sensor: ArraySensor;
  /** Numbers of servers whose receipts somebody knows, 32 bytes each. A receipt changes no verdict; it is named as known or not. */
  readonly servers?: readonly Bytes[];
  /**
   * Called with each frame that passed every check and was opened, with the opened bytes of all but raw ones, which lie opened in
   * the sensor during the call (`sensor.picture()`).
   */
  readonly onframe?: (frame: FrameItem, bytes: Bytes | null) => void;
  /**
   * Called with each raw frame that is `tree`, before `onfault`, while its unchanged tiles lie opened in the sensor and all others are grey
   * there [SF30]: where there is a key for it, and it is neither a repetition nor late.
   */
  readonly ontiles?: (frame: FrameItem) => void;
  /** Called with each item that did not pass. */
  readonly onfault?: (fault: RecordingFault) => void;
}

/** Thrown inside a judgement, caught in `take`. */
class Refusal {
  readonly reason: RecordingReason;
  readonly more: Omit<RecordingFault, "offset" | "reason">;
  constructor(reason: RecordingReason, more: Omit<RecordingFault, "offset" | "reason"> = {}) {
    this.reason = reason;
    this.more = more;
  }
}

/** An epoch that was announced: its key, or null where nobody asked for it to be opened. "closed": the keys do not open it. */
type Announced = Bytes | "closed" | null;

/**
 * Judges a recording [SR1] item by item, in the order of the file, and keeps nothing but the report: memory does not grow with
 * the file. Says ST1 in one case only [SR9].
 */
export class RecordingJudge {
  readonly #options: RecordingJudgeOptions;
  readonly #reasons = new Set<RecordingReason>();
  readonly #faults: RecordingFault[] = [];
  #faultCount = 0;
  readonly #gaps: Gap[] = [];
  #gapCount = 0;
  #missing = 0;
  #frames = 0;
  #from: number | null = null;
  #to: number | null = null;
  #isFirst = true;
  #readable = false;
  #head: CheckedHead | null = null;
  #camera: KnownCamera | null = null;
  readonly #epochs = new Map<number, Announced>();
  /** Of each track: its first good frame, sequence and epoch of the last one, and how many there are. */
  readonly #tracks = new Map<
    number,
    { first: TrackReport["first"]; last: number; epoch: number; frames: number }
  >();
  /** What the camera's signed end says; null before it. */
  #counts: Counts | null = null;
  #complete = false;
  /** Behind the last whole item, and what follows there. */
  #cut: Cut = { offset: 0, torn: 0 };
  readonly #receipts: ReceiptBook;

  constructor(options: RecordingJudgeOptions) {
    this.#options = options;
    this.#receipts = new ReceiptBook(options.servers ?? []);
  }

  /** The camera that somebody vouches for and whose recording this is, once the head was taken; null where there is none. */
  get camera(): KnownCamera | null {
    return this.#camera;
  }

  /** Judges what the reader cut out next; never throws for what it holds. */
  async take(recorded: Recorded): Promise<void> {
    this.#options.sensor.wipe();
    const { offset } = recorded;
    this.#receipts.place(offset, recorded.kind === "item" ? recorded.item.length : 0);
    try {
      // Not even a torn item may stand behind the end: a file with anything added is not the camera's recording.
      if (this.#complete) throw new Refusal("ended");
      this.#cut =
        recorded.kind === "item"
          ? { offset: offset + recorded.item.length, torn: 0 }
          : { offset, torn: recorded.length };
      if (recorded.kind === "unreadable") throw new Refusal(this.#isFirst ? "head" : "malformed");
      if (recorded.kind === "item") await this.#judge(offset, recorded.item);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { reason, more } = refusal;
      this.#reasons.add(reason);
      this.#faultCount += 1;
      const fault = { offset, reason, ...more };
      if (this.#faults.length < maxListed) this.#faults.push(fault);
      this.#options.onfault?.(fault);
    } finally {
      this.#isFirst = false;
      this.#options.sensor.wipe();
    }
  }

  /** What was found so far; behind the last item, the verdict on the whole. Erases every key. */
  report(): RecordingReport {
    for (const key of this.#epochs.values()) if (key instanceof Uint8Array) key.fill(0);
    this.#options.sensor.forget();
    const head = this.#head;
    const reasons = new Set(this.#reasons);
    if (head && this.#options.known.length === 0) reasons.add("camera-unknown");
    if (!this.#complete) reasons.add("incomplete");
    else if (this.#frames === 0 && this.#reasons.size === 0) reasons.add("empty");
    const found = {
      ...{ reasons: [...reasons], frames: this.#frames, camera: head ? numberText(head.number) : null },
      ...{ good: this.#good(), tracks: this.#present(), absent: this.#absent() },
      ...{ gaps: this.#gaps, gapCount: this.#gapCount, missing: this.#missing },
      ...{ faults: this.#faults, faultCount: this.#faultCount, complete: this.#complete },
      cut: this.#complete ? null : this.#cut,
      ...{ started: head?.started ?? null, from: this.#from, to: this.#to },
      existedBefore: this.#receipts.told(),
      readable: this.#readable,
      opened: this.#camera?.identities != null,
    };
    // [SR9]: a known camera and nothing against it; a list without reasons alone is no proof.
    const isGuaranteed = this.#camera !== null && this.#complete && reasons.size === 0;
    return isGuaranteed ? { state: "ST1", ...found } : { state: "ST0", ...found };
  }

  async #judge(offset: number, item: Bytes): Promise<void> {
    if (this.#isFirst) return this.#takeHead(item);
    // Said once, at the beginning: without a head there is nothing to check against [SR4].
    if (!this.#head) return;
    if (isReceipt(item)) return this.#takeReceipt(this.#head, item);
    switch (peekType(item)) {
      case itemType.head:
      case itemType.freshness:
        throw new Refusal("splice");
      case itemType.epoch:
        return this.#takeEpoch(this.#head, item);
      case itemType.frame:
        return this.#takeFrame(this.#head, offset, item);
      case itemType.end:
        return this.#takeEnd(this.#head, offset, item);
      default:
        throw new Refusal("malformed");
    }
  }

  async #takeHead(item: Bytes): Promise<void> {
    if (peekType(item) !== itemType.head) throw new Refusal("head");
    this.#readable = true;
    const head = await checkHead(item).catch((error: unknown) => {
      throw new Refusal(reasonOf(error, "head"));
    });
    this.#head = head;
    const { known } = this.#options;
    this.#camera = known.find(({ number }) => equal(number, head.number)) ?? null;
    if (known.length > 0 && !this.#camera) throw new Refusal("number");
  }

  async #takeEpoch(head: CheckedHead, item: Bytes): Promise<void> {
    const { epoch, wrap } = await checkEpoch(head, item).catch((error: unknown) => {
      throw new Refusal(reasonOf(error, "epoch"));
    });
    const identities = this.#camera?.identities ?? null;
    this.#announce(epoch, identities ? "closed" : null);
    if (!identities) return;
    const opened = await openEpoch(head, wrap, identities);
    if (typeof opened === "string") throw new Refusal(opened);
    this.#announce(epoch, opened.key);
  }

  #announce(epoch: number, announced: Announced): void {
    const before = this.#epochs.get(epoch);
    if (before instanceof Uint8Array) before.fill(0);
    this.#epochs.delete(epoch);
    this.#epochs.set(epoch, announced);
    for (const [old, key] of [...this.#epochs].slice(0, -rememberedEpochs)) {
      if (key instanceof Uint8Array) key.fill(0);
      this.#epochs.delete(old);
    }
  }

  async #takeFrame(head: CheckedHead, offset: number, item: Bytes): Promise<void> {
    const { sensor } = this.#options;
    let frame: FrameItem;
    try {
      frame = decodeFrame(item);
      sensor.receive(frame.cipher, layoutOf(frame.fields, frame.cipher.length));
    } catch (error) {
      throw new Refusal(reasonOf(error, "malformed"));
    }
    const { track, sequence, captured, epoch } = frame.fields;
    const refuse = (reason: RecordingReason, tiles: readonly number[] = []): Refusal =>
      new Refusal(reason, { track, sequence, captured, ...(tiles.length > 0 ? { tiles } : {}) });
    const checked = await checkFrame(sensor, head, frame);
    if (checked.result === "signature") throw refuse("signature");
    const first = { sequence, captured };
    const before = this.#tracks.get(track) ?? { first, last: -1, epoch: 0, frames: 0 };
    const { last, frames } = before;
    if (checked.result === "tree") {
      if (checked.leaves && sequence > last) this.#openTiles(frame, checked.leaves);
      throw refuse("tree", checked.tiles);
    }
    if (sequence <= last) throw refuse("sequence");
    // [SF32] A key that was left is not used again.
    if (epoch < before.epoch) throw refuse("epoch");
    if (this.#epochs.has(epoch)) this.#receipts.take(frame.envelope);
    const reason = this.#open(head, frame);
    if (reason) throw refuse(reason);
    if (frames > 0) this.#gap(track, last + 1, sequence - 1, offset);
    this.#tracks.set(track, { ...before, last: sequence, epoch, frames: frames + 1 });
    this.#frames += 1;
    this.#from ??= captured;
    this.#to = captured;
  }

  /** Opens the frame that lies checked in the sensor, where there are keys for it; the reason where that fails. */
  #open(head: CheckedHead, frame: FrameItem): RecordingReason | null {
    const { epoch } = frame.fields;
    const { sensor } = this.#options;
    const key = this.#epochs.get(epoch);
    if (key === undefined || key === "closed") return "no-key";
    if (key === null) return null;
    // For each frame anew: which key the sensor holds is never assumed.
    sensor.setEpochKey(key);
    const opened = openFrame(sensor, head.hash, frame);
    if (opened !== "opened") return opened;
    const { kind } = frame.fields;
    const { onframe } = this.#options;
    if (!onframe && kind !== "text") return null;
    const bytes = kind === "raw" ? null : sensor.bytes();
    if (bytes && kind === "text" && !isText(bytes)) {
      bytes.fill(0);
      return "malformed";
    }
    if (onframe) onframe(frame, bytes);
    else bytes?.fill(0);
    return null;
  }

  /** What is left of a frame that was changed, for who wants to see it. */
  #openTiles(frame: FrameItem, leaves: SignedLeaves): void {
    const { ontiles, sensor } = this.#options;
    const key = this.#epochs.get(frame.fields.epoch);
    if (!ontiles || !(key instanceof Uint8Array)) return;
    sensor.setEpochKey(key);
    if (openUnchanged(sensor, frame, leaves) === "opened") ontiles(frame);
  }

  /** What it is about is what stands before it in this file [SC2]; a bad one is its own fault and no frame's. */
  async #takeReceipt(head: CheckedHead, item: Bytes): Promise<void> {
    const envelopes = this.#receipts.next();
    // Entered behind its first frame: nobody here can say what it is about.
    if (!envelopes) return;
    const span = await spanOf(envelopes);
    if (!span) throw new Refusal("receipt");
    const receipt = await checkReceipt(head.hash, span, item).catch((error: unknown) => {
      const reason = reasonOf(error, "signature");
      throw new Refusal(reason === "signature" ? "receipt" : reason);
    });
    if (!this.#receipts.note(receipt, span.frames)) throw new Refusal("receipt");
  }

  async #takeEnd(head: CheckedHead, offset: number, item: Bytes): Promise<void> {
    const { counts } = await checkEnd(head, item).catch((error: unknown) => {
      throw new Refusal(reasonOf(error, "signature"));
    });
    this.#complete = true;
    this.#counts = counts;
    for (const [track, { last }] of this.#tracks)
      if (countOf(counts, track) <= last) throw new Refusal("sequence");
    for (const [track, { last }] of [...this.#tracks].sort(([a], [b]) => a - b))
      this.#gap(track, last + 1, countOf(counts, track) - 1, offset);
  }

  #good(): RecordingReport["good"] {
    const on = (track: Track): number => this.#tracks.get(track)?.frames ?? 0;
    return {
      pictures: on(tracks.raw) + on(tracks.full) + on(tracks.small),
      sounds: on(tracks.sound) + on(tracks.recordedSound),
      texts: on(tracks.text),
    };
  }

  #present(): TrackReport[] {
    const counts = this.#counts;
    const byTrack = [...this.#tracks].sort(([a], [b]) => a - b);
    return byTrack.map(([track, { first, frames }]) => ({
      ...{ track, frames, first, sealed: counts && countOf(counts, track) },
    }));
  }

  #absent(): RecordingReport["absent"] {
    return [...(this.#counts ?? [])]
      .filter(([track]) => !this.#tracks.has(track))
      .map(([track, frames]) => ({ track, frames }));
  }

  /** Notes that nothing good has the sequences `from` to `to`, if there are any [SR7]. */
  #gap(track: number, from: number, to: number, offset: number): void {
    if (to < from) return;
    this.#missing += to - from + 1;
    this.#gapCount += 1;
    if (this.#gaps.length < maxListed) this.#gaps.push({ track, from, to, offset, after: this.#to });
  }
}

/** Reads and judges a whole recording; of a file that is none it says that and nothing else [SR10]. `onprogress` hears how many bytes are done, and is waited for; what it throws ends it. */
export const judgeRecording = async (
  source: ByteSource,
  options: RecordingJudgeOptions,
  onprogress?: (done: number) => void | Promise<void>,
): Promise<RecordingReport> => {
  if (foreignFormat(await source.read(0, formatBytes))) return notSealed;
  const judge = new RecordingJudge(options);
  try {
    for await (const recorded of readRecording(source)) {
      await onprogress?.(recorded.offset);
      await judge.take(recorded);
    }
    return judge.report();
  } catch (error) {
    // Nobody reads this one: it is made because making it erases the keys.
    judge.report();
    throw error;
  }
};
