/** What the worker says on the port: it takes one more frame, or none any more. */
export type FrameWish = "next" | "over";

/** What it gets: a frame, which is its own; null: the track has ended. */
export type FrameGift = VideoFrame | null;

/**
 * The track's frames for browsers without a track processor (Firefox): a video element of its own plays the track, and each picture that
 * it presents while the other side waits for one is handed over, transferred, as it came from the camera. Nothing
 * waits here: of two pictures the newer one is taken. While the page is hidden the browser presents none.
 */
export const videoFrames = (track: MediaStreamTrack): MessagePort => {
  const { port1: own, port2: given } = new MessageChannel();
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let isWanted = false;
  const end = (): void => {
    video.srcObject = null;
    own.close();
  };
  // HTMLVideoElement.requestVideoFrameCallback(): runs once, when the next picture is presented.
  const present = (now: number): void => {
    if (video.srcObject === null) return;
    video.requestVideoFrameCallback(present);
    if (!isWanted) return;
    isWanted = false;
    const frame = new VideoFrame(video, { timestamp: Math.round(now * 1000) });
    own.postMessage(frame satisfies FrameGift, [frame]);
  };
  own.onmessage = ({ data }: MessageEvent<FrameWish>) => {
    if (data === "over") end();
    else isWanted = true;
  };
  // The track was stopped, or its device went away.
  video.onended = () => {
    own.postMessage(null satisfies FrameGift);
    end();
  };
  video.requestVideoFrameCallback(present);
  // Refused where the track has ended already; the first frame is waited for in vain then, and that is told.
  void video.play().catch(() => undefined);
  return given;
};

/** Whether this window can hand frames over so. */
export const hasVideoFrames = (): boolean =>
  typeof VideoFrame === "function" &&
  typeof HTMLVideoElement.prototype.requestVideoFrameCallback === "function";
