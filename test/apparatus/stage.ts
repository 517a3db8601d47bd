import { CameraStream } from "../../src/apparatus/camera-stream.ts";
import {
  type CameraTalk,
  decodeCameraTalk,
  type Ending,
  type Unsent,
} from "../../src/apparatus/camera-talk.ts";
import type { Coders } from "../../src/apparatus/coders.ts";
import type { Recorder } from "../../src/apparatus/recorder.ts";
import { decodeTalk, encodeTalk, exactWant, type ViewerTalk, type Want } from "../../src/apparatus/talk.ts";
import { Viewing } from "../../src/apparatus/viewer.ts";
import type { ViewerStore } from "../../src/apparatus/viewer-store.ts";
import { signViewing } from "../../src/apparatus/viewing-proof.ts";
import type { PassRefusal } from "../../src/auth/index.ts";
import { type Bytes, generateSigningKey, type SigningKey, thumbprint } from "../../src/base/index.ts";
import type { CardRecord } from "../../src/card/index.ts";
import { type EncryptionPair, makeEncryptionPair, numberText } from "../../src/keys/index.ts";
import { type Sound, type VideoFamily, videoFamilies } from "../../src/media/index.ts";
import type { Arrival } from "../../src/relay/index.ts";
import { decodeFrame, itemType, peekType } from "../../src/seal/index.ts";
import type { ArraySensor, Shape } from "../../src/sensor/index.ts";
import { type LastHead, StateKeeper, type Verdict } from "../../src/verify/index.ts";
import { sampleRecord } from "../card/sample.ts";
import {
  type FakeClock,
  fakeClock,
  frameOf,
  makeSensor,
  pixelsOf,
  seedShape,
  tinyShape,
} from "../seal/camera.ts";
import { asPicture, type Picture } from "../seal/pictures.ts";
import type { TestCarrier } from "./carriers.ts";
import { testCoders, testOpeners } from "./coders.ts";

export interface StreamChoices {
  readonly counter?: number;
  readonly clock?: FakeClock;
  /** By default the same. */
  readonly steady?: FakeClock;
  readonly key?: SigningKey;
  readonly pair?: EncryptionPair;
  readonly coders?: Coders;
  /** The pixels that its seed is to come from. */
  readonly seedOf?: Bytes;
}

/** What a test's viewer wants unless it says otherwise: the sensor's own pixels, all of them. */
export const lossless = exactWant;

/** A camera's stream over the real kernels, and the card that opens it. */
export const makeStream = async (choices: StreamChoices = {}) => {
  const { clock = fakeClock(), key = await generateSigningKey(), counter = 1 } = choices;
  const { steady = clock } = choices;
  const pair = choices.pair ?? (await makeEncryptionPair());
  const [sensor, codedSensor] = [await makeSensor(), await makeSensor()];
  const coders = choices.coders ?? testCoders();
  const stream = await CameraStream.begin(
    {
      ...{
        sensor,
        codedSensor,
        coders,
        clock,
        steady,
        counter,
        previous: null,
        path: "track-processor-worker",
        label: "Front door",
      },
      ...{ privateKey: key.privateKey, publicKey: key.publicKey },
      ...{ recipients: [pair.recipient], generation: 1 },
    },
    async () => frameOf(seedShape, choices.seedOf ?? pixelsOf(seedShape, 77)),
  );
  const record = {
    ...sampleRecord(1, { number: await thumbprint(key.publicKey) }),
    decryptionKeys: [{ generation: 1, identity: pair.identity }],
  };
  let sealed = 0;
  /** Seals so many frames; the pixels of each are those of its sequence. */
  const seal = async (count = 1, shape: Shape = tinyShape): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      await stream.seal(frameOf(shape, pixelsOf(shape, sealed)));
      sealed += 1;
    }
  };
  return { stream, seal, clock, steady, key, pair, record, sensor, codedSensor, coders };
};

/** What arrived at one end, in order: the sealed items by their kind, frames by their sequence. With a viewer's key it answers the camera's challenge. */
export const inbox = (
  carrier: TestCarrier,
  proves?: { readonly number: Bytes; readonly key: SigningKey },
) => {
  const items: Uint8Array[] = [];
  const talks: CameraTalk[] = [];
  carrier.onmessage = async (message) => {
    if ("sealed" in message) return void items.push(message.sealed);
    const talk = decodeCameraTalk(message.talk);
    if (talk) talks.push(talk);
    if (talk?.kind !== "challenge" || !proves) return;
    const { number, key } = proves;
    say(carrier, { kind: "proof", proof: await signViewing(key, { number, nonce: talk.nonce }) });
  };
  const ofType = (type: number) => items.filter((item) => peekType(item) === type);
  return {
    items,
    talks,
    get frames(): number[] {
      return ofType(itemType.frame).map((item) => decodeFrame(item).fields.sequence);
    },
    get others(): number[] {
      return items.map((item) => peekType(item)!).filter((type) => type !== itemType.frame);
    },
    ofType,
  };
};

/** As a viewer says it that has just joined. */
export const want = (
  carrier: TestCarrier,
  wanted: Want = lossless,
  decodes: readonly VideoFamily[] = videoFamilies,
): void => say(carrier, { kind: "want", want: wanted, decodes });

export const say = (carrier: TestCarrier, talk: ViewerTalk): void => carrier.send({ talk: encodeTalk(talk) });

/** What a viewer said so far. */
export const saidBy = (carrier: TestCarrier): ViewerTalk[] =>
  carrier.sent.flatMap((message: Arrival) => {
    const talk = "talk" in message ? decodeTalk(message.talk) : null;
    return talk ? [talk] : [];
  });

/** What a viewing showed, in order; `drawn` is called at once unless the page stands still. */
export interface Shown {
  readonly picture: Picture | null;
  readonly verdict: Verdict;
  readonly drawn: () => void;
  readonly captured: number | null;
}

export const memoryViewerStore = (): ViewerStore & { readonly heads: Map<string, LastHead> } => {
  const heads = new Map<string, LastHead>();
  return {
    heads,
    lastHead: async (number) => heads.get(number) ?? null,
    async remember(number, head) {
      const known = heads.get(number);
      if (!known || head.counter > known.counter) heads.set(number, head);
    },
  };
};

export interface ViewingChoices {
  readonly clock?: FakeClock;
  readonly wall?: FakeClock;
  /** The viewer's, for a camera that asks for a proof. */
  readonly key?: SigningKey;
  readonly store?: ReturnType<typeof memoryViewerStore>;
  readonly state?: StateKeeper;
  readonly sensor?: ArraySensor;
  readonly output?: ReturnType<typeof screen>;
  readonly want?: Want;
  readonly decodes?: readonly VideoFamily[];
  readonly recorder?: Pick<Recorder, "take">;
}

/** A page that takes what is shown. */
export const screen = () => {
  const shown: Shown[] = [];
  const labels: string[] = [];
  const page = {
    ...{ shown, labels, closed: 0, standsStill: false },
    show(
      picture: VideoFrame | null,
      verdict: Verdict,
      drawn: () => void,
      captured: number | null = null,
    ): void {
      shown.push({ picture: picture && asPicture(picture), verdict, drawn, captured });
      if (!page.standsStill) drawn();
    },
    ...{ heard: [] as Sound[], lines: [] as string[], late: [] as boolean[] },
    hear: (sound: Sound) => void page.heard.push(sound),
    ontext(text: string, _: number, isLate: boolean): void {
      page.lines.push(text);
      page.late.push(isLate);
    },
    onlabel: (label: string) => void labels.push(label),
    endings: [] as (Ending | null)[],
    onended: (why: Ending | null) => void page.endings.push(why),
    befores: [] as Ending[],
    onbefore: (why: Ending) => void page.befores.push(why),
    unsent: [] as Unsent[],
    onunsent: (why: Unsent) => void page.unsent.push(why),
    refusals: [] as PassRefusal[],
    onpass: (why: PassRefusal) => void page.refusals.push(why),
    onclosed: () => {
      page.closed += 1;
    },
    get last(): Verdict | undefined {
      return shown.at(-1)?.verdict;
    },
    get pictures(): number[] {
      return shown.flatMap(({ picture, verdict }) => (picture ? [verdict.frame!.sequence] : []));
    },
  };
  return page;
};

export const beginViewing = async (
  carrier: TestCarrier,
  record: CardRecord,
  choices: ViewingChoices = {},
) => {
  const { clock = fakeClock(), store = memoryViewerStore(), output = screen() } = choices;
  const { state = new StateKeeper(clock), sensor = await makeSensor() } = choices;
  const { wall = clock, key } = choices;
  const means = {
    ...{ sensor, clock, wall, store, state, want: choices.want ?? lossless, openers: testOpeners() },
    ...(key ? { key } : {}),
    ...(choices.decodes ? { decodes: choices.decodes } : {}),
    ...(choices.recorder ? { recorder: choices.recorder } : {}),
  };
  const viewing = await Viewing.begin(carrier, record, means, output);
  return { viewing, output, store, state, clock, sensor, number: numberText(record.number) };
};
