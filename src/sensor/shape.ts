import { Fault } from "../base/index.ts";

/** The two native formats cameras deliver; nothing is converted before it is sealed. */
export type PixelFormat = "I420" | "NV12";

/** Visible size in luma pixels and the format; planes are packed tightly, one after the other. */
export interface Shape {
  readonly format: PixelFormat;
  readonly width: number;
  readonly height: number;
}

/** The largest side this version takes: 4096 × 4096 luma pixels stay inside the tree's 16384 leaves. */
export const maxSide = 4096;

/** A tile of the tree in luma pixels: divides 1280 × 720 and 1920 × 1080 evenly, is clipped elsewhere. */
export const tileWidth = 64;
export const tileHeight = 36;

const half = (side: number): number => (side + 1) >> 1;

/** Throws Fault "shape" unless both sides are whole numbers from 1 to `maxSide`. */
export const checkShape = (shape: Shape): void => {
  const { width, height } = shape;
  const fits = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= maxSide;
  if (!fits(width) || !fits(height)) throw new Fault("shape", { width, height });
};

/** Bytes of a frame: luma, then chroma of half the sides, rounded up. */
export const byteLength = ({ width, height }: Shape): number =>
  width * height + 2 * half(width) * half(height);

/** Bytes from row to row, per plane. */
export const strides = ({ format, width }: Shape): number[] =>
  format === "I420" ? [width, half(width), half(width)] : [width, 2 * half(width)];

/** Where each plane begins and its stride, as `VideoFrame.copyTo` and the `VideoFrame` constructor take it. */
export const planeLayout = (shape: Shape): { offset: number; stride: number }[] => {
  const rows = [shape.height, half(shape.height), half(shape.height)];
  let offset = 0;
  return strides(shape).map((stride, plane) => {
    const at = { offset, stride };
    offset += stride * rows[plane]!;
    return at;
  });
};

/** How many tiles, and so leaves, a frame of this shape has. */
export const tileCount = ({ width, height }: Shape): number =>
  Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
