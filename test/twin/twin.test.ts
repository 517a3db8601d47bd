import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { kernelImplementation, twins } from "../sensor/implementations.ts";
import { type PixelFormat, pictureLength } from "./tile-tree.ts";

const kernel = kernelImplementation();
const exactly = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const upTo = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: length, size: "max" });
const check = (property: fc.IRawProperty<unknown>, numRuns = 60): void => {
  fc.assert(property, { numRuns });
};

describe("each kernel equals its twin on whatever comes", () => {
  it("SHA-256", () => {
    check(fc.property(upTo(400), (m) => assert.deepEqual(kernel.sha256(m), twins.sha256(m))));
  });

  it("ChaCha20", () => {
    const counter = fc.integer({ min: 0, max: 0xffffff00 });
    check(
      fc.property(exactly(32), counter, exactly(12), upTo(400), (...given) =>
        assert.deepEqual(kernel.chacha20(...given), twins.chacha20(...given)),
      ),
    );
  });

  it("HChaCha20", () => {
    check(
      fc.property(exactly(32), exactly(16), (...given) =>
        assert.deepEqual(kernel.hchacha20(...given), twins.hchacha20(...given)),
      ),
    );
  });

  it("commitment", () => {
    check(fc.property(exactly(32), (key) => assert.deepEqual(kernel.commitment(key), twins.commitment(key))));
  });

  it("ChaCha20-Poly1305", () => {
    const nonce = fc.oneof(fc.constant(new Uint8Array(12)), exactly(12));
    check(
      fc.property(exactly(32), nonce, upTo(100), upTo(400), (key, n, ad, text) => {
        const sealed = twins.seal(key, n, ad, text);
        assert.deepEqual(kernel.seal(key, n, ad, text), sealed);
        assert.deepEqual(kernel.open(key, n, ad, sealed.cipherText, sealed.tag), text);
      }),
      150,
    );
  });

  it("ChaCha20-Poly1305 under any tag", () => {
    check(
      fc.property(
        exactly(32),
        upTo(40),
        upTo(100),
        exactly(16),
        fc.boolean(),
        (key, ad, text, other, right) => {
          const nonce = new Uint8Array(12);
          const tag = right ? twins.seal(key, nonce, ad, twins.chacha20(key, 1, nonce, text)).tag : other;
          assert.deepEqual(kernel.open(key, nonce, ad, text, tag), twins.open(key, nonce, ad, text, tag));
        },
      ),
    );
  });

  it("tile leaves and root", () => {
    const picture = fc
      .record({
        format: fc.constantFrom<PixelFormat>("I420", "NV12"),
        width: fc.integer({ min: 1, max: 200 }),
        height: fc.integer({ min: 1, max: 120 }),
        fill: fc.uint8Array({ minLength: 1, maxLength: 251, size: "max" }),
      })
      .map(({ format, width, height, fill }) => ({
        format,
        width,
        height,
        bytes: Uint8Array.from({ length: pictureLength(width, height) }, (_, i) => fill[i % fill.length]!),
      }));
    check(
      fc.property(picture, (given) => {
        const leaves = kernel.tileLeaves(given);
        assert.deepEqual(leaves, twins.tileLeaves(given));
        assert.deepEqual(kernel.treeRoot(leaves), twins.treeRoot(leaves));
      }),
      30,
    );
  });
});
