import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { firefox as findFirefox } from "../../scripts/firefox.ts";
import { type Serving, serve } from "../../scripts/serve.ts";
import { en } from "../../src/ui/texts/en.ts";

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

  it("is a camera: full, small and lossless pictures are guaranteed and live in another of its windows", async () => {
    const camera = await startCamera(place);
    for (const quality of ["full", "small", "lossless"] as const) {
      const viewer = await view(place, quality);
      await untilLive(viewer, 1);
      await viewer.close();
    }
    await camera.close();
    assert.deepEqual(place.firefox.errors, []);
  });

  it("hidden, it ends its stream and says why; shown again, it comes back as a new one, and the viewer follows", async () => {
    const camera = await startCamera(place);
    await camera.wait('[data-role="stands-hidden"]');
    const viewer = await view(place, "full");
    await untilLive(viewer, 3);
    const other = await place.firefox.open(new URL("/", place.origin).href, camera);
    await viewer.wait('[data-role="alarm"][data-ending="hidden"]');
    await other.close();
    await camera.show();
    await viewer.wait('[data-role="resumed"][data-ending="hidden"]');
    await camera.wait('[data-role="returned"][data-why="hidden"]');
    await untilLive(viewer, 6);
    await viewer.close();
    await camera.close();
    assert.deepEqual(place.firefox.errors, []);
  });

  it("signs by which path its pictures came [SF7]", async () => {
    const camera = await startCamera(place);
    await camera.click("button", en.live.camera.recordHere);
    await camera.wait("button", en.live.camera.stopRecording);
    await camera.click("button", en.live.camera.stopRecording);
    await camera.wait("button", en.live.camera.recordHere);
    // The head is the first item of the file, and in clear.
    const first = await camera.evaluate<string>(`(async () => {
      const files = [];
      const walk = async (folder) => {
        for await (const entry of folder.values())
          if (entry.kind === "directory") await walk(entry);
          else files.push(await entry.getFile());
      };
      await walk(await navigator.storage.getDirectory());
      const largest = files.sort((one, two) => two.size - one.size)[0];
      return largest.slice(0, 400).text();
    })()`);
    assert.ok(first.includes("video-frame"), first);
    await camera.close();
    assert.deepEqual(place.firefox.errors, []);
  });
});
