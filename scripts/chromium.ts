import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const find = (): string | null => {
  const asked = process.env.CHROMIUM;
  if (asked) return runs(asked) ? asked : null;
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)));
  return [...onPath, ...elsewhere].find(runs) ?? null;
};

/** The browser the tests run in: found, installed on Debian when root, or a clear sentence and exit 1. */
export const chromium = (): string => {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version") && !process.env.CHROMIUM) {
    console.log("No Chromium found: installing Debian's package.");
    const quiet = {
      stdio: ["ignore", "ignore", "inherit"] as const,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-qq"], { ...quiet, stdio: [...quiet.stdio] });
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], { ...quiet, stdio: [...quiet.stdio] });
    const installed = find();
    if (installed) return installed;
  }
  console.error(
    process.env.CHROMIUM
      ? `CHROMIUM names "${process.env.CHROMIUM}", which is not a program that can be started.`
      : "The tests need Chromium, Chrome or Edge. Install one (on Debian: sudo apt-get install chromium) or name it: CHROMIUM=/path/to/chrome npm test",
  );
  process.exit(1);
};

/** Flags every test browser starts with: a fake camera, and nothing that asks the network. */
export const chromiumFlags: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];
