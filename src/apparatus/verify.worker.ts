import { expose, Fault, transfer } from "../base/index.ts";
import { readNumber } from "../keys/index.ts";
import { isDisclosed } from "../seal/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import { foreignFormat, formatBytes, judgeMp4, judgeRecording, knownCameras } from "../verify/index.ts";
import { blobSource } from "./blob-source.ts";
import { cardControls } from "./card-controls.ts";
import { openDisclosed } from "./open-disclosed.ts";
import { OpenRecords } from "./open-records.ts";
import { makePlayerControls } from "./player-controls.ts";
import { cancellable, seldom } from "./progress.ts";
import { type ReadableRecording, recordingSource } from "./recording-source.ts";
import type { Judgement, VerifyApi } from "./verify.api.ts";

const sensor = (async () => new ArraySensor(await instantiate(await compileKernels())))();
sensor.catch(() => undefined);

/** Of the card that lies open; null where none does. */
const records = new OpenRecords();
/** Counts cancellations: a judgement of an earlier turn ends at its next step. */
let turn = 0;
/** One judgement at a time has the sensor. */
let last: Promise<unknown> = Promise.resolve();

const judge = async (
  [file, beside]: readonly [ReadableRecording, Blob | null],
  number: string | null,
  isCancelled: () => boolean,
  tell: (done: number) => void,
): Promise<Judgement> => {
  const goOn = (): void => {
    if (isCancelled()) throw new Fault("cancelled");
  };
  goOn();
  const options = {
    known: knownCameras(number === null ? null : readNumber(number), records.now),
    sensor: await sensor,
  };
  const say = seldom(tell);
  // Between two reads there may be thousands of items.
  const onprogress = (done: number): void => {
    goOn();
    say(done);
  };
  const source = cancellable(await recordingSource(file), isCancelled);
  const format = foreignFormat(await source.read(0, Math.min(formatBytes, source.size)));
  if (format === "mp4" && beside)
    return {
      kind: "film",
      report: await judgeMp4(source, cancellable(blobSource(beside), isCancelled), {
        ...options,
        onprogress,
      }),
    };
  if (format) return { kind: "foreign", format };
  if (await isDisclosed(source)) {
    const { known, sensor } = options;
    const { report, content } = await openDisclosed(source, { known, sensor, onstep: goOn });
    const judgement = { kind: "disclosed", report, content } as const;
    return content?.what === "picture" ? transfer(judgement, [content.picture]) : judgement;
  }
  return { kind: "recording", report: await judgeRecording(source, options, onprogress) };
};

const controls = makePlayerControls(() => records.now);

const api: VerifyApi = {
  ...controls,
  ...cardControls(records, controls),
  judge(file, beside, number, onprogress) {
    const mine = turn;
    const judged = last.then(() => judge([file, beside], number, () => mine !== turn, onprogress));
    last = judged.catch(() => undefined);
    return judged;
  },
  cancel() {
    turn += 1;
  },
};

expose(api);
