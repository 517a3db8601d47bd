import { equal, randomBytes, sha256 } from "../../src/base/index.ts";
import {
  ArraySensor,
  byteLength,
  type ColorSpace,
  compileKernels,
  instantiate,
  type PixelFormat,
  type Shape,
} from "../../src/sensor/index.ts";
import { drawNumbers } from "../twin/photoelectric.ts";
import { asCamera } from "./as-camera.ts";

const same = (actual: unknown, expected: unknown, what: string): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
};
const kernels = compileKernels();
const makeSensor = async (): Promise<ArraySensor> => {
  const sensor = new ArraySensor(await instantiate(await kernels));
  sensor.setEpochKey(new Uint8Array(32).fill(7));
  return sensor;
};
const colorSpace: ColorSpace = {
  ...{ primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", fullRange: false },
};
const position = { epoch: 0, track: 0, sequence: 0 };
const ad = new Uint8Array([1, 2, 3]);

const frameOf = (pixels: Uint8Array<ArrayBuffer>, shape: Shape): VideoFrame =>
  new VideoFrame(pixels, {
    ...{ format: shape.format, codedWidth: shape.width, codedHeight: shape.height, timestamp: 5 },
    colorSpace: colorSpace as VideoColorSpaceInit,
  });

/** The system generator gives 64 KiB at a time. */
const noise = (length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536)
    crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, length)));
  return bytes;
};

/** Random words, and the numbers that they choose among all luma. */
const drawn = (pixels: Uint8Array, { width, height }: Shape) => {
  const random = randomBytes(4 * width * height);
  return [random, drawNumbers(pixels.subarray(0, width * height), random, width * height)] as const;
};

/** All bytes of a frame, tightly packed. */
const pixelsOf = async (frame: VideoFrame, shape: Shape): Promise<Uint8Array<ArrayBuffer>> => {
  const { width, height } = shape;
  const pixels = new Uint8Array(byteLength(shape));
  await frame.copyTo(pixels, { rect: { x: 0, y: 0, width, height } });
  return pixels;
};

describe("a real VideoFrame through the sensor", () => {
  for (const format of ["I420", "NV12"] satisfies PixelFormat[]) {
    for (const [width, height] of [
      [640, 480],
      [64, 36],
      [130, 74],
      [131, 75],
      [1, 1],
      [641, 361],
      [361, 641],
      [1, 4096],
      [3840, 2160],
      [4096, 2161],
    ] as const) {
      it(`${format} ${width} × ${height} comes out as it went in, with its colours and its time`, async () => {
        const shape: Shape = { format, width, height };
        const pixels = noise(byteLength(shape));
        const frame = frameOf(pixels, shape);
        const camera = await makeSensor();
        same(await camera.capture(asCamera(frame)), shape, "shape");
        frame.close();
        const proof = camera.seal(position, ad);
        const cipher = new Uint8Array(byteLength(shape));
        camera.takeCipher(cipher);
        if (equal(cipher, pixels)) throw new Error("nothing was encrypted");

        const viewer = await makeSensor();
        viewer.receive(cipher, shape);
        same(viewer.open(position, ad, proof), "opened", "open");
        const picture = viewer.picture(colorSpace, 123_000);
        if (!equal(await pixelsOf(picture, shape), pixels)) throw new Error("other pixels");
        const { primaries, transfer, matrix, fullRange } = picture.colorSpace;
        same({ primaries, transfer, matrix, fullRange }, colorSpace, "colours");
        same([picture.timestamp, picture.format], [123_000, format], "time and format");
        same([picture.visibleRect?.width, picture.visibleRect?.height], [width, height], "size");
        picture.close();
      });
    }
  }

  it("colours that the camera did not know stay unknown", async () => {
    const shape: Shape = { format: "I420", width: 2, height: 2 };
    const camera = await makeSensor();
    await camera.capture(asCamera(frameOf(new Uint8Array(6), shape)));
    const proof = camera.seal(position, ad);
    const cipher = new Uint8Array(6);
    camera.takeCipher(cipher);
    const viewer = await makeSensor();
    viewer.receive(cipher, shape);
    viewer.open(position, ad, proof);
    const unknown: ColorSpace = { primaries: null, transfer: null, matrix: null, fullRange: null };
    const picture = viewer.picture(unknown, 0);
    const { primaries, transfer, matrix, fullRange } = picture.colorSpace;
    same([primaries, transfer, matrix, fullRange], [null, null, null, null], "colours");
    picture.close();
  });

  it("its light is the SHA-256 of its numbers", async () => {
    const shape: Shape = { format: "NV12", width: 66, height: 38 };
    const pixels = randomBytes(byteLength(shape));
    const [random, numbers] = drawn(pixels, shape);
    const sensor = await makeSensor();
    const frame = frameOf(pixels, shape);
    await sensor.capture(asCamera(frame));
    frame.close();
    same([...(sensor.takeLight(false, random).light ?? [])], [...(await sha256(numbers))], "light");
  });

  for (const format of ["I420", "NV12"] satisfies PixelFormat[])
    it(`${format}: only what is seen of it, where a frame is wider than that, also to odd sizes`, async () => {
      const whole: Shape = { format, width: 131, height: 75 };
      const frame = frameOf(noise(byteLength(whole)), whole);
      for (const [x, y, width, height] of [
        [8, 4, 32, 16],
        [0, 0, 129, 73],
        [64, 36, 67, 39],
        [130, 74, 1, 1],
      ] as const) {
        const shape: Shape = { format, width, height };
        const cut = new VideoFrame(frame, { visibleRect: { x, y, width, height } });
        const expected = new Uint8Array(byteLength(shape));
        await cut.copyTo(expected);
        const sensor = await makeSensor();
        same(await sensor.capture(asCamera(cut)), shape, "shape");
        const proof = sensor.seal(position, ad);
        const cipher = new Uint8Array(byteLength(shape));
        sensor.takeCipher(cipher);
        const viewer = await makeSensor();
        viewer.receive(cipher, shape);
        same(viewer.open(position, ad, proof), "opened", "open");
        const picture = viewer.picture(colorSpace, 0);
        if (!equal(await pixelsOf(picture, shape), expected)) throw new Error("other pixels");
        for (const one of [picture, cut]) one.close();
      }
      frame.close();
    });

  it("wider or higher than 4096 it is refused, and nothing of it is kept", async () => {
    for (const [width, height] of [
      [4098, 16],
      [16, 4097],
    ] as const) {
      const shape: Shape = { format: "I420", width, height };
      const frame = frameOf(new Uint8Array(byteLength(shape)), shape);
      const sensor = await makeSensor();
      const refused = await sensor.capture(asCamera(frame)).then(
        () => "taken",
        (error: { code: string }) => error.code,
      );
      same(refused, "shape", "refusal");
      frame.close();
    }
  });

  it("only what is seen of it, where a frame is wider than that", async () => {
    const whole: Shape = { format: "I420", width: 96, height: 64 };
    const shape: Shape = { format: "I420", width: 64, height: 36 };
    const frame = frameOf(randomBytes(byteLength(whole)), whole);
    const cut = new VideoFrame(frame, { visibleRect: { x: 8, y: 4, width: 64, height: 36 } });
    const expected = new Uint8Array(byteLength(shape));
    await cut.copyTo(expected);
    const sensor = await makeSensor();
    same(await sensor.capture(asCamera(cut)), shape, "shape");
    const [random, numbers] = drawn(expected, shape);
    same([...(sensor.takeLight(false, random).light ?? [])], [...(await sha256(numbers))], "light");
    for (const one of [frame, cut]) one.close();
  });

  it("a frame of another format is refused, and so is one that was closed", async () => {
    const sensor = await makeSensor();
    const rgba = new VideoFrame(new Uint8Array(16), {
      ...{ format: "RGBA", codedWidth: 2, codedHeight: 2, timestamp: 0 },
    });
    const closed = frameOf(new Uint8Array(6), { format: "I420", width: 2, height: 2 });
    closed.close();
    for (const frame of [rgba, closed]) {
      const refused = await sensor.capture(asCamera(frame)).then(
        () => "taken",
        (error: { code: string }) => error.code,
      );
      same(refused, "pixel-format", "refusal");
    }
    rgba.close();
  });
});
