import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { readNumber } from "../../src/keys/index.ts";
import { itemType, peekType } from "../../src/seal/fields.ts";
import { decodeFrame } from "../../src/seal/frame.ts";
import { readRecording } from "../../src/seal/index.ts";
import { judgeDisclosed } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
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
import { insertNewCard, insertPaired } from "./inserted.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the player says of itself. */
const playerOn = (page: Page) =>
  page.locator("sealcam-player sealcam-live-picture").evaluate((stage) => ({
    at: Number((stage as HTMLElement).dataset.at),
    rate: Number((stage as HTMLElement).dataset.rate),
    isGoing: (stage as HTMLElement).dataset.going === "yes",
    hasEnded: (stage as HTMLElement).dataset.ended === "yes",
  }));
const clockOn = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-role="camera-clock"]').getAttribute("data-captured"));

/** Waits until the camera's clock is there, or beyond. */
const untilClock = (page: Page, earliest: number): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const player = document.querySelector("sealcam-play-page")?.shadowRoot?.querySelector("sealcam-player");
    const clock = player?.shadowRoot?.querySelector<HTMLElement>('[data-role="camera-clock"]');
    return Number(clock?.dataset.captured) >= wanted;
  }, earliest);

/** Opens a recording's page and its card, until the first picture stands. */
const playFirst = async (app: App): Promise<Page> => {
  const page = await app.open("/recordings");
  await page
    .getByRole("button", { name: /^Play: / })
    .first()
    .click();
  await openCard(page);
  await until(page, "the first picture", ({ frames, state }) => frames > 0 && state === "ST1");
  return page;
};

describe("playing a recording", () => {
  let app: App;
  /** Coded pictures; and raw ones. */
  let file: Uint8Array = new Uint8Array();
  let rawFile: Uint8Array = new Uint8Array();
  let number = "";
  before(async () => {
    app = await startApp();
    [number = ""] = await insertPaired(app);
    await insertNewCard(app, "Other");
    rawFile = await recorded(2_000, "lossless");
    file = await recorded(8_000);
  });
  /** Records for so long, saves a copy. The newest recording is the first of the list. */
  const recorded = async (ms: number, quality: "full" | "lossless" = "full"): Promise<Uint8Array> => {
    const camera = await startCamera(app);
    const viewer = await view(app, { quality });
    await untilLive(viewer, 5);
    await record(viewer);
    await pause(ms);
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await viewer.close();
    await camera.close();
    const list = await app.open("/recordings");
    const bytes = await saved(list, /^Save a copy/);
    await list.close();
    return bytes;
  };
  after(() => app.close());

  it("shows its pictures with ST1, never live, while camera clock and place go on", async () => {
    const page = await playFirst(app);
    const first = await clockOn(page);
    assert.equal((await playerOn(page)).isGoing, false, "it waits for the person");
    const begun = Date.now();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await untilClock(page, first + 2_000);
    const [shown, player, clock] = [await shownOn(page), await playerOn(page), await clockOn(page)];
    assert.deepEqual([shown.state, shown.live, player.isGoing], ["ST1", "no", true]);
    assert.ok(shown.frames > 15, `${shown.frames} pictures`);
    const [went, took] = [clock - first, Date.now() - begun];
    assert.ok(went <= took + 500, `the camera's clock went on by ${went} ms in ${took} ms`);
    assert.ok(Math.abs(player.at - went) < 700, `at ${player.at}, the clock at ${went}`);
    await page.keyboard.press("Space");
    await page.locator('sealcam-live-picture[data-going="no"]').waitFor();
    await untilStill(async () => (await shownOn(page)).frames, 500);
    await page.locator('[data-role="whole"][data-state="ST1"]').waitFor();
    assert.match((await page.locator('[data-role="whole"]').textContent()) ?? "", /Unchanged/);
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("goes to any time at once, and to the end at sixteen times the speed", async () => {
    const page = await playFirst(app);
    const begun = await clockOn(page);
    await page.getByRole("slider", { name: "Time line" }).fill("5000");
    await untilClock(page, begun + 4_700);
    assert.ok((await clockOn(page)) <= begun + 5_000);
    await page.keyboard.press("Home");
    await page.keyboard.press("5");
    const before = Date.now();
    await page.keyboard.press("Space");
    await page.locator('sealcam-live-picture[data-ended="yes"]').waitFor();
    const took = Date.now() - before;
    assert.equal((await playerOn(page)).rate, 16);
    // Half a second, if nothing else runs on the machine.
    assert.ok(took < 4_000, `${took} ms for 8 s`);
    assert.equal((await shownOn(page)).state, "ST1");
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("saves the picture that is shown, discloses it sealed, and makes an MP4 of all of it", async () => {
    const page = await playFirst(app);
    await page.getByText("Save", { exact: true }).click();
    await page.getByText("A saved picture alone proves nothing").waitFor();
    const png = await saved(page, "Picture as PNG");
    assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    const jpeg = await saved(page, "Picture as JPEG");
    assert.deepEqual([...jpeg.subarray(0, 2)], [0xff, 0xd8]);
    const disclosed = await saved(page, "Sealed picture");
    const judged = await judgeDisclosed(sourceOf(disclosed), {
      known: [{ number: readNumber(number) }],
      sensor: await makeSensor(),
    });
    assert.equal(judged.state, "ST1");
    assert.ok(disclosed.length < file.length / 4, "one picture and what it builds on");
    const mp4 = await saved(page, "Film as MP4");
    assert.equal(new TextDecoder().decode(mp4.subarray(4, 8)), "ftyp");
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("with a card that is another's, content is closed", async () => {
    const page = await app.open("/recordings");
    await page
      .getByRole("button", { name: /^Play: / })
      .first()
      .click();
    await openCard(page, "Other");
    await page.getByRole("heading", { name: "Content is closed" }).waitFor();
    assert.equal(await page.locator("canvas").count(), 0);
    await page.close();
  });

  it("marks what was damaged on the disk, and of a changed picture shows the rest under hatching", async () => {
    const raws: { offset: number; length: number; sequence: number }[] = [];
    for await (const recorded of readRecording(sourceOf(rawFile)))
      if (recorded.kind === "item" && peekType(recorded.item) === itemType.frame) {
        const { fields } = decodeFrame(recorded.item);
        if (fields.kind === "raw")
          raws.push({ offset: recorded.offset, length: recorded.item.length, sequence: fields.sequence });
      }
    const hit = raws[Math.floor(raws.length / 2)];
    assert.ok(hit, "the viewer recorded raw pictures");
    // One bit of the last tile's chroma.
    const name = await damagedCopy(app, hit.offset + hit.length - 1);
    const page = await app.open(`/play?name=${encodeURIComponent(name)}`);
    await openCard(page);
    await page
      .locator('[data-role="mark"][data-kind="fault"][data-reason="tree"]')
      .waitFor({ state: "attached" });
    assert.match(
      (await page.locator('[data-role="whole"]').textContent()) ?? "",
      /Not guaranteed: Pictures changed/,
    );
    await page.getByRole("button", { name: "Next fault" }).click();
    await until(page, "the changed picture", ({ state, reason }) => state === "ST0" && reason === "tree");
    await page.locator("canvas.changed").waitFor({ state: "attached" });
    const [edge, middle] = await page.locator("canvas.picture").evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext("2d");
      const pixel = (x: number, y: number): number[] => [...(context?.getImageData(x, y, 1, 1).data ?? [])];
      return [pixel(width - 2, height - 2), pixel(width >> 1, height >> 1)];
    });
    assert.ok(
      edge.slice(0, 3).every((value) => Math.abs(value - edge[0]!) < 3 && value > 110 && value < 150),
      `grey: ${edge}`,
    );
    assert.notDeepEqual(middle, edge, "the rest is drawn");
    assert.equal((await playerOn(page)).isGoing, false);
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("/verify plays a file that was dropped, with the card, and goes back to the report", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sealcam-play-"));
    const path = join(folder, "copy.sealed");
    await writeFile(path, file);
    const page = await app.open("/verify");
    await page.locator('input[type="file"]').setInputFiles(path);
    await page.locator('[data-role="report"][data-step="judged"]').waitFor();
    assert.equal(
      await page.getByRole("button", { name: "Play: copy.sealed" }).count(),
      0,
      "closed without a card",
    );
    await page.getByText("Open a memory card").click();
    await openCard(page);
    await page.getByRole("button", { name: "Play: copy.sealed" }).click();
    await until(page, "the first picture", ({ frames, state }) => frames > 0 && state === "ST1");
    await page.keyboard.press("Space");
    await until(page, "it plays", ({ frames }) => frames > 5);
    await page.locator('[data-role="whole"][data-state="ST1"]').waitFor();
    await page.getByRole("button", { name: "Back to the reports" }).click();
    await page.locator('[data-role="report"][data-opened="yes"]').waitFor();
    assert.deepEqual(app.errors, []);
    await page.close();
    await rm(folder, { recursive: true });
  });
});

/** Copies this device's oldest recording, a day earlier and with one bit turned; gives the copy's name. */
const damagedCopy = async (app: App, at: number): Promise<string> => {
  const page = await app.open("/recordings");
  await page.locator(".recordings li").first().waitFor();
  const name = await page.evaluate(async (place) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("recordings");
    const names: string[] = [];
    for await (const one of folder.keys()) if (one.endsWith(".sealed")) names.push(one);
    const [oldest = ""] = names.sort();
    const bytes = new Uint8Array(await (await (await folder.getFileHandle(oldest)).getFile()).arrayBuffer());
    bytes[place]! ^= 1;
    const copy = oldest.replace(/^\d+/, (begun) => String(Number(begun) - 86_400_000));
    const writable = await (await folder.getFileHandle(copy, { create: true })).createWritable();
    await writable.write(bytes);
    await writable.close();
    return copy;
  }, at);
  await page.close();
  return name;
};
