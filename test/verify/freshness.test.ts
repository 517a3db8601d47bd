import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeSteadyClock, randomBytes } from "../../src/base/index.ts";
import { liveWindow } from "../../src/verify/index.ts";
import { flipped } from "../seal/bytes.ts";
import { makeCamera, tinyShape } from "../seal/camera.ts";
import { makeViewer } from "./viewer.ts";

const camera = await makeCamera({ counter: 1 });
const later = await camera.begin(2, camera.hash);
const stranger = await makeCamera();
let used = 0;
/** A frame of the first stream, with sequences that rise from test to test. */
const nextFrame = () => camera.seal(++used, { shape: tinyShape });

const watching = async () => {
  const viewer = await makeViewer(camera);
  await viewer.take(camera.head);
  await viewer.take(camera.epoch);
  /** Whether the camera's next frame is called live. */
  const live = async (): Promise<boolean> => {
    const finding = await viewer.take(await nextFrame());
    if (finding.kind !== "frame") throw new TypeError(`a frame was ${finding.kind}`);
    assert.equal(finding.checks.live, finding.live ? "passed" : "failed");
    return finding.live;
  };
  /** The camera's answer to nonces, sealed up to here. */
  const answer = async (...nonces: Uint8Array[]) => (await camera.fresh(used + 1, ...nonces))[0]!;
  return { ...viewer, live, answer };
};

describe("[SF11] live", () => {
  it("is said once a nonce of this viewer was answered, and not before", async () => {
    const { judge, sees, live, answer } = await watching();
    assert.equal(await live(), false);
    const nonce = judge.fresh.choose();
    assert.equal(nonce.length, 32);
    assert.equal(await live(), false);
    assert.equal(await sees(await answer(nonce)), "fresh");
    assert.equal(await live(), true);
  });

  it("is not said when the nonce was chosen more than 8 s ago, by this viewer's clock", async () => {
    assert.equal(liveWindow, 8_000);
    const { judge, sees, live, answer, clock } = await watching();
    const begin = clock.time;
    const nonce = judge.fresh.choose();
    clock.time = begin + 6_000;
    assert.equal(await sees(await answer(nonce)), "fresh");
    for (const [after, expected] of [
      [6_000, true],
      [8_000, true],
      [8_001, false],
      [60_000, false],
    ] as const) {
      clock.time = begin + after;
      assert.equal(await live(), expected, `${after} ms`);
    }
  });

  it("is not prolonged by a clock that is set back, nor by a device that slept", async () => {
    const times = { monotonic: 5_000, wall: 1_800_000_000_000 };
    const clock = makeSteadyClock(
      () => times.monotonic,
      () => times.wall,
    );
    for (const [monotonic, wall] of [
      [8_001, 1_001], // set back by 7 s meanwhile
      [8_001, -3_600_000],
      [1, 8_001], // slept: the monotonic clock stood
    ] as const) {
      const viewer = await makeViewer(camera, { clock });
      for (const item of [camera.head, camera.epoch]) await viewer.take(item);
      const nonce = viewer.judge.fresh.choose();
      await viewer.take((await camera.fresh(used + 1, nonce))[0]!);
      const isLive = async () => {
        const finding = await viewer.judges(await nextFrame());
        return finding?.verdict.live;
      };
      assert.equal(await isLive(), true);
      times.monotonic += monotonic;
      times.wall += wall;
      assert.equal(viewer.state.tick()?.reason, "silent");
      assert.equal(await isLive(), false, `${monotonic}, ${wall}`);
    }
  });

  it("counts from when the nonce was chosen, not from when the answer came", async () => {
    const { judge, sees, live, answer, clock } = await watching();
    const nonce = judge.fresh.choose();
    const held = await answer(nonce);
    clock.time += 8_001;
    assert.equal(await sees(held), "fresh");
    assert.equal(await live(), false);
  });

  it("is not said by a clock that was set back", async () => {
    const { judge, sees, live, answer, clock } = await watching();
    const nonce = judge.fresh.choose();
    await sees(await answer(nonce));
    clock.time -= 1;
    assert.equal(await live(), false);
    clock.time += 1;
    assert.equal(await live(), true);
  });

  it("begins with the frame `next`: what was sealed before the nonce was there is not live", async () => {
    const { judge, take, clock, sees } = await watching();
    const nonce = judge.fresh.choose();
    const frames: Uint8Array[] = [];
    for (let i = 0; i < 3; i += 1) frames.push(await nextFrame());
    const [answer] = await camera.fresh(used - 1, nonce);
    assert.equal(await sees(answer!), "fresh");
    const live: boolean[] = [];
    for (const frame of frames) {
      const finding = await take(frame);
      live.push(finding.kind === "frame" && finding.live);
    }
    assert.deepEqual(live, [false, true, true]);
    assert.equal(clock.time, 1_000_000);
  });

  it("a later answer about frames to come does not take away what the earlier one proved", async () => {
    const { judge, live, sees, clock, answer } = await watching();
    assert.equal(await sees(await answer(judge.fresh.choose())), "fresh");
    clock.time += 5_000;
    const second = judge.fresh.choose();
    assert.equal(await sees((await camera.fresh(used + 3, second))[0]!), "fresh");
    assert.equal(await live(), true);
    clock.time += 3_001;
    assert.equal(await live(), false);
    assert.equal(await live(), true);
  });
});

describe("[SF11] an answer is worth nothing", () => {
  it("to a nonce of another viewer", async () => {
    const one = await watching();
    const two = await watching();
    const [mine, theirs] = [one.judge.fresh.choose(), two.judge.fresh.choose()];
    assert.notDeepEqual(mine, theirs);
    assert.equal(await one.sees(await one.answer(theirs)), "stale");
    assert.equal(await one.live(), false);
    // Both of them signed at once: each viewer takes its own place in the tree.
    const [first, second] = await camera.fresh(used + 1, theirs, mine);
    assert.equal(await one.sees(first!), "stale");
    assert.equal(await one.live(), false);
    assert.equal(await one.sees(second!), "fresh");
    assert.equal(await one.live(), true);
    assert.equal(await two.sees(second!), "stale");
    assert.equal(await two.sees(first!), "fresh");
  });

  it("twice: each nonce serves once", async () => {
    const { judge, sees, live, answer, clock } = await watching();
    const item = await answer(judge.fresh.choose());
    assert.equal(await sees(item), "fresh");
    assert.equal(await sees(item), "stale");
    clock.time += 8_001;
    assert.equal(await sees(item), "stale");
    assert.equal(await live(), false);
  });

  it("to no nonce, to a changed one, or to one that this viewer has given up", async () => {
    const { judge, sees, live, answer } = await watching();
    assert.equal(await sees(await answer(randomBytes(32))), "stale");
    const first = judge.fresh.choose();
    assert.equal(await sees(await answer(flipped(first, 0))), "stale");
    const given = [first, ...[1, 2, 3, 4].map(() => judge.fresh.choose())];
    assert.equal(await sees(await answer(first)), "stale");
    assert.equal(await live(), false);
    for (const nonce of given.slice(1)) assert.equal(await sees(await answer(nonce)), "fresh");
    assert.equal(await live(), true);
  });

  it("from another stream, from another camera, or changed", async () => {
    const { judge, sees, live, answer } = await watching();
    const nonce = judge.fresh.choose();
    assert.equal(await sees((await later.fresh(0, nonce))[0]!), "stale");
    assert.equal(await sees((await stranger.fresh(0, nonce))[0]!), "stale");
    const good = await answer(nonce);
    for (const at of [0, 2, 3, 4, 12, good.length - 1])
      assert.match(await sees(flipped(good, at)), /^(stale|malformed)$/);
    assert.equal(await live(), false);
    assert.equal(await sees(good), "fresh");
    assert.equal(await live(), true);
  });

  it("for the stream that comes next", async () => {
    const viewer = await watching();
    const nonce = viewer.judge.fresh.choose();
    assert.equal(await viewer.sees((await camera.fresh(0, nonce))[0]!), "fresh");
    for (const item of [later.head, later.epoch]) await viewer.take(item);
    const frame = async (sequence: number) => {
      const finding = await viewer.take(await later.seal(sequence, { shape: tinyShape }));
      return finding.kind === "frame" && finding.live;
    };
    assert.equal(await frame(100), false);
    // But a nonce that is under way may be answered for the new one.
    const open = viewer.judge.fresh.choose();
    assert.equal(await viewer.sees((await later.fresh(101, open))[0]!), "fresh");
    assert.equal(await frame(101), true);
  });

  it("what the viewer gave away cannot be changed afterwards", async () => {
    const { judge, sees, live, answer } = await watching();
    const nonce = judge.fresh.choose();
    const asked = nonce.slice();
    nonce.fill(0);
    assert.equal(await sees(await answer(new Uint8Array(32))), "stale");
    assert.equal(await sees(await answer(asked)), "fresh");
    assert.equal(await live(), true);
  });

  it("without a head: whose it would be is not known", async () => {
    const viewer = await makeViewer(camera);
    const nonce = viewer.judge.fresh.choose();
    assert.equal(await viewer.sees((await camera.fresh(0, nonce))[0]!), "head");
  });
});
