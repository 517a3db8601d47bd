import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type App, calmCamera, startApp, startCamera, until, untilLive, untilStill, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";
import { attack, interpose, passed } from "./interposer.ts";

declare global {
  interface Window {
    /** The loudest sample of each piece of sound that was given to the loudspeaker. */
    readonly loudness: number[];
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Listens where the page hands sound on to the browser. */
const listening = async (page: Page): Promise<void> => {
  await interpose(page);
  await page.addInitScript(() => {
    const loudness: number[] = [];
    Object.defineProperty(window, "loudness", { value: loudness });
    const copy = AudioBuffer.prototype.copyToChannel;
    AudioBuffer.prototype.copyToChannel = function (this: AudioBuffer, samples, channel, offset): void {
      loudness.push(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
      copy.call(this, samples, channel, offset);
    };
  });
};
const heard = (page: Page): Promise<number[]> => page.evaluate(() => window.loudness);
const untilHeard = async (page: Page, holds: (loudness: number[]) => boolean): Promise<number[]> => {
  const end = Date.now() + 20_000;
  for (;;) {
    const loudness = await heard(page);
    if (holds(loudness)) return loudness;
    if (Date.now() > end) assert.fail(`${loudness.length} pieces, at most ${Math.max(...loudness)} loud`);
    await pause(100);
  }
};
const beeps = (loudness: readonly number[]): number => loudness.filter((most) => most > 0.05).length;

describe("sound and text", () => {
  let app: App;
  let camera: Page;
  let viewer: Page;
  before(async () => {
    app = await startApp({ flags: [calmCamera] });
    await insertPaired(app);
    camera = await startCamera(app);
    viewer = await view(app, { prepare: listening });
    await untilLive(viewer, 5);
  });
  after(() => app.close());

  it("no sound is sealed before it is wanted at both ends, and a viewer is told that none arrives", async () => {
    await viewer.getByRole("button", { name: "Turn sound on" }).click();
    await viewer.getByText("No sound arrives.").first().waitFor();
    assert.deepEqual(await heard(viewer), []);
    await viewer.getByRole("button", { name: "Turn sound off" }).click();
    await camera.getByRole("button", { name: "Send sound" }).click();
    await camera.locator('[data-role="hears"]').waitFor();
    await pause(1_000);
    const tracks = new Set((await passed(viewer)).map(({ track }) => track));
    assert.deepEqual([...tracks], [1]);
  });

  it("the microphone's beeps are heard, in bundles of one length", async () => {
    await viewer.getByRole("button", { name: "Turn sound on" }).click();
    await untilHeard(viewer, (loudness) => loudness.length > 20 && beeps(loudness) >= 2);
    const bundles = (await passed(viewer)).filter(({ kind }) => kind === "sound");
    assert.ok(bundles.length > 20, `${bundles.length} bundles`);
    assert.deepEqual([...new Set(bundles.map(({ track }) => track))], [3]);
    const lengths = new Set(bundles.map(({ length }) => length));
    // The sequence takes a byte more from 24 and from 256 on.
    assert.ok(lengths.size <= 3, [...lengths].join());
    await viewer.locator('[data-role="sound"][data-state="arriving"]').waitFor();
  });

  it("none is heard while nothing is guaranteed, and again when it is", async () => {
    await attack(viewer, { kind: "flip", at: 12 });
    await until(viewer, "ST0", (now) => now.state === "ST0");
    const length = await untilStill(async () => (await heard(viewer)).length, 2_000);
    await attack(viewer, { kind: "pass" });
    await untilHeard(viewer, (loudness) => loudness.length > length + 10);
  });

  it("none is sent to who turned it off, nor when the camera's is off", async () => {
    await viewer.getByRole("button", { name: "Turn sound off" }).click();
    const sounds = async (): Promise<number> =>
      (await passed(viewer)).filter(({ kind }) => kind === "sound").length;
    assert.ok((await untilStill(sounds, 1_500)) > 0, "there was sound before");
    await viewer.getByRole("button", { name: "Turn sound on" }).click();
    const { length } = await heard(viewer);
    await untilHeard(viewer, (loudness) => loudness.length > length + 5);
    await camera.getByRole("button", { name: "Turn sound off" }).click();
    await viewer.locator('[data-role="sound"][data-state="none"]').waitFor();
    assert.equal(await camera.locator('[data-role="hears"]').count(), 0);
  });

  it("a line that is typed at the camera stands under the picture, with its meaning", async () => {
    await camera.getByRole("textbox", { name: "Say something" }).fill("The postman was here. 郵便です");
    await camera.keyboard.press("Enter");
    await camera.locator('[data-role="said"]', { hasText: "to 1 viewer" }).waitFor();
    assert.equal(await camera.getByRole("textbox", { name: "Say something" }).inputValue(), "");
    const lines = viewer.locator('[data-role="said"]');
    await lines.getByText("The postman was here. 郵便です").waitFor();
    await viewer.getByText("Typed at the camera and signed, not seen by it.").waitFor();
    for (const line of ["second", "third", "fourth"]) {
      await camera.getByRole("textbox", { name: "Say something" }).fill(line);
      await camera.getByRole("button", { name: "Send", exact: true }).click();
      await lines.getByText(line).waitFor();
    }
    assert.equal(await lines.locator("li").count(), 3, "the last few");
    await viewer.getByRole("button", { name: "Clear the lines" }).click();
    await lines.waitFor({ state: "detached" });
    assert.deepEqual(app.errors, []);
  });
});
