import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { peekFrame, readRecording } from "../../src/seal/index.ts";
import { sourceOf } from "../seal/recordings.ts";
import {
  type App,
  openCard,
  record,
  saved,
  shownOn,
  startApp,
  startCamera,
  until,
  untilLive,
  untilStill,
  view,
} from "./app.ts";
import { insertPaired } from "./inserted.ts";

const reportOn = (page: Page, name: string) => page.locator(`[data-role="report"][data-name="${name}"]`);

/** What the page says of a file once it is judged with these reasons; fails with the last words otherwise. */
const told = async (
  page: Page,
  name: string,
  reasons: string,
): Promise<{ state: string | null; text: string }> => {
  const report = reportOn(page, name);
  await page
    .locator(`[data-role="report"][data-name="${name}"][data-step="judged"][data-reasons="${reasons}"]`)
    .waitFor()
    .catch(async () => assert.fail(`${name}: still ${await report.evaluate((one) => one.outerHTML)}`));
  const text = ((await report.textContent()) ?? "").replace(/\s+/g, " ");
  return { state: await report.getAttribute("data-state"), text };
};

/** The colours of a picture in a raster of 320 by 180: enough to tell it from the one before. */
const rasterOf = (picture: ReturnType<Page["locator"]>): Promise<number[]> =>
  picture.evaluate((canvas) => {
    const small = new OffscreenCanvas(320, 180).getContext("2d");
    small?.drawImage(canvas as HTMLCanvasElement, 0, 0, 320, 180);
    return [...(small?.getImageData(0, 0, 320, 180).data ?? [])];
  });
/** How many colours of two pictures are not the same, but for rounding. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  a.filter((value, at) => Math.abs(value - (b[at] ?? 0)) > 8).length;

describe("/verify, of one picture that was disclosed", () => {
  let app: App;
  let folder = "";
  let number = "";
  let disclosed = new Uint8Array();
  let recording = new Uint8Array();
  let film = new Uint8Array();
  /** What the player showed when its picture was disclosed. */
  let seen: number[] = [];
  const give = async (page: Page, files: Readonly<Record<string, Uint8Array>>): Promise<void> => {
    const paths: string[] = [];
    for (const [name, bytes] of Object.entries(files)) {
      paths.push(join(folder, name));
      await writeFile(join(folder, name), bytes);
    }
    await page.locator('input[type="file"]').setInputFiles(paths);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealcam-disclosed-"));
    app = await startApp();
    [number = ""] = await insertPaired(app);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await viewer.close();
    await camera.close();
    const list = await app.open("/recordings");
    recording = await saved(list, /^Save a copy/);
    await list.getByRole("button", { name: /^Play: / }).click();
    await openCard(list);
    await until(list, "the first picture", ({ frames, state }) => frames > 0 && state === "ST1");
    const { frames } = await shownOn(list);
    const clock = list.locator('[data-role="camera-clock"]');
    const clockOn = async (): Promise<number> => Number(await clock.getAttribute("data-captured"));
    const first = await clockOn();
    await list.getByRole("slider", { name: "Time line" }).fill("2500");
    await until(list, "the picture there", (now) => now.frames > frames);
    // The one that stays, and not one before it.
    assert.ok((await untilStill(clockOn, 500)) >= first + 2_000, "it went there");
    seen = await rasterOf(list.locator("canvas.picture"));
    await list.getByText("Save", { exact: true }).click();
    disclosed = await saved(list, "Sealed picture");
    film = await saved(list, /MP4/);
    await list.close();
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("shows it with the state over it: the number to compare, then ST1 for who typed it", async () => {
    let frames = 0;
    for await (const { kind, ...recorded } of readRecording(sourceOf(disclosed)))
      if (kind === "item" && "item" in recorded && peekFrame(recorded.item)) frames += 1;
    assert.ok(frames > 1, `a run, to be decoded from its key frame: ${frames}`);

    const page = await app.open("/verify");
    await give(page, { "one.sealed": disclosed });
    const unknown = await told(page, "one.sealed", "camera-unknown");
    assert.equal(unknown.state, "ST0");
    assert.match(unknown.text, /compare the number yourself/);
    assert.match(unknown.text, /unchanged since the camera with this number signed it/);
    const picture = reportOn(page, "one.sealed").locator('[data-role="disclosed-picture"]');
    assert.equal(apart(await rasterOf(picture), seen), 0, "what the player showed");

    await page.getByLabel("Camera number", { exact: true }).fill(number);
    const known = await told(page, "one.sealed", "");
    assert.equal(known.state, "ST1");
    assert.match(known.text, /One picture, disclosed: unchanged since this camera sealed it/);
    assert.match(known.text, /Camera clock says/);
    assert.doesNotMatch(known.text, /\breal\b|\blive\b|compare/i);
    assert.equal(apart(await rasterOf(picture), seen), 0, "what the player showed");
    assert.equal(await page.locator('[data-role="disclosed"]').getAttribute("data-state"), "ST1");

    await page.getByLabel("Camera number", { exact: true }).fill("A".repeat(52));
    await told(page, "one.sealed", "number");
    assert.equal(await picture.count(), 0, "another camera's is not shown");
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("knows the camera by a card", async () => {
    const page = await app.open("/verify");
    await page.getByText("Open a memory card").click();
    await openCard(page);
    await page.getByRole("button", { name: "Eject card" }).waitFor();
    await give(page, { "one.sealed": disclosed });
    const known = await told(page, "one.sealed", "");
    assert.equal(known.state, "ST1");
    assert.match(known.text, /Front door/);
    assert.equal(await page.getByRole("button", { name: "Play: one.sealed" }).count(), 0);
    await page.close();
  });

  it("shows nothing of one with a bit turned in a frame or in a key, or with something behind it", async () => {
    const turned = (at: number): Uint8Array => {
      const copy = disclosed.slice();
      copy[at]! ^= 1;
      return copy;
    };
    const page = await app.open("/verify");
    await page.getByLabel("Camera number", { exact: true }).fill(number);
    await give(page, {
      "frame.sealed": turned(disclosed.length >> 1),
      "key.sealed": turned(disclosed.length - 1),
      "more.sealed": new Uint8Array([...disclosed, 0]),
    });
    for (const [name, reason] of [
      ["frame.sealed", "signature"],
      ["key.sealed", "commitment"],
      ["more.sealed", "ended"],
    ] as const)
      assert.equal((await told(page, name, reason)).state, "ST0", name);
    assert.equal(await page.locator('canvas, [data-role="disclosed"]').count(), 0);
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("says of an MP4 that it is no sealed capture, and judges it by the recording of the same name", async () => {
    const page = await app.open("/verify");
    await give(page, { "film.mp4": film });
    const alone = await told(page, "film.mp4", "not-sealed");
    assert.equal(alone.state, "ST0");
    assert.match(alone.text, /Not a sealed file/);
    assert.match(alone.text, /MP4/);
    await give(page, { "film.sealed": recording });
    assert.equal((await told(page, "film.mp4", "camera-unknown mp4-closed")).state, "ST0");
    await page.getByText("Open a memory card").click();
    await openCard(page);
    const judged = await told(page, "film.mp4", "");
    assert.equal(judged.state, "ST1");
    assert.match(judged.text, /Every picture and sound in it is as this camera sealed it/);
    assert.equal(await page.getByRole("button", { name: "Play: film.mp4" }).count(), 0);
    await page.getByRole("button", { name: "Remove: film.sealed" }).click();
    assert.equal((await told(page, "film.mp4", "not-sealed")).state, "ST0", "its recording is gone");
    assert.deepEqual(app.errors, []);
    await page.close();
  });
});
