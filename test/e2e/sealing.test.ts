import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { decodeFrame, type FrameItem } from "../../src/seal/index.ts";
import { type App, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";

const name = "What the network sees";

/** The bytes that the dots on the page are, as anybody reads them who sees it; null while nothing stands there. */
const bytesOn = async (page: Page): Promise<Uint8Array | null> => {
  const text = await page.locator('[data-role="sealed"]').evaluate((element) => {
    const shown = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(shown.width, shown.height);
    const context = copy.getContext("2d");
    context?.drawImage(shown, 0, 0);
    const { data } = context!.getImageData(0, 0, shown.width, shown.height);
    const bytes: number[] = [];
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] === 255) bytes.push(data[at]!, data[at + 1]!, data[at + 2]!);
    return bytes.map((byte) => String.fromCharCode(byte)).join("");
  });
  return text === "" ? null : Uint8Array.from(text, (character) => character.charCodeAt(0));
};

/** The sealed frame that is drawn, strictly decoded: the last dot may be filled up with two zeros. */
const frameOn = async (page: Page): Promise<{ item: Uint8Array; frame: FrameItem }> => {
  const end = Date.now() + 20_000;
  for (;;) {
    const bytes = await bytesOn(page);
    for (const filled of bytes ? [0, 1, 2] : [])
      try {
        const item = bytes!.slice(0, bytes!.length - filled);
        return { item, frame: decodeFrame(item) };
      } catch {
        // Another length, or half of a change of size.
      }
    if (Date.now() > end) assert.fail(`no sealed frame is drawn: ${bytes?.subarray(0, 40).join(" ")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Such frames, one after the other, each another one. */
const framesOn = async (page: Page, count: number): Promise<Awaited<ReturnType<typeof frameOn>>[]> => {
  const frames = [await frameOn(page)];
  while (frames.length < count) {
    const { track, sequence } = frames.at(-1)!.frame.fields;
    const next = await frameOn(page);
    if (next.frame.fields.track !== track || next.frame.fields.sequence !== sequence) frames.push(next);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return frames;
};

/** What lies on the camera's picture, by its class. */
const onPicture = (page: Page): Promise<string[]> =>
  page.locator("sealcam-camera-page").evaluate((element) => {
    const root = element.shadowRoot!;
    const area = (selector: string): DOMRect => root.querySelector(selector)!.getBoundingClientRect();
    const picture = area("video");
    const lies = [".bar", ".beside", ".controls"].filter((selector) => {
      const one = area(selector);
      const [across, down] = [
        Math.min(one.right, picture.right) - Math.max(one.left, picture.left),
        Math.min(one.bottom, picture.bottom) - Math.max(one.top, picture.top),
      ];
      return across > 0 && down > 0;
    });
    const isSeen = picture.width * picture.height > 0.2 * innerWidth * innerHeight;
    return isSeen ? lies : [...lies, "too small"];
  });

const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];

describe("the camera's picture", () => {
  let app: App;
  before(async () => {
    app = await startApp();
    await makeCard(app);
    await pair(app);
  });
  after(() => app.close());

  it("nothing lies on it and it is large enough to see, before the start and while it runs, on every screen", async () => {
    const camera = await app.open("/camera");
    const looked = async (): Promise<void> => {
      for (const size of sizes) {
        await camera.setViewportSize(size);
        assert.deepEqual(await onPicture(camera), [], `${size.width} × ${size.height}`);
      }
    };
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    await looked();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.getByRole("switch", { name }).waitFor();
    for (const line of ["One.", "The postman was here.", "The gate is open until six."]) {
      await camera.getByRole("textbox", { name: "Say something" }).fill(line);
      await camera.keyboard.press("Enter");
      await camera.locator('[data-role="said"]', { hasText: line }).waitFor();
    }
    await camera.getByText("Details", { exact: true }).click();
    await looked();
    assert.deepEqual(app.errors, []);
  });
});

describe("what the network sees of a camera", () => {
  let app: App;
  let camera: Page;
  before(async () => {
    app = await startApp();
    await makeCard(app);
    await pair(app);
    camera = await startCamera(app);
  });
  after(() => app.close());

  it("nobody views: sealed to be drawn and sent to nobody, by keyboard; noise, with the picture small beside it", async () => {
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    await camera.getByRole("switch", { name }).focus();
    await camera.keyboard.press("Space");
    await camera.locator('[data-role="drawn"][data-track="0"][data-viewers="0"]').waitFor();
    await camera.getByText("sent to nobody", { exact: false }).first().waitFor();
    const frames = await framesOn(camera, 3);
    for (const { frame } of frames) {
      assert.deepEqual([frame.fields.kind, frame.fields.track], ["raw", 0]);
      // Noise has every byte about as often; this camera's picture has few colours.
      const counts = new Uint32Array(256);
      for (const byte of frame.cipher) counts[byte] = (counts[byte] ?? 0) + 1;
      const [least, most] = [Math.min(...counts), Math.max(...counts)];
      assert.ok(least > frame.cipher.length / 512 && most < frame.cipher.length / 128, `${least} to ${most}`);
    }
    assert.equal(frames[0]!.frame.fields.sequence < 3, true, "nothing was sealed before");
    const [video, sealed] = [camera.locator("video"), camera.locator('[data-role="sealed"]')];
    const [small, large] = [(await video.boundingBox())!, (await sealed.boundingBox())!];
    assert.ok(small.width < large.width / 2);
  });

  it("switched off, nothing is sealed any more, and the picture is back", async () => {
    const began = performance.now();
    const { frame } = await frameOn(camera);
    await camera.getByRole("switch", { name }).uncheck();
    await camera.locator('[data-role="sealed"]').waitFor({ state: "detached" });
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    const stopped = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const resumed = performance.now();
    await camera.getByRole("switch", { name }).check();
    const again = await frameOn(camera);
    const sealed = again.frame.fields.sequence - frame.fields.sequence;
    // However slow the machine is: two a second while somebody looked, and none for these five seconds.
    const looked = stopped - began + performance.now() - resumed;
    assert.ok(sealed >= 1 && sealed <= looked / 500 + 4, `${sealed} sealed in ${looked} ms`);
  });

  it("somebody views: what is drawn went to them", async () => {
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await camera.locator('[data-role="drawn"][data-track="1"][data-viewers="1"]').waitFor();
    await camera.getByText("sent to 1 viewer", { exact: false }).waitFor();
    await viewer.close();
  });

  it("recorded meanwhile: what is drawn is in the file, byte for byte", async () => {
    await camera.getByRole("button", { name: "Record here" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await camera.locator('[data-role="drawn"][data-track="1"][data-viewers="0"]').waitFor();
    const frames = (await framesOn(camera, 4)).filter(({ frame }) => frame.fields.track === 1);
    assert.ok(frames.length >= 3);
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    assert.equal(await camera.locator('[data-role="sealed"]').count(), 0);
    const list = await app.open("/recordings");
    const save = list.getByRole("button", { name: /^Save a copy: / }).first();
    const [download] = await Promise.all([list.waitForEvent("download"), save.click()]);
    const file = await readFile(await download.path());
    for (const { item, frame } of frames)
      assert.ok(file.includes(Buffer.from(item)), `picture ${frame.fields.sequence} of ${item.length} bytes`);
    await list.close();
    assert.deepEqual(app.errors, []);
  });
});
