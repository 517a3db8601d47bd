import { type Bytes, Fault } from "../base/index.ts";
import type { RecordingName } from "../images/index.ts";
import type { ByteSource } from "../seal/check.ts";
import { blobSource } from "./blob-source.ts";
import type { OnCamera } from "./recording-talk.ts";
import { openStored, storedIndex } from "./stored-source.ts";

/** A recording that is read: a file, one that the server keeps, or one that the camera has which is viewed. */
export type ReadableRecording = Blob | RecordingName | OnCamera;

export const isOnCamera = (recording: ReadableRecording): recording is OnCamera =>
  !(recording instanceof Blob) && "begun" in recording;

/** Its bytes, wherever they lie but on a camera, which is asked by who views it: fault "recording-none". Faults "file-unreadable", and those of `StoredFault`. */
export const recordingSource = async (recording: ReadableRecording): Promise<ByteSource> =>
  recording instanceof Blob ? blobSource(recording) : openStored(elsewhere(recording));

const elsewhere = (recording: RecordingName | OnCamera): RecordingName => {
  if (isOnCamera(recording)) throw new Fault("recording-none");
  return recording;
};

/** What is known of its index before it is read; empty for nothing. */
export const knownIndex = async (recording: ReadableRecording): Promise<Bytes> =>
  recording instanceof Blob ? new Uint8Array(0) : storedIndex(elsewhere(recording));
