import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type App, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";

describe("a camera tab and a viewer tab", () => {
  let app: App;
  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  it("pair, and show more than 100 frames that are guaranteed and live", async () => {
    await makeCard(app);
    const number = await pair(app);
    assert.match(number, /^[A-Z2-7]{52}$/);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 100);
    await camera.getByText("1 viewer").waitFor();
    assert.deepEqual(app.errors, []);
  });
});
