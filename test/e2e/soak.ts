import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { type App, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";

// Camera and viewer run for minutes, picture and sound. What must hold: neither comes later and later, and nothing piles up.

declare global {
  interface Window {
    /** How long each piece of sound waited before it was to be played, s. */
    readonly soundWaits: number[];
  }
}

/** What was seen within one stretch of the run. */
export interface Stretch {
  /** From the camera to the screen, the middle of what the page said. ms */
  readonly delay: number;
  /** What of the sound waited to be played, the middle. ms */
  readonly sound: number;
  /** Of all tabs and workers together; 0 where the system does not say so. MiB */
  readonly memory: number;
}

/** By which the last stretch may be worse than the first. */
export const mostLater = { delay: 100, sound: 100, memory: 64 } as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** What Linux says the browser's page processes hold. */
const memoryOf = async (context: BrowserContext): Promise<number> => {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  await session?.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer");
  const sizes = pages.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

const listening = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const waits: number[] = [];
    Object.defineProperty(window, "soundWaits", { value: waits });
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode, when = 0): void {
      waits.push(when - this.context.currentTime);
      start.call(this, when);
    };
  });
};

const stretch = async (app: App, viewer: Page, ms: number): Promise<Stretch> => {
  const delays: number[] = [];
  const end = Date.now() + ms;
  await viewer.evaluate(() => void window.soundWaits.splice(0));
  while (Date.now() < end) {
    const delay = Number(await viewer.locator('[data-role="delay"]').getAttribute("data-ms"));
    assert.ok(Number.isFinite(delay), "a delay");
    delays.push(delay);
    await pause(500);
  }
  const waits = await viewer.evaluate(() => window.soundWaits);
  assert.ok(waits.length > ms / 200, `${waits.length} pieces of sound in ${ms} ms`);
  return { delay: middle(delays), sound: 1_000 * middle(waits), memory: await memoryOf(app.context) };
};

/** Runs for `seconds`, in six stretches after one that warms up, and gives what was seen in each. */
export const soak = async (
  seconds: number,
  onstretch: (one: Stretch) => void = () => undefined,
): Promise<Stretch[]> => {
  const app = await startApp();
  try {
    await makeCard(app);
    await pair(app);
    const camera = await startCamera(app);
    const viewer = await view(app, { prepare: listening });
    await untilLive(viewer, 5);
    await viewer.getByRole("button", { name: "Turn sound on" }).click();
    await camera.getByRole("button", { name: "Send sound" }).click();
    await viewer.locator('[data-role="sound"][data-state="arriving"]').waitFor();
    const each = (1000 * seconds) / 7;
    await pause(each);
    const stretches: Stretch[] = [];
    while (stretches.length < 6) {
      const one = await stretch(app, viewer, each);
      stretches.push(one);
      onstretch(one);
    }
    await untilLive(viewer, 1);
    assert.deepEqual(app.errors, []);
    return stretches;
  } finally {
    await app.close();
  }
};

/** Fails where the last stretch is worse than the first by more than may be. */
export const checkSoak = (stretches: readonly Stretch[]): void => {
  const [first, last] = [stretches[0], stretches.at(-1)];
  assert.ok(first && last);
  for (const what of ["delay", "sound", "memory"] as const)
    assert.ok(
      last[what] - first[what] <= mostLater[what],
      `${what}: ${first[what].toFixed(0)} at the beginning, ${last[what].toFixed(0)} at the end`,
    );
};
