import type { CapturePath } from "../seal/index.ts";
import { type CameraFrame, framesOfPort, framesOfTrack } from "../sensor/index.ts";
import type { Frames } from "./camera.api.ts";

/** Whether this worker takes frames from a track itself (Safari). */
export const takesTracks = (): boolean => typeof MediaStreamTrackProcessor === "function";

/** The path that is signed: what came is looked at, the page is not asked. */
export const pathOf = (frames: Frames): CapturePath => {
  if ("readable" in frames) return "track-processor-window";
  return "port" in frames ? "video-frame" : "track-processor-worker";
};

/** The frames that a window handed over, by whichever path. */
export const readableOf = (frames: Frames): ReadableStream<CameraFrame> => {
  if ("readable" in frames) return frames.readable;
  return "port" in frames ? framesOfPort(frames.port) : framesOfTrack(frames.track);
};
