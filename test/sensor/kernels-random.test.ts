import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareKernels } from "./compare-kernels.ts";

describe("kernels with lanes, on whatever comes", () => {
  it("4,000 random inputs give what Node's crypto gives, and every hundredth what the twin gives", () => {
    const { runs, asked } = compareKernels(4000, { seed: Date.now() % 2 ** 31, twinEvery: 100 });
    assert.equal(runs, 4000);
    assert.deepEqual([...asked.keys()].sort(), ["key stream", "pieces", "root", "seal and open", "tiles"]);
  });
});
