import type { CameraFrame } from "./camera-frame.ts";

/** A camera's track as it was handed to a worker: the compiler's worker library does not know it. */
type HandedTrack = Transferable & { readonly kind: string };

/** The frames of a camera's track in the worker that it was handed to (Safari ≥ 18). */
export const framesOfTrack = (track: HandedTrack): ReadableStream<CameraFrame> => {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 2 } as unknown as Init);
  return readable as ReadableStream<VideoFrame> as ReadableStream<CameraFrame>;
};
type Init = MediaStreamTrackProcessorInit & { track: MediaStreamVideoTrack };
