import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomBytes, sha256 } from "../../src/base/index.ts";
import {
  ArraySensor,
  byteLength,
  type CameraFrame,
  instantiate,
  type Kernels,
  makeSeed,
  type Shape,
} from "../../src/sensor/index.ts";
import { colorSpace, frameOf } from "../seal/camera.ts";
import { drawNumbers } from "../twin/photoelectric.ts";
import { loadKernels, wasmModule } from "./load-kernels.ts";
import { lumaOf, type SeedPicture } from "./seed-pictures.ts";

const shape: Shape = { format: "I420", width: 320, height: 180 };
const pixelsOf = (picture: SeedPicture, seed = 1, of = shape): Uint8Array => {
  const pixels = new Uint8Array(byteLength(of)).fill(128);
  pixels.set(lumaOf(picture, of.width, of.height, seed));
  return pixels;
};

/** A sensor whose memory the test sees, and a capture device that shows these pictures and goes then. */
const stage = async (pictures: readonly SeedPicture[], colors = colorSpace) => {
  const kernels = await instantiate(wasmModule);
  const count = { given: 0, closed: 0 };
  const next = async (): Promise<CameraFrame> => {
    const picture = pictures[count.given];
    if (picture === undefined) throw new Error("unplugged");
    count.given += 1;
    const onclose = (): void => {
      count.closed += 1;
    };
    return frameOf(shape, pixelsOf(picture, count.given), { onclose, colors });
  };
  return { kernels, sensor: new ArraySensor(kernels), count, next };
};
const five = (picture: SeedPicture): SeedPicture[] => Array.from({ length: 5 }, () => picture);

describe("[SF10] a seed", () => {
  for (const picture of ["noise", "room"] as const)
    it(`comes from the first frame of ${picture}`, async () => {
      const { sensor, next, count } = await stage([picture]);
      const { light, report } = await makeSeed(sensor, next);
      assert.equal(light?.length, 32);
      const { light: word, tries, refused } = report;
      assert.deepEqual([word, tries, refused], ["frame", 1, null]);
      assert.ok(report.uniformShare > 0 && report.uniformShare < 0.3, `${report.uniformShare}`);
      assert.ok(report.minEntropy > 0.7 * 32_768 && report.minEntropy < 32_768, `${report.minEntropy}`);
      assert.deepEqual(count, { given: 1, closed: 1 });
    });

  for (const [picture, refused] of [
    ["covered lens", "uniform"],
    ["night", "uniform"],
    ["saturated", "uniform"],
    ["uniform grey", "repetition"],
    ["drawing", "repetition"],
  ] as const)
    it(`does not come from ${picture}: after five frames there is none, and it is said why`, async () => {
      const { sensor, next, count } = await stage([...five(picture), "noise"]);
      const { light, report } = await makeSeed(sensor, next);
      assert.equal(light, null);
      assert.deepEqual([report.light, report.tries, report.refused], ["none", 5, refused]);
      assert.ok(report.minEntropy < 1);
      assert.deepEqual(count, { given: 5, closed: 5 });
    });

  it("comes from the first frame that is usable", async () => {
    const { sensor, next, count } = await stage(["covered lens", "uniform grey", "room", "room"]);
    const { light, report } = await makeSeed(sensor, next);
    assert.deepEqual([light?.length, report.light, report.tries, report.refused], [32, "frame", 3, null]);
    assert.deepEqual(count, { given: 3, closed: 3 });
  });

  it("of a camera of full range 16 is a colour as others are, and 0 is black", async () => {
    const full = { ...colorSpace, fullRange: true };
    const { sensor, next } = await stage(["covered lens"], full);
    const found = await makeSeed(sensor, next).catch((error: Error) => error.message);
    // Not uniform, but without noise: the next frame is asked for.
    assert.equal(found, "unplugged");
    await sensor.capture(frameOf(shape, new Uint8Array(byteLength(shape)).fill(16)));
    assert.equal(sensor.takeLight(true).refused, "repetition");
    await sensor.capture(frameOf(shape, new Uint8Array(byteLength(shape)).fill(16)));
    assert.equal(sensor.takeLight(false).refused, "uniform");
    await sensor.capture(frameOf(shape, new Uint8Array(byteLength(shape))));
    assert.equal(sensor.takeLight(true).refused, "uniform");
  });

  it("is SHA-256 of the pixel values at the positions that the system generator chose", async () => {
    const large: Shape = { format: "NV12", width: 640, height: 360 };
    const pixels = pixelsOf("room", 1, large);
    const { sensor } = await stage([]);
    const lights: string[] = [];
    for (const random of [randomBytes(131_072), randomBytes(131_072)]) {
      const numbers = drawNumbers(pixels.subarray(0, 640 * 360), random, 32_768);
      await sensor.capture(frameOf(large, pixels));
      const { light } = sensor.takeLight(false, random);
      assert.deepEqual(light, await sha256(numbers));
      lights.push(Buffer.from(light!).toString("hex"));
    }
    assert.notEqual(lights[0], lights[1]);
  });

  it("too many equal noise bits in a window are refused where none repeats for long", async () => {
    // One in ten is odd, at every tenth position: the identity is drawn, so the order stays.
    const small: Shape = { format: "I420", width: 64, height: 36 };
    const pixels = new Uint8Array(byteLength(small)).map((_, at) => (at % 12 === 0 ? 101 : 100));
    const { sensor } = await stage([]);
    await sensor.capture(frameOf(small, pixels));
    const { light, refused } = sensor.takeLight(false, new Uint8Array(64 * 36 * 4));
    assert.deepEqual([light, refused], [null, "proportion"]);
  });

  it("does not come from a picture with fewer pixels than a window of the test", async () => {
    for (const [width, refused] of [
      [31, "proportion"],
      [32, null],
    ] as const) {
      const little: Shape = { format: "I420", width, height: 32 };
      const { sensor } = await stage([]);
      await sensor.capture(frameOf(little, pixelsOf("noise", 1, little)));
      assert.equal(sensor.takeLight(false).refused, refused);
    }
  });

  /** The module's constants, and nothing else. */
  const isAsNew = ({ memory }: Kernels): boolean => {
    const fresh = new Uint8Array(loadKernels().memory.buffer);
    return new Uint8Array(memory.buffer).every((byte, at) => byte === (fresh[at] ?? 0));
  };

  it("leaves nothing in the sensor's memory, of usable frames and of others", async () => {
    for (const pictures of [["noise"], ["room"], five("night"), five("uniform grey")] as const) {
      const { sensor, kernels, next } = await stage(pictures);
      await makeSeed(sensor, next);
      assert.ok(isAsNew(kernels), pictures[0]);
    }
    const { sensor, kernels } = await stage([]);
    await sensor.capture(frameOf(shape, pixelsOf("noise")));
    assert.throws(() => sensor.takeLight(false, new Uint8Array(3)), TypeError);
    assert.ok(isAsNew(kernels));
  });

  it("a frame that cannot be taken in is closed, and its fault comes through; so does the device's", async () => {
    const { sensor, count, next } = await stage(["covered lens", "noise"]);
    const refused = async () => Object.assign(await next(), { format: "RGBA" });
    await assert.rejects(makeSeed(sensor, refused), { code: "pixel-format" });
    assert.deepEqual(count, { given: 1, closed: 1 });
    const gone = await stage(["covered lens"]);
    await assert.rejects(makeSeed(gone.sensor, gone.next), { message: "unplugged" });
    assert.deepEqual(gone.count, { given: 1, closed: 1 });
  });
});
