import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Bytes } from "../../src/base/index.ts";
import type { Finding } from "../../src/verify/index.ts";
import { flipped } from "../seal/bytes.ts";
import { makeCamera, pixelsOf, smallShape } from "../seal/camera.ts";
import { makeViewer, type TestViewer } from "../verify/viewer.ts";

// D8: the picture that is shown is the one that was judged, whoever holds the bytes beside the judge, and however the
// calls overlap: it is that picture or none.

const camera = await makeCamera({ counter: 1 });
const later = await camera.begin(2, camera.hash);
const stranger = await makeCamera();
const watching = async (): Promise<TestViewer> => {
  const viewer = await makeViewer(camera);
  for (const item of [camera.head, camera.epoch]) await viewer.take(item);
  return viewer;
};

/** Lets as many turns of the event loop pass as a judgement may take, doing something in each. */
const meanwhile = async (act: (turn: number) => void, turns = 40): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) {
    await (turn % 2 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
    act(turn);
  }
};

describe("[SF20] the sender changes the bytes while they are judged", () => {
  const changes: Record<string, (item: Bytes, frames: Bytes[]) => void> = {
    "to nothing": (item) => item.fill(0),
    "in one bit": (item) => item.set(flipped(item, item.length - 5)),
    "to another good frame": (item, [, other]) => item.set(other!),
  };
  for (const [how, change] of Object.entries(changes)) {
    it(`${how}: what is shown is what was judged`, async () => {
      for (let moment = 0; moment < 6; moment += 1) {
        const viewer = await watching();
        const frames = [await camera.seal(30), await camera.seal(31)];
        const item = frames[0]!.slice();
        const judging = viewer.take(item);
        await meanwhile((turn) => {
          if (turn === moment) change(item, frames);
        });
        const finding = await judging;
        assert.equal(finding.kind, "frame");
        assert.equal(finding.kind === "frame" && finding.frame.fields.sequence, 30);
        change(item, frames);
        assert.deepEqual(viewer.picture(finding), pixelsOf(smallShape, 30));
      }
    });
  }

  it("before it is looked at at all, at once: the bytes are copied in the same turn", async () => {
    const viewer = await watching();
    const item = (await camera.seal(32)).slice();
    const judging = viewer.take(item);
    item.fill(0);
    assert.deepEqual(viewer.picture(await judging), pixelsOf(smallShape, 32));
  });

  it("head, epoch, freshness and end just as well", async () => {
    const viewer = await makeViewer(camera);
    const [fresh] = await camera.fresh(0, viewer.judge.fresh.choose());
    const items = [camera.head, camera.epoch, fresh!, await camera.end(1)];
    const kinds: string[] = [];
    for (const one of items) {
      const item = one.slice();
      const judging = viewer.sees(item);
      item.fill(0xff);
      kinds.push(await judging);
    }
    assert.deepEqual(kinds, ["head", "epoch", "fresh", "end"]);
  });

  it("a changed frame does not become good by being put right while it is judged", async () => {
    for (let moment = 0; moment < 6; moment += 1) {
      const viewer = await watching();
      const good = await camera.seal(33);
      const item = flipped(good, good.length - 1);
      const judging = viewer.sees(item);
      await meanwhile((turn) => {
        if (turn === moment) item.set(good);
      });
      assert.equal(await judging, "tree");
    }
  });

  it("what the judge gave out cannot be turned against what it will draw", async () => {
    const viewer = await watching();
    const item = await camera.seal(34);
    const finding = await viewer.take(item);
    if (finding.kind !== "frame") assert.fail(finding.kind);
    finding.frame.cipher.fill(0);
    finding.frame.leaves.fill(0);
    item.fill(0);
    assert.deepEqual(viewer.picture(finding), pixelsOf(smallShape, 34));
  });
});

describe("calls overlap", () => {
  /** What came of a call: the picture that could be drawn at once when it settled, or why there is none. */
  type Outcome = { drawn: Bytes; sequence: number } | { none: string };

  const outcome = async (viewer: TestViewer, judging: Promise<Finding>): Promise<Outcome> => {
    try {
      const finding = await judging;
      if (finding.kind !== "frame") return { none: finding.kind === "fault" ? finding.reason : finding.kind };
      return { drawn: viewer.picture(finding), sequence: finding.frame.fields.sequence };
    } catch (error) {
      return { none: (error as Error).name };
    }
  };
  const isHonest = (one: Outcome): boolean =>
    "none" in one || Buffer.compare(one.drawn, pixelsOf(smallShape, one.sequence)) === 0;

  it("two frames at once, in every order and distance: each is the one that was judged, or none", async () => {
    for (const [first, second] of [
      [40, 41],
      [41, 40],
      [40, 40],
    ] as const) {
      for (let distance = 0; distance < 8; distance += 1) {
        const viewer = await watching();
        const items = [await camera.seal(first), await camera.seal(second)];
        const one = outcome(viewer, viewer.take(items[0]!));
        await meanwhile(() => undefined, distance);
        const two = outcome(viewer, viewer.take(items[1]!));
        const outcomes = await Promise.all([one, two]);
        for (const each of outcomes) assert.ok(isHonest(each), `${first}, ${second}, ${distance}`);
      }
    }
  });

  it("a good frame, and under the same sequence one with other pixels", async () => {
    for (let distance = 0; distance < 8; distance += 1) {
      for (const order of [0, 1]) {
        const viewer = await watching();
        const good = await camera.seal(50);
        const other = await stranger.seal(50, { pixels: pixelsOf(smallShape, 99) });
        const [a, b] = order ? [good, other] : [other, good];
        const one = outcome(viewer, viewer.take(a!));
        await meanwhile(() => undefined, distance);
        const two = outcome(viewer, viewer.take(b!));
        for (const each of await Promise.all([one, two])) assert.ok(isHonest(each), `${order} ${distance}`);
      }
    }
  });

  it("a frame, and everything that can take its key or its stream away", async () => {
    const [fresh] = await camera.fresh(0, new Uint8Array(32));
    const key = camera.keys.get(0)!;
    const otherSecret = await camera.announce(0);
    camera.keys.set(0, key);
    const others = [
      ...[camera.head, camera.epoch, later.head, stranger.head, fresh!, await camera.end(1)],
      ...[new Uint8Array(4), otherSecret],
    ];
    for (const other of others) {
      for (const order of [0, 1]) {
        const viewer = await watching();
        const frame = await camera.seal(60);
        const [a, b] = order ? [frame, other] : [other, frame];
        const outcomes = await Promise.all([
          outcome(viewer, viewer.take(a)),
          outcome(viewer, viewer.take(b)),
        ]);
        for (const each of outcomes) assert.ok(isHonest(each));
      }
    }
  });

  it("afterwards the judge goes on as if nothing had been", async () => {
    const viewer = await watching();
    const items = [await camera.seal(70), await camera.seal(71), await camera.seal(72)];
    await Promise.all(items.map((item) => outcome(viewer, viewer.take(item))));
    const finding = await viewer.take(await camera.seal(73));
    assert.equal(finding.kind, "frame");
    assert.deepEqual(viewer.picture(finding), pixelsOf(smallShape, 73));
  });

  it("a picture that was not fetched is gone with the next item, never taken for its own", async () => {
    const viewer = await watching();
    const finding = await viewer.take(await camera.seal(80));
    const next = viewer.take(await camera.seal(81));
    assert.throws(() => viewer.picture(finding), TypeError);
    assert.deepEqual(viewer.picture(await next), pixelsOf(smallShape, 81));
  });
});
