import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter, summaryReporter, type TestRunnerConfig } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import { chromium, chromiumFlags } from "../scripts/chromium.ts";
import { type SocketRelay, startSocketRelay } from "./relay/socket-relay.ts";

/** Says where tests find a relay behind sockets: at ROOM_SERVER, or one that runs beside them. */
const roomServer = (): NonNullable<TestRunnerConfig["plugins"]>[number] => {
  let own: SocketRelay | null = null;
  return {
    name: "room-server",
    serve: async ({ path }) => {
      if (path !== "/test/relay/room-server") return undefined;
      const elsewhere = process.env.ROOM_SERVER;
      if (elsewhere === undefined) own ??= await startSocketRelay();
      return elsewhere ?? own?.origin;
    },
    serverStop: async () => {
      await own?.close();
    },
  };
};

/**
 * All files have one tab. Its history holds fifty entries, and once it is full Chromium drops those that no person's hand brought about,
 * the newest of a test as well: who goes back there leaves the page. So who goes back comes first.
 */
const inOrder = (files: readonly string[]): string[] => {
  const goesBack = (file: string): boolean => file.endsWith("/router.browser.ts");
  return [...files.filter(goesBack), ...files.filter((file) => !goesBack(file))];
};

/** The browser tests' configuration for the given files. */
export const configure = (files: string[]): TestRunnerConfig => ({
  files: inOrder(files),
  rootDir: fileURLToPath(new URL("..", import.meta.url)),
  nodeResolve: true,
  concurrency: 1,
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: "60000" } },
  plugins: [
    // Mediabunny says in its package.json that browsers have nothing here; bundlers heed that, the test server does not.
    {
      name: "nothing-of-node",
      serve: ({ path }) => (path.endsWith("/mediabunny/dist/modules/src/node.js") ? "export {};" : undefined),
    },
    roomServer(),
    esbuildPlugin({
      ts: true,
      target: "esnext",
      tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)),
    }),
  ],
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), summaryReporter({})],
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromium(), args: [...chromiumFlags] } })],
});
