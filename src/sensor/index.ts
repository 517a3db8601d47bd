export { ArraySensor, understood } from "./array-sensor.ts";
export type { CameraFrame } from "./camera-frame.ts";
export { compileKernels, instantiate, type Kernels } from "./kernels.ts";
export type { SeedRefusal } from "./photoelectric.ts";
export { makeSeed, type SeedReport } from "./seed.ts";
export {
  byteLength,
  type Coded,
  type ColorSpace,
  checkLayout,
  type Layout,
  maxCoded,
  maxSide,
  type PixelFormat,
  type Position,
  pieceLength,
  type Shape,
  type SignedLeaves,
  strides,
  tileCount,
  tileHeight,
  tileWidth,
} from "./shape.ts";
export { framesOfPort, framesOfTrack } from "./track-frames.ts";
