import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SlowLine } from "../../src/ui/models/slow-line.ts";

/** What came up to `missing` left out, at one picture a look. */
const at = (missing: number, came: number) => ({ missing, sequence: missing + came });

describe("a slow line", () => {
  it("is one over which many pictures were left out within seconds, not one that once lost some", () => {
    const line = new SlowLine();
    assert.deepEqual(
      [0, 1, 2, 2, 2].map((missing, step) => line.look(at(missing, step), step * 500, 30)),
      [0, 0, 0, 0, 0],
    );
    assert.equal(line.look(at(9, 5), 3_000, 30), 9);
    assert.equal(line.look(at(12, 6), 4_000, 30), 12);
    assert.equal(line.look(at(12, 7), 9_500, 30), 0, "it is over");
  });

  it("counts anew with another stream or quality", () => {
    const line = new SlowLine();
    line.look(at(100, 50), 0, 30);
    assert.equal(line.look(at(110, 51), 500, 30), 10);
    assert.equal(line.look(at(3, 1), 1_000, 30), 0);
    assert.equal(line.look(at(9, 2), 1_500, 30), 6);
  });

  it("is none where a viewer wants one picture a second of a camera's twenty, and gets it", () => {
    const line = new SlowLine();
    const looks = Array.from({ length: 20 }, (_, second) =>
      line.look(at(19 * second, second), 1_000 * second, 1),
    );
    assert.ok(looks.every((late) => late === 0));
    // The same line for who wants ten.
    const wanting = new SlowLine();
    wanting.look(at(0, 0), 0, 10);
    assert.equal(wanting.look(at(19, 1), 1_000, 10), 19);
  });
});
