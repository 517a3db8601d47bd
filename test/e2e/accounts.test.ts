import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumFlags, chromium as findChromium } from "../../scripts/chromium.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type AccountsHost, startAccounts } from "../edge/accounts-host.ts";
import { type App, pair } from "./app.ts";

const t = en.account;
const password = "correct horse battery";

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

const nameOn = (page: Page): Promise<string> => page.locator('[data-role="account-name"]').innerText();

describe("an account, in the browser, on workerd", () => {
  let host: AccountsHost;
  let browser: Browser;
  let home: BrowserContext;
  /** What pages sent. */
  const sent: string[] = [];
  const errors: string[] = [];

  const profile = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ locale: "en-GB" });
    context.setDefaultTimeout(30_000);
    context.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    context.on("weberror", (error) => errors.push(String(error.error())));
    return context;
  };
  const open = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(new URL(path, host.origin).href);
    return page;
  };

  before(async () => {
    host = await startAccounts({ assets: fileURLToPath(new URL("../../dist", import.meta.url)) });
    browser = await chromium.launch({
      executablePath: findChromium(),
      headless: true,
      args: [...chromiumFlags],
    });
    home = await profile();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  it("is not made where its passkey is not, and says just that", async () => {
    const page = await open(await profile(), "/account");
    await page.evaluate(() => {
      navigator.credentials.create = () => Promise.reject(new DOMException("closed", "NotAllowedError"));
    });
    await page.getByLabel(t.signUp.name, { exact: true }).first().fill("Anna");
    await page.getByRole("button", { name: t.signUp.passkey }).click();
    await page.getByText(en.faults["passkey-not-made"].what).waitFor();
    assert.equal(await page.getByText(en.faults["passkey-cancelled"].means).count(), 0);
  });

  it("is made with a passkey, left, and entered again without a name", async () => {
    const context = await profile();
    const page = await open(context, "/account");
    await authenticate(page);
    await page.getByLabel(t.signUp.name, { exact: true }).first().fill("Anna");
    await page.getByRole("button", { name: t.signUp.passkey }).click();
    const name = await nameOn(page);
    assert.match(name, /^anna-[a-z2-7]{6}$/);
    assert.equal(await page.evaluate(() => document.cookie), "", "no script reads the session");
    await page.getByRole("button", { name: t.signOut, exact: true }).click();
    await page.getByRole("button", { name: t.signIn.passkey }).click();
    assert.equal(await nameOn(page), name);
    await page.getByText(t.log.heading).click();
    await page.getByText(t.log.words["sign-in-passkey"]).waitFor();
    await context.close();
  });

  let name = "";
  it("is made with a password that never leaves the browser, and entered on a second device", async () => {
    const page = await open(home, "/account");
    await page.getByText(t.signUp.password).click();
    await page.getByLabel(t.signUp.name, { exact: true }).last().fill("ben");
    await page.getByLabel(t.signUp.field, { exact: true }).fill(password);
    await page.getByRole("button", { name: t.signUp.go }).click();
    name = await nameOn(page);
    assert.match(name, /^ben-/);
    assert.ok(sent.some((one) => one.includes("/sign-up/password")));
    assert.deepEqual(
      sent.filter((one) => one.includes("horse")),
      [],
    );
    await page.close();
  });

  it("registers the camera that it pairs; another device shows the one-time password", async () => {
    const app = {
      ...{ origin: host.origin, context: home, errors },
      open: (path: string) => open(home, path),
    } as unknown as App;
    const card = await open(home, "/cards");
    await card.getByLabel(en.cards.name).fill("Home");
    await card.getByLabel(en.cards.password, { exact: true }).fill(password);
    await card.getByRole("button", { name: en.cards.make }).click();
    await card.locator("sealcam-card-tile", { hasText: "Home" }).waitFor();
    await card.close();
    await pair(app);

    const page = await open(home, "/account");
    await page.getByText(t.cameras.own, { exact: true }).waitFor();
    await page.getByLabel(t.passwords.delivery.device.name).check();
    await page.getByLabel(t.passwords.delivery.device.name).and(page.locator(":checked")).waitFor();

    const phone = await profile();
    const second = await open(phone, "/account");
    await second.getByText(t.signIn.password).click();
    await second.getByLabel(t.name, { exact: true }).fill(name);
    await second.getByLabel(t.signIn.field, { exact: true }).fill(password);
    await second.getByRole("button", { name: t.signIn.go, exact: true }).click();
    assert.equal(await nameOn(second), name);

    // What a viewer's page will ask once the card is connected.
    const post = (path: string, body: object) =>
      page.evaluate(
        async ([to, words]) => {
          const headers = { "content-type": "application/json" };
          return (await fetch(to as string, { method: "POST", headers, body: words as string })).json();
        },
        [path, JSON.stringify(body)],
      );
    const { cameras } = await page.evaluate(async () => (await fetch("/api/cameras")).json());
    const viewer = "A".repeat(43);
    const asked = await post("/api/passes/ask", { views: [{ camera: cameras[0].number, viewer }] });
    assert.deepEqual([asked.by, asked.code], ["device", null]);
    const shown = await second.locator('[data-role="one-time-password"]').innerText();
    assert.equal(
      await page.locator('[data-role="one-time-password"]').count(),
      0,
      "not where it was asked for",
    );
    const entered = await post("/api/passes/enter", { id: asked.id, code: shown.replace(/\s/g, "") });
    assert.equal(entered.passes.length, 1);
    await second.locator('[data-role="one-time-password"]').waitFor({ state: "detached" });

    // The first device is signed out from the second one.
    await second.reload();
    await second.getByRole("button", { name: /^Sign out: / }).click();
    await page.reload();
    await page.getByRole("button", { name: t.signUp.passkey }).waitFor();
    await phone.close();
  });

  it("is deleted after a question, and gone", async () => {
    const page = await open(home, "/account");
    const enter = async (): Promise<void> => {
      await page.getByText(t.signIn.password).click();
      await page.getByLabel(t.name, { exact: true }).fill(name);
      await page.getByLabel(t.signIn.field, { exact: true }).fill(password);
      await page.getByRole("button", { name: t.signIn.go, exact: true }).click();
    };
    await enter();
    assert.equal(await nameOn(page), name);
    await page.getByRole("button", { name: t.erase.go }).click();
    await page.getByRole("dialog").getByRole("button", { name: en.actions.cancel }).click();
    assert.equal(await nameOn(page), name);
    await page.getByRole("button", { name: t.erase.go }).click();
    await page.getByRole("dialog").getByRole("button", { name: t.erase.go }).click();
    await page.getByRole("button", { name: t.signUp.passkey }).waitFor();
    await enter();
    await page.locator('[data-role="fault"][data-code="account-sign-in"]').waitFor();
    assert.deepEqual(errors, []);
  });
});
