import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { firefox as findFirefox } from "../../scripts/firefox.ts";
import { type Serving, serve } from "../../scripts/serve.ts";
import { makeCard, type Place, pair, startCamera, untilLive, view } from "./acts.ts";
import { startFirefox } from "./firefox.ts";

const skip = findFirefox() === null && "no Firefox on this machine (on Debian: apt-get install firefox-esr)";

describe("Firefox, which has no track processor", { skip }, () => {
  let server: Serving;
  let place: Place;
  before(async () => {
    server = await serve(0);
    place = { firefox: await startFirefox(), origin: server.origin };
    await makeCard(place);
    await pair(place);
  });
  after(async () => {
    await place?.firefox.close();
    await server?.stop();
  });

  it("is a camera: full, small and lossless pictures are guaranteed and live in another of its tabs", async () => {
    const camera = await startCamera(place);
    for (const quality of ["full", "small", "lossless"] as const) {
      const viewer = await view(place, quality);
      await untilLive(viewer, 1);
      await viewer.close();
    }
    console.log(await camera.text());
    await camera.close();
    assert.deepEqual(place.firefox.errors, []);
  });
});
