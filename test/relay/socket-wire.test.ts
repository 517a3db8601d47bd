import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isFault, randomBytes } from "../../src/base/index.ts";
import { decodeFrame, encodeFrame, MAX_DATA, type SocketFrame } from "../../src/relay/socket-wire.ts";

describe("a message on a socket", () => {
  const right: SocketFrame[] = [
    { kind: "message", wire: randomBytes(8 * 1024) },
    { kind: "data", channel: 0xffffffff, bytes: randomBytes(MAX_DATA) },
    { kind: "taken", channel: 0, total: Number.MAX_SAFE_INTEGER },
    { kind: "closed", channel: 7 },
    { kind: "introduced", channel: 1, wire: randomBytes(1) },
  ];
  it("is read as it was said", () => {
    for (const frame of right) assert.deepEqual(decodeFrame(encodeFrame(frame)), frame);
  });

  const head = (type: number): number[] => [type, 0, 0, 0, 1];
  const wrong: Record<string, readonly number[] | Uint8Array<ArrayBuffer>> = {
    nothing: [],
    "an unknown type": head(5),
    "a message of nothing": [0],
    "a message that is too long": new Uint8Array(1 + 8 * 1024 + 1),
    "half a channel": [3, 0, 0, 0],
    "data of nothing": head(1),
    "data that is too long": new Uint8Array(5 + MAX_DATA + 1).fill(1, 0, 1),
    "a total that is too short": [...head(2), ...new Array<number>(7).fill(0)],
    "a total that is too long": [...head(2), ...new Array<number>(9).fill(0)],
    "a total that no number can say": [...head(2), ...new Array<number>(8).fill(255)],
    "bytes behind a channel that is closed": [...head(3), 0],
    "an introduction of nothing": head(4),
  };
  for (const [what, bytes] of Object.entries(wrong))
    it(`is refused: ${what}`, () => {
      assert.throws(
        () => decodeFrame(new Uint8Array(bytes)),
        (error) => isFault(error) && error.code === "socket",
      );
    });
});
