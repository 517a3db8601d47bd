import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { areas, everything, filled, fingerprint, size } from "./areas.ts";
import { type Kernels, loadKernels, read, wasmBytes, wasmModule } from "./load-kernels.ts";

describe("the module", () => {
  it("imports nothing", () => {
    assert.deepEqual(WebAssembly.Module.imports(wasmModule), []);
  });

  it("exports the kernels, the areas and one memory", () => {
    const by = (kind: string): string[] =>
      WebAssembly.Module.exports(wasmModule).flatMap((e) => (e.kind === kind ? [e.name] : []));
    assert.deepEqual(by("function").sort(), [
      ..."chacha20Xor commit drawNumbers extremes hchacha20 highestProportion longestRepetition noiseOnes".split(
        " ",
      ),
      ..."open openWithNonce pieceLeaves seal sealWithNonce sha256 tileLeaves treeRoot wipe".split(" "),
    ]);
    assert.deepEqual(
      by("global").sort(),
      [
        ...areas(loadKernels()).map(([name]) => name),
        "AD_CAPACITY",
        "LEAVES_CAPACITY",
        "NUMBERS_CAPACITY",
        "SCRATCH_END",
      ].sort(),
    );
    assert.deepEqual(by("memory"), ["memory"]);
    assert.deepEqual(by("table"), []);
  });

  it("is below 30 KB as it travels", () => {
    const packed = gzipSync(wasmBytes).length;
    assert.ok(packed < 30_000, `${packed} bytes`);
  });

  it("has memory for a 640 × 480 picture, and no ceiling", () => {
    const k = loadKernels();
    assert.ok(size(k) >= k.FRAME + 640 * 480 * 1.5);
    // Binary format §5.5.8: section 5 holds a vector of one memory; limits flag 0 means no maximum.
    for (let at = 8; at < wasmBytes.length; ) {
      const id = wasmBytes[at++];
      let length = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = wasmBytes[at++]!;
        length |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      if (id === 5) {
        assert.deepEqual([...wasmBytes.subarray(at, at + 2)], [1, 0]);
        return;
      }
      at += length;
    }
    assert.fail("no memory section");
  });

  it("has areas that do not overlap and are aligned", () => {
    const k = loadKernels();
    const sorted = areas(k).sort(([, a], [, b]) => a - b);
    sorted.forEach(([name, start, length], i) => {
      assert.ok(start + length <= (sorted[i + 1]?.[1] ?? size(k)), name);
      assert.equal(start % 16, 0, name);
    });
  });

  it("starts with memory zero but for SHA-256's constants, which wipe cannot reach", () => {
    const k = loadKernels();
    const used = [...everything(k)].flatMap((byte, i) => (byte === 0 ? [] : [i]));
    assert.ok(used.length > 0 && used[0]! >= 1024 && used.at(-1)! < k.SCRATCH);
    assert.throws(() => k.wipe(1024, 1), WebAssembly.RuntimeError);
  });
});

describe("lengths", () => {
  const past = (k: Kernels): number => size(k) - k.FRAME + 1;
  const refused: [string, (k: Kernels) => void][] = [
    ["sha256 past the end", (k) => k.sha256(size(k) - 1, 2)],
    ["sha256 of all there can be", (k) => k.sha256(k.FRAME, 0xffffffff)],
    ["sha256 that would wrap", (k) => k.sha256(0xffffffff, 2)],
    ["seal past the end", (k) => k.seal(0, past(k))],
    ["seal that would wrap", (k) => k.seal(0, 0xffffffff)],
    ["seal with too much associated data", (k) => k.seal(k.AD_CAPACITY + 1, 0)],
    ["seal with associated data that would wrap", (k) => k.seal(0xffffffff, 16)],
    ["open past the end", (k) => k.open(0, past(k))],
    ["open that would wrap", (k) => k.open(0, 0xffffffff)],
    ["open with too much associated data", (k) => k.open(k.AD_CAPACITY + 1, 0)],
    ["sealWithNonce past the end", (k) => k.sealWithNonce(0, past(k), 1, 2, 3)],
    ["openWithNonce past the end", (k) => k.openWithNonce(0, past(k), 1, 2, 3)],
    ["chacha20Xor past the end", (k) => k.chacha20Xor(0, 0, 0, 0, past(k))],
    ["chacha20Xor beyond the last block", (k) => k.chacha20Xor(0xffffffff, 0, 0, 0, 65)],
    ["tileLeaves of an unknown format", (k) => k.tileLeaves(2, 16, 16)],
    ["tileLeaves of no width", (k) => k.tileLeaves(0, 0, 16)],
    ["tileLeaves of no height", (k) => k.tileLeaves(1, 16, 0)],
    ["tileLeaves past the end", (k) => k.tileLeaves(0, 1920, 1080)],
    ["tileLeaves of one tile too many", (k) => k.tileLeaves(0, 16384 * 64 + 1, 1)],
    ["tileLeaves of 2^32 pixels", (k) => k.tileLeaves(0, 65536, 65536)],
    ["tileLeaves of 2^64 pixels", (k) => k.tileLeaves(1, 0xffffffff, 0xffffffff)],
    ["treeRoot of nothing", (k) => k.treeRoot(0)],
    ["treeRoot of one leaf too many", (k) => k.treeRoot(k.LEAVES_CAPACITY + 1)],
    ["treeRoot that would wrap", (k) => k.treeRoot(0xffffffff)],
    ["extremes past the end", (k) => k.extremes(past(k), 16, 235)],
    ["extremes that would wrap", (k) => k.extremes(0xffffffff, 16, 235)],
    ["drawNumbers from past the end", (k) => k.drawNumbers(past(k), 1)],
    ["drawNumbers, more than there are", (k) => k.drawNumbers(100, 101)],
    ["drawNumbers, more than fit", (k) => k.drawNumbers(past(k) - 1, k.NUMBERS_CAPACITY + 1)],
    ["drawNumbers that would wrap", (k) => k.drawNumbers(0xffffffff, 1)],
    ["noiseOnes of more than fit", (k) => void k.noiseOnes(k.NUMBERS_CAPACITY + 1)],
    ["longestRepetition of more than fit", (k) => void k.longestRepetition(0xffffffff)],
    ["highestProportion of more than fit", (k) => void k.highestProportion(k.NUMBERS_CAPACITY + 1, 1024)],
    ["highestProportion in no window", (k) => void k.highestProportion(1024, 0)],
    ["highestProportion in a window that is not full", (k) => void k.highestProportion(1023, 1024)],
    ["wipe past the end", (k) => k.wipe(size(k) - 1, 2)],
    ["wipe that would wrap", (k) => k.wipe(k.FRAME, 0xffffffff)],
    ["wipe of all", (k) => k.wipe(0, size(k))],
  ];
  const k = filled();
  const before = fingerprint(k);
  for (const [name, call] of refused) {
    it(`traps and touches nothing: ${name}`, () => {
      assert.throws(() => call(k), WebAssembly.RuntimeError);
      assert.equal(fingerprint(k), before);
    });
  }

  it("accepts exactly what fits", () => {
    const k = filled();
    k.sha256(size(k) - 64, 64);
    k.sha256(size(k), 0);
    k.seal(k.AD_CAPACITY, past(k) - 1);
    assert.equal(k.open(k.AD_CAPACITY, past(k) - 1), 1);
    k.chacha20Xor(0xffffffff, 0, 0, 0, 64);
    k.wipe(k.FRAME, past(k) - 1);
    assert.ok(read(k, k.FRAME, past(k) - 1).every((byte) => byte === 0));
  });

  it("works to the end of grown memory", () => {
    const k = loadKernels();
    k.memory.grow(40);
    const length = size(k) - k.FRAME;
    k.seal(0, length);
    assert.equal(k.open(0, length), 1);
    assert.ok(read(k, k.FRAME, length).every((byte) => byte === 0));
  });
});
