import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { fromBase32, toBase64Url } from "../../src/base/index.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type App, makeCard, pair, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { inPageScript } from "./in-page-script.ts";
import { tells, waits } from "./sentences.ts";

declare global {
  interface Window {
    /** While true, each proof that leaves the page has one wrong bit. */
    breaksProofs: boolean;
  }
}

/** A page whose proofs are wrong, until it is told to stop: somebody who knows a key's public half alone. */
const cannotProve = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    window.breaksProofs = true;
    const post = ServiceWorker.prototype.postMessage;
    ServiceWorker.prototype.postMessage = function (this: ServiceWorker, message: unknown): void {
      const { envelope } = (message as { relay?: { envelope?: Uint8Array } }).relay ?? {};
      if (window.breaksProofs && envelope) envelope[envelope.length - 1]! ^= 1;
      post.call(this, message);
    } as typeof post;
  });
};

describe("a peer that does not hold the right key", () => {
  let app: App;
  let room: string;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=10"] });
    await makeCard(app);
    room = toBase64Url(fromBase32(await pair(app)));
  });
  after(() => app.close());

  it("as camera: says that viewers cannot reach it, and once it proves its key it gets them", async () => {
    const camera = await app.open("/camera", cannotProve);
    await camera.getByRole("button", { name: en.camera.start }).click();
    await camera.getByRole("alert").getByText(en.camera.relay.unreachable).waitFor();
    const viewer = await view(app);
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    assert.equal((await until(viewer, "waiting", (now) => now.reason === "waiting")).frames, 0);
    await camera.evaluate(() => {
      window.breaksProofs = false;
    });
    await untilLive(viewer, 3);
    assert.equal(await camera.getByText(en.camera.relay.unreachable).count(), 0);
    await camera.close();
    await viewer.close();
  });

  it("as viewer: says that it could not prove its key, and shows nothing; once it can, it sees", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app, { prepare: cannotProve });
    await tells(viewer, "peer-proof");
    assert.equal((await until(viewer, "waiting", (now) => now.reason === "waiting")).frames, 0);
    await camera.getByText(en.camera.watchers(0)).first().waitFor();
    await viewer.evaluate(() => {
      window.breaksProofs = false;
    });
    await viewer.getByRole("button", { name: en.viewer.leave }).click();
    await viewer.getByRole("button", { name: "Front door" }).click();
    await untilLive(viewer, 3);
    await viewer.close();
    await camera.close();
  });

  it("a stranger with a key of his own is not let in, neither as viewer nor in the camera's place", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 3);
    const script = await inPageScript();
    const stranger = await app.open("/", async (page) => {
      await page.addInitScript(script);
    });
    const joins = async (as: "guest" | "host", into: string | null, told: string): Promise<void> => {
      await stranger.evaluate(
        async ([role, wanted]) => {
          inPage.log.splice(0);
          const { key, room: own } = await inPage.key();
          inPage.join(key, wanted ?? own, role === "host" ? [key] : undefined);
        },
        [as, into] as const,
      );
      await stranger.waitForFunction((words) => inPage.log.includes(words), told);
    };
    await joins("host", room, "proof undefined");
    await joins("guest", room, "waiting host");
    // Where he is host himself he is welcome: it is the room that is closed to him, not the relay.
    await joins("host", null, "waiting guest");
    await joins("guest", room, "waiting host");
    // Longer than the beat at which he asks again.
    const { frames } = await untilLive(viewer, 1);
    await untilLive(viewer, frames + 30);
    const log = await stranger.evaluate(() => inPage.log);
    assert.deepEqual(
      log.filter((words) => words.startsWith("introduced")),
      [],
    );
    await camera.getByText(en.camera.watchers(1)).first().waitFor();
    assert.deepEqual(app.errors, []);
  });
});
