// A verifier of recordings written after src/seal/FORMAT.md alone: Node's crypto, nothing of src. It holds no keys, so it says
// what anybody can say who has the file and the camera number.
import { Reader, Torn, written } from "./cbor.ts";
import { begin, type Head, headOf, isSigned, Refused, receiptOf, sha256, signedFrame } from "./items.ts";

export interface Told {
  readonly state: "ST0" | "ST1";
  readonly reasons: string[];
  readonly frames: number;
  readonly camera: string | null;
  readonly good: { pictures: number; sounds: number; texts: number };
  readonly tracks: {
    track: number;
    frames: number;
    first: { sequence: number; captured: number };
    sealed: number | null;
  }[];
  readonly absent: { track: number; frames: number }[];
  readonly gaps: { track: number; from: number; to: number; offset: number; after: number | null }[];
  readonly missing: number;
  readonly faults: {
    offset: number;
    reason: string;
    track?: number;
    sequence?: number;
    captured?: number;
    tiles?: number[];
  }[];
  readonly complete: boolean;
  readonly cut: { offset: number; torn: number } | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly existedBefore: { server: string; frames: number; time: number; first: number }[];
}

/** The verdict of who has the file and, perhaps, a camera number (52 base32 characters). */
export const verifyRecording = (file: Uint8Array, number: string | null): Told => {
  const reasons: string[] = [];
  const faults: Told["faults"] = [];
  const gaps: Told["gaps"] = [];
  const last = new Map<number, number>();
  /** Of each track the epoch of its last good frame [SF32]. */
  const inUse = new Map<number, number>();
  const good = new Map<number, { frames: number; first: { sequence: number; captured: number } }>();
  /** What the end counts; null without it. */
  let counted: Map<number, number> | null = null;
  const epochs: number[] = [];
  /** Since the receipt before [SC2]. */
  let span: Uint8Array[] = [];
  const words = new Map<string, { frames: number; time: number; first: number }>();
  let [frames, isComplete] = [0, false];
  let [from, to]: (number | null)[] = [null, null];
  let head: Head | null = null;
  let offset = 0;

  const gap = (track: number, begin: number, end: number): void => {
    if (end >= begin) gaps.push({ track, from: begin, to: end, offset, after: to ?? null });
  };
  const takeFrame = (head: Head, item: Uint8Array): void => {
    const frame = signedFrame(head, item);
    const { track, sequence, captured } = frame;
    const claims = { track, sequence, captured };
    const before = last.get(track) ?? -1;
    if (sequence <= before) throw new Refused("sequence", claims);
    if (frame.epoch < (inUse.get(track) ?? 0)) throw new Refused("epoch", claims);
    if (!epochs.includes(frame.epoch)) throw new Refused("no-key", claims);
    span.push(frame.envelope);
    if (before >= 0) gap(track, before + 1, sequence - 1);
    last.set(track, sequence);
    inUse.set(track, frame.epoch);
    const { frames: earlier, first } = good.get(track) ?? { frames: 0, first: { sequence, captured } };
    good.set(track, { frames: earlier + 1, first });
    frames += 1;
    from ??= captured;
    to = captured;
  };
  const takeEpoch = ({ key, hash }: Head, item: Uint8Array): void => {
    const fields = begin(item);
    const [epoch, generation] = [fields.uint(0, 2 ** 32 - 1), fields.uint(1)];
    const light = fields.one<string>("frame", "none");
    const [envelope, wrap] = [fields.bytes(73), fields.bytes(1, 16384)];
    fields.done();
    const payload = written([1, hash, epoch, generation, light, sha256(wrap)]);
    if (!isSigned(key, "epoch", payload, envelope)) throw new Refused("epoch");
    const known = epochs.indexOf(epoch);
    if (known >= 0) epochs.splice(known, 1);
    epochs.push(epoch);
    if (epochs.length > 16) epochs.shift();
  };
  const takeEnd = ({ key, hash }: Head, item: Uint8Array): void => {
    const fields = begin(item);
    const list = fields.array();
    const counts: [number, number][] = [];
    while (!list.isEmpty) {
      const pair = list.array();
      const least = (counts.at(-1)?.[0] ?? -1) + 1;
      if (least > 5) throw new Refused("malformed");
      counts.push([pair.uint(least, 5), pair.uint(1)]);
      pair.done();
    }
    const ended = fields.uint();
    const envelope = fields.bytes(73);
    fields.done();
    if (!isSigned(key, "end", written([1, hash, counts, ended]), envelope)) throw new Refused("signature");
    isComplete = true;
    const ends = new Map(counts);
    counted = ends;
    const tracks = [...last].sort(([a], [b]) => a - b);
    for (const [track, before] of tracks) if ((ends.get(track) ?? 0) <= before) throw new Refused("sequence");
    for (const [track, before] of tracks) gap(track, before + 1, (ends.get(track) as number) - 1);
  };
  /** [SC1] to [SC4] */
  const takeReceipt = (head: Head, item: Uint8Array): void => {
    const over = span;
    span = [];
    const { server, time } = receiptOf(head, over, item);
    const before = words.get(server) ?? { frames: 0, time: 0, first: time };
    if (time < before.time) throw new Refused("receipt");
    words.set(server, { ...before, frames: before.frames + over.length, time });
  };
  const take = (item: Uint8Array): void => {
    const [header = 0, type = 0] = item;
    const isArray = header >= 0x80 && header < 0x98;
    const isOurs = isArray && type >= 1 && type <= 5;
    if (offset === 0) {
      if (!isOurs || type !== 1) throw new Refused("head");
      head = headOf(item);
      if (number !== null && head.number !== number) throw new Refused("number");
      return;
    }
    if (!head) return;
    if (isComplete) throw new Refused("ended");
    const isReceipt = isArray && type === 7;
    if (!isOurs && !isReceipt) throw new Refused("malformed");
    if (type === 1 || type === 5) throw new Refused("splice");
    if (isReceipt) takeReceipt(head, item);
    else if (type === 2) takeEpoch(head, item);
    else if (type === 3) takeFrame(head, item);
    else takeEnd(head, item);
  };
  const refuse = (reason: string, more: object = {}): void => {
    if (!reasons.includes(reason)) reasons.push(reason);
    faults.push({ offset, reason, ...more });
  };

  const [header = 0x80, type = 1] = file;
  const isSealed = header >= 0x80 && header < 0x98 && type >= 1 && type <= 7;
  if (!isSealed) reasons.push("not-sealed");

  while (isSealed && offset < file.length) {
    const reader = new Reader(file.subarray(offset));
    try {
      reader.value();
    } catch (error) {
      if (isComplete) refuse("ended");
      else if (!(error instanceof Torn)) refuse(offset === 0 ? "head" : "malformed");
      break;
    }
    try {
      take(file.subarray(offset, offset + reader.at));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse(error.reason, error.more);
    }
    offset += reader.at;
  }
  const found = head as Head | null;
  const isEmpty = isComplete && frames === 0 && reasons.length === 0;
  if (found && number === null) reasons.push("camera-unknown");
  if (isSealed && !isComplete) reasons.push("incomplete");
  if (isEmpty) reasons.push("empty");
  const counts = counted as Map<number, number> | null;
  const goodOn = (...some: number[]): number =>
    some.reduce((sum, one) => sum + (good.get(one)?.frames ?? 0), 0);
  const missing = gaps.reduce((sum, one) => sum + one.to - one.from + 1, 0);
  const told = {
    reasons,
    frames,
    camera: found?.number ?? null,
    good: { pictures: goodOn(0, 1, 2), sounds: goodOn(3, 4), texts: goodOn(5) },
    tracks: [...good]
      .sort(([a], [b]) => a - b)
      .map(([track, had]) => ({ track, ...had, sealed: counts && (counts.get(track) ?? 0) })),
    absent: [...(counts ?? [])]
      .filter(([track]) => !good.has(track))
      .map(([track, frames]) => ({ track, frames })),
    gaps,
    missing,
    faults,
    complete: isComplete,
    cut: isComplete || !isSealed ? null : { offset, torn: file.length - offset },
  };
  const isGuaranteed = found !== null && number !== null && reasons.length === 0;
  const existedBefore = [...words].map(([server, word]) => ({ server, ...word }));
  return { state: isGuaranteed ? "ST1" : "ST0", ...told, from: from ?? null, to: to ?? null, existedBefore };
};
