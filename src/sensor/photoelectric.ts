// What may become a seed is decided here; nothing in this file sees a pixel.

/** Why a frame gives no light, in the order of the checks. */
export type SeedRefusal =
  | "uniform" // a covered lens, night, or a sensor that is saturated
  | "repetition" // a noise bit repeats for too long
  | "proportion"; // a noise bit is too frequent, or the picture too small to tell

/** Too uniform from this share of black or saturated pixels on: 30 to 50 % was asked for. */
export const uniformThreshold = 0.4;

/** Frames that are tried for one seed. */
export const mostTries = 5;

/** Noise bits in one window of the adaptive proportion test: SP 800-90B §4.4.2 has 1024 for bits. */
export const proportionWindow = 1024;

/** Bits of min-entropy a noise bit must have at least for the tests to let it pass: far less than a working sensor gives. */
export const leastEntropy = 0.25;

/** How often a source with just that much is refused all the same, by each sample: less than the 2^-20 of SP 800-90B §4.4, for a frame has many. */
export const falseAlarm = 2 ** -30;

/** The luma that counts as no light and as too much of it: H.273 §8.3 has black at 16 and white at 235 unless the range is full. */
export const extremesOf = (fullRange: boolean): { readonly low: number; readonly high: number } =>
  fullRange ? { low: 0, high: 255 } : { low: 16, high: 235 };

/** SP 800-90B §4.4.1: so many equal samples in a row are refused. `entropy` in bits a sample, `alarm` the rate of false ones. */
export const repetitionCutoff = (entropy: number, alarm: number): number =>
  1 + Math.ceil(-Math.log2(alarm) / entropy);

/** SP 800-90B §4.4.2: so many samples equal to the window's first are refused, which is counted. */
export const proportionCutoff = (entropy: number, alarm: number, window: number): number =>
  1 + criticalBinomial(window, 2 ** -entropy, alarm);

/** The smallest k with P(X > k) ≤ `alarm` for X of `trials` with `chance`: CRITBINOM(trials, chance, 1 - alarm), without the cancellation. */
const criticalBinomial = (trials: number, chance: number, alarm: number): number => {
  // P(X = trials) first, then downwards; in logarithms, for it is as small as 2^-1024.
  let log = trials * Math.log(chance);
  let above = 0;
  let k = trials;
  for (; k > 0; k -= 1) {
    above += Math.exp(log);
    if (above > alarm) break;
    log += Math.log(k) - Math.log(trials - k + 1) + Math.log1p(-chance) - Math.log(chance);
  }
  return k;
};

const cutoffs = {
  repetition: repetitionCutoff(leastEntropy, falseAlarm),
  proportion: proportionCutoff(leastEntropy, falseAlarm, proportionWindow),
};

/** Whether so great a share of black or saturated pixels is too uniform. */
export const isUniform = (share: number): boolean => share >= uniformThreshold;

/** What the health tests say: the longest run of equal noise bits and the highest count in a window. */
export const judgeNoise = (repetition: number, proportion: number): "repetition" | "proportion" | null => {
  if (repetition >= cutoffs.repetition) return "repetition";
  return proportion >= cutoffs.proportion ? "proportion" : null;
};

/**
 * SP 800-90B §6.3.1: min-entropy in bits of `count` noise bits of which `ones` are 1, by their most common value at the upper end of
 * a 99 % interval. Takes what a picture shows for noise: an estimate, on which nothing rests.
 */
export const estimateEntropy = (ones: number, count: number): number => {
  if (count < 2) return 0;
  const share = Math.max(ones, count - ones) / count;
  const upper = Math.min(1, share + 2.576 * Math.sqrt((share * (1 - share)) / (count - 1)));
  // Not -0, where all are the same.
  return Math.max(0, -Math.log2(upper) * count);
};
