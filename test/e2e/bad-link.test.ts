import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import {
  type App,
  chooseDevice,
  makeLink,
  numberOn,
  openCard,
  startApp,
  startCamera,
  untilLive,
  view,
} from "./app.ts";
import { insertNewCard } from "./inserted.ts";
import { tells, waits } from "./sentences.ts";

const { same, differ, newLink, name: nameLabel } = en.pair;

describe("a pairing link", () => {
  let app: App;
  /** The card lies open here from the first test to the last. */
  let hub: Page;
  let link: string;
  /** Tabs whose other side will never answer. Their 20 s pass while the other tests run. */
  const unanswered: Page[] = [];
  let expired: Page;

  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=5"] });
    await insertNewCard(app);
    const asleep = await makeLink(app);
    await asleep.hub.close();
    ({ hub, link } = await makeLink(app));
    for (const dead of [asleep.link, expiring(Date.now() + 3_600_000)]) {
      const tab = await app.open(dead);
      await chooseDevice(tab);
      await waits(tab, "hub", en.pair.waitingFor.hub);
      unanswered.push(tab);
    }
    expired = await app.open(expiring(Date.now() - 1));
    await expired.locator('[data-role="seems-expired"]').waitFor();
    await chooseDevice(expired);
  });
  after(() => app.close());

  /** The hub's link with another expiry. */
  const expiring = (at: number): string => link.replace(/\d+$/, `${at}`);
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  /** Opens the link, or a new one after a failure, in another tab and goes as far as both numbers. */
  const compare = async (): Promise<Page> => {
    if (await button(hub, newLink).isVisible()) await another();
    const tab = await app.open(link);
    await chooseDevice(tab);
    for (const page of [tab, hub]) await button(page, same).waitFor();
    assert.equal(await numberOn(tab), await numberOn(hub));
    return tab;
  };

  /** The hub makes another link, without another password. */
  const another = async (): Promise<void> => {
    await button(hub, newLink).click();
    const shown = hub.locator('[data-role="pairing-link"]');
    await shown.waitFor();
    const next = await shown.getAttribute("href");
    assert.ok(next && next !== link, "a new link is another link");
    link = next;
  };

  it("is out of the address and the way back as soon as the page stands", async () => {
    const tab = await app.open("/cards");
    await tab.goto(link);
    await tab.locator("sealcam-device-list").waitFor();
    assert.equal(tab.url(), `${app.origin}/pair`);
    const devtools = await app.context.newCDPSession(tab);
    const { entries } = await devtools.send("Page.getNavigationHistory");
    assert.deepEqual(
      entries.map(({ url }) => url.replace(app.origin, "")),
      ["about:blank", "/cards", "/pair"],
    );
    await tab.reload();
    await tab.getByRole("heading", { name: en.pair.headings["choose-card"] }).waitFor();
    await tab.close();
  });

  it("that is not whole says so", async () => {
    const whole = new URL(link).hash.slice(1);
    for (const broken of [whole.slice(0, -1), whole.slice(1), whole.replace(/[^.]+\./, ""), "hello"]) {
      const tab = await app.open(`/pair#${broken}`);
      await tells(tab, "link-malformed");
      await tab.close();
    }
  });

  it("that nobody answers and that has expired by this device's clock says so before and behind", async () => {
    await expired.locator('[data-role="waiting"]').waitFor({ state: "detached", timeout: 25_000 });
    await tells(expired, "link-expired");
    await expired.close();
  });

  it("whose numbers differ, as the camera's side says, pairs nothing", async () => {
    const tab = await compare();
    await button(tab, differ).click();
    for (const page of [tab, hub]) await tells(page, "pairing-rejected");
    await tab.close();
  });

  it("whose numbers differ, as the hub's side says, pairs nothing", async () => {
    const tab = await compare();
    await button(hub, differ).click();
    for (const page of [tab, hub]) await tells(page, "pairing-rejected");
    const camera = await app.open("/camera");
    await tells(camera, "camera-not-paired");
    await camera.close();
    await tab.close();
  });

  it("pairs nothing either when the hub's side had already agreed", async () => {
    const tab = await compare();
    await hub.getByLabel(nameLabel).fill("Front door");
    await button(hub, same).click();
    await hub.getByText(en.pair.waitingFor.acknowledgement).waitFor();
    await button(tab, differ).click();
    for (const page of [tab, hub]) await tells(page, "pairing-rejected");
    await tab.close();
  });

  it("of which none led to a pairing leaves nothing on the card", async () => {
    const page = await app.open("/viewer");
    await openCard(page);
    await page.getByText(en.viewer.none).waitFor();
    await page.close();
  });

  it("that is being used, or was used, is refused in a second tab, and the first one goes on", async () => {
    const tab = await compare();
    const meanwhile = await app.open(link);
    await chooseDevice(meanwhile);
    await tells(meanwhile, "link-used");
    await meanwhile.close();
    await hub.getByLabel(nameLabel).fill("Front door");
    await button(hub, same).click();
    await button(tab, same).click();
    await hub.getByRole("link", { name: en.pair.view }).waitFor();
    await tab.getByRole("link", { name: en.pair.startCamera }).waitFor();
    const late = await app.open(link);
    await chooseDevice(late);
    await tells(late, "link-used");
    await late.close();
    await tab.close();
  });

  it("that nobody answers, its tab closed or its expiry moved, says so after a while", async () => {
    for (const tab of unanswered) await tells(tab, "link-unanswered", 25_000);
  });

  it("after all of that the pairing that was agreed on works", async () => {
    await startCamera(app);
    await untilLive(await view(app), 3);
    assert.deepEqual(app.errors, []);
  });
});
