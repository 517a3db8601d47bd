import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import {
  type App,
  makeCard,
  openCard,
  pair,
  password,
  startApp,
  startCamera,
  until,
  untilLive,
  view,
} from "./app.ts";

const t = en.keys;

/** Runs in a page: whether no set of the hub is pending. */
const isAcknowledged = (): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("sealcam-hub");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction("sets").objectStore("sets").getAll();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result.every(({ acknowledged }) => acknowledged !== null));
      };
    };
  });

describe("new keys for a camera", () => {
  let app: App;
  let cards: Page;
  let camera: Page;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=10"] });
    app.context.setDefaultTimeout(60_000);
    await makeCard(app);
    await pair(app);
    camera = await startCamera(app);
  });
  after(() => app.close());

  /** `/cards`, with the card open and what it says of the camera's keys. */
  const open = async (): Promise<Page> => {
    const page = await app.open("/cards");
    await page.getByRole("button", { name: `${en.cards.open}: Home`, exact: true }).click();
    await openCard(page, "Home", password);
    await page.getByText(en.card.more("Front door")).click();
    await page.locator('[data-role="keys"]').waitFor();
    return page;
  };
  const rekey = async (page: Page): Promise<void> => {
    await page.getByRole("button", { name: t.rekey, exact: true }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: t.rekey, exact: true }).click();
  };
  const since = (page: Page): Promise<string | null> =>
    page.locator('[data-role="keys"]').getAttribute("data-since");
  const untilSince = async (page: Page, isSo: boolean): Promise<void> => {
    await page
      .locator(isSo ? '[data-role="keys"]:not([data-since=""])' : '[data-role="keys"][data-since=""]')
      .waitFor();
  };

  it("[RP25] [RP26] reach it while it runs: who has the old ones is shut out, the page says since when, and the new ones open it", async () => {
    const viewer = await view(app);
    await untilLive(viewer, 3);
    cards = await open();
    const before = Number(await since(cards));
    assert.ok(before > 0);
    await rekey(cards);
    const acknowledged = `[data-role="keys"]:not([data-since=""]):not([data-since="${before}"])`;
    await cards.locator(acknowledged).waitFor();
    assert.ok(Number(await since(cards)) > before);
    // The card that is open there is as it was before.
    await until(viewer, "the end for the old keys", ({ live }) => live !== "yes");
    await viewer.close();
    const again = await view(app);
    await untilLive(again, 3);
    await again.close();
    assert.equal(await camera.locator('[data-role="fault"]').count(), 0);
    assert.deepEqual(app.errors, []);
  });

  it("[RP27] wait for a camera that is off, and are handed over by a viewer's page, too", async () => {
    await camera.close();
    await rekey(cards);
    await untilSince(cards, false);
    await cards.getByText(en.cards.pending).waitFor();
    await cards.close();
    const viewer = await app.open("/viewer");
    camera = await startCamera(app);
    // No card is open anywhere.
    await viewer.waitForFunction(isAcknowledged, null, { polling: 300 });
    cards = await open();
    await untilSince(cards, true);
    await cards.getByText(en.cards.generation(3)).waitFor();
    await viewer.close();
    assert.deepEqual(app.errors, []);
  });

  it("another card gets keys of its own, and is shut out by itself: the page says since when", async () => {
    const other = "quite another password";
    await makeCard(app, "Spare", other);
    await cards.close();
    cards = await open();
    const form = cards.locator("sealcam-card-keys form");
    await cards.getByText(t.add).click();
    await form.getByLabel(en.card.otherPassword).fill(other);
    await form.getByRole("button", { name: t.addIt }).click();
    const shut = cards.getByRole("button", { name: t.shutOutOf("Spare") });
    await shut.waitFor();
    await untilSince(cards, true);
    await shut.click();
    await cards.getByRole("dialog").getByRole("button", { name: t.shutOutOne, exact: true }).click();
    const out = cards.locator('[data-role="shut-out"]:not([data-since=""])');
    await out.waitFor();
    assert.match((await out.textContent()) ?? "", /Spare/);
    await shut.waitFor({ state: "detached" });
    assert.deepEqual(app.errors, []);
  });
});
