import "./webcrypto.ts"; // before anything else is loaded
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { faultCode } from "../src/base/index.ts";
import { type CardRecord, decodeCard, openCard } from "../src/card/index.ts";
import { readNumber } from "../src/keys/index.ts";
import { ArraySensor, instantiate } from "../src/sensor/index.ts";
import { judgeRecording, knownCameras, type RecordingReport } from "../src/verify/index.ts";
import { buildSensor } from "./build.ts";
import { type FileSource, openSource } from "./file-source.ts";
import { told } from "./verify-words.ts";

/**
 * `npm run verify -- FILE [--camera NUMBER] [--card FILE --password P] [--json]`: judges a recording. Exit 0 guaranteed, 1 not
 * guaranteed, 2 unreadable (also for arguments that make no sense).
 */
const usage = "npm run verify -- FILE [--camera NUMBER] [--card FILE --password P] [--json]";

/** Ends with a sentence on stderr, and 2. */
const refuse = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

const given = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        camera: { type: "string" },
        card: { type: "string" },
        password: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return refuse(`${(error as Error).message}\nUsage: ${usage}`);
  }
})();
const { camera, card, password, json } = given.values;
const [path, ...others] = given.positionals;
if (path === undefined || others.length > 0) refuse(`Usage: ${usage}`);
if ((card === undefined) !== (password === undefined)) refuse("--card and --password belong together.");

/** A number as a person may have typed it: in groups, in small letters. All of it: 24 characters are for eyes. */
const numberFrom = (text: string): Uint8Array<ArrayBuffer> => {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  try {
    if (plain.length === 52) return readNumber(plain);
  } catch {
    // Not base32: said below.
  }
  return refuse(`--camera wants the whole camera number, 52 letters and digits; this has ${plain.length}.`);
};

/** The records of the card that was named; null where none was. */
const cardRecords = async (): Promise<readonly CardRecord[] | null> => {
  if (card === undefined || password === undefined) return null;
  try {
    return (await openCard(decodeCard(await readFile(card, "utf8")), password)).records;
  } catch (error) {
    const code = faultCode(error);
    const sentence =
      code === "password" ? "the password is wrong" : code === "unexpected" ? String(error) : code;
    return refuse(`The card ${card} does not open: ${sentence}.`);
  }
};

/** A line that is written over, for people who wait; nothing where nobody looks. */
const progressOf = (size: number): ((done: number) => void) | undefined => {
  if (!process.stderr.isTTY || size < 64 * 1024 * 1024) return undefined;
  let shown = -1;
  return (done) => {
    const percent = Math.floor((100 * done) / size);
    if (percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${percent} %`);
  };
};

const open = async (file: string): Promise<FileSource> => {
  try {
    return await openSource(file);
  } catch (error) {
    return refuse(`${file} cannot be read: ${(error as Error).message}`);
  }
};

const number = camera === undefined ? null : numberFrom(camera);
const records = await cardRecords();
if (!number && records?.length === 0) refuse(`There is no camera on the card ${card}.`);
const known = knownCameras(number, records);
const source = await open(path as string);
const wasm = new URL("../build/array-sensor.wasm", import.meta.url);
if (!existsSync(wasm)) buildSensor();
const sensor = new ArraySensor(await instantiate(new WebAssembly.Module(await readFile(wasm))));
const onprogress = progressOf(source.size);
let report: RecordingReport;
try {
  report = await judgeRecording(source, { known, sensor }, onprogress);
} catch (error) {
  report = refuse(`${path} cannot be read to its end: ${String(error)}`);
} finally {
  await source.close();
  if (onprogress) process.stderr.write("\r      \r");
}
console.log(json ? JSON.stringify(report) : told(report));
process.exitCode = report.state === "ST1" ? 0 : report.readable ? 1 : 2;
