import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { serve } from "../../scripts/serve.ts";
import { type App, calmCamera, shownOn, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";
import { hasTurn, type TurnServer, turnServer } from "./turn-server.ts";

/** Waits until the page says that pictures come that way. */
const pathOn = (page: Page, path: "direct" | "relayed"): Promise<void> =>
  page.locator(`[data-role="path"][data-path="${path}"]`).waitFor({ timeout: 60_000 });

describe("through TURN alone", { skip: !hasTurn && "no turnserver is installed" }, () => {
  let turn: TurnServer;
  let home: App;
  let door: App;
  before(async () => {
    turn = await turnServer();
    await turn.start();
    const variables = { ICE_SERVERS: turn.iceServers, ICE_POLICY: "relay" };
    const server = await serve(0, { variables });
    home = await startApp({ server });
    door = await startApp({ server, flags: [calmCamera] });
  });
  after(async () => {
    await door?.close();
    await home?.close();
    await home?.server.stop();
    await turn?.close();
  });

  it("[CX5] [CX9] pictures move to the direct path, guaranteed, and on the server's way when TURN is killed", async () => {
    await insertPaired(home, [{ at: door }]);
    await startCamera(door);
    const viewer = await view(home);
    await pathOn(viewer, "direct");
    const { frames } = await shownOn(viewer);
    await untilLive(viewer, frames + 30);
    await turn.kill();
    await pathOn(viewer, "relayed");
    const then = await shownOn(viewer);
    await untilLive(viewer, then.frames + 30);
    assert.equal(await viewer.locator('[data-role="alarm"]').count(), 0);
    assert.deepEqual([...home.errors, ...door.errors], []);
  });
});
