import { checkRecipients, type RecipientSet } from "../auth/index.ts";
import {
  type Bytes,
  type Clock,
  equal,
  Fault,
  faultCode,
  importPublicKey,
  toBase64Url,
} from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import type { CapturePath } from "../seal/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import type { CameraEvents, CameraFacts, HostTicket } from "./camera.api.ts";
import type { CameraIdentity, CameraStore } from "./camera-store.ts";
import { CameraStream } from "./camera-stream.ts";

/** How often a running camera tells how it is. ms */
const statusInterval = 500;

/** The camera: one stream at a time from one capture device. */
export class Camera {
  readonly #store: CameraStore;
  readonly #sensor: ArraySensor;
  readonly #clock: Clock;
  #running: { stream: CameraStream; identity: CameraIdentity; set: RecipientSet; stop: () => void } | null =
    null;
  #isStarting = false;
  /** The end of the stream before, which erases the sensor. */
  #ending: Promise<void> = Promise.resolve();

  constructor(store: CameraStore, sensor: ArraySensor, clock: Clock) {
    this.#store = store;
    this.#sensor = sensor;
    this.#clock = clock;
  }

  async facts(): Promise<CameraFacts[]> {
    return (await this.#store.list()).map(({ deviceId, number, recipients, generation }) => ({
      ...{ deviceId, number, generation },
      paired: recipients !== null,
    }));
  }

  /** The identity key of the running stream. */
  get identity(): CameraIdentity | null {
    return this.#running?.identity ?? null;
  }

  async start(
    device: { readonly deviceId: string; readonly label: string },
    path: CapturePath,
    frames: ReadableStream<VideoFrame>,
    events: CameraEvents,
  ): Promise<HostTicket> {
    // Claimed before the first await: two streams over one sensor would seal under one key.
    if (this.#running || this.#isStarting) throw new TypeError("the camera is running");
    this.#isStarting = true;
    const reader = frames.getReader();
    try {
      await this.#ending.catch(() => undefined);
      return await this.#start(device, path, reader, events);
    } catch (error) {
      await reader.cancel().catch(() => undefined);
      throw error;
    } finally {
      this.#isStarting = false;
    }
  }

  async #start(
    device: { readonly deviceId: string; readonly label: string },
    path: CapturePath,
    reader: ReadableStreamDefaultReader<VideoFrame>,
    events: CameraEvents,
  ): Promise<HostTicket> {
    const identity = await this.#store.read(device.deviceId);
    if (!identity?.controlKey || !identity.recipients) throw new Fault("camera-not-paired");
    // Checked at every start, not only when it was pinned: what lies in a database is no proof of anything.
    const { controlKey, recipients, number, privateKey, publicKey } = identity;
    const set = await checkRecipients(await importPublicKey(controlKey), number, recipients);
    if (set.generation !== identity.generation) throw new Fault("recipients");
    const { counter, previous } = await this.#store.claimStream(device.deviceId);
    const seed = await reader.read();
    if (seed.done) throw new Fault("camera-unplugged");
    const stream = await CameraStream.begin(
      {
        ...{ sensor: this.#sensor, clock: this.#clock, privateKey, publicKey, counter, previous, path },
        ...{ label: device.label, recipients: set.recipients, generation: set.generation },
      },
      seed.value,
    );
    await this.#store.begun(device.deviceId, stream.hash);
    const stop = (): void => void reader.cancel().catch(() => undefined);
    this.#running = { stream, identity, set, stop };
    void this.#run(stream, reader, events);
    return {
      ...{ room: toBase64Url(number), key: publicKey, admits: set.viewers, generation: set.generation },
    };
  }

  /** Fault "peer-proof" for a key that the recipient set does not name, whatever a relay says. */
  watch(carrier: Carrier, viewerKey: Bytes): void {
    const running = this.#running;
    if (!running?.set.viewers.some((key) => equal(key, viewerKey))) {
      carrier.close();
      throw new Fault("peer-proof");
    }
    running.stream.attach(carrier, toBase64Url(viewerKey).slice(0, 8));
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.stop();
    if (running) this.#ending = running.stream.end();
    await this.#ending;
  }

  async #run(
    stream: CameraStream,
    reader: ReadableStreamDefaultReader<VideoFrame>,
    events: CameraEvents,
  ): Promise<void> {
    const beat = setInterval(() => events.onstatus(stream.status), statusInterval);
    let code = "camera-unplugged";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (this.#running?.stream !== stream) {
          value.close();
          break;
        }
        await stream.seal(value);
      }
    } catch (error) {
      code = faultCode(error) === "shape" ? "pixel-format" : faultCode(error);
      if (code === "unexpected") console.error(error);
    }
    clearInterval(beat);
    // Stopped by the person: `stop` has ended it. Otherwise it ended by itself, and is signed as ended all the same.
    if (this.#running?.stream !== stream) return;
    await this.stop();
    events.onended(code);
  }
}
