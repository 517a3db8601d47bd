import {
  type CameraApi,
  type Ending,
  type ErasedRecording,
  type Interruption,
  type KeyStatus,
  type RecordingStatus,
  type StreamStatus,
  startCamera,
} from "../../apparatus/index.ts";
import { type Bytes, type Connection, faultCode, proxy, transfer } from "../../base/index.ts";
import { numberText } from "../../keys/index.ts";
import type { Membership } from "../../relay/client.dom.ts";
import {
  framesOf,
  listDevices,
  type OpenDevice,
  openDevice,
  transferredOf,
  watchDevices,
  whyEnded,
} from "../../sensor/capture.dom.ts";
import { CameraCopies } from "./camera-copies.ts";
import { CameraLive } from "./camera-live.ts";
import { Beats, interruptionOf, Returns, whenShown } from "./camera-return.ts";
import { CameraSealing } from "./camera-sealing.ts";
import { askBeforeFirstRecording } from "./first-recording.ts";
import { lastPaired } from "./last-paired.ts";
import { Model } from "./model.ts";
import { joinEverywhere, ownRelay, refusalFault } from "./rooms.ts";
import type { CameraReach, CameraSnapshot } from "./snapshots.ts";

/** A relay that refused the camera is asked again after this long. ms */
const retryInterval = 5_000;

const reachOf = (relays: readonly string[]): CameraReach =>
  relays.some((relay) => relay !== ownRelay) ? "reachable" : "this-device";

/** `/camera`: choose a camera, look, start; then hosts its room and lets admitted viewers watch. */
export class CameraModel extends Model<CameraSnapshot> {
  #camera: Connection<CameraApi>;
  /** The worker ended by itself: where the camera ran it comes back with a new one, else the person's next try makes it. */
  #isDead = false;
  #device: OpenDevice | null = null;
  /** The worker's own copy of the device's track: the camera is on until this one is stopped as well. */
  #sealed: MediaStreamTrack | null = null;
  /** Counts beginnings and ends: what an earlier one brings about is out of date. */
  #act = 0;
  #membership: Membership | null = null;
  /** The viewer keys that may watch. */
  #admits: readonly Bytes[] = [];
  #last: { at: number; frames: number } | null = null;
  readonly #live = new CameraLive({
    remote: () => this.#camera.remote,
    now: () => this.snapshot,
    show: (change) => this.show(change),
  });
  readonly #copies = new CameraCopies({
    remote: () => this.#camera.remote,
    show: (change) => this.show(change),
  });
  readonly #returns = new Returns();
  readonly #beats = new Beats(() => {
    this.#camera.close();
    this.#died("worker-dead");
  });
  readonly #hidden = (): void => {
    if (document.hidden && this.snapshot.standsHidden && this.snapshot.step === "running")
      void this.#comeBack("hidden");
  };
  readonly #sealing = new CameraSealing({
    remote: () => this.#camera.remote,
    device: () => this.#device?.id ?? "",
    show: (change) => this.show(change),
  });
  readonly #unwatch = watchDevices(() => void this.#refresh().catch(() => undefined));

  constructor() {
    super({
      ...{ step: "asking", devices: null, chosen: null, fault: null, preview: null },
      ...{ number: null, generation: null, running: null, sound: "off", recordsFromStart: false },
      ...{ recording: null, recorded: false, erased: [], said: [], copies: null },
      ...{ returned: null, standsHidden: false },
      ...{ key: null, isChanging: false, looks: false, drawn: null },
    });
    document.addEventListener("visibilitychange", this.#hidden);
    this.#camera = this.#connect();
    void this.#ask();
  }

  override dispose(): void {
    super.dispose();
    this.#unwatch();
    document.removeEventListener("visibilitychange", this.#hidden);
    // The worker ends the stream with a signature before it is ended itself.
    void this.#halt().then(() => this.#camera.close());
  }

  #connect(): Connection<CameraApi> {
    return startCamera((fault) => this.#died(fault));
  }

  /** What the worker held is gone with it: keys, pictures, and the stream. */
  #died(fault: string): void {
    this.#isDead = true;
    if (this.snapshot.step === "running" && !this.disposed) void this.#comeBack("crashed");
    else this.#fail(fault);
  }

  #revive(): void {
    if (!this.#isDead) return;
    this.#isDead = false;
    this.#camera = this.#connect();
  }

  /** Turns everything off, at once: no track of the camera stays open, whatever the worker does. Viewers are told why. */
  async #halt(why: Ending = "stopped"): Promise<void> {
    const ended = this.#endStream(why);
    this.#device?.close();
    this.#device = null;
    await ended;
  }

  /** Ends the stream alone: the device stays open. */
  async #endStream(why: Ending): Promise<void> {
    this.#act += 1;
    this.#beats.end();
    void this.#membership?.leave();
    this.#membership = null;
    // The microphone first: nothing is to be heard while the rest ends.
    this.#live.end();
    this.#sealing.end();
    const stopped = this.#camera.remote.stop(why);
    this.#sealed?.stop();
    this.#sealed = null;
    await stopped.catch(() => undefined);
  }

  /** Begins a new stream in the place of one that was interrupted, with the same device and what went with it. */
  async #comeBack(why: Interruption): Promise<void> {
    const device = this.#device;
    if (!device || !this.#returns.take(why)) return this.#fail("camera-unsteady");
    const { sound, recording, number } = this.snapshot;
    const ended = this.#endStream(why);
    const act = this.#act;
    this.#revive();
    this.show({ step: "starting", fault: null, running: null, start: undefined, stop: undefined });
    this.show({ choose: undefined, sound: sound === "off" ? "off" : "wanted" });
    this.#live.withdraw();
    await ended;
    if (this.snapshot.standsHidden) await whenShown();
    if (act !== this.#act) return;
    if (why === "crashed") this.#copies.follow(number && device.id);
    await this.#begin(device, recording !== null, why);
  }

  #ask = async (): Promise<void> => {
    this.#revive();
    this.show({ step: "asking", fault: null, retry: undefined });
    await this.#preview(lastPaired());
  };

  #choose = (deviceId: string): Promise<void> => this.#preview(deviceId);

  async #preview(deviceId: string | null): Promise<void> {
    // Nothing may be started while one device goes and the other comes.
    const wantsSound = this.snapshot.sound !== "off";
    this.show({ start: undefined, stop: undefined, choose: undefined, returned: null });
    this.#live.withdraw();
    const halted = this.#halt();
    const act = this.#act;
    try {
      await halted;
      // Who had sound on means it to be on again.
      this.show({ sound: wantsSound ? "wanted" : "off" });
      const device = await openDevice(deviceId);
      if (act !== this.#act) return device.close();
      this.#device = device;
      device.track.addEventListener("ended", () => void this.#lost(device));
      await this.#refresh();
      const facts = (await this.#camera.remote.cameras()).find((one) => one.deviceId === device.id);
      if (act !== this.#act) return;
      const number = facts?.paired ? numberText(facts.number) : null;
      const generation = facts?.paired ? facts.generation : null;
      this.show({ step: "preview", fault: number ? null : "camera-not-paired", chosen: device.id });
      this.show({ preview: device.stream, number, generation, running: null });
      this.show({ choose: this.#choose, start: number ? this.#start : undefined, stop: undefined });
      if (number) this.#live.offer();
      this.#copies.follow(number && device.id);
    } catch (error) {
      if (act === this.#act) this.#fail(faultCode(error));
    }
  }

  async #refresh(): Promise<void> {
    const [devices, known] = await Promise.all([listDevices(), this.#camera.remote.cameras()]);
    const numberOf = (id: string): string | null => {
      const camera = known.find(({ deviceId, paired }) => deviceId === id && paired);
      return camera ? numberText(camera.number) : null;
    };
    if (!this.disposed)
      this.show({ devices: devices.map(({ id, label }) => ({ id, label, number: numberOf(id) })) });
  }

  #start = async (): Promise<void> => {
    const device = this.#device;
    if (!device) return;
    const { recordsFromStart } = this.snapshot;
    this.show({ step: "starting", fault: null, start: undefined, choose: undefined });
    this.#live.withdraw();
    if (recordsFromStart) void askBeforeFirstRecording();
    await this.#begin(device, recordsFromStart, null);
  };

  async #begin(device: OpenDevice, records: boolean, after: Interruption | null): Promise<void> {
    const { remote } = this.#camera;
    this.#act += 1;
    const act = this.#act;
    const { sound } = this.snapshot;
    try {
      // A clone: the preview keeps its own track.
      const track = device.track.clone();
      this.#sealed = track;
      const { path, ...frames } = framesOf(track, await remote.takesTracks());
      const events = proxy({
        onstatus: (status: StreamStatus) => {
          if (act !== this.#act) return;
          this.#beats.take();
          this.#status(status);
        },
        onended: (code: string) => {
          if (act !== this.#act) return;
          const interruption = interruptionOf(code);
          if (code === "camera-unplugged") void this.#lost(device);
          else if (interruption) void this.#comeBack(interruption);
          else this.#fail(code);
        },
        onrecording: (recording: RecordingStatus | null, fault: string | null) => {
          if (act === this.#act) this.#live.recording(recording, fault);
        },
        onkey: (key: KeyStatus) => {
          if (act === this.#act) this.#sealing.changed(key);
        },
        onadmits: (some: readonly Bytes[], generation: number) => {
          if (act === this.#act) this.#admit(some, generation);
        },
        onerased: (erased: readonly ErasedRecording[]) => this.#live.erased(erased),
      });
      const { id: deviceId, label } = device;
      const ticket = await remote.start(
        { deviceId, label },
        path,
        transfer(frames, [transferredOf(frames)]),
        events,
        records,
        after,
      );
      if (act !== this.#act) return;
      const { room, key, admits, generation } = ticket;
      this.#last = null;
      const standsHidden = path === "video-frame";
      this.show({ step: "running", generation, stop: this.#stop, returned: after, standsHidden });
      this.#beats.begin();
      this.#live.begin(sound === "wanted");
      this.#admits = admits;
      this.#sealing.begin();
      this.#host({ room, key });
      // Hidden while it began.
      this.#hidden();
    } catch (error) {
      if (act === this.#act) this.#fail(faultCode(error));
    }
  }

  /** Hosts the camera's room for as long as it runs; a relay that refuses is asked again. */
  #host(ticket: { room: string; key: Bytes }): void {
    const { remote } = this.#camera;
    const { room, key } = ticket;
    const act = this.#act;
    this.#membership = joinEverywhere({
      ...{ room, role: "host" },
      prover: { key, prove: (request) => remote.prove("camera", request) },
      admits: async () => this.#admits,
      onwaiting: (waitsFor, reachable) =>
        this.#relay(waitsFor === "guest" ? reachOf(reachable) : "connecting"),
      onintroduced: (passage, other) =>
        void remote.watch(transfer(passage.port, [passage.port]), other.key).catch(() => passage.close()),
      onwarned: () => {
        if (act === this.#act) void remote.suspect("proofs").catch(() => undefined);
      },
      onrefused: (code, detail) => {
        if (act !== this.#act) return;
        // The same camera was started in another tab, which holds the room now.
        if (detail === "replaced") {
          void remote.suspect("second-sensor").catch(() => undefined);
          return this.#fail("camera-elsewhere");
        }
        this.#relay("unreachable");
        if (code === "message") this.show({ fault: refusalFault(code) });
        setTimeout(() => {
          if (act === this.#act) this.#host(ticket);
        }, retryInterval);
      },
    });
  }

  /** The hub says who may watch from now on. */
  #admit(admits: readonly Bytes[], generation: number): void {
    this.#admits = admits;
    this.show({ generation });
  }

  /** Another device gives the pictures now: it is another camera, with another identity, and another stream. */
  async #swapped(id: string): Promise<void> {
    // Said before the stream is stopped, and not waited for.
    void this.#camera.remote.suspect("device").catch(() => undefined);
    await this.#preview(id);
    await this.snapshot.start?.();
  }

  #stop = async (): Promise<void> => {
    await this.#preview(this.#device?.id ?? "");
  };

  #status({
    since,
    frames,
    width,
    height,
    watchers,
    leftOut,
    leftOutHere,
    unsent,
    sound,
  }: StreamStatus): void {
    if (this.snapshot.step !== "running") return;
    const source = this.#device?.track.getSettings().deviceId;
    if (source && source !== this.#device?.id) return void this.#swapped(source);
    this.#live.hears(sound);
    const now = performance.now();
    const last = this.#last;
    this.#last = { at: now, frames };
    const framesPerSecond = last ? ((frames - last.frames) * 1000) / (now - last.at) : 0;
    const relay = this.snapshot.running?.relay ?? "connecting";
    this.show({
      running: {
        since,
        framesPerSecond,
        frames,
        width,
        height,
        watchers,
        leftOut,
        leftOutHere,
        unsent,
        relay,
      },
    });
  }

  #relay(relay: CameraReach): void {
    const running = this.snapshot.running ?? {
      ...{ since: Date.now(), framesPerSecond: 0, frames: 0, width: 0, height: 0, watchers: [], leftOut: 0 },
      ...{ leftOutHere: 0, unsent: 0 },
    };
    if (this.snapshot.step === "running") this.show({ running: { ...running, relay } });
  }

  /** Both the preview's track and the worker's frames end with the device: whoever tells first. */
  async #lost(device: OpenDevice): Promise<void> {
    if (this.#device !== device || this.disposed) return;
    void this.#halt("unplugged");
    const act = this.#act;
    const why = await whyEnded();
    if (act === this.#act) this.#fail(why);
  }

  #fail(fault: string): void {
    if (this.disposed) return;
    void this.#halt(fault === "camera-elsewhere" ? "replaced" : "failed");
    this.#live.withdraw();
    const none = { start: undefined, stop: undefined, choose: undefined };
    this.show({ step: "failed", fault, preview: null, running: null, ...none, retry: this.#ask });
  }
}
