import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { fromBase32, toBase64Url } from "../../src/base/index.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type App, pair, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { inPageScript } from "./in-page-script.ts";
import { insertNewCard } from "./inserted.ts";
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
    // Nor does it get to the server's relay, where nothing else would be wrong with it.
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (this: WebSocket, said: Parameters<typeof send>[0]): void {
      if (!window.breaksProofs) send.call(this, said);
    };
  });
};

describe("a camera and its viewers", () => {
  let app: App;
  let room: string;
  let camera: Page;
  let viewer: Page;
  let second: Page;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=fps=10"] });
    await insertNewCard(app);
    room = toBase64Url(fromBase32(await pair(app)));
  });
  after(() => app.close());

  /** The camera's page counts this many viewers. */
  const watchers = (count: number): Promise<void> =>
    camera.getByText(en.camera.watchers(count)).first().waitFor();
  /** The viewer's page says that there is no camera, and why, and what it waits for. */
  const misses = async (): Promise<number> => {
    const fallen = await until(viewer, "disconnected", (now) => now.reason === "disconnected");
    assert.deepEqual([fallen.state, fallen.live], ["ST0", "no"]);
    await viewer.getByText(en.reasons.disconnected.what).first().waitFor();
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    return fallen.frames;
  };
  /** Nobody touched the viewer, and it shows pictures again. */
  const resumes = async (): Promise<void> => {
    const { frames } = await until(viewer, "a picture was there", (now) => now.frames > 0);
    await untilLive(viewer, frames + 3);
    assert.equal(await viewer.locator('[data-role="waiting"]').count(), 0);
  };
  const provesFromNowOn = (page: Page): Promise<void> =>
    page.evaluate(() => {
      window.breaksProofs = false;
    });

  it("a viewer that was there first waits for the camera, says so, and shows the picture by itself", async () => {
    viewer = await view(app);
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    assert.equal((await until(viewer, "waiting", (now) => now.reason === "waiting")).frames, 0);
    camera = await startCamera(app);
    await untilLive(viewer, 3);
    await watchers(1);
  });

  it("a viewer that cannot prove its key is told so and sees nothing; once it can, it sees", async () => {
    second = await view(app, { prepare: cannotProve });
    await tells(second, "peer-proof");
    assert.equal((await until(second, "waiting", (now) => now.reason === "waiting")).frames, 0);
    await watchers(1);
    await provesFromNowOn(second);
    await second.getByRole("button", { name: en.viewer.leave }).click();
    await second.getByRole("button", { name: "Front door" }).click();
    await untilLive(second, 3);
  });

  it("two viewers at once are both live, and counted while they are there", async () => {
    await watchers(2);
    const [{ frames }, { frames: others }] = await Promise.all([untilLive(viewer), untilLive(second)]);
    await Promise.all([untilLive(viewer, frames + 10), untilLive(second, others + 10)]);
    await second.getByRole("button", { name: en.viewer.leave }).click();
    await watchers(1);
    await resumes();
    await second.getByRole("button", { name: "Front door" }).click();
    await watchers(2);
  });

  it("a viewer whose page hangs holds nobody up, and is on time again when it goes on", async () => {
    await untilLive(second, 3);
    const { frames } = await untilLive(viewer, 1);
    const hanging = second.evaluate(() => {
      const end = performance.now() + 4_000;
      while (performance.now() < end);
      const page = document.querySelector("sealcam-viewer-page");
      return Number(page?.shadowRoot?.querySelector("sealcam-live-picture")?.frames);
    });
    const others = untilLive(viewer, frames + 5).then(() => "viewed");
    assert.equal(await Promise.race([others, hanging.then(() => "hung")]), "viewed");
    await untilLive(second, (await hanging) + 10);
    // Less than a second behind.
    await second.locator('[data-role="delay"]', { hasText: /^\D*\d{1,3} ms$/ }).waitFor();
    await second.close();
    await watchers(1);
  });

  it("the camera's tab is loaded anew: the viewer says so and goes on by itself", async () => {
    await camera.reload();
    await misses();
    await camera.getByRole("button", { name: en.camera.start }).click();
    await resumes();
    await watchers(1);
  });

  it("its tab is closed, and one opened that cannot prove its key: it says that nobody can reach it", async () => {
    await camera.close();
    const frames = await misses();
    camera = await app.open("/camera", cannotProve);
    await camera.getByRole("button", { name: en.camera.start }).click();
    await camera.getByRole("alert").getByText(en.camera.relay.unreachable).waitFor();
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    assert.equal((await until(viewer, "ST0", (now) => now.state === "ST0")).frames, frames);
    // Nobody touches it: it tries again, and the viewer comes by itself.
    await provesFromNowOn(camera);
    await resumes();
    assert.equal(await camera.getByText(en.camera.relay.unreachable).count(), 0);
  });

  it("it is stopped and started: the viewer says that it was stopped, and goes on by itself", async () => {
    await camera.getByRole("button", { name: en.camera.stop, exact: true }).click();
    await until(viewer, "ended", (now) => now.state === "ST0" && now.reason === "ended");
    await waits(viewer, "camera", en.viewer.waitingFor.camera);
    await camera.getByRole("button", { name: en.camera.start }).click();
    await resumes();
  });

  it("a stranger with a key of his own is not let in, neither as viewer nor in the camera's place", async () => {
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
    await untilLive(viewer, frames + 25);
    const log = await stranger.evaluate(() => inPage.log);
    assert.deepEqual(
      log.filter((words) => words.startsWith("introduced")),
      [],
    );
    await watchers(1);
    assert.deepEqual(app.errors, []);
  });
});
