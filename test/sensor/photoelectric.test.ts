import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  estimateEntropy,
  extremesOf,
  falseAlarm,
  isUniform,
  judgeNoise,
  leastEntropy,
  proportionCutoff,
  proportionWindow,
  repetitionCutoff,
  uniformThreshold,
} from "../../src/sensor/photoelectric.ts";
import { noise } from "./implementations.ts";
import { loadKernels, read, write } from "./load-kernels.ts";
import { comparePhotoelectric } from "./photoelectric-rounds.ts";

describe("what may become a seed", () => {
  it("the share of black or saturated pixels: one threshold between 30 and 50 %", () => {
    assert.ok(uniformThreshold >= 0.3 && uniformThreshold <= 0.5);
    assert.deepEqual([0, uniformThreshold - 1e-9, uniformThreshold, 1].map(isUniform), [
      false,
      false,
      true,
      true,
    ]);
    assert.deepEqual(extremesOf(false), { low: 16, high: 235 });
    assert.deepEqual(extremesOf(true), { low: 0, high: 255 });
  });

  it("the adaptive proportion test has the cutoffs that SP 800-90B §4.4.2 prints, and exact ones", () => {
    const printed: [entropy: number, window: number, cutoff: number][] = [
      ...([
        [0.2, 1024, 941],
        [0.4, 1024, 840],
        [0.6, 1024, 748],
        [0.8, 1024, 664],
        [1, 1024, 589],
      ] as const),
      ...([
        [0.5, 512, 410],
        [1, 512, 311],
        [2, 512, 177],
        [4, 512, 62],
        [8, 512, 13],
      ] as const),
    ].map(([entropy, window, cutoff]) => [entropy, window, cutoff]);
    for (const [entropy, window, cutoff] of printed)
      assert.equal(proportionCutoff(entropy, 2 ** -20, window), cutoff, `${entropy} of ${window}`);
    // Summed up exactly, with 120 digits.
    assert.equal(proportionCutoff(0.5, 2 ** -40, 1024), 824);
    assert.equal(proportionCutoff(0.25, 2 ** -30, 1024), 928);
  });

  it("the repetition count test has the cutoffs of SP 800-90B §4.4.1", () => {
    assert.deepEqual(
      [1, 0.5, 2, 8].map((entropy) => repetitionCutoff(entropy, 2 ** -20)),
      [21, 41, 11, 4],
    );
    assert.equal(repetitionCutoff(1, 2 ** -40), 41);
  });

  it("refuses at the cutoff and not below it", () => {
    const repetition = repetitionCutoff(leastEntropy, falseAlarm);
    const proportion = proportionCutoff(leastEntropy, falseAlarm, proportionWindow);
    assert.ok(proportion < proportionWindow);
    assert.equal(judgeNoise(repetition - 1, proportion - 1), null);
    assert.equal(judgeNoise(repetition, proportion - 1), "repetition");
    assert.equal(judgeNoise(repetition - 1, proportion), "proportion");
  });

  it("estimates min-entropy as SP 800-90B §6.3.1 does", () => {
    // 12 of 20: at the upper end of the interval 0.88952, so 0.16891 bits each.
    assert.ok(Math.abs(estimateEntropy(12, 20) - 3.3781) < 0.0001);
    assert.equal(estimateEntropy(8, 20), estimateEntropy(12, 20));
    for (const same of [0, 65536]) assert.ok(Object.is(estimateEntropy(same, 65536), 0));
    assert.deepEqual(
      [0, 1].map((count) => estimateEntropy(0, count)),
      [0, 0],
    );
    assert.ok(estimateEntropy(32768, 65536) > 0.98 * 65536);
  });
});

describe("the photoelectric kernels against their slow twins", () => {
  const k = loadKernels();
  it("count and draw the same on 2000 planes of every length from 1 to 300, and some of more than a window", () => {
    assert.equal(comparePhotoelectric(2_000), 14_000);
  });

  it("draws each position once: all of them are the frame in another order", () => {
    const pixels = noise(32_768, 5);
    write(k, k.FRAME, pixels);
    write(k, k.POSITIONS, noise(4 * 32_768, 6));
    k.drawNumbers(32_768, 32_768);
    const numbers = read(k, k.NUMBERS, 32_768);
    assert.notDeepEqual(numbers, pixels);
    assert.deepEqual(numbers.toSorted(), pixels.toSorted());
  });

  it("draws from the whole of the largest frame, and takes the outermost words", () => {
    const most = 4096 * 4096;
    for (const [word, at] of [
      [0, 0],
      [0xffffffff, most - 1],
    ] as const) {
      write(k, k.FRAME, new Uint8Array(most));
      write(k, k.FRAME + at, new Uint8Array([77]));
      write(k, k.POSITIONS, new Uint8Array(new Uint32Array([word]).buffer));
      k.drawNumbers(most, 1);
      assert.deepEqual(read(k, k.NUMBERS, 1), new Uint8Array([77]), `${word}`);
    }
  });
});
