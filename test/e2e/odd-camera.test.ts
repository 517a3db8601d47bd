import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { en } from "../../src/ui/texts/en.ts";
import { type App, adjust, makeCard, pair, startApp, startCamera, untilLive, view } from "./app.ts";
import { tells } from "./sentences.ts";

/** A film of two frames of noise-like pixels, as YUV4MPEG2 4:2:0: what Chromium plays as a camera of that size. It plays none of odd sizes. */
const film = (width: number, height: number): Uint8Array => {
  const half = (side: number): number => (side + 1) >> 1;
  const size = width * height + 2 * half(width) * half(height);
  const frame = Uint8Array.from({ length: size }, (_, at) => 30 + ((at * 31 + (at >> 9) * 7) % 180));
  const mark = Buffer.from("FRAME\n");
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...[mark, frame, mark, frame],
  ]);
};

describe("a camera of an unusual size", () => {
  const open: App[] = [];
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealcam-film-"));
  });
  after(async () => {
    for (const app of open.reverse()) await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A browser whose camera has this size; `app`: and that holds no card. */
  const deviceWith = async (width: number, height: number, app?: App): Promise<App> => {
    const file = join(folder, `${width}x${height}.y4m`);
    await writeFile(file, film(width, height));
    const flags = [`--use-file-for-fake-video-capture=${file}`];
    const device = await startApp(app ? { flags, server: app.server } : { flags });
    open.push(device);
    if (!app) await makeCard(device);
    await pair(app ?? device, "Home", `${width} × ${height}`, "", undefined, device);
    return device;
  };

  it("362 × 642, which no tile divides: lossless pictures are guaranteed", async () => {
    const app = await deviceWith(362, 642);
    await startCamera(app);
    const viewer = await view(app, { camera: "362 × 642", quality: "lossless" });
    await untilLive(viewer, 2);
    const canvas = viewer.locator('[data-role="picture"]');
    assert.deepEqual(
      await canvas.evaluate(({ width, height }: HTMLCanvasElement) => [width, height]),
      [362, 642],
    );
    assert.deepEqual(app.errors, []);
  });

  it("4K on another device: both sides say that lossless pictures are too large for the network, and the full ones come", async () => {
    const app = await startApp();
    open.push(app);
    await makeCard(app);
    const device = await deviceWith(3840, 2160, app);
    const camera = await startCamera(device);
    const viewer = await view(app, { camera: "3840 × 2160", quality: "lossless" });
    await tells(viewer, "picture-large");
    await camera.locator('[data-role="unsent"]').waitFor();
    await adjust(viewer, [/^Full/]);
    await untilLive(viewer, 2);
    await viewer.locator('[data-role="fault"]').waitFor({ state: "detached" });
    await camera.locator('[data-role="unsent"]').waitFor({ state: "detached" });
  });

  it("larger than 4096: it says that such pictures cannot be sealed", async () => {
    const app = await deviceWith(4224, 4224);
    const camera = await app.open("/camera");
    await camera.getByRole("button", { name: en.camera.start }).click();
    await tells(camera, "pixel-format");
  });
});
