import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { CheatBench } from "../../src/apparatus/cheat-bench.ts";
import type { Cheat } from "../../src/apparatus/self-check.api.ts";
import { systemClock } from "../../src/base/index.ts";
import { type CameraFrame, type Shape, tileCount } from "../../src/sensor/index.ts";
import { goodFramesToRecover, type Verdict } from "../../src/verify/index.ts";
import { frameOf, makeSensor, pixelsOf, smallShape } from "../seal/camera.ts";
import { asPicture } from "../seal/pictures.ts";
import { quiet, until } from "./carriers.ts";

const benches: CheatBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.stop();
});

/** A capture device that gives a frame when the test says so, and a page that draws at once. */
const stage = async (shape: Shape = smallShape) => {
  let feed!: ReadableStreamDefaultController<CameraFrame>;
  const frames = new ReadableStream<CameraFrame>({
    start(controller) {
      feed = controller;
    },
  });
  const count = { given: 0, closed: 0 };
  const open = (pixels: Uint8Array): CameraFrame => {
    count.given += 1;
    let isOpen = true;
    const onclose = (): void => {
      if (isOpen) count.closed += 1;
      isOpen = false;
    };
    const frame = frameOf(shape, pixels, { onclose });
    return Object.assign(frame, { clone: () => open(pixels) });
  };
  const give = (): void => feed.enqueue(open(pixelsOf(shape, count.given)));
  const shown: { verdict: Verdict; drawn: boolean }[] = [];
  const cheated: Cheat[] = [];
  const ended: string[] = [];
  give();
  const bench = await CheatBench.begin(frames, {
    ...{ makeSensor, clock: systemClock, steady: systemClock },
    ...{ path: "track-processor-worker", label: "Test camera" },
    output: {
      show(picture, verdict, drawn) {
        if (picture) asPicture(picture).close();
        shown.push({ verdict, drawn: picture !== null });
        drawn();
      },
    },
    events: { oncheated: (cheat) => void cheated.push(cheat), onended: (code) => void ended.push(code) },
  });
  benches.push(bench);
  /** A frame, and what came of it. */
  const next = async () => {
    const before = shown.length;
    give();
    await until(() => shown.length > before, "a verdict");
    return shown.at(-1)!;
  };
  return { bench, next, give, shown, cheated, ended, count, feed };
};

describe("the cheating bench", () => {
  it("shows the capture device's frames as any viewer would, when nobody cheats", async () => {
    const { next } = await stage();
    for (let frame = 0; frame < 3; frame += 1) {
      const { verdict, drawn } = await next();
      assert.deepEqual([verdict.state, verdict.frame?.sequence, drawn], ["ST1", frame, true]);
    }
  });

  const cheats: [Cheat, Verdict["reason"], readonly number[]][] = [
    [{ kind: "bit", tile: 4 }, "tree", [4]],
    [{ kind: "time" }, "signature", []],
    [{ kind: "signature" }, "signature", []],
    [{ kind: "again" }, "sequence", []],
    [{ kind: "short" }, "malformed", []],
  ];
  for (const [cheat, reason, tiles] of cheats) {
    it(`${cheat.kind}: ${reason}, at once, and ten good frames until it is lived down`, async () => {
      const { bench, next, give, shown, cheated, count } = await stage();
      await next();
      bench.cheat(cheat);
      // The other camera's seed.
      if (cheat.kind === "signature") give();
      const { verdict, drawn } = await next();
      assert.deepEqual([verdict.state, verdict.reason, drawn], ["ST0", reason, false]);
      assert.deepEqual(verdict.changedTiles, tiles);
      assert.deepEqual(cheated, [cheat]);
      // Nothing goes on by itself: frames are dropped unsealed.
      const before = shown.length;
      give();
      bench.cheat({ kind: "short" });
      await quiet();
      assert.equal(shown.length, before);
      assert.equal(cheated.length, 1);
      bench.resend();
      await until(() => shown.length > before, "the frame as the camera made it");
      assert.equal(shown.at(-1)?.verdict.recovering, goodFramesToRecover - 1);
      for (let good = 2; good < goodFramesToRecover; good += 1)
        assert.equal((await next()).verdict.state, "ST0", `frame ${good}`);
      const recovered = await next();
      assert.deepEqual([recovered.verdict.state, recovered.drawn], ["ST1", true]);
      assert.equal(recovered.verdict.missing, 0, "nothing of the stream was lost");
      await bench.stop();
      await quiet();
      assert.equal(count.closed, count.given, "every frame and every copy is closed");
    });
  }

  it("names the tile that was changed, whichever it is, in odd sizes and both formats", async () => {
    for (const format of ["I420", "NV12"] as const) {
      const shape: Shape = { ...smallShape, format };
      for (let tile = 0; tile < tileCount(shape); tile += 1) {
        const { bench, next } = await stage(shape);
        await next();
        bench.cheat({ kind: "bit", tile });
        assert.deepEqual((await next()).verdict.changedTiles, [tile], `${format} ${tile}`);
      }
    }
  });

  it("ends with the code when the device goes, and closes the frames", async () => {
    const { next, feed, ended } = await stage();
    await next();
    feed.close();
    await until(() => ended.length > 0, "the end");
    assert.deepEqual(ended, ["camera-unplugged"]);
  });

  it("does not begin without a frame", async () => {
    const none = new ReadableStream<CameraFrame>({ start: (controller) => controller.close() });
    const means = { makeSensor, clock: systemClock, steady: systemClock, label: "" };
    const path = "track-processor-worker" as const;
    const output = { show: () => undefined };
    const events = { oncheated: () => undefined, onended: () => undefined };
    await assert.rejects(CheatBench.begin(none, { ...means, path, output, events }), {
      code: "camera-unplugged",
    });
  });
});
