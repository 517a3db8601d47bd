import type { CameraFrame } from "./camera-frame.ts";

/** A camera's track as it was handed to a worker: the compiler's worker library does not know it. */
type HandedTrack = Transferable & { readonly kind: string };

/** The frames of a camera's track in the worker that it was handed to (Safari ≥ 18). */
export const framesOfTrack = (track: HandedTrack): ReadableStream<CameraFrame> => {
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 2 } as unknown as Init);
  return readable as ReadableStream<VideoFrame> as ReadableStream<CameraFrame>;
};
type Init = MediaStreamTrackProcessorInit & { track: MediaStreamVideoTrack };

/** The frames that a window sends itself (`videoFrames`): one is asked for when it is read, and none waits here. */
export const framesOfPort = (port: MessagePort): ReadableStream<CameraFrame> => {
  let isOver = false;
  return new ReadableStream<CameraFrame>(
    {
      pull(controller) {
        const { promise, resolve } = Promise.withResolvers<void>();
        port.onmessage = ({ data }: MessageEvent<CameraFrame | null>) => {
          if (isOver) return data?.close();
          if (data) controller.enqueue(data);
          else {
            isOver = true;
            port.close();
            controller.close();
          }
          resolve();
        };
        port.postMessage("next");
        return promise;
      },
      cancel() {
        // What is under way is closed when it comes; the other side closes the port.
        isOver = true;
        port.postMessage("over");
      },
    },
    { highWaterMark: 0 },
  );
};
