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

  it("[SF10] without light it is made from the generator's bytes alone", async () => {
    const expected = hkdfSync("sha256", random, new Uint8Array(32), "sealcam/1 epoch secret", 32);
    assert.deepEqual(await makeEpochSecret(null, random.slice()), new Uint8Array(expected));
    assert.notDeepEqual(await makeEpochSecret(null), await makeEpochSecret(null));
    assert.notDeepEqual(
      await makeEpochSecret(null, random.slice()),
      await makeEpochSecret(new Uint8Array(32), random.slice()),
    );
  });

  it("[SF10] a sensor that shows nothing, or what an attacker chose, takes nothing away: the generator's bytes stay in", async () => {
    // Whoever chooses the light knows everything but the generator's bytes.
    const chosen = [new Uint8Array(32), new Uint8Array(32).fill(255), randomBytes(32), null];
    for (const light of chosen) {
      const secrets = await Promise.all(Array.from({ length: 400 }, () => makeEpochSecret(light)));
      assert.equal(new Set(secrets.map((secret) => Buffer.from(secret).toString("hex"))).size, 400);
      // Each of the 256 bits is a coin: 9 standard deviations are never left.
      for (let bit = 0; bit < 256; bit += 1) {
        const ones = secrets.filter((secret) => (secret[bit >> 3]! >> (bit & 7)) & 1).length;
        assert.ok(ones > 110 && ones < 290, `bit ${bit}: ${ones} of 400`);
      }
      // Each of the generator's bits reaches the secret, whatever the light.
      const one = await makeEpochSecret(light, random.slice());
      for (let bit = 0; bit < 256; bit += 1) {
        const other = random.slice();
        other[bit >> 3]! ^= 1 << (bit & 7);
        assert.notDeepEqual(await makeEpochSecret(light, other), one);
      }
    }
  });

  it("[SF10] the light is bound in: each of its bits reaches the secret", async () => {
    const one = await makeEpochSecret(light, random.slice());
    for (let bit = 0; bit < 256; bit += 1) {
      const other = light.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      assert.notDeepEqual(await makeEpochSecret(other, random.slice()), one);
    }
  });

  it("leaves nothing of the random bytes with its caller", async () => {
    const given = random.slice();
    await makeEpochSecret(light, given);
    assert.ok(given.every((byte) => byte === 0));
    for (const length of [0, 31, 33]) {
      await assert.rejects(makeEpochSecret(new Uint8Array(length)), TypeError, `${length}`);
      await assert.rejects(makeEpochSecret(light, new Uint8Array(length)), TypeError, `${length}`);
    }
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
