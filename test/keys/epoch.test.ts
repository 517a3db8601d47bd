import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { describe, it } from "node:test";
import { fromBase32, randomBytes, thumbprint, toBase32 } from "../../src/base/index.ts";
import { cameraNumber, epochKey, makeEpochSecret, numberText, readNumber } from "../../src/keys/index.ts";

const light = randomBytes(32);
const random = randomBytes(32);

describe("[SF9] the keys of an epoch", () => {
  it("the secret is HKDF-SHA-256 over the generator's bytes and the light", async () => {
    const material = new Uint8Array([...random, ...light]);
    const expected = hkdfSync("sha256", material, new Uint8Array(32), "sealcam/1 epoch secret", 32);
    assert.deepEqual(await makeEpochSecret(light, random.slice()), new Uint8Array(expected));
  });

  it("the secret is another for other light, and another each time for the same light", async () => {
    const [one, two, three] = [
      await makeEpochSecret(light, random.slice()),
      await makeEpochSecret(randomBytes(32), random.slice()),
      await makeEpochSecret(light),
    ];
    assert.notDeepEqual(one, two);
    assert.notDeepEqual(one, three);
    assert.notDeepEqual(three, await makeEpochSecret(light));
  });

  it("leaves nothing of the random bytes with its caller", async () => {
    const given = random.slice();
    await makeEpochSecret(light, given);
    assert.ok(given.every((byte) => byte === 0));
    for (const length of [0, 31, 33])
      await assert.rejects(makeEpochSecret(new Uint8Array(length)), TypeError, `${length}`);
  });

  it("the key is HKDF-SHA-256 over the secret, salted with the head: one secret serves one stream", async () => {
    const [secret, head] = [randomBytes(32), randomBytes(32)];
    const expected = hkdfSync("sha256", secret, head, "sealcam/1", 32);
    assert.deepEqual(await epochKey(secret, head), new Uint8Array(expected));
    assert.notDeepEqual(await epochKey(secret, randomBytes(32)), new Uint8Array(expected));
  });
});

describe("[SF6] the camera number", () => {
  it("is the key's thumbprint, and 52 characters as text", async () => {
    const key = randomBytes(32);
    const number = await cameraNumber(key);
    assert.deepEqual(number, await thumbprint(key));
    const text = numberText(number);
    assert.equal(text.length, 52);
    assert.deepEqual(readNumber(text), number);
    assert.deepEqual([toBase32(number), fromBase32(text)], [text, number]);
    for (const wrong of [text.toLowerCase(), `${text}=`, `${text.slice(1)}0`])
      assert.throws(() => readNumber(wrong), { code: "encoding" });
  });
});
