import {
  bitrateFor,
  type CodedPicture,
  codeStill,
  VideoCoder,
  VideoOpener,
  videoCodecs,
} from "../../src/media/index.ts";
import { asCamera } from "../sensor/as-camera.ts";

/** What one codec did, or one picture format. */
export interface CodecFigures {
  readonly codec: string;
  /** Frames a second, through our coder and our opener. */
  readonly encode: number;
  readonly decode: number;
  /** Of the whole run, and how like the source it is: luma PSNR in dB. */
  readonly bytes: number;
  readonly likeness: number;
}

const width = 1280;
const height = 720;
const framesPerSecond = 30;
/** Three seconds of picture; a source of one second goes to and fro. */
const coded = 90;
const sources = 30;
/** The rate control finds its way first. */
const unsettled = 30;

/**
 * A picture that moves as a hand-held camera does: a large texture shifts, a bright square crosses it, and every
 * pixel has a little noise of its own in every frame. Always the same.
 */
const film = (): Uint8Array<ArrayBuffer>[] => {
  const [w, h] = [width + 128, height + 128];
  const texture = new Uint8Array(w * h);
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      const wave =
        40 * Math.sin(x / 37 + y / 91) + 30 * Math.sin(x / 7 - y / 11) + 15 * Math.sin((x * y) / 9000);
      texture[y * w + x] = 120 + wave;
    }
  let state = 1;
  const noise = Uint8Array.from({ length: 1 << 16 }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state % 5;
  });
  return Array.from({ length: sources }, (_, at) => {
    const pixels = new Uint8Array((width * height * 3) / 2).fill(128);
    const [dx, dy] = [2 * at, Math.round(at + 12 * Math.sin(at / 5))];
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const inSquare = Math.abs(x - 200 - 25 * at) < 60 && Math.abs(y - 360) < 60;
        const value = inSquare ? 210 : (texture[(y + dy + 32) * w + x + dx] ?? 0);
        pixels[y * width + x] = value + (noise[(x * 31 + y * 977 + at * 7919) & 0xffff] ?? 0);
      }
    return pixels;
  });
};

const toAndFro = (at: number): number => {
  const place = at % (2 * sources - 2);
  return place < sources ? place : 2 * sources - 2 - place;
};

/** All frames, as fast as the encoder takes them. */
const encode = async (codec: string, frames: readonly VideoFrame[]): Promise<CodedPicture[]> => {
  const pictures: CodedPicture[] = [];
  let failure: string | null = null;
  let wake = (): void => undefined;
  // Woken by the coder: to ask again and again would take its time away.
  const news = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const bitrate = bitrateFor(width, height, framesPerSecond);
  const coder = new VideoCoder(
    { codec, width, height, framesPerSecond, bitrate },
    {
      coded(picture) {
        pictures.push(picture);
        wake();
      },
      failed(code) {
        failure = code;
        wake();
      },
    },
  );
  for (let at = 0; at < coded && !failure; at += 1) {
    const frame = frames[toAndFro(at)];
    while (frame && !failure && !coder.code(asCamera(frame), (at * 1000) / framesPerSecond)) await news();
  }
  while (pictures.length < coded && !failure) await news();
  coder.close();
  if (failure) throw new Error(`${codec}: ${failure}`);
  return pictures;
};

const psnr = async (frame: VideoFrame, source: Uint8Array): Promise<number> => {
  const pixels = new Uint8Array(frame.allocationSize());
  await frame.copyTo(pixels);
  let squares = 0;
  for (let at = 0; at < width * height; at += 1) squares += ((pixels[at] ?? 0) - (source[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255) / (squares / (width * height)));
};

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const measureCodec = async (
  codec: string,
  pixels: readonly Uint8Array[],
  frames: readonly VideoFrame[],
): Promise<CodecFigures> => {
  let began = performance.now();
  const pictures = await encode(codec, frames);
  const encoding = performance.now() - began;
  const opener = new VideoOpener();
  const open = async (look: (frame: VideoFrame, at: number) => unknown): Promise<void> => {
    for (const [at, picture] of pictures.entries()) {
      const frame = await opener.open(picture);
      await look(frame, at);
      frame.close();
    }
  };
  began = performance.now();
  await open(() => undefined);
  const decoding = performance.now() - began;
  const likeness: number[] = [];
  await open(async (frame, at) => {
    const source = pixels[toAndFro(at)];
    if (at >= unsettled && at % 6 === 0 && source) likeness.push(await psnr(frame, source));
  });
  opener.close();
  return {
    codec,
    encode: (coded * 1000) / encoding,
    decode: (coded * 1000) / decoding,
    bytes: pictures.reduce((sum, { bytes }) => sum + bytes.length, 0),
    likeness: mean(likeness),
  };
};

/** Median ms of one still, as JPEG by our function, and as WebP by the same canvas. */
const measureStills = async (frame: VideoFrame): Promise<{ jpeg: number; webp: number }> => {
  const times: { jpeg: number[]; webp: number[] } = { jpeg: [], webp: [] };
  for (let round = -2; round < 9; round += 1) {
    let began = performance.now();
    await codeStill(asCamera(frame), width);
    const jpeg = performance.now() - began;
    began = performance.now();
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d", { alpha: false })?.drawImage(frame, 0, 0);
    await canvas.convertToBlob({ type: "image/webp", quality: 0.85 });
    const webp = performance.now() - began;
    if (round < 0) continue;
    times.jpeg.push(jpeg);
    times.webp.push(webp);
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return { jpeg: median(times.jpeg), webp: median(times.webp) };
};

/** Every codec in turn, and stills. */
export const measure = async (): Promise<{
  codecs: CodecFigures[];
  stills: { jpeg: number; webp: number };
}> => {
  const pixels = film();
  const frames = pixels.map(
    (data) => new VideoFrame(data, { format: "I420", codedWidth: width, codedHeight: height, timestamp: 0 }),
  );
  const codecs: CodecFigures[] = [];
  for (const codec of videoCodecs(width, height, framesPerSecond))
    codecs.push(await measureCodec(codec, pixels, frames));
  const [first] = frames;
  if (!first) throw new Error("no frames");
  const stills = await measureStills(first);
  for (const frame of frames) frame.close();
  return { codecs, stills };
};
