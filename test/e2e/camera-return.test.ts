import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Interruption } from "../../src/ui/models/snapshots.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, pair, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { tells } from "./sentences.ts";

declare global {
  /** In pages that were prepared: the track that the worker's frames come from, newest last. */
  var sealedTracks: MediaStreamTrack[];
}

/** Collects the tracks whose frames go to the worker. */
const watched = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    globalThis.sealedTracks = [];
    const { clone } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
      const track = clone.call(this);
      sealedTracks.push(track);
      return track;
    };
  });
};

/** The counter in the newest head that this viewer's device remembers of its only camera [SF7]. */
const counterOf = (viewer: Page): Promise<number> =>
  viewer.evaluate(async () => {
    const opening = indexedDB.open("sealcam-viewer", 1);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const asked = opening.result.transaction("heads").objectStore("heads").getAll();
    await new Promise((resolve) => {
      asked.onsuccess = resolve;
    });
    opening.result.close();
    return (asked.result as { counter: number }[])[0]!.counter;
  });

const workerOf = (page: Page) => {
  const worker = page.workers().find((one) => one.url().includes("camera.worker"));
  assert.ok(worker, "the camera has its worker");
  return worker;
};

/** An uncaught error outside of every call, as a crash of the worker looks to its page. */
const crash = (page: Page): Promise<void> =>
  workerOf(page).evaluate(() => {
    setTimeout(() => {
      throw new Error("crashed by the test");
    });
  });

/** It is gone without a word. */
const vanish = async (page: Page): Promise<void> => {
  const worker = workerOf(page);
  const gone = worker.waitForEvent("close");
  await worker.evaluate(() => void setTimeout(() => globalThis.close()));
  await gone;
};

const resize = (width: number, height: number) => (page: Page) =>
  page.evaluate((size) => sealedTracks.at(-1)!.applyConstraints(size), { width, height });

describe("a camera that is interrupted comes back by itself, as a new stream", () => {
  let app: App;
  before(async () => {
    app = await startApp();
    await makeCard(app);
    await pair(app);
  });
  after(() => app.close());

  const ways: [how: string, why: Interruption, act: (page: Page) => Promise<unknown>][] = [
    ["its worker crashes", "crashed", crash],
    ["its worker is gone without a sign", "crashed", vanish],
    ["its pictures become smaller", "resized", resize(640, 360)],
    ["it is turned", "resized", resize(360, 640)],
  ];
  for (const [how, why, act] of ways) {
    it(`${how}: with a higher counter, and both sides are told why`, async () => {
      const camera = await app.open("/camera", watched);
      await camera.getByRole("button", { name: en.camera.start }).click();
      await camera.getByRole("button", { name: en.camera.stop, exact: true }).waitFor();
      assert.equal(await camera.locator('[data-role="returned"]').count(), 0);
      const viewer = await view(app);
      await untilLive(viewer, 3);
      const counter = await counterOf(viewer);
      await act(camera);
      await camera.locator(`[data-role="returned"][data-why="${why}"]`).waitFor({ timeout: 60_000 });
      const told = viewer.locator(`[data-role="resumed"][data-ending="${why}"]`);
      await told.waitFor({ timeout: 30_000 });
      assert.ok((await told.innerText()).includes(en.live.alarm.endings[why]));
      const { frames } = await until(viewer, "a picture", (now) => now.frames > 0);
      await untilLive(viewer, frames + 3);
      assert.equal(await counterOf(viewer), counter + 1);
      await viewer.close();
      await camera.close();
    });
  }

  it("again and again: it stops after the third time within a minute, and says so", async () => {
    const camera = await startCamera(app);
    for (let times = 0; times < 3; times += 1) {
      await crash(camera);
      await camera.locator('[data-role="returned"]').waitFor();
      await camera.getByRole("button", { name: en.camera.stop, exact: true }).waitFor();
    }
    await crash(camera);
    await tells(camera, "camera-unsteady");
    await camera.getByRole("button", { name: en.actions.retry }).click();
    await camera.getByRole("button", { name: en.camera.start }).click();
    await camera.getByRole("button", { name: en.camera.stop, exact: true }).waitFor();
    await camera.close();
  });

  it("what went with its pictures comes back, too: sound and the recording", async () => {
    const camera = await startCamera(app);
    await camera.getByRole("button", { name: en.live.camera.sendSound }).click();
    await camera.locator('[data-role="hears"]').waitFor();
    await camera.getByRole("button", { name: en.live.camera.recordHere, exact: true }).click();
    await camera.getByRole("button", { name: en.live.camera.stopRecording }).waitFor();
    await crash(camera);
    await camera.locator('[data-role="returned"][data-why="crashed"]').waitFor();
    await camera.locator('[data-role="hears"]').waitFor();
    await camera.getByRole("button", { name: en.live.camera.stopRecording }).waitFor();
    await camera.close();
  });
});

describe("a camera whose device slept", () => {
  let app: App;
  let device: App;
  before(async () => {
    app = await startApp();
    device = await startApp({ server: app.server });
    await makeCard(app);
    await pair(app, "Home", "Front door", "", undefined, device);
  });
  after(async () => {
    await device?.close();
    await app?.close();
  });

  it("comes back as a new stream when it wakes, and the viewer is told why", async () => {
    const camera = await startCamera(device);
    const viewer = await view(app);
    await untilLive(viewer, 3);
    const counter = await counterOf(viewer);
    // Its clock goes on and nothing of it runs: what sleep is to a page.
    const asleep = await renderersOf(device);
    for (const id of asleep) process.kill(id, "SIGSTOP");
    try {
      await until(viewer, "nothing comes", (now) => now.state === "ST0");
      await new Promise((resolve) => setTimeout(resolve, 12_000));
    } finally {
      for (const id of asleep) process.kill(id, "SIGCONT");
    }
    await camera.locator('[data-role="returned"][data-why="asleep"]').waitFor();
    await viewer.locator('[data-role="resumed"][data-ending="asleep"]').waitFor({ timeout: 60_000 });
    await untilLive(viewer, 3);
    assert.equal(await counterOf(viewer), counter + 1);
  });
});

/** The processes that run the pages of this browser, and of no other. */
const renderersOf = async (app: App): Promise<number[]> => {
  const session = await app.context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
};
