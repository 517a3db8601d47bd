import {
  type Bytes,
  equal,
  expose,
  Fault,
  importSigningKey,
  steadyClock,
  systemClock,
  toBase64Url,
  transfer,
} from "../base/index.ts";
import { type CardRecord, idbAttempts, idbStore, type Right } from "../card/index.ts";
import { numberText, readNumber } from "../keys/index.ts";
import { decodedFamilies } from "../media/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import { openedCard } from "./cameras-on-card.ts";
import { CardPlaceSet, placeControls } from "./card-places.ts";
import { setStore } from "./hub-store.ts";
import { KeptPasses } from "./kept-passes.ts";
import { OpenRecords } from "./open-records.ts";
import { type CardPlaces, openStoredCard } from "./open-stored-card.ts";
import { pictureOutput } from "./picture-output.ts";
import { makePlayerControls } from "./player-controls.ts";
import { seldom } from "./progress.ts";
import { Recorder } from "./recorder.ts";
import { recordingKeeper } from "./recording-keeper.ts";
import { opfsRecordings } from "./recording-store.ts";
import { mostViewed, type ViewerApi, type ViewerEvents } from "./viewer.api.ts";
import type { ViewerOutput } from "./viewer.ts";
import { openViewerStore } from "./viewer-store.ts";
import { ViewingSeat } from "./viewing-seat.ts";

const memory = openViewerStore();
const store = opfsRecordings();
const kernels = compileKernels();
kernels.catch(() => undefined);
/** Asked once, when it is first to be said. */
let families: ReturnType<typeof decodedFamilies> | null = null;
const decodes = (): ReturnType<typeof decodedFamilies> => {
  families ??= decodedFamilies();
  return families;
};
const makeSensor = async (): Promise<ArraySensor> => new ArraySensor(await instantiate(await kernels));

const records = new OpenRecords();
/** The cameras that are viewed now, by their numbers as text. */
const seats = new Map<string, ViewingSeat>();
/** Those that are being made ready: whoever is left meanwhile does not get a seat. */
const coming = new Map<string, symbol>();
const passes = new KeptPasses(steadyClock);
/** Wrong passwords that were tried on the card and that no camera was told of. */
let guessed = 0;
/** The camera whose own recordings were listed last: what is loaded comes from it. */
let listed: ViewingSeat | null = null;

const controls = makePlayerControls(
  () => records.now,
  async (recording) => {
    if (!listed) throw new Fault("camera-not-on-card");
    const { recordings } = listed;
    return { listed: await recordings.index(recording), source: recordings.source(recording) };
  },
);
/** A copy is read in steps of this length. bytes */
const copyStep = 1 << 20;

const leave = (number: string): void => {
  coming.delete(number);
  const seat = seats.get(number);
  seat?.leave();
  seats.delete(number);
  if (!seat || listed !== seat) return;
  listed = null;
  void controls.unload();
};

const eject = (): void => {
  for (const number of [...seats.keys(), ...coming.keys()]) leave(number);
  records.shut();
  cards.letGo();
  passes.forget();
};

const cards = new CardPlaceSet(idbStore(), () => eject());
const places: CardPlaces = { cards, attempts: idbAttempts() };

/** Of these cameras nothing is left here that opens or proves anything. */
const erase = (numbers: readonly Bytes[]): void => {
  for (const number of numbers) leave(numberText(number));
  records.forget(({ number }) => numbers.some((one) => equal(one, number)));
};

const seatOf = (number: string): ViewingSeat => {
  const seat = seats.get(number);
  if (!seat) throw new Fault("camera-not-on-card");
  return seat;
};

/** [CF19] What this program keeps to: the keys would open it. */
const checkRight = ({ rights }: CardRecord, right: Right): void => {
  if (!rights.includes(right)) throw new Fault("card-right", { right });
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
  onbefore: (why) => events.onbefore(why),
  onunsent: (why) => events.onunsent(why),
  onpass: (why) => events.onpass(why),
  onclosed: () => events.onclosed(),
});

const api: ViewerApi = {
  ...controls,
  ...placeControls(cards),
  cards: () => cards.list(),
  async open(id, secret) {
    eject();
    cards.hold(id);
    const opened = await records.open(() => openStoredCard(places, id, secret));
    // A note that cannot be read keeps nobody from viewing.
    guessed = await (await places.attempts).takeUntold(opened.card.file.id).catch(() => 0);
    return openedCard(opened);
  },
  eject,

  async view(number, want, pictures, events) {
    const wanted = readNumber(number);
    const text = numberText(wanted);
    leave(text);
    if (seats.size + coming.size >= mostViewed)
      throw new RangeError(`at most ${mostViewed} cameras are viewed at once`);
    const record = records.now?.find((one) => equal(one.number, wanted));
    if (!record) throw new Fault("camera-not-on-card");
    checkRight(record, "live");
    const mine = Symbol(text);
    coming.set(text, mine);
    const key = await importSigningKey(record.viewerKey.seed);
    // Left, chosen anew, or its card ejected, meanwhile.
    if (coming.get(text) !== mine) throw new Fault("cancelled");
    coming.delete(text);
    const output = outputTo(pictures, events);
    const recorder = new Recorder({
      ...{ store, number: text, origin: "viewer", clock: systemClock },
      keeper: recordingKeeper(store, (erased) => events.onerased(erased)),
      onchange: (status, fault) => events.onrecording(status, fault),
      askStill: () => seats.get(text)?.needStill(),
    });
    const pass = (): Bytes | null => passes.read(record.number);
    seats.set(
      text,
      new ViewingSeat(record, want, {
        ...{ key, sensor: makeSensor(), store: memory, decodes, pass, output, recorder, guessed },
      }),
    );
    return { room: toBase64Url(record.number), key: key.publicKey };
  },
  async prove(request) {
    const seat = [...seats.values()].find(({ record }) => toBase64Url(record.number) === request.room);
    if (!seat) throw new Fault("peer-proof");
    return seat.prove(request);
  },

  hasPendingSets: async () => (await setStore().list()).some(([, { acknowledged }]) => acknowledged === null),
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
  pass: (number) => passes.read(seatOf(number).record.number),
  watch(port, number) {
    const seat = seats.get(number);
    // Left meanwhile.
    if (!seat) return Promise.resolve(port.close());
    return seat.watch(port);
  },
  want: (number, want) => seats.get(number)?.want(want),
  record: async (number) => seatOf(number).startRecording(),
  stopRecording: (number) => seats.get(number)?.stopRecording(),
  async recordingsOnCamera(number) {
    const seat = seatOf(number);
    checkRight(seat.record, "recordings");
    listed = seat;
    return listed.recordings.list();
  },
  async copyFromCamera(number, recording, onprogress) {
    const seat = seatOf(number);
    checkRight(seat.record, "recordings");
    const source = seat.recordings.source(recording);
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
