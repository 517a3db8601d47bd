// Photoelectric numbers: pixel values of one frame, taken at positions that the host's random words choose. These
// kernels count and draw; what the counts mean is judged by src/sensor/photoelectric.ts.
import { FRAME, mustFit, NUMBERS, NUMBERS_CAPACITY, POSITIONS } from "./layout";
import { wipe } from "./wipe";

/** How many of the first `length` bytes at FRAME are at most `low` or at least `high`. */
export function extremes(length: u32, low: u32, high: u32): u32 {
  mustFit(FRAME, length);
  let count: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const value = <u32>load<u8>(FRAME + i);
    count += u32(value <= low) | u32(value >= high);
  }
  return count;
}

/**
 * `count` of the first `length` bytes at FRAME, each position at most once, to NUMBERS: the first steps of Durstenfeld's
 * shuffle (CACM 7, Algorithm 235) with one word at POSITIONS for each, which are erased. The bytes at FRAME end up
 * shuffled. Traps unless `count` is at most `length` and NUMBERS_CAPACITY.
 */
export function drawNumbers(length: u32, count: u32): void {
  mustFit(FRAME, length);
  if (count > length || count > NUMBERS_CAPACITY) unreachable();
  for (let i: u32 = 0; i < count; i++) {
    // A word scaled to what is left: uneven by less than one in a hundred, which positions may be.
    const word = <u64>load<u32>(POSITIONS + (i << 2));
    const from = FRAME + i + <u32>((word * (length - i)) >> 32);
    const value = load<u8>(from);
    store<u8>(from, load<u8>(FRAME + i));
    store<u8>(FRAME + i, value);
    store<u8>(NUMBERS + i, value);
  }
  wipe(POSITIONS, count << 2);
}

// @ts-ignore: decorator
@inline function noise(i: u32): u32 { return load<u8>(NUMBERS + i) & 1; }

function mustBeNumbers(count: u32): void {
  if (count > NUMBERS_CAPACITY) unreachable();
}

/** How many of the first `count` noise bits, the lowest of each number, are 1. */
export function noiseOnes(count: u32): u32 {
  mustBeNumbers(count);
  let ones: u32 = 0;
  for (let i: u32 = 0; i < count; i++) ones += noise(i);
  return ones;
}

/** NIST SP 800-90B §4.4.1: how often a noise bit at most repeats in a row, itself counted. */
export function longestRepetition(count: u32): u32 {
  mustBeNumbers(count);
  let longest: u32 = 0;
  let repetition: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    repetition = i != 0 && noise(i) == noise(i - 1) ? repetition + 1 : 1;
    longest = max(longest, repetition);
  }
  return longest;
}

/** NIST SP 800-90B §4.4.2: how often a window's first noise bit at most occurs in it, of all whole windows. Traps on none. */
export function highestProportion(count: u32, window: u32): u32 {
  mustBeNumbers(count);
  if (window == 0 || window > count) unreachable();
  let highest: u32 = 0;
  for (let start: u32 = 0; count - start >= window; start += window) {
    const first = noise(start);
    let same: u32 = 0;
    for (let i: u32 = 0; i < window; i++) same += u32(noise(start + i) == first);
    highest = max(highest, same);
  }
  return highest;
}
