import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeSteadyClock, steadyClock } from "../../src/base/index.ts";

describe("a steady clock", () => {
  it("advances by whichever clock advanced more, from call to call, and never goes back", () => {
    const times = { monotonic: 1_000, wall: 1_800_000_000_000 };
    const clock = makeSteadyClock(
      () => times.monotonic,
      () => times.wall,
    );
    let before = clock.now();
    const after = (monotonic: number, wall: number): number => {
      times.monotonic += monotonic;
      times.wall += wall;
      const now = clock.now();
      const gone = now - before;
      before = now;
      return gone;
    };
    assert.equal(after(0, 0), 0);
    assert.equal(after(40, 40), 40);
    assert.equal(after(40, -7_000), 40); // set back
    assert.equal(after(500, 500), 500); // and what is later counts from there
    assert.equal(after(3, 60_000), 60_000); // slept, or set forward
    assert.equal(after(0, -60_000), 0);
    assert.equal(after(-5, -5), 0);
    assert.equal(after(10, 9), 10);
  });

  it("of this realm goes with its time", async () => {
    const before = steadyClock.now();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const gone = steadyClock.now() - before;
    assert.ok(gone >= 29 && gone < 5_000, `${gone}`);
  });
});
