import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, openCard, password, startApp } from "./app.ts";
import { tells } from "./sentences.ts";

const t = en.card;
const other = "quite another password";
const number = "K7Q2MZRB4XWTN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHYQ";

describe("an open card on /cards", () => {
  let app: App;
  let page: Page;
  let code = "";
  before(async () => {
    app = await startApp();
    app.context.setDefaultTimeout(60_000);
    await makeCard(app);
    await makeCard(app, "Spare", other);
    page = await app.open("/cards");
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true },
        ...{
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
          hasPrf: true,
        },
      },
    });
    await open();
  });
  after(() => app.close());

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const chosen = (name = "Home") => button(`${en.cards.open}: ${name}`);
  const isOpen = () => button(en.cards.close).waitFor();
  const lock = async (): Promise<void> => {
    await button(en.cards.close).click();
    await chosen().waitFor();
  };
  /** Opens it with a password. */
  const open = async (secret = password): Promise<void> => {
    await chosen().click();
    await openCard(page, "Home", secret);
    await isOpen();
  };

  it("[CF16] gives a recovery code, shown until it is put away, which opens the card as people type it", async () => {
    await button(t.makeCode).click();
    const paper = page.locator('[data-role="recovery-code"]');
    code = (await paper.getAttribute("data-code")) ?? "";
    assert.match(code, /^([A-Z2-7]{4}-){8}[A-Z2-7]{4}$/);
    await button(t.written).click();
    await paper.waitFor({ state: "detached" });
    await lock();
    await chosen().click();
    await button(t.useCode).click();
    await page.getByLabel(t.code).fill(code.replace("-", "").slice(0, -1));
    await button(en.actions.openCard).click();
    await tells(page, "recovery-code");
    await page.getByLabel(t.code).fill(code.toLowerCase().replaceAll("-", " "));
    await button(en.actions.openCard).click();
    await isOpen();
    await page.getByText(t.recovered).waitFor();
  });

  it("[CF17] is opened by a passkey that was added", async () => {
    await button(t.addPasskey).click();
    await page.getByText(t.passkeyOf(1), { exact: true }).waitFor();
    await button(t.removeOf(t.passkeyOf(1))).waitFor();
    await lock();
    await chosen().click();
    await button(t.passkey).click();
    await isOpen();
  });

  it("[CF20] takes a number that waits for its keys, and gives it to another card", async () => {
    await page.getByText(t.addBlank).click();
    await page.getByLabel(t.number, { exact: true }).fill("K7Q2 MZRB");
    await page.getByLabel(t.cameraName).fill("Gate");
    await button(t.add).click();
    await tells(page, "camera-number");
    await page.getByLabel(t.number, { exact: true }).fill(number);
    await button(t.add).click();
    await page.getByText(t.blank).waitFor();
    await page.getByText(t.more("Gate")).click();
    await page.getByText(t.copyTo).click();
    await page.getByLabel(t.otherPassword).fill(other);
    await button(t.moveCamera).click();
    await page.getByText(t.blank).waitFor({ state: "detached" });
  });

  it("[CF15] [CF21] keeps its rule and whose account it is", async () => {
    await page.getByLabel(t.rule).selectOption("90");
    await page.getByRole("heading", { name: t.account }).waitFor();
    const account = page.locator("sealcam-card-account");
    await account.getByText(t.add, { exact: true }).click();
    await page.getByLabel(t.accountName).fill("Ada");
    await button(t.save).click();
    await page.locator('[data-role="account-hint"]').getByText("Ada").waitFor();
    await lock();
    await open();
    await page.locator('[data-role="account-hint"]').getByText("Ada").waitFor();
    assert.equal(await page.getByLabel(t.rule).inputValue(), "90");
  });

  it("[CF22] tells how many wrong attempts there were, on the viewer's page too", async () => {
    await lock();
    await chosen().click();
    for (const wrong of ["not the password", "nor this one"]) {
      await openCard(page, "Home", wrong);
      await tells(page, "password");
    }
    await openCard(page, "Home", password);
    await page.locator('[data-role="wrong-attempts"]').getByText(t.wrong(2)).waitFor();
    const viewer = await app.open("/viewer");
    await openCard(viewer, "Home", "not the password");
    await tells(viewer, "password");
    await openCard(viewer, "Home", password);
    await viewer.locator('[data-role="wrong-attempts"]').getByText(t.wrong(1)).waitFor();
    await viewer.close();
  });

  it("[CF18] with a new password has a new code and no passkey; a tab that had it open writes nothing more", async () => {
    const tab = await app.open("/cards");
    await tab.getByRole("button", { name: `${en.cards.open}: Home` }).click();
    await openCard(tab, "Home", password);
    await tab.getByRole("button", { name: en.cards.close, exact: true }).waitFor();

    await page.getByText(t.changePassword, { exact: true }).click();
    await page.getByLabel(t.newPassword).fill(other);
    await button(t.change).click();
    const paper = page.locator('[data-role="recovery-code"]');
    const anew = await paper.getAttribute("data-code");
    assert.notEqual(anew, code);
    assert.equal(await button(t.removeOf(t.passkeyOf(1))).count(), 0);

    await tab.getByLabel(t.rule).selectOption("30");
    await tells(tab, "password-changed");
    await tab.getByLabel(en.cards.passwordOf("Home")).waitFor();
    await tab.close();

    await button(t.written).click();
    await lock();
    await chosen().click();
    await openCard(page, "Home", password);
    await tells(page, "password");
    await openCard(page, "Home", other);
    await isOpen();
    assert.equal(await page.getByLabel(t.rule).inputValue(), "90");
  });

  it("is locked with its worker when nobody touches the page for a quarter of an hour, here and on the viewer's page", async () => {
    for (const path of ["/cards", "/viewer"]) {
      const tab = await app.open(path, (fresh) => fresh.clock.install());
      if (path === "/cards") await tab.getByRole("button", { name: `${en.cards.open}: Home` }).click();
      await openCard(tab, "Home", other);
      const eject = path === "/cards" ? en.cards.close : en.viewer.eject;
      await tab.getByRole("button", { name: eject, exact: true }).waitFor();
      const ended = tab.workers().map((worker) => new Promise((end) => worker.once("close", end)));
      assert.ok(ended.length > 0);
      await tab.clock.runFor("14:00");
      assert.equal(await tab.locator('[data-role="fault"]').count(), 0);
      await tab.clock.runFor("01:10");
      await tells(tab, "card-idle");
      await Promise.all(ended);
      await tab.close();
    }
  });
});
