import { type Bytes, Fault } from "../base/index.ts";
import {
  type ByteSource,
  type FrameFields,
  isRun,
  itemType,
  maxDisclosed,
  peekFrame,
  peekType,
  rememberedEpochs,
  skimRecording,
  writeDisclosed,
} from "../seal/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { type KnownCamera, RecordingJudge } from "../verify/index.ts";

/** Codes of the faults of disclosing, beside what the source throws. */
export type DiscloseFault =
  | "frame-none" // no such frame is in the recording
  | "frame-large" // with what it builds on it is more than a disclosed picture may hold
  | "frame-unproven" // it, or one that it builds on, is missing or did not pass every check
  | "recording-closed"; // the keys do not open it

/** Where a frame stands in its stream. */
export interface Wanted {
  readonly track: number;
  readonly sequence: number;
}

/** An item by its place in the file. */
interface Place {
  readonly offset: number;
  readonly end: number;
}

/**
 * Makes the file that discloses one frame of a recording [SD1]: with it, of coded video, the run it builds on, and those frames' keys
 * alone. What is disclosed was checked and opened here first. Faults of `DiscloseFault`.
 */
export const disclose = async (
  recording: ByteSource,
  { known, sensor }: { readonly known: readonly KnownCamera[]; readonly sensor: ArraySensor },
  wanted: Wanted,
): Promise<Bytes> => {
  const { head, before, run } = await find(recording, wanted);
  // [SD1]: by what the items claim of their lengths, before one of them is in memory.
  const length = [head, ...run].reduce((sum, { offset, end }) => sum + end - offset, 6 + 34 * run.length);
  if (length > maxDisclosed) throw new Fault<DiscloseFault>("frame-large");
  const proven: FrameFields[] = [];
  const keys: Bytes[] = [];
  let isClosed = false;
  const judge = new RecordingJudge({
    ...{ known, sensor },
    onframe: ({ fields, commitment }, bytes) => {
      bytes?.fill(0);
      // The judge opened this very frame a moment ago: the epoch's key still lies in the sensor.
      const key = sensor.frameKey(fields, commitment);
      if (!key) return;
      proven.push(fields);
      keys.push(key);
    },
    onfault: ({ reason }) => {
      isClosed ||= reason === "no-key" || reason === "number";
    },
  });
  const take = async ({ offset, end }: Place): Promise<Bytes> => {
    const item = new Uint8Array(await recording.read(offset, end - offset));
    await judge.take({ kind: "item", offset, item });
    return item;
  };
  try {
    const headItem = await take(head);
    for (const place of before) await take(place);
    const items: Bytes[] = [];
    for (const place of run) items.push(await take(place));
    const { opened } = judge.report();
    if (isClosed || !opened) throw new Fault<DiscloseFault>("recording-closed");
    if (proven.length < run.length || !isRun(proven)) throw new Fault<DiscloseFault>("frame-unproven");
    return writeDisclosed(headItem, items, keys);
  } finally {
    // Making the report erases the epochs' keys.
    judge.report();
    for (const key of keys) key.fill(0);
  }
};

/** The items that are needed, by what they claim: the head, the announcements before the frame, and the frames of its run. */
const find = async (
  recording: ByteSource,
  { track, sequence }: Wanted,
): Promise<{ head: Place; before: Place[]; run: Place[] }> => {
  let head: Place | null = null;
  let before: Place[] = [];
  let run: Place[] = [];
  for await (const { offset, end, beginning } of skimRecording(recording)) {
    const place = { offset, end };
    head ??= place;
    if (peekType(beginning) === itemType.epoch) before = [...before, place].slice(-rememberedEpochs);
    const frame = peekFrame(beginning);
    if (frame?.track !== track) continue;
    // A delta builds on what stands since its key frame, images among it; everything else stands alone, or begins anew.
    const isWanted = frame.sequence === sequence;
    if (frame.kind !== "delta" && (frame.kind !== "image" || isWanted)) run = [];
    run.push(place);
    if (isWanted) return { head, before, run };
  }
  throw new Fault<DiscloseFault>("frame-none");
};
