import type { Bytes } from "../base/index.ts";
import type { ArraySensor } from "./array-sensor.ts";
import type { CameraFrame } from "./camera-frame.ts";
import { mostTries, type SeedRefusal } from "./photoelectric.ts";

/** How a seed came about, for people: no secret follows from it. */
export interface SeedReport {
  /** Whether a frame's light is in the secret, beside the system generator; the announcement says the same [SF10]. */
  readonly light: "frame" | "none";
  /** Frames that were looked at. */
  readonly tries: number;
  /** Of the last one: the share of black or saturated pixels, 0 to 1. */
  readonly uniformShare: number;
  /** Of the last one: estimated bits of its noise; an estimate only. */
  readonly minEntropy: number;
  /** Why the last one was refused; null where it was taken. */
  readonly refused: SeedRefusal | null;
}

/**
 * Light for an epoch secret (32 bytes, which the caller wipes) from the first usable one of up to five frames; null when none is
 * usable. Each frame is closed here and reaches nothing but `sensor`, which must be empty and erases it. Faults of `ArraySensor.capture`
 * and of `next` come through.
 */
export const makeSeed = async (
  sensor: ArraySensor,
  next: () => Promise<CameraFrame>,
): Promise<{ readonly light: Bytes | null; readonly report: SeedReport }> => {
  for (let tries = 1; ; tries += 1) {
    const frame = await next();
    let isFullRange: boolean;
    try {
      isFullRange = frame.colorSpace.toJSON().fullRange === true;
      await sensor.capture(frame);
    } finally {
      frame.close();
    }
    const { light, ...found } = sensor.takeLight(isFullRange);
    if (light || tries === mostTries)
      return { light, report: { light: light ? "frame" : "none", tries, ...found } };
  }
};
