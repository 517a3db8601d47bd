import { expose, Fault, steadyClock, systemClock, thumbprint, toBase64Url } from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import { portCarrier } from "../relay/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import type { CameraApi, Track } from "./camera.api.ts";
import { Camera } from "./camera.ts";
import { pathOf, readableOf, takesTracks } from "./camera-frames.ts";
import { CameraPairing } from "./camera-pairing.ts";
import { openCameraStore } from "./camera-store.ts";
import { CopyDesk } from "./copy-desk.ts";
import { proveIn } from "./prove.ts";
import { Recorder } from "./recorder.ts";
import { recordingKeeper } from "./recording-keeper.ts";
import { opfsRecordings } from "./recording-store.ts";
import { SealedDrawing } from "./sealed-drawing.ts";
import { openUploadStore } from "./upload-store.ts";

const store = openCameraStore();
const kernels = compileKernels();
const recordings = opfsRecordings();
const ready = (async () => {
  const [places, module] = await Promise.all([store, kernels]);
  return new Camera(places, {
    ...{ clock: systemClock, steady: steadyClock, recordings },
    makeSensor: async () => new ArraySensor(await instantiate(module)),
    makeRecorder: (number, events) => (onchange) =>
      new Recorder({
        ...{ store: recordings, number: numberText(number), origin: "camera", clock: systemClock, onchange },
        keeper: recordingKeeper(recordings, (erased) => events.onerased(erased)),
      }),
  });
})();
// Whoever calls first hears of a failure; nobody may be there yet.
ready.catch(() => undefined);
const copies = (async () => {
  const [cameras, uploads] = await Promise.all([store, openUploadStore()]);
  return new CopyDesk({ cameras, recordings, store: uploads });
})();
copies.catch(() => undefined);
globalThis.addEventListener("online", () => void copies.then((desk) => desk.wake()));
let pairing: CameraPairing | null = null;

/** The running stream's track where it was handed over (Safari): the device is on until it is stopped here. */
let track: Track | null = null;
const release = (): void => {
  track?.stop();
  track = null;
};

/** The key that answers for a purpose now, or Fault "unexpected" when nothing of the kind is under way. */
const keyFor = async (purpose: "camera" | "pairing") => {
  const key = purpose === "pairing" ? pairing?.keys.room : (await ready).identity;
  if (!key) throw new Fault("unexpected", { why: "nothing to prove" });
  return key;
};

const api: CameraApi = {
  takesTracks,
  cameras: async () => (await ready).facts(),

  async beginPairing(fragment, deviceId, label) {
    pairing = await CameraPairing.begin(await store, fragment, { deviceId, label });
    const { keys, link, identity, replaces } = pairing;
    const room = toBase64Url(await thumbprint(keys.room.publicKey));
    return { room, key: keys.room.publicKey, expires: link.expires, number: identity.number, replaces };
  },
  async meet(port, events) {
    if (!pairing) throw new Fault("unexpected");
    await pairing.meet(portCarrier(port), events);
  },
  agree: async () => pairing?.agree(),
  disagree: async () => pairing?.disagree(),

  async start(device, frames, events, records, after) {
    const readable = readableOf(frames);
    try {
      const camera = await ready;
      const told = {
        onstatus: events.onstatus,
        onkey: events.onkey,
        onadmits: events.onadmits,
        onrecording: events.onrecording,
        onerased: events.onerased,
        onended(code: string): void {
          release();
          events.onended(code);
        },
      };
      const ticket = await camera.start(device, pathOf(frames), readable, told, records, after);
      track = "track" in frames ? frames.track : null;
      return ticket;
    } catch (error) {
      if ("track" in frames) frames.track.stop();
      // Nothing where a start had read from it: that has cancelled it.
      await readable.cancel().catch(() => undefined);
      throw error;
    }
  },
  watch: async (port, viewerKey) => (await ready).watch(portCarrier(port), viewerKey),
  async stop(why) {
    try {
      await (await ready).stop(why);
    } finally {
      release();
    }
  },

  listen: async (sound) => (await ready).listen(sound),
  hush: async () => (await ready).hush(),
  record: async () => (await ready).record(),
  stopRecording: async () => (await ready).stopRecording(),
  say: async (text) => (await ready).say(text),
  look: async (canvas, events) =>
    (await ready).look(new SealedDrawing(canvas, steadyClock, (drawn) => events.ondrawn(drawn))),
  lookAway: async () => (await ready).look(null),
  rekey: async () => (await ready).rekey(),
  suspect: async (cause) => (await ready).suspect(cause),
  keepKey: async (deviceId, life) => (await ready).keepKey(deviceId, life),
  followCopies: async (deviceId, events) => (await copies).follow(deviceId, events),
  keepCopies: async (isKept) => (await copies).keep(isKept),

  async prove(purpose, request) {
    const key = await keyFor(purpose);
    return proveIn(await thumbprint(key.publicKey), key, request);
  },
};

expose(api);
