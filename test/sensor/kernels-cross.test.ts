import assert from "node:assert/strict";
import { createCipheriv, createHash } from "node:crypto";
import { describe, it } from "node:test";
import { chacha20, chacha20poly1305, xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { type PixelFormat, pictureLength } from "../twin/tile-tree.ts";
import { kernelImplementation, noise, twins } from "./implementations.ts";

const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");
const kernel = kernelImplementation();
const digest = (...parts: Uint8Array[]): Uint8Array =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

describe("kernels against other implementations, every length from 0 to 300", () => {
  const lengths = Array.from({ length: 301 }, (_, n) => n);

  it("SHA-256: node:crypto, noble, twin", () => {
    for (const n of lengths) {
      const message = noise(n, n);
      const got = hex(kernel.sha256(message));
      assert.equal(got, hex(digest(message)), `length ${n}`);
      assert.equal(got, hex(nobleSha256(message)), `length ${n}`);
      assert.equal(got, hex(twins.sha256(message)), `length ${n}`);
    }
  });

  it("SHA-256: longer messages around block and page borders", () => {
    for (const n of [511, 512, 513, 1023, 1024, 4095, 4096, 65535, 65536, 65537, 100_003]) {
      const message = noise(n, n);
      assert.equal(hex(kernel.sha256(message)), hex(digest(message)), `length ${n}`);
    }
  });

  it("ChaCha20: noble, twin, from any block on", () => {
    for (const n of lengths) {
      const [key, nonce, text, counter] = [noise(32, n), noise(12, n + 1), noise(n, n + 2), n * 7919];
      const got = hex(kernel.chacha20(key, counter, nonce, text));
      assert.equal(got, hex(chacha20(key, nonce, text, undefined, counter)), `length ${n}`);
      assert.equal(got, hex(twins.chacha20(key, counter, nonce, text)), `length ${n}`);
    }
  });

  it("seal and open: node:crypto, noble, twin, with zero and other nonces", () => {
    for (const n of lengths) {
      const [key, text, ad] = [noise(32, n), noise(n, n + 1), noise((n * 37) % 301, n + 2)];
      const nonce = n % 2 === 0 ? new Uint8Array(12) : noise(12, n + 3);
      const { cipherText, tag } = kernel.seal(key, nonce, ad, text);
      const got = hex(cipherText) + hex(tag);

      const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
      cipher.setAAD(ad, { plaintextLength: n });
      const theirs = Buffer.concat([cipher.update(text), cipher.final()]);
      assert.equal(got, hex(theirs) + hex(cipher.getAuthTag()), `length ${n}`);
      assert.equal(got, hex(chacha20poly1305(key, nonce, ad).encrypt(text)), `length ${n}`);
      const slow = twins.seal(key, nonce, ad, text);
      assert.equal(got, hex(slow.cipherText) + hex(slow.tag), `length ${n}`);

      const opened = kernel.open(key, nonce, ad, cipherText, tag);
      assert.ok(opened !== null, `length ${n}`);
      assert.equal(hex(opened), hex(text), `length ${n}`);
    }
  });

  it("seal: the whole AD area", () => {
    const [key, nonce, ad, text] = [noise(32, 1), new Uint8Array(12), noise(4096, 2), noise(100, 3)];
    const { cipherText, tag } = kernel.seal(key, nonce, ad, text);
    assert.equal(hex(cipherText) + hex(tag), hex(chacha20poly1305(key, nonce, ad).encrypt(text)));
  });

  it("HChaCha20: with seal it makes XChaCha20-Poly1305, as noble does", () => {
    for (const n of lengths) {
      const [key, nonce, ad, text] = [noise(32, n), noise(24, n + 1), noise(n % 50, n + 2), noise(n, n + 3)];
      // draft-irtf-cfrg-xchacha-03 §2: the last 8 bytes of the nonce after four zero bytes.
      const frameKey = kernel.hchacha20(key, nonce.subarray(0, 16));
      assert.equal(hex(frameKey), hex(twins.hchacha20(key, nonce.subarray(0, 16))));
      const rest = Uint8Array.from([0, 0, 0, 0, ...nonce.subarray(16)]);
      const { cipherText, tag } = kernel.seal(frameKey, rest, ad, text);
      assert.equal(hex(cipherText) + hex(tag), hex(xchacha20poly1305(key, nonce, ad).encrypt(text)));
    }
  });

  it("commitment: SHA-256 of 'commit' and the key", () => {
    for (let n = 0; n < 20; n++) {
      const key = noise(32, n);
      const got = hex(kernel.commitment(key));
      assert.equal(got, hex(digest(Buffer.from("commit"), key)));
      assert.equal(got, hex(twins.commitment(key)));
    }
  });
});

describe("kernels against other implementations, whole pictures", () => {
  const sizes: [number, number][] = [
    [640, 480],
    [1280, 720],
    [65, 37],
    [63, 35],
    [1, 1],
    [641, 481],
    [64, 36],
    [2, 1],
    [1, 2],
    [66, 38],
    [129, 1],
    [1, 73],
  ];
  for (const format of ["I420", "NV12"] satisfies PixelFormat[]) {
    for (const [width, height] of sizes) {
      it(`${format} ${width} × ${height}: leaves and root as the twin's`, () => {
        const picture = { format, width, height, bytes: noise(pictureLength(width, height), width) };
        const leaves = kernel.tileLeaves(picture);
        assert.equal(leaves.length, Math.ceil(width / 64) * Math.ceil(height / 36));
        assert.deepEqual(leaves.map(hex), twins.tileLeaves(picture).map(hex));
        assert.equal(hex(kernel.treeRoot(leaves)), hex(twins.treeRoot(leaves)));
      });

      it(`${format} ${width} × ${height}: sealed as node:crypto seals`, () => {
        const [key, nonce, ad] = [noise(32, height), new Uint8Array(12), noise(120, width)];
        const text = noise(pictureLength(width, height), width);
        const { cipherText, tag } = kernel.seal(key, nonce, ad, text);
        const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
        cipher.setAAD(ad, { plaintextLength: text.length });
        const theirs = Buffer.concat([cipher.update(text), cipher.final()]);
        assert.ok(theirs.equals(cipherText));
        assert.equal(hex(tag), hex(cipher.getAuthTag()));
        const opened = kernel.open(key, nonce, ad, cipherText, tag);
        assert.ok(opened !== null && Buffer.from(text).equals(opened));
      });
    }

    it(`${format}: every byte of a picture is in exactly the leaf of its tile`, () => {
      const [width, height] = [131, 75]; // 3 × 3 tiles, clipped at the right and at the bottom by odd amounts
      const bytes = noise(pictureLength(width, height), 5);
      const before = kernel.tileLeaves({ format, width, height, bytes }).map(hex);
      const [chromaWidth, chromaHeight] = [66, 38];
      for (let at = 0; at < bytes.length; at += at % 97 === 0 ? 1 : 13) {
        const changed = bytes.slice();
        changed[at]! ^= 1;
        const after = kernel.tileLeaves({ format, width, height, bytes: changed }).map(hex);
        const moved = after.flatMap((leaf, i) => (leaf === before[i] ? [] : [i]));
        let [x, y] = [at % width, Math.floor(at / width)];
        const inChroma = at - width * height;
        if (inChroma >= 0) {
          const sample =
            format === "I420" ? inChroma % (chromaWidth * chromaHeight) : Math.floor(inChroma / 2);
          [x, y] = [2 * (sample % chromaWidth), 2 * Math.floor(sample / chromaWidth)];
        }
        assert.deepEqual(moved, [Math.floor(y / 36) * 3 + Math.floor(x / 64)], `byte ${at}`);
      }
    });
  }

  it("tree roots of 1 to 130 leaves, and of all 16384", () => {
    for (const count of [...Array.from({ length: 130 }, (_, i) => i + 1), 16383, 16384]) {
      const leaves = Array.from({ length: count }, (_, i) => noise(32, i));
      assert.equal(hex(kernel.treeRoot(leaves)), hex(twins.treeRoot(leaves)), `${count} leaves`);
    }
  });

  it("a picture of 16384 tiles, the most there can be", () => {
    const [width, height] = [16384 * 64, 1];
    const picture = { format: "I420", width, height, bytes: noise(pictureLength(width, height), 9) } as const;
    const leaves = kernel.tileLeaves(picture);
    assert.equal(leaves.length, 16384);
    const last = 16383;
    const tile = (plane: number, stride: number): Uint8Array =>
      picture.bytes.subarray(plane + last * stride, plane + (last + 1) * stride);
    const chroma = [tile(width, 32), tile(width + width / 2, 32)];
    assert.equal(hex(leaves[last]!), hex(digest(Uint8Array.of(0), tile(0, 64), ...chroma)));
  });
});
