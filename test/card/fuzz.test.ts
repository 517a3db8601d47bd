import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzCards } from "./fuzz.ts";

test("[CF11] 1,000 damaged cards: each is clearly refused, whichever way it is opened; none hangs, none replaces a good one", async () => {
  const { files, refused } = await fuzzCards(1_000);
  assert.equal(files, 1_000);
  // The damage is neither so harmless nor so coarse that it would prove nothing.
  for (const code of ["card-damaged", "card-version", "password"])
    assert.ok((refused.get(code) ?? 0) > 0, JSON.stringify([...refused]));
});
