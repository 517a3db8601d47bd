import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codedAhead, exactWant, othersAhead, probeInterval, usualWant } from "../../src/apparatus/talk.ts";
import { Watcher } from "../../src/apparatus/watcher.ts";
import type { Sealed } from "../../src/base/index.ts";
import { videoFamilies } from "../../src/media/index.ts";
import type { FrameKind } from "../../src/seal/index.ts";
import { fakeClock } from "../seal/camera.ts";
import { carrierPair } from "./carriers.ts";

/** A viewer with the usual wish and sound; `gets` says whether the next frame of this kind is sent to it. */
const watching = () => {
  const steady = fakeClock();
  const [carrier] = carrierPair();
  const watcher = new Watcher("viewer", carrier, steady);
  watcher.want({ ...usualWant, sound: true }, videoFamilies);
  const next = new Map<number, number>();
  const gets = (kind: FrameKind, track = kind === "sound" ? 3 : 1, length = 1): boolean => {
    const sequence = next.get(track) ?? 0;
    next.set(track, sequence + 1);
    return watcher.accepts({
      track,
      sequence,
      epoch: 0,
      kind,
      captured: 40 * sequence,
      item: new Uint8Array(length) as Sealed,
    });
  };
  const times = (count: number, kind: FrameKind): boolean[] =>
    Array.from({ length: count }, () => gets(kind));
  return { watcher, carrier, steady, gets, times };
};

describe("[SF25] a viewer, as its camera sees it", () => {
  it("gets no delta behind a still: a still is no key frame", () => {
    const { watcher, gets } = watching();
    assert.deepEqual([gets("image"), gets("delta"), watcher.waitsForKey], [true, false, 1]);
    assert.deepEqual([gets("key"), gets("delta"), watcher.waitsForKey], [true, true, null]);
  });

  it("is probed with pictures, never with sound", () => {
    const { steady, gets, times } = watching();
    assert.ok(times(codedAhead, "image").every(Boolean));
    assert.ok(times(othersAhead, "sound").every(Boolean));
    assert.deepEqual([gets("image"), gets("sound")], [false, false]);
    steady.time += probeInterval;
    assert.deepEqual([gets("sound"), gets("image"), gets("image")], [false, true, false]);
  });

  it("is told once that a raw picture is longer than its way ever takes, and not of one that has to wait", () => {
    const { watcher, carrier, gets } = watching();
    watcher.want({ ...exactWant, picture: "lossless" }, videoFamilies);
    carrier.window = 0;
    assert.equal(gets("raw", 0, 1000), false, "not open yet");
    assert.equal(watcher.unsentNews(), null);
    carrier.window = 1000;
    assert.equal(gets("raw", 0, 1000), true);
    assert.equal(watcher.unsent, null);
    assert.equal(gets("raw", 0, 1001), false);
    assert.deepEqual([watcher.unsent, watcher.unsentNews(), watcher.unsentNews()], ["large", "large", null]);
    assert.equal(gets("raw", 0, 1001), false);
    assert.equal(watcher.unsentNews(), null);
    assert.equal(gets("raw", 0, 1000), true, "the device takes smaller ones now");
    assert.equal(watcher.unsent, null);
    assert.equal(gets("raw", 0, 1001), false);
    assert.equal(watcher.unsentNews(), "large");
    watcher.want({ ...usualWant, sound: true }, videoFamilies);
    watcher.serve(1, { codec: "vp9", framesPerSecond: 30 });
    assert.equal(watcher.unsent, null, "what is coded fits");
    watcher.refuse(0, "turned");
    assert.equal(watcher.unsent, null, "it wants no raw ones");
  });

  it("goes on where another track broke off, and waits where its own did", () => {
    const { watcher, gets } = watching();
    gets("key");
    for (const other of [0, 2, 3, 5]) watcher.broke(other);
    assert.equal(gets("delta"), true);
    watcher.broke(1);
    assert.equal(gets("delta"), false);
  });

  it("frees by credit its own track alone, up to the sequence it names", () => {
    const { watcher, gets, times } = watching();
    times(codedAhead, "image");
    times(othersAhead, "sound");
    for (const track of [0, 2, 4, 5]) watcher.credit({ track, sequence: 1_000 });
    assert.deepEqual([gets("image"), gets("sound")], [false, false]);
    watcher.credit({ track: 3, sequence: 1 });
    assert.deepEqual([gets("image"), ...times(3, "sound")], [false, true, true, false]);
    watcher.credit({ track: 1, sequence: 0 });
    assert.deepEqual([gets("image"), gets("image"), gets("sound")], [true, false, false]);
  });

  it("gets nothing that its carrier has no room for, whatever its credit, nor does the probe", () => {
    const { watcher, carrier, steady, gets } = watching();
    assert.deepEqual([gets("key"), gets("delta")], [true, true]);
    carrier.window = 9;
    assert.deepEqual([gets("delta", 1, 10), gets("sound", 3, 10), watcher.leftOut], [false, false, 2]);
    steady.time += probeInterval;
    assert.equal(gets("key", 1, 10), false, "the probe");
    carrier.window = 10;
    assert.deepEqual([gets("delta", 1, 10), gets("key", 1, 10), gets("delta", 1, 10)], [false, true, true]);
  });

  it("asks for a key frame only when there is room for what was left out", () => {
    const { watcher, carrier, gets } = watching();
    gets("key");
    carrier.window = 9;
    gets("key", 1, 10);
    assert.equal(watcher.waitsForKey, null);
    carrier.window = 10;
    assert.equal(watcher.waitsForKey, 1);
  });
});
