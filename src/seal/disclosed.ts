import { type Bytes, concat } from "../base/index.ts";
import { itemType, peekType } from "./fields.ts";
import type { FrameFields } from "./frame-fields.ts";
import { encodeFrameKeys, isFrameKeys, maxRun } from "./frame-keys.ts";
import type { ByteSource } from "./recording.ts";
import { skimRecording } from "./skim.ts";

/** A disclosed picture [SD1]: the head, the frames of one run, their keys. `frames` and `keys` are as many, in one order. */
export const writeDisclosed = (
  head: Uint8Array,
  frames: readonly Uint8Array[],
  keys: readonly Uint8Array[],
): Bytes => {
  if (frames.length !== keys.length) throw new RangeError("each frame has one key");
  return concat(head, ...frames, encodeFrameKeys(keys));
};

/**
 * Whether these frames, in this order, are one run [SD2]: a frame that stands alone; or coded video from a key frame on, nothing left out,
 * and at its end the picture that is meant.
 */
export const isRun = (frames: readonly FrameFields[]): boolean => {
  const [first] = frames;
  const last = frames.at(-1);
  if (!first || !last || frames.length > maxRun || first.kind === "delta") return false;
  if (frames.length === 1) return true;
  if (first.kind !== "key" || last.kind !== "delta") return false;
  return frames.every(({ track, sequence, epoch, ...more }, at) => {
    const isNext = track === first.track && sequence === first.sequence + at;
    const before = frames[at - 1];
    if (!before) return true;
    // [SF32] A key that was left is not used again.
    if (epoch < before.epoch) return false;
    return isNext && (more.kind === "image" || (more.kind === "delta" && more.after === at));
  });
};

/** Whether a file is to be read as a disclosed picture [SD7]: behind its head nothing but frames comes before an item with keys. */
export const isDisclosed = async (source: ByteSource): Promise<boolean> => {
  let at = 0;
  for await (const { beginning } of skimRecording(source)) {
    if (at > 0 && isFrameKeys(beginning)) return true;
    if (at > 0 && peekType(beginning) !== itemType.frame) return false;
    at += 1;
  }
  return false;
};
