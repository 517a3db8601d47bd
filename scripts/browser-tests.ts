import { startTestRunner } from "@web/test-runner";
import { configure } from "../test/web-test-runner.config.ts";

/** `node scripts/browser-tests.ts FILE TITLE …`: the tests of one file whose titles hold one of these, in the browser; a line of TAP for each. */
const [file = "", ...titles] = process.argv.slice(2);
// The browser goes with its parent's exit, and with nothing less.
process.once("SIGTERM", () => process.exit(1));
const grep = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");
const config = configure([file]);
const runner = await startTestRunner({
  config: {
    ...config,
    testFramework: { config: { ...(config.testFramework?.config as object), grep } },
    reporters: [],
  },
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
});
if (!runner) throw new Error("web-test-runner did not start");
await new Promise<void>((resolve) => runner.on("finished", () => resolve()));
const tell = (suite: Suite): void => {
  // Who has none was not run.
  for (const { name, passed, skipped, duration } of suite.tests)
    if (skipped || duration !== undefined)
      console.log(`${passed || skipped ? "ok" : "not ok"} 1 - ${name}${skipped ? " # SKIP" : ""}`);
  suite.suites.forEach(tell);
};
type Suite = NonNullable<ReturnType<typeof runner.sessions.get>>["testResults"] & {};
for (const { testResults } of runner.sessions.all()) if (testResults) tell(testResults);
await runner.stop();
process.exit(0);
