import {
  abilityNames,
  answerNames,
  type Cheat,
  type CheckFinding,
  type PictureMessage,
  type SelfCheckApi,
  startSelfCheck,
} from "../../apparatus/index.ts";
import { type Connection, faultCode, proxy, transfer } from "../../base/index.ts";
import {
  framesOf,
  handsFramesOver,
  type OpenDevice,
  openDevice,
  transferredOf,
  whyEnded,
} from "../../sensor/capture.dom.ts";
import { soundAlarm } from "../parts/tone.ts";
import { isAlarmHeard } from "./kept-alarm.ts";
import { Model } from "./model.ts";
import type { CheckLine, JudgedPicture, SelfCheckSnapshot } from "./snapshots.ts";

/** The snapshot changes at most this often while pictures run and nothing else does. ms */
const snapshotInterval = 500;

const unmade = <N extends string>(names: readonly N[]): CheckLine<N>[] =>
  names.map((name) => ({ name, result: "waiting", ms: null }));

/** The lines with what was found about one of them. */
const entered = <N extends string>(lines: readonly CheckLine<N>[], found: CheckFinding<N>): CheckLine<N>[] =>
  lines.map((line) =>
    line.name === found.name ? { name: line.name, result: found.result, ms: found.ms } : line,
  );

/** No camera, and nothing of one. */
const off = {
  step: "off" as const,
  ...{ camera: null, size: null, verdict: null, cheat: null },
  ...{ stop: undefined, turn: undefined, cheatWith: undefined, resend: undefined },
};

/** `/self-check`: makes the checks by itself; asks for the camera, and cheats, only when told. */
export class SelfCheckModel extends Model<SelfCheckSnapshot> {
  #worker: Connection<SelfCheckApi>;
  /** The worker ended by itself; the person's next act makes a new one, nothing else does. */
  #isDead = false;
  #device: OpenDevice | null = null;
  #pictures: MessagePort | null = null;
  #shown = 0;
  /** Counts beginnings and ends of the camera: what an earlier one brings about is out of date. */
  #act = 0;
  /** Takes each picture with its verdict, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  constructor() {
    super({
      ...{ answers: unmade(answerNames), abilities: unmade(abilityNames), fault: null },
      ...{ step: "off", cameraFault: null, camera: null, size: null, verdict: null, cheat: null },
    });
    this.#worker = this.#connect();
    this.show({ start: this.#start });
    void this.#check();
  }

  override dispose(): void {
    super.dispose();
    // The keys are erased before their worker is ended.
    void this.#halt().then(() => this.#worker.close());
  }

  #connect(): Connection<SelfCheckApi> {
    return startSelfCheck((fault) => {
      if (this.disposed) return;
      this.#isDead = true;
      void this.#halt();
      this.show({ ...off, fault, start: this.#start, again: this.#again });
    });
  }

  #revive(): void {
    if (!this.#isDead) return;
    this.#isDead = false;
    this.#worker = this.#connect();
    this.show({ fault: null });
  }

  #again = (): void => {
    this.#revive();
    void this.#check();
  };

  async #check(): Promise<void> {
    const { remote } = this.#worker;
    this.show({ answers: unmade(answerNames), abilities: unmade(abilityNames), again: undefined });
    const window = {
      camera: typeof navigator.mediaDevices?.getUserMedia === "function",
      frames: handsFramesOver(),
      serviceWorker: "serviceWorker" in navigator,
    };
    try {
      await remote.answer(proxy((found) => this.show({ answers: entered(this.snapshot.answers, found) })));
      await remote.look(
        window,
        proxy((found) => this.show({ abilities: entered(this.snapshot.abilities, found) })),
      );
    } catch (error) {
      this.show({ fault: faultCode(error) });
    }
    this.show({ again: this.#again });
  }

  /** Turns the camera off at once, whatever the worker does. */
  async #halt(): Promise<void> {
    this.#act += 1;
    this.#device?.close();
    this.#device = null;
    this.#pictures?.close();
    this.#pictures = null;
    await this.#worker.remote.stop().catch(() => undefined);
  }

  #start = async (): Promise<void> => {
    this.#revive();
    this.show({ step: "asking", cameraFault: null, start: undefined });
    const halted = this.#halt();
    const act = this.#act;
    try {
      await halted;
      const device = await openDevice(null);
      if (act !== this.#act) return device.close();
      this.#device = device;
      device.track.addEventListener("ended", () => void this.#lost(device));
      this.show({ step: "starting", stop: this.#stop });
      const number = await this.#begin(device);
      if (act === this.#act) this.show({ camera: { number, label: device.label } });
    } catch (error) {
      if (act === this.#act) this.#fail(faultCode(error));
    }
  };

  async #begin(device: OpenDevice): Promise<string> {
    const { remote } = this.#worker;
    const act = this.#act;
    const { path, ...frames } = framesOf(device.track, await remote.takesTracks());
    const { port1, port2 } = new MessageChannel();
    this.#pictures = port1;
    port1.onmessage = ({ data }: MessageEvent<PictureMessage>) => this.#picture(port1, data);
    const events = proxy({
      oncheated: (cheat: Cheat) => {
        if (act === this.#act) this.#cheated(cheat);
      },
      onended: (code: string) => {
        if (act !== this.#act) return;
        if (code === "camera-unplugged") void this.#lost(device);
        else this.#fail(code);
      },
    });
    return remote.begin(
      transfer(frames, [transferredOf(frames)]),
      path,
      device.label,
      transfer(port2, [port2]),
      events,
    );
  }

  #picture(port: MessagePort, { picture, verdict }: PictureMessage): void {
    const size = picture && { width: picture.displayWidth, height: picture.displayHeight };
    if (this.onpicture) this.onpicture({ picture, verdict });
    else picture?.close();
    port.postMessage("drawn");
    if (port !== this.#pictures) return;
    const now = performance.now();
    const { verdict: before, size: sizeBefore, step } = this.snapshot;
    // A picture that is no longer guaranteed is heard here as it is where a camera is viewed.
    if (before && before.state !== "ST0" && verdict.state === "ST0" && isAlarmHeard()) soundAlarm();
    const isNews =
      before?.state !== verdict.state || before?.reason !== verdict.reason || step === "starting";
    const isTurned = size && (size.width !== sizeBefore?.width || size.height !== sizeBefore?.height);
    if (!isNews && !isTurned && now - this.#shown < snapshotInterval) return;
    this.#shown = now;
    this.show({ verdict, ...(size ? { size } : {}) });
    if (step === "starting" && picture) this.#watching();
  }

  #watching(): void {
    this.show({ step: "watching", cheat: null, turn: this.#turn, cheatWith: this.#cheatWith });
  }

  #turn = (tile: number): void => this.#cheat({ kind: "bit", tile });
  #cheatWith: NonNullable<SelfCheckSnapshot["cheatWith"]> = (kind) => this.#cheat({ kind });

  #cheat(cheat: Cheat): void {
    void this.#worker.remote.cheat(cheat).catch(() => undefined);
  }

  #cheated(cheat: Cheat): void {
    this.show({ step: "cheated", cheat, turn: undefined, cheatWith: undefined, resend: this.#resend });
  }

  #resend = (): void => {
    this.show({ resend: undefined });
    this.#watching();
    void this.#worker.remote.resend().catch(() => undefined);
  };

  #stop = (): void => {
    void this.#halt();
    this.show({ ...off, start: this.#start });
  };

  /** Both the track and the worker's frames end with the device: whoever tells first. */
  async #lost(device: OpenDevice): Promise<void> {
    if (this.#device !== device || this.disposed) return;
    void this.#halt();
    const act = this.#act;
    const why = await whyEnded();
    if (act === this.#act) this.#fail(why);
  }

  #fail(cameraFault: string): void {
    if (this.disposed) return;
    void this.#halt();
    this.show({ ...off, cameraFault, start: this.#start });
  }
}
