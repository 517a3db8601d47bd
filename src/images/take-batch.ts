import {
  type Bytes,
  concat,
  fromBase32,
  grow,
  grownRoot,
  type SigningKey,
  toBase64Url,
} from "../base/index.ts";
import {
  type BlindReason,
  BlindStream,
  IndexWriter,
  maxReceipted,
  readIndex,
  readRecording,
  receiptLeaf,
  signReceipt,
} from "../seal/check.ts";
import type { RecordingName, StoredRecording } from "./stored-recording.ts";

/** A receipt is written when the last one is this old. ms */
export const receiptInterval = 10_000;

/** What a batch of items comes to: what is to be stored of it, and how the recording stands then. */
export interface Batch {
  /** null where not even the head is there. */
  readonly recording: StoredRecording | null;
  /** What is added to the file: the items that passed, and receipts. */
  readonly bytes: Bytes;
  /** What is added to its index: where that can be entered. */
  readonly entries: Bytes;
  /** Why the item behind them was refused, and everything with it; null where all of them passed. */
  readonly refused: BlindReason | "torn" | null;
}

/**
 * Checks a batch of a stream's items blindly, in order, up to the first that does not pass, and puts the service's receipts where they
 * are due [SC1]. `listed`: the index of what is stored. A function of (what is stored, bytes, time): stores nothing. Throws RangeError where what is stored is not this camera's.
 */
export const takeBatch = async (
  name: RecordingName,
  before: StoredRecording | null,
  listed: Bytes,
  batch: Bytes,
  means: { readonly server: SigningKey; readonly now: number },
): Promise<Batch> => {
  const { server, now } = means;
  const number = fromBase32(name.camera);
  const stream = before ? await BlindStream.resume(number, before.stream) : new BlindStream(number);
  if (!stream) throw new RangeError("the stored head is not this camera's");
  const [parts, entries]: [Bytes[], Bytes[]] = [[], []];
  const index = new IndexWriter((record) => entries.push(record), readIndex(listed));
  let end = before?.bytes ?? 0;
  const add = (item: Bytes): void => {
    parts.push(item);
    index.take(end, end + item.length, item);
    end += item.length;
  };
  let { span, receipted, frames } = before ?? { span: noSpan, receipted: now, frames: 0 };
  let [first, last] = before && before.frames > 0 ? [before.first, before.last] : [null, null];
  let [taken, isComplete] = [0, before?.isComplete ?? false];
  let refused: Batch["refused"] = null;

  /** The clock of a server that was set back goes on from where it was [SC4]. */
  const receipt = async (): Promise<void> => {
    const { head } = stream;
    if (!head || span.size === 0) return;
    receipted = Math.max(now, receipted);
    add(await signReceipt(server, head.hash, { frames: span.size, root: await grownRoot(span) }, receipted));
    span = noSpan;
  };

  const source = {
    size: batch.length,
    read: async (offset: number, length: number) => batch.subarray(offset, offset + length),
  };
  for await (const recorded of readRecording(source)) {
    if (recorded.kind !== "item") {
      refused = recorded.kind === "torn" ? "torn" : "malformed";
      break;
    }
    const item = recorded.item.slice();
    const finding = await stream.take(item);
    if (finding.kind === "refused") {
      refused = finding.reason;
      break;
    }
    if (finding.kind === "head" && toBase64Url(finding.head.hash) !== name.hash)
      return { recording: null, ...nothing, refused: "head" };
    if (finding.kind === "end") {
      // Behind the end nothing may stand [SR8]: the last word on its frames comes before it.
      await receipt();
      isComplete = true;
    }
    add(item);
    taken += item.length;
    if (finding.kind !== "frame") continue;
    frames += 1;
    const { captured } = finding.frame.fields;
    // Pictures and sound take turns, and a clock may be set back: the length is never below 0.
    [first, last] = [Math.min(first ?? captured, captured), Math.max(last ?? captured, captured)];
    span = await grow(span, await receiptLeaf(finding.frame.envelope));
    if (span.size === maxReceipted) await receipt();
  }
  if (now - receipted >= receiptInterval) await receipt();
  const { state, head } = stream;
  const bytes = concat(...parts);
  if (!state || !head) return { recording: null, ...nothing, refused };
  index.close();
  const recording: StoredRecording = {
    ...{ ...name, version: 1, begun: before?.begun ?? now, written: now, started: head.started },
    ...{ first: first ?? head.started, last: last ?? head.started },
    ...{ frames, bytes: (before?.bytes ?? 0) + bytes.length, taken: (before?.taken ?? 0) + taken },
    ...{
      chunks: before?.chunks ?? 0,
      isComplete,
      isProtected: before?.isProtected ?? false,
      isErased: false,
    },
    ...{ stream: state, span, receipted },
  };
  return { recording, bytes, entries: concat(...entries), refused };
};

const nothing = { bytes: new Uint8Array(0), entries: new Uint8Array(0) };
const noSpan = { size: 0, peaks: [] };
