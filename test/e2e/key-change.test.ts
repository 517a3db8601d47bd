import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type App, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";

describe("the key of a camera's stream", () => {
  let app: App;
  let camera: Page;
  before(async () => {
    app = await startApp();
    await makeCard(app);
    await pair(app);
    camera = await startCamera(app);
  });
  after(() => app.close());

  it("is told with its cause as soon as the stream has one, and changed by the button while somebody views", async () => {
    await camera.locator('[data-role="key"][data-epoch="0"][data-cause="begin"]').waitFor();
    await camera.getByText("the stream began", { exact: false }).waitFor();
    const viewer = await view(app);
    const before = await untilLive(viewer, 5);
    const change = camera.getByRole("button", { name: "Change now" });
    await change.focus();
    await camera.keyboard.press("Enter");
    await camera.locator('[data-role="key"][data-epoch="1"][data-cause="asked"]').waitFor();
    await camera.getByText("you asked for it", { exact: false }).waitFor();
    await change.waitFor();
    await untilLive(viewer, before.frames + 20);
    await camera.getByText("Why?").click();
    await camera.getByText("Number 2 of this stream").waitFor();
    await viewer.close();
  });

  it("is forgotten with the stream, and the next stream begins with one of its own", async () => {
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    assert.equal(await camera.locator('[data-role="key"]').count(), 0);
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.locator('[data-role="key"][data-epoch="0"][data-cause="begin"]').waitFor();
    assert.deepEqual(app.errors, []);
  });
});
