import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { overheads } from "../test/bench/overhead.ts";
import { benchRun, benchScript, median } from "./bench-browser.ts";
import { benchCodecs } from "./bench-codecs.ts";
import { benchFirstPicture } from "./bench-first-picture.ts";
import { benchLive } from "./bench-live.ts";
import { benchCore, benchRooms } from "./bench-rooms.ts";
import { benchVerify, benchVerifyCoded, type VerifyRuns } from "./bench-verify.ts";
import { buildApp, buildEdge, buildSensor } from "./build.ts";

/** `npm run bench [-- --json FILE]`: ours beside its peers in one run; medians over fresh browsers, as ratios. */
const browsers = 5;
const { values: options } = parseArgs({ options: { json: { type: "string" } } });

type Figures = Record<string, Record<string, number>>;

buildSensor();
buildApp();
buildEdge();
const code = await benchScript("kernels.worker.ts");
const wasm = await readFile(new URL("../build/array-sensor.wasm", import.meta.url), "base64");
const runs: Figures[] = [];
for (let at = 0; at < browsers; at += 1) runs.push(await benchRun<Figures>(code, wasm));

const rounded = (value = 0, digits = 3): number => Number(value.toPrecision(digits));

const kernels = Object.entries(runs[0] ?? {}).flatMap(([name, contenders]) =>
  Object.keys(contenders)
    .filter((peer) => peer !== "ours")
    .map((peer) => {
      const [ours, theirs] = ["ours", peer].map((who) => median(runs.map((run) => run[name]?.[who] ?? 0)));
      // A ratio within each browser, then the median of those: both saw the same machine.
      const ratio = median(runs.map((run) => (run[name]?.[peer] ?? 0) / (run[name]?.ours ?? 1)));
      return {
        name,
        peer,
        ours: rounded(ours),
        theirs: rounded(theirs),
        ratio: rounded(ratio),
        unit: "ms/frame",
      };
    }),
);

const codecs = (await benchCodecs(browsers)).map((row) => ({
  ...row,
  ours: rounded(row.ours),
  theirs: rounded(row.theirs),
  ratio: rounded(row.ratio),
}));

const verifying = ({ name, peer, unit, turns }: VerifyRuns) => ({
  ...{ name, peer },
  ours: rounded(median(turns.map(({ ours }) => ours))),
  theirs: rounded(median(turns.map(({ theirs }) => theirs))),
  ratio: rounded(median(turns.map(({ ours, theirs }) => ours / theirs))),
  unit,
});

/** Bytes, not time: the same on every machine. SFrame adds fewer, and signs nothing. */
const adding = (await overheads()).map(({ name, share, sframe }) => ({
  ...{ name: `bytes sealing adds to ${name}`, peer: "SFrame (RFC 9605), unsigned" },
  ...{ ours: rounded(share * 100), theirs: rounded(sframe * 100), ratio: rounded(sframe / share), unit: "%" },
}));
/** Through a room more is better, and the ratio is ours to theirs. What has no peer has no ratio. */
const across = [
  ...(await benchFirstPicture(browsers)),
  ...(await benchLive(browsers)),
  ...(await benchRooms(browsers)),
  ...(await benchCore(10_000)),
];
const rooms = across.map((row) => ({
  ...row,
  ours: rounded(row.ours),
  theirs: rounded(row.theirs),
  ratio: rounded(row.ratio),
}));
const rows = [
  ...rooms,
  ...kernels,
  ...codecs,
  verifying(await benchVerify()),
  verifying(await benchVerifyCoded()),
  ...adding,
];
console.table(rows);
console.log(
  `medians over ${browsers} fresh browsers, and over as many turns of verifying; ratio > 1: ours is better; ${availableParallelism()} cores, whose load was ${loadavg()[2]?.toFixed(1)} in the last quarter of an hour`,
);
if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
