import "./webcrypto.ts"; // before anything else is loaded
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Kept } from "../test/e2e/kills.ts";
import { buildApp, buildEdge, buildSensor } from "./build.ts";
import { chromium } from "./chromium.ts";

/**
 * `npm run nightly [-- PART …] [--files N] [--seed N]`: what nobody wants to wait for by day. `fuzz`: N damaged recordings, a quarter as many
 * disclosed pictures, and a fifth as many memory cards; `cbor`: five times as many strings of bytes for the strict decoder; `kernels`: three times as many random inputs for the sensor's kernels, and N planes for those of seeds; `kills`: the browser killed twenty times in the middle of a
 * recording; `soak`: picture and sound for five minutes (`--seconds N`: for so long, shorter ones judge nothing); `checks`: what each check is worth.
 * Without words, all of it. Exit 1 at the first thing that is not as it must be.
 */
const parts = ["fuzz", "cbor", "kernels", "kills", "soak", "checks"] as const;
const refuse = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const text = { type: "string" } as const;
const { values: given, positionals } = parseArgs({
  options: { files: text, seed: text, seconds: text },
  allowPositionals: true,
});
const wanted = Number(given.files ?? 100_000);
const soakSeconds = Number(given.seconds ?? 300);
const seed = Number(given.seed ?? Date.now() % 2 ** 31);
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(seed))
  refuse("--files and --seed want whole numbers.");
if (!(soakSeconds >= 20)) refuse("--seconds wants 20 at least.");
const unknown = positionals.find((word) => !parts.includes(word as never));
if (unknown !== undefined) refuse(`"${unknown}" is none of ${parts.join(", ")}.`);
const isWanted = (part: (typeof parts)[number]): boolean =>
  positionals.length === 0 || positionals.includes(part);

const began = performance.now();
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);
/** Of this process so far. MiB */
const peak = (): string => (process.resourceUsage().maxRSS / 1024).toFixed(0);
const counted = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([what, count]) => `${what} ${count}`).join(", ");
const progress = (done: number): void => {
  if (process.stdout.isTTY && done % 500 === 0) process.stdout.write(`\r${done}\r`);
};

const fuzzRecordings = async (): Promise<void> => {
  const { fuzz } = await import("../test/verify/fuzz.ts");
  console.log(`${wanted} damaged recordings, seed ${seed}`);
  const since = performance.now();
  const { files, guaranteed, reasons, slowest, grown } = await fuzz(wanted, { seed, onfile: progress });
  console.log(counted(reasons));
  console.log(
    `${files} files in ${seconds(since)} s, at most ${slowest.toFixed(0)} ms each, ${grown.toFixed(0)} MiB more than at the beginning and ${peak()} MiB in all: ${guaranteed} guaranteed, each the camera's own items with every gap named; the independent verifier agrees; no crash`,
  );
};

const fuzzDisclosedPictures = async (): Promise<void> => {
  const { fuzzDisclosed } = await import("../test/verify/fuzz-disclosed.ts");
  const fewer = Math.ceil(wanted / 4);
  console.log(`${fewer} damaged disclosed pictures, seed ${seed}`);
  const since = performance.now();
  const { files, guaranteed, reasons } = await fuzzDisclosed(fewer, { seed, onfile: progress });
  console.log(counted(reasons));
  console.log(
    `${files} files in ${seconds(since)} s: ${guaranteed} guaranteed and shown, each the very file that was made; no crash`,
  );
};

const fuzzMemoryCards = async (): Promise<void> => {
  const { fuzzCards } = await import("../test/card/fuzz.ts");
  const fewer = Math.ceil(wanted / 5);
  console.log(`${fewer} damaged memory cards, seed ${seed}`);
  const since = performance.now();
  const { files, refused, slowest } = await fuzzCards(fewer, { seed, onrun: progress });
  console.log(counted(refused));
  console.log(
    `${files} cards in ${seconds(since)} s, at most ${slowest.toFixed(0)} ms each: every one clearly refused, none in a good one's place`,
  );
};

const fuzzDecoder = async (): Promise<void> => {
  const { fuzzCbor } = await import("../test/base/cbor-fuzz.ts");
  console.log(`${5 * wanted} strings of bytes for the CBOR decoder, seed ${seed}`);
  const since = performance.now();
  const { runs, found, slowest } = fuzzCbor(5 * wanted, { seed, onrun: progress });
  console.log(counted(found));
  console.log(
    `${runs} strings in ${seconds(since)} s, at most ${slowest.toFixed(0)} ms each and ${peak()} MiB: read exactly where the plain twin reads, every other one Fault cbor`,
  );
};

const compare = async (): Promise<void> => {
  const { compareKernels } = await import("../test/sensor/compare-kernels.ts");
  console.log(`${3 * wanted} random inputs for the kernels, seed ${seed}`);
  const since = performance.now();
  const { runs, asked } = compareKernels(3 * wanted, { seed, twinEvery: 100, onrun: progress });
  console.log(counted(asked));
  console.log(
    `${runs} inputs in ${seconds(since)} s: each kernel as Node's crypto, and every hundredth as its twin`,
  );
  const { comparePhotoelectric } = await import("../test/sensor/photoelectric-rounds.ts");
  const then = performance.now();
  const agreed = comparePhotoelectric(wanted, seed, progress);
  console.log(
    `${wanted} planes for the kernels of seeds in ${seconds(then)} s: ${agreed} answers, each as its twin`,
  );
};

const kill = async (): Promise<void> => {
  const { killRepeatedly } = await import("../test/e2e/kills.ts");
  const most = 20;
  console.log(`the browser killed ${most} times in the middle of a recording, each time in the same profile`);
  const told = ({ frames, missing, lost }: Kept): string =>
    `${frames} frames kept, ${missing} missing between them, ${lost} ms lost`;
  const kills = await killRepeatedly(most, ({ camera, viewer, after }) =>
    console.log(
      `killed after ${(after / 1000).toFixed(1)} s, both incomplete: at the camera ${told(camera)}; at the viewer ${told(viewer)}`,
    ),
  );
  const worst = Math.max(...kills.flatMap(({ camera, viewer }) => [camera.lost, viewer.lost]));
  console.log(
    `${kills.length} kills: every recording listed, incomplete and never changed; at most ${worst} ms lost`,
  );
};

const soak = async (): Promise<void> => {
  const { soak: run, checkSoak } = await import("../test/e2e/soak.ts");
  console.log(`picture and sound for ${soakSeconds} s`);
  const stretches = await run(soakSeconds, ({ delay, sound, memory }) =>
    console.log(
      `picture ${delay.toFixed(0)} ms late, ${sound.toFixed(0)} ms of sound waiting, ${memory.toFixed(0)} MiB`,
    ),
  );
  if (soakSeconds >= 300) checkSoak(stretches);
};

/** In a process of its own: it runs this very repository's tests in a copy. */
const removeChecks = (): void => {
  const script = fileURLToPath(new URL("without-checks.ts", import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
};

buildSensor();
if (isWanted("fuzz")) {
  await fuzzRecordings();
  await fuzzDisclosedPictures();
  await fuzzMemoryCards();
}
if (isWanted("cbor")) await fuzzDecoder();
if (isWanted("kernels")) await compare();
if (isWanted("kills") || isWanted("soak")) {
  process.env.CHROMIUM = chromium();
  buildApp();
  buildEdge();
  if (isWanted("kills")) await kill();
  if (isWanted("soak")) await soak();
}
if (isWanted("checks")) removeChecks();
console.log(`all of it in ${seconds(began)} s`);
