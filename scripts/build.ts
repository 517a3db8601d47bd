import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostHeaders } from "./host-headers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** Runs one of our tools by its file, so that no shell and no PATH is involved; throws with its output. */
const tool = (file: string, ...args: string[]): void => {
  const result = spawnSync(process.execPath, [file, ...args], { cwd: root, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${args.join(" ")}\n${result.stdout}${result.stderr}`);
};

/** `assembly/` → `build/array-sensor.wasm`. */
export const buildSensor = (): void =>
  tool(
    join(dirname(require.resolve("assemblyscript/package.json")), "bin/asc.js"),
    ...["--config", "asconfig.json", "--target", "release"],
  );

const vite = (config: string): void =>
  tool(
    join(dirname(require.resolve("vite/package.json")), "bin/vite.js"),
    ...["build", "--config", config, "--logLevel", "warn"],
  );

/** The folder stays: a server that runs has it open. */
const empty = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
};

/** Page, workers and service worker → `dist/`. */
export const buildApp = (): void => {
  empty(join(root, "dist"));
  vite("scripts/vite.config.ts");
};

/** The same for a host of files without a server → `build/alone/`, with the headers it has to say in `_headers`. */
export const buildAlone = async (): Promise<void> => {
  rmSync(join(root, "build/alone"), { recursive: true, force: true });
  vite("scripts/vite.alone.config.ts");
  const words = (await hostHeaders()).map(([name, value]) => `  ${name}: ${value}\n`);
  writeFileSync(join(root, "build/alone/_headers"), `/*\n${words.join("")}  cache-control: no-cache\n`);
};

/** `edge/` → `build/edge/worker.js`. */
export const buildEdge = (): void => vite("scripts/vite.edge.config.ts");

// Not `import.meta.main`, which the oldest Node in package.json does not know.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== "--alone")) {
    console.error(`npm run build takes --alone and nothing else, got "${args.join(" ")}".`);
    process.exit(2);
  }
  buildSensor();
  if (args.includes("--alone")) await buildAlone();
  else {
    buildApp();
    buildEdge();
  }
}
