import assert from "node:assert/strict";
import { en } from "../../src/ui/texts/en.ts";
import { password } from "../e2e/app.ts";
import type { Firefox } from "./firefox.ts";
import type { FirefoxTab } from "./tab.ts";

/** A Firefox at a server of the app. */
export interface Place {
  readonly firefox: Firefox;
  readonly origin: string;
}

const open = ({ firefox, origin }: Place, path: string): Promise<FirefoxTab> =>
  firefox.open(new URL(path, origin).href);

const field = 'input[type="password"]';

/** `/cards`: makes a card, as a person does. */
export const makeCard = async (place: Place, name = "Home"): Promise<void> => {
  const tab = await open(place, "/cards");
  await tab.fill('input:not([type="password"])', name);
  await tab.fill(field, password);
  await tab.click("button", "Make the card");
  await tab.wait("button", "Save a copy");
  await tab.close();
};

const openCard = async (tab: FirefoxTab): Promise<void> => {
  await tab.fill(field, password);
  await tab.click("button", "Open the card");
};

/** The whole of pairing, in two tabs. */
export const pair = async (place: Place, name = "Front door"): Promise<void> => {
  const hub = await open(place, "/pair");
  await openCard(hub);
  const role = '[data-role="pairing-link"]';
  await hub.wait(role);
  const link = await hub.attribute(role, "href");
  assert.ok(link);
  const camera = await open(place, `/pair${new URL(link, place.origin).hash}`);
  await camera.click("sealcam-device-list button, button.device, li button");
  for (const tab of [camera, hub]) await tab.wait("button", "They are the same");
  const number = '[data-role="camera-number"]';
  assert.equal(await hub.attribute(number, "data-number"), await camera.attribute(number, "data-number"));
  await hub.fill('input:not([type="password"])', name);
  await hub.click("button", "They are the same");
  await camera.click("button", "They are the same");
  await hub.wait("a", "View it");
  await camera.wait("a", "Start the camera");
  await hub.close();
  await camera.close();
};

/** `/camera`: starts sealing. */
export const startCamera = async (place: Place): Promise<FirefoxTab> => {
  const tab = await open(place, "/camera");
  await tab.click("button", en.camera.start);
  await tab.wait("button", en.camera.stop);
  return tab;
};

/** `/viewer` in a window of its own, which hides no other: opens the card and the camera. */
export const view = async (
  place: Place,
  quality: "full" | "small" | "lossless",
  name = "Front door",
): Promise<FirefoxTab> => {
  const tab = await place.firefox.open(place.origin, "window");
  await tab.evaluate(
    `localStorage.setItem("sealcam-quality", ${JSON.stringify(JSON.stringify({ picture: quality, framesPerSecond: 30 }))})`,
  );
  await tab.go(new URL("/viewer", place.origin).href);
  await openCard(tab);
  await tab.click("button", name);
  return tab;
};

/** Waits for a live, guaranteed picture with at least this many frames. */
export const untilLive = (tab: FirefoxTab, frames = 1): Promise<void> =>
  tab.until(
    `ST1 and live with ${frames} frames`,
    `(() => {
      const said = find('[data-role="guarantee"]', null)?.dataset ?? {};
      const shown = Number(all(document, '[data-role="picture"]')[0]?.dataset.frames);
      return shown >= ${frames} && said.state === "ST1" && said.live === "yes";
    })()`,
  );

/** How many pictures it has shown. */
export const framesOn = (tab: FirefoxTab): Promise<number> =>
  tab.evaluate(`Number(all(document, '[data-role="picture"]')[0]?.dataset.frames ?? 0)`);
