import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { linkFragment, makeLink } from "../../src/auth/index.ts";
import { randomBytes, systemClock } from "../../src/base/index.ts";
import { en } from "../../src/ui/texts/en.ts";
import { type App, startApp, startCamera, until, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";
import { tells } from "./sentences.ts";

/** A link of the right form; to find out that nobody answers it, a tab has to get its camera first. */
const someLink = (): string => `/pair#${linkFragment(makeLink(systemClock, randomBytes(32)))}`;

describe("a device without a camera", () => {
  let app: App;
  before(async () => {
    app = await startApp({ flags: ["--use-fake-device-for-media-stream=device-count=0"] });
  });
  after(() => app.close());

  for (const [name, path] of [
    ["/camera", "/camera"],
    ["/pair with a link", someLink()],
  ] as const) {
    it(`${name} says that there is none, and after another try says so again`, async () => {
      const page = await app.open(path);
      await tells(page, "camera-none");
      await page.getByRole("button", { name: en.actions.retry }).click();
      await tells(page, "camera-none");
      assert.equal(await page.getByRole("button", { name: en.camera.start }).count(), 0);
    });
  }
});

describe("a camera that is refused, lost or taken", () => {
  let app: App;
  let camera: Page;
  let viewer: Page;
  /** Open to the end: what it permits holds for as long as it is. */
  let browser: CDPSession;
  before(async () => {
    app = await startApp({ asks: true, flags: ["--use-fake-device-for-media-stream=fps=10"] });
    browser = await app.context.browser()!.newBrowserCDPSession();
  });
  after(() => app.close());

  /** What a person does in the address bar. */
  const permit = async (setting: "granted" | "denied"): Promise<void> => {
    const permission = { name: "camera" };
    await browser.send("Browser.setPermission", { permission, setting, origin: app.origin });
  };

  /** The process that reads the camera dies, as a driver does when its device is pulled out: the browser ends the track. */
  const unplug = async (): Promise<void> => {
    const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
    const capture = processInfo.find(({ type }) => type.includes("VideoCapture"));
    assert.ok(capture, "the browser captures in a process of its own");
    process.kill(capture.id, "SIGKILL");
  };

  it("/camera says that the browser refused; allowed, the next try succeeds", async () => {
    await permit("denied");
    const page = await app.open("/camera");
    await tells(page, "camera-refused");
    await permit("granted");
    await page.getByRole("button", { name: en.actions.retry }).click();
    // Nothing else is missing but the pairing: it says so, leads there, and cannot be started.
    await tells(page, "camera-not-paired");
    await page.locator('[data-role="fault"] a[href="/pair"]').waitFor();
    assert.equal(await page.getByRole("button", { name: en.camera.start }).count(), 0);
    await page.close();
  });

  it("/pair says that the browser refused; allowed, the next try lists the camera", async () => {
    await permit("denied");
    const page = await app.open(someLink());
    await tells(page, "camera-refused");
    await permit("granted");
    await page.getByRole("button", { name: en.actions.retry }).click();
    await page.getByRole("button", { name: "fake_device_0" }).waitFor();
    await page.close();
  });

  it("pulled out while somebody views: both sides say so, and plugged in again it goes on by itself", async () => {
    await insertPaired(app);
    camera = await startCamera(app);
    viewer = await view(app);
    await untilLive(viewer, 3);
    await unplug();
    await tells(camera, "camera-unplugged");
    await until(viewer, "ST0 ended", (now) => now.state === "ST0" && now.reason === "ended");
    await viewer.getByText(en.reasons.ended.what).first().waitFor();
    await again();
  });

  it("the permission taken back while somebody views: the camera says so, and allowed again it goes on", async () => {
    await permit("denied");
    await tells(camera, "camera-refused");
    await until(viewer, "ST0 ended", (now) => now.state === "ST0" && now.reason === "ended");
    await permit("granted");
    await again();
  });

  it("the same camera started in a second tab: the first stops and says where it is, viewers follow", async () => {
    const { frames } = await untilLive(viewer, 1);
    const second = await startCamera(app);
    await tells(camera, "camera-elsewhere");
    await untilLive(viewer, frames + 20);
    await second.close();
    await again();
  });

  it("the microphone refused: it says so, and the camera goes on; allowed, sound is sent", async () => {
    const microphone = async (setting: "granted" | "denied"): Promise<void> => {
      const permission = { name: "microphone" };
      await browser.send("Browser.setPermission", { permission, setting, origin: app.origin });
    };
    const { frames } = await untilLive(viewer, 1);
    await microphone("denied");
    await camera.getByRole("button", { name: en.live.camera.sendSound }).click();
    await tells(camera, "microphone-refused");
    await untilLive(viewer, frames + 5);
    await microphone("granted");
    await camera.getByRole("button", { name: en.live.camera.sendSound }).click();
    await camera.locator('[data-role="hears"]').waitFor();
    assert.equal(await camera.locator('[data-role="fault"]').count(), 0);
    await camera.getByRole("button", { name: en.live.camera.stopSound }).click();
  });

  /** The camera tab tries again and starts; the viewer's page was not touched. */
  const again = async (): Promise<void> => {
    await camera.getByRole("button", { name: en.actions.retry }).click();
    await camera.getByRole("button", { name: en.camera.start }).click();
    const { frames } = await until(viewer, "a picture was there", (now) => now.frames > 0);
    await untilLive(viewer, frames + 1);
  };
});
