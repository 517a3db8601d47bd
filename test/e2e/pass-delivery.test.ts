import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, calmCamera, pair, password, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertNewCard } from "./inserted.ts";

const t = en.account;

/** A viewer that was stolen with its card and its password shows no one-time password by itself. */
describe("[RP21] a one-time password that the viewer's page does not show", () => {
  let home: App;
  let phone: App;
  let page: Page;
  before(async () => {
    home = await startApp({ flags: [calmCamera] });
    phone = await startApp({ server: home.server });
    page = await home.open("/account");
    await page.getByText(t.signUp.password).click();
    await page.getByLabel(t.signUp.name, { exact: true }).last().fill("ben");
    await page.getByLabel(t.signUp.field, { exact: true }).fill(password);
    await page.getByRole("button", { name: t.signUp.go }).click();
    await page.locator('[data-role="account-name"]').waitFor();
    await insertNewCard(home);
    await pair(home);
    await startCamera(home);
  });
  after(async () => {
    await phone?.close();
    await home?.close();
  });

  const choose = async (delivery: "device" | "authenticator"): Promise<void> => {
    await page.reload();
    const choice = page.getByLabel(t.passwords.delivery[delivery].name);
    await choice.check();
    await choice.and(page.locator(":checked:enabled")).waitFor();
  };

  /** The viewer's page when it asks; it shows no password. */
  const asked = async (by: "device" | "authenticator"): Promise<Page> => {
    const viewer = await view(home);
    await viewer.getByText(t.viewing.by[by]).waitFor();
    assert.equal(await viewer.locator('[data-role="one-time-password"]').count(), 0);
    return viewer;
  };

  const enter = async (viewer: Page, code: string): Promise<void> => {
    await viewer.getByLabel(t.viewing.field(code.length)).fill(code);
    await viewer.getByRole("button", { name: t.viewing.go, exact: true }).click();
  };

  it("stands on another device that is signed in, and opens the picture", async () => {
    await choose("device");
    const name = await page.locator('[data-role="account-name"]').innerText();
    const second = await phone.open("/account");
    await second.getByText(t.signIn.password).click();
    await second.getByLabel(t.name, { exact: true }).fill(name);
    await second.getByLabel(t.signIn.field, { exact: true }).fill(password);
    await second.getByRole("button", { name: t.signIn.go, exact: true }).click();
    await second.locator('[data-role="account-name"]').waitFor();
    const viewer = await asked("device");
    const shown = second.locator('[data-role="one-time-password"]');
    await enter(viewer, (await shown.innerText()).replace(/\s/g, ""));
    await untilLive(viewer, 5);
    await shown.waitFor({ state: "detached" });
    await viewer.close();
  });

  it("comes from an authenticator app; each of its codes counts once", async () => {
    await page.getByRole("button", { name: t.passwords.enrol }).click();
    const secret = await page.locator(".secret").innerText();
    const app = new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")), digits: 6, period: 30 });
    // One step back is taken, too: so the next code has not to be waited for.
    const before = app.generate({ timestamp: Date.now() - 30_000 });
    await page.getByLabel(t.passwords.code).fill(before);
    await page.getByRole("button", { name: t.passwords.confirm }).click();
    await page.getByLabel(t.passwords.delivery.authenticator.name).waitFor();
    await choose("authenticator");
    const viewer = await asked("authenticator");
    await enter(viewer, before);
    await viewer.locator('[data-role="fault"][data-code="account-one-time"]').waitFor();
    assert.equal(await viewer.locator('[data-role="picture"]').getAttribute("data-frames"), "0");
    await enter(viewer, app.generate());
    await untilLive(viewer, 5);
    const unexpected = [...home.errors, ...phone.errors].filter((error) => !/status of 403/.test(error));
    assert.deepEqual(unexpected, []);
  });
});
