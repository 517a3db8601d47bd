import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sha256 } from "../../src/base/index.ts";
import {
  ArraySensor,
  byteLength,
  instantiate,
  type Kernels,
  type Layout,
  type Shape,
} from "../../src/sensor/index.ts";
import { colorSpace, frameOf } from "../seal/camera.ts";
import { asPicture } from "../seal/pictures.ts";
import { chacha20Block, hchacha20 } from "../twin/chacha20.ts";
import { drawNumbers } from "../twin/photoelectric.ts";
import { noise } from "./implementations.ts";
import { wasmModule } from "./load-kernels.ts";
import { type Scan, type Secret, scanFor, traces } from "./traces.ts";

const epochKey = noise(32, 11);
const nextKey = noise(32, 12);
const position = { epoch: 2, track: 1, sequence: 77 };
const ad = noise(61, 13);

/** draft-irtf-cfrg-xchacha-03 §2.2 over the position, as FORMAT [SF9] has it. */
const frameKeyOf = (key: Uint8Array): Uint8Array => {
  const nonce = new DataView(new ArrayBuffer(16));
  nonce.setUint32(0, position.epoch);
  nonce.setUint32(4, position.track);
  nonce.setBigUint64(8, BigInt(position.sequence));
  return hchacha20(key, new Uint8Array(nonce.buffer));
};

/** Everything that opens a frame of this key, and the key stream that is as good as its pixels. */
const keysOf = (key: Uint8Array, name: string, length: number): Secret[] => {
  const frameKey = frameKeyOf(key);
  const block = (counter: number): Uint8Array => chacha20Block(frameKey, counter, new Uint8Array(12));
  const last = Math.ceil(length / 64);
  return [
    { name: `${name} epoch key`, bytes: key, run: 4 },
    { name: `${name} frame key`, bytes: frameKey, run: 4 },
    { name: `${name} one-time key`, bytes: block(0), run: 4 },
    ...[1, 2, 3, 4, 5, 6, 7, 8, last - 1, last]
      .filter((counter) => counter > 0)
      .map((counter) => ({ name: `${name} key stream ${counter}`, bytes: block(counter) })),
  ];
};

/** Sizes at which kernels change their way: odd ones, less than a tile, tails of every kind, more than eight blocks. */
const layouts: readonly Layout[] = [
  ...(["I420", "NV12"] as const).flatMap((format): Shape[] => [
    { format, width: 1, height: 1 },
    { format, width: 3, height: 5 },
    { format, width: 65, height: 37 },
    { format, width: 131, height: 75 },
    { format, width: 193, height: 110 },
  ]),
  ...[1, 15, 16, 63, 64, 65, 255, 256, 257, 511, 512, 513, 1024, 16_384, 16_385].map(
    (length): Layout => ({ format: "coded", length }),
  ),
];
const named = (layout: Layout): string =>
  layout.format === "coded"
    ? `${layout.length} coded bytes`
    : `${layout.format} ${layout.width} × ${layout.height}`;

const scans = new Map<string, Scan>();
/** For the plain text, which is the same for the same layout, and every key. */
const scanOf = (layout: Layout, plain: Uint8Array): Scan => {
  const scan =
    scans.get(named(layout)) ??
    scanFor([
      // A trace of what is shorter than a run is no trace. In lanes even words lie apart; of larger ones some would be there by chance.
      { name: "plain text", bytes: plain, run: plain.length <= 4096 ? 4 : 8 },
      ...keysOf(epochKey, "this", plain.length),
      ...keysOf(nextKey, "next", plain.length),
    ]);
  scans.set(named(layout), scan);
  return scan;
};

/** A sensor whose whole memory the test sees, beside what is in it. */
const glass = async (layout: Layout, kernels?: Kernels) => {
  const k = kernels ?? (await instantiate(wasmModule));
  const sensor = new ArraySensor(k);
  sensor.setEpochKey(epochKey);
  const plain = noise(byteLength(layout), 21);
  const put = async (): Promise<void> => {
    if (layout.format === "coded") sensor.hold(plain);
    else await sensor.capture(frameOf(layout, plain));
  };
  const scan = scanOf(layout, plain);
  const held: [number, number] = [k.EPOCH_KEY.value, 32];
  /** `keeps`: the epoch goes on, and its key lies in its one place. */
  const isClean = (what: string, keeps: "key" | "nothing" = "key"): void => {
    const memory = new Uint8Array(k.memory.buffer);
    assert.deepEqual(scan(memory, keeps === "key" ? [held] : []), [], what);
  };
  const sealed = async () => {
    await put();
    const proof = sensor.seal(position, ad);
    const cipher = new Uint8Array(plain.length);
    sensor.tree();
    sensor.takeCipher(cipher);
    return { ...proof, cipher };
  };
  return { k, sensor, plain, put, isClean, sealed };
};

const take = (sensor: ArraySensor, layout: Layout): Uint8Array =>
  layout.format === "coded" ? sensor.bytes() : asPicture(sensor.picture(colorSpace, 0)).pixels;

for (const layout of layouts) {
  describe(`the whole memory, ${named(layout)}`, () => {
    it("holds no pixel and no key but the epoch's once a frame is sealed, and none at all when the sensor forgets", async () => {
      const { sensor, isClean, sealed } = await glass(layout);
      await sealed();
      isClean("sealed");
      sensor.forget();
      isClean("forgotten", "nothing");
    });

    it("holds none once a frame was opened and taken, or refused for its key, its tag or its associated data", async () => {
      const { sensor, plain, isClean, sealed } = await glass(layout);
      const { cipher, ...proof } = await sealed();
      const wrongTag = { ...proof, tag: noise(16, 5) };
      const wrongKey = { ...proof, commitment: noise(32, 6) };
      const read = (act: () => unknown): void => {
        sensor.receive(cipher, layout);
        act();
        isClean("refused");
        sensor.wipe();
      };
      read(() => assert.equal(sensor.open(position, ad, wrongKey), "commitment"));
      read(() => assert.equal(sensor.open(position, ad, wrongTag), "tag"));
      read(() => assert.equal(sensor.open(position, ad.subarray(1), proof), "tag"));
      read(() => assert.equal(sensor.openWith(frameKeyOf(nextKey).slice(), ad, proof), "commitment"));
      read(() => assert.throws(() => sensor.open(position, new Uint8Array(9_999), proof), RangeError));
      read(() => assert.equal(sensor.frameKey(position, noise(32, 7)), null));
      read(() => assert.notEqual(sensor.frameKey(position, proof.commitment), null));
      for (const open of [
        () => sensor.open(position, ad, proof),
        () => sensor.openWith(frameKeyOf(epochKey).slice(), ad, proof),
      ]) {
        sensor.receive(cipher, layout);
        assert.equal(open(), "opened");
        assert.deepEqual(take(sensor, layout), plain);
        isClean("taken");
        // What nobody takes is erased too.
        sensor.receive(cipher, layout);
        assert.equal(open(), "opened");
        sensor.wipe();
        isClean("not taken");
      }
    });

    it("holds nothing of the old key once there is a new one", async () => {
      const { sensor, isClean, sealed } = await glass(layout);
      await sealed();
      sensor.setEpochKey(nextKey);
      const after = await sealed();
      isClean("under the new key");
      sensor.receive(after.cipher, layout);
      sensor.open(position, ad, after);
      take(sensor, layout);
      isClean("and opened");
      sensor.forget();
      isClean("forgotten", "nothing");
    });

    it("holds nothing of a frame that could not be sealed: no key, too much beside it, a kernel that traps", async () => {
      const { k, sensor, put, isClean } = await glass(layout);
      await put();
      assert.throws(() => sensor.seal(position, new Uint8Array(9_999)), RangeError);
      sensor.wipe();
      isClean("too much beside it");
      const broken = await glass(layout, {
        ...k,
        seal: () => {
          throw new WebAssembly.RuntimeError("unreachable");
        },
      });
      await broken.put();
      assert.throws(() => broken.sensor.seal(position, ad), WebAssembly.RuntimeError);
      broken.sensor.wipe();
      broken.isClean("trapped");
      broken.sensor.forget();
      await broken.put();
      assert.throws(() => broken.sensor.seal(position, ad), { code: "no-key" });
      broken.sensor.wipe();
      broken.isClean("no key", "nothing");
    });
  });
}

for (const layout of layouts) {
  if (layout.format === "coded") continue;
  describe(`the whole memory, ${named(layout)}, of a camera's frame`, () => {
    it("holds nothing of a copy that failed half way, or that settled after the sensor was told to forget", async () => {
      const { sensor, plain, isClean } = await glass(layout);
      const torn = Object.assign(frameOf(layout, plain), {
        async copyTo(target: Uint8Array) {
          target.set(plain.subarray(0, plain.length >> 1));
          throw new DOMException("gone", "OperationError");
        },
      });
      await assert.rejects(sensor.capture(torn), { name: "OperationError" });
      isClean("torn");
      const { promise: copied, resolve } = Promise.withResolvers<void>();
      const slow = sensor.capture(frameOf(layout, plain, { copied }));
      sensor.forget();
      resolve();
      await assert.rejects(slow, { code: "no-key" });
      isClean("late", "nothing");
    });

    it("holds no tile once a changed frame's others were shown", async () => {
      const { sensor, isClean, sealed } = await glass(layout);
      const { cipher, commitment } = await sealed();
      sensor.receive(cipher, layout);
      const { leaves } = sensor.tree();
      sensor.wipe();
      cipher[0]! ^= 1;
      sensor.receive(cipher, layout);
      assert.equal(sensor.openUnchanged(position, commitment, leaves as never), "opened");
      take(sensor, layout);
      isClean("shown");
      sensor.receive(cipher, layout);
      assert.equal(sensor.openUnchanged(position, noise(32, 8), leaves as never), "commitment");
      isClean("another key");
      sensor.wipe();
      isClean("wiped");
    });

    it("holds nothing of a seed frame, its numbers, their places or its light, whether it is taken or refused", async () => {
      const { k, sensor, plain, put, isClean } = await glass(layout);
      const pixels = layout.width * layout.height;
      const count = Math.min(pixels, k.NUMBERS_CAPACITY.value);
      const random = noise(count * 4, 31);
      const numbers = drawNumbers(plain.subarray(0, pixels), random, count);
      await put();
      const { light } = sensor.takeLight(false, random.slice());
      isClean("taken");
      const secrets: Secret[] = [
        { name: "numbers", bytes: numbers },
        { name: "places", bytes: random },
        { name: "light", bytes: await sha256(numbers), run: 4 },
      ];
      assert.deepEqual(traces(new Uint8Array(k.memory.buffer), secrets), []);
      if (light) assert.deepEqual(light, await sha256(numbers));
      sensor.hold(new Uint8Array(1));
      assert.throws(() => sensor.takeLight(false, random.slice()), TypeError);
      sensor.wipe();
      const broken = await glass(layout, {
        ...k,
        noiseOnes: () => {
          throw new WebAssembly.RuntimeError("unreachable");
        },
      });
      await broken.put();
      assert.throws(() => broken.sensor.takeLight(false, random.slice()), WebAssembly.RuntimeError);
      broken.isClean("trapped");
      assert.deepEqual(traces(new Uint8Array(k.memory.buffer), secrets), []);
    });
  });
}

describe("the scan", () => {
  it("finds a piece of a picture and a word of a key wherever they lie, in either order of bytes", async () => {
    const { k, sensor, plain, put, isClean } = await glass({ format: "I420", width: 65, height: 37 });
    const memory = (): Uint8Array => new Uint8Array(k.memory.buffer);
    isClean("nothing yet");
    await put();
    assert.throws(() => isClean("captured"), assert.AssertionError);
    sensor.wipe();
    const end = memory().length;
    const lies: [number, Uint8Array][] = [
      [0, plain.subarray(40, 48)],
      [end - 8, plain.subarray(-8)],
      [k.LEAVES.value + 13, plain.subarray(400, 408)],
      [k.AD.value + 1, epochKey.subarray(28)],
      [0x90_001, frameKeyOf(epochKey).slice(0, 4).reverse()],
      [k.EPOCH_KEY.value + 30, frameKeyOf(epochKey).slice(0, 4)],
    ];
    for (const [at, bytes] of lies) {
      const before = memory().slice(at, at + bytes.length);
      memory().set(bytes, at);
      assert.throws(() => isClean("planted"), assert.AssertionError, `at ${at}`);
      memory().set(before, at);
    }
    isClean("and nothing again");
  });
});
