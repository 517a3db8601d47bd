import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz.ts";

test("[SR9] 3,000 damaged recordings: none crashes, none hangs, none is guaranteed that is not the camera's", async () => {
  const { files, guaranteed, reasons } = await fuzz(3_000);
  assert.ok(files >= 3_000);
  // The damage is neither so harmless nor so coarse that it would prove nothing.
  assert.ok(guaranteed > 30 && guaranteed < files / 2, `${guaranteed} of ${files}`);
  for (const reason of [
    "malformed",
    "head",
    "signature",
    "tree",
    "sequence",
    "splice",
    "ended",
    "no-key",
    "incomplete",
  ])
    assert.ok((reasons.get(reason) ?? 0) > 5, `${reason}: ${reasons.get(reason)}`);
});
