import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  type App,
  calmCamera,
  pair,
  type Shown,
  startApp,
  startCamera,
  until,
  untilLive,
  view,
} from "./app.ts";
import { insertNewCard, insertPaired } from "./inserted.ts";
import { type Attack, attack, interpose, overheard, type Passed, passed, untilPassed } from "./interposer.ts";

/** How many of these can be shown: those that stand alone, and those behind whose key frame nothing is missing. One more was under way. */
const showable = (frames: readonly Passed[]): number => {
  let next = frames[0]?.sequence ?? 0;
  let shown = 1;
  for (const { kind, sequence } of frames) {
    if (kind === "key" || kind === "image" || sequence === next) {
      shown += 1;
      // Behind a gap an image helps no delta.
      next = kind === "image" && sequence !== next ? -1 : sequence + 1;
    } else next = -1;
  }
  return shown;
};

/** Judged and shown are the sensor's own pixels, or video of them: what an attack gets is the same, but for where a change is found. */
const under = (quality: "lossless" | "full"): void => {
  let app: App;
  let viewer: Page;
  before(async () => {
    app = await startApp({ flags: [calmCamera] });
    await insertPaired(app);
    await startCamera(app);
    viewer = await view(app, { quality, prepare: interpose });
  });
  beforeEach(async () => {
    await attack(viewer, { kind: "pass" });
    await untilLive(viewer, 1);
  });
  after(() => app.close());

  /** Under this attack the state falls with this reason and nothing is drawn; ten good frames later it is back. */
  const refused = async (kind: Attack, reason: string): Promise<void> => {
    await attack(viewer, kind);
    const fallen = await until(
      viewer,
      `ST0 ${reason}`,
      (now) => now.state === "ST0" && now.reason === reason,
    );
    assert.equal(fallen.live, "no");
    const { frames } = fallen;
    // More than may be under way without the viewer's credit: some of these it has judged.
    await untilPassed(viewer, (await passed(viewer)).length + 15);
    const later = await until(viewer, "ST0", (now) => now.state === "ST0");
    assert.equal(later.frames, frames, "no frame is drawn under attack");
    await attack(viewer, { kind: "pass" });
    await untilLive(viewer, frames + 1);
  };

  // Coded pictures carry no leaf list: that something was changed is known, not where.
  it("flips a bit of the cipher text: the picture changed", () =>
    refused({ kind: "flip", at: -1 }, quality === "lossless" ? "tree" : "signature"));
  if (quality === "lossless") it("flips a bit of the leaf list", flipsLeaf);
  it("flips a bit of the signed fields", () => refused({ kind: "flip", at: 12 }, "signature"));
  it("flips a bit of the structure", () => refused({ kind: "flip", at: 0 }, "malformed"));
  it("replays every frame", () => refusedButGoodOnesBetween({ kind: "replay" }));
  it("reorders frames", () => refusedButGoodOnesBetween({ kind: "reorder" }));

  async function flipsLeaf(): Promise<void> {
    const [frame = ""] = await overheard(viewer, 3);
    const bytes = Buffer.from(frame, "base64");
    // The leaf list stands before the cipher text: 32 bytes a tile; the length of the rest is the same in every frame.
    const [width, height] = [1280, 720];
    const cipher = (width * height * 3) / 2;
    assert.ok(bytes.length > cipher, "the camera's frames are 720p");
    await refused({ kind: "flip", at: -(cipher + 100) }, "tree");
  }

  /** Good frames between the bad ones never come ten in a row: nothing is drawn either. */
  const refusedButGoodOnesBetween = (kind: Attack): Promise<void> => refused(kind, "sequence");

  it("drops half of all frames: what is drawn is guaranteed, and the gap is counted", async () => {
    const before = (await passed(viewer)).length;
    await attack(viewer, { kind: quality === "lossless" ? "drop" : "lose" });
    const { frames } = await until(viewer, "a picture was there", (now) => now.frames > 0);
    if (quality === "lossless") await untilLive(viewer, frames + 10);
    else {
      // Key frames still come, since the viewer asks for them; what builds on one that is missing is never drawn.
      await until(viewer, "key frames", (now) => now.frames >= frames + 4, 40_000);
      const [now, got] = [await until(viewer, "pictures", () => true), await passed(viewer, before)];
      assert.ok(now.frames - frames <= showable(got), `${now.frames - frames} drawn of ${showable(got)}`);
    }
    await viewer.getByText("Why?").click();
    await viewer.locator("dd", { hasText: /^[1-9]\d* pictures?$/ }).waitFor();
    await viewer.getByText("Why?").click();
  });

  it("keeps everything back: the picture is no longer now", async () => {
    await attack(viewer, { kind: "mute" });
    await until(viewer, "silent", (now) => now.state === "ST0" && now.reason === "silent");
  });

  it("keeps the answers to nonces back: unchanged, but not live", async () => {
    await attack(viewer, { kind: "stale" });
    const stale = await until(viewer, "ST1, not live", (now) => now.state === "ST1" && now.live === "no");
    assert.equal(stale.reason, null);
  });

  it("puts an earlier frame of the same stream in the place of every frame", async () => {
    const frames = await overheard(viewer, 3);
    await refused({ kind: "substitute", frames }, "sequence");
  });

  it("plays an earlier stream of the same camera, head and all, after a restart", async () => {
    const [head = ""] = await overheard(viewer, 1);
    const [epoch = ""] = await overheard(viewer, 2);
    const frames = await overheard(viewer, 3, 6);
    const camera = app.context.pages().find((page) => page.url().endsWith("/camera"))!;
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await until(viewer, "ended", (now) => now.state === "ST0" && now.reason === "ended");
    await camera.getByRole("button", { name: "Start sealing" }).click();
    const { frames: drawn } = await untilLive(viewer, 1);
    await attack(viewer, { kind: "play", items: [head, epoch, ...frames] });
    const fallen: Shown = await until(viewer, "earlier-stream", (now) => now.reason === "earlier-stream");
    assert.equal(fallen.state, "ST0");
    // Nothing more comes, so nothing more may be drawn.
    const { frames: left } = fallen;
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal((await until(viewer, "ST0", (now) => now.state === "ST0")).frames, left);
    assert.ok(left - drawn < 60, `${left - drawn} were drawn since the restart`);
  });
};
describe("an interposer between the tabs, of the sensor's own pixels", () => under("lossless"));
describe("an interposer between the tabs, of video", () => under("full"));

describe("two cameras", () => {
  let app: App;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=device-count=3"] });
  });
  after(() => app.close());

  it("frames of another camera, alone or with their head, are not this camera's", async () => {
    await insertNewCard(app);
    const first = await pair(app, "Home", "First");
    const second = await pair(app, "Home", "Second", "fake_device_2");
    assert.notEqual(first, second, "each capture device has a number of its own");
    const other = await startCamera(app, "fake_device_2");
    const recorder = await view(app, { camera: "Second", prepare: interpose });
    await untilLive(recorder, 12);
    const frames = await overheard(recorder, 3, 6);
    const [head = ""] = await overheard(recorder, 1);
    await recorder.close();
    await other.close();
    await startCamera(app);
    const viewer = await view(app, { camera: "First", prepare: interpose });
    await untilLive(viewer, 1);
    await attack(viewer, { kind: "substitute", frames });
    await until(viewer, "signature", (now) => now.state === "ST0" && now.reason === "signature");
    await attack(viewer, { kind: "pass" });
    await untilLive(viewer, 2);
    await attack(viewer, { kind: "play", items: [head, ...frames] });
    await until(viewer, "number", (now) => now.state === "ST0" && now.reason === "number");
  });
});
