import { codeStill, openStill } from "../../src/media/index.ts";
import { asCamera } from "../sensor/as-camera.ts";
import { camera, codeOf, coloured, meansOf, near, same } from "./pictures.ts";

const blobOf = async (type: string): Promise<Uint8Array<ArrayBuffer>> => {
  const canvas = new OffscreenCanvas(64, 32);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#c84020";
  context.fillRect(0, 0, 64, 32);
  const blob = await canvas.convertToBlob({ type });
  same(blob.type, type, "type");
  return new Uint8Array(await blob.arrayBuffer());
};

describe("a still", () => {
  it("is a JPEG of the frame: its colours, its size, its frame left open", async () => {
    const frame = coloured(640, 360, camera);
    const still = await codeStill(asCamera(frame), 4096);
    same([still.type, still.width, still.height], ["image/jpeg", 640, 360], "still");
    same(
      [...still.bytes.subarray(0, 2), ...still.bytes.subarray(-2)],
      [0xff, 0xd8, 0xff, 0xd9],
      "JPEG's ends",
    );
    const opened = await openStill(still.bytes, still.type, still);
    near(meansOf(opened), meansOf(frame), 5);
    same([opened.displayWidth, opened.displayHeight], [640, 360], "opened size");
    for (const one of [frame, opened]) one.close();
  });

  it("is scaled down to the longest side that is wanted, and is upright", async () => {
    const frame = coloured(640, 360, camera);
    const turned = new VideoFrame(frame, { timestamp: 0, rotation: 90 } as VideoFrameInit);
    const small = await codeStill(asCamera(frame), 320);
    same([small.width, small.height], [320, 180], "small");
    const tall = await codeStill(asCamera(turned), 320);
    same([tall.width, tall.height], [180, 320], "tall");
    for (const [still, source] of [
      [small, frame],
      [tall, turned],
    ] as const) {
      const opened = await openStill(still.bytes, still.type);
      near(meansOf(opened), meansOf(source), 5);
      opened.close();
    }
    for (const one of [frame, turned]) one.close();
  });

  it("is opened as WebP too", async () => {
    const opened = await openStill(await blobOf("image/webp"), "image/webp");
    near(meansOf(opened).slice(0, 3), [200, 64, 32], 6);
    opened.close();
  });

  it("is refused by what it says of its size, before any of it is decoded", async () => {
    const jpeg = await blobOf("image/jpeg");
    const at = jpeg.findIndex((byte, index) => byte === 0xff && (jpeg[index + 1] ?? 0) === 0xc0);
    const bomb = jpeg.slice();
    bomb.fill(0xff, at + 5, at + 9);
    const genuine = globalThis.createImageBitmap;
    let decoded = 0;
    globalThis.createImageBitmap = ((...given: Parameters<typeof genuine>) => {
      decoded += 1;
      return genuine(...given);
    }) as typeof genuine;
    try {
      same(await codeOf(openStill(bomb, "image/jpeg", { width: 64, height: 32 })), "codec", "65535 a side");
      same(await codeOf(openStill(bomb, "image/jpeg")), "codec", "larger than any picture");
      same(
        await codeOf(openStill(jpeg, "image/jpeg", { width: 64, height: 33 })),
        "codec",
        "not the signed one",
      );
      same(decoded, 0, "decoded");
      (await openStill(jpeg, "image/jpeg")).close();
      same(decoded, 1, "decoded");
    } finally {
      globalThis.createImageBitmap = genuine;
    }
  });

  it("is refused when it is not of its type, not of its size, or no picture", async () => {
    const [png, webp, jpeg] = await Promise.all(["image/png", "image/webp", "image/jpeg"].map(blobOf));
    same(await codeOf(openStill(png!, "image/jpeg")), "codec", "a PNG");
    same(await codeOf(openStill(webp!, "image/jpeg")), "codec", "a WebP called JPEG");
    same(await codeOf(openStill(jpeg!, "image/webp")), "codec", "a JPEG called WebP");
    same(await codeOf(openStill(jpeg!, "image/jpeg", { width: 64, height: 33 })), "codec", "another size");
    same(await codeOf(openStill(jpeg!.slice(0, 40), "image/jpeg")), "codec", "cut short");
    same(await codeOf(openStill(new Uint8Array(), "image/jpeg")), "codec", "nothing");
    (await openStill(jpeg!, "image/jpeg", { width: 64, height: 32 })).close();
  });
});
