import "./webcrypto.ts"; // before anything else is loaded
import { parseArgs } from "node:util";
import { buildSensor } from "./build.ts";

/** `npm run nightly [-- --files N] [--seed N]`: as many damaged recordings as nobody wants to wait for by day. Exit 1 at the first that is judged wrong. */
const { values: given } = parseArgs({ options: { files: { type: "string" }, seed: { type: "string" } } });
const wanted = Number(given.files ?? 100_000);
const seed = Number(given.seed ?? Date.now() % 2 ** 31);
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(seed)) {
  console.error("--files and --seed want whole numbers.");
  process.exit(2);
}

buildSensor();
const { fuzz } = await import("../test/verify/fuzz.ts");
console.log(`${wanted} damaged recordings, seed ${seed}`);
const began = performance.now();
const onfile = (done: number): void => {
  if (process.stdout.isTTY && done % 500 === 0) process.stdout.write(`\r${done}`);
};
const { files, guaranteed, reasons } = await fuzz(wanted, { seed, onfile });
const seconds = ((performance.now() - began) / 1000).toFixed(0);
const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
if (process.stdout.isTTY) process.stdout.write("\r");
console.log([...reasons].map(([reason, count]) => `${reason} ${count}`).join(", "));
console.log(
  `${files} files in ${seconds} s, at most ${peak} MiB: ${guaranteed} guaranteed, each the camera's own items with every gap named; no crash`,
);
