import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64Url } from "../../src/base/index.ts";
import { identityOf, makeEncryptionPair, recipientOf, unwrap, wrap } from "../../src/keys/index.ts";

test("an identity from 32 bytes is one that age takes, and X25519 of the same scalar makes its recipient", async () => {
  for (const seed of [0, 1, 7, 255]) {
    const scalar = new Uint8Array(32).fill(seed);
    const identity = identityOf(scalar);
    assert.match(identity, /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/);
    const file = await wrap(new Uint8Array([1, 2, 3]), [await recipientOf(identity)]);
    assert.deepEqual(await unwrap(file, [identity]), new Uint8Array([1, 2, 3]));
  }
});

test("bytes 0 to 31 make the identity that the reference coder makes of them", () => {
  // BIP 173's own program for this prefix and these bytes, regrouped to five bits.
  const scalar = Uint8Array.from({ length: 32 }, (_, at) => at);
  assert.equal(
    identityOf(scalar),
    "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG",
  );
});

test("another length is misuse", async () => {
  for (const length of [0, 31, 33]) assert.throws(() => identityOf(new Uint8Array(length)), TypeError);
  assert.equal(
    identityOf(fromBase64Url("A".repeat(43))).length,
    (await makeEncryptionPair()).identity.length,
  );
});
