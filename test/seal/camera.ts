import {
  type Bytes,
  type Clock,
  generateSigningKey,
  importSigningKey,
  type Sealed,
  signCose,
  thumbprint,
} from "../../src/base/index.ts";
import { epochKey, makeEncryptionPair, wrap } from "../../src/keys/index.ts";
import { encodeFrame, signedPayload } from "../../src/seal/frame.ts";
import {
  type CapturePath,
  type CodedFields,
  type Counts,
  decodeFrame,
  encodeEpochSecret,
  type FrameItem,
  layoutOf,
  type RawFields,
  sealCoded,
  sealFrame,
  signEnd,
  signEpoch,
  signFreshness,
  signHead,
} from "../../src/seal/index.ts";
import {
  ArraySensor,
  byteLength,
  type CameraFrame,
  type ColorSpace,
  instantiate,
  type Shape,
} from "../../src/sensor/index.ts";
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
export const frameOf = (
  shape: Shape,
  pixels: Uint8Array,
  means: { readonly copied?: Promise<void>; readonly colors?: ColorSpace; onclose?(): void } = {},
): CameraFrame => {
  if (pixels.length !== byteLength(shape)) throw new RangeError("pixels do not fit the shape");
  const frame = {
    format: shape.format,
    visibleRect: { x: 0, y: 0, width: shape.width, height: shape.height },
    ...{ displayWidth: shape.width, displayHeight: shape.height },
    colorSpace: { toJSON: () => means.colors ?? colorSpace },
    copyTo: async (target: Uint8Array) => {
      await means.copied;
      target.set(pixels);
    },
    close: () => means.onclose?.(),
  };
  return frame as unknown as CameraFrame;
};

/** Pixels that differ everywhere, the same for the same seed. */
export const pixelsOf = (shape: Shape, seed = 1): Bytes =>
  Uint8Array.from({ length: byteLength(shape) }, (_, at) => (at * 31 + (at >> 7) * 17 + seed * 101) & 255);

/** The frame that tests seal unless they say otherwise: 3 × 3 tiles, clipped right and below, odd sizes. */
export const smallShape: Shape = { format: "I420", width: 131, height: 75 };
/** As little as a frame can be and still have all fields: one tile. */
export const tinyShape: Shape = { format: "NV12", width: 6, height: 4 };

/** As little as a seed can be, nearly: one tile, more than 1024 pixels. Of `pixelsOf` every other noise bit is 1. */
export const seedShape: Shape = { format: "NV12", width: 64, height: 36 };

/** A clock that stands until it is moved. */
export interface FakeClock extends Clock {
  time: number;
}
export const fakeClock = (time = 1_000_000): FakeClock => {
  const clock = { time, now: () => clock.time };
  return clock;
};

/** Puts a frame's cipher text into a sensor, as a reader does. */
export const receive = (
  sensor: ArraySensor,
  { cipher, fields }: Pick<FrameItem, "cipher" | "fields">,
): void => sensor.receive(cipher, layoutOf(fields, cipher.length));

/** A raw frame's item decoded. */
export const decodeRaw = (item: Uint8Array): FrameItem & { readonly fields: RawFields } => {
  const frame = decodeFrame(item);
  const { fields } = frame;
  if (fields.kind !== "raw") throw new TypeError("the frame is not raw");
  return { ...frame, fields };
};

/** Root and leaves of a frame's cipher text. */
const treeOf = async (frame: FrameItem): Promise<{ root: Bytes; leaves: Bytes }> => {
  const sensor = await makeSensor();
  receive(sensor, frame);
  return sensor.tree();
};

export interface CameraOptions {
  readonly counter?: number;
  readonly label?: string;
  /** Same seed, same camera. */
  readonly seed?: Uint8Array;
}

/** What `seal` says of a frame beside its sequence. */
export interface FrameChoices {
  readonly shape?: Shape;
  readonly pixels?: Bytes;
  readonly epoch?: number;
  readonly track?: number;
  readonly captured?: number;
  readonly colors?: ColorSpace;
}

export type TestCamera = Awaited<ReturnType<typeof makeCamera>>;
export type TestStream = Awaited<ReturnType<TestCamera["begin"]>>;

/** A camera with keys of its own, in the middle of a stream: seals whatever pixels it is given. */
export const makeCamera = async (options: CameraOptions = {}) => {
  const { privateKey, publicKey } = await (options.seed
    ? importSigningKey(options.seed)
    : generateSigningKey());
  const number = await thumbprint(publicKey);
  const pair = await makeEncryptionPair();
  const sensor = await makeSensor();

  const begin = async (
    counter: number,
    previous: Bytes | null = null,
    path: CapturePath = "track-processor-window",
  ) => {
    const head = await signHead(privateKey, { publicKey, counter, previous, started: 1_000, path });
    const keys = new Map<number, Bytes>();
    /** Announces an epoch and keeps its key; `recipients` others than the camera's card make it useless to the card. */
    const announce = async (
      epoch: number,
      more: { secret?: Bytes; recipients?: string[]; content?: Bytes; wrap?: Bytes } = {},
    ): Promise<Sealed> => {
      const secret = more.secret ?? crypto.getRandomValues(new Uint8Array(32));
      const content = more.content ?? encodeEpochSecret({ secret, label: options.label ?? "Test camera" });
      const wrapped = more.wrap ?? (await wrap(content, more.recipients ?? [pair.recipient]));
      keys.set(epoch, await epochKey(secret, head.hash));
      return signEpoch(privateKey, head.hash, { epoch, generation: 1, light: "frame", wrap: wrapped });
    };
    const epoch = await announce(0);
    const seal = async (sequence: number, choices: FrameChoices = {}): Promise<Sealed> => {
      const { shape = smallShape, epoch = 0, track = 0, captured = 5_000 + sequence } = choices;
      sensor.setEpochKey(keys.get(epoch)!);
      await sensor.capture(frameOf(shape, choices.pixels ?? pixelsOf(shape, sequence)));
      const described = {
        kind: "raw" as const,
        epoch,
        track,
        sequence,
        captured,
        shape,
        colorSpace: choices.colors ?? colorSpace,
      };
      return sealFrame(sensor, privateKey, head.hash, described);
    };
    /** Seals `bytes` as what `fields` say: coded pictures, sound, text. */
    const sealAs = async (fields: CodedFields, bytes: Uint8Array): Promise<Sealed> => {
      sensor.setEpochKey(keys.get(fields.epoch)!);
      return sealCoded(sensor, privateKey, head.hash, fields, bytes);
    };
    /** Signs whatever it is told to, as only a camera that wants to deceive does. */
    const forge = async (
      item: Uint8Array,
      changes: Partial<Pick<FrameItem, "tag" | "commitment" | "cipher">>,
    ): Promise<Sealed> => {
      const frame = { ...decodeFrame(item), ...changes };
      const { root, leaves: list } = await treeOf(frame);
      const leaves = frame.fields.kind === "raw" ? list : new Uint8Array(0);
      const payload = signedPayload(head.hash, frame.fields, { ...frame, root });
      const envelope = await signCose(privateKey, "frame", payload);
      return encodeFrame({ ...frame, envelope, leaves });
    };
    const fresh = (next: number, ...nonces: Uint8Array[]): Promise<Sealed[]> =>
      signFreshness(privateKey, head.hash, { counts: new Map([[0, next]]), signed: 6_000 }, nonces);
    /** `counts`: of all tracks, or how many frames track 0 has. */
    const end = (counts: Counts | number): Promise<Sealed> => {
      const all = typeof counts === "number" ? new Map([[0, counts]]) : counts;
      return signEnd(privateKey, head.hash, { counts: all, ended: 9_000 });
    };
    return { head: head.item, hash: head.hash, epoch, keys, announce, seal, sealAs, forge, fresh, end };
  };
  const first = await begin(options.counter ?? 1);
  return { privateKey, publicKey, number, ...pair, begin, ...first };
};
