import {
  type Ending,
  type ErasedRecording,
  type PictureMessage,
  type RecordingStatus,
  startViewer,
  usualWant,
  type ViewerApi,
} from "../../apparatus/index.ts";
import type { PassRefusal } from "../../auth/index.ts";
import { type Bytes, type Connection, faultCode, proxy, steadyClock, transfer } from "../../base/index.ts";
import type { Membership } from "../../relay/client.dom.ts";
import { soundAlarm } from "../parts/tone.ts";
import { Alarm } from "./alarm.ts";
import { Backoff } from "./backoff.ts";
import { askBeforeFirstRecording } from "./first-recording.ts";
import { isAlarmHeard, keepAlarmHeard } from "./kept-alarm.ts";
import { keepQuality, keptQuality } from "./kept-quality.ts";
import { Model } from "./model.ts";
import { OnCameraModel } from "./on-camera.ts";
import { joinEverywhere } from "./rooms.ts";
import { SlowLine } from "./slow-line.ts";
import type { JudgedPicture, ViewerSnapshot, ViewQuality } from "./snapshots.ts";
import type { PlayedSound } from "./sound-player.ts";
import { ViewerSound } from "./viewer-sound.ts";
import { ViewingPass } from "./viewing-pass.ts";

/** The snapshot changes at most this often while pictures run; pictures themselves go past it. ms */
const snapshotInterval = 500;
/** How often it is looked whether anything comes at all. ms */
const lookInterval = 500;
/** Lines of text that stand under the picture. */
const mostLines = 3;
/** The longer side of the small picture, in pixels. */
const smallSide = 320;

/** `/viewer`: open a card, choose a camera, watch. */
export class ViewerModel extends Model<ViewerSnapshot> {
  readonly #start: typeof startViewer;
  #viewer: Connection<ViewerApi>;
  /** The worker ended by itself; the person's next act makes a new one, nothing else does. */
  #isDead = false;
  #membership: Membership | null = null;
  #pictures: MessagePort | null = null;
  #shown = 0;
  #backoff = new Backoff();
  #slow = new SlowLine();
  readonly #sound = new ViewerSound((sound) => this.show({ sound }));
  readonly #alarm: Alarm;
  readonly #pass = new ViewingPass({
    views: () => this.#viewer.remote.views(),
    take: (passes) => this.#takePasses(passes),
    show: (pass) => this.show({ pass }),
  });
  readonly #onCamera = new OnCameraModel({
    remote: () => this.#viewer.remote,
    camera: () => this.snapshot.camera,
    show: (onCamera) => this.show({ onCamera }),
    onpicture: (picture) => (this.onpicture ? this.onpicture(picture) : picture.picture?.close()),
  });
  readonly #looking: ReturnType<typeof setInterval>;
  /** The camera's own word for its end. */
  #ending: Ending | null = null;
  /** When the last connection began, by `performance.now()`. */
  #met = 0;
  #rejoin: ReturnType<typeof setTimeout> | undefined;
  /** Takes each picture with its verdict, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  /** Tests put another worker there, and listen for alarms. */
  constructor(start: typeof startViewer = startViewer, sound = soundAlarm) {
    super({
      ...{ step: "choose-card", cards: null, cardName: null, cameras: null, fault: null, camera: null },
      ...{ waitingFor: null, verdict: null, delay: null, path: null, label: null },
      ...{ recording: null, recorded: false, erased: [], onCamera: null },
      ...{ quality: keptQuality(), size: null, lines: [], leftOut: 0, sound: { state: "off", volume: 0.8 } },
      ...{ pass: null, passUntil: null, alarm: null, resumed: null, isAlarmHeard: isAlarmHeard() },
    });
    this.#alarm = new Alarm({
      now: () => steadyClock.now(),
      show: (change) => this.show(change),
      sound: () => {
        if (this.snapshot.isAlarmHeard) sound();
      },
    });
    this.#looking = setInterval(() => this.#alarm.look(), lookInterval);
    this.#start = start;
    this.#viewer = this.#connect();
    void this.#list();
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.#rejoin);
    clearInterval(this.#looking);
    this.#sound.off();
    void this.#membership?.leave();
    this.#pictures?.close();
    // First the worker erases what it made of a recording.
    void this.#onCamera.end().finally(() => this.#viewer.close());
  }

  #connect(): Connection<ViewerApi> {
    return this.#start((fault) => {
      if (this.disposed) return;
      this.#isDead = true;
      this.#alarm.die();
      // The card was open in that worker only: it has to be inserted again.
      this.#close();
      if (this.snapshot.cards === null) this.show({ step: "failed", fault, retry: this.#retry });
      else this.show({ step: "choose-card", fault, open: this.#open });
    });
  }

  #revive(): void {
    if (!this.#isDead) return;
    this.#isDead = false;
    this.#viewer = this.#connect();
  }

  #retry = (): void => {
    this.#revive();
    this.show({ step: "choose-card", fault: null, retry: undefined });
    void this.#list();
  };

  async #list(): Promise<void> {
    try {
      const cards = await this.#viewer.remote.cards();
      this.show({ cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.show({ step: "failed", fault: faultCode(error), retry: this.#retry });
    }
  }

  #open = async (id: string, password: string): Promise<boolean> => {
    this.#revive();
    this.show({ step: "opening", fault: null, open: undefined });
    try {
      const cameras = await this.#viewer.remote.open(id, password);
      const cardName = this.snapshot.cards?.find((card) => card.id === id)?.name ?? null;
      const next = { cameras, cardName, view: this.#view, eject: this.#eject };
      this.show({ step: "choose-camera", ...next });
      return true;
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      return false;
    }
  };

  #view = async (number: string): Promise<void> => {
    const name = this.snapshot.cameras?.find((camera) => camera.number === number)?.name ?? "";
    const { port1, port2 } = new MessageChannel();
    const events = proxy({
      onlabel: (label: string) => this.show({ label }),
      onpass: (why: PassRefusal) => this.#needPass(`pass-${why}`),
      onclosed: () => this.#joinAgain(),
      onended: (why: Ending | null) => {
        this.#ending = why;
      },
      onsound: (sound: PlayedSound) => this.#sound.take(sound),
      ontext: (text: string, captured: number, isLate: boolean) =>
        this.show({
          lines: [...this.snapshot.lines, { text, captured, isLate }].slice(-mostLines),
          clearLines: this.#clearLines,
        }),
      onrecording: (recording: RecordingStatus | null, fault: string | null) =>
        this.#recording(recording, fault),
      onerased: (erased: readonly ErasedRecording[]) =>
        this.show({ erased: [...this.snapshot.erased, ...erased], forget: this.#forget }),
    });
    try {
      this.#want();
      const ticket = await this.#viewer.remote.view(number, transfer(port2, [port2]), events);
      this.#pictures = port1;
      port1.onmessage = ({ data }: MessageEvent<PictureMessage>) => this.#picture(port1, data);
      this.#ticket = ticket;
      this.#backoff = new Backoff();
      const fresh = { verdict: null, delay: null, path: null, label: null, fault: null };
      this.show({
        step: "viewing",
        camera: { number, name },
        ...fresh,
        ...{ size: null, lines: [], leftOut: 0 },
        ...{ leave: this.#leave, record: this.#record },
        ...{ chooseQuality: this.#chooseQuality, hear: this.#hear, setVolume: this.#setVolume },
        ...{ hearAlarm: this.#hearAlarm, showOnCamera: this.#onCamera.open },
      });
      this.#join();
    } catch (error) {
      this.show({ fault: faultCode(error) });
    }
  };

  /** The camera asks for a pass that is not there yet. */
  #lacksPass = false;
  #ticket: { room: string; key: Uint8Array<ArrayBuffer> } | null = null;

  /** At once where the connection had lasted; else later and later, so that nobody is asked in a circle. */
  #joinAgain(): void {
    // Without a pass nobody is let in: asking again would only be refused again.
    if (!this.#ticket || this.disposed || this.#lacksPass) return;
    clearTimeout(this.#rejoin);
    this.show({ waitingFor: "relay" });
    this.#rejoin = setTimeout(() => this.#join(), this.#backoff.after(performance.now() - this.#met));
  }

  /** Asks the relay for the camera; again after every end, for as long as the page wants to watch. */
  #join(): void {
    const ticket = this.#ticket;
    if (!ticket || this.disposed) return;
    const { remote } = this.#viewer;
    void this.#membership?.leave();
    this.show({ waitingFor: "relay" });
    this.#membership = joinEverywhere({
      ...{ room: ticket.room, role: "guest" },
      prover: { key: ticket.key, prove: (request) => remote.prove(request) },
      pass: () => remote.pass(),
      onwaiting: (waitsFor) => this.show({ waitingFor: waitsFor === "host" ? "camera" : "relay" }),
      onintroduced: (passage) => {
        const { port } = passage;
        this.#met = performance.now();
        this.show({ waitingFor: "first-frame", path: passage.path });
        passage.onpath = (path) => this.show({ path });
        remote
          .watch(transfer(port, [port]))
          .catch((error: unknown) => this.show({ fault: faultCode(error) }));
      },
      onrefused: (code) => {
        if (code === "pass") void this.#refusedByRelay();
        else this.show({ fault: code === "no-relay" ? "no-service-worker" : "peer-proof", waitingFor: null });
      },
    });
  }

  /** The relay does not say why; where there was no pass it is plain. */
  async #refusedByRelay(): Promise<void> {
    this.#needPass((await this.#viewer.remote.pass()) === null ? "pass-none" : "pass-refused");
  }

  #needPass(fault: string): void {
    const { camera } = this.snapshot;
    if (camera === null || this.disposed) return;
    clearTimeout(this.#rejoin);
    this.#lacksPass = true;
    this.#onCamera.close();
    this.show({ waitingFor: null, passUntil: null, renew: undefined });
    if (!this.#pass.isAsking) void this.#pass.ask(camera.number, fault === "pass-none" ? null : fault);
  }

  /** A new connection with it: the camera and the relay end the present one with the pass that it was made with. */
  async #takePasses(passes: readonly Bytes[]): Promise<void> {
    const events = proxy({ onend: (numbers: readonly string[]) => this.#passEnded(numbers) });
    const left = await this.#viewer.remote.takePasses(passes, events);
    this.#lacksPass = false;
    this.show({ passUntil: Date.now() + left, renew: this.#renew });
    this.#join();
  }

  #renew = async (): Promise<void> => {
    if (this.snapshot.camera) await this.#pass.ask(this.snapshot.camera.number, null);
  };

  /** The worker has erased their keys: the card has to be opened again. */
  #passEnded(numbers: readonly string[]): void {
    const { cameras, camera } = this.snapshot;
    if (cameras === null) return;
    if (camera !== null && !numbers.includes(camera.number)) {
      this.show({ cameras: cameras.filter(({ number }) => !numbers.includes(number)) });
      return;
    }
    this.#eject();
    this.show({ fault: "pass-over" });
  }

  /** Says what to be sent from now on, by this camera and those viewed later. */
  #want(): void {
    const { picture, framesPerSecond } = this.snapshot.quality;
    const longest = picture === "small" ? smallSide : usualWant.longest;
    const want = { ...usualWant, picture, framesPerSecond, longest, sound: this.#sound.isOn };
    void this.#viewer.remote.want(want).catch(() => undefined);
  }

  #chooseQuality = (quality: ViewQuality): void => {
    keepQuality(quality);
    this.show({ quality });
    this.#want();
  };

  #hear = (isWanted: boolean): void => {
    if (isWanted) this.#sound.on();
    else this.#sound.off();
    this.#want();
  };

  #hearAlarm = (isHeard: boolean): void => {
    keepAlarmHeard(isHeard);
    this.show({ isAlarmHeard: isHeard });
  };

  #setVolume = (volume: number): void => {
    this.#sound.volume = volume;
  };

  #clearLines = (): void => this.show({ lines: [], clearLines: undefined });

  #record = async (): Promise<void> => {
    this.show({ record: undefined, fault: null });
    void askBeforeFirstRecording();
    try {
      await this.#viewer.remote.record();
    } catch (error) {
      this.#recording(null, faultCode(error));
    }
  };

  #forget = (): void => this.show({ erased: [], forget: undefined });

  #stopRecording = (): void => {
    this.show({ stopRecording: undefined });
    void this.#viewer.remote.stopRecording().catch(() => undefined);
  };

  #recording(recording: RecordingStatus | null, fault: string | null): void {
    // Left meanwhile: there is nothing to record any more.
    if (this.snapshot.step !== "viewing") return;
    const actions = recording
      ? { record: undefined, stopRecording: this.#stopRecording }
      : { record: this.#record, stopRecording: undefined };
    const recorded = this.snapshot.recorded || recording !== null;
    this.show({ recording, recorded, ...actions, ...(fault === null ? {} : { fault }) });
  }

  #picture(port: MessagePort, { picture, verdict, captured }: PictureMessage): void {
    const size = picture
      ? { width: picture.displayWidth, height: picture.displayHeight }
      : this.snapshot.size;
    if (verdict.state === "ST0") this.#sound.silence();
    else this.#ending = null;
    // A pass that is missing is no alarm: the page asks for it.
    if (!this.#lacksPass) this.#alarm.take(verdict, this.#ending);
    // A recording stands in its place.
    if (this.onpicture && !this.#onCamera.isPlaying) this.onpicture({ picture, verdict });
    else picture?.close();
    port.postMessage("drawn");
    const now = performance.now();
    const before = this.snapshot.verdict;
    const changed =
      before?.state !== verdict.state || before?.live !== verdict.live || before?.reason !== verdict.reason;
    if (!changed && now - this.#shown < snapshotInterval) return;
    this.#shown = now;
    const { framesPerSecond } = this.snapshot.quality;
    const { missing, frame } = verdict;
    const leftOut = frame ? this.#slow.look({ missing, ...frame }, now, framesPerSecond) : 0;
    const delay = captured === null ? null : Math.max(0, Math.round(Date.now() - captured));
    const waitingFor = verdict.state === "ST0" ? this.snapshot.waitingFor : null;
    this.show({ verdict, delay, waitingFor, size, leftOut });
  }

  #leave = (): void => {
    clearTimeout(this.#rejoin);
    void this.#membership?.leave();
    this.#ticket = null;
    this.#pictures?.close();
    this.#pictures = null;
    void this.#viewer.remote.leave().catch(() => undefined);
    this.#sound.off();
    this.#alarm.reset();
    this.#pass.drop();
    this.#lacksPass = false;
    this.#ending = null;
    this.#onCamera.close();
    this.show({
      ...{ pass: null, renew: undefined, showOnCamera: undefined },
      step: "choose-camera",
      camera: null,
      verdict: null,
      waitingFor: null,
      fault: null,
      leave: undefined,
      ...{ recording: null, record: undefined, stopRecording: undefined, lines: [], clearLines: undefined },
      ...{ chooseQuality: undefined, hear: undefined, setVolume: undefined, hearAlarm: undefined },
    });
  };

  #eject = (): void => {
    void this.#viewer.remote.eject().catch(() => undefined);
    this.#close();
    this.show({ step: "choose-card", fault: null, open: this.#open });
    void this.#list();
  };

  /** Nothing of the card or of a camera is left on the page. */
  #close(): void {
    if (this.snapshot.step === "viewing") this.#leave();
    this.show({
      passUntil: null,
      cameras: null,
      cardName: null,
      view: undefined,
      eject: undefined,
      leave: undefined,
    });
  }
}
