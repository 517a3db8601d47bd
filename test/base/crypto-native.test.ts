import assert from "node:assert/strict";
import { test } from "node:test";
import { generateSigningKey, randomBytes, sha256 } from "../../src/base/index.ts";
import { signatures } from "./cose.suite.ts";
import { hashing } from "./hash.suite.ts";

hashing("native");
signatures("native");

test("the global crypto is read at each call, never kept", async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "crypto") as PropertyDescriptor;
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    assert.throws(() => randomBytes(1), TypeError);
    await assert.rejects(sha256(), TypeError);
    await assert.rejects(generateSigningKey(), TypeError);
  } finally {
    Object.defineProperty(globalThis, "crypto", before);
  }
  assert.equal(randomBytes(1).length, 1);
});
