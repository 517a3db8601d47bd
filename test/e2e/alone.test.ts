import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { buildAlone } from "../../scripts/build.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";
import { type FileHost, startFileHost } from "./file-host.ts";

const t = en.account;
const built = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A passkey authenticator for this page, whose person says yes. */
const authenticate = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
};

/** What the page gets for a request. */
const ask = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (to) => {
    try {
      const answer = await fetch(to);
      return `${answer.status} ${answer.headers.get("content-type")?.split(";")[0]}`;
    } catch {
      return "nothing";
    }
  }, path);

const controlled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");

const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));

describe("on a host of files, in the build for it, the service worker is the server of accounts", () => {
  let host: FileHost;
  let app: App;
  let viewer: Page;
  let name = "";
  before(async () => {
    await buildAlone();
    host = await startFileHost(built("build/alone"));
    app = await startApp({ server: host });
  });
  after(async () => {
    await app?.close();
    await host?.stop();
  });

  it("an account is made on the very first visit, with a passkey", async () => {
    const page = await app.open("/account");
    await authenticate(page);
    await page.getByLabel(t.signUp.name, { exact: true }).first().fill("Anna");
    await page.getByRole("button", { name: t.signUp.passkey }).click();
    name = await page.locator('[data-role="account-name"]').innerText();
    assert.match(name, /^anna-[a-z2-7]{6}$/);
    const asked = host.asked.length;
    assert.equal(await ask(page, "/api/account"), "200 application/json");
    assert.equal(await ask(page, "/api/cameras"), "200 application/json");
    assert.equal(host.asked.length, asked, "the host hears nothing of it");
    // Once more with the same passkey: signed out, and in.
    await page.getByRole("button", { name: t.signOut, exact: true }).click();
    await page.getByRole("button", { name: t.signIn.passkey }).click();
    assert.equal(await page.locator('[data-role="account-name"]').innerText(), name);
    await page.close();
  });

  it("[RP21] a camera registered there is viewed with a one-time password, and not without", async () => {
    await makeCard(app);
    await pair(app);
    await startCamera(app);
    viewer = await view(app);
    await viewer.locator('[data-role="viewing-pass"][data-step="enter"]').waitFor();
    assert.equal(await viewer.locator('[data-role="picture"]').getAttribute("data-frames"), "0");
    const code = (await viewer.locator('[data-role="one-time-password"]').innerText()).replace(/\s/g, "");
    await viewer.getByLabel(t.viewing.field(8)).fill(code);
    await viewer.getByRole("button", { name: t.viewing.go, exact: true }).click();
    await untilLive(viewer, 5);
  });

  it("it is all there when the host is gone and the service worker was stopped", async () => {
    await app.stopServer();
    const devtools = await app.context.newCDPSession(viewer);
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.stopAllWorkers");
    const page = await app.open("/account");
    assert.equal(await page.locator('[data-role="account-name"]').innerText(), name);
    await page.getByText(t.cameras.own, { exact: true }).waitFor();
    await page.getByText(t.log.heading).click();
    await page.getByText(t.log.words["pass-given"]).first().waitFor();
    await page.close();
  });

  it("no other site gets an answer by it: what is no page's own request goes to the network", async () => {
    const page = await app.context.newPage();
    // Nothing answers there: the browser says so on a page of its own.
    await assert.rejects(page.goto(`${app.origin}/api/account`), /ERR_CONNECTION_REFUSED/);
    await page.close();
  });
});

describe("with a server, the service worker answers nothing for it", () => {
  let app: App;
  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  it("a server that is not reached for the moment is waited for, and not taken the place of", async () => {
    const page = await app.open("/account");
    await page.getByRole("button", { name: t.signUp.passkey }).waitFor();
    await controlled(page);
    assert.equal(await ask(page, "/api/account/open"), "200 application/json");
    await app.stopServer();
    for (const path of ["/api/account/open", "/api/account", "/api/cameras", "/api/passes/key"])
      assert.equal(await ask(page, path), "nothing", path);
    await page.reload();
    await page.locator('[data-role="fault"][data-code="offline"]').waitFor();
    assert.deepEqual(
      (await databases(page)).filter((one) => /accounts|own-server/.test(one)),
      [],
      "nothing was kept here",
    );
  });

  it("nor on a host of files that was given the wrong build: it says that there are no accounts", async () => {
    const host = await startFileHost(built("dist"));
    const other = await startApp({ server: host });
    try {
      const page = await other.open("/account");
      await controlled(page);
      await page.getByText(t.none).waitFor();
      assert.equal(await ask(page, "/api/account/open"), "200 text/html");
    } finally {
      await other.close();
      await host.stop();
    }
  });
});
