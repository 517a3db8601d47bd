export type { AccountHint, CardSecret, PasswordDue, Right } from "../card/index.ts";
export type { SeedReport } from "../sensor/index.ts";
export type { CameraApi, CameraFacts, CopyState, KeyCause, KeyStatus, Replaced } from "./camera.api.ts";
export { keyCauses } from "./camera.api.ts";
export type { StreamStatus } from "./camera-stream.ts";
export { type Ending, endings, type Interruption, type Unsent } from "./camera-talk.ts";
export type { BlankOnCard, CameraOnCard, CardDeskApi, CardInside, OpenedCard, WayIn } from "./card.api.ts";
export { type CardPlacesApi, cardIdOf, type PlacedCard, type PlaceEvents, placeOf } from "./card-places.ts";
export type { HubApi, OfferedCamera } from "./hub.api.ts";
export type { CameraKeys, KeysApi, PendingSet } from "./keys.api.ts";
export { otherServers } from "./other-servers.ts";
export { type Rate, rates } from "./play-clock.ts";
export type { Mark } from "./play-marks.ts";
export type { PlayedLine } from "./play-moment.ts";
export type {
  Checked,
  Loaded,
  PlayedMessage,
  PlayerApi,
  PlayerControls,
  SoundMessage,
} from "./player.api.ts";
export type { Place, PlayingStatus } from "./player.ts";
export type { RecordingStatus } from "./recorder.ts";
export { storageRoom } from "./recording-keeper.ts";
export type { RecordingOrigin } from "./recording-names.ts";
export type { ReadableRecording } from "./recording-source.ts";
export { opfsRecordings, type RecordingEntry, type RecordingStore } from "./recording-store.ts";
export type { OnCamera } from "./recording-talk.ts";
export {
  type ErasedWhy,
  freeFor,
  lasting,
  overdue,
  type RetentionRules,
  type RetentionSettings,
  rulesOf,
  type StorageRoom,
} from "./retention.ts";
export { type ErasedRecording, openRetentionStore, type RetentionStore } from "./retention-store.ts";

export type { DrawnItem } from "./sealed-drawing.ts";
export {
  type AbilityName,
  type AnswerName,
  abilityNames,
  answerNames,
  type Cheat,
  type CheatKind,
  type CheckFinding,
  type SelfCheckApi,
} from "./self-check.api.ts";
export type { PlayedSound } from "./sound-feed.ts";
export {
  startCamera,
  startHub,
  startPlayer,
  startSelfCheck,
  startVerify,
  startViewer,
} from "./start.dom.ts";
export { askToStay, mayVanish } from "./stay.dom.ts";
export { type StoredFault, storedPath } from "./stored-source.ts";
export { usualWant, type Want } from "./talk.ts";
export type { Hole } from "./timeline.ts";
export type { DisclosedContent, Judgement, VerifyApi } from "./verify.api.ts";
export { mostViewed, type PictureMessage, type ViewerApi } from "./viewer.api.ts";
