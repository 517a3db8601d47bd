import type { Bytes, Clock } from "../base/index.ts";
import type { Wish } from "../media/index.ts";
import type { FrameKind } from "../seal/index.ts";
import type { SealedFrame } from "./watcher.ts";

/** Somebody at the camera who looks at what is sealed: at everything that goes out, and at nothing else. */
export interface Onlooker {
  /** A picture of a camera of this size was sealed and goes to so many viewers. Its bytes are good during the call only. */
  see(frame: SealedFrame, size: PictureSize, viewers: number): void;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A sealed picture that was drawn. */
export interface DrawnItem {
  readonly track: number;
  readonly sequence: number;
  readonly kind: FrameKind;
  /** All of the item. */
  readonly bytes: number;
  /** How many viewers it went to. */
  readonly viewers: number;
}

/** WCAG 2.2 success criterion 2.3.1: nothing flashes more than three times in a second; noise that changes twice does not. ms */
export const drawInterval = 500;

/** What is sealed for an onlooker where nobody takes a picture: the sensor's own pixels, as often as they are drawn. */
export const onlookerWish: Wish = {
  ...{ picture: "lossless", longest: Number.MAX_SAFE_INTEGER, framesPerSecond: 1000 / drawInterval },
  ...{ sound: "none", text: false },
};

/** Bytes in one dot: red, green, blue. */
const inDot = 3;

/** The columns and rows of dots that hold so many bytes, in about the shape of `size`. */
export const dotsFor = (bytes: number, { width, height }: PictureSize): { columns: number; rows: number } => {
  const dots = Math.max(1, Math.ceil(bytes / inDot));
  const columns = Math.min(dots, Math.max(1, Math.round(Math.sqrt((dots * width) / height))));
  return { columns, rows: Math.ceil(dots / columns) };
};

/** All bytes of `item`, three to a dot, row by row from the top left; dots without a byte are clear, and the last one may be filled up with zeros. */
export const drawBytes = (canvas: OffscreenCanvas, item: Bytes, size: PictureSize): void => {
  const { columns, rows } = dotsFor(item.length, size);
  const picture = new ImageData(columns, rows);
  const { data } = picture;
  for (let from = 0, to = 0; from < item.length; from += inDot, to += 4) {
    data[to] = item[from] ?? 0;
    data[to + 1] = item[from + 1] ?? 0;
    data[to + 2] = item[from + 2] ?? 0;
    data[to + 3] = 255;
  }
  canvas.width = columns;
  canvas.height = rows;
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
};

/** Draws sealed pictures as what they are to everybody on the way: bytes. No pixel of a camera and no key comes here. */
export class SealedDrawing implements Onlooker {
  readonly #canvas: OffscreenCanvas;
  readonly #steady: Clock;
  readonly #ondrawn: (drawn: DrawnItem) => void;
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(canvas: OffscreenCanvas, steady: Clock, ondrawn: (drawn: DrawnItem) => void) {
    this.#canvas = canvas;
    this.#steady = steady;
    this.#ondrawn = ondrawn;
  }

  see({ track, sequence, kind, item }: SealedFrame, size: PictureSize, viewers: number): void {
    const now = this.#steady.now();
    if (now - this.#drawn < drawInterval) return;
    this.#drawn = now;
    drawBytes(this.#canvas, item, size);
    this.#ondrawn({ track, sequence, kind, bytes: item.length, viewers });
  }
}
