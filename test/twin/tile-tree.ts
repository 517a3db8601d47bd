// The tile tree, pixel by pixel: every pixel is asked for by its place in the picture.
import { sha256 } from "./sha256.ts";

export type PixelFormat = "I420" | "NV12";

/** A raw picture: planes tightly packed, luma first, chroma ⌈width / 2⌉ × ⌈height / 2⌉. */
export interface Picture {
  readonly format: PixelFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

const TILE_WIDTH = 64;
const TILE_HEIGHT = 36;

/** Bytes of a picture of this size; the same in both formats. */
export function pictureLength(width: number, height: number): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}

/** What one tile hashes: luma x0 ≤ x < x1, y0 ≤ y < y1, then its chroma, row by row. */
export function tileBytes({ format, width, height, bytes }: Picture, column: number, row: number): number[] {
  const [x0, y0] = [column * TILE_WIDTH, row * TILE_HEIGHT];
  const [x1, y1] = [Math.min(x0 + TILE_WIDTH, width), Math.min(y0 + TILE_HEIGHT, height)];
  const [chromaWidth, chromaHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const luma = (x: number, y: number): number => bytes[y * width + x]!;
  const u = (x: number, y: number): number =>
    format === "I420"
      ? bytes[width * height + y * chromaWidth + x]!
      : bytes[width * height + 2 * (y * chromaWidth + x)]!;
  const v = (x: number, y: number): number =>
    format === "I420"
      ? bytes[width * height + chromaWidth * chromaHeight + y * chromaWidth + x]!
      : bytes[width * height + 2 * (y * chromaWidth + x) + 1]!;

  const tile: number[] = [];
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) tile.push(luma(x, y));
  const chroma = (sample: (x: number, y: number) => void): void => {
    for (let y = y0 / 2; y < Math.ceil(y1 / 2); y++)
      for (let x = x0 / 2; x < Math.ceil(x1 / 2); x++) sample(x, y);
  };
  if (format === "I420") {
    chroma((x, y) => tile.push(u(x, y)));
    chroma((x, y) => tile.push(v(x, y)));
  } else {
    chroma((x, y) => tile.push(u(x, y), v(x, y)));
  }
  return tile;
}

/** RFC 9162 §2.1.1: the hash of one leaf. */
export function leafHash(entry: Iterable<number>): Uint8Array {
  return sha256(Uint8Array.from([0x00, ...entry]));
}

/** Leaf hashes of all tiles, row by row. */
export function tileLeaves(picture: Picture): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let row = 0; row * TILE_HEIGHT < picture.height; row++) {
    for (let column = 0; column * TILE_WIDTH < picture.width; column++) {
      leaves.push(leafHash(tileBytes(picture, column, row)));
    }
  }
  return leaves;
}

/** RFC 9162 §2.1.1, as it defines MTH: split at the largest power of two below the number of leaves. */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return sha256(Uint8Array.from([0x01, ...treeRoot(leaves.slice(0, k)), ...treeRoot(leaves.slice(k))]));
}
