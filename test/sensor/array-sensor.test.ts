import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomBytes, sha256 } from "../../src/base/index.ts";
import { ArraySensor, byteLength, instantiate, type Kernels, type Shape } from "../../src/sensor/index.ts";
import { colorSpace, frameOf, makeSensor, pixelsOf } from "../seal/camera.ts";
import { asPicture, type Picture } from "../seal/pictures.ts";
import { drawNumbers } from "../twin/photoelectric.ts";
import { read, wasmModule } from "./load-kernels.ts";

const shape: Shape = { format: "I420", width: 70, height: 40 };
const length = byteLength(shape);
const pixels = pixelsOf(shape);
const position = { epoch: 0, track: 0, sequence: 0 };
const ad = randomBytes(20);
const nothing = { tag: new Uint8Array(16), commitment: new Uint8Array(32) };

const keyed = async (): Promise<ArraySensor> => {
  const sensor = await makeSensor();
  sensor.setEpochKey(new Uint8Array(32).fill(7));
  return sensor;
};

/** A sensor in each phase it can be in, and the proofs that were made on the way. */
const phases = {
  empty: keyed,
  filling: async () => {
    const sensor = await keyed();
    void sensor.capture(frameOf(shape, pixels, { copied: new Promise(() => undefined) }));
    return sensor;
  },
  captured: async () => {
    const sensor = await keyed();
    await sensor.capture(frameOf(shape, pixels));
    return sensor;
  },
  sealed: async () => {
    const sensor = await phases.captured();
    sensor.seal(position, ad);
    return sensor;
  },
  received: async () => {
    const sensor = await keyed();
    sensor.receive((await sealed()).cipher, shape);
    return sensor;
  },
  opened: async () => {
    const sensor = await phases.received();
    assert.equal(sensor.open(position, ad, await sealed()), "opened");
    return sensor;
  },
};
type PhaseName = keyof typeof phases;

const sealed = async () => {
  const sensor = await phases.captured();
  const proof = sensor.seal(position, ad);
  const cipher = new Uint8Array(length);
  sensor.takeCipher(cipher);
  return { ...proof, cipher };
};

/** Everything that can be asked of the door, and in which phases it may be. */
const calls: Record<string, { in: PhaseName[]; call: (sensor: ArraySensor) => unknown }> = {
  capture: { in: ["empty"], call: (sensor) => sensor.capture(frameOf(shape, pixels)) },
  takeLight: { in: ["captured"], call: (sensor) => sensor.takeLight(false) },
  seal: { in: ["captured"], call: (sensor) => sensor.seal(position, ad) },
  tree: { in: ["sealed", "received"], call: (sensor) => sensor.tree() },
  takeCipher: { in: ["sealed"], call: (sensor) => sensor.takeCipher(new Uint8Array(length)) },
  receive: { in: ["empty"], call: (sensor) => sensor.receive(new Uint8Array(length), shape) },
  open: { in: ["received"], call: (sensor) => sensor.open(position, ad, nothing) },
  openWith: { in: ["received"], call: (sensor) => sensor.openWith(randomBytes(32), ad, nothing) },
  frameKey: {
    in: ["empty", "filling", "captured", "sealed", "received", "opened"],
    call: (sensor) => sensor.frameKey(position, nothing.commitment),
  },
  picture: { in: ["opened"], call: (sensor) => sensor.picture(colorSpace, 0) },
  wipe: {
    in: ["empty", "captured", "sealed", "received", "opened"],
    call: (sensor) => sensor.wipe(),
  },
  forget: {
    in: ["empty", "filling", "captured", "sealed", "received", "opened"],
    call: (sensor) => sensor.forget(),
  },
};

/** A sensor and the memory it works in. */
const inside = async () => {
  const kernels = await instantiate(wasmModule);
  const frame = (): Uint8Array =>
    new Uint8Array(kernels.memory.buffer).slice(kernels.FRAME.value, kernels.FRAME.value + length);
  const sensor = new ArraySensor(kernels);
  sensor.setEpochKey(new Uint8Array(32).fill(7));
  const key = (): Uint8Array =>
    new Uint8Array(kernels.memory.buffer).slice(kernels.EPOCH_KEY.value, kernels.EPOCH_KEY.value + 32);
  return { sensor, frame, key };
};
const zeros = new Uint8Array(length);

describe("what is left in the sensor's memory", () => {
  it("nothing of a copy that failed half way", async () => {
    const { sensor, frame } = await inside();
    const torn = Object.assign(frameOf(shape, pixels), {
      async copyTo(target: Uint8Array) {
        target.set(pixels.subarray(0, length / 2));
        throw new DOMException("gone", "OperationError");
      },
    });
    await assert.rejects(sensor.capture(torn), { name: "OperationError" });
    assert.deepEqual(frame(), new Uint8Array(zeros));
    assert.equal((await sensor.capture(frameOf(shape, pixels))).width, shape.width);
  });

  it("told to forget while a frame is copied in: the key at once, the frame when the copy settles", async () => {
    const { sensor, frame, key } = await inside();
    for (const fails of [false, true]) {
      sensor.setEpochKey(new Uint8Array(32).fill(7));
      const { promise: copied, resolve } = Promise.withResolvers<void>();
      const slow = frameOf(shape, pixels, { copied });
      const { copyTo } = slow;
      if (fails)
        Object.assign(slow, {
          copyTo: async (target: Uint8Array) => {
            await copyTo.call(slow, target as never);
            throw new Error("late");
          },
        });
      const capturing = sensor.capture(slow);
      sensor.forget();
      assert.deepEqual(key(), new Uint8Array(32));
      resolve();
      await assert.rejects(capturing, fails ? { message: "late" } : { code: "no-key" });
      assert.deepEqual(frame(), new Uint8Array(zeros));
      // What comes after it is a frame like any other.
      await sensor.capture(frameOf(shape, pixels));
      assert.deepEqual(frame(), new Uint8Array(pixels));
      sensor.wipe();
    }
  });

  it("nothing of a picture, nor of one that could not be made; unknown colour names are left open", async () => {
    const { sensor, frame } = await inside();
    const own = await sealed();
    const open = (): void => {
      sensor.receive(own.cipher, shape);
      assert.equal(sensor.open(position, ad, own), "opened");
      assert.deepEqual(frame(), new Uint8Array(pixels));
    };
    open();
    const strange = { ...colorSpace, primaries: "a newer one" };
    const picture = asPicture(sensor.picture(strange, 5));
    assert.deepEqual(picture.init.colorSpace, { ...colorSpace, primaries: null });
    assert.deepEqual(frame(), new Uint8Array(zeros));
    const { VideoFrame: Real } = globalThis;
    try {
      Object.assign(globalThis, {
        VideoFrame: class {
          constructor() {
            throw new TypeError("no memory");
          }
        },
      });
      open();
      assert.throws(() => sensor.picture(colorSpace, 5), { message: "no memory" });
      assert.deepEqual(frame(), new Uint8Array(zeros));
    } finally {
      Object.assign(globalThis, { VideoFrame: Real });
    }
  });
});

describe("the sensor's phases", () => {
  for (const [name, { in: allowed, call }] of Object.entries(calls)) {
    it(`${name}: only when ${allowed.join(", ")}`, async () => {
      for (const phase of Object.keys(phases) as PhaseName[]) {
        const sensor = await phases[phase]();
        const act = async () => call(sensor);
        if (allowed.includes(phase)) await assert.doesNotReject(act, `${name} when ${phase}`);
        else await assert.rejects(act, TypeError, `${name} when ${phase}`);
      }
    });
  }

  it("a captured frame leaves only as cipher text: no run of calls gives its pixels", async () => {
    // Depth first over all runs of up to four calls behind the capture.
    const names = Object.keys(calls).filter((name) => name !== "capture");
    const own = await sealed();
    const isPlain = (bytes: unknown): boolean =>
      bytes instanceof Uint8Array && bytes.length === length && Buffer.compare(bytes, pixels) === 0;
    const act = (sensor: ArraySensor, name: string): unknown => {
      if (name === "takeCipher") {
        const target = new Uint8Array(length);
        sensor.takeCipher(target);
        return target;
      }
      // The best an insider could do: the very proof that fits.
      if (name === "open") return sensor.open(position, ad, own);
      if (name === "frameKey") return sensor.frameKey(position, own.commitment);
      if (name === "openWith") return sensor.openWith(sensor.frameKey(position, own.commitment)!, ad, own);
      if (name === "receive") return sensor.receive(randomBytes(length), shape);
      const given = calls[name]!.call(sensor);
      return name === "picture" ? asPicture(given as VideoFrame).pixels : given;
    };
    const walk = async (run: string[]): Promise<void> => {
      const sensor = await phases.captured();
      for (const name of run) {
        try {
          assert.equal(isPlain(act(sensor, name)), false, run.join());
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          return; // out of order: nothing longer begins like this
        }
      }
      if (run.length < 4) for (const name of names) await walk([...run, name]);
    };
    await walk([]);
  });

  it("a capture that fails leaves nothing behind, and the next one works", async () => {
    const sensor = await keyed();
    const failing = frameOf(shape, pixels, { copied: Promise.reject(new Error("the device went away")) });
    await assert.rejects(sensor.capture(failing), /went away/);
    assert.throws(() => sensor.seal(position, ad), TypeError);
    assert.deepEqual(await sensor.capture(frameOf(shape, pixels)), shape);
  });

  it("coded bytes are 1 to 4 194 304", async () => {
    const sensor = await keyed();
    for (const length of [0, 1.5, 2 ** 22 + 1])
      assert.throws(() => sensor.receive(new Uint8Array(Math.floor(length)), { format: "coded", length }), {
        code: "shape",
      });
    assert.throws(() => sensor.hold(new Uint8Array(0)), { code: "shape" });
    assert.throws(() => sensor.hold(new Uint8Array(2 ** 22 + 1)), { code: "shape" });
    sensor.receive(new Uint8Array(2 ** 22), { format: "coded", length: 2 ** 22 });
  });

  it("a frame that is refused leaves the sensor empty", async () => {
    const sensor = await keyed();
    const odd = (change: object) => Object.assign(frameOf(shape, pixels), change);
    for (const format of ["RGBA", "I420A", "NV21", null])
      await assert.rejects(sensor.capture(odd({ format })), { code: "pixel-format" });
    await assert.rejects(sensor.capture(odd({ visibleRect: null })), { code: "pixel-format" });
    for (const [width, height] of [
      [0, 2],
      [2, 4097],
      [1.5, 2],
    ])
      await assert.rejects(sensor.capture(odd({ visibleRect: { width, height } })), { code: "shape" });
    assert.throws(() => sensor.receive(new Uint8Array(length - 1), shape), { code: "shape" });
    assert.throws(() => sensor.receive(new Uint8Array(length + 1), shape), { code: "shape" });
    // Sizes out of bounds, although the bytes would fit them.
    for (const [width, height] of [
      [0, 0],
      [0, 2],
      [4097, 1],
      [1, 4097],
    ] as const) {
      const wrong: Shape = { format: "NV12", width, height };
      assert.throws(() => sensor.receive(new Uint8Array(byteLength(wrong)), wrong), { code: "shape" });
    }
    sensor.receive(new Uint8Array(length), shape);
  });
});

describe("the sensor's keys", () => {
  it("without one nothing is sealed or opened", async () => {
    const sensor = await makeSensor();
    await sensor.capture(frameOf(shape, pixels));
    assert.throws(() => sensor.seal(position, ad), { code: "no-key" });
    sensor.wipe();
    sensor.receive(new Uint8Array(length), shape);
    assert.throws(() => sensor.open(position, ad, nothing), { code: "no-key" });
    assert.throws(() => sensor.setEpochKey(new Uint8Array(31)), TypeError);
    sensor.setEpochKey(new Uint8Array(32));
    sensor.forget();
    await sensor.capture(frameOf(shape, pixels));
    assert.throws(() => sensor.seal(position, ad), { code: "no-key" });
  });

  type Area = "EPOCH_KEY" | "FRAME_KEY" | "FRAME" | "DIGEST" | "NUMBERS" | "POSITIONS";
  /** A sensor whose memory the test sees. */
  const glass = async () => {
    const kernels: Kernels = await instantiate(wasmModule);
    const sensor = new ArraySensor(kernels);
    const key = new Uint8Array(32).fill(7);
    sensor.setEpochKey(key);
    const area = (name: Area, bytes: number) => read(kernels, kernels[name].value, bytes);
    const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
    return { sensor, area, isZero };
  };

  it("a frame's key is gone once the frame is sealed, opened or refused", async () => {
    const { sensor, area, isZero } = await glass();
    await sensor.capture(frameOf(shape, pixels));
    const proof = sensor.seal(position, ad);
    assert.ok(isZero(area("FRAME_KEY", 32)));
    const cipher = new Uint8Array(length);
    sensor.takeCipher(cipher);
    for (const expected of [nothing, { ...proof, tag: nothing.tag }, proof]) {
      sensor.wipe();
      sensor.receive(cipher, shape);
      sensor.open(position, ad, expected);
      assert.ok(isZero(area("FRAME_KEY", 32)));
    }
    await assert.rejects(async () => sensor.open(position, new Uint8Array(5000), proof));
    assert.ok(isZero(area("FRAME_KEY", 32)));
    sensor.wipe();
    await sensor.capture(frameOf(shape, pixels));
    assert.throws(() => sensor.seal(position, new Uint8Array(5000)), RangeError);
    assert.ok(isZero(area("FRAME_KEY", 32)));
  });

  it("[SF9] [SD3] a frame's own key opens that frame, without the epoch's; it is given out for its commitment alone", async () => {
    const { sensor, area, isZero } = await glass();
    const { cipher, ...proof } = await sealed();
    const key = sensor.frameKey(position, proof.commitment)!;
    assert.equal(key.length, 32);
    assert.notDeepEqual(key, new Uint8Array(32).fill(7));
    assert.ok(isZero(area("FRAME_KEY", 32)));
    for (const other of [
      { ...position, sequence: 1 },
      { ...position, track: 1 },
      { ...position, epoch: 1 },
    ])
      assert.equal(sensor.frameKey(other, proof.commitment), null);
    sensor.setEpochKey(randomBytes(32));
    assert.equal(sensor.frameKey(position, proof.commitment), null, "another epoch's");
    sensor.forget();
    assert.throws(() => sensor.frameKey(position, proof.commitment), { code: "no-key" });

    sensor.receive(cipher, shape);
    const wrong = key.with(31, key[31]! ^ 1);
    assert.equal(sensor.openWith(wrong, ad, proof), "commitment");
    assert.equal(sensor.openWith(key, ad, { ...proof, tag: nothing.tag }), "tag");
    assert.equal(sensor.openWith(key, randomBytes(20), proof), "tag");
    assert.deepEqual(area("FRAME", length), cipher, "nothing was decrypted");
    assert.throws(() => sensor.openWith(key.subarray(1), ad, proof), TypeError);
    assert.equal(sensor.openWith(key, ad, proof), "opened");
    assert.ok(isZero(area("FRAME_KEY", 32)));
    assert.deepEqual(asPicture(sensor.picture(colorSpace, 5)).pixels, pixels);
  });

  it("wipe erases the pixels, forget the keys too, a picture leaves none behind", async () => {
    const { sensor, area, isZero } = await glass();
    await sensor.capture(frameOf(shape, pixels));
    assert.deepEqual(area("FRAME", length), pixels);
    sensor.wipe();
    assert.ok(isZero(area("FRAME", length)));
    await sensor.capture(frameOf(shape, pixels));
    const random = randomBytes(4 * shape.width * shape.height);
    const numbers = drawNumbers(pixels.subarray(0, random.length / 4), random, random.length / 4);
    assert.deepEqual(sensor.takeLight(false, random).light, await sha256(numbers));
    assert.ok(isZero(random), "the positions");
    assert.ok(isZero(area("FRAME", length)) && isZero(area("DIGEST", 32)));
    assert.ok(isZero(area("NUMBERS", 32768)) && isZero(area("POSITIONS", 131072)));
    const { cipher, ...proof } = await sealed();
    sensor.receive(cipher, shape);
    assert.equal(sensor.open(position, ad, proof), "opened");
    assert.deepEqual(area("FRAME", length), pixels);
    assert.deepEqual(asPicture(sensor.picture(colorSpace, 5)).pixels, pixels);
    assert.ok(isZero(area("FRAME", length)));
    assert.ok(!isZero(area("EPOCH_KEY", 32)));
    await sensor.capture(frameOf(shape, pixels));
    sensor.forget();
    assert.ok(isZero(area("FRAME", length)) && isZero(area("EPOCH_KEY", 32)));
  });
});

describe("what comes and goes", () => {
  it("the received bytes are copied in, and the picture is made as the format says", async () => {
    const { cipher, ...proof } = await sealed();
    const sensor = await keyed();
    sensor.receive(cipher, shape);
    cipher.fill(0);
    assert.equal(sensor.open(position, ad, proof), "opened");
    const picture: Picture = asPicture(sensor.picture(colorSpace, 5_000));
    assert.deepEqual(picture.pixels, pixels);
    assert.deepEqual(picture.init, {
      ...{ format: "I420", codedWidth: 70, codedHeight: 40, timestamp: 5_000, colorSpace },
      layout: [
        { offset: 0, stride: 70 },
        { offset: 2800, stride: 35 },
        { offset: 3500, stride: 35 },
      ],
    });
  });

  it("asks a camera frame for its visible pixels, tightly packed", async () => {
    const wide: Shape = { format: "NV12", width: 5, height: 3 };
    const asked: unknown[] = [];
    const frame = Object.assign(frameOf(wide, pixelsOf(wide)), {
      copyTo: async (target: Uint8Array, how: unknown) => {
        asked.push(how);
        assert.equal(target.length, byteLength(wide));
      },
    });
    await (await keyed()).capture(frame);
    const { visibleRect } = frame;
    const layout = [
      { offset: 0, stride: 5 },
      { offset: 15, stride: 6 },
    ];
    assert.deepEqual(asked, [{ rect: visibleRect, layout }]);
  });

  it("an opened frame is not touched by what was refused before it", async () => {
    const { cipher, tag, commitment } = await sealed();
    const sensor = await keyed();
    sensor.receive(cipher, shape);
    assert.equal(sensor.open({ ...position, sequence: 1 }, ad, { tag, commitment }), "commitment");
    assert.equal(sensor.open(position, ad, { tag: nothing.tag, commitment }), "tag");
    assert.equal(sensor.open(position, randomBytes(20), { tag, commitment }), "tag");
    assert.equal(sensor.open(position, ad, { tag, commitment }), "opened");
    assert.deepEqual(asPicture(sensor.picture(colorSpace, 0)).pixels, pixels);
  });

  it("a root over leaves alone: 1 to 16384 whole hashes", async () => {
    const sensor = await makeSensor();
    const leaf = randomBytes(32);
    assert.deepEqual(sensor.rootOf(leaf), leaf);
    const two = randomBytes(64);
    assert.deepEqual(sensor.rootOf(two), await sha256(new Uint8Array([1]), two));
    for (const bytes of [0, 31, 33, 16385 * 32])
      assert.throws(() => sensor.rootOf(new Uint8Array(bytes)), RangeError);
  });
});
