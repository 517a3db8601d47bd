import { type Bytes, concat } from "../base/index.ts";
import { type ByteSource, peekFrame, readRecording, standsAlone } from "../seal/check.ts";
import { pictureTracks } from "../verify/index.ts";

/** Whole items of a recording, one behind the other. */
export interface UploadBatch {
  readonly bytes: Bytes;
  /** What the camera's clock said of the last frame in it, ms; null where it holds none. */
  readonly captured: number | null;
  /** It ends with the first picture of all, which goes ahead of everything else. */
  readonly isStill: boolean;
  /** The next item alone is longer than a batch may be. */
  readonly isTooLong: boolean;
  /** No item begins where the next one should. */
  readonly isDamaged: boolean;
}

/** The items from `from` on, `most` bytes of them at most; from the beginning on, up to the first picture that can be shown. */
export const cutBatch = async (source: ByteSource, from: number, most: number): Promise<UploadBatch> => {
  const parts: Bytes[] = [];
  let captured: number | null = null;
  let [length, isStill, isTooLong, isDamaged] = [0, false, false, false];
  for await (const recorded of readRecording(source, from)) {
    if (recorded.kind !== "item") {
      isDamaged = recorded.kind === "unreadable" && length === 0;
      break;
    }
    const { item } = recorded;
    if (length + item.length > most) {
      isTooLong = length === 0;
      break;
    }
    parts.push(item.slice());
    length += item.length;
    const place = peekFrame(item);
    captured = place?.captured ?? captured;
    isStill = from === 0 && place !== null && pictureTracks.includes(place.track) && standsAlone(place);
    if (isStill || length === most) break;
  }
  return { bytes: concat(...parts), captured, isStill, isTooLong, isDamaged };
};

/** Whether an item begins or the recording ends at `at`, seen from `from`, where one begins. */
export const isBetweenItems = async (source: ByteSource, from: number, at: number): Promise<boolean> => {
  if (at === from) return true;
  for await (const recorded of readRecording(source, from)) {
    if (recorded.kind !== "item" || recorded.offset >= at) return false;
    if (recorded.offset + recorded.item.length === at) return true;
  }
  return false;
};

/** Where the first frame of a recording begins: behind head and announcements. null where there is none. */
export const firstFrameOf = async (source: ByteSource): Promise<number | null> => {
  for await (const recorded of readRecording(source)) {
    if (recorded.kind !== "item") return null;
    if (peekFrame(recorded.item)) return recorded.offset;
  }
  return null;
};
