import { type Bytes, equal } from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import {
  type ByteSource,
  type CheckedHead,
  checkFrame,
  checkHead,
  decodeFrame,
  decodeFrameKeys,
  type FrameItem,
  type FrameKind,
  isFrameKeys,
  isRun,
  itemType,
  layoutOf,
  maxDisclosed,
  maxRun,
  openWithKey,
  peekType,
  readRecording,
} from "../seal/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { isText, reasonOf } from "./judge.ts";
import type { KnownCamera } from "./known-cameras.ts";
import type { RecordingReason } from "./recording-report.ts";
import type { State } from "./verdict.ts";

/** The verdict on a disclosed picture: a plain value. */
export interface DisclosedReport {
  readonly kind: "disclosed";
  readonly state: Extract<State, "ST0" | "ST1">;
  /** Empty exactly when `state` is ST1. */
  readonly reasons: readonly RecordingReason[];
  /** The camera number of the head, 52 base32 characters; null where no head could be believed to be its own key's. */
  readonly camera: string | null;
  /** What was disclosed, as the camera signed it: the last frame. null where not every frame is signed, or they are no run. */
  readonly picture: DisclosedPicture | null;
  /** Frames that passed every check: the picture and those it builds on; 0 when anything is wrong with one. */
  readonly frames: number;
  /** None: one with a gap is no run [SD2]. There, as in every report. */
  readonly gaps: readonly never[];
  readonly readable: boolean;
}

export interface DisclosedPicture {
  readonly what: FrameKind;
  readonly track: number;
  readonly sequence: number;
  /** Camera clock, ms since 1970. */
  readonly captured: number;
}

export interface DisclosedJudgeOptions {
  /** None: whose picture it is cannot be said, and it is never guaranteed. Keys of cards are not used. */
  readonly known: readonly Pick<KnownCamera, "number">[];
  /** Used by this judgement alone. */
  readonly sensor: ArraySensor;
  /**
   * Called with each frame of the run, in order, once all of them passed every check and nothing else is wrong with the file; with the
   * opened bytes of all but a raw one, which lies opened in the sensor during the call (`sensor.picture()`). Whoever is called wipes them.
   */
  readonly onframe?: (frame: FrameItem, bytes: Bytes | null) => void;
}

/** Thrown inside a judgement, caught by `judgeDisclosed`. */
class Refusal {
  readonly reason: RecordingReason;
  constructor(reason: RecordingReason) {
    this.reason = reason;
  }
}

/** A disclosed picture cut into its items, which nobody else holds. */
interface Items {
  readonly head: Bytes;
  readonly frames: readonly Bytes[];
  readonly keys: Bytes;
}

/**
 * Judges a disclosed picture [SD1]: reads it as a whole, which is bounded, and shows nothing of it while anything is unproven [SD4].
 * Says ST1 in one case only [SD6].
 */
export const judgeDisclosed = async (
  source: ByteSource,
  options: DisclosedJudgeOptions,
): Promise<DisclosedReport> => {
  const { known, sensor, onframe } = options;
  const reasons = new Set<RecordingReason>();
  let head: CheckedHead | null = null;
  let camera: Pick<KnownCamera, "number"> | null = null;
  let picture: DisclosedPicture | null = null;
  let frames: FrameItem[] = [];
  const opened: (Bytes | null)[] = [];
  let isTaken = false;
  let readable = false;
  const first = await firstItem(source);
  try {
    if (!first || peekType(first) !== itemType.head) throw new Refusal("head");
    readable = true;
    head = await checkHead(first).catch(refusing("head"));
    const { number } = head;
    camera = known.find((one) => equal(one.number, number)) ?? null;
    if (!camera) reasons.add(known.length > 0 ? "number" : "camera-unknown");
    const items = await cut(source);
    const run = await signedRun(sensor, head, items.frames);
    picture = described(run);
    for (const bytes of open(sensor, head, run, decodeKeys(items.keys))) opened.push(bytes);
    frames = run;
    isTaken = onframe !== undefined && !reasons.has("number");
    if (isTaken) for (const [at, frame] of run.entries()) onframe?.(frame, opened[at] ?? null);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    reasons.add(refusal.reason);
  } finally {
    sensor.wipe();
    if (!isTaken) for (const bytes of opened) bytes?.fill(0);
  }
  const found = {
    kind: "disclosed",
    ...{ reasons: [...reasons], camera: head && numberText(head.number) },
    ...{ picture, frames: frames.length, gaps: [], readable },
  } as const;
  // [SD6]: a known camera and nothing against it; a list without reasons alone is no proof.
  const isGuaranteed = camera !== null && frames.length > 0 && reasons.size === 0;
  return isGuaranteed ? { state: "ST1", ...found } : { state: "ST0", ...found };
};

const refusing =
  (signature: "head") =>
  (error: unknown): never => {
    throw new Refusal(reasonOf(error, signature));
  };

const firstItem = async (source: ByteSource): Promise<Bytes | null> => {
  for await (const recorded of readRecording(source))
    return recorded.kind === "item" ? recorded.item.slice() : null;
  return null;
};

/** The file's items, each where it has to stand [SD5]. */
const cut = async (source: ByteSource): Promise<Items> => {
  if (source.size > maxDisclosed) throw new Refusal("malformed");
  let head: Bytes | null = null;
  let keys: Bytes | null = null;
  const frames: Bytes[] = [];
  for await (const recorded of readRecording(source)) {
    if (keys) throw new Refusal("ended");
    if (recorded.kind === "torn") break;
    if (recorded.kind === "unreadable") throw new Refusal("malformed");
    const { item } = recorded;
    if (!head) head = item.slice();
    else if (isFrameKeys(item)) keys = item.slice();
    else if (peekType(item) === itemType.frame && frames.length < maxRun) frames.push(item.slice());
    else throw new Refusal(peekType(item) === null || frames.length >= maxRun ? "malformed" : "splice");
  }
  if (!head || !keys) throw new Refusal("incomplete");
  return { head, frames, keys };
};

const receive = (sensor: ArraySensor, { fields, cipher }: FrameItem): void => {
  sensor.wipe();
  sensor.receive(cipher, layoutOf(fields, cipher.length));
};

/** The frames, each signed by the camera for this stream, and together a run [SD2]. */
const signedRun = async (
  sensor: ArraySensor,
  head: CheckedHead,
  items: readonly Bytes[],
): Promise<FrameItem[]> => {
  const frames: FrameItem[] = [];
  for (const item of items) {
    let frame: FrameItem;
    try {
      frame = decodeFrame(item);
      receive(sensor, frame);
    } catch (error) {
      throw new Refusal(reasonOf(error, "malformed"));
    }
    const { result } = await checkFrame(sensor, head, frame);
    if (result !== "unchanged") throw new Refusal(result);
    frames.push(frame);
  }
  if (!isRun(frames.map(({ fields }) => fields))) throw new Refusal("sequence");
  return frames;
};

const described = (run: readonly FrameItem[]): DisclosedPicture => {
  const { kind, track, sequence, captured } = (run.at(-1) as FrameItem).fields;
  return { what: kind, track, sequence, captured };
};

const decodeKeys = (item: Bytes): Bytes[] => {
  try {
    return decodeFrameKeys(item);
  } catch (error) {
    throw new Refusal(reasonOf(error, "malformed"));
  }
};

/**
 * Opens each frame with its own key, which is wiped; gives the bytes of all but a raw one, which is alone and stays opened in the sensor,
 * one after the other: what was given before one is refused is the caller's to wipe.
 */
function* open(
  sensor: ArraySensor,
  head: CheckedHead,
  run: readonly FrameItem[],
  keys: readonly Bytes[],
): Generator<Bytes | null> {
  try {
    if (keys.length !== run.length) throw new Refusal("no-key");
    for (const [at, frame] of run.entries()) yield openOne(sensor, head, frame, keys[at] as Bytes);
  } finally {
    for (const key of keys) key.fill(0);
  }
}

const openOne = (sensor: ArraySensor, head: CheckedHead, frame: FrameItem, key: Bytes): Bytes | null => {
  receive(sensor, frame);
  const opened = openWithKey(sensor, head.hash, frame, key);
  if (opened !== "opened") throw new Refusal(opened);
  if (frame.fields.kind === "raw") return null;
  const bytes = sensor.bytes();
  if (frame.fields.kind !== "text" || isText(bytes)) return bytes;
  bytes.fill(0);
  throw new Refusal("malformed");
};
