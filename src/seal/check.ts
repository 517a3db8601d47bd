/** The door without keys: what a relay, a server or a stranger can check. Nothing here opens a frame. */
export { type BlindFinding, type BlindReason, type BlindState, BlindStream } from "./blind-stream.ts";
export { blindTree } from "./blind-tree.ts";
export { checkFrame, type FrameCheck, type FrameTree } from "./check-frame.ts";
export { type Counts, countOf } from "./counts.ts";
export { isDisclosed, isRun } from "./disclosed.ts";
export { type ItemType, itemType, maxItem, peekType, readItem, type SealFault, version } from "./fields.ts";
export { decodeFrame, type FrameItem } from "./frame.ts";
export {
  type CodedFields,
  type FrameFields,
  type FrameKind,
  type ImageFields,
  type ImageType,
  type KeyFields,
  layoutOf,
  maxText,
  type RawFields,
  type SoundFields,
  type Track,
  tracks,
} from "./frame-fields.ts";
export { type CapturePath, type CheckedHead, capturePaths, checkHead, type Head } from "./head.ts";
export { recordLength } from "./index-record.ts";
export { type FramePlace, peekFrame, standsAlone } from "./peek-frame.ts";
export {
  checkReceipt,
  isReceipt,
  maxReceipted,
  type Receipt,
  receiptLeaf,
  type Span,
  signReceipt,
  spanOf,
} from "./receipt.ts";
export {
  type Append,
  type ByteSource,
  type Recorded,
  RecordingWriter,
  readRecording,
  rememberedEpochs,
} from "./recording.ts";
export {
  announcedBefore,
  type Back,
  type ClaimedOrder,
  completeIndex,
  entryInterval,
  findEntry,
  holdsEntry,
  type IndexEntry,
  IndexWriter,
  indexSpan,
  type RecordingIndex,
  readIndex,
} from "./recording-index.ts";
export { type Skimmed, skimRecording } from "./skim.ts";
export {
  checkEnd,
  checkEpoch,
  checkFreshness,
  type End,
  type Epoch,
  type Freshness,
  type Light,
} from "./stream-items.ts";
