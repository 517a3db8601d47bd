import type { CameraFrame } from "../../src/sensor/index.ts";

/** A frame that a test made, passed off as a camera's: in src/ only capture may do that (test/law/one-door.test.ts). */
export const asCamera = (frame: VideoFrame): CameraFrame => frame as CameraFrame;
