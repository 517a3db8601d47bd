import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { readNumber } from "../../src/keys/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, record, saved, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

const day = 86_400_000;
const mega = 1 << 20;
const other = "B".repeat(52);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Puts a recording of this age into the origin's file system, as if it had been made then. */
const seed = (page: Page, days: number, bytes: number, isKept = false): Promise<void> =>
  page.evaluate(
    async ({ name, bytes, isKept }) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("recordings", { create: true });
      const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await file.write(new Uint8Array(bytes));
      await file.close();
      if (isKept) await folder.getFileHandle(`${name}.kept`, { create: true });
    },
    { name: `${Date.now() - days * day}-${other}.sealed`, bytes, isKept },
  );
/** Erases all there is. */
const empty = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry("recordings", { recursive: true }).catch(() => undefined);
  });
/** Of all recordings but the one that goes on: how many days old each is, newest first; a kept one with a "k". */
const ages = async (page: Page): Promise<string[]> => {
  const names = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const found: string[] = [];
    for await (const name of (await root.getDirectoryHandle("recordings", { create: true })).keys())
      found.push(name);
    return found;
  });
  return names
    .filter((name) => name.endsWith(`${other}.sealed`))
    .map((name) => [Math.round((Date.now() - Number.parseInt(name, 10)) / day), name] as const)
    .sort(([a], [b]) => a - b)
    .map(([age, name]) => `${age}${names.includes(`${name}.kept`) ? "k" : ""}`);
};
const erasedNote = (page: Page) => page.locator('[data-role="erased"]');

describe("how long recordings stay", () => {
  let app: App;
  let number = "";
  /** A page of the origin that does nothing, to look into its files. */
  let quiet: Page;
  before(async () => {
    app = await startApp();
    [number = ""] = await insertPaired(app);
    quiet = await app.open("/nowhere");
  });
  beforeEach(() => empty(quiet));
  after(() => app.close());

  it("those older than thirty days go when a recording starts, kept ones never, and both pages say so", async () => {
    for (const [days, isKept] of [
      [3, false],
      [29, false],
      [31, false],
      [40, true],
      [50, false],
    ] as const)
      await seed(quiet, days, 1_000, isKept);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 2);
    assert.deepEqual(await ages(quiet), ["3", "29", "31", "40k", "50"], "nothing goes before");
    await record(viewer);
    assert.deepEqual(await ages(quiet), ["3", "29", "40k"]);
    await erasedNote(viewer).getByText("2 recordings were erased: older than you want them to get").waitFor();
    await viewer.getByRole("button", { name: "I have read it" }).click();
    await erasedNote(viewer).waitFor({ state: "detached" });
    const list = await app.open("/recordings");
    await erasedNote(list).locator('[data-why="age"]').getByText("2: older than you want").waitFor();
    await list.locator('[data-role="writing"]').waitFor();
    await viewer.getByRole("button", { name: "Stop recording" }).click();
    await list.locator('[data-role="writing"]').waitFor({ state: "detached" });
    await list.getByRole("button", { name: "I have read it" }).click();
    await erasedNote(list).waitFor({ state: "detached" });
    await list.reload();
    await list.getByRole("heading", { name: "Recordings" }).waitFor();
    await list.getByText("Room on this device").waitFor();
    assert.equal(await erasedNote(list).count(), 0);
    for (const page of [list, viewer, camera]) await page.close();
  });

  it("a person keeps one, chooses how long the others stay, and hears how many will go", async () => {
    for (const days of [1, 5, 9]) await seed(quiet, days, 1_000);
    const list = await app.open("/recordings");
    const keep = list.getByRole("button", { name: /^Keep: / });
    await keep.nth(2).click();
    await list.locator('[aria-pressed="true"]').waitFor();
    assert.deepEqual(await ages(quiet), ["1", "5", "9k"]);
    await list.getByText("How long they stay").click();
    await list.getByLabel("Erase recordings after").selectOption("3 days");
    await list.getByText("The next recording will erase 1 of them.").waitFor();
    await keep.nth(2).click();
    await list.getByText("The next recording will erase 2 of them.").waitFor();
    await list.getByLabel("Never erase by itself").check();
    await list.locator('[data-role="due"]').waitFor({ state: "detached" });
    await list.reload();
    await list.getByText("How long they stay").click();
    assert.equal(await list.getByLabel("Never erase by itself").isChecked(), true);
    await list.getByLabel("Never erase by itself").uncheck();
    await list.getByText("The next recording will erase 2 of them.").waitFor();
    assert.deepEqual(await ages(quiet), ["1", "5", "9"], "choosing erases nothing");
    await list.getByLabel("Erase recordings after").selectOption("30 days");
    await list.close();
  });

  it("says that the browser may take them, and no longer once it has promised not to", async () => {
    const list = await app.open("/recordings");
    const eviction = list.locator('[data-role="eviction"]');
    await eviction.waitFor();
    assert.equal(await eviction.getAttribute("data-may-vanish"), "yes");
    const session = await app.context.newCDPSession(list);
    await session.send("Browser.setPermission", {
      ...{ permission: { name: "persistent-storage" }, setting: "granted", origin: app.origin },
    });
    await list.getByRole("button", { name: "Ask the browser not to" }).click();
    await list.locator('[data-may-vanish="no"]').waitFor();
    await list.close();
  });

  /** Lets the origin have next to nothing of what is free, until it is so. What the browser says is used lags behind. */
  const tightenUntil = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    const session = await app.context.newCDPSession(quiet);
    let quotaSize = Number.POSITIVE_INFINITY;
    for (const end = Date.now() + 60_000; !(await isSo()); await pause(100)) {
      const used = await quiet.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
      if (used + mega / 4 < quotaSize) {
        quotaSize = used + mega / 4;
        await session.send("Storage.overrideQuotaForOrigin", { origin: app.origin, quotaSize });
      }
      assert.ok(Date.now() < end, `${what}: ${await ages(quiet)}, ${used} of ${quotaSize} bytes`);
    }
    await session.send("Storage.overrideQuotaForOrigin", { origin: app.origin });
  };
  /** What is to be said of the newest recording, for who has the number. */
  const judged = async (list: Page) => {
    const file = await saved(list, /^Save a copy/);
    const known = [{ number: readNumber(number), identities: null }];
    return judgeRecording(sourceOf(file), { known, sensor: await makeSensor() });
  };

  it("where the quota is used up the oldest goes, and the recording goes on", async () => {
    // The rules shall not be what erases here.
    const list = await app.open("/recordings");
    await list.getByText("How long they stay").click();
    await list.getByLabel("All together at most").selectOption("No limit");
    await list.getByLabel("Erase recordings after").selectOption("No limit");
    for (const days of [1, 2]) await seed(quiet, days, 20 * mega);
    await seed(quiet, 3, 8 * mega, true);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    // Long enough before it for what was recorded to be seen there.
    await pause(2_000);
    await tightenUntil("the oldest goes", async () => (await ages(quiet)).join() !== "1,2,3k");
    const erased = Date.now();
    assert.deepEqual(await ages(quiet), ["1", "3k"]);
    await erasedNote(viewer).getByText("no room for the recording that went on").waitFor();
    await pause(2_000);
    await viewer.getByRole("button", { name: "Stop recording" }).click();
    await list.locator('[data-role="writing"]').waitFor({ state: "detached" });
    await erasedNote(list).locator('[data-why="room"]').getByText("1: no room").waitFor();
    const { reasons, faults, from, to } = await judged(list);
    assert.deepEqual([reasons, faults], [["incomplete"], []]);
    const [ahead, behind] = [erased - (from ?? 0), (to ?? 0) - erased];
    assert.ok(ahead > 1_000 && behind > 1_000, `${ahead} ms before and ${behind} ms behind it, in one file`);
    for (const page of [list, viewer, camera]) await page.close();
  });

  it("where nothing may be erased the recording ends when the quota is used up, and says so", async () => {
    const list = await app.open("/recordings");
    await list.getByText("How long they stay").click();
    await list.getByLabel("Never erase by itself").check();
    await seed(quiet, 90, 8 * mega);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    const fault = viewer.locator('[data-role="fault"]');
    await tightenUntil("it ends", async () => (await fault.count()) > 0);
    assert.equal(await fault.getAttribute("data-code"), "storage-full");
    assert.deepEqual(await ages(quiet), ["90"]);
    await list.locator('[data-role="writing"]').waitFor({ state: "detached" });
    const { reasons, faults, frames } = await judged(list);
    assert.deepEqual([reasons, faults], [["incomplete"], []]);
    assert.ok(frames > 10, `${frames} frames`);
    await list.getByLabel("Never erase by itself").uncheck();
    for (const page of [list, viewer, camera]) await page.close();
  });
});
