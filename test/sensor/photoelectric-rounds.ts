import assert from "node:assert/strict";
import * as twin from "../twin/photoelectric.ts";
import { noise } from "./implementations.ts";
import { loadKernels, read, write } from "./load-kernels.ts";

/** Lengths from 1 to 300 in turn, one in a hundred around a window of the proportion test. */
const lengthOf = (round: number): number => (round % 100 === 99 ? 1_010 + (round % 31) : (round % 300) + 1);

/** From white noise to almost nothing: ever fewer pixels differ from the rest. */
const pixelsOf = (round: number, seed: number): Uint8Array => {
  const some = noise(lengthOf(round), seed);
  const differs = noise(some.length, seed + 1);
  return some.map((value, i) => (differs[i]! < 256 >> (round % 9) ? value : 40));
};

/** The photoelectric kernels against their twins over so many planes; throws at the first difference. Gives how many answers agreed. */
export const comparePhotoelectric = (rounds: number, seed = 0, onround?: (done: number) => void): number => {
  const k = loadKernels();
  let agreed = 0;
  for (let round = 0; round < rounds; round += 1) {
    const own = seed + 4 * round;
    const what = `round ${round} of seed ${seed}`;
    const same = (ours: unknown, theirs: unknown): void => {
      assert.deepEqual(ours, theirs, what);
      agreed += 1;
    };
    const pixels = pixelsOf(round, own);
    const [low = 0, high = 0] = noise(2, own + 2);
    write(k, k.FRAME, pixels);
    same(k.extremes(pixels.length, 16, 235), twin.extremes(pixels, 16, 235));
    same(k.extremes(pixels.length, 0, 255), twin.extremes(pixels, 0, 255));
    same(k.extremes(pixels.length, low, high), twin.extremes(pixels, low, high));
    const count = round % 3 === 0 ? pixels.length : Math.ceil(pixels.length / 2);
    const random = noise(count * 4, own + 3);
    write(k, k.POSITIONS, random);
    k.drawNumbers(pixels.length, count);
    const numbers = twin.drawNumbers(pixels, random, count);
    same(read(k, k.NUMBERS, count), numbers);
    same(k.noiseOnes(count), twin.noiseOnes(numbers));
    same(k.longestRepetition(count), twin.longestRepetition(numbers));
    const window = (round % count) + 1;
    same(k.highestProportion(count, window), twin.highestProportion(numbers, window));
    onround?.(round + 1);
  }
  return agreed;
};
