import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chacha20, hchacha20 } from "../twin/chacha20.ts";
import { oneTimeKey, tagOf } from "../twin/chacha20-poly1305.ts";
import { areas, everything, filled, fingerprint } from "./areas.ts";
import { noise } from "./implementations.ts";
import { type Kernels, loadKernels, read, write } from "./load-kernels.ts";

const zeroNonce = new Uint8Array(12);

describe("what a kernel may touch", () => {
  /** Runs `call` and returns the names of the areas that changed. */
  const changed = (k: Kernels, call: () => void): string[] => {
    const before = areas(k).map(([, start, length]) => read(k, start, length));
    call();
    return areas(k).flatMap(([name, start, length], i) =>
      Buffer.from(before[i]!).equals(read(k, start, length)) ? [] : [name],
    );
  };
  const writes: [string, string[], (k: Kernels) => void][] = [
    ["sha256", ["DIGEST"], (k) => k.sha256(k.FRAME, 1000)],
    ["tileLeaves", ["LEAVES"], (k) => void k.tileLeaves(0, 641, 479)],
    ["treeRoot", ["ROOT"], (k) => k.treeRoot(999)],
    ["hchacha20", ["FRAME_KEY"], (k) => k.hchacha20()],
    ["commit", ["COMMITMENT"], (k) => k.commit()],
    ["seal", ["FRAME", "TAG"], (k) => k.seal(100, 1001)],
    ["chacha20Xor", ["FRAME"], (k) => k.chacha20Xor(1, 2, 3, 4, 1001)],
    ["open of a forgery", [], (k) => void k.open(100, 1001)],
    ["extremes", [], (k) => void k.extremes(1001, 16, 235)],
    ["drawNumbers", ["FRAME", "NUMBERS", "POSITIONS"], (k) => k.drawNumbers(1001, 500)],
    ["noiseOnes", [], (k) => void k.noiseOnes(5000)],
    ["longestRepetition", [], (k) => void k.longestRepetition(5000)],
    ["highestProportion", [], (k) => void k.highestProportion(5000, 1024)],
  ];
  for (const [name, areasWritten, call] of writes) {
    it(`${name} writes ${areasWritten.join(" and ") || "nothing"}`, () => {
      const k = filled();
      assert.deepEqual(changed(k, () => call(k)).sort(), areasWritten);
    });
  }

  it("seal and open leave the bytes after the frame alone", () => {
    const k = filled();
    const after = read(k, k.FRAME + 1001, 200);
    k.seal(5, 1001);
    assert.equal(k.open(5, 1001), 1);
    assert.deepEqual(read(k, k.FRAME + 1001, 200), after);
  });

  it("open refuses every flipped bit of tag, data, associated data and every other length, and touches nothing", () => {
    const k = filled();
    const [adLength, length] = [21, 37];
    k.seal(adLength, length);
    const refuses = (adBytes = adLength, bytes = length): void => {
      const before = fingerprint(k);
      assert.equal(k.open(adBytes, bytes), 0);
      assert.equal(fingerprint(k), before);
    };
    const flips: [number, number][] = [
      [k.TAG, 16],
      [k.FRAME, length],
      [k.AD, adLength],
      [k.FRAME_KEY, 32],
    ];
    for (const [start, bytes] of flips) {
      for (let i = 0; i < bytes * 8; i++) {
        const address = start + (i >> 3);
        everything(k)[address]! ^= 1 << (i & 7);
        if (i % 5 === 0) refuses();
        else assert.equal(k.open(adLength, length), 0);
        everything(k)[address]! ^= 1 << (i & 7);
      }
    }
    refuses(adLength - 1);
    refuses(adLength + 1);
    refuses(adLength, length - 1);
    refuses(adLength, length + 1);
    refuses(length, adLength);
    assert.equal(k.open(adLength, length), 1);
  });
});

describe("secrets", () => {
  /** Addresses outside the allowed areas where eight bytes in a row of `secret` lie. */
  const traces = (k: Kernels, secret: Uint8Array, allowed: [number, number][] = []): number[] => {
    const memory = Buffer.from(k.memory.buffer as ArrayBuffer);
    const found: number[] = [];
    for (let i = 0; i + 8 <= secret.length; i++) {
      const needle = secret.subarray(i, i + 8);
      for (let at = memory.indexOf(needle); at >= 0; at = memory.indexOf(needle, at + 1)) {
        if (!allowed.some(([start, length]) => at >= start && at + 8 <= start + length)) found.push(at);
      }
    }
    return found;
  };
  const scratchIsZero = (k: Kernels): void =>
    assert.ok(read(k, k.SCRATCH, k.SCRATCH_END - k.SCRATCH).every((byte) => byte === 0));

  const [epochKey, deriveNonce, text, ad] = [noise(32, 1), noise(16, 2), noise(1000, 3), noise(77, 4)];
  const frameKey = hchacha20(epochKey, deriveNonce);
  const cipherText = chacha20(frameKey, 1, zeroNonce, text);
  const stream = chacha20(frameKey, 0, zeroNonce, new Uint8Array(64 + 1024)); // to the end of the last block

  const keyed = (): Kernels => {
    const k = loadKernels();
    write(k, k.EPOCH_KEY, epochKey);
    write(k, k.DERIVE_NONCE, deriveNonce);
    k.hchacha20();
    write(k, k.AD, ad);
    return k;
  };
  const steps: [string, (k: Kernels) => void][] = [
    ["hchacha20", () => {}],
    ["commit", (k) => k.commit()],
    [
      "seal",
      (k) => {
        write(k, k.FRAME, text);
        k.seal(ad.length, text.length);
        assert.deepEqual(read(k, k.FRAME, text.length), cipherText);
      },
    ],
    [
      "open",
      (k) => {
        write(k, k.FRAME, cipherText);
        write(k, k.TAG, tagOf(frameKey, zeroNonce, ad, cipherText));
        assert.equal(k.open(ad.length, text.length), 1);
        k.wipe(k.FRAME, text.length);
      },
    ],
    [
      "open of a forgery",
      (k) => {
        write(k, k.FRAME, cipherText);
        assert.equal(k.open(ad.length, text.length), 0);
        // The tag it expected would make the forgery good.
        assert.deepEqual(traces(k, tagOf(frameKey, zeroNonce, ad, cipherText)), []);
      },
    ],
    [
      "chacha20Xor",
      (k) => {
        write(k, k.FRAME, text);
        k.chacha20Xor(1, 0, 0, 0, text.length);
      },
    ],
    [
      "sha256 and tileLeaves of plain text",
      (k) => {
        write(k, k.FRAME, text);
        k.sha256(k.FRAME, text.length);
        k.tileLeaves(0, 24, 24);
        k.wipe(k.FRAME, text.length);
      },
    ],
  ];
  for (const [name, step] of steps) {
    it(`${name} leaves no key, key stream or plain text outside its areas`, () => {
      const k = keyed();
      step(k);
      scratchIsZero(k);
      assert.deepEqual(traces(k, epochKey, [[k.EPOCH_KEY, 32]]), []);
      assert.deepEqual(traces(k, frameKey, [[k.FRAME_KEY, 32]]), []);
      assert.deepEqual(traces(k, oneTimeKey(frameKey, zeroNonce)), []);
      assert.deepEqual(traces(k, stream), []);
      assert.deepEqual(traces(k, text), []);
    });
  }

  it("the scan itself finds a key that lies around", () => {
    const k = keyed();
    write(k, k.SCRATCH + 100, frameKey.subarray(3, 11));
    assert.deepEqual(traces(k, frameKey, [[k.FRAME_KEY, 32]]), [k.SCRATCH + 100]);
  });

  it("wipe zeroes exactly what it is told", () => {
    const k = keyed();
    write(k, k.FRAME, noise(100, 8));
    k.wipe(k.FRAME_KEY, 32);
    k.wipe(k.EPOCH_KEY, 32);
    assert.deepEqual(traces(k, frameKey), []);
    assert.deepEqual(traces(k, epochKey), []);
    assert.deepEqual(read(k, k.DERIVE_NONCE, 16), deriveNonce);
    k.wipe(k.FRAME + 10, 80);
    const left = noise(100, 8).map((byte, i) => (i >= 10 && i < 90 ? 0 : byte));
    assert.deepEqual(read(k, k.FRAME, 100), left);
  });
});
