import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/ui/texts/en.ts";
import { type App, chooseDevice, makeLink, numberOn, startApp } from "./app.ts";
import { writeCodeFilm } from "./code-film.ts";
import { insertNewCard } from "./inserted.ts";
import { tells } from "./sentences.ts";

const t = en.pair.scan;

describe("a code scanned in the app", () => {
  let app: App;
  let dir: string;
  let film: string;
  let hub: Page;
  let link: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "sealcam-codes-"));
    film = join(dir, "code.y4m");
    await writeCodeFilm(film, null);
    app = await startApp({ flags: [`--use-file-for-fake-video-capture=${film}`] });
    await insertNewCard(app);
    ({ hub, link } = await makeLink(app));
  });
  after(async () => {
    await app.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** `/pair` in another tab, looking at a film of this code: the browser reads the file when the camera is opened. */
  const scan = async (text: string | null): Promise<Page> => {
    await writeCodeFilm(film, text);
    const tab = await app.open("/pair");
    // Keeps every track it was given, so that a test can tell whether they were stopped.
    await tab.evaluate(() => {
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      const tracks: MediaStreamTrack[] = [];
      Object.assign(window, { tracks });
      devices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await tab.getByRole("button", { name: t.go }).click();
    return tab;
  };
  const tracks = (tab: Page): Promise<string[]> =>
    tab.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState),
    );

  it("that is another site's pairing link is refused, and nothing is opened", async () => {
    const tab = await scan(link.replace(app.origin, "https://sealcam.example"));
    await tells(tab, "link-foreign");
    assert.equal(tab.url(), `${app.origin}/pair`);
    await tab.getByText(t.looking).waitFor();
    await tab.close();
  });

  it("that is no pairing link, or an incomplete one, is refused with its own sentence", async () => {
    for (const [text, code] of [
      ["https://sealcam.example/", "link-none"],
      ["WIFI:T:WPA;S:porch;P:secret;;", "link-none"],
      [link.slice(0, -1), "link-malformed"],
    ] as const) {
      const tab = await scan(text);
      await tells(tab, code);
      await tab.close();
    }
  });

  it("that has expired seems so at once, and is refused by nobody answering to it", async () => {
    const tab = await scan(link.replace(/\d+$/, `${Date.now() - 1000}`));
    await tab.locator('[data-role="seems-expired"]').waitFor();
    await chooseDevice(tab);
    await tells(tab, "link-expired", 30_000);
    await tab.close();
  });

  it("can be left: the camera is off, and the card's side stands again", async () => {
    const tab = await scan(null);
    await tab.getByText(t.looking).waitFor();
    await tab.getByRole("button", { name: t.back }).click();
    await tab.getByRole("button", { name: t.go }).waitFor();
    assert.deepEqual(await tracks(tab), ["ended"]);
    await tab.close();
  });

  it("can be typed instead, and is refused likewise", async () => {
    const tab = await scan(null);
    const field = tab.getByLabel(t.typed);
    await field.fill("hello");
    await tab.getByRole("button", { name: t.take }).click();
    await tells(tab, "link-none");
    await field.fill(` ${link}\n`);
    await tab.getByRole("button", { name: t.take }).click();
    await tab.locator("sealcam-device-list").waitFor();
    await tab.close();
  });

  it("of the link that the hub shows leads to a pairing, and its secret is in no address", async () => {
    const tab = await scan(link);
    await tab.locator("sealcam-device-list").waitFor();
    assert.equal((await tracks(tab))[0], "ended", "the finder's track is stopped");
    assert.equal(tab.url(), `${app.origin}/pair`);
    const devtools = await app.context.newCDPSession(tab);
    const { entries } = await devtools.send("Page.getNavigationHistory");
    assert.deepEqual(
      entries.map(({ url }) => url).filter((url) => url.includes("#")),
      [],
    );
    await chooseDevice(tab);
    for (const page of [tab, hub]) await page.getByRole("button", { name: en.pair.same }).waitFor();
    assert.equal(await numberOn(tab), await numberOn(hub));
    await hub.getByLabel(en.pair.name).fill("Front door");
    await hub.getByRole("button", { name: en.pair.same }).click();
    await tab.getByRole("button", { name: en.pair.same }).click();
    await tab.getByRole("link", { name: en.pair.startCamera }).waitFor();
    await tab.close();
  });

  it("that was used is refused after it was scanned", async () => {
    const tab = await scan(link);
    await chooseDevice(tab);
    await tells(tab, "link-used");
    await tab.close();
    assert.deepEqual(app.errors, []);
  });
});
