import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { proveIn } from "../../src/apparatus/prove.ts";
import { type Bytes, generateSigningKey, randomBytes, toBase64Url } from "../../src/base/index.ts";
import type { ProofRequest } from "../../src/relay/index.ts";

describe("a proof to the relay", () => {
  const key = generateSigningKey();
  // Node has no location.
  before(() => Object.assign(globalThis, { location: { origin: "https://sealcam.test" } }));
  after(() => Reflect.deleteProperty(globalThis, "location"));

  it("is given for the worker's own room, and for no other that the page asks for", async () => {
    const [room, other] = [randomBytes(32), randomBytes(32)];
    const request = (of: Bytes): ProofRequest => ({
      ...{ room: toBase64Url(of), role: "guest" },
      ...{ peerNonce: randomBytes(32), relayNonce: randomBytes(32) },
    });
    assert.ok((await proveIn(room, await key, request(room))).length > 0);
    await assert.rejects(proveIn(room, await key, request(other)), { code: "peer-proof" });
  });
});
