import assert from "node:assert/strict";
import { describe, it } from "node:test";
import ctTree from "../vectors/ct-merkle-tree.json" with { type: "json" };
import fips from "../vectors/fips180-4.json" with { type: "json" };
import rfc8439 from "../vectors/rfc8439.json" with { type: "json" };
import xchacha from "../vectors/xchacha-03.json" with { type: "json" };
import { kernelImplementation, twins } from "./implementations.ts";

const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");
const none = new Uint8Array();

for (const it_ of [kernelImplementation(), twins]) {
  describe(`published vectors: ${it_.name}`, () => {
    for (const { name, text, times, digest } of fips.sha256) {
      it(`FIPS 180-4 SHA-256, ${name}`, () => {
        assert.equal(hex(it_.sha256(new TextEncoder().encode(text.repeat(times)))), digest);
      });
    }

    for (const { name, key, counter, nonce, input, output } of rfc8439.chacha20) {
      it(`RFC 8439 ${name} ChaCha20`, () => {
        assert.equal(hex(it_.chacha20(bytes(key), counter, bytes(nonce), bytes(input))), output);
      });
    }

    for (const { name, key, nonce, output } of rfc8439.oneTimeKey) {
      it(`RFC 8439 ${name} one-time key`, () => {
        assert.equal(hex(it_.chacha20(bytes(key), 0, bytes(nonce), new Uint8Array(32))), output);
      });
    }

    for (const { name, key, nonce, ad, plainText, cipherText, tag } of rfc8439.aead) {
      it(`RFC 8439 ${name} seals`, () => {
        const sealed = it_.seal(bytes(key), bytes(nonce), bytes(ad), bytes(plainText));
        assert.equal(hex(sealed.cipherText), cipherText);
        assert.equal(hex(sealed.tag), tag);
      });
      it(`RFC 8439 ${name} opens`, () => {
        const opened = it_.open(bytes(key), bytes(nonce), bytes(ad), bytes(cipherText), bytes(tag));
        assert.equal(hex(opened ?? none), plainText);
      });
    }

    for (const { name, key, nonce, output } of xchacha.hchacha20) {
      it(`draft-irtf-cfrg-xchacha-03 ${name} HChaCha20`, () => {
        assert.equal(hex(it_.hchacha20(bytes(key), bytes(nonce))), output);
      });
    }

    ctTree.forEach(({ root }, i) => {
      it(`RFC 9162 §2.1.1 root of ${i + 1} leaves of the Certificate Transparency tests`, () => {
        const leaves = ctTree.slice(0, i + 1).map(({ leaf }) => it_.sha256(bytes(`00${leaf}`)));
        assert.equal(hex(it_.treeRoot(leaves)), root);
      });
    });
  });
}
