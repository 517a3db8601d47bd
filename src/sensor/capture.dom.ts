import { Fault } from "../base/index.ts";
import type { CameraFrame } from "./camera-frame.ts";
import { hasVideoFrames, videoFrames } from "./video-frames.dom.ts";

/** Codes of the faults of capture. */
export type CaptureFault =
  | "camera-none" // no capture device at all
  | "camera-refused" // the person or the browser said no
  | "camera-busy" // another program holds it
  | "camera-unplugged" // the wanted one is gone
  | "camera-unsupported"; // this browser hands no frames over

/** Codes of the faults of the microphone. */
export type MicrophoneFault =
  | "microphone-none" // no microphone at all
  | "microphone-refused" // the person or the browser said no
  | "microphone-busy" // another program holds it
  | "microphone-unsupported"; // this browser hands no sound over

/** A capture device as the browser names it. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

/** A device that is open: its stream for the local preview, its track, and its own label. */
export interface OpenDevice extends Device {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  close(): void;
}

/**
 * Opens a capture device, or the browser's first choice for `null`. Asks the person where the browser does.
 * Faults of `CaptureFault`.
 */
export const openDevice = (id: string | null): Promise<OpenDevice> =>
  open(id, id === null ? wish : { ...wish, deviceId: { exact: id } });

/** Opens the camera that looks away from the person, where there is one: to find codes, never to seal. Faults as above. */
export const openFinder = (): Promise<OpenDevice> =>
  open(null, { ...wish, facingMode: { ideal: "environment" } });

const wish = { width: { ideal: 1280 }, height: { ideal: 720 } };

const open = async (id: string | null, video: MediaTrackConstraints): Promise<OpenDevice> => {
  // Absent in an insecure context: there is no camera to ask for.
  if (!navigator.mediaDevices) throw new Fault<CaptureFault>("camera-unsupported");
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (cause) {
    throw new Fault<CaptureFault>(captureFault(cause, id), {}, { cause });
  }
  const [track] = stream.getVideoTracks();
  if (!track) throw new Fault<CaptureFault>("camera-none");
  const close = (): void => track.stop();
  return { id: track.getSettings().deviceId ?? id ?? "", label: track.label, stream, track, close };
};

/** A microphone that is open: its track, and its own label. */
export interface OpenMicrophone {
  readonly label: string;
  readonly track: MediaStreamTrack;
  close(): void;
}

/**
 * Opens the browser's first choice of a microphone, apart from the camera: who refuses one keeps the other. Asks the
 * person where the browser does. Faults of `MicrophoneFault`.
 */
export const openMicrophone = async (): Promise<OpenMicrophone> => {
  if (!navigator.mediaDevices) throw new Fault<MicrophoneFault>("microphone-unsupported");
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: false });
  } catch (cause) {
    throw new Fault<MicrophoneFault>(microphoneFault(cause), {}, { cause });
  }
  const [track] = stream.getAudioTracks();
  if (!track) throw new Fault<MicrophoneFault>("microphone-none");
  return { label: track.label, track, close: () => track.stop() };
};

/** The capture devices, with labels once the person has allowed any. */
export const listDevices = async (): Promise<Device[]> => {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
};

/**
 * Why an open device ended, which its "ended" event does not tell: the permission was taken back while a camera is
 * still there, or the device is gone.
 */
export const whyEnded = async (): Promise<CaptureFault> => {
  try {
    const { state } = await navigator.permissions.query({ name: "camera" });
    if (state === "granted") return "camera-unplugged";
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some(({ kind }) => kind === "videoinput") ? "camera-refused" : "camera-unplugged";
  } catch {
    return "camera-unplugged"; // a browser that does not know this permission's name
  }
};

/** Calls back when devices come or go; the result ends it. */
export const watchDevices = (changed: () => void): (() => void) => {
  navigator.mediaDevices?.addEventListener("devicechange", changed);
  return () => navigator.mediaDevices?.removeEventListener("devicechange", changed);
};

/** The track's frames as they leave this window, and by which path. */
export type TrackFrames =
  | { readonly path: "track-processor-window"; readonly readable: ReadableStream<CameraFrame> }
  | { readonly path: "track-processor-worker"; readonly track: MediaStreamTrack }
  | { readonly path: "video-frame"; readonly port: MessagePort };

/**
 * The track's frames, to be transferred to the sensor's worker: as a readable where this window has the processor
 * (Chromium), as the track itself where only workers have it (Safari), else over a port, one by one as a video element
 * presents them (Firefox). Fault "camera-unsupported" where there is none of these.
 */
export const framesOf = (track: MediaStreamTrack, workerTakesTracks: boolean): TrackFrames => {
  if (typeof MediaStreamTrackProcessor === "function") {
    const { readable } = new MediaStreamTrackProcessor({
      track: track as MediaStreamVideoTrack,
      maxBufferSize: 2,
    });
    return { path: "track-processor-window", readable: readable as ReadableStream<CameraFrame> };
  }
  if (workerTakesTracks) return { path: "track-processor-worker", track };
  if (hasVideoFrames()) return { path: "video-frame", port: videoFrames(track) };
  throw new Fault<CaptureFault>("camera-unsupported");
};

/** Whether this window hands frames over by itself; where it does not, its workers may. */
export const handsFramesOver = (): boolean =>
  typeof MediaStreamTrackProcessor === "function" || hasVideoFrames();

/** What of them changes hands. */
export const transferredOf = (
  frames: { readable: ReadableStream<VideoFrame> } | { track: MediaStreamTrack } | { port: MessagePort },
): Transferable => {
  if ("readable" in frames) return frames.readable;
  // A track that transfers is one, which the compiler's library does not say.
  return "port" in frames ? frames.port : (frames.track as unknown as Transferable);
};

/**
 * The track's sound, to be transferred to a worker. Fault "microphone-unsupported" where this window has no track
 * processor: Safari's takes pictures only, and Firefox has none.
 */
export const soundOf = (track: MediaStreamTrack): ReadableStream<AudioData> => {
  if (typeof MediaStreamTrackProcessor !== "function")
    throw new Fault<MicrophoneFault>("microphone-unsupported");
  // Chunks of 10 ms: half a second may wait, then the oldest go.
  const init = { track: track as MediaStreamAudioTrack, maxBufferSize: 50 };
  return new MediaStreamTrackProcessor(init).readable;
};

// Media Capture and Streams §10.2: the names under which getUserMedia fails.
const captureFault = (cause: unknown, id: string | null): CaptureFault => {
  switch (cause instanceof DOMException ? cause.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "camera-refused";
    case "NotReadableError":
    case "AbortError":
      return "camera-busy";
    case "OverconstrainedError":
      return "camera-unplugged";
    case "NotFoundError":
      return id === null ? "camera-none" : "camera-unplugged";
    default:
      return "camera-unsupported";
  }
};

const microphoneFault = (cause: unknown): MicrophoneFault => {
  // Of a camera that was asked for by name "unplugged" is said; no microphone is asked for by name.
  switch (captureFault(cause, null)) {
    case "camera-refused":
      return "microphone-refused";
    case "camera-busy":
      return "microphone-busy";
    case "camera-none":
    case "camera-unplugged":
      return "microphone-none";
    default:
      return "microphone-unsupported";
  }
};
