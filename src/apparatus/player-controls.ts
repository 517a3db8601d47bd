import { type Bytes, Fault, faultCode } from "../base/index.ts";
import type { CardRecord } from "../card/index.ts";
import { readNumber } from "../keys/index.ts";
import { SoundOpener } from "../media/index.ts";
import { type ByteSource, completeIndex, type RecordingIndex, tracks } from "../seal/check.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import { judgeRecording, type KnownCamera, knownCameras, PlayingJudge } from "../verify/index.ts";
import { itemAt } from "./enter-recording.ts";
import { makeExportControls } from "./export-controls.ts";
import { PictureOpener } from "./picture-opener.ts";
import { PlayFindings } from "./play-findings.ts";
import { marksOf } from "./play-marks.ts";
import type { PlayedMessage, PlayerControls, PlayerEvents, SoundMessage } from "./player.api.ts";
import { type Alarm, Player } from "./player.ts";
import { cancellable, seldom } from "./progress.ts";
import { readOrder } from "./read-order.ts";
import { isOnCamera, knownIndex, type ReadableRecording, recordingSource } from "./recording-source.ts";
import { opfsRecordings } from "./recording-store.ts";
import type { OnCamera } from "./recording-talk.ts";
import { SoundFeed } from "./sound-feed.ts";
import { Timeline } from "./timeline.ts";

/** One recording that is loaded, with everything that plays it. */
interface Stage {
  /** For what is made of all of it: what is played is read first. */
  readonly source: ByteSource;
  readonly known: readonly KnownCamera[];
  readonly findings: PlayFindings;
  readonly timeline: Timeline;
  readonly player: Player;
  readonly sound: SoundFeed | null;
  close(): Promise<void>;
}

/** Pictures under way to the page, at most: what is due while it stands still is left out. */
const underWay = 4;
/** How long the whole file is judged before what is played has its turn, ms. */
const slice = 8;

const kernels = compileKernels();
kernels.catch(() => undefined);
/** Each reader has one to itself. */
const makeSensor = async (): Promise<ArraySensor> => new ArraySensor(await instantiate(await kernels));

/** Monotonic: a clock that is set must not move what is played. */
const clock = { now: () => performance.now() };

/** Rings by the worker's own timers, one at a time. */
const makeAlarm = (): Alarm => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    set(ring, ms) {
      clearTimeout(timer);
      timer = setTimeout(ring, ms);
    },
    clear: () => clearTimeout(timer),
  };
};

/** What a camera gives of one of its recordings: its bytes, and what it has listed of them. */
export interface FromCamera {
  readonly source: ByteSource;
  readonly listed: Bytes;
}

const fromNoCamera = async (): Promise<FromCamera> => {
  throw new Fault("recording-none");
};

/**
 * The controls of a player in this worker, which opens with the keys that `records` gives when something is loaded. `fromCamera`: asks the
 * camera that is viewed here, if one is.
 */
export const makePlayerControls = (
  records: () => readonly CardRecord[] | null,
  fromCamera: (recording: OnCamera) => Promise<FromCamera> = fromNoCamera,
): PlayerControls => {
  let stage: Stage | null = null;
  /** Counts what was loaded: what concerns an earlier one is over. */
  let turn = 0;
  const staged = (): Stage => {
    if (!stage) throw new Fault("recording-none");
    return stage;
  };
  const exports = makeExportControls(records, makeSensor);
  const unload = async (): Promise<void> => {
    turn += 1;
    const before = stage;
    stage = null;
    await Promise.all([exports.clear(), before?.close()]);
  };

  return {
    unload,
    async load(recording, number, pictures, events) {
      const unloading = unload();
      const mine = turn;
      /** After whatever was waited for: the card may be ejected by then, or another recording wanted. */
      const goOn = (): void => {
        if (mine !== turn) throw new Fault("cancelled");
      };
      await unloading;
      goOn();
      const known = knownCameras(number === null ? null : readNumber(number), records());
      const readable = typeof recording === "string" ? await opfsRecordings().read(recording) : recording;
      const { listed, source: given } = await (!(readable instanceof Blob) && isOnCamera(readable)
        ? fromCamera(readable)
        : fromElsewhere(readable));
      // Who gives it may go on for ever: what is over reads no more of it.
      const { first: source, second } = readOrder(cancellable(given, () => mine !== turn));
      const [index, sensor, soundSensor] = await Promise.all([
        indexOf(recording, source, listed),
        makeSensor(),
        makeSensor(),
      ]);
      if (!index) throw new Fault("recording-unreadable");
      const timeline = new Timeline(index.entries, index.to, index.reached);
      const soundTrack = soundTrackOf(timeline);
      const isClosed = !(await opens(source, known, sensor));
      // Nothing is waited for from here on: what is loaded is loaded in this turn.
      goOn();
      const { length, holes } = timeline;
      const hasPictures = timeline.entry("pictures", 0) !== null;
      const loaded = { isClosed, length, holes, hasPictures, hasSound: soundTrack !== null };
      if (isClosed) {
        pictures.close();
        return loaded;
      }
      const findings = new PlayFindings(index);
      const onlie = once(() => indexAnew(recording));
      const post = (message: SoundMessage, transfer: Transferable[] = []): void =>
        pictures.postMessage(message, transfer);
      const sound =
        soundTrack === null
          ? null
          : new SoundFeed(
              {
                ...{ source, index, timeline, known, track: soundTrack },
                ...{ sensor: soundSensor, opener: new SoundOpener(), findings, onlie },
              },
              (one) =>
                post(
                  { sound: one },
                  one.pcm.map(({ buffer }) => buffer),
                ),
              () => post({ silence: true }),
            );
      const opener = new PictureOpener();
      const player = new Player(
        { source, index, timeline, known, sensor, opener, findings, onlie },
        outputTo(pictures, events, length),
        { clock, alarm: makeAlarm(), sound },
      );
      stage = {
        ...{ source: second, known, findings, timeline, player, sound },
        async close() {
          await Promise.all([player.close(), sound?.close()]);
          opener.close();
          pictures.close();
        },
      };
      return loaded;
    },
    play: () => stage?.player.play(),
    pause: () => stage?.player.pause(),
    seek: (place) => staged().player.seek(place),
    setRate(rate) {
      if (stage) stage.player.rate = rate;
    },
    hear(isWanted) {
      if (stage?.sound) stage.sound.isWanted = isWanted;
    },
    async check(onprogress) {
      const { source, known, timeline, findings } = staged();
      const mine = turn;
      const say = seldom(onprogress);
      let begun = performance.now();
      const report = await judgeRecording(
        source,
        { known, sensor: await makeSensor(), onfault: (fault) => findings.note(fault) },
        async (done) => {
          findings.reach(done);
          if (performance.now() - begun < slice) return;
          await new Promise((resolve) => setTimeout(resolve));
          if (mine !== turn) throw new Fault("cancelled");
          begun = performance.now();
          say(done);
        },
      );
      findings.reach(Number.POSITIVE_INFINITY);
      return { report, marks: marksOf(timeline, report) };
    },
    async saveMp4(onprogress) {
      const { files } = await exports.save(staged().source, onprogress);
      return files;
    },
    cancelMp4: () => exports.cancel(),
    releaseMp4: () => exports.release(),
    watchFilms: (onstays) => exports.watch(onstays),
    disclosePicture: async (track, sequence) => exports.disclose(staged().source, track, sequence),
    mark(report) {
      const { timeline, findings } = staged();
      findings.take(report);
      return marksOf(timeline, report);
    },
  };
};

const fromElsewhere = async (recording: ReadableRecording): Promise<FromCamera> => {
  // In front of the source: what it lists has to be there.
  const listed = await knownIndex(recording);
  return { listed, source: await recordingSource(recording) };
};

const indexOf = async (
  recording: string | ReadableRecording,
  source: ByteSource,
  listed: Bytes,
): Promise<RecordingIndex | null> =>
  typeof recording === "string"
    ? opfsRecordings().index(recording)
    : (await completeIndex(source, listed)).index;

/** The index beside it was found to lie. For the next time: what plays now reads everything where the index leads astray. */
const indexAnew = (recording: string | ReadableRecording): void => {
  if (typeof recording !== "string") return;
  opfsRecordings()
    .index(recording, "anew")
    .catch((error: unknown) => console.error(faultCode(error), error));
};

const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
};

/** Whether the head is one of a camera whose keys are there. */
const opens = async (
  source: ByteSource,
  known: readonly KnownCamera[],
  sensor: ArraySensor,
): Promise<boolean> => {
  const nothing = (): undefined => undefined;
  const judge = new PlayingJudge({ source, known, sensor, onframe: nothing, onfault: nothing });
  const head = await itemAt(source, 0);
  if (head) await judge.take(head);
  const identities = judge.camera?.identities ?? [];
  judge.close();
  return identities.length > 0;
};

/** Sound in long bundles rather than in short ones. */
const soundTrackOf = (timeline: Timeline): number | null =>
  [tracks.recordedSound, tracks.sound].find((one) => timeline.entry(one, 0) !== null) ?? null;

/** Pictures go out by transfer; each is answered by the page. */
const outputTo = (
  pictures: MessagePort,
  events: PlayerEvents,
  length: number,
): ConstructorParameters<typeof Player>[1] => {
  let waiting = 0;
  pictures.onmessage = () => {
    waiting = Math.max(0, waiting - 1);
  };
  return {
    show({ picture, verdict, at, track, captured, isHole }, isLasting) {
      if (picture && waiting >= underWay && !isLasting && verdict.state === "ST1") {
        picture.close();
        return;
      }
      waiting += 1;
      const message: PlayedMessage = { picture, verdict, at: Math.min(at, length), track, captured, isHole };
      pictures.postMessage(message, picture ? [picture] : []);
    },
    line: ({ line }) => line && events.online(line),
    onstatus: (status) => events.onstatus(status),
    onfault: (code) => events.onfault(code),
  };
};
