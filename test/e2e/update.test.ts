import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, calmCamera, openCard, record, startApp, startCamera, untilLive, view } from "./app.ts";
import { type FileHost, startFileHost } from "./file-host.ts";
import { insertPaired } from "./inserted.ts";
import { buildVersion } from "./other-build.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** The version whose page this is, as a test's builds say. */
const versionOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('meta[name="version"]')?.getAttribute("content") ?? null);
const untilVersion = (page: Page, version: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('meta[name="version"]')?.getAttribute("content") === wanted,
    version,
  );
const note = (page: Page, renewal: "waiting" | "taken") => page.locator(`[data-renewal="${renewal}"]`);

describe("an old page against a new service worker", () => {
  let host: FileHost;
  let app: App;
  let camera: Page;
  let viewer: Page;
  let idle: Page;
  let number = "";
  before(async () => {
    host = await startFileHost(dist);
    app = await startApp({ server: host, flags: [calmCamera] });
    [number = ""] = await insertPaired(app);
    camera = await startCamera(app);
    viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    await viewer.getByRole("button", { name: "Stop recording" }).click();
    await viewer.locator('[data-role="recording"]').waitFor({ state: "detached" });
    idle = await app.open("/");
  });
  after(async () => {
    await app?.close();
    await host?.stop();
  });

  it("goes on while the new version is installed and waits, and is told so", async () => {
    host.serve(await buildVersion("next"));
    const { frames } = await untilLive(viewer);
    await idle.reload(); // when browsers look for a new version
    await note(idle, "waiting").getByText(en.app.updateReady).waitFor();
    // Where a picture has the whole window, the note waits as well.
    await note(camera, "waiting").waitFor({ state: "attached" });
    assert.equal(await versionOf(idle), null, "nobody has let it in");
    await untilLive(viewer, frames + 15);
  });

  it("goes on when another tab lets the new version in, and may be reloaded when it suits", async () => {
    const { frames } = await untilLive(viewer);
    const other = await app.open("/");
    await note(other, "waiting").getByRole("button", { name: en.app.update }).click();
    await untilVersion(other, "next");
    await note(camera, "taken").waitFor({ state: "attached" });
    await note(idle, "taken").getByText(en.app.outdated).waitFor();
    // Longer than a nonce's interval, in a viewer and a camera of the former version.
    await untilLive(viewer, frames + 90);
    assert.deepEqual([await versionOf(viewer), await versionOf(camera)], [null, null]);
    await other.close();
  });

  it("finds its parts that it has not loaded yet, though the host has them no more", async () => {
    assert.equal(await versionOf(idle), null);
    await idle.getByRole("link", { name: "Cards" }).click();
    await idle.getByRole("button", { name: /^Open.*Home/ }).waitFor();
    assert.equal(await versionOf(idle), null);
  });

  it("says so where a part is gone for good, with a way out", async () => {
    // As after one more version.
    await idle.evaluate(() => caches.delete("sealcam-former-files"));
    await idle.getByRole("link", { name: "Pair", exact: true }).click();
    const fault = idle.locator('[data-role="fault"][data-code="part-missing"]');
    await fault.getByText(en.faults["part-missing"].what).waitFor();
    await fault.getByRole("button", { name: en.app.reload }).click();
    await untilVersion(idle, "next");
    await note(idle, "taken").waitFor({ state: "detached" });
  });

  it("serves a viewer of the new version, with a camera of the old one", async () => {
    const fresh = await view(app);
    assert.equal(await versionOf(fresh), "next");
    await untilLive(fresh, 5);
    await fresh.close();
  });

  it("is the new version after a reload, and nothing that was stored is lost", async () => {
    await camera.reload();
    assert.equal(await versionOf(camera), "next");
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await viewer.reload();
    assert.equal(await versionOf(viewer), "next");
    await openCard(viewer);
    await untilLive(viewer, 5);
    const recordings = await app.open("/recordings");
    await recordings.locator(`[data-role="camera-number"][data-number="${number}"]`).first().waitFor();
    await recordings.close();
    // The host of files has no rooms for sockets, which every page looks for, and not the part that was taken away.
    assert.deepEqual(
      app.errors.filter((error) => !/WebSocket connection|404/.test(error)),
      [],
    );
  });
});

describe("an old page whose words the new service worker does not know", () => {
  let host: FileHost;
  let app: App;
  before(async () => {
    host = await startFileHost(dist);
    app = await startApp({ server: host, flags: [calmCamera] });
    await insertPaired(app);
  });
  after(async () => {
    await app?.close();
    await host?.stop();
  });

  it("[RP22] is told so with a way out, and what ran goes on", async () => {
    const camera = await startCamera(app);
    const running = await view(app);
    const { frames } = await untilLive(running, 5);
    const waiting = await app.open("/viewer");
    await openCard(waiting);
    host.serve(
      await buildVersion("wire", {
        "src/relay/message.ts": [
          [
            '["hello", shape({ role, key, nonce })]',
            '["hello", shape({ role, key, nonce, wire: oneOf("2") })]',
          ],
        ],
        "src/relay/join-room.dom.ts": [["nonce: this.#nonce }", 'nonce: this.#nonce, wire: "2" }']],
      }),
    );
    const other = await app.open("/");
    await note(other, "waiting").getByRole("button", { name: en.app.update }).click();
    await untilVersion(other, "wire");

    await waiting.getByRole("button", { name: "Front door" }).click();
    const fault = waiting.locator('[data-role="fault"][data-code="version-apart"]');
    await fault.getByText(en.faults["version-apart"].what).waitFor();
    await camera.locator('[data-role="fault"][data-code="version-apart"]').waitFor();
    await untilLive(running, frames + 90);

    for (const page of [waiting, camera]) {
      await page.locator('[data-code="version-apart"]').getByRole("button", { name: en.app.reload }).click();
      await untilVersion(page, "wire");
    }
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await openCard(waiting);
    await untilLive(waiting, 5);
  });
});
