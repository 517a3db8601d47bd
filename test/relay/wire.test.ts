import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeCbor, isFault, randomBytes, toBase64Url } from "../../src/base/index.ts";
import { decodePeerWire, decodeRelayWire, encodeWire, MAX_MESSAGE } from "../../src/relay/wire.ts";

const room = toBase64Url(randomBytes(32));
const peer = toBase64Url(randomBytes(16));
const leave = { kind: "leave", room, peer } as const;
const left = { kind: "left", room, peer, closed: true } as const;
const isRefused = (error: unknown): boolean => isFault(error) && error.code === "message";

describe("a message in bytes", () => {
  it("[RP2] is read as it was said", () => {
    assert.deepEqual(decodePeerWire(encodeWire(leave)), leave);
    assert.deepEqual(decodeRelayWire(encodeWire(left)), left);
  });

  it("[RP2] what is no deterministic CBOR of at most 8 KiB is refused", () => {
    const right = encodeWire(leave);
    const nested = encodeCbor(new Map([["kind", [[[["leave"]]]]]]));
    for (const [what, bytes] of Object.entries({
      nothing: new Uint8Array(),
      "half of it": right.subarray(0, -1),
      "bytes behind it": new Uint8Array([...right, 0]),
      "a map without a length": new Uint8Array([0xbf, ...right.subarray(1), 0xff]),
      "a number in a longer form": Uint8Array.of(0x18, 0x05),
      "deep nesting": nested,
      "too many bytes": encodeCbor(new Map([["kind", "x".repeat(MAX_MESSAGE)]])),
    }))
      for (const decode of [decodePeerWire, decodeRelayWire])
        assert.throws(() => decode(bytes), isRefused, what);
  });

  it("[RP2] a field that is named like one of every object's own is a field too many", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const more = encodeCbor(new Map<string, string>([...Object.entries(leave), [name, "x"]]));
      assert.throws(() => decodePeerWire(more), isRefused, name);
    }
  });
});
