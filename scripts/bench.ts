import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium as playwright } from "playwright-core";
import { build } from "vite";
import { benchVerify } from "./bench-verify.ts";
import { buildSensor } from "./build.ts";
import { chromium, chromiumFlags } from "./chromium.ts";

/** `npm run bench [-- --json FILE]`: ours beside its peers in one run; medians over fresh browsers, as ratios. */
const browsers = 5;
const { values: options } = parseArgs({ options: { json: { type: "string" } } });

/** The bench's worker as one script. */
const script = async (): Promise<string> => {
  const entry = fileURLToPath(new URL("../test/bench/kernels.worker.ts", import.meta.url));
  const lib = { entry, formats: ["iife" as const], name: "bench" };
  const built = await build({ configFile: false, logLevel: "error", build: { write: false, lib } });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !("output" in output)) throw new Error("vite built nothing");
  return output.output[0].code;
};

type Figures = Record<string, Record<string, number>>;

/** One fresh browser with a fresh profile: its medians in ms a frame. */
const runOnce = async (code: string, wasm: string): Promise<Figures> => {
  const profile = await mkdtemp(join(tmpdir(), "sealcam-bench-"));
  const browser = await playwright.launchPersistentContext(profile, {
    executablePath: chromium(),
    args: [...chromiumFlags],
  });
  try {
    const page = await browser.newPage();
    // WebCrypto wants a secure context; a page of our own on localhost is one, and nothing is fetched.
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto("http://localhost/");
    return await page.evaluate(
      ([source = "", module = ""]) =>
        new Promise<Figures>((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(Uint8Array.from(atob(module), (one) => one.charCodeAt(0)));
        }),
      [code, wasm],
    );
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

buildSensor();
const code = await script();
const wasm = await readFile(new URL("../build/array-sensor.wasm", import.meta.url), "base64");
const runs: Figures[] = [];
for (let at = 0; at < browsers; at += 1) runs.push(await runOnce(code, wasm));

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

const { name, peer, unit, turns } = await benchVerify();
const verifying = {
  name,
  peer,
  ours: rounded(median(turns.map(({ ours }) => ours))),
  theirs: rounded(median(turns.map(({ theirs }) => theirs))),
  ratio: rounded(median(turns.map(({ ours, theirs }) => ours / theirs))),
  unit,
};
const rows = [...kernels, verifying];
console.table(rows);
console.log(
  `medians over ${browsers} fresh browsers, and over ${turns.length} turns of verifying; ratio > 1: ours is faster`,
);
if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
