import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CborValue, encodeCbor, isFault } from "../../src/base/index.ts";
import { MAX_SIGNAL } from "../../src/relay/crossing-wire.ts";
import { decodeSignal, encodeSignal, fits, type Signal } from "../../src/relay/signal.ts";

describe("signals", () => {
  const right: Signal[] = [
    { attempt: 1, kind: "offer", sdp: "v=0\r\n" },
    { attempt: 0xffffffff, kind: "answer", sdp: "x".repeat(12 * 1024) },
    { attempt: 2, kind: "candidate", candidate: "candidate:1 1 udp 1 a.local 9 typ host", mid: "0", line: 0 },
    { attempt: 0, kind: "stop" },
  ];
  it("[CX9] come as they were said", () => {
    for (const signal of right) {
      const bytes = encodeSignal(signal);
      assert.ok(bytes.length <= MAX_SIGNAL);
      assert.deepEqual(decodeSignal(bytes), signal);
    }
  });

  const wrong: Record<string, CborValue> = {
    "no array": new Map<string, CborValue>([["attempt", 1]]),
    nothing: [],
    "no kind": [1],
    "an unknown kind": [1, "rollback"],
    "an attempt below nought": [-1, "stop"],
    "an attempt over u32": [0x100000000, "stop"],
    "more than it has": [1, "stop", "now"],
    "an offer of nothing": [1, "offer", ""],
    "an offer too long": [1, "offer", "x".repeat(12 * 1024 + 1)],
    "an offer in bytes": [1, "offer", new Uint8Array(3)],
    "a candidate too long": [1, "candidate", "x".repeat(513), "0", 0],
    "a mid too long": [1, "candidate", "x", "0".repeat(17), 0],
    "a line that is none": [1, "candidate", "x", "0", 65_536],
    "a candidate without its line": [1, "candidate", "x", "0"],
  };
  for (const [what, value] of Object.entries(wrong))
    it(`[CX9] are refused with ${what}`, () => {
      assert.throws(
        () => decodeSignal(encodeCbor(value)),
        (error) => isFault(error) && error.code === "crossing",
      );
    });

  it("[CX9] are refused where they are no deterministic CBOR", () => {
    const bytes = encodeSignal({ attempt: 0, kind: "stop" });
    for (const strange of [bytes.subarray(1), new Uint8Array([...bytes, 0]), Uint8Array.of(0x9f, 0xff)])
      assert.throws(
        () => decodeSignal(strange),
        (error) => isFault(error) && error.code === "crossing",
      );
  });

  it("[CX9] a description that nobody would take is not said", () => {
    assert.ok(fits("v=0") && !fits("") && !fits("x".repeat(12 * 1024 + 1)));
  });
});
