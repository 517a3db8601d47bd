import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, calmCamera, pair, startApp, startCamera, untilLive, untilStill, view } from "./app.ts";
import { insertNewCard, insertPaired } from "./inserted.ts";
import { tells } from "./sentences.ts";

declare global {
  /** In pages that were prepared: every track there ever was, how many workers were started, and whether they load. */
  var seen: {
    readonly tracks: MediaStreamTrack[];
    workers: number;
    opening: number;
    isBroken: boolean;
    isMute: boolean;
  };
}

/** Collects tracks and workers, before the page's own scripts run. */
const watched = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const seen = { tracks: [] as MediaStreamTrack[], workers: 0, opening: 0, isBroken: false, isMute: false };
    globalThis.seen = seen;
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wish) => {
      seen.opening += 1;
      try {
        const stream = await getUserMedia(wish);
        seen.tracks.push(...stream.getTracks());
        return stream;
      } finally {
        // Whoever asked is told first, and may end it.
        setTimeout(() => {
          seen.opening -= 1;
        }, 100);
      }
    };
    const { clone } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
      const track = clone.call(this);
      seen.tracks.push(track);
      return track;
    };
    const Real = Worker;
    globalThis.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(seen.isBroken ? "/assets/nothing.js" : url, options);
        seen.workers += 1;
      }
    };
    const Processor = MediaStreamTrackProcessor as unknown as new (init: unknown) => object;
    class Mutable extends Processor {
      constructor(init: unknown) {
        super(init);
        if (seen.isMute) Object.defineProperty(this, "readable", { value: new ReadableStream() });
      }
    }
    Object.assign(globalThis, { MediaStreamTrackProcessor: Mutable });
  });
};
const tracksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => seen.tracks.map(({ readyState }) => readyState));
/** A person follows a link of the app: the page's model ends, the tab lives on. */
const leave = async (page: Page): Promise<void> => {
  await page
    .locator('a[href="/cards"]')
    .first()
    .evaluate((link: HTMLElement) => link.click());
  await page.waitForURL(/\/cards$/);
};
/** Waits until so many tracks live and none is being opened; fails with what lives otherwise. */
const untilLiving = async (page: Page, count: number, what: string): Promise<void> => {
  await page
    .waitForFunction(
      (wanted) =>
        seen.opening === 0 && seen.tracks.filter(({ readyState }) => readyState === "live").length === wanted,
      count,
    )
    .catch(async () => assert.fail(`${what}: ${await tracksOf(page)}, not ${count} live`));
};

describe("the camera is off when it should be", () => {
  let app: App;
  before(async () => {
    app = await startApp({ flags: [calmCamera] });
    await insertPaired(app);
  });
  after(() => app.close());

  const open = async (): Promise<Page> => {
    const page = await app.open("/camera", watched);
    await page.getByRole("button", { name: en.camera.start }).waitFor();
    return page;
  };
  const start = async (page: Page): Promise<void> => {
    await page.getByRole("button", { name: en.camera.start }).click();
    await page.getByRole("button", { name: en.camera.stop, exact: true }).waitFor();
  };

  it("after Stop only the preview's own track lives; after leaving, none", async () => {
    const page = await open();
    for (let run = 0; run < 2; run += 1) {
      await start(page);
      await untilLiving(page, 2, "the preview's and the sealed one");
      await page.getByRole("button", { name: en.camera.stop, exact: true }).click();
      await page.getByRole("button", { name: en.camera.start }).waitFor();
      await untilLiving(page, 1, "the preview's");
    }
    await leave(page);
    await untilLiving(page, 0, "none");
    await page.close();
  });

  it("the microphone's track lives only while sound is sent: not after it is turned off, nor Stop, nor leaving, nor a failure", async () => {
    const page = await open();
    const untilHearing = async (count: number, what = "sound"): Promise<void> => {
      await page
        .waitForFunction(
          (wanted) =>
            seen.tracks.filter(({ kind, readyState }) => kind === "audio" && readyState === "live").length ===
            wanted,
          count,
        )
        .catch(() => assert.fail(`${what}: not ${count} live`));
    };
    const sound = async (): Promise<void> => {
      await page.getByRole("button", { name: en.live.camera.sendSound }).click();
      await page.locator('[data-role="hears"]').waitFor();
      await untilHearing(1);
    };
    await start(page);
    await untilHearing(0, "not before somebody wants it");
    await sound();
    await page.getByRole("button", { name: en.live.camera.stopSound }).click();
    await untilHearing(0, "turned off");
    await sound();
    await page.getByRole("button", { name: en.camera.stop, exact: true }).click();
    await page.getByRole("button", { name: en.camera.start }).waitFor();
    await untilHearing(0, "after Stop");
    // Sound was on, so it is on again.
    await start(page);
    await page.locator('[data-role="hears"]').waitFor();
    const other = await startCamera(app);
    await tells(page, "camera-elsewhere");
    await untilLiving(page, 0, "after a failure");
    await other.close();
    await page.getByRole("button", { name: en.actions.retry }).click();
    await page.getByRole("button", { name: en.camera.start }).waitFor();
    await start(page);
    await sound();
    await leave(page);
    await untilLiving(page, 0, "after leaving");
    await page.close();
    const hurried = await open();
    await start(hurried);
    await hurried.getByRole("button", { name: en.live.camera.sendSound }).click();
    await leave(hurried);
    await untilLiving(hurried, 0, "left while it was opened");
    await hurried.close();
  });

  it("left while it runs, and while it starts: none", async () => {
    const page = await open();
    await start(page);
    await leave(page);
    await untilLiving(page, 0, "none");
    await page.close();
    const hurried = await open();
    await hurried.getByRole("button", { name: en.camera.start }).click();
    await leave(hurried);
    await untilLiving(hurried, 0, "none");
    await hurried.close();
  });

  it("paired anew with another hub: the stream ends with these words, and no track lives", async () => {
    const page = await open();
    await start(page);
    const viewer = await view(app);
    await untilLive(viewer);
    await pair(app, "Home", "Front door");
    await tells(page, "camera-repaired");
    await untilLiving(page, 0, "none");
    await page.getByRole("button", { name: en.actions.retry }).click();
    await start(page);
    await page.close();
    await viewer.close();
  });

  it("started in another tab: none lives in this one", async () => {
    const page = await open();
    await start(page);
    const other = await startCamera(app);
    await tells(page, "camera-elsewhere");
    await untilLiving(page, 0, "none");
    await page.close();
    await other.close();
  });

  it("a device that gives no picture: it says so after ten seconds, and none lives", async () => {
    const page = await open();
    await page.evaluate(() => {
      seen.isMute = true;
    });
    await page.getByRole("button", { name: en.camera.start }).click();
    await tells(page, "camera-silent");
    await untilLiving(page, 0, "none");
    await page.evaluate(() => {
      seen.isMute = false;
    });
    await page.getByRole("button", { name: en.actions.retry }).click();
    await start(page);
    await page.close();
  });
});

describe("a worker that does not load", () => {
  let app: App;
  before(async () => {
    app = await startApp({ flags: [calmCamera] });
    await insertNewCard(app);
  });
  after(() => app.close());

  for (const path of ["/camera", "/viewer"]) {
    it(`${path}: is not started again and again, but once for each try of the person`, async () => {
      const page = await app.open("/", watched);
      await page.evaluate(() => {
        seen.isBroken = true;
      });
      await page
        .locator(`a[href="${path}"]`)
        .first()
        .evaluate((link: HTMLElement) => link.click());
      const workers = (): Promise<number> => page.evaluate(() => seen.workers);
      await tells(page, "worker-dead");
      assert.equal(await untilStill(workers, 1_500), 1);
      await page.getByRole("button", { name: en.actions.retry }).click();
      await page.waitForFunction(() => seen.workers === 2);
      await tells(page, "worker-dead");
      assert.equal(await untilStill(workers, 1_500), 2);
      await page.evaluate(() => {
        seen.isBroken = false;
      });
      await page.getByRole("button", { name: en.actions.retry }).click();
      if (path === "/viewer") await page.getByLabel(/^Password of/).waitFor();
      else await tells(page, "camera-not-paired");
      assert.equal(await page.evaluate(() => seen.workers), 3);
      await page.close();
    });
  }
});
