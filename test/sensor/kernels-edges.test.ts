import assert from "node:assert/strict";
import { createCipheriv, createHash } from "node:crypto";
import { describe, it } from "node:test";
import { chacha20 } from "@noble/ciphers/chacha.js";
import { type PixelFormat, pictureLength, tileBytes } from "../twin/tile-tree.ts";
import { fingerprint } from "./areas.ts";
import { kernelImplementation, noise, twins } from "./implementations.ts";
import { loadKernels, read, write } from "./load-kernels.ts";

const k = loadKernels();
const kernel = kernelImplementation(k);
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");
const digest = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const zero = new Uint8Array(12);

/** Every number of whole batches of 512 bytes that is a case of its own, with every tail. */
const lengths = [0, 1, 2, 3].flatMap((batches) =>
  Array.from({ length: 301 }, (_, tail) => 512 * batches + tail),
);
const last = [0, 1, 2].flatMap((batches) =>
  Array.from({ length: 211 }, (_, tail) => 512 * batches + 301 + tail),
);

describe("the cipher at the edges of its batches", () => {
  it("seals and opens every tail from 0 to 511 after 0 to 3 batches, as node:crypto; every tenth as the twin", () => {
    for (const n of [...lengths, ...last]) {
      const [key, ad, text] = [noise(32, n), noise(n % 70, n + 1), noise(n, n + 2)];
      const { cipherText, tag } = kernel.seal(key, zero, ad, text);
      const cipher = createCipheriv("chacha20-poly1305", key, zero, { authTagLength: 16 });
      cipher.setAAD(ad, { plaintextLength: n });
      const theirs = Buffer.concat([cipher.update(text), cipher.final()]);
      assert.equal(hex(cipherText), hex(theirs), `length ${n}`);
      assert.equal(hex(tag), hex(cipher.getAuthTag()), `length ${n}`);
      if (n % 10 === 3) assert.deepEqual({ cipherText, tag }, twins.seal(key, zero, ad, text));
      const opened = kernel.open(key, zero, ad, cipherText, tag);
      assert.equal(opened && hex(opened), hex(text), `length ${n}`);
    }
  });

  it("a forgery leaves the frame as it came, whatever its length and wherever it was changed", () => {
    for (const n of [1, 300, 511, 512, 513, 1024, 1300, 1536, 2047]) {
      const [key, ad, text] = [noise(32, n), noise(20, n + 1), noise(n, n + 2)];
      const { cipherText, tag } = kernel.seal(key, zero, ad, text);
      for (const at of [0, n >> 1, n - 1]) {
        const forged = Uint8Array.from(cipherText);
        forged[at]! ^= 0x10;
        write(k, k.FRAME, forged);
        write(k, k.TAG, tag);
        const before = fingerprint(k);
        assert.equal(k.open(ad.length, n), 0);
        assert.equal(fingerprint(k), before, `length ${n}, byte ${at}`);
      }
    }
  });

  it("has the key stream of any block for every tail, as noble", () => {
    for (const n of lengths) {
      const [key, nonce, text, counter] = [noise(32, n), noise(12, n + 1), noise(n, n + 2), n * 104_729];
      const expected = chacha20(key, nonce, text, undefined, counter);
      assert.equal(hex(kernel.chacha20(key, counter, nonce, text)), hex(expected), `length ${n}`);
    }
  });

  it("goes to the last block there is, and no further", () => {
    const [key, nonce, text] = [noise(32, 1), noise(12, 2), noise(1024, 3)];
    const counter = 2 ** 32 - 16;
    assert.equal(
      hex(kernel.chacha20(key, counter, nonce, text)),
      hex(twins.chacha20(key, counter, nonce, text)),
    );
    assert.throws(() => k.chacha20Xor(counter + 1, 1, 2, 3, 1024), WebAssembly.RuntimeError);
  });
});

describe("the tree at the edges of its groups of four", () => {
  const leavesOf = (format: PixelFormat, width: number, height: number): void => {
    const bytes = noise(pictureLength(width, height), width * 131 + height);
    const picture = { format, width, height, bytes };
    const found = kernel.tileLeaves(picture).map(hex);
    const across = Math.ceil(width / 64);
    const expected = Array.from({ length: across * Math.ceil(height / 36) }, (_, tile) => {
      const entry = tileBytes(picture, tile % across, Math.floor(tile / across));
      return hex(digest(Uint8Array.of(0), Uint8Array.from(entry)));
    });
    assert.deepEqual(found, expected, `${format} ${width} × ${height}`);
  };
  for (const format of ["I420", "NV12"] satisfies PixelFormat[]) {
    it(`${format}: every width up to three tiles, every height up to three`, () => {
      for (let width = 1; width <= 193; width += 1) leavesOf(format, width, 38);
      for (let height = 1; height <= 110; height += 1) leavesOf(format, 66, height);
    });

    it(`${format}: one to ten tiles across and one to five down, whole, one too many and one too few`, () => {
      for (let columns = 1; columns <= 10; columns += 1)
        for (let rows = 1; rows <= 5; rows += 1)
          for (const cut of [-1, 0, 1])
            leavesOf(format, 64 * columns + cut, 36 * rows + (columns % 2 ? cut : -cut));
    });
  }

  it("pieces: every number up to nine, whole, one byte too many and one too few", () => {
    const frame = noise(9 * 16_384 + 1, 9);
    for (let pieces = 0; pieces <= 9; pieces += 1)
      for (const more of [-16_383, -1, 0, 1, 64]) {
        const length = Math.min(pieces * 16_384 + more, frame.length);
        if (length < 1) continue;
        write(k, k.FRAME, frame);
        const count = k.pieceLeaves(length);
        assert.equal(count, Math.ceil(length / 16_384));
        for (let at = 0; at < count; at += 1) {
          const piece = frame.subarray(at * 16_384, Math.min((at + 1) * 16_384, length));
          assert.equal(
            hex(read(k, k.LEAVES + 32 * at, 32)),
            hex(digest(Uint8Array.of(0), piece)),
            `${length}: ${at}`,
          );
        }
        assert.equal(hex(read(k, k.FRAME, frame.length)), hex(frame));
      }
  });

  it("roots of every number of leaves up to 300, and of as many as there can be", () => {
    const rootOf = (leaves: readonly Uint8Array[]): Uint8Array => {
      if (leaves.length === 1) return leaves[0] as Uint8Array;
      let split = 1;
      while (2 * split < leaves.length) split *= 2;
      return digest(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
    };
    const leaves = Array.from({ length: 16_384 }, (_, at) => noise(32, at));
    const counts = [...Array.from({ length: 300 }, (_, at) => at + 1), 8191, 8193, 16_383, 16_384];
    for (const count of counts) {
      const some = leaves.slice(0, count);
      assert.equal(hex(kernel.treeRoot(some)), hex(rootOf(some)), `${count} leaves`);
      if (count % 50 === 1 && count < 300) assert.equal(hex(twins.treeRoot(some)), hex(rootOf(some)));
      assert.equal(hex(read(k, k.LEAVES + 32 * (count - 1), 32)), hex(some.at(-1) as Uint8Array));
    }
  });
});
