import type { Bytes } from "../../src/base/index.ts";
import type { FrameItem } from "../../src/seal/index.ts";
import type { ArraySensor, ColorSpace } from "../../src/sensor/index.ts";

/** What Node lacks: a `VideoFrame` that remembers what it was made from. */
export class Picture {
  readonly pixels: Bytes;
  readonly init: VideoFrameBufferInit & { colorSpace: ColorSpace };
  closed = false;

  constructor(pixels: Uint8Array, init: VideoFrameBufferInit) {
    // WebCodecs §9.4.2: the constructor copies.
    this.pixels = new Uint8Array(pixels);
    this.init = init as VideoFrameBufferInit & { colorSpace: ColorSpace };
  }

  close(): void {
    this.closed = true;
  }
}

if (!("VideoFrame" in globalThis)) Object.assign(globalThis, { VideoFrame: Picture });

/** The double behind what the sensor's door calls a `VideoFrame`. */
export const asPicture = (frame: VideoFrame | null): Picture => frame as unknown as Picture;

/** The pixels of the frame that lies opened in the sensor, which is emptied. */
export const opened = (sensor: ArraySensor, { fields }: Pick<FrameItem, "fields">): Bytes =>
  asPicture(sensor.picture(fields.colorSpace, fields.captured * 1000)).pixels;
