import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { startTestRunner } from "@web/test-runner";
import { buildApp, buildEdge, buildSensor } from "./build.ts";
import { chromium } from "./chromium.ts";

/**
 * `npm test [-- PART …]`: everything, or only the tests whose path contains one of the words. First what runs in
 * Node and, beside it, what needs a browser; then whole tabs against the built app. Ends with the one line tools read.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const wanted = process.argv.slice(2);
const files = (pattern: string): string[] =>
  globSync(pattern)
    .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
    .sort();

const total = { passed: 0, failed: 0, skipped: 0 };
/** How long each file took in Node, ms. */
const took = new Map<string, number>();

const inNode = async (paths: string[], concurrency: number, execArgv: string[] = []): Promise<void> => {
  if (paths.length === 0) return;
  const stream = run({ files: paths, concurrency, timeout: 400_000, execArgv });
  stream.on("test:pass", ({ skip, details }) => {
    if (details.type === "suite") return;
    if (skip === undefined) total.passed += 1;
    else total.skipped += 1;
  });
  stream.on("test:fail", () => {
    total.failed += 1;
  });
  stream.on("test:summary", ({ file, duration_ms }) => {
    if (file !== undefined) took.set(relative(root, file), duration_ms);
  });
  const report = stream.compose(spec);
  for await (const chunk of report) process.stdout.write(chunk as string);
};

/** Those that take long before the others, so that none of them is alone at the end. */
const first = (paths: readonly string[], long: RegExp): string[] => [
  ...paths.filter((path) => long.test(path)),
  ...paths.filter((path) => !long.test(path)),
];

const inBrowser = async (paths: string[]): Promise<void> => {
  if (paths.length === 0) return;
  const runner = await startTestRunner({
    config: (await import("../test/web-test-runner.config.ts")).configure(paths),
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  if (!runner) throw new Error("web-test-runner did not start");
  await new Promise<void>((resolve) => runner.on("finished", () => resolve()));
  for (const session of runner.sessions.all()) {
    let counted = 0;
    const count = (suite: NonNullable<typeof session.testResults>): void => {
      for (const test of suite.tests) {
        counted += 1;
        if (test.skipped) total.skipped += 1;
        else if (test.passed) total.passed += 1;
        else total.failed += 1;
      }
      suite.suites.forEach(count);
    };
    if (session.testResults) count(session.testResults);
    // A file that breaks before its first test must not pass as "no tests".
    if (counted === 0 || session.errors.length > 0) total.failed += 1;
  }
  await runner.stop();
};

process.env.CHROMIUM = chromium();
buildSensor();
buildApp();
buildEdge();
const all = files("test/**/*.test.ts");
const tabs = all.filter((file) => /^test\/(e2e|firefox)\//.test(file));
// In Node the modules run on @peculiar/webcrypto, but for the file that tests them on Node's own; browsers have theirs.
const native = all.filter((file) => file.endsWith("-native.test.ts"));
const others = all.filter((file) => !tabs.includes(file) && !native.includes(file));
const cores = availableParallelism();
await inNode(first(others, /\/(command|same-verdicts|fuzz|rooms|sleep)\.test\.ts$/), cores, [
  "--import",
  new URL("../test/base/install-peculiar.ts", import.meta.url).href,
]);
await inNode(native, cores);
// By themselves: they wait for a service worker and for windows, which a busy machine starts late.
await inBrowser(files("test/**/*.browser.ts"));
// What builds the app anew comes behind those that use it.
const builds = tabs.filter((file) => /\/(sample|start)\.test\.ts$/.test(file));
const long =
  /\/(attacks|viewing-pass|retention|update|coded-picture|playing|offline|bad-link|scan)\.test\.ts$/;
await inNode(
  first(
    tabs.filter((file) => !builds.includes(file)),
    long,
  ),
  cores,
);
await inNode(builds, 1);
const slowest = [...took].sort(([, a], [, b]) => b - a).slice(0, 12);
console.log(slowest.map(([file, ms]) => `${(ms / 1000).toFixed(0).padStart(5)} s  ${file}`).join("\n"));
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
