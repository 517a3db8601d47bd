import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  type App,
  adjust,
  shownOn,
  startApp,
  startCamera,
  untilLive,
  untilStill,
  view,
  withhold,
} from "./app.ts";
import { insertPaired } from "./inserted.ts";
import { attack, interpose, type Passed, passed } from "./interposer.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const pictures = (frames: readonly Passed[]): Passed[] => frames.filter(({ track }) => track <= 2);
const kindsOf = (frames: readonly Passed[]): string[] => frames.map(({ track, kind }) => `${track} ${kind}`);
/** How many of these frames a second, by the camera's clock. */
const rateOf = (frames: readonly Passed[]): number =>
  ((frames.length - 1) * 1000) / (frames.at(-1)!.captured - frames[0]!.captured);
/** The canvas has the size of the picture on it. */
const widthOn = (viewer: Page): Promise<number> =>
  viewer.locator('[data-role="picture"]').evaluate((canvas) => (canvas as HTMLCanvasElement).width);
const untilWide = async (viewer: Page, width: number): Promise<void> => {
  const end = Date.now() + 20_000;
  while ((await widthOn(viewer)) !== width) {
    if (Date.now() > end) assert.fail(`still ${await widthOn(viewer)} wide, not ${width}`);
    await pause(50);
  }
};

describe("a coded picture", () => {
  let app: App;
  let camera: Page;
  before(async () => {
    app = await startApp();
    await insertPaired(app);
    camera = await startCamera(app);
  });
  after(() => app.close());

  it("is what a viewer gets who wants nothing else: a still, a key frame, and what builds on it", async () => {
    const viewer = await view(app, { prepare: interpose });
    await untilLive(viewer, 30);
    const frames = await passed(viewer);
    assert.deepEqual(
      pictures(frames)
        .slice(0, 3)
        .map(({ track, kind }) => [track, kind]),
      [
        [1, "image"],
        [1, "key"],
        [1, "delta"],
      ],
    );
    assert.ok(
      frames.every(({ track }) => track === 1),
      `${kindsOf(frames)}`,
    );
    await viewer.locator('[data-role="quality"]', { hasText: "Full · 1280 × 720" }).waitFor();
    // Less than a twentieth of what the pixels are.
    const bytes = frames.reduce((sum, { length }) => sum + length, 0);
    assert.ok(bytes / frames.length < (1280 * 720 * 1.5) / 20, `${bytes / frames.length} bytes a frame`);
    await viewer.close();
  });

  it("who joins later gets a still and a key frame first as well, and nobody else is disturbed", async () => {
    const first = await view(app);
    await untilLive(first, 20);
    const second = await view(app, { prepare: interpose });
    await untilLive(second, 20);
    const [still, key] = pictures(await passed(second));
    assert.deepEqual([still?.kind, key?.kind], ["image", "key"]);
    assert.ok((still?.sequence ?? 0) > 20, "in mid-stream");
    const { frames } = await untilLive(first, 1);
    await untilLive(first, frames + 20);
    await first.close();
    await second.close();
  });

  it("in two qualities for two viewers at once, each as it is wanted; and the choice is kept on the device", async () => {
    const full = await view(app, { prepare: interpose });
    const small = await view(app, { prepare: interpose });
    await untilLive(full, 5);
    await untilLive(small, 5);
    await adjust(small, [/^Small/, "5"]);
    await untilWide(small, 320);
    await untilLive(small, 10);
    // In this order: what passed since then is drawn since then.
    const { frames } = await untilLive(small);
    const before = (await passed(small)).length;
    await untilLive(small, frames + 30);
    const later = pictures(await passed(small, before));
    assert.ok(
      later.every(({ track }) => track === 2),
      `${kindsOf(later)}`,
    );
    // A camera may give fewer than are asked for.
    const [first, last] = [later[0]!.captured, later.at(-1)!.captured];
    const given = rateOf(
      pictures(await passed(full)).filter(({ captured }) => captured >= first && captured <= last),
    );
    const rate = rateOf(later);
    assert.ok(rate >= 0.75 * Math.min(5, given) && rate <= 6.5, `${rate} of ${given} a second`);
    // Nothing more is under way.
    await attack(small, { kind: "mute" });
    const more = (await untilStill(async () => (await shownOn(small)).frames, 500)) - frames;
    const came = pictures(await passed(small, before)).length;
    assert.ok(more >= came - 3, `${more} of ${came} are drawn`);
    await attack(small, { kind: "pass" });
    await untilLive(small);
    await small.locator('[data-role="quality"]', { hasText: "Small · 320 × 180" }).waitFor();
    assert.equal(await widthOn(full), 1280);
    const whole = pictures(await passed(full));
    assert.ok(
      whole.every(({ track }) => track === 1),
      `${kindsOf(whole)}`,
    );
    const kept = await small.evaluate(() => localStorage.getItem("sealcam-quality"));
    assert.deepEqual(JSON.parse(kept ?? ""), { picture: "small", framesPerSecond: 5 });
    await adjust(small, [/^Full/, "30"]);
    await untilWide(small, 1280);
    await full.close();
    await small.close();
  });

  it("or the sensor's own pixels, for who chooses them: no frame of them is coded", async () => {
    const viewer = await view(app, { prepare: interpose });
    await untilLive(viewer, 5);
    await adjust(viewer, [/^Lossless/]);
    await viewer.locator('[data-role="quality"]', { hasText: "Lossless · 1280 × 720" }).waitFor();
    const { frames } = await untilLive(viewer, 6);
    const before = await passed(viewer);
    await untilLive(viewer, frames + 20);
    const later = await passed(viewer, before.length);
    assert.ok(
      later.every(({ track, kind, length }) => track === 0 && kind === "raw" && length > 1_382_400),
      `${kindsOf(later)}`,
    );
    await viewer.close();
  });

  it("nothing is sealed that nobody takes: the page says so", async () => {
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    const viewer = await view(app, { prepare: interpose });
    await untilLive(viewer, 3);
    await camera.getByText("Sealing", { exact: true }).waitFor();
    await viewer.close();
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    await pause(1_500);
    const again = await view(app, { prepare: interpose });
    await untilLive(again, 3);
    assert.deepEqual(app.errors, []);
    await again.close();
  });
});

describe("a browser that decodes no video", () => {
  it("gets stills that move and are guaranteed, beside another that gets video", async () => {
    const app = await startApp();
    try {
      await insertPaired(app);
      await startCamera(app);
      const other = await view(app, { prepare: interpose });
      await untilLive(other, 10);
      const viewer = await view(app, { prepare: interpose, lacks: "VideoDecoder" });
      await untilLive(viewer, 17);
      // From the first on, and each that is drawn came through here.
      const frames = pictures(await passed(viewer));
      assert.ok(frames.length >= 17, `${frames.length} stills`);
      assert.ok(
        frames.every(({ kind }) => kind === "image"),
        `${kindsOf(frames)}`,
      );
      const beside = pictures(await passed(other));
      assert.ok(
        beside.every(({ track }) => track === 1),
        `${kindsOf(beside)}`,
      );
      const since = frames[0]!.captured;
      assert.ok(
        beside.some(({ kind, captured }) => kind === "delta" && captured > since),
        `${kindsOf(beside)}`,
      );
      assert.deepEqual(app.errors, []);
    } finally {
      await app.close();
    }
  });
});

describe("a browser that codes no video", () => {
  it("sends stills, at most ten a second, and they are guaranteed all the same", async () => {
    const app = await startApp();
    try {
      await insertPaired(app);
      const camera = await app.open("/camera");
      await camera.getByRole("button", { name: "Start sealing" }).waitFor();
      // Asked for at the first wish, which is yet to come.
      await withhold(camera, "VideoEncoder");
      await camera.getByRole("button", { name: "Start sealing" }).click();
      const viewer = await view(app, { prepare: interpose });
      await untilLive(viewer, 40);
      const frames = pictures(await passed(viewer));
      assert.ok(rateOf(frames) <= 11, `${rateOf(frames)} a second`);
      assert.ok(
        frames.every(({ track, kind }) => track === 1 && kind === "image"),
        `${kindsOf(frames)}`,
      );
      assert.deepEqual(app.errors, []);
    } finally {
      await app.close();
    }
  });
});
