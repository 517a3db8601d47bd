import {
  type Ending,
  type ErasedRecording,
  type PictureMessage,
  type RecordingStatus,
  type Unsent,
  usualWant,
  type ViewerApi,
} from "../../apparatus/index.ts";
import type { PassRefusal } from "../../auth/index.ts";
import { faultCode, proxy, type Remote, steadyClock, transfer } from "../../base/index.ts";
import { Alarm } from "./alarm.ts";
import { CameraLine } from "./camera-line.ts";
import { askBeforeFirstRecording } from "./first-recording.ts";
import { keepAlarmHeard } from "./kept-alarm.ts";
import { keepQuality } from "./kept-quality.ts";
import { OnCameraModel } from "./on-camera.ts";
import { SlowLine } from "./slow-line.ts";
import type { JudgedPicture, ViewerSnapshot, ViewQuality } from "./snapshots.ts";
import type { PlayedSound } from "./sound-player.ts";
import { ViewerSound } from "./viewer-sound.ts";

/** The snapshot changes at most this often while pictures run; pictures themselves go past it. ms */
const snapshotInterval = 500;
/** How often it is looked whether anything comes at all. ms */
const lookInterval = 500;
/** Lines of text that stand under the picture. */
const mostLines = 3;
/** The longer side of the small picture, in pixels. */
export const smallSide = 320;

/** What is said where a camera can send none of the pictures that are wanted. */
const unsentFault = (why: Unsent | ""): string => `picture-${why}`;

/** What one view needs of its page. */
export interface OneViewMeans {
  readonly remote: () => Remote<ViewerApi>;
  readonly now: () => ViewerSnapshot;
  readonly show: (change: { [K in keyof ViewerSnapshot]?: ViewerSnapshot[K] | undefined }) => void;
  /** Takes each picture with its verdict, and the frame over. */
  readonly onpicture: (judged: JudgedPicture) => void;
  /** The camera or its relay lets nobody in without another pass. */
  readonly onpass: (number: string, fault: string) => void;
  /** Makes an alarm heard. */
  readonly sound: () => void;
}

/** One camera over the whole page: its picture and sound, what is asked of it, its alarm and its recording. */
export class OneView {
  readonly #means: OneViewMeans;
  readonly #sound: ViewerSound;
  readonly #alarm: Alarm;
  readonly #onCamera: OnCameraModel;
  readonly #looking: ReturnType<typeof setInterval>;
  #slow = new SlowLine();
  #number: string | null = null;
  /** Of two views only the later one counts. */
  #turn = 0;
  #line: CameraLine | null = null;
  #pictures: MessagePort | null = null;
  #shown = 0;
  /** The camera asks for a pass that is not there yet. */
  #lacksPass = false;
  /** The camera's own word for its end. */
  #ending: Ending | null = null;

  constructor(means: OneViewMeans) {
    this.#means = means;
    const { show, now, sound } = means;
    this.#sound = new ViewerSound((heard) => show({ sound: heard }));
    this.#alarm = new Alarm({
      now: () => steadyClock.now(),
      show,
      sound: () => {
        if (now().isAlarmHeard) sound();
      },
    });
    this.#onCamera = new OnCameraModel({
      remote: means.remote,
      camera: () => now().camera,
      show: (onCamera) => show({ onCamera }),
      onpicture: means.onpicture,
    });
    this.#looking = setInterval(() => this.#alarm.look(), lookInterval);
  }

  /** The judge itself is gone. */
  die(): void {
    this.#alarm.die();
  }

  /** Settles when the worker has erased what it made of a recording. */
  dispose(): Promise<void> {
    clearInterval(this.#looking);
    this.#sound.off();
    this.#line?.end();
    this.#pictures?.close();
    return this.#onCamera.end();
  }

  /** Views this camera of the card. */
  async view(number: string, name: string): Promise<void> {
    const { remote, show } = this.#means;
    this.#number = number;
    this.#turn += 1;
    const turn = this.#turn;
    const { port1, port2 } = new MessageChannel();
    try {
      const ticket = await remote().view(
        number,
        this.#wish(),
        transfer(port2, [port2]),
        this.#events(number),
      );
      if (this.#turn !== turn) return port1.close();
      this.#pictures = port1;
      port1.onmessage = ({ data }: MessageEvent<PictureMessage>) => this.#picture(port1, data);
      this.#line = new CameraLine({
        ...{ remote: remote(), number, ticket, show },
        onpass: (fault) => this.#needPass(fault),
      });
      show({
        step: "viewing",
        camera: { number, name },
        ...{ verdict: null, delay: null, path: null, label: null, fault: null, elsewhere: null },
        ...{ size: null, lines: [], leftOut: 0 },
        record: this.#record,
        ...{ chooseQuality: this.#chooseQuality, hear: this.#hear, setVolume: this.#setVolume },
        ...{ hearAlarm: this.#hearAlarm, showOnCamera: this.#onCamera.open },
      });
      this.#line.join();
    } catch (error) {
      if (this.#turn === turn) show({ fault: faultCode(error) });
    }
  }

  /** Nothing of it is left on the page. */
  leave(): void {
    const number = this.#number;
    if (number === null) return;
    this.#number = null;
    this.#turn += 1;
    this.#onCamera.close();
    this.#line?.end();
    this.#line = null;
    this.#pictures?.close();
    this.#pictures = null;
    void this.#means
      .remote()
      .leave(number)
      .catch(() => undefined);
    this.#sound.off();
    this.#alarm.reset();
    this.#lacksPass = false;
    this.#ending = null;
    this.#means.show({
      ...{ camera: null, verdict: null, waitingFor: null, fault: null, elsewhere: null },
      ...{ recording: null, record: undefined, stopRecording: undefined, lines: [], clearLines: undefined },
      ...{ chooseQuality: undefined, hear: undefined, setVolume: undefined, hearAlarm: undefined },
      showOnCamera: undefined,
    });
  }

  /** There is a pass now: a new connection with it, since camera and relay end the present one with the pass that it was made with. */
  joinWithPass(): void {
    this.#lacksPass = false;
    this.#line?.join();
  }

  #events(number: string) {
    const { show, now } = this.#means;
    return proxy({
      onlabel: (label: string) => show({ label }),
      onpass: (why: PassRefusal) => this.#needPass(`pass-${why}`),
      onclosed: () => {
        if (this.#number === number) this.#line?.ended();
      },
      onended: (why: Ending | null) => {
        this.#ending = why;
      },
      onunsent: (why: Unsent) => show({ fault: unsentFault(why) }),
      onbefore: (why: Ending) => this.#alarm.explain(why),
      onsound: (sound: PlayedSound) => this.#sound.take(sound),
      ontext: (text: string, captured: number, isLate: boolean) =>
        show({
          lines: [...now().lines, { text, captured, isLate }].slice(-mostLines),
          clearLines: this.#clearLines,
        }),
      onrecording: (recording: RecordingStatus | null, fault: string | null) =>
        this.#recording(recording, fault),
      onerased: (erased: readonly ErasedRecording[]) =>
        show({ erased: [...now().erased, ...erased], forget: this.#forget }),
    });
  }

  #needPass(fault: string): void {
    if (this.#number === null) return;
    this.#lacksPass = true;
    this.#onCamera.close();
    this.#line?.hold();
    this.#means.show({ waitingFor: null, passUntil: null, renew: undefined });
    this.#means.onpass(this.#number, fault);
  }

  #wish() {
    const { picture, framesPerSecond } = this.#means.now().quality;
    const longest = picture === "small" ? smallSide : usualWant.longest;
    return { ...usualWant, picture, framesPerSecond, longest, sound: this.#sound.isOn };
  }

  /** Says what to be sent from now on. */
  #want(): void {
    if (this.#number === null) return;
    void this.#means
      .remote()
      .want(this.#number, this.#wish())
      .catch(() => undefined);
  }

  #chooseQuality = (quality: ViewQuality): void => {
    keepQuality(quality);
    const { fault } = this.#means.now();
    this.#means.show({ quality, fault: fault?.startsWith(unsentFault("")) ? null : fault });
    this.#want();
  };

  #hear = (isWanted: boolean): void => {
    if (isWanted) this.#sound.on();
    else this.#sound.off();
    this.#want();
  };

  #hearAlarm = (isHeard: boolean): void => {
    keepAlarmHeard(isHeard);
    this.#means.show({ isAlarmHeard: isHeard });
  };

  #setVolume = (volume: number): void => {
    this.#sound.volume = volume;
  };

  #clearLines = (): void => this.#means.show({ lines: [], clearLines: undefined });

  #record = async (): Promise<void> => {
    if (this.#number === null) return;
    this.#means.show({ record: undefined, fault: null });
    void askBeforeFirstRecording();
    try {
      await this.#means.remote().record(this.#number);
    } catch (error) {
      this.#recording(null, faultCode(error));
    }
  };

  #forget = (): void => this.#means.show({ erased: [], forget: undefined });

  #stopRecording = (): void => {
    if (this.#number === null) return;
    this.#means.show({ stopRecording: undefined });
    void this.#means
      .remote()
      .stopRecording(this.#number)
      .catch(() => undefined);
  };

  #recording(recording: RecordingStatus | null, fault: string | null): void {
    // Left meanwhile: there is nothing to record any more.
    if (this.#number === null) return;
    const actions = recording
      ? { record: undefined, stopRecording: this.#stopRecording }
      : { record: this.#record, stopRecording: undefined };
    const recorded = this.#means.now().recorded || recording !== null;
    this.#means.show({ recording, recorded, ...actions, ...(fault === null ? {} : { fault }) });
  }

  #picture(port: MessagePort, { picture, verdict, captured }: PictureMessage): void {
    const { now, show } = this.#means;
    const size = picture ? { width: picture.displayWidth, height: picture.displayHeight } : now().size;
    if (verdict.state === "ST0") this.#sound.silence();
    else {
      this.#ending = null;
      // What was under way when a pass was asked for is no word on it.
      if (this.#line?.isHeld === false) this.#lacksPass = false;
    }
    this.#line?.saw(verdict);
    // A pass that is missing is no alarm: the page asks for it.
    if (!this.#lacksPass) this.#alarm.take(verdict, this.#ending);
    // A recording stands in its place.
    if (this.#onCamera.isPlaying) picture?.close();
    else this.#means.onpicture({ picture, verdict });
    port.postMessage("drawn");
    const at = performance.now();
    const before = now().verdict;
    const changed =
      before?.state !== verdict.state || before?.live !== verdict.live || before?.reason !== verdict.reason;
    if (!changed && at - this.#shown < snapshotInterval) return;
    this.#shown = at;
    const { framesPerSecond } = now().quality;
    const { missing, frame } = verdict;
    const leftOut = frame ? this.#slow.look({ missing, ...frame }, at, framesPerSecond) : 0;
    const delay = captured === null ? null : Math.max(0, Math.round(Date.now() - captured));
    const waitingFor = verdict.state === "ST0" ? now().waitingFor : null;
    show({ verdict, delay, waitingFor, size, leftOut });
  }
}
