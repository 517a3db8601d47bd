import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { macInput, oneTimeKey } from "../twin/chacha20-poly1305.ts";
import { bytes as littleEndian, number, P, poly1305, split } from "../twin/poly1305.ts";
import rfc8439 from "../vectors/rfc8439.json" with { type: "json" };
import { compileKernels } from "./compile-kernels.ts";
import { kernelImplementation, noise } from "./implementations.ts";
import { read, write } from "./load-kernels.ts";

const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");

interface Mac {
  readonly memory: WebAssembly.Memory;
  readonly STREAM: number;
  readonly FRAME: number;
  beginMac(key: number): void;
  absorb(address: number, length: number): void;
  finishMac(out: number): void;
}

/** The module hides Poly1305 behind the AEAD, whose key nobody can choose: compile the same source by itself. */
const macSource = `export { beginMac, absorb, finishMac } from "./poly1305"; export { STREAM, FRAME } from "./layout";`;

describe("Poly1305", async () => {
  for (const { name, key, message, tag } of rfc8439.poly1305) {
    it(`RFC 8439 ${name}: twin`, () => {
      assert.equal(hex(poly1305(bytes(message), bytes(key))), tag);
    });
  }

  // The AEAD fills up with zeros (RFC 8439 §2.8), so the kernel has no short last block: §2.5.2 and A.3 #2–4 end in one.
  const whole = rfc8439.poly1305.filter(({ message }) => message.length % 32 === 0);
  assert.equal(whole.length, 8);
  const mac = await compileKernels<Mac>(macSource);
  for (const { name, key, message, tag } of whole) {
    it(`RFC 8439 ${name}: kernel`, () => {
      write(mac, mac.STREAM, bytes(key));
      write(mac, mac.FRAME, bytes(message));
      mac.beginMac(mac.STREAM);
      mac.absorb(mac.FRAME, message.length / 2);
      mac.finishMac(mac.FRAME);
      assert.equal(hex(read(mac, mac.FRAME, 16)), tag);
    });
  }

  // Through the AEAD the sum before "+ s" can still be chosen, by solving for a block of cipher text.
  const kernel = kernelImplementation();
  const key = noise(32, 7);
  const nonce = new Uint8Array(12);
  const { r, s } = split(oneTimeKey(key, nonce));
  const power = (base: bigint, exponent: bigint): bigint =>
    exponent === 0n ? 1n : (power((base * base) % P, exponent >> 1n) * (exponent & 1n ? base : 1n)) % P;
  const inverse = power(r, P - 2n); // Fermat
  const mod = (n: bigint): bigint => ((n % P) + P) % P;
  const bit = 1n << 128n;

  /** Two blocks of cipher text after which the accumulator is `target`. */
  const solve = (target: bigint): Uint8Array => {
    const lengths = number(macInput(new Uint8Array(), new Uint8Array(32)).subarray(32));
    for (let seed = 0; ; seed++) {
      const first = noise(16, seed);
      const before = mod((number(first) + bit) * r);
      const second = mod((mod(target * inverse) - lengths - bit) * inverse - before - bit);
      if (second < bit) return Uint8Array.from([...first, ...littleEndian(second, 16)]);
    }
  };
  const targets: [string, bigint][] = [
    ...[0n, 1n, 2n, 3n, 4n, 5n, 6n, 1n << 32n].map((n): [string, bigint] => [`${n}`, n]),
    ...[1n, 2n, 5n, 6n].map((n): [string, bigint] => [`p − ${n}`, P - n]),
    ...[32n, 64n, 96n, 128n, 129n].map((n): [string, bigint] => [`2^${n} − 1`, (1n << n) - 1n]),
    ["2^128", bit],
    ["2^128 − s", bit - s],
    ["2^128 − s − 1", bit - s - 1n],
  ];
  for (const [name, target] of targets) {
    it(`kernel: the sum before s is ${name}`, () => {
      const cipherText = solve(target);
      const tag = littleEndian(target + s, 16);
      assert.notEqual(kernel.open(key, nonce, new Uint8Array(), cipherText, tag), null);
    });
  }
});
