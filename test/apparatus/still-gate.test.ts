import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StillGate } from "../../src/apparatus/still-gate.ts";
import type { SealedFrame } from "../../src/apparatus/watcher.ts";
import { asSealed } from "../../src/base/index.ts";
import { tracks } from "../../src/seal/index.ts";

const frame = (track: number, mark: number): SealedFrame =>
  ({ track, sequence: mark, item: asSealed(Uint8Array.of(mark)) }) as unknown as SealedFrame;
const marks = (frames: readonly SealedFrame[]): number[] => frames.map(({ item }) => item[0] as number);

describe("the gate in front of who waits for a still", () => {
  it("passes pictures at all times, and nothing else before it is opened", () => {
    const gate = new StillGate(false);
    for (const track of [tracks.raw, tracks.full, tracks.small])
      assert.equal(gate.passes(frame(track, 1)), true);
    for (const track of [tracks.sound, tracks.recordedSound, tracks.text])
      assert.equal(gate.passes(frame(track, 2)), false);
    gate.open();
    assert.equal(gate.passes(frame(tracks.text, 3)), true);
    assert.equal(new StillGate(true).passes(frame(tracks.text, 4)), true);
  });

  it("gives what waited in its order, once", () => {
    const gate = new StillGate(false);
    for (const mark of [1, 2, 3]) gate.passes(frame(tracks.text, mark));
    assert.deepEqual(marks(gate.open()), [1, 2, 3]);
    assert.deepEqual(gate.open(), []);
  });

  it("keeps a copy: what is written to the frame's bytes behind it does not matter", () => {
    const gate = new StillGate(false);
    const one = frame(tracks.text, 1);
    gate.passes(one);
    one.item.fill(9);
    assert.deepEqual(marks(gate.open()), [1]);
  });

  it("keeps nothing that is worth nothing later", () => {
    const gate = new StillGate(false, ({ track }) => track === tracks.text);
    gate.passes(frame(tracks.sound, 1));
    gate.passes(frame(tracks.text, 2));
    assert.deepEqual(marks(gate.open()), [2]);
  });

  it("keeps 64 at most: the oldest give way", () => {
    const gate = new StillGate(false);
    for (let mark = 0; mark < 100; mark += 1) gate.passes(frame(tracks.text, mark));
    const waited = marks(gate.open());
    assert.deepEqual([waited.length, waited[0], waited.at(-1)], [64, 36, 99]);
  });
});
