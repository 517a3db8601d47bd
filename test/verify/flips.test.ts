import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Reason } from "../../src/verify/index.ts";
import { flipped, placesOf } from "../seal/bytes.ts";
import { makeCamera, tinyShape } from "../seal/camera.ts";
import { makeViewer, type TestViewer } from "./viewer.ts";

const camera = await makeCamera();

/** Turns one bit of every byte, and at the beginning all of them; gives the reasons and how often each came. */
const turn = async (
  item: Uint8Array,
  viewer: TestViewer,
  restore: () => Promise<unknown>,
): Promise<Partial<Record<Reason, number>>> => {
  const reasons: Partial<Record<Reason, number>> = {};
  for (let at = 0; at < item.length; at += 1) {
    for (const bit of at < 4 ? [0, 1, 2, 3, 4, 5, 6, 7] : [at & 7]) {
      const judged = await viewer.judges(flipped(item, at, bit));
      // A turned freshness bit proves nothing, and is no fault.
      const where = `byte ${at}, bit ${bit}`;
      assert.equal(judged?.draw ?? false, false, where);
      if (!judged) continue;
      assert.equal(judged.verdict.state, "ST0", where);
      const reason = judged.verdict.reason!;
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      // The type may have become that of a head, which ends the stream.
      if (at < 2) await restore();
    }
  }
  return reasons;
};

describe("[SF20] no turned bit gets through the judge", () => {
  it("of a frame: and the frame as it was is still taken afterwards", async () => {
    const viewer = await makeViewer(camera);
    const restore = async () => {
      for (const item of [camera.head, camera.epoch]) await viewer.take(item);
    };
    await restore();
    const frame = await camera.seal(0, { shape: tinyShape });
    const reasons = await turn(frame, viewer, restore);
    const found = Object.keys(reasons).sort();
    // A flip in the type may make a frame an end, an epoch or a head, none of which decodes.
    assert.deepEqual(found, ["malformed", "signature", "tree", "version"]);
    const places = placesOf(frame);
    const pixels = places[16]!.to - places[16]!.content + places[15]!.to - places[15]!.content;
    assert.equal(reasons.tree, pixels);
    assert.equal(await viewer.sees(frame), "frame");
  });

  it("of a head", async () => {
    const viewer = await makeViewer(camera);
    const reasons = await turn(camera.head, viewer, async () => undefined);
    assert.deepEqual(Object.keys(reasons).sort(), ["head", "malformed", "version"]);
    assert.equal(await viewer.sees(camera.head), "head");
  });

  it("of an end", async () => {
    const viewer = await makeViewer(camera);
    await viewer.take(camera.head);
    const end = await camera.end(300);
    const reasons = await turn(end, viewer, () => viewer.take(camera.head));
    assert.deepEqual(Object.keys(reasons).sort(), ["malformed", "signature", "version"]);
    assert.equal(await viewer.sees(end), "end");
  });

  it("of an epoch: nothing of it can be used", async () => {
    const viewer = await makeViewer(camera);
    await viewer.take(camera.head);
    const reasons = await turn(camera.epoch, viewer, () => viewer.take(camera.head));
    assert.deepEqual(Object.keys(reasons).sort(), ["epoch", "malformed", "version"]);
    assert.equal(await viewer.sees(await camera.seal(0, { shape: tinyShape })), "no-key");
    assert.equal(await viewer.sees(camera.epoch), "epoch");
    assert.equal(await viewer.sees(await camera.seal(0, { shape: tinyShape })), "frame");
  });

  it("of a freshness: nothing becomes live", async () => {
    const viewer = await makeViewer(camera);
    const begin = async () => {
      for (const item of [camera.head, camera.epoch]) await viewer.take(item);
    };
    await begin();
    const [fresh] = await camera.fresh(0, viewer.judge.fresh.choose());
    await turn(fresh!, viewer, begin);
    const frame = await viewer.take(await camera.seal(0, { shape: tinyShape }));
    assert.equal(frame.kind === "frame" && !frame.live, true);
    assert.equal(await viewer.sees(fresh!), "fresh");
  });
});
