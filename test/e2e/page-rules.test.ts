import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, numberOn, startApp, untilLive } from "./app.ts";
import { fits, keptIn, tabTo } from "./in-window.ts";
import { startProxy, type Tap } from "./proxy.ts";

/** Nobody else writes this. */
const secret = "Zirkon-Kolibri-4711-Ångström";
/** What Chromium itself asks for, whatever the page. What pages ask for is also caught on their side. */
const browsersOwn =
  /^https?:\/\/(?!fonts|ajax|www|maps|storage)[a-z0-9.-]+\.(google|googleapis|gvt1)\.com[:/]/;

describe("a person with a keyboard and a window of 320 pixels, from the first card to the picture", () => {
  let proxy: Tap;
  let app: App;
  let hub: Page;
  let camera: Page;
  let viewer: Page;
  /** What pages and workers said on their consoles. */
  const said: string[] = [];
  /** What pages, their workers and the service worker asked for. */
  const asked: string[] = [];
  /** What the content security policy stopped, in any page. */
  const violations: string[] = [];
  let link = "";

  before(async () => {
    proxy = await startProxy();
    const flags = [...proxy.flags, "--use-fake-device-for-media-stream=fps=10"];
    app = await startApp({ viewport: { width: 320, height: 640 }, flags });
    const { context } = app;
    context.on("console", (message) => said.push(message.text()));
    context.on("weberror", (error) => said.push(String(error.error())));
    context.on("request", (request) => asked.push(request.url()));
    await context.exposeFunction("violated", (what: string) => violations.push(what));
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        (globalThis as unknown as { violated(what: string): void }).violated(
          `${violatedDirective} ${blockedURI}`,
        ),
      ),
    );
  });
  after(async () => {
    await app?.close();
    await proxy?.close();
  });

  it("makes a card", async () => {
    const page = await app.open("/");
    await fits(page);
    await tabTo(page, page.getByRole("navigation").getByRole("link", { name: en.navigation["/cards"] }));
    await page.keyboard.press("Enter");
    await fits(page);
    await tabTo(page, page.getByLabel(en.cards.name));
    await page.keyboard.type("Home");
    await tabTo(page, page.getByLabel(en.cards.password, { exact: true }));
    await page.keyboard.type(secret);
    await page.keyboard.press("Enter");
    await page.locator("sealcam-card-tile", { hasText: "Home" }).waitFor();
    await fits(page);
    await page.goto(`${app.origin}/no-such-page`);
    await page.getByRole("heading", { name: en.none.heading }).waitFor();
    await fits(page);
    await page.close();
  });

  it("pairs a camera", async () => {
    hub = await app.open("/pair");
    await fits(hub);
    const field = hub.getByLabel(en.cards.passwordOf("Home"));
    await tabTo(hub, field);
    await hub.keyboard.type(secret);
    await hub.keyboard.press("Enter");
    const shown = hub.locator('[data-role="pairing-link"]');
    link = (await shown.getAttribute("href")) ?? "";
    assert.notEqual(link, "");
    await fits(hub);
    const opening = app.context.waitForEvent("page");
    await tabTo(hub, hub.getByRole("link", { name: en.pair.openHere }));
    await hub.keyboard.press("Enter");
    camera = await opening;
    await camera.getByRole("button", { name: "fake_device_0" }).waitFor();
    await fits(camera);
    await tabTo(camera, camera.getByRole("button", { name: "fake_device_0" }));
    await camera.keyboard.press("Enter");
    for (const page of [camera, hub]) {
      await page.getByRole("button", { name: en.pair.same, exact: true }).waitFor();
      await fits(page);
    }
    assert.equal(await numberOn(camera), await numberOn(hub));
    await tabTo(camera, camera.getByRole("button", { name: en.pair.same, exact: true }));
    await camera.keyboard.press("Enter");
    await tabTo(hub, hub.getByLabel(en.pair.name));
    await hub.keyboard.press("Control+A");
    await hub.keyboard.type("Front door");
    await hub.keyboard.press("Enter");
    for (const page of [camera, hub]) {
      await page.getByRole("heading", { name: en.pair.headings.done }).waitFor();
      await fits(page);
    }
  });

  it("starts the camera", async () => {
    await tabTo(camera, camera.getByRole("link", { name: en.pair.startCamera }));
    await camera.keyboard.press("Enter");
    const start = camera.getByRole("button", { name: en.camera.start });
    await start.waitFor();
    await fits(camera);
    await tabTo(camera, start);
    await camera.keyboard.press("Space");
    const details = camera.locator("sealcam-camera-details summary");
    await tabTo(camera, details);
    await camera.keyboard.press("Enter");
    await camera.getByText(en.camera.relayTerm, { exact: true }).waitFor();
    await fits(camera);
  });

  it("views it, and learns why the picture is guaranteed", async () => {
    await tabTo(hub, hub.getByRole("link", { name: en.pair.view }));
    await hub.keyboard.press("Enter");
    viewer = hub;
    await tabTo(viewer, viewer.getByLabel(en.cards.passwordOf("Home")));
    await viewer.keyboard.type(secret);
    await viewer.keyboard.press("Enter");
    const choice = viewer.getByRole("button", { name: "Front door" });
    await choice.waitFor();
    await fits(viewer);
    await tabTo(viewer, choice);
    await viewer.keyboard.press("Enter");
    await untilLive(viewer, 3);
    await fits(viewer);
    await tabTo(viewer, viewer.locator('[data-role="guarantee"] summary'));
    await viewer.keyboard.press("Enter");
    await viewer.getByText(en.picture.shows).waitFor();
    await fits(viewer);
    const { frames } = await untilLive(viewer, 1);
    await untilLive(viewer, frames + 20);
  });

  it("sees what is on the card, and may think again before it is erased", async () => {
    const page = await app.open("/cards");
    await tabTo(page, page.getByRole("button", { name: `${en.cards.open}: Home` }));
    await page.keyboard.press("Enter");
    // The field has the focus at once: the button that asked for it is gone.
    await page.getByLabel(en.cards.passwordOf("Home")).waitFor();
    await page.keyboard.type(secret);
    await page.keyboard.press("Enter");
    await page.getByText("Front door", { exact: true }).waitFor();
    await fits(page);
    await tabTo(page, page.getByRole("button", { name: `${en.cards.eraseShort}: Home` }));
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await fits(page);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.locator("sealcam-card-tile", { hasText: "Home" }).waitFor();
    await page.close();
  });

  it("all the while no page, worker or service worker asked another origin for anything", () => {
    // By host and port: the proxy is asked for a socket's way as if it were one of https.
    const hosts = (urls: readonly string[]) => [...new Set(urls.map((url) => new URL(url).host))];
    const own = [new URL(app.origin).host];
    assert.deepEqual(hosts(asked), own);
    for (const kind of ["/service-worker.js", ".worker", ".wasm"]) {
      assert.ok(
        asked.some((url) => url.includes(kind)),
        `${kind} is seen`,
      );
    }
    const left = proxy.exchanges.map(({ url }) => url).filter((url) => !browsersOwn.test(url));
    assert.ok(
      left.some((url) => url.endsWith("/service-worker.js")),
      "the service worker's requests are seen",
    );
    assert.ok(
      left.some((url) => url.endsWith(".wasm")),
      "the workers' requests are seen",
    );
    assert.deepEqual(hosts(left), own);
  });

  it("every answer carried the policy, also those out of the service worker, and nothing broke it", async () => {
    for (const { url, headers } of proxy.exchanges) {
      if (!url.startsWith(app.origin)) continue;
      assert.match(String(headers["content-security-policy"]), /^default-src 'none'/, url);
    }
    const answer = await viewer.reload();
    assert.ok(answer);
    assert.ok(answer.fromServiceWorker());
    assert.match((await answer.allHeaders())["content-security-policy"] ?? "", /^default-src 'none'/);
    assert.deepEqual(violations, []);
    // This proxy passes no sockets on; the relay of this device does without.
    const socket = `WebSocket connection to '${app.origin.replace("http", "ws")}/api/rooms/`;
    assert.deepEqual(
      app.errors.filter((error) => !error.startsWith(socket)),
      [],
    );
  });

  it("no secret was said on a console, sent to anybody or left lying where any script can read", async () => {
    const [, linkSecret = ""] = new URL(link).hash.split(".");
    assert.ok(linkSecret.length >= 43);
    const secrets = [secret, linkSecret, "AGE-SECRET-KEY-1"];
    const seen = (text: string): string[] => {
      const forms = (one: string) => [one, encodeURIComponent(one), Buffer.from(one).toString("latin1")];
      return secrets.filter((one) =>
        forms(one).some((form) => text.toLowerCase().includes(form.toLowerCase())),
      );
    };
    assert.deepEqual(seen(said.join("\n")), [], "consoles");
    for (const { url, sent } of proxy.exchanges) assert.deepEqual(seen(sent), [], url);
    assert.deepEqual(seen(asked.join("\n")), [], "addresses");
    for (const page of [camera, viewer]) {
      const kept = await page.evaluate(keptIn);
      assert.match(kept, /BEGIN AGE ENCRYPTED FILE/, "the card is among it");
      assert.deepEqual(seen(kept), [], page.url());
    }
  });

  it("and these tests would have seen it", async () => {
    const page = await app.open("/");
    await page.evaluate(async (found) => {
      console.log(found);
      sessionStorage.setItem("found", found);
      await fetch(`/?${encodeURIComponent(found)}`, { method: "POST", body: found }).catch(() => undefined);
      await fetch("https://example.com/").catch(() => undefined);
    }, secret);
    assert.ok(said.join().includes(secret));
    assert.ok(proxy.exchanges.some(({ sent }) => sent.includes(encodeURIComponent(secret))));
    assert.ok((await page.evaluate(keptIn)).includes(secret));
    assert.ok(
      violations.some((what) => what.startsWith("connect-src")),
      `${violations}`,
    );
    assert.ok(!proxy.exchanges.some(({ url }) => url.includes("example.com")), "and the policy held");
    await page.setViewportSize({ width: 120, height: 640 });
    await assert.rejects(fits(page));
    const [worker] = camera.workers();
    await worker?.evaluate((found) => console.log(`worker ${found}`), secret);
    assert.ok(said.includes(`worker ${secret}`));
  });
});
