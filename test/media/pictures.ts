import { type CodedPicture, VideoCoder, type VideoSettings } from "../../src/media/index.ts";
import { asCamera } from "../sensor/as-camera.ts";

export const same = (actual: unknown, expected: unknown, what: string): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
};
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The code of what a promise is refused with, or "given". */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "given",
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );

/** The same, and that it did not take as long as a time-out. */
export const codeAtOnce = async (promise: Promise<unknown>): Promise<string> => {
  const from = performance.now();
  const code = await codeOf(promise);
  const took = performance.now() - from;
  return took < 600 ? code : `${code}, after ${Math.round(took)} ms`;
};

/** What most cameras here deliver, and another. */
export const camera: VideoColorSpaceInit = {
  ...{ primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", fullRange: false },
};
export const television: VideoColorSpaceInit = {
  ...{ primaries: "bt709", transfer: "bt709", matrix: "bt709", fullRange: false },
};

/** Y, U and V of the four quarters: top left, top right, bottom left, bottom right. */
const quarters = [
  [120, 90, 190],
  [160, 60, 70],
  [90, 180, 110],
  [180, 110, 150],
] as const;

/** An I420 frame with a colour in each quarter, so that size, place and colours can be recognised. */
export const coloured = (width: number, height: number, colorSpace: VideoColorSpaceInit): VideoFrame => {
  const pixels = new Uint8Array((width * height * 3) / 2);
  let offset = 0;
  for (const plane of [0, 1, 2] as const) {
    const [w, h] = plane === 0 ? [width, height] : [width / 2, height / 2];
    for (let y = 0; y < h; y += 1)
      for (let x = 0; x < w; x += 1) {
        const [quarter] = quarters.slice((y * 2 < h ? 0 : 2) + (x * 2 < w ? 0 : 1));
        pixels[offset++] = quarter?.[plane] ?? 0;
      }
  }
  return new VideoFrame(pixels, {
    ...{ format: "I420", codedWidth: width, codedHeight: height, timestamp: 0, colorSpace },
  });
};

/** Up and down again, one at a time: to an encoder no new scene. */
export const upAndDown = (at: number): number => 10 - Math.abs((at % 20) - 10);

/** A frame of one grey, from which its number can be read again. */
export const numbered = (width: number, height: number, number: number): VideoFrame => {
  const pixels = new Uint8Array((width * height * 3) / 2).fill(128);
  pixels.fill(40 + 8 * number, 0, width * height);
  return new VideoFrame(pixels, {
    ...{ format: "I420", codedWidth: width, codedHeight: height, timestamp: 0, colorSpace: camera },
  });
};
/** Which number it was, by its mean luma. */
export const numberOf = async (frame: VideoFrame): Promise<number> => {
  const { width, height } = frame.visibleRect ?? { width: 0, height: 0 };
  const pixels = new Uint8Array(frame.allocationSize());
  await frame.copyTo(pixels);
  const luma = pixels.subarray(0, width * height);
  return Math.round((luma.reduce((sum, value) => sum + value, 0) / luma.length - 40) / 8);
};

/** Mean red, green and blue of each quarter as a canvas shows it, leaving out its edges. */
export const meansOf = (frame: VideoFrame): number[] => {
  const [width, height] = [frame.displayWidth, frame.displayHeight];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.drawImage(frame, 0, 0);
  const [w, h] = [width >> 2, height >> 2];
  return [0, 1, 2, 3].flatMap((quarter) => {
    const [x, y] = [((quarter % 2) * 4 + 1) * (width >> 3), ((quarter >> 1) * 4 + 1) * (height >> 3)];
    const { data } = context.getImageData(x, y, w, h);
    return [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
      return Math.round(sum / (data.length / 4));
    });
  });
};

/** Fails when any mean is further off than `room` of 255. */
export const near = (actual: readonly number[], expected: readonly number[], room: number): void => {
  const off = actual.map((value, at) => Math.abs(value - (expected[at] ?? Number.NaN)));
  if (off.length !== expected.length || !off.every((one) => one <= room))
    throw new Error(`expected about ${expected.join()}, got ${actual.join()}`);
};

/** A coder whose pictures are kept. */
export class Coding {
  readonly pictures: CodedPicture[] = [];
  readonly failures: string[] = [];
  readonly coder: VideoCoder;

  constructor(settings: VideoSettings) {
    this.coder = new VideoCoder(settings, {
      coded: (picture) => this.pictures.push(picture),
      failed: (code) => this.failures.push(code),
    });
  }

  /** Codes the frame, closes it, and waits for its picture; null when it was left out. */
  async code(frame: VideoFrame, captured: number): Promise<CodedPicture | null> {
    const before = this.pictures.length;
    const isTaken = this.coder.code(asCamera(frame), captured);
    if (frame.format === null) throw new Error("the coder closed the frame");
    frame.close();
    if (this.failures.length > 0) throw new Error(`failed: ${this.failures.join()}`);
    if (!isTaken) return null;
    for (let waited = 0; this.pictures.length === before; waited += 1) {
      if (waited > 2000 || this.failures.length > 0) throw new Error(`no picture: ${this.failures.join()}`);
      await pause(1);
    }
    return this.pictures.at(-1) ?? null;
  }
}

export const settingsFor = (codec: string, change: Partial<VideoSettings> = {}): VideoSettings => ({
  ...{ codec, width: 640, height: 360, framesPerSecond: 30, bitrate: 2_000_000 },
  ...change,
});
