import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { equal } from "../../src/base/index.ts";
import { readNumber } from "../../src/keys/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, saved, shownOn, startApp, until, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("what a camera elsewhere has recorded of itself", () => {
  let home: App;
  let door: App;
  let camera: Page;
  let viewer: Page;
  let number: string;
  before(async () => {
    home = await startApp();
    door = await startApp({ server: home.server });
    [number = ""] = await insertPaired(home, [{ at: door }]);
    camera = await door.open("/camera");
    const records = camera.getByRole("switch", { name: /^Record here from the start/ });
    await records.check();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await pause(3_000);
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    await records.uncheck();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.getByRole("button", { name: "Stop", exact: true }).waitFor();
    viewer = await view(home);
    await untilLive(viewer, 10);
  });
  after(async () => {
    await door?.close();
    await home?.close();
  });

  it("is listed at the viewer, and copied byte for byte while the live picture goes on", async () => {
    await viewer.locator('[data-role="on-camera"]').click();
    const rows = viewer.locator("sealcam-on-camera li");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    const [download] = await Promise.all([
      viewer.waitForEvent("download"),
      rows.getByRole("button", { name: /^Save a copy: / }).click(),
    ]);
    const copy = new Uint8Array(await readFile(await download.path()));
    const page = await door.open("/recordings");
    assert.ok(equal(copy, await saved(page, /^Save a copy: /)));
    await page.close();
    const report = await judgeRecording(sourceOf(copy), {
      ...{ known: [{ number: readNumber(number), identities: null }], sensor: await makeSensor() },
    });
    assert.deepEqual([report.state, report.reasons], ["ST1", []]);
    await camera.getByText("1 viewer").waitFor();
  });

  it("plays from there, each picture with its own state, and never as live", async () => {
    await viewer.getByRole("button", { name: /^Play/ }).first().click();
    const player = viewer.locator("sealcam-player");
    await player.locator('[data-role="guarantee"][data-state="ST1"]').waitFor();
    await player.getByRole("button", { name: "Play", exact: true }).click();
    await player.locator('[data-ended="yes"]').waitFor({ timeout: 60_000 });
    assert.equal(await player.locator('[data-role="guarantee"]').getAttribute("data-live"), "no");
    await viewer.getByRole("button", { name: "Recordings on the camera" }).click();
    await viewer.getByRole("button", { name: "Live picture" }).click();
    const { frames } = await shownOn(viewer);
    await until(viewer, "live again", (now) => now.live === "yes" && now.frames > frames + 5);
    assert.deepEqual([...home.errors, ...door.errors], []);
  });
});
