import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { generatedKernels } from "../../scripts/generate-kernels.ts";

const root = new URL("../../", import.meta.url);

describe("generated kernels", () => {
  for (const [path, text] of Object.entries(generatedKernels())) {
    it(`${path} is what its generator writes: else run node scripts/generate-kernels.ts`, () => {
      assert.equal(readFileSync(new URL(path, root), "utf8"), text);
    });
  }

  it("are all that lies beside them", () => {
    const found = readdirSync(new URL("assembly/generated/", root)).map(
      (name) => `assembly/generated/${name}`,
    );
    assert.deepEqual(found.sort(), Object.keys(generatedKernels()).sort());
  });
});
