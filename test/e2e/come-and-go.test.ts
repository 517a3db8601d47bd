import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, pair, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { waits } from "./sentences.ts";

describe("tabs that come and go", () => {
  let app: App;
  let camera: Page;
  let viewer: Page;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=10"] });
    await makeCard(app);
    await pair(app);
  });
  after(() => app.close());

  /** The camera's page counts this many viewers. */
  const watchers = (count: number): Promise<void> =>
    camera.getByText(en.camera.watchers(count)).first().waitFor();
  /** The viewer's page says that there is no camera, and why, and what it waits for. */
  const misses = async (): Promise<number> => {
    const fallen = await until(viewer, "disconnected", (now) => now.reason === "disconnected");
    assert.deepEqual([fallen.state, fallen.live], ["ST0", "no"]);
    await viewer.getByText(en.reasons.disconnected.what).first().waitFor();
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    return fallen.frames;
  };
  /** Nobody touched the viewer, and it shows pictures again. */
  const resumes = async (): Promise<void> => {
    const { frames } = await until(viewer, "a picture was there", (now) => now.frames > 0);
    await untilLive(viewer, frames + 3);
    assert.equal(await viewer.locator('[data-role="waiting"]').count(), 0);
  };

  it("a viewer that was there first waits for the camera, says so, and shows the picture by itself", async () => {
    viewer = await view(app);
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    assert.equal((await until(viewer, "waiting", (now) => now.reason === "waiting")).frames, 0);
    camera = await startCamera(app);
    await untilLive(viewer, 3);
    await watchers(1);
  });

  it("a second viewer is counted, both are live, and is not counted any more when it closes", async () => {
    const second = await view(app);
    await untilLive(second, 3);
    await watchers(2);
    const { frames } = await untilLive(viewer, 1);
    await Promise.all([untilLive(viewer, frames + 10), untilLive(second, 13)]);
    await second.close();
    await watchers(1);
    await resumes();
  });

  it("a viewer that goes back to its cameras is not counted, and may come again", async () => {
    await viewer.getByRole("button", { name: en.viewer.leave }).click();
    await watchers(0);
    await viewer.getByRole("button", { name: "Front door" }).click();
    await untilLive(viewer, 3);
    await watchers(1);
  });

  it("the camera's tab is loaded anew: the viewer says so and goes on by itself", async () => {
    await camera.reload();
    await misses();
    await camera.getByRole("button", { name: en.camera.start }).click();
    await resumes();
    await watchers(1);
  });

  it("the camera's tab is closed and another one opened: likewise", async () => {
    await camera.close();
    const frames = await misses();
    camera = await startCamera(app);
    await resumes();
    assert.ok((await untilLive(viewer, 1)).frames > frames);
  });

  it("the camera is stopped and started: the viewer says that it was stopped, and goes on by itself", async () => {
    await camera.getByRole("button", { name: en.camera.stop }).click();
    await until(viewer, "ended", (now) => now.state === "ST0" && now.reason === "ended");
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    await camera.getByRole("button", { name: en.camera.start }).click();
    await resumes();
  });

  it("a viewer whose page hangs holds nobody up, and is on time again when it goes on", async () => {
    const second = await view(app);
    await untilLive(second, 3);
    await watchers(2);
    const hanging = second.evaluate(() => {
      const end = performance.now() + 4_000;
      while (performance.now() < end);
      return Number(
        document.querySelector("sealcam-viewer-page")?.shadowRoot?.querySelector("sealcam-live-picture")
          ?.frames,
      );
    });
    const { frames } = await untilLive(viewer, 1);
    const others = untilLive(viewer, frames + 15);
    assert.equal(await Promise.race([others.then(() => "viewed"), hanging.then(() => "hung")]), "viewed");
    const drawn = await hanging;
    await untilLive(second, drawn + 15);
    const delay = await second.locator('[data-role="delay"]').innerText();
    assert.match(delay, /^\d+ ms$/, "less than a second behind");
    await second.close();
    await watchers(1);
    assert.deepEqual(app.errors, []);
  });
});
