import { expose, Fault, systemClock, thumbprint, toBase64Url } from "../base/index.ts";
import { portCarrier } from "../relay/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import type { CameraApi, Frames } from "./camera.api.ts";
import { Camera } from "./camera.ts";
import { CameraPairing } from "./camera-pairing.ts";
import { openCameraStore } from "./camera-store.ts";
import { proveIn } from "./prove.ts";

const store = openCameraStore();
const ready = (async () =>
  new Camera(await store, new ArraySensor(await instantiate(await compileKernels())), systemClock))();
// Whoever calls first hears of a failure; nobody may be there yet.
ready.catch(() => undefined);
let pairing: CameraPairing | null = null;

const readableOf = (frames: Frames): ReadableStream<VideoFrame> => {
  if ("readable" in frames) return frames.readable;
  return new MediaStreamTrackProcessor({
    track: frames.track,
    maxBufferSize: 2,
  } as MediaStreamTrackProcessorInit).readable;
};

/** The key that answers for a purpose now, or Fault "unexpected" when nothing of the kind is under way. */
const keyFor = async (purpose: "camera" | "pairing") => {
  const key = purpose === "pairing" ? pairing?.keys.room : (await ready).identity;
  if (!key) throw new Fault("unexpected", { why: "nothing to prove" });
  return key;
};

const api: CameraApi = {
  takesTracks: () => typeof MediaStreamTrackProcessor === "function",
  cameras: async () => (await ready).facts(),

  async beginPairing(fragment, deviceId, label) {
    pairing = await CameraPairing.begin(await store, systemClock, fragment, { deviceId, label });
    const { keys, link, identity } = pairing;
    const room = toBase64Url(await thumbprint(keys.room.publicKey));
    const replaces = identity.recipients !== null;
    return { room, key: keys.room.publicKey, expires: link.expires, number: identity.number, replaces };
  },
  async meet(port, events) {
    if (!pairing) throw new Fault("unexpected");
    await pairing.meet(portCarrier(port), events);
  },
  agree: async () => pairing?.agree(),
  disagree: async () => pairing?.disagree(),

  start: async (device, path, frames, events) =>
    (await ready).start(device, path, readableOf(frames), events),
  watch: async (port, viewerKey) => (await ready).watch(portCarrier(port), viewerKey),
  stop: async () => (await ready).stop(),

  async prove(purpose, request) {
    const key = await keyFor(purpose);
    return proveIn(await thumbprint(key.publicKey), key, request);
  },
};

expose(api);
