import {
  type Bytes,
  equal,
  expose,
  Fault,
  importSigningKey,
  type SigningKey,
  steadyClock,
  systemClock,
  toBase64Url,
  transfer,
} from "../base/index.ts";
import { type CardRecord, idbStore } from "../card/index.ts";
import { numberText, readNumber } from "../keys/index.ts";
import { decodedFamilies } from "../media/index.ts";
import { portCarrier } from "../relay/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import { StateKeeper } from "../verify/index.ts";
import { AskedRecordings } from "./asked-recordings.ts";
import { camerasOn } from "./cameras-on-card.ts";
import { KeptPasses } from "./kept-passes.ts";
import { OpenRecords } from "./open-records.ts";
import { openStoredCard } from "./open-stored-card.ts";
import { pictureOutput } from "./picture-output.ts";
import { makePlayerControls } from "./player-controls.ts";
import { seldom } from "./progress.ts";
import { proveIn } from "./prove.ts";
import { Recorder } from "./recorder.ts";
import { recordingKeeper } from "./recording-keeper.ts";
import { opfsRecordings } from "./recording-store.ts";
import { usualWant, type Want } from "./talk.ts";
import type { ViewerApi, ViewerEvents } from "./viewer.api.ts";
import { type ViewerOutput, Viewing } from "./viewer.ts";
import { openViewerStore } from "./viewer-store.ts";

const cards = idbStore();
const memory = openViewerStore();
/** Asked once, when it is first to be said. */
let families: ReturnType<typeof decodedFamilies> | null = null;
const store = opfsRecordings();
const sensor = (async () => new ArraySensor(await instantiate(await compileKernels())))();
sensor.catch(() => undefined);

const records = new OpenRecords();
/** The camera that is viewed now: its record, its proof key, what is asked of it beside pictures, and where those go. */
let chosen: {
  record: CardRecord;
  key: SigningKey;
  state: StateKeeper;
  output: ViewerOutput;
  recorder: Recorder;
  recordings: AskedRecordings;
  close(): void;
} | null = null;
let viewing: Viewing | null = null;
const passes = new KeptPasses(steadyClock);
/** What the person wants to be sent, also by the next camera. */
let want: Want = usualWant;
/** One viewing at a time has the sensor: each begins and ends behind what was asked for before. */
let turn: Promise<void> = Promise.resolve();

/** What the chosen camera is asked for. */
const asked = (): AskedRecordings => {
  if (!chosen) throw new Fault("camera-not-on-card");
  return chosen.recordings;
};
const controls = makePlayerControls(
  () => records.now,
  async (recording) => {
    const recordings = asked();
    return { listed: await recordings.index(recording), source: recordings.source(recording) };
  },
);
/** A copy is read in steps of this length. bytes */
const copyStep = 1 << 20;

const leave = (): void => {
  void viewing?.stop();
  chosen?.recordings.close();
  void controls.unload();
  chosen?.recorder.stop();
  chosen?.close();
  chosen = null;
};

const eject = (): void => {
  leave();
  records.shut();
  passes.forget();
};

/** Of these cameras nothing is left here that opens or proves anything. */
const erase = (numbers: readonly Bytes[]): void => {
  const isErased = ({ number }: CardRecord): boolean => numbers.some((one) => equal(one, number));
  if (chosen && isErased(chosen.record)) leave();
  records.forget(isErased);
};

const outputTo = (pictures: MessagePort, events: ViewerEvents): ViewerOutput & { close(): void } => ({
  ...pictureOutput(pictures),
  hear: (sound) =>
    events.onsound(
      transfer(
        sound,
        sound.pcm.map(({ buffer }) => buffer),
      ),
    ),
  ontext: (text, captured, isLate) => events.ontext(text, captured, isLate),
  onlabel: (label) => events.onlabel(label),
  onended: (why) => events.onended(why),
  onpass: (why) => events.onpass(why),
  onclosed: () => events.onclosed(),
});

const api: ViewerApi = {
  ...controls,
  cards: async () => (await cards).list(),
  async open(id, password) {
    eject();
    return camerasOn(await records.open(() => openStoredCard(cards, id, password)));
  },
  eject,

  async view(number, pictures, events) {
    leave();
    const wanted = readNumber(number);
    const record = records.now?.find((one) => equal(one.number, wanted));
    if (!record) throw new Fault("camera-not-on-card");
    const key = await importSigningKey(record.viewerKey.seed);
    const output = outputTo(pictures, events);
    const recorder = new Recorder({
      ...{ store, number: numberText(record.number), origin: "viewer", clock: systemClock },
      keeper: recordingKeeper(store, (erased) => events.onerased(erased)),
      onchange: (status, fault) => events.onrecording(status, fault),
      askStill: () => viewing?.needStill(),
    });
    chosen = {
      record,
      key,
      state: new StateKeeper(steadyClock),
      output,
      recorder,
      recordings: new AskedRecordings(),
      close: output.close,
    };
    return { room: toBase64Url(record.number), key: key.publicKey };
  },
  async prove(request) {
    if (!chosen) throw new Fault("peer-proof");
    return proveIn(chosen.record.number, chosen.key, request);
  },

  views: () =>
    (records.now ?? []).map(({ number, viewerKey }) => ({
      ...{ number: numberText(number), viewer: viewerKey.publicKey },
    })),
  takePasses(tokens, events) {
    const ends = tokens.map((token) =>
      passes.take(token, ({ views }) => {
        const numbers = views.map(({ camera }) => camera);
        erase(numbers);
        events.onend(numbers.map(numberText));
      }),
    );
    return Math.min(...ends);
  },
  pass: () => chosen && passes.read(chosen.record.number),
  watch(port) {
    const mine = chosen;
    void viewing?.stop();
    turn = turn
      .catch(() => undefined)
      .then(async () => {
        await viewing?.stop();
        // Left, or another camera chosen, while this waited.
        if (!mine || mine !== chosen) return port.close();
        const carrier = portCarrier(port);
        try {
          families ??= decodedFamilies();
          const { state, recorder, recordings, key } = mine;
          const means = {
            sensor: await sensor,
            clock: steadyClock,
            store: await memory,
            state,
            recorder,
            recordings,
            want,
            decodes: await families,
            key,
            pass: passes.read(mine.record.number),
          };
          viewing = await Viewing.begin(carrier, mine.record, means, mine.output);
        } catch (error) {
          carrier.close();
          throw error;
        }
        if (mine !== chosen) await viewing.stop();
      });
    return turn;
  },
  want(wanted) {
    want = wanted;
    viewing?.want(wanted);
  },
  async record() {
    if (!chosen) throw new Fault("camera-not-on-card");
    await chosen.recorder.start();
  },
  stopRecording() {
    chosen?.recorder.stop();
  },
  recordingsOnCamera: async () => asked().list(),
  async copyFromCamera(recording, onprogress) {
    const source = asked().source(recording);
    const say = seldom(onprogress);
    // Each part is the browser's: it need not stay in memory.
    const parts: Blob[] = [];
    for (let at = 0; at < source.size; at += copyStep) {
      parts.push(new Blob([(await source.read(at, copyStep)) as Bytes]));
      say(Math.min(source.size, at + copyStep));
    }
    return new Blob(parts, { type: "application/cbor-seq" }); // RFC 8742 §6
  },
  leave,
};

expose(api);
