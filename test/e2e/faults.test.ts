import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { type Serving, serve } from "../../scripts/serve.ts";
import { type App, calmCamera, shownOn, startApp, startCamera, untilLive, view } from "./app.ts";
import { type FaultyWay, startFaultyWay } from "./faulty-way.ts";
import { insertPaired } from "./inserted.ts";
import { workerd } from "./workerd.ts";

/** TURN alone, and no TURN server: everything goes through the relay, whose faults these are. */
const relayedOnly = { ICE_POLICY: "relay" };
/** The browser's own words for a connection that was cut or refused. */
const cutWords = /WebSocket connection|Failed to load resource|net::ERR/;

const isLinux = process.platform === "linux";

describe("a viewer of a camera elsewhere", () => {
  let data: string;
  let server: Serving;
  let waysOut: { home: FaultyWay; door: FaultyWay };
  let home: App;
  let door: App;
  let camera: Page;
  let viewer: Page;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-faults-"));
    server = await serve(0, { data, variables: relayedOnly });
    waysOut = { home: await startFaultyWay(server.origin), door: await startFaultyWay(server.origin) };
    home = await startApp({ server, flags: waysOut.home.flags });
    door = await startApp({ server, flags: [...waysOut.door.flags, calmCamera] });
    await insertPaired(home, [{ at: door }]);
    camera = await startCamera(door);
    viewer = await view(home);
    await more(10);
    assert.equal(await viewer.locator('[data-role="path"]').getAttribute("data-path"), "relayed");
  });
  after(async () => {
    await door?.close();
    await home?.close();
    await waysOut?.door.close();
    await waysOut?.home.close();
    await server?.stop();
    await rm(data, { recursive: true, force: true });
  });

  /** So many more pictures, guaranteed and live. */
  const more = async (frames: number): Promise<void> => {
    await untilLive(viewer, (await shownOn(viewer)).frames + frames, 60_000);
  };
  /** The reason of the alarm that comes. */
  const alarmed = async (): Promise<string | null> => {
    const alarm = viewer.locator('[data-role="alarm"]');
    await alarm.waitFor();
    return alarm.getAttribute("data-reason");
  };
  /** Nobody touches a page: pictures come again, and the page says so. */
  const resumed = async (): Promise<void> => {
    await viewer.locator('[data-role="alarm"]').waitFor({ state: "detached", timeout: 60_000 });
    await more(10);
  };

  it("goes on where the network is slow", async () => {
    waysOut.door.delay(150);
    await more(20);
    waysOut.door.delay(0);
    assert.equal(await viewer.locator('[data-role="alarm"]').count(), 0);
  });

  it("is alarmed when the camera's network is cut, and resumes by itself", async () => {
    waysOut.door.cut();
    const reason = await alarmed();
    assert.ok(reason === "disconnected" || reason === "silent", `${reason}`);
    waysOut.door.mend();
    await resumed();
  });

  it("is alarmed when the camera's network swallows everything and says nothing, and resumes by itself", async () => {
    waysOut.door.swallow();
    assert.equal(await alarmed(), "silent");
    // Connections from before stay dead: the pages' own pings find that out.
    waysOut.door.mend();
    await resumed();
  });

  it("is alarmed when its own network is cut, and resumes by itself", async () => {
    waysOut.home.cut();
    const reason = await alarmed();
    assert.ok(reason === "disconnected" || reason === "silent", `${reason}`);
    waysOut.home.mend();
    await resumed();
  });

  it("resumes by itself when the server is killed and started again", { skip: !isLinux }, async () => {
    const before = await workerd();
    process.kill(before, "SIGKILL");
    await workerd(before);
    await more(20);
  });

  it("does not notice that both service workers were stopped", async () => {
    const stopped = await Promise.all([stopWorkers(home, viewer), stopWorkers(door, camera)]);
    await more(40);
    for (const { stops } of stopped) assert.ok(stops() > 0, "never stopped");
    assert.equal(await viewer.locator('[data-role="alarm"]').count(), 0);
  });

  it("is told when the camera's page is reloaded, and sees it again when it is started again", async () => {
    await camera.reload();
    await alarmed();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await resumed();
  });

  it("and no page said anything but that a connection was cut", () => {
    const said = [...home.errors, ...door.errors].filter((words) => !cutWords.test(words));
    assert.deepEqual(said, []);
  });
});

/** Stops the service worker as a browser does that wants its memory; how often it has stopped, by its own word. */
const stopWorkers = async (app: App, page: Page): Promise<{ stops(): number }> => {
  const devtools: CDPSession = await app.context.newCDPSession(page);
  let stops = 0;
  devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    stops += versions.filter(({ runningStatus }) => runningStatus === "stopped").length;
  });
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  return { stops: () => stops };
};
