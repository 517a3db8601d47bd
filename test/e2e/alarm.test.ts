import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

declare global {
  /** In pages that were prepared: tones that were begun. */
  var tones: number;
}

const listening = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    globalThis.tones = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when = 0) {
      globalThis.tones += 1;
      start.call(this, when);
    };
  });
};
const tonesOf = (page: Page): Promise<number> => page.evaluate(() => globalThis.tones);

/** The alarm as the page says it: its reason, the camera's own word, and how long after the last picture it came, by the page's own clock. */
const alarmOn = async (page: Page) => {
  const alarm = page.locator('[data-role="alarm"]');
  await alarm.waitFor();
  const said = (name: string): Promise<string | null> => alarm.getAttribute(`data-${name}`);
  const [reason, ending, passed] = await Promise.all([said("reason"), said("ending"), said("after")]);
  return { reason, ending, passed: Number(passed), words: await alarm.innerText() };
};

describe("a camera that stops while it is viewed", () => {
  let app: App;
  before(async () => {
    app = await startApp();
    await insertPaired(app);
  });
  after(() => app.close());

  it("its tab killed: the viewer is alarmed, seen, heard and in the title, and told when pictures come again", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app, { prepare: listening });
    await untilLive(viewer, 3);
    assert.equal(await viewer.locator('[data-role="alarm"]').count(), 0);
    assert.equal(await viewer.locator('[data-role="path"]').getAttribute("data-path"), "this-device");
    await camera.close();
    const { reason, ending, passed } = await alarmOn(viewer);
    assert.ok(reason === "disconnected" || reason === "silent", `${reason}`);
    assert.equal(ending, null);
    assert.ok(passed <= 5_000, `${passed} ms after the last picture`);
    assert.equal(await tonesOf(viewer), 1);
    assert.match(await viewer.title(), new RegExp(en.live.alarm.title("Front door")));
    const again = await startCamera(app);
    await viewer.locator('[data-role="resumed"]').waitFor();
    await untilLive(viewer, 4);
    assert.equal(await viewer.locator('[data-role="alarm"]').count(), 0);
    assert.doesNotMatch(await viewer.title(), new RegExp(en.live.alarm.title("Front door")));
    await viewer.close();
    await again.close();
  });

  it("stopped by its person: the viewer is told so, and hears nothing where it has chosen silence", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app, { prepare: listening });
    await untilLive(viewer, 3);
    const sound = viewer.getByRole("button", { name: en.live.alarm.sound });
    await sound.click();
    await viewer.locator('[data-role="alarm-sound"][data-on="no"]').waitFor();
    await camera.getByRole("button", { name: en.camera.stop, exact: true }).click();
    const { reason, ending, words } = await alarmOn(viewer);
    assert.deepEqual([reason, ending], ["ended", "stopped"]);
    assert.ok(words.includes(en.live.alarm.endings.stopped), words);
    assert.equal(await tonesOf(viewer), 0);
    await viewer.close();
    const next = await view(app);
    await next.locator('[data-role="alarm-sound"][data-on="no"]').waitFor();
    await next.close();
    await camera.close();
    assert.deepEqual(app.errors, []);
  });
});
