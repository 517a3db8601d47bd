import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Change, type Check, checks } from "../test/checks/index.ts";
import { buildSensor } from "./build.ts";

/**
 * `npm run without-checks [-- WORD …]`: takes each check of `test/checks/` out of a copy of the source, one at a time, and runs the test that
 * must fail without it. A line for each; exit 1 when one can be taken out unnoticed, or when its text is not found. With words, only
 * the checks whose file or name holds one of them.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
/** Inside the repository, so that packages are found above it; nothing is linked, and git does not see it. */
const place = join(root, "build", `without-${process.pid}`);
const words = process.argv.slice(2);
const wanted = checks.filter(
  ({ file, what }) => words.length === 0 || words.some((word) => file.includes(word) || what.includes(word)),
);
/** No test takes as long, unless it hangs. ms */
const patience = 120_000;
const copied = [
  "src",
  "sw",
  "test",
  "scripts",
  "assembly",
  "docs",
  "package.json",
  "tsconfig.json",
  "README.md",
];

/** A copy of what tests need. */
const copy = (name: string): string => {
  const directory = join(place, name);
  mkdirSync(join(directory, "build"), { recursive: true });
  for (const one of copied) cpSync(join(root, one), join(directory, one), { recursive: true });
  cpSync(join(root, "build/array-sensor.wasm"), join(directory, "build/array-sensor.wasm"));
  return directory;
};

/** Takes the changes' texts out; gives what puts them back. Throws where one does not stand exactly once. */
const takeOut = (directory: string, changes: readonly Change[]): (() => void) => {
  const before = new Map<string, string>();
  for (const { file, text, instead } of changes) {
    const path = join(directory, file);
    const now = readFileSync(path, "utf8");
    if (now.split(text).length !== 2) throw new Error(`${file} does not hold exactly once: ${text}`);
    if (!before.has(path)) before.set(path, now);
    writeFileSync(
      path,
      now.replace(text, () => instead),
    );
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
};

type Ran = "passed" | "failed" | "hung" | "not run";

/** How the tests with this title ended; several may have it, in suites of their own. */
const endOf = (report: string, title: string): Ran => {
  const escaped = title.replace(/[\\#]/g, "\\$&");
  const lines = report
    .split("\n")
    .filter((one) => /^ *(not )?ok \d+ - /.test(one) && one.includes(escaped) && !one.includes("# SKIP"));
  if (lines.length === 0) return "not run";
  return lines.some((line) => /^ *not ok/.test(line)) ? "failed" : "passed";
};

/** Runs the tests of one file that have these titles; "not run" where none has it, or where the file ended before it could say so. */
const run = (directory: string, file: string, titles: readonly string[]): Promise<Ran[]> =>
  new Promise((resolve, reject) => {
    const patterns = titles.map(
      (title) => `--test-name-pattern=${title.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}`,
    );
    // As scripts/test.ts does it: all but one file on the second WebCrypto.
    const webcrypto = file.endsWith("-native.test.ts")
      ? []
      : ["--import", join(directory, "test/base/install-peculiar.ts")];
    const isBrowser = file.endsWith(".browser.ts");
    const args = isBrowser
      ? ["scripts/browser-tests.ts", file, ...titles]
      : [...webcrypto, "--test-reporter=tap", ...patterns, file];
    const child = spawn(process.execPath, args, {
      cwd: directory,
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(place, "cache") },
    });
    let report = "";
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      child.kill(isBrowser ? "SIGTERM" : "SIGKILL");
    }, patience);
    child.stdout.on("data", (chunk: Buffer) => {
      report += chunk;
    });
    child.once("error", reject);
    child.once("close", () => {
      clearTimeout(timer);
      resolve(titles.map((title) => (hung ? "hung" : endOf(report, title))));
    });
  });

/** What is wrong with a check, or null where its test notices that it is gone. */
const judge = async (directory: string, check: Check): Promise<string | null> => {
  const { behind, test } = check;
  const without = async (changes: readonly Change[]): Promise<Ran> => {
    const putBack = takeOut(directory, changes);
    const [ran = "not run"] = await run(directory, test.file, [test.title]);
    putBack();
    return ran;
  };
  const alone = behind ? await without([behind]) : "passed";
  if (alone !== "passed") return `${alone} when only the check before it is gone`;
  const ran = await without(behind ? [behind, check] : [check]);
  if (ran === "passed") return "nobody notices";
  return ran === "not run" ? "the test did not come to run" : null;
};

/** Tests that do not pass with every check in its place: that they fail would prove nothing. */
const unsound = async (directory: string, file: string): Promise<string[]> => {
  const titles = [...new Set(wanted.filter(({ test }) => test.file === file).map(({ test }) => test.title))];
  const ran = await run(directory, file, titles);
  return titles.flatMap((title, at) =>
    ran[at] === "passed" ? [] : [`${file}: "${title}": ${ran[at]}, with every check in its place`],
  );
};

/** Each of the list in one of two copies, two at a time. */
const inTwo = async <T>(
  list: readonly T[],
  act: (directory: string, one: T) => Promise<void>,
): Promise<void> => {
  const rest = [...list];
  const work = async (directory: string): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(directory, one);
  };
  await Promise.all([copy("one"), copy("two")].map(work));
};

const began = performance.now();
const unnoticed: string[] = [];
try {
  buildSensor();
  await inTwo([...new Set(wanted.map(({ test }) => test.file))], async (directory, file) => {
    unnoticed.push(...(await unsound(directory, file)));
  });
  await inTwo(wanted, async (directory, check) => {
    const { file, what, test } = check;
    const wrong = await judge(directory, check).catch((error: unknown) => String(error));
    console.log(
      `${wrong === null ? "noticed" : `NOT: ${wrong}`}  ${file}: ${what}  (${test.file}: ${test.title})`,
    );
    if (wrong !== null) unnoticed.push(`${file}: ${what}: ${wrong}`);
  });
} finally {
  rmSync(place, { recursive: true, force: true });
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
for (const line of unnoticed) console.log(line);
console.log(
  `${wanted.length} checks taken out, one at a time, in ${seconds} s: ${unnoticed.length === 0 ? "each is missed by its test" : `${unnoticed.length} WRONG`}`,
);
process.exit(unnoticed.length === 0 && wanted.length > 0 ? 0 : 1);
