import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../src/ui/models/backoff.ts";

test("connections that end at once are made anew after 1 s, then later and later, up to 10 s", () => {
  const backoff = new Backoff();
  assert.deepEqual(
    Array.from({ length: 6 }, () => backoff.after(5)),
    [1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
  );
});

test("one that lasted is made anew at once, and the count begins again", () => {
  const backoff = new Backoff();
  assert.equal(backoff.after(3_000), 0);
  assert.deepEqual([backoff.after(2_999), backoff.after(0)], [1_000, 2_000]);
  assert.equal(backoff.after(60_000), 0);
  assert.equal(backoff.after(0), 1_000);
});
