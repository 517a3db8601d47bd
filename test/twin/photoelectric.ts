// The slow, plain twin of assembly/photoelectric.ts.

/** How many bytes are at most `low` or at least `high`. */
export const extremes = (pixels: Uint8Array, low: number, high: number): number =>
  pixels.filter((value) => value <= low || value >= high).length;

/** `count` of the pixels: each random word (little-endian) takes one out of those that are left, whose place the first of these gets. */
export const drawNumbers = (pixels: Uint8Array, random: Uint8Array, count: number): Uint8Array => {
  const words = new DataView(random.buffer, random.byteOffset, random.byteLength);
  const left = [...pixels];
  const numbers = Array.from({ length: count }, (_, i) => {
    const at = i + Number((BigInt(words.getUint32(i * 4, true)) * BigInt(pixels.length - i)) >> 32n);
    const number = left[at]!;
    left[at] = left[i]!;
    return number;
  });
  return Uint8Array.from(numbers);
};

const bitsOf = (numbers: Uint8Array): number[] => [...numbers].map((number) => number % 2);

export const noiseOnes = (numbers: Uint8Array): number => bitsOf(numbers).filter((bit) => bit === 1).length;

/** The longest run of one noise bit, found as text. */
export const longestRepetition = (numbers: Uint8Array): number =>
  Math.max(0, ...(bitsOf(numbers).join("").match(/0+|1+/g) ?? []).map((run) => run.length));

/** How often a window's first noise bit at most occurs in it, of all whole windows. */
export const highestProportion = (numbers: Uint8Array, window: number): number => {
  const bits = bitsOf(numbers);
  const whole = Array.from({ length: Math.floor(bits.length / window) }, (_, i) =>
    bits.slice(i * window, (i + 1) * window),
  );
  return Math.max(...whole.map((of) => of.filter((bit) => bit === of[0]).length));
};
