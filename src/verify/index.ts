export { ClockOffset, type Exchange, type Offset } from "./clock-offset.ts";
export {
  type DisclosedJudgeOptions,
  type DisclosedPicture,
  type DisclosedReport,
  judgeDisclosed,
} from "./disclosed-judge.ts";
export { pictureTracks } from "./followed-track.ts";
export { type ForeignFormat, foreignFormat, formatBytes, notSealed } from "./foreign-format.ts";
export { liveWindow, nonceInterval } from "./freshness-keeper.ts";
export { type Checks, type Finding, Judge, type JudgeOptions, type LastHead } from "./judge.ts";
export { judgeMp4, type Mp4Reason, type Mp4Report, mp4Reasons } from "./judge-mp4.ts";
export { type KnownCamera, knownCameras } from "./known-cameras.ts";
export { chooseSound, OpenedPackets, type OpenedPacketsOptions } from "./opened-packets.ts";
export { otherSound } from "./other-sound.ts";
export { PictureChain } from "./picture-chain.ts";
export { PlayingJudge, type PlayingJudgeOptions } from "./playing-judge.ts";
export type { ExistedBefore } from "./receipt-book.ts";
export {
  judgeRecording,
  RecordingJudge,
  type RecordingJudgeOptions,
} from "./recording-judge.ts";
export {
  type Cut,
  type Gap,
  type RecordingFault,
  type RecordingReason,
  type RecordingReport,
  recordingReasons,
} from "./recording-report.ts";
export { goodFramesToRecover, StateKeeper, silenceAllowed } from "./state.ts";
export {
  type CheckName,
  type CheckResult,
  checkNames,
  type Reason,
  reasons,
  type State,
  type Verdict,
} from "./verdict.ts";
