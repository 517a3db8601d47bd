import type { CameraEvents, KeyStatus } from "../../src/apparatus/camera.api.ts";
import { Camera } from "../../src/apparatus/camera.ts";
import type { CameraIdentity } from "../../src/apparatus/camera-store.ts";
import { signRecipients } from "../../src/auth/index.ts";
import { type Bytes, generateSigningKey } from "../../src/base/index.ts";
import { makeEncryptionPair } from "../../src/keys/index.ts";
import type { ArraySensor, CameraFrame } from "../../src/sensor/index.ts";
import { fakeClock, frameOf, makeSensor, pixelsOf, seedShape, tinyShape } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { memoryCameraStore } from "./memory-camera-store.ts";

export const device = { deviceId: "front", label: "Front door" };
export const path = "track-processor-window";
export const pair = await makeEncryptionPair();
export const control = await generateSigningKey();
export const viewer = await generateSigningKey();

/** A capture device: gives the frames that it is told to give, frame 0 large enough for a seed, and counts those that are not closed. */
export const makeDevice = () => {
  let controller!: ReadableStreamDefaultController<CameraFrame>;
  const device = { open: 0, cancelled: false };
  const frames = new ReadableStream<CameraFrame>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      device.cancelled = true;
    },
  });
  const give = (seed: number, means: { copied?: Promise<void>; change?: object } = {}): void => {
    device.open += 1;
    const closing = {
      onclose: () => {
        device.open -= 1;
      },
    };
    const { copied, change = {} } = means;
    const shape = seed === 0 ? seedShape : tinyShape;
    const frame = frameOf(shape, pixelsOf(shape, seed), copied ? { ...closing, copied } : closing);
    controller.enqueue(Object.assign(frame, change));
  };
  return Object.assign(device, {
    frames,
    give,
    unplug: () => controller.close(),
    fail: () => controller.error(new Error("gone")),
  });
};

const running: Camera[] = [];
/** No test with these records: camera-recording.test.ts does. */
export const recordings = { list: async () => [], source: async () => sourceOf(new Uint8Array(0)) };
export const makeRecorder = () => () => {
  throw new Error("nothing is recorded here");
};

/** Stops a camera when its test is over. */
export const stopLater = (camera: Camera): Camera => {
  running.push(camera);
  return camera;
};

export const stopAll = async (): Promise<void> => {
  for (const camera of running.splice(0)) await camera.stop();
};

/** A paired camera and its store, before it is started. */
export const paired = async (
  change: (identity: CameraIdentity) => Partial<CameraIdentity> = () => ({}),
  server?: Bytes,
) => {
  const store = memoryCameraStore();
  const identity = await store.identify(device.deviceId);
  const set = {
    ...{ number: identity.number, generation: 2, recipients: [pair.recipient] },
    viewers: [viewer.publicKey],
    ...(server && { server }),
  };
  const signed = await signRecipients(control.privateKey, set);
  await store.pin(device.deviceId, control.publicKey, signed, 2);
  const now = store.identities.get(device.deviceId)!;
  store.identities.set(device.deviceId, { ...now, ...change(now) });
  const clock = fakeClock();
  const sensors: ArraySensor[] = [];
  const keepSensor = async (): Promise<ArraySensor> => {
    const sensor = await makeSensor();
    sensors.push(sensor);
    return sensor;
  };
  const camera = new Camera(store, {
    clock,
    steady: clock,
    makeSensor: keepSensor,
    makeRecorder,
    recordings,
  });
  stopLater(camera);
  const ended: string[] = [];
  const keys: KeyStatus[] = [];
  const admitted: (readonly Bytes[])[] = [];
  const events: CameraEvents = {
    ...{
      onstatus: () => undefined,
      onkey: (status) => void keys.push(status),
      onadmits: (some) => void admitted.push(some),
      onrecording: () => undefined,
      onerased: () => undefined,
    },
    onended: (code) => void ended.push(code),
  };
  const capture = makeDevice();
  const start = (from = capture) => camera.start(device, path, from.frames, events);
  const proves = { number: identity.number, key: viewer };
  const told = { ended, keys, admitted };
  return { proves, store, identity, camera, clock, ...told, events, capture, start, set, sensors };
};
