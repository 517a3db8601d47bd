import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { otherServers } from "../../src/apparatus/other-servers.ts";
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
      ...{ room: toBase64Url(of), role: "guest", origin: "https://sealcam.test" },
      ...{ peerNonce: randomBytes(32), relayNonce: randomBytes(32) },
    });
    assert.ok((await proveIn(room, await key, request(room))).length > 0);
    await assert.rejects(proveIn(room, await key, request(other)), { code: "peer-proof" });
  });

  it("is given for its own server's relay and those that this server names, and for no other", async () => {
    const room = randomBytes(32);
    const at = async (origin: string, servers: readonly string[] | null): Promise<number> => {
      const [peerNonce, relayNonce] = [randomBytes(32), randomBytes(32)];
      const request: ProofRequest = {
        ...{ room: toBase64Url(room), role: "guest", origin },
        ...{ peerNonce, relayNonce },
      };
      const named = async () => {
        if (servers === null) throw new Error("its own server's relay is proven to without asking anybody");
        return servers;
      };
      return (await proveIn(room, await key, request, named)).length;
    };
    assert.ok((await at("https://sealcam.test", null)) > 0);
    assert.ok((await at("https://second.test", ["https://second.test"])) > 0);
    for (const origin of [
      "https://second.test:444",
      "http://second.test",
      "https://second.test/",
      "second.test",
      "",
    ])
      await assert.rejects(at(origin, ["https://second.test"]), { code: "peer-proof" }, origin);
    await assert.rejects(at("https://second.test", []), { code: "peer-proof" });
  });

  it("asks the worker's own server once who the others are, and knows none where it does not say", async () => {
    const plain = globalThis.fetch;
    const answers = [
      () => Promise.reject(new TypeError("offline")),
      async () => Response.json({}, { status: 500 }),
      async () => Response.json({ servers: ["https://*.second.test"] }),
      async () => Response.json({ servers: ["https://second.test"] }),
    ];
    const asked: string[] = [];
    globalThis.fetch = async (path) => {
      asked.push(String(path));
      return (answers[asked.length - 1] ?? assert.fail)();
    };
    try {
      for (const _ of [1, 2, 3]) assert.deepEqual(await otherServers(), []);
      for (const _ of [1, 2]) assert.deepEqual(await otherServers(), ["https://second.test"]);
    } finally {
      globalThis.fetch = plain;
    }
    assert.deepEqual(asked, Array(4).fill("/api/config"));
  });
});
