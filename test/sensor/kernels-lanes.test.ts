import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { chacha20 } from "../twin/chacha20.ts";
import { accumulate, bytes as littleEndian, number, P } from "../twin/poly1305.ts";
import { sha256 } from "../twin/sha256.ts";
import fips from "../vectors/fips180-4.json" with { type: "json" };
import rfc8439 from "../vectors/rfc8439.json" with { type: "json" };
import { compileKernels } from "./compile-kernels.ts";
import { noise } from "./implementations.ts";
import { nonceWords, read, write } from "./load-kernels.ts";

interface Lanes {
  readonly memory: WebAssembly.Memory;
  readonly HASHES: number;
  readonly STATE: number;
  readonly POLY: number;
  readonly FRAME_KEY: number;
  readonly FRAME: number;
  begin4(): void;
  compress4(p0: number, p1: number, p2: number, p3: number, blocks: number): void;
  emit4(p0: number, p1: number, p2: number, p3: number): void;
  setState(key: number, w12: number, w13: number, w14: number, w15: number): void;
  xor8(address: number, batches: number): void;
  xorAndMac8(address: number, summed: number, batches: number): void;
}

/** What the module has inside, where each lane can be given its own message. */
const k = await compileKernels<Lanes>(`
  export { begin4, compress4, emit4 } from "./generated/sha256x4";
  export { xor8, xorAndMac8 } from "./generated/chacha20x8";
  export { setState } from "./chacha20";
  export { HASHES, STATE, POLY, FRAME_KEY, FRAME } from "./layout";
`);

const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "hex"));
const digest = (message: Uint8Array): string => createHash("sha256").update(message).digest("hex");

/** FIPS 180-4 §5.1.1 */
const padded = (message: Uint8Array): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  whole.set(message);
  whole[message.length] = 0x80;
  new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(8 * message.length));
  return whole;
};

/** Digests of four messages of as many blocks, one in each lane. */
const four = (messages: readonly Uint8Array[]): string[] => {
  const all = messages.map(padded);
  const room = Math.max(...all.map(({ length }) => length)) + 7; // no lane begins where vectors are aligned
  const [p0, p1, p2, p3] = messages.map((_, lane) => k.FRAME + 1 + lane * room) as [
    ...[number, number, number, number],
  ];
  all.forEach((message, lane) => {
    write(k, k.FRAME + 1 + lane * room, message);
  });
  k.begin4();
  k.compress4(p0, p1, p2, p3, (all[0] as Uint8Array).length / 64);
  k.emit4(p0, p1, p2, p3);
  return [p0, p1, p2, p3].map((at) => hex(read(k, at, 32)));
};

describe("SHA-256, four messages side by side", () => {
  for (const { name, text, times, digest: published } of fips.sha256)
    it(`FIPS 180-4, ${name}, in each lane beside others`, () => {
      const message = new TextEncoder().encode(text.repeat(times));
      for (let lane = 0; lane < 4; lane += 1) {
        const messages = [0, 1, 2, 3].map((at) => (at === lane ? message : noise(message.length, at + 1)));
        const found = four(messages);
        assert.equal(found[lane], published);
        assert.deepEqual(found, messages.map(digest));
      }
    });

  it("every length from 0 to 300: node:crypto and twin", () => {
    for (let length = 0; length <= 300; length += 1) {
      const messages = [1, 2, 3, 4].map((seed) => noise(length, seed * 1000 + length));
      const found = four(messages);
      assert.deepEqual(found, messages.map(digest), `length ${length}`);
      if (length % 10 === 0)
        assert.deepEqual(
          found,
          messages.map((one) => hex(sha256(one))),
        );
    }
  });
});

const keyed = (key: Uint8Array, counter: number, nonce: Uint8Array): void => {
  write(k, k.FRAME_KEY, key);
  k.setState(k.FRAME_KEY, counter, ...nonceWords(nonce));
};

describe("ChaCha20, eight blocks side by side", () => {
  for (const { name, key, counter, nonce, input, output } of rfc8439.chacha20)
    it(`RFC 8439 ${name}, in each of the eight blocks`, () => {
      const length = input.length / 2;
      for (let block = 0; block < 8 && 64 * block + length <= 512; block += 1) {
        // Counters go round at 2^32, here as in the twin's words.
        const first = (counter - block) >>> 0;
        const frame = noise(512, block);
        frame.set(bytes(input), 64 * block);
        write(k, k.FRAME, frame);
        keyed(bytes(key), first, bytes(nonce));
        k.xor8(k.FRAME, 1);
        assert.equal(hex(read(k, k.FRAME + 64 * block, length)), output, `block ${block}`);
        assert.equal(hex(read(k, k.FRAME, 512)), hex(chacha20(bytes(key), first, bytes(nonce), frame)));
      }
    });

  it("many batches, from any block on: twin", () => {
    for (const [batches, counter] of [
      [0, 5],
      [1, 0],
      [2, 1],
      [3, 77],
      [5, 0xffff_fff0],
    ] as const) {
      const [key, nonce, frame] = [
        noise(32, batches),
        noise(12, counter),
        noise(512 * batches + 64, counter),
      ];
      write(k, k.FRAME, frame);
      keyed(key, counter, nonce);
      k.xor8(k.FRAME, batches);
      const expected = chacha20(key, counter, nonce, frame.subarray(0, 512 * batches));
      assert.equal(hex(read(k, k.FRAME, 512 * batches)), hex(expected));
      assert.equal(hex(read(k, k.FRAME + 512 * batches, 64)), hex(frame.subarray(512 * batches)));
      assert.equal(
        new DataView(k.memory.buffer).getUint32(k.STATE + 48, true),
        (counter + 8 * batches) >>> 0,
      );
    }
  });
});

describe("Poly1305 between the rounds", () => {
  const POLY_BYTES = 80;
  /** Every bit that the clamp leaves, RFC 8439 §2.5. */
  const most = littleEndian(0x0ffffffc0ffffffc0ffffffc0fffffffn, 16);
  const ones = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(255);

  /** The sum after `message`, from any sum that poly1305.ts can leave: four limbs of 32 bits and one of at most 4. */
  const summed = (r: Uint8Array, limbs: readonly bigint[], message: Uint8Array, from: number): bigint => {
    const poly = new DataView(new ArrayBuffer(POLY_BYTES));
    r.forEach((byte, at) => {
      poly.setUint8(at, byte);
    });
    limbs.forEach((limb, at) => {
      poly.setBigUint64(32 + 8 * at, limb, true);
    });
    write(k, k.POLY, new Uint8Array(poly.buffer));
    write(k, from, message);
    keyed(noise(32, 1), 1, noise(12, 2));
    k.xorAndMac8(k.FRAME + 4096, from, message.length / 512);
    const left = new DataView(k.memory.buffer, k.POLY + 32, 40);
    const found = [0, 1, 2, 3, 4].map((at) => left.getBigUint64(8 * at, true));
    // What poly1305.ts expects to find.
    assert.ok(
      found.every((limb, at) => limb <= (at === 4 ? 4n : 0xffff_ffffn)),
      found.join(" "),
    );
    return found.reduceRight((sum, limb) => (sum << 32n) + limb, 0n) % P;
  };
  /** The same in whole numbers, as the twin's `accumulate` does from zero. */
  const expected = (r: Uint8Array, limbs: readonly bigint[], message: Uint8Array): bigint => {
    let h = limbs.reduceRight((sum, limb) => (sum << 32n) + limb, 0n);
    const factor = number(r);
    for (let at = 0; at < message.length; at += 16)
      h = ((h + number(message.subarray(at, at + 16)) + (1n << 128n)) * factor) % P;
    return h;
  };
  const zero = [0n, 0n, 0n, 0n, 0n];
  const full = [0xffff_ffffn, 0xffff_ffffn, 0xffff_ffffn, 0xffff_ffffn, 4n];

  it("the greatest numbers that can come, for as long as a large frame", () => {
    for (const limbs of [zero, full])
      for (const message of [ones(512), ones(4096), new Uint8Array(1024)])
        assert.equal(summed(most, limbs, message, k.FRAME + 65_536), expected(most, limbs, message));
    const long = ones(512 * 200);
    assert.equal(summed(most, full, long, k.FRAME + 400_000), expected(most, full, long));
  });

  it("r of few bits, and none", () => {
    for (const r of [0n, 1n, 4n << 32n, 4n << 64n, 4n << 96n, 0x0fff_fffcn << 96n])
      for (const limbs of [zero, full])
        for (const message of [ones(1024), noise(1024, 3)]) {
          const key = littleEndian(r, 16);
          assert.equal(summed(key, limbs, message, k.FRAME + 65_536), expected(key, limbs, message));
        }
  });

  it("any r, any sum, any message: twin", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const r = noise(16, seed).map((byte, at) => byte & (most[at] as number));
      const message = noise(512 * (1 + (seed % 3)), seed + 1);
      const limbs =
        seed % 2 === 0 ? zero : full.map((limb, at) => (at === 4 ? BigInt(seed % 5) : limb - BigInt(seed)));
      assert.equal(summed(r, limbs, message, k.FRAME + 65_536), expected(r, limbs, message), `seed ${seed}`);
      if (seed % 2 === 0) assert.equal(expected(r, zero, message), accumulate(message, number(r)));
    }
  });

  it("the sum is of what stood there before, also where both are one place", () => {
    const [key, nonce, text] = [noise(32, 5), noise(12, 6), noise(1536, 7)];
    const r = noise(16, 8).map((byte, at) => byte & (most[at] as number));
    const start = (): void => {
      write(k, k.POLY, Uint8Array.from([...r, ...new Uint8Array(64)]));
      write(k, k.FRAME, text);
      keyed(key, 1, nonce);
    };
    const sum = (): bigint => {
      const left = new DataView(k.memory.buffer, k.POLY + 32, 40);
      return (
        [0, 1, 2, 3, 4].reduceRight((total, at) => (total << 32n) + left.getBigUint64(8 * at, true), 0n) % P
      );
    };
    start();
    k.xorAndMac8(k.FRAME, k.FRAME, 3);
    assert.equal(sum(), accumulate(text, number(r)));
    const cipher = chacha20(key, 1, nonce, text);
    assert.equal(hex(read(k, k.FRAME, 1536)), hex(cipher));
    start();
    k.xor8(k.FRAME, 1);
    k.xorAndMac8(k.FRAME + 512, k.FRAME, 2);
    assert.equal(sum(), accumulate(cipher.subarray(0, 1024), number(r)));
    assert.equal(hex(read(k, k.FRAME, 1536)), hex(cipher));
  });
});
