import type { Bytes } from "../base/index.ts";
import type { RecordingName } from "../images/index.ts";
import type { ByteSource } from "../seal/check.ts";
import { blobSource } from "./blob-source.ts";
import { openStored, storedIndex } from "./stored-source.ts";

/** A recording that is read: a file, or one that the server keeps. */
export type ReadableRecording = Blob | RecordingName;

/** Its bytes, wherever they lie. Faults "file-unreadable", and those of `StoredFault`. */
export const recordingSource = async (recording: ReadableRecording): Promise<ByteSource> =>
  recording instanceof Blob ? blobSource(recording) : openStored(recording);

/** What is known of its index before it is read; empty for nothing. */
export const knownIndex = async (recording: ReadableRecording): Promise<Bytes> =>
  recording instanceof Blob ? new Uint8Array(0) : storedIndex(recording);
