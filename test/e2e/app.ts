import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumFlags, chromium as findChromium } from "../../scripts/chromium.ts";
import { type Secure, type Serving, serve } from "../../scripts/serve.ts";

export const password = "correct horse battery";

/** The built app on a server of its own, in a browser with an empty profile and a fake camera. */
export interface App {
  readonly origin: string;
  readonly server: Serving;
  readonly context: BrowserContext;
  /** Errors that pages or workers reported and no test expected. */
  readonly errors: string[];
  open(path: string, prepare?: (page: Page) => Promise<void>): Promise<Page>;
  stopServer(): Promise<void>;
  close(): Promise<void>;
  /** Kills the browser as a power cut does, pages, workers and all; gives where it can be opened again, and when it was (ms since 1970). */
  kill(): Promise<{ readonly home: Home; readonly at: number }>;
}

/** What outlives a browser: the server it talked to, and the profile with all that was kept. */
export interface Home {
  readonly server: Serving;
  readonly profile: string;
}

/** The browser's own words for frames that were under way in the workers of a page that is being closed. */
const framesOfClosed = "A VideoFrame was garbage collected without being closed.";

/** Gives the camera to whoever asks. */
const allowAll = "--use-fake-ui-for-media-stream";

export interface AppOptions {
  readonly flags?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
  /** The browser asks before it gives the camera, as it asks people; nobody answers, so a test has to allow it. */
  readonly asks?: boolean;
  /** The name under which the browser finds its server, instead of localhost; and how the server proves it. */
  readonly host?: string;
  readonly secure?: Secure;
  /** Where a browser was killed: its profile is opened again. */
  readonly home?: Home;
  /** Another device's browser at the same server, which is stopped by whoever started it. */
  readonly server?: Serving;
}

export const startApp = async (options: AppOptions = {}): Promise<App> => {
  const { host, secure } = options;
  const server: Serving = options.server ?? options.home?.server ?? (await serve(0, secure && { secure }));
  const origin = host === undefined ? server.origin : server.origin.replace("localhost", host);
  const named = host === undefined ? [] : [`--host-resolver-rules=MAP ${host} 127.0.0.1`];
  const profile = options.home?.profile ?? (await mkdtemp(join(tmpdir(), "sealcam-test-")));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: [
      ...chromiumFlags.filter((flag) => !(options.asks && flag === allowAll)),
      ...named,
      ...(options.flags ?? []),
    ],
    locale: "en-GB",
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? "light",
  });
  context.setDefaultTimeout(30_000);
  const errors: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => errors.push(String(error)));
    let isClosing = false;
    const close = page.close.bind(page);
    page.close = (closing) => {
      isClosing = true;
      return close(closing);
    };
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const said = message.text();
      if (!isClosing || !said.startsWith(framesOfClosed)) errors.push(said);
    });
  });
  let stopped = false;
  const stopServer = async (): Promise<void> => {
    if (!stopped) await server.stop();
    stopped = true;
  };
  return {
    origin,
    server,
    context,
    errors,
    async open(path, prepare) {
      const page = await context.newPage();
      await prepare?.(page);
      await page.goto(new URL(path, origin).href);
      return page;
    },
    stopServer,
    async close() {
      await context.close();
      if (!options.server) await stopServer();
      await rm(profile, { recursive: true, force: true });
    },
    async kill() {
      const gone = new Promise((resolve) => context.once("close", resolve));
      const own = await processOf(context);
      const at = Date.now();
      process.kill(own, "SIGKILL");
      await gone;
      return { home: { server, profile }, at };
    },
  };
};

/** The browser's own process: of the one behind this context and no other. */
const processOf = async (context: BrowserContext): Promise<number> => {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  const own = processInfo.find(({ type }) => type === "browser");
  if (!own) throw new Error("the browser does not say which process it is");
  return own.id;
};

/** `/cards`: makes a card, as a person does. */
export const makeCard = async (app: App, name = "Home", secret = password): Promise<void> => {
  const page = await app.open("/cards");
  await page.getByLabel("Name of the card").waitFor({ state: "attached" });
  const another = page.getByText("Make another card");
  if (await another.isVisible()) await another.click();
  await page.getByLabel("Name of the card").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Make the card" }).click();
  await page.getByRole("button", { name: new RegExp(`^Open.*${name}`) }).waitFor();
  await page.close();
};

/** Chooses a card where there are several, types its password and opens it. */
export const openCard = async (page: Page, name = "Home", secret = password): Promise<void> => {
  const field = page.getByLabel(/^Password of/);
  await field.waitFor();
  const choice = page.getByRole("radio", { name });
  if ((await choice.count()) > 0) await choice.check();
  await page.getByLabel(`Password of “${name}”`).fill(secret);
  await page.getByRole("button", { name: "Open the card" }).click();
};

/** The number a page shows, as machines read it. */
export const numberOn = async (page: Page): Promise<string> => {
  const number = page.locator('[data-role="camera-number"]').first();
  await number.waitFor();
  return (await number.getAttribute("data-number")) ?? "";
};

/** `/pair` with an open card, up to the link. */
export const makeLink = async (
  app: App,
  card = "Home",
  secret = password,
): Promise<{ hub: Page; link: string }> => {
  const hub = await app.open("/pair");
  await openCard(hub, card, secret);
  const link = await hub.locator('[data-role="pairing-link"]').getAttribute("href");
  assert.ok(link);
  return { hub, link };
};

/** The whole of pairing: two tabs, one number, both confirm. Gives the camera number; closes both tabs. `other`: the camera's browser, at its own server. */
export const pair = async (
  app: App,
  card = "Home",
  camera = "Front door",
  device = "",
  secret = password,
  other: App = app,
): Promise<string> => {
  const { hub, link } = await makeLink(app, card, secret);
  // At the camera's own server, which may be another one.
  const tab = await other.open(`/pair${new URL(link, app.origin).hash}`);
  await chooseDevice(tab, device);
  for (const page of [tab, hub]) await page.getByRole("button", { name: "They are the same" }).waitFor();
  const [shownHere, shownThere] = [await numberOn(tab), await numberOn(hub)];
  assert.equal(shownHere, shownThere, "both sides show the same number");
  await hub.getByLabel("Name of the camera").fill(camera);
  await hub.getByRole("button", { name: "They are the same" }).click();
  await tab.getByRole("button", { name: "They are the same" }).click();
  await hub.getByRole("link", { name: "View it" }).waitFor();
  // Where somebody is signed in, it registers the camera.
  await hub.locator('[data-role="waiting"]').waitFor({ state: "detached" });
  await tab.getByRole("link", { name: "Start the camera" }).waitFor();
  await hub.close();
  await tab.close();
  return shownHere;
};

/** The first capture device of the list, or the one whose label holds `label`. */
export const chooseDevice = async (tab: Page, label = ""): Promise<void> => {
  const device = tab.locator("sealcam-device-list button", { hasText: label }).first();
  await device.click();
};

/** `/camera`: starts sealing, with the browser's first camera or the one whose label holds `device`. */
export const startCamera = async (app: App, device = ""): Promise<Page> => {
  const page = await app.open("/camera");
  if (device) {
    await page.getByText("Choose another camera").click();
    await chooseDevice(page, device);
  }
  await page.getByRole("button", { name: "Start sealing" }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  return page;
};

export interface ViewOptions {
  readonly card?: string;
  readonly camera?: string;
  readonly secret?: string;
  /** As if it had been chosen the last time. Lossless where a test is about the sensor's own pixels and their tiles. */
  readonly quality?: "full" | "small" | "lossless";
  readonly prepare?: (page: Page) => Promise<void>;
  /** What the viewer's worker has to do without. */
  readonly lacks?: string;
}

/** `/viewer`: opens the card and the camera. */
export const view = async (app: App, options: ViewOptions = {}): Promise<Page> => {
  const {
    card = "Home",
    camera = "Front door",
    secret = password,
    quality = "full",
    prepare,
    lacks,
  } = options;
  const page = await app.open("/viewer", async (fresh) => {
    const kept = JSON.stringify({ picture: quality, framesPerSecond: 30 });
    await fresh.addInitScript((text) => localStorage.setItem("sealcam-quality", text), kept);
    await prepare?.(fresh);
  });
  if (lacks !== undefined) {
    // The worker has said which cards there are; of what it can do it is asked when a camera is watched, which is yet to come.
    await page.getByLabel(/^Password of/).waitFor();
    await withhold(page, lacks);
  }
  await openCard(page, card, secret);
  await page.getByRole("button", { name: camera }).click();
  return page;
};

/** Takes this name away from the page's worker, which has to have begun and not to have asked for it yet. */
export const withhold = async (page: Page, name: string): Promise<void> => {
  const workers = page.workers();
  assert.equal(workers.length, 1, `workers: ${workers.map((worker) => worker.url())}`);
  assert.ok(await workers[0]!.evaluate((what) => what in globalThis, name), `${name} was there`);
  assert.ok(await workers[0]!.evaluate((what) => Reflect.deleteProperty(globalThis, what), name));
};

/** `/viewer` while a camera is viewed: chooses in the sheet, as a person does. */
export const adjust = async (viewer: Page, choices: readonly (string | RegExp)[]): Promise<void> => {
  await viewer.getByRole("button", { name: "Quality" }).click();
  for (const name of choices) await viewer.getByRole("radio", { name, exact: true }).check();
  await viewer.getByRole("button", { name: "Done" }).click();
};

/** What a viewer's page says about its picture now. */
export interface Shown {
  readonly frames: number;
  readonly state: string | null;
  readonly live: string | null;
  readonly reason: string | null;
}

/** All of it at one moment. */
export const shownOn = (page: Page): Promise<Shown> =>
  page.locator('[data-role="guarantee"]').evaluate((guarantee) => {
    const picture = (guarantee.getRootNode() as ShadowRoot).querySelector('[data-role="picture"]');
    const said = (name: string): string | null => guarantee.getAttribute(`data-${name}`);
    const frames = Number(picture?.getAttribute("data-frames"));
    return { frames, state: said("state"), live: said("live"), reason: said("reason") };
  });

/** Waits until what the page says satisfies `holds`; fails with the last words otherwise. */
export const until = async (
  page: Page,
  what: string,
  holds: (shown: Shown) => boolean,
  within = 40_000,
): Promise<Shown> => {
  const end = Date.now() + within;
  await page.locator('[data-role="picture"]').waitFor({ state: "attached", timeout: within });
  for (;;) {
    const shown = await shownOn(page);
    if (holds(shown)) return shown;
    if (Date.now() > end) assert.fail(`${what}: still ${JSON.stringify(shown)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** A live, guaranteed picture with at least this many frames. */
export const untilLive = (page: Page, frames = 1, within?: number): Promise<Shown> =>
  until(
    page,
    `ST1 and live with ${frames} frames`,
    (now) => now.frames >= frames && now.state === "ST1" && now.live === "yes",
    within,
  );

/** Waits until a number has stood still for so many ms, what was under way has arrived, and gives it; fails where it goes on and on. */
export const untilStill = async (read: () => Promise<number>, ms: number): Promise<number> => {
  const end = Date.now() + 20_000;
  for (let before = await read(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const now = await read();
    if (now === before) return now;
    if (Date.now() > end) assert.fail(`it goes on: ${before}, then ${now}`);
    before = now;
  }
};

/** A fake camera of ten pictures a second, for tests to which their number does not matter: a browser has half the work. */
export const calmCamera = "--use-fake-device-for-media-stream=fps=10";

/** Presses a button that saves a file, and gives what was saved. */
export const saved = async (page: Page, button: string | RegExp): Promise<Uint8Array<ArrayBuffer>> => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).first().click(),
  ]);
  return new Uint8Array(await readFile(await download.path()));
};

/** `/viewer` while a camera is viewed: begins to record, and waits until something of it is in the file. */
export const record = async (viewer: Page): Promise<void> => {
  await viewer.getByRole("button", { name: "Record", exact: true }).click();
  await viewer.locator('[data-role="recording"]').waitFor();
};
