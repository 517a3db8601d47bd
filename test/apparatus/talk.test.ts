import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type CameraTalk,
  decodeCameraTalk,
  encodeCameraTalk,
  endings,
  interruptions,
  unsentReasons,
} from "../../src/apparatus/camera-talk.ts";
import { decodeTalk, encodeTalk, usualWant, type ViewerTalk } from "../../src/apparatus/talk.ts";
import { maxPass } from "../../src/apparatus/viewing-proof.ts";
import { type CborValue, encodeCbor, randomBytes } from "../../src/base/index.ts";

const nonce = randomBytes(32);
const said: ViewerTalk[] = [
  { kind: "nonce", nonce },
  { kind: "credit", upTo: { track: 0, sequence: 0 } },
  { kind: "credit", upTo: { track: 5, sequence: Number.MAX_SAFE_INTEGER } },
  { kind: "credit", upTo: null },
  { kind: "ask", epoch: 0 },
  { kind: "ask", epoch: 0xffffffff },
  { kind: "want", want: usualWant, decodes: ["h264", "vp8", "vp9", "av1"] },
  {
    kind: "want",
    want: { picture: "lossless", longest: 4096, framesPerSecond: 60, sound: true, text: false },
    decodes: [],
  },
  {
    kind: "want",
    want: { picture: "small", longest: 320, framesPerSecond: 5, sound: false, text: false },
    decodes: ["vp8"],
  },
  { kind: "key", track: 2 },
  { kind: "still" },
];
const [key, envelope] = [randomBytes(32), randomBytes(73)];
const proofs: ViewerTalk[] = [null, randomBytes(1), randomBytes(maxPass)].map((pass) => ({
  kind: "proof",
  proof: { key, envelope, pass },
}));
const cameraSaid: CameraTalk[] = [
  { kind: "challenge", nonce },
  { kind: "serving", track: 1 },
  { kind: "serving", track: 2 },
  ...endings.map((ending) => ({ kind: "ending" as const, ending })),
  ...interruptions.map((ending) => ({ kind: "before" as const, ending })),
  ...unsentReasons.map((why) => ({ kind: "unsent" as const, why })),
];

describe("small talk", () => {
  it("is read as it was said", () => {
    for (const talk of [...said, ...proofs]) assert.deepEqual(decodeTalk(encodeTalk(talk)), talk);
    for (const talk of cameraSaid) assert.deepEqual(decodeCameraTalk(encodeCameraTalk(talk)), talk);
  });

  it("everything else is nothing", () => {
    const values: CborValue[] = [
      ...[null, 0, "nonce", nonce, [], ["nonce"], ["credit"], ["ask"], new Map([["kind", "nonce"]])],
      ["nonce", nonce, 1],
      ["nonce", nonce.subarray(1)],
      ["nonce", new Uint8Array(33)],
      ["nonce", "a text of thirty-two characters."],
      ["nonce", null],
      ["credit", "1"],
      ["credit", 1],
      ["credit", [1]],
      ["credit", [1, 2, 3]],
      ["credit", [-1, 2]],
      ["want", 3, 1280, 30, false, true, []],
      ["want", 1, 1280, 30, false, []],
      ["want", 1, 1280, 30, false, true],
      ["want", 1, 1280, 30, false, true, true],
      ["want", 1, 1280, 30, false, true, [], 0],
      ["want", 1, 1280, 30, false, true, [4]],
      ["want", 1, 1280, 30, false, true, [1, 0]],
      ["want", 1, 1280, 30, false, true, [1, 1]],
      ["want", 1, 1280, 30, false, true, ["vp8"]],
      ["want", 1, -1, 30, false, true, []],
      ["want", 1, 1280, "30", false, true, []],
      ["want", 1, 1280, 30, 0, true, []],
      ["still"],
      ["still", 1],
      ["still", null, null],
      ["key", null],
      ["key", -1],
      ["key", 1, 1],
      ["credit", true],
      ["credit", 2n ** 60n],
      ["credit", 1, 2],
      ["credit", nonce],
      ["ask", -1],
      ["ask", null],
      ["ask", "0"],
      ["ask", 0, 0],
      ["hello", 1],
      ["Nonce", nonce],
      [1, nonce],
      [["nonce", nonce]],
      ["ask", [0]],
      ["ask", 0, null],
      ["proof", key, envelope],
      ["proof", key, envelope, null, null],
      ["proof", key, envelope, new Uint8Array(0)],
      ["proof", key, envelope, new Uint8Array(maxPass + 1)],
      ["proof", key, envelope, "pass"],
      ["proof", key.subarray(1), envelope, null],
      ["proof", key, envelope.subarray(1), null],
      ["proof", [key], envelope, null],
      ["challenge", nonce],
      ["ending", 0],
    ];
    for (const [at, value] of values.entries()) assert.equal(decodeTalk(encodeCbor(value)), null, `${at}`);
  });

  it("of a camera is nothing in any other form", () => {
    const values: CborValue[] = [
      ...[null, 0, "ending", [], ["ending"], ["challenge"], new Map([["ending", 0]])],
      ...[
        ["unsent", -1],
        ["unsent", unsentReasons.length],
        ["before", -1],
        // That a camera was stopped, or is another one's now, is said with a signed end.
        ...endings.flatMap((ending, at) =>
          interruptions.some((one) => one === ending) ? [] : [["before", at]],
        ),
        ["before", endings.length],
        ["ending", -1],
        ["ending", endings.length],
        ["ending", "stopped"],
        ["ending", null],
        ["ending", 0, 0],
      ],
      ...[
        ["challenge", nonce.subarray(1)],
        ["challenge", null],
        ["challenge", nonce, null],
        ["nonce", nonce],
      ],
      ["ending", [0]],
      ["serving", 0],
      ["serving", 3],
      ["serving", null],
      ["serving", 1, 1],
    ];
    for (const [at, value] of values.entries())
      assert.equal(decodeCameraTalk(encodeCbor(value)), null, `${at}`);
    for (const talk of cameraSaid) {
      const bytes = encodeCameraTalk(talk);
      assert.equal(decodeCameraTalk(new Uint8Array([...bytes, 0])), null);
      assert.equal(decodeCameraTalk(bytes.subarray(0, -1)), null);
    }
  });

  it("in its one encoding, and no longer than it can be", () => {
    for (const talk of said) {
      const bytes = encodeTalk(talk);
      assert.ok(bytes.length <= 64);
      assert.equal(decodeTalk(new Uint8Array([...bytes, 0])), null);
      assert.equal(decodeTalk(bytes.subarray(0, -1)), null);
      assert.equal(decodeTalk(new Uint8Array([0x98, 0x02, ...bytes.subarray(1)])), null);
    }
    for (const bytes of [new Uint8Array(0), randomBytes(64), encodeCbor(["nonce", new Uint8Array(16_000)])])
      assert.equal(decodeTalk(bytes), null);
    assert.equal(decodeTalk(new Uint8Array([0x82, 0x63, 0x61, 0x73, 0x6b, 0xf9, 0x00, 0x00])), null);
  });
});
