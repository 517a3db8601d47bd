import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page, Worker } from "playwright-core";
import {
  type App,
  type AppOptions,
  makeCard,
  pair,
  shownOn,
  startApp,
  startCamera,
  untilLive,
  view,
} from "../test/e2e/app.ts";
import { median } from "./bench-browser.ts";
import type { RoomRow } from "./bench-rooms.ts";
import { buildApp, buildEdge, buildSensor } from "./build.ts";

/** One raw frame in the camera's worker, from the first look at its pixels to its signature. */
interface SealedRaw {
  readonly ms: number;
  /** When the capture device took it, µs. */
  readonly stamp: number;
}

/** Between two pictures of a camera that makes 30 a second. ms */
const interval = 1000 / 30;
const flags = ["--use-fake-device-for-media-stream=fps=30"];

declare global {
  /** What the camera's worker was told to note. */
  var noted: SealedRaw[];
}

/**
 * Runs in the camera's worker, which is the app's own: copying begins when the pixels are asked for, and the signature that comes next after they
 * are there is this frame's, with encryption and tree in between.
 */
const note = (): void => {
  globalThis.noted = [];
  const { copyTo } = VideoFrame.prototype;
  const { sign } = SubtleCrypto.prototype;
  let copied: { begun: number; stamp: number } | null = null;
  VideoFrame.prototype.copyTo = async function (...asked) {
    const one = { begun: performance.now(), stamp: this.timestamp };
    const layout = await copyTo.apply(this, asked);
    copied = one;
    return layout;
  };
  SubtleCrypto.prototype.sign = async function (...asked: Parameters<typeof sign>) {
    const one = copied;
    copied = null;
    const signature = await sign.apply(this, asked);
    if (one) globalThis.noted.push({ ms: performance.now() - one.begun, stamp: one.stamp });
    return signature;
  };
};

/** The app asks for 720p; this asks for more in its place. */
const wishFor = async (context: BrowserContext, width: number, height: number): Promise<unknown> =>
  context.addInitScript(
    ([wide, high]) => {
      const { getUserMedia } = MediaDevices.prototype;
      MediaDevices.prototype.getUserMedia = function (asked) {
        const { video } = asked ?? {};
        const size = { width: { ideal: wide ?? 0 }, height: { ideal: high ?? 0 } };
        return getUserMedia.call(
          this,
          typeof video === "object" ? { ...asked, video: { ...video, ...size } } : asked,
        );
      };
    },
    [width, height],
  );

/** Nobody is served by a bench that breaks off because the machine is slow. ms */
const patience = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const notedIn = (worker: Worker): Promise<SealedRaw[]> => worker.evaluate(() => globalThis.noted);

/** Starts the camera, notes what its worker does, and opens a viewer that wants every pixel. */
const startRaw = async (app: App): Promise<{ camera: Page; viewer: Page; worker: Worker }> => {
  app.context.setDefaultTimeout(patience);
  const camera = await startCamera(app);
  const worker = camera.workers().find((one) => one.url().includes("camera.worker"));
  if (!worker) throw new Error("the camera page has no worker of its own");
  await worker.evaluate(note);
  const viewer = await view(app, { quality: "lossless" });
  await untilLive(viewer, 5);
  return { camera, viewer, worker };
};

/** A browser in which camera and card are paired; killed and opened again, it is fresh. */
const paired = async (options: AppOptions): Promise<App> => {
  const app = await startApp(options);
  app.context.setDefaultTimeout(patience);
  await makeCard(app);
  await pair(app);
  return app;
};

/** Median share of the interval that a frame of this size takes from its copy to its signature, in each of so many fresh browsers. % */
const shares = async (width: number, height: number, turns: number, frames = 150): Promise<number[]> => {
  let app = await paired({ flags });
  const found: number[] = [];
  try {
    while (found.length < turns) {
      const { home } = await app.kill();
      app = await startApp({ home, flags });
      await wishFor(app.context, width, height);
      const { worker, viewer } = await startRaw(app);
      // The first ones are compiled while they are sealed.
      await untilSealed(worker, 60 + frames);
      const size = await viewer.locator('[data-role="picture"]').evaluate((canvas) => {
        const { width: wide, height: high } = canvas as HTMLCanvasElement;
        return `${wide} × ${high}`;
      });
      if (size !== `${width} × ${height}`) throw new Error(`the camera gave ${size}`);
      const times = (await notedIn(worker)).slice(60, 60 + frames).map(({ ms }) => ms);
      found.push((100 * median(times)) / interval);
    }
  } finally {
    await app.close();
  }
  return found;
};

const untilSealed = async (worker: Worker, count: number): Promise<void> => {
  while ((await worker.evaluate(() => globalThis.noted.length)) < count) await pause(100);
};

/** What Linux says that all of the browser's processes hold; NaN elsewhere. MB */
const memoryOf = async (context: BrowserContext): Promise<number> => {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  await session?.detach();
  const sizes = processInfo.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1000;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + (Number.isNaN(size) ? 0 : size), 0);
};

/** What a minute of raw pictures from one tab to another was like. */
export interface Minute {
  readonly sealed: number;
  readonly drawn: number;
  /** Pictures that the device took and the camera's worker never saw, by their times. */
  readonly unseen: number;
  /** After ten seconds, and after every ten more. MB */
  readonly memory: readonly number[];
}

/** Raw 720p, 30 a second, from a camera's tab to a viewer's: sealed, opened, judged and drawn. */
export const rawMinute = async (seconds = 60): Promise<Minute> => {
  const app = await paired({ flags });
  try {
    const { camera, viewer, worker } = await startRaw(app);
    const memory: number[] = [];
    for (let at = 10; at <= seconds; at += 10) {
      await pause(10_000);
      memory.push(await memoryOf(app.context));
    }
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    // The end comes behind the last frame: what is not drawn when it is shown never will be.
    await viewer.locator('[data-role="guarantee"][data-live="no"]').waitFor();
    const { frames: drawn } = await shownOn(viewer);
    const noted = await notedIn(worker).catch(() => []);
    const stamps = noted.map(({ stamp }) => stamp);
    const missed = (from: number, to: number): number =>
      Math.max(0, Math.round((to - from) / 1000 / interval) - 1);
    const unseen = stamps.slice(1).reduce((sum, stamp, at) => sum + missed(stamps[at] ?? stamp, stamp), 0);
    return { sealed: noted.length, drawn, unseen, memory };
  } finally {
    await app.close();
  }
};

const alone = { peer: "-", theirs: Number.NaN, ratio: Number.NaN };

/** The live rows of the bench: no peer does the same. */
export const benchLive = async (turns: number): Promise<RoomRow[]> => {
  const rows: RoomRow[] = [];
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
  ] as const) {
    const ours = median(await shares(width, height, turns));
    rows.push({
      ...alone,
      name: `live ${height}p: copy, encrypt, tree and sign, of an interval`,
      ours,
      unit: "%",
    });
  }
  const { sealed, drawn, unseen, memory } = await rawMinute();
  const [first = Number.NaN, last = Number.NaN] = [memory[0], memory.at(-1)];
  return [
    ...rows,
    { ...alone, name: "raw 720p for 60 s, tab to tab: sealed", ours: sealed, unit: "frames" },
    {
      ...alone,
      name: "raw 720p for 60 s, tab to tab: sealed and not drawn",
      ours: sealed - drawn,
      unit: "frames",
    },
    { ...alone, name: "raw 720p for 60 s, tab to tab: taken and not sealed", ours: unseen, unit: "frames" },
    { ...alone, name: "raw 720p, memory after 10 s", ours: first, unit: "MB" },
    { ...alone, name: "raw 720p, memory after 60 s", ours: last, unit: "MB" },
  ];
};

// `node scripts/bench-live.ts [TURNS]`: these alone.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildSensor();
  buildApp();
  buildEdge();
  console.table(await benchLive(Number(process.argv[2] ?? 5)));
}
