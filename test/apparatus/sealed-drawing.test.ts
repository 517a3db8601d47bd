import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Keeper } from "../../src/apparatus/camera-stream.ts";
import { dotsFor, type Onlooker } from "../../src/apparatus/sealed-drawing.ts";
import { exactWant, usualWant } from "../../src/apparatus/talk.ts";
import { equal } from "../../src/base/index.ts";
import { decodeFrame } from "../../src/seal/index.ts";
import { frameOf, pixelsOf, tinyShape } from "../seal/camera.ts";
import { quiet } from "./carriers.ts";
import { say } from "./stage.ts";
import { streaming } from "./streaming.ts";

/** Notes every item that it sees, and how many viewers it went to. */
const onlooker = () => {
  const seen: { item: Uint8Array; viewers: number; width: number }[] = [];
  const looks: Onlooker = {
    see: ({ item }, { width }, viewers) => void seen.push({ item: item.slice(), viewers, width }),
  };
  const kinds = () => seen.map(({ item }) => decodeFrame(item).fields.kind);
  return { seen, looks, kinds };
};

describe("what the network sees", () => {
  /** A stream of pictures that can be both sealed as they are and coded, one each 40 ms. */
  const begin = async () => {
    const camera = await streaming();
    let mark = 0;
    const give = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) {
        camera.clock.time += 40;
        mark += 1;
        const frame = frameOf(tinyShape, pixelsOf(tinyShape, mark));
        await camera.stream.seal(Object.assign(frame, { mark, clone: () => frame }));
        await quiet(1);
      }
    };
    return { ...camera, give };
  };

  it("nobody takes anything: nothing is sealed before somebody looks; then now and again, to nobody; afterwards nothing", async () => {
    const { stream, give } = await begin();
    const { seen, looks, kinds } = onlooker();
    await give(5);
    stream.look(looks);
    await give(50);
    assert.deepEqual(new Set(kinds()), new Set(["raw"]));
    assert.ok(seen.length >= 3 && seen.length <= 6, `${seen.length} in two seconds`);
    assert.deepEqual(
      seen.map(({ item }) => decodeFrame(item).fields.sequence),
      seen.map((_, at) => at),
      "none was sealed before",
    );
    assert.deepEqual(
      new Set(seen.map(({ viewers, width }) => `${viewers} ${width}`)),
      new Set([`0 ${tinyShape.width}`]),
    );
    const before = seen.length;
    stream.look(null);
    const later = onlooker();
    await give(50);
    assert.equal(seen.length, before);
    stream.look(later.looks);
    await give(1);
    assert.equal(decodeFrame(later.seen[0]!.item).fields.sequence, before, "none was sealed meanwhile");
  });

  it("somebody views: the very items that go out to them, and none is sealed beside them", async () => {
    const { stream, give, join } = await begin();
    const { seen, looks, kinds } = onlooker();
    stream.look(looks);
    const viewer = await join(usualWant);
    await give(8);
    const sent = viewer.heard.items.slice(2);
    assert.deepEqual(
      seen.filter(({ viewers }) => viewers === 1).map(({ item }) => sent.some((one) => equal(one, item))),
      sent.map(() => true),
    );
    assert.ok(sent.length > 3);
    assert.ok(!kinds().includes("raw"));
  });

  it("a viewer of the exact pixels gets all of them, and a recording none of what is sealed to be looked at", async () => {
    const { stream, give, join } = await begin();
    const kept: string[] = [];
    const keeper: Keeper = {
      wish: { ...{ picture: "none", longest: 0, framesPerSecond: 1 }, sound: "none", text: true },
      take: (kind) => void kept.push(kind),
    };
    stream.keep(keeper);
    const { looks } = onlooker();
    stream.look(looks);
    await give(30);
    assert.deepEqual(kept, ["head", "epoch"]);
    const viewer = await join(exactWant);
    for (let at = 0; at < 10; at += 1) {
      await give(1);
      say(viewer.atViewer, { kind: "credit", upTo: null });
    }
    assert.equal(viewer.kinds().filter((kind) => kind === "raw").length, 10);
  });

  it("sees nothing of sound or text", async () => {
    const { stream, give } = await begin();
    const { looks, kinds } = onlooker();
    stream.look(looks);
    await give(2);
    stream.say("The postman was here.");
    await quiet(1);
    assert.deepEqual(new Set(kinds()), new Set(["raw"]));
  });

  it("has a dot for every three bytes, in about the camera's shape", () => {
    for (const bytes of [1, 2, 3, 4, 300, 1401, 65_537, 1_400_000])
      for (const size of [
        { width: 1280, height: 720 },
        { width: 480, height: 640 },
      ]) {
        const { columns, rows } = dotsFor(bytes, size);
        assert.ok(
          columns * rows * 3 >= bytes && columns * (rows - 1) * 3 < bytes,
          `${bytes}: ${columns} × ${rows}`,
        );
        if (bytes > 1000)
          assert.ok(
            Math.abs((columns / rows) * (size.height / size.width) - 1) < 0.12,
            `${bytes}: ${columns} × ${rows}`,
          );
      }
  });
});
