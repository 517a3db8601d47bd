import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  type App,
  calmCamera,
  makeCard,
  openCard,
  pair,
  startApp,
  startCamera,
  untilLive,
  view,
} from "./app.ts";

describe("without the network", () => {
  let app: App;
  let camera: Page;
  let viewer: Page;
  before(async () => {
    app = await startApp({ flags: [calmCamera] });
    await makeCard(app);
    await pair(app);
    camera = await startCamera(app);
    viewer = await view(app);
    await untilLive(viewer, 5);
  });
  after(() => app.close());

  it("the running picture goes on when the service worker is stopped, and a second viewer still gets in", async () => {
    const devtools = await app.context.newCDPSession(viewer);
    let stops = 0;
    devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      stops += versions.filter(({ runningStatus }) => runningStatus === "stopped").length;
    });
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.stopAllWorkers");
    const { frames } = await untilLive(viewer, 1);
    // Longer than one nonce interval: the proof of being live does not go through the service worker either.
    await untilLive(viewer, frames + 75);
    assert.ok(stops > 0, "the service worker was stopped");
    const second = await view(app);
    await untilLive(second, 5);
    await second.close();
  });

  it("with the server stopped, both tabs reload and everything still works", async () => {
    await app.stopServer();
    await assert.rejects(fetch(app.origin), "the server is really gone");
    await camera.reload();
    await viewer.reload();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    // The address says which camera it was.
    await openCard(viewer);
    await untilLive(viewer, 20);
  });

  it("with the server stopped, a new card and a new pairing work as well", async () => {
    await camera.close();
    await viewer.close();
    await makeCard(app, "Second");
    await pair(app, "Second", "Back door");
    await startCamera(app);
    const again = await view(app, { card: "Second", camera: "Back door" });
    await untilLive(again, 10);
  });
});
