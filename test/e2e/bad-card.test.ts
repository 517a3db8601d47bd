import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, openCard, pair, password, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { tells, waits } from "./sentences.ts";

describe("a memory card", () => {
  let app: App;
  let viewer: Page;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=5"] });
  });
  after(() => app.close());

  const { make, name: nameLabel, password: passwordLabel, erase, eraseShort, eraseHeading } = en.cards;
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const tile = (page: Page, name: string) => page.locator("sealcam-card-tile", { hasText: name });

  it("is asked for where there is none, with the way to make one", async () => {
    for (const path of ["/viewer", "/pair"]) {
      const page = await app.open(path);
      await tells(page, "card-none");
      await page.locator('[data-role="fault"] a[href="/cards"]').waitFor();
      await page.close();
    }
  });

  it("is not made with an empty name or a short password; what was typed stays", async () => {
    const page = await app.open("/cards");
    const [name, secret] = [page.getByLabel(nameLabel), page.getByLabel(passwordLabel, { exact: true })];
    // The browser's own words beside the field, for what it can see itself.
    const refused = (field: typeof name, why: "valueMissing" | "tooShort") =>
      field.evaluate((input: HTMLInputElement, flag) => {
        const focused = (input.getRootNode() as ShadowRoot).activeElement === input;
        return focused && input.validity[flag] && input.validationMessage !== "";
      }, why);
    await button(page, make).click();
    assert.ok(await refused(name, "valueMissing"), "an empty name");
    await name.fill("Home");
    await button(page, make).click();
    assert.ok(await refused(secret, "valueMissing"), "an empty password");
    await secret.pressSequentially("123456789");
    await button(page, make).click();
    assert.ok(await refused(secret, "tooShort"), "nine characters");
    // Ours for what it cannot see: ten of its units that are five characters, and a name of spaces.
    await secret.fill("😀😀😀😀😀");
    await button(page, make).click();
    await tells(page, "password-short");
    assert.equal(await secret.inputValue(), "😀😀😀😀😀");
    await secret.fill(password);
    await name.fill("   ");
    await button(page, make).click();
    await tells(page, "name");
    assert.equal(await page.locator("sealcam-card-tile").count(), 0, "no card was made");
    await name.fill("Home");
    await button(page, make).click();
    await tile(page, "Home").waitFor();
    assert.equal(await page.locator('[data-role="fault"]').count(), 0);
    assert.equal(await secret.inputValue(), "", "the password is nowhere any more");
    await page.close();
  });

  it("stays locked with a wrong password, and opens with the right one; without cameras it says so", async () => {
    await pair(app);
    await makeSecond();
    viewer = await app.open("/viewer");
    await openCard(viewer, "Second", "correct horse batterY");
    await tells(viewer, "password");
    assert.equal(await viewer.getByText(en.viewer.none).count(), 0);
    await openCard(viewer, "Second");
    await viewer.getByText(en.viewer.none).waitFor();
    assert.equal(await viewer.locator('[data-role="fault"]').count(), 0);
    assert.equal(await viewer.getByRole("button", { name: "Front door" }).count(), 0);
    await viewer.getByRole("link", { name: en.cards.pairOne }).waitFor();
  });

  it("gets no more pictures from a camera that was paired with another one, which gets them instead", async () => {
    const first = await view(app);
    await startCamera(app);
    await untilLive(first, 3);
    // By the same hub: the camera goes on, under a key for the second card alone.
    await pair(app, "Second");
    await viewer.getByRole("button", { name: en.viewer.eject }).click();
    await openCard(viewer, "Second");
    await viewer.getByRole("button", { name: "Front door" }).click();
    await untilLive(viewer, 3);
    const { frames } = await until(first, "ST0", (now) => now.state === "ST0");
    await waits(first, "camera", en.viewer.waitingFor.camera);
    await untilLive(viewer, 15);
    assert.equal((await until(first, "ST0", (now) => now.state === "ST0")).frames, frames, "not one picture");
    assert.deepEqual(app.errors, []);
  });

  it("is erased only after two questions, and Cancel or Escape keeps it", async () => {
    const page = await app.open("/cards");
    const ask = async () => {
      await button(page, `${eraseShort}: Home`).click();
      const dialog = page.getByRole("dialog", { name: eraseHeading("Home") });
      await dialog.getByText(en.cards.eraseWords).waitFor();
      return dialog;
    };
    await (await ask()).getByRole("button", { name: en.actions.cancel }).click();
    await (await ask()).press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.reload();
    await tile(page, "Home").waitFor();
    const sure = page.getByRole("dialog", { name: en.card.sureHeading });
    await (await ask()).getByRole("button", { name: erase }).click();
    await sure.getByRole("button", { name: en.actions.cancel }).click();
    await (await ask()).getByRole("button", { name: erase }).click();
    await sure.getByRole("button", { name: en.card.sure }).click();
    await tile(page, "Home").waitFor({ state: "detached" });
    await page.reload();
    await tile(page, "Second").waitFor();
    assert.equal(await tile(page, "Home").count(), 0, "the other one stays");
    const { frames } = await untilLive(viewer, 1);
    await untilLive(viewer, frames + 3);
  });

  /** A second card, made where one is already. */
  const makeSecond = async (): Promise<void> => {
    const page = await app.open("/cards");
    await page.getByText(en.cards.makeAnother).click();
    await page.getByLabel(nameLabel).fill("Second");
    await page.getByLabel(passwordLabel, { exact: true }).fill(password);
    await button(page, make).click();
    await tile(page, "Second").waitFor();
    await page.close();
  };
});
