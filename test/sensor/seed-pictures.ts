// What a camera may see when a seed is wanted, as luma planes, row by row. The same on every run.

export type SeedPicture =
  | "covered lens"
  | "night"
  | "saturated"
  | "uniform grey"
  | "drawing"
  | "noise"
  | "room";

/** Uniform on 0 to 1: xorshift32 (Marsaglia 2003). */
const generator = (seed: number) => {
  let state = Math.imul(seed + 1, 2654435761) || 1;
  return (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

/** Limited range, as cameras have it; `seed` tells the frames of a film apart. */
export const lumaOf = (picture: SeedPicture, width: number, height: number, seed = 1): Uint8Array => {
  const random = generator(seed);
  // Nearly normal, of standard deviation 1: the sum of twelve less their mean.
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i += 1) sum += random();
    return sum;
  };
  const clip = (value: number): number => Math.max(16, Math.min(235, Math.round(value)));
  const pixel: Record<SeedPicture, (x: number, y: number) => number> = {
    "covered lens": () => 16,
    // The read noise of a sensor, of which black cuts the lower half off.
    night: () => clip(15 + normal()),
    saturated: () => 235 + (random() < 0.1 ? 5 : 0),
    "uniform grey": () => 126,
    // A sheet on a wall, without noise: no camera sees it so.
    drawing: (x, y) => (x > width / 3 && y > height / 3 ? 220 : 120),
    noise: () => Math.floor(random() * 256),
    // From dark to light, with a window that is far too bright, and a sensor's noise.
    room: (x, y) =>
      x > width * 0.7 && y < height * 0.4
        ? 235
        : clip(30 + (150 * x) / width + (30 * y) / height + 2 * normal()),
  };
  return Uint8Array.from({ length: width * height }, (_, at) =>
    pixel[picture](at % width, Math.floor(at / width)),
  );
};
