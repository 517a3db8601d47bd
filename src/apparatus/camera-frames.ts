import type { Frames } from "./camera.api.ts";

/** Whether this worker takes frames from a track itself (Safari). */
export const takesTracks = (): boolean => typeof MediaStreamTrackProcessor === "function";

/** The frames that a window handed over, by whichever path. Of those that a window sends itself one is asked for when it is read: none waits. */
export const readableOf = (frames: Frames): ReadableStream<VideoFrame> => {
  if ("readable" in frames) return frames.readable;
  if ("port" in frames) return fromPort(frames.port);
  const init = { track: frames.track, maxBufferSize: 2 };
  // A track is unknown to the one compiler's library, and of two kinds to the other's.
  return new MediaStreamTrackProcessor(init as never).readable as ReadableStream;
};

const fromPort = (port: MessagePort): ReadableStream<VideoFrame> => {
  let isOver = false;
  const end = (): void => {
    isOver = true;
    port.close();
  };
  return new ReadableStream<VideoFrame>(
    {
      pull(controller) {
        const { promise, resolve } = Promise.withResolvers<void>();
        port.onmessage = ({ data }: MessageEvent<VideoFrame | null>) => {
          if (isOver) return data?.close();
          if (data) controller.enqueue(data);
          else {
            end();
            controller.close();
          }
          resolve();
        };
        port.postMessage("next");
        return promise;
      },
      cancel() {
        port.postMessage("over");
        // What is under way is closed when it comes; the other side closes the port.
        isOver = true;
      },
    },
    { highWaterMark: 0 },
  );
};
