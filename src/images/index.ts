export { bodyOf } from "./body.ts";
export { type Bucket, bucketChunkStore } from "./bucket-store.ts";
export {
  type Appended,
  ImageService,
  type ImageServiceOptions,
  maxBatch,
  type Opening,
  type Stored,
} from "./image-service.ts";
export { memoryChunkStore, memoryImageIndex } from "./memory-store.ts";
export { type ErasedWhy, type Overdue, overdue, type Retained, type RetentionRules } from "./retention.ts";
export { type ServiceKeys, serviceKeys } from "./service-keys.ts";
export { type SqlStore, sqlImageIndex } from "./sql-index.ts";
export type { ChunkStore, ImageIndex } from "./store.ts";
export type { Chunk, Listed, Piece, RecordingName, StoredRecording } from "./stored-recording.ts";
export { receiptInterval } from "./take-batch.ts";
export { checkUpload, nonceLife, signUpload, tokenLife, type UploadClaim } from "./upload-proof.ts";
