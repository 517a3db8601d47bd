import { type Bytes, Fault } from "../base/index.ts";
import type { CameraFrame } from "../sensor/index.ts";
import { fit } from "./quality.ts";
import { jpegSize, webpSize } from "./still-size.ts";
import type { MediaFault } from "./video-opener.ts";
import type { Size } from "./video-size.ts";

/** The picture formats that are read; JPEG alone is written. */
export type StillType = "image/jpeg" | "image/webp";

/** A coded still, sizes in pixels. */
export interface Still {
  readonly bytes: Bytes;
  readonly type: StillType;
  readonly width: number;
  readonly height: number;
}

/** How JPEG trades bytes for likeness, 0 to 1: at this value one sees no blocks at arm's length. */
const likeness = 0.85;

/** No picture is larger on either side [SF26], in pixels. */
const largest = 4096;

/**
 * The frame as a JPEG, upright, scaled down to `longest` pixels on its longer side. JPEG, because it takes a sixth of
 * WebP's time (docs/decisions/0012-video-codec.md). Closes nothing.
 */
export const codeStill = async (
  frame: CameraFrame,
  longest: number,
): Promise<Still & { readonly type: "image/jpeg" }> => {
  const { width, height } = fit(frame.displayWidth, frame.displayHeight, longest);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Fault<MediaFault>("codec", { why: "canvas" });
  context.imageSmoothingQuality = "high";
  context.drawImage(frame, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: likeness });
  // HTML, "serialising bitmaps to a file": a type that a browser does not write becomes PNG.
  if (blob.type !== "image/jpeg") throw new Fault<MediaFault>("codec", { why: "type" });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), type: "image/jpeg", width, height };
};

/**
 * The still as a frame, which the caller closes. Fault "codec" where the bytes are not a picture of that type, which
 * the browser alone would not say: it looks at the bytes and not at the type; not of that size, or,
 * without one, larger than any picture. That is read before anything is decoded: a few bytes may ask for gigabytes.
 */
export const openStill = async (bytes: Bytes, type: StillType, size?: Size): Promise<VideoFrame> => {
  if (typeOf(bytes) !== type) throw new Fault<MediaFault>("codec", { why: "type" });
  const { width = 0, height = 0 } = (type === "image/jpeg" ? jpegSize(bytes) : webpSize(bytes)) ?? {};
  const isRight = size
    ? width === size.width && height === size.height
    : Math.min(width, height) >= 1 && Math.max(width, height) <= largest;
  if (!isRight) throw new Fault<MediaFault>("codec", { why: "size" });
  let bitmap: ImageBitmap;
  try {
    // A note inside the file must not turn a picture whose size is signed.
    bitmap = await createImageBitmap(new Blob([bytes], { type }), {
      imageOrientation: "none" as "from-image",
    });
  } catch (cause) {
    throw new Fault<MediaFault>("codec", { why: "bytes" }, { cause });
  }
  try {
    // What was decoded: the header has to have told the truth.
    if (bitmap.width !== width || bitmap.height !== height)
      throw new Fault<MediaFault>("codec", { why: "size" });
    return new VideoFrame(bitmap, { timestamp: 0, alpha: "discard" });
  } finally {
    bitmap.close();
  }
};

/** By the first bytes: MIME Sniffing §6.1. */
const typeOf = (bytes: Bytes): StillType | null => {
  const first = String.fromCharCode(...bytes.subarray(0, 14));
  if (first.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return first.startsWith("RIFF") && first.endsWith("WEBPVP") ? "image/webp" : null;
};
