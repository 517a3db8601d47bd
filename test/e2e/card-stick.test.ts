import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, openCard, pair, saved, startApp, startCamera, untilLive } from "./app.ts";
import { tells } from "./sentences.ts";

const t = en.places;

/**
 * No browser without a screen shows its folder picker: a folder of the browser's own file system is the stick, with the same handles. Everything behind the picker is as
 * it is with a stick.
 */
const withStick = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const showDirectoryPicker = async (): Promise<FileSystemDirectoryHandle> =>
      (await navigator.storage.getDirectory()).getDirectoryHandle("KEYS", { create: true });
    Object.assign(globalThis, { showDirectoryPicker });
  });
};

/** From another tab, as a hand does. */
const pullOut = async (app: App): Promise<void> => {
  const hand = await app.open("/");
  await hand.evaluate(async () =>
    (await navigator.storage.getDirectory()).removeEntry("KEYS", { recursive: true }),
  );
  await hand.close();
};

/** Through the browser's own question. */
const pick = async (page: Page, name: string, content: string): Promise<void> => {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t.file }).click();
  const buffer = Buffer.from(content);
  await (await asked).setFiles({ name, mimeType: "application/json", buffer });
};

const filesOn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const files: Record<string, string> = {};
    const stick = await (await navigator.storage.getDirectory()).getDirectoryHandle("KEYS");
    for await (const name of stick.keys())
      files[name] = await (await (await stick.getFileHandle(name)).getFile()).text();
    return files;
  });

describe("a card on a stick", () => {
  let app: App;
  let text = "";
  before(async () => {
    app = await startApp();
    app.context.setDefaultTimeout(30_000);
    await makeCard(app);
    await pair(app);
  });
  after(() => app.close());

  const choose = (page: Page) => page.getByRole("button", { name: t.folder }).click();

  it("is copied there and moved there, and is one file with the card's text", async () => {
    const page = await app.open("/cards", withStick);
    await choose(page);
    await page.getByText(t.empty("KEYS")).waitFor();
    await page.getByText(t.layHeading).click();
    await page.getByRole("button", { name: t.lay, exact: true }).click();
    const lies = (where: string) => page.locator(".where", { hasText: where });
    await lies(t.at("KEYS")).waitFor();
    assert.equal(await lies(t.browser).count(), 1);
    // Locked, nobody knows that the two are one state.
    await page.getByText(t.layHeading).first().click();
    await page.getByRole("button", { name: t.move, exact: true }).first().click();
    await tells(page, "card-there");
    // The browser's is erased: the stick's is the only one.
    await page.getByRole("button", { name: `${en.cards.eraseShort}: Home, ${t.browser}` }).click();
    await page.getByRole("button", { name: en.cards.erase, exact: true }).click();
    await page.getByRole("button", { name: en.card.sure, exact: true }).click();
    await lies(t.browser).waitFor({ state: "detached" });
    const files = await filesOn(page);
    assert.deepEqual(Object.keys(files), ["Home.sealcard"]);
    text = files["Home.sealcard"] ?? "";
    assert.equal(JSON.parse(text).name, "Home");
    await page.close();
  });

  it("is changed there, under the person's hands", async () => {
    const page = await app.open("/cards", withStick);
    await choose(page);
    await page.getByRole("button", { name: `${en.cards.open}: Home` }).click();
    await openCard(page);
    await page.getByRole("button", { name: en.card.makeCode }).click();
    await page.locator('[data-role="recovery-code"]').waitFor();
    const files = await filesOn(page);
    assert.deepEqual(Object.keys(files), ["Home.sealcard"]);
    text = files["Home.sealcard"] ?? "";
    assert.equal(JSON.parse(text).slots[1].kind, "recovery");
    await page.close();
  });

  it("shows live pictures, until it is pulled out", async () => {
    await startCamera(app);
    const viewer = await app.open("/viewer", withStick);
    await tells(viewer, "card-none");
    await choose(viewer);
    await openCard(viewer);
    await viewer.getByRole("button", { name: "Front door" }).click();
    await untilLive(viewer, 10);
    await pullOut(app);
    await tells(viewer, "card-removed");
    assert.equal(await viewer.locator("sealcam-live-picture").count(), 0);
    assert.deepEqual(app.errors, []);
    await viewer.close();
  });

  it("opens from its file where no folder can be chosen; a file without a card is put away", async () => {
    const viewer = await app.open("/viewer");
    await pick(viewer, "notes.sealcard", "no card");
    await tells(viewer, "file-no-card");
    await pick(viewer, "my card.sealcard", text);
    await viewer.getByText(t.inFile("my card.sealcard")).first().waitFor();
    await openCard(viewer);
    await viewer.getByRole("button", { name: "Front door" }).click();
    await untilLive(viewer, 3);
    await viewer.close();
  });

  it("that was opened as a file is handed over anew with each change", async () => {
    const page = await app.open("/cards");
    await pick(page, "my card.sealcard", text);
    await page.getByRole("button", { name: `${en.cards.open}: Home` }).click();
    await openCard(page);
    const file = Buffer.from(await saved(page, en.card.makeCodeAnew)).toString();
    assert.equal(JSON.parse(file).counter, JSON.parse(text).counter + 1);
    await page.close();
  });
});
