import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { freePort, type Serving, serve } from "../../scripts/serve.ts";
import { type App, calmCamera, openCard, pair, startApp, startCamera, untilLive } from "./app.ts";
import { insertNewCard } from "./inserted.ts";

/** What a tile says now. */
interface TileShown {
  readonly state: string;
  readonly live: string;
  readonly frames: number;
}

describe("two servers", () => {
  const servers: Serving[] = [];
  const apps: App[] = [];
  let [here, there] = [0, 0];
  let home: App;
  let viewer: Page;
  let [near, far] = ["", ""];

  const originOf = (port: number): string => `http://localhost:${port}`;
  /** A server that knows the other one, both ways. Relayed alone, so that it is seen what a server's end takes with it. */
  const serveBeside = async (port: number, other: number): Promise<Serving> => {
    const variables = { SERVERS: originOf(other), ORIGINS: originOf(other), ICE_POLICY: "relay" };
    const serving = await serve(port, { variables });
    servers.push(serving);
    return serving;
  };
  const start = async (server: Serving): Promise<App> => {
    const app = await startApp({ server, flags: [calmCamera] });
    apps.push(app);
    return app;
  };
  const tile = (number: string): Locator => viewer.locator(`[data-role="tile"][data-number="${number}"]`);
  const shown = (number: string): Promise<TileShown> =>
    tile(number).evaluate((one) => ({
      state: one.getAttribute("data-state") ?? "",
      live: one.getAttribute("data-live") ?? "",
      frames: Number(one.querySelector("canvas")?.getAttribute("data-frames")),
    }));
  const until = async (
    number: string,
    what: string,
    holds: (now: TileShown) => boolean,
  ): Promise<TileShown> => {
    await tile(number).waitFor();
    const end = Date.now() + 60_000;
    for (;;) {
      const now = await shown(number);
      if (holds(now)) return now;
      if (Date.now() > end) assert.fail(`${what}: still ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const untilLiveTile = async (number: string, more = 10): Promise<TileShown> => {
    const { frames } = await until(number, "it stands there", () => true);
    return until(
      number,
      `ST1 and live, ${more} frames more`,
      (now) => now.state === "ST1" && now.live === "yes" && now.frames >= frames + more,
    );
  };

  before(async () => {
    [here, there] = [await freePort(0), await freePort(0)];
    home = await start(await serveBeside(here, there));
    const [door, yard] = [await start(home.server), await start(await serveBeside(there, here))] as const;
    await insertNewCard(home);
    near = await pair(home, "Home", "Front door", "", undefined, door);
    // Its page comes from the other server, and finds the card's at the first.
    far = await pair(home, "Home", "Yard", "", undefined, yard);
    await startCamera(door);
    await startCamera(yard);
    viewer = await home.open("/viewer");
    await openCard(viewer);
    await viewer.getByRole("button", { name: "All side by side" }).click();
  });
  after(async () => {
    for (const app of apps) await app.close();
    for (const server of servers) await server.stop();
  });

  it("one viewer sees a camera of each side by side, live and guaranteed", async () => {
    for (const number of [near, far]) await untilLiveTile(number);
    for (const number of [near, far])
      assert.equal(await tile(number).locator('[data-role="path"]').getAttribute("data-path"), "relayed");
    assert.deepEqual(
      apps.flatMap(({ errors }) => errors),
      [],
    );
  });

  it("a tile leads to its camera alone, also by keyboard, and the browser's way back to both", async () => {
    await tile(far).getByRole("link").focus();
    await viewer.keyboard.press("Enter");
    await untilLive(viewer, 10);
    assert.equal(new URL(viewer.url()).hash, `#${far}`);
    await viewer.goBack();
    for (const number of [near, far]) await untilLiveTile(number);
    assert.equal(new URL(viewer.url()).hash, "#all");
  });

  it("no page connects to a server that its own does not name", async () => {
    const blocked = await viewer.evaluate(
      (port) =>
        new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          try {
            new WebSocket(`ws://localhost:${port}/api/rooms/x`);
          } catch (error) {
            resolve(String(error));
          }
        }),
      await freePort(0),
    );
    assert.match(blocked, /connect-src|SecurityError/);
  });

  it("the end of one server leaves the other one's camera running, and its own comes back with it", async () => {
    const [, other] = servers as [Serving, Serving];
    await other.stop();
    servers.splice(1, 1);
    await until(far, "it falls", (now) => now.state === "ST0");
    await untilLiveTile(near, 20);
    assert.equal((await shown(far)).state, "ST0");
    await serveBeside(there, here);
    await untilLiveTile(far);
    await untilLiveTile(near);
  });
});
