/** The door without keys: what a relay, a server or a stranger can check. Nothing here opens a frame. */
export { checkFrame, type FrameCheck } from "./check-frame.ts";
export { type ItemType, itemType, maxItem, peekType, readItem, type SealFault, version } from "./fields.ts";
export { decodeFrame, type FrameFields, type FrameItem } from "./frame.ts";
export { type CapturePath, type CheckedHead, capturePaths, checkHead, type Head } from "./head.ts";
export {
  type Append,
  type ByteSource,
  type Recorded,
  RecordingWriter,
  readRecording,
  rememberedEpochs,
} from "./recording.ts";
export {
  checkEnd,
  checkEpoch,
  checkFreshness,
  type End,
  type Epoch,
  type Freshness,
  type Light,
} from "./stream-items.ts";
