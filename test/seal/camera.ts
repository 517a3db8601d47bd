import { type Bytes, generateSigningKey, type Sealed } from "../../src/base/index.ts";
import { epochKey, makeEncryptionPair, wrap } from "../../src/keys/index.ts";
import { encodeEpochSecret, sealFrame, signEpoch, signHead } from "../../src/seal/index.ts";
import { ArraySensor, byteLength, type ColorSpace, instantiate, type Shape } from "../../src/sensor/index.ts";
import { wasmModule } from "../sensor/load-kernels.ts";

/** A sensor over the real kernels. */
export const makeSensor = async (): Promise<ArraySensor> => new ArraySensor(await instantiate(wasmModule));

/** As the test camera's frames have it. */
export const colorSpace: ColorSpace = {
  primaries: "smpte170m",
  transfer: "smpte170m",
  matrix: "smpte170m",
  fullRange: false,
};

/** What Node lacks: an object with the part of `VideoFrame` that the sensor's door uses, over given pixels. */
export const frameOf = (shape: Shape, pixels: Uint8Array): VideoFrame => {
  if (pixels.length !== byteLength(shape)) throw new RangeError("pixels do not fit the shape");
  const frame = {
    format: shape.format,
    visibleRect: { x: 0, y: 0, width: shape.width, height: shape.height },
    colorSpace: { toJSON: () => colorSpace },
    copyTo: async (target: Uint8Array) => target.set(pixels),
    close: () => undefined,
  };
  return frame as unknown as VideoFrame;
};

/** Pixels that differ everywhere, the same for the same seed. */
export const pixelsOf = (shape: Shape, seed = 1): Bytes =>
  Uint8Array.from({ length: byteLength(shape) }, (_, at) => (at * 31 + (at >> 7) * 17 + seed * 101) & 255);

/** A camera with keys of its own, in the middle of a stream: seals whatever pixels it is given. */
export const makeCamera = async (options: { counter?: number; label?: string } = {}) => {
  const { privateKey, publicKey } = await generateSigningKey();
  const pair = await makeEncryptionPair();
  const sensor = await makeSensor();
  const begin = async (counter: number, previous: Bytes | null = null) => {
    const path = "track-processor-window" as const;
    const head = await signHead(privateKey, { publicKey, counter, previous, started: 1_000, path });
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const content = encodeEpochSecret({ secret, label: options.label ?? "Test camera" });
    const wrapped = await wrap(content, [pair.recipient]);
    const fields = { epoch: 0, generation: 1, light: "frame", wrap: wrapped } as const;
    const epoch = await signEpoch(privateKey, head.hash, fields);
    const key = await epochKey(secret, head.hash);
    const seal = async (
      sequence: number,
      shape: Shape = { format: "I420", width: 130, height: 75 },
      pixels: Bytes = pixelsOf(shape, sequence),
    ): Promise<Sealed> => {
      sensor.setEpochKey(key);
      await sensor.capture(frameOf(shape, pixels));
      const described = { epoch: 0, track: 0, sequence, captured: 5_000 + sequence, shape, colorSpace };
      return sealFrame(sensor, privateKey, head.hash, described);
    };
    return { head: head.item, hash: head.hash, epoch, seal };
  };
  const first = await begin(options.counter ?? 1);
  return { privateKey, publicKey, ...pair, begin, ...first };
};
