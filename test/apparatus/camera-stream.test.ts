import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CameraStream } from "../../src/apparatus/camera-stream.ts";
import { framesAhead, mostWatchers, probeInterval, type Want } from "../../src/apparatus/talk.ts";
import { randomBytes } from "../../src/base/index.ts";
import { unwrap } from "../../src/keys/index.ts";
import { CROSSING_WINDOW } from "../../src/relay/index.ts";
import {
  type CheckedHead,
  checkEnd,
  checkEpoch,
  checkFreshness,
  checkHead,
  decodeEpochSecret,
  itemType,
  peekType,
} from "../../src/seal/index.ts";
import type { Shape } from "../../src/sensor/index.ts";
import { fakeClock, frameOf, makeSensor, pixelsOf, seedShape, tinyShape } from "../seal/camera.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import { testCoders } from "./coders.ts";
import { inbox, makeStream, type StreamChoices, say, want } from "./stage.ts";

/** A stream and somebody who only listens. */
const listening = async (choices: StreamChoices & { want?: Want } = {}) => {
  const camera = await makeStream(choices);
  const [atCamera, atViewer] = carrierPair();
  camera.stream.attach(atCamera, "viewer");
  const heard = inbox(atViewer);
  await until(() => heard.items.length === 2);
  want(atViewer, choices.want);
  await quiet(1);
  const seal = async (count = 1, shape?: Shape) => {
    await camera.seal(count, shape);
    await quiet(1);
  };
  return { ...camera, seal, atCamera, atViewer, heard };
};

describe("a camera's stream", () => {
  it("[SF7] [SF10] begins with its head and its epoch, made with light, for its recipients", async () => {
    const { heard, record, stream, pair } = await listening();
    const { head: headType, epoch: epochType } = itemType;
    assert.deepEqual(heard.others, [headType, epochType]);
    const head: CheckedHead = await checkHead(heard.items[0]!);
    assert.deepEqual(head.number, record.number);
    assert.deepEqual(head.hash, stream.hash);
    assert.deepEqual([head.counter, head.previous, head.path], [1, null, "track-processor-worker"]);
    const epoch = await checkEpoch(head, heard.items[1]!);
    assert.deepEqual([epoch.epoch, epoch.generation, epoch.light], [0, 1, "frame"]);
    const { secret, label } = decodeEpochSecret((await unwrap(epoch.wrap, [pair.identity]))!);
    assert.deepEqual([secret.length, label], [32, "Front door"]);
  });

  it("the frame that gave the light is closed and never sent, whatever comes of it", async () => {
    let closed = 0;
    const seed =
      (change: object = {}) =>
      async () =>
        Object.assign(
          frameOf(seedShape, pixelsOf(seedShape), {
            onclose: () => {
              closed += 1;
            },
          }),
          change,
        );
    const { key, pair, clock } = await makeStream();
    const options = {
      ...{
        ...{ sensor: await makeSensor(), codedSensor: await makeSensor(), coders: testCoders() },
        clock,
        steady: clock,
        counter: 1,
        previous: null,
        label: "x",
        generation: 1,
      },
      ...{ ...key, recipients: [pair.recipient] },
      path: "track-processor-window",
    } as const;
    await CameraStream.begin(options, seed());
    assert.equal(closed, 1);
    await assert.rejects(CameraStream.begin(options, seed({ format: "RGBA" })), { code: "pixel-format" });
    assert.equal(closed, 2);
    const nobody = { ...options, recipients: ["age1nobody"] };
    await assert.rejects(CameraStream.begin(nobody, seed()), { code: "recipient" });
    assert.equal(closed, 3);
    await CameraStream.begin(options, seed());
  });

  it("[SF10] after five frames without light it begins all the same, and says so; none of them is sent", async () => {
    const { heard, stream, seal, pair } = await listening({ seedOf: pixelsOf(seedShape).fill(16) });
    const none = {
      ...{ light: "none", tries: 5, uniformShare: 1 },
      ...{ minEntropy: 0, refused: "uniform" },
    };
    assert.deepEqual(stream.key.seed, none);
    const epoch = await checkEpoch(await checkHead(heard.items[0]!), heard.items[1]!);
    assert.equal(epoch.light, "none");
    const { secret } = decodeEpochSecret((await unwrap(epoch.wrap, [pair.identity]))!);
    assert.equal(secret.length, 32);
    await seal(2);
    assert.deepEqual(heard.frames, [0, 1]);
  });

  it("two streams that see the same light have different secrets", async () => {
    const secrets: string[] = [];
    for (const _ of [1, 2]) {
      const { heard, pair } = await listening();
      const epoch = await checkEpoch(await checkHead(heard.items[0]!), heard.items[1]!);
      const { secret } = decodeEpochSecret((await unwrap(epoch.wrap, [pair.identity]))!);
      secrets.push(Buffer.from(secret).toString("hex"));
    }
    assert.notEqual(secrets[0], secrets[1]);
  });

  it("[SF19] no sequence is used twice, though a frame could not be sealed", async () => {
    const on = await listening();
    await on.seal(2);
    const bad = Object.assign(frameOf(tinyShape, pixelsOf(tinyShape)), { format: "RGBA" });
    await assert.rejects(on.stream.seal(bad), { code: "pixel-format" });
    await on.seal(1);
    assert.deepEqual(on.heard.frames, [0, 1, 3]);
    assert.equal(on.stream.status.frames, 4);
  });

  it("[SF19] a sequence is claimed before anything is waited for", async () => {
    const on = await listening();
    const sealing = on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape)));
    assert.equal(on.stream.status.frames, 1);
    await sealing;
  });

  it("[SF12] every viewer gets the whole end", async () => {
    const on = await listening();
    const others = [1, 2].map(() => {
      const [atCamera, atOther] = carrierPair();
      on.stream.attach(atCamera, "other");
      return inbox(atOther);
    });
    await quiet(1);
    await on.stream.end();
    await quiet(1);
    const head = await checkHead(on.heard.items[0]!);
    for (const { ofType } of [on.heard, ...others]) {
      const ends = ofType(itemType.end);
      assert.equal(ends.length, 1);
      assert.deepEqual((await checkEnd(head, ends[0]!)).counts, new Map());
    }
  });

  it("[SF12] its end says how many sequences were used, and closes every carrier", async () => {
    const on = await listening();
    await on.seal(3);
    await on.stream.end();
    await until(() => on.atViewer.closed);
    const head = await checkHead(on.heard.items[0]!);
    const [end] = on.heard.ofType(itemType.end);
    assert.deepEqual(await checkEnd(head, end!), { counts: new Map([[0, 3]]), ended: on.clock.time });
    assert.deepEqual(on.stream.status.watchers, []);
    // Its keys are gone: nothing more can be sealed.
    await assert.rejects(on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape))), { code: "no-key" });
  });

  it("ends properly also while a frame is being copied in", async () => {
    const on = await listening();
    let go = () => {};
    const copied = new Promise<void>((resolve) => {
      go = resolve;
    });
    const sealing = on.stream
      .seal(frameOf(tinyShape, pixelsOf(tinyShape), { copied }))
      .catch(() => undefined);
    const ending = on.stream.end();
    go();
    await ending;
    await sealing;
    await until(() => on.atViewer.closed);
    // The frame goes out first, and is counted.
    const { frame, end } = itemType;
    assert.deepEqual(on.heard.items.slice(2).map(peekType), [frame, end]);
    const [last] = on.heard.ofType(end);
    assert.deepEqual((await checkEnd(await checkHead(on.heard.items[0]!), last!)).counts, new Map([[0, 1]]));
    await assert.rejects(on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape))));
  });

  it("4K: sealed where it fits; a viewer whose way takes no picture so large is told, and the camera counts it", async () => {
    const on = await listening();
    const large: Shape = { format: "NV12", width: 3840, height: 2160 };
    await on.seal(1, large);
    await until(() => on.heard.frames.length === 1);
    // What a crossing between devices takes.
    on.atCamera.window = CROSSING_WINDOW;
    await on.seal(2, large);
    assert.deepEqual(on.heard.frames, [0]);
    const told = () => on.heard.talks.filter(({ kind }) => kind === "unsent");
    assert.deepEqual(told(), [{ kind: "unsent", why: "large" }]);
    assert.equal(on.stream.status.unsent, 1);
    await on.seal(1, { ...large, width: 1920, height: 1080 });
    await until(() => on.heard.frames.length === 2);
    assert.equal(on.stream.status.unsent, 0);
  });

  it("of pictures that have to be turned it seals none raw, and says so", async () => {
    const on = await listening();
    const turned = Object.assign(frameOf(tinyShape, pixelsOf(tinyShape)), { rotation: 90 });
    await on.stream.seal(turned);
    assert.deepEqual(on.heard.frames, []);
    assert.deepEqual(
      on.heard.talks.filter(({ kind }) => kind === "unsent"),
      [{ kind: "unsent", why: "turned" }],
    );
    await on.seal(1);
    await until(() => on.heard.frames.length === 1);
    // It has no sequence: no gap is left by it [SF19].
    assert.deepEqual(on.heard.frames, [0]);
  });

  it("tells how it is", async () => {
    const on = await listening();
    assert.deepEqual(on.stream.status, {
      ...{ since: on.clock.time, frames: 0, width: 0, height: 0, watchers: ["viewer"] },
      ...{ leftOut: 0, leftOutHere: 0, unsent: 0, sound: false },
    });
    await on.seal(2);
    const { frames, width, height } = on.stream.status;
    assert.deepEqual([frames, width, height], [2, tinyShape.width, tinyShape.height]);
    on.atViewer.close();
    await until(() => on.stream.status.watchers.length === 0);
  });
});

describe("viewers", () => {
  it("sixteen may watch; one more is closed, and hears nothing", async () => {
    assert.equal(mostWatchers, 16);
    const { stream, seal } = await makeStream();
    const pairs = Array.from({ length: 17 }, carrierPair);
    const boxes = pairs.map(([atCamera, atViewer], at) => {
      stream.attach(atCamera, `${at}`);
      want(atViewer);
      return inbox(atViewer);
    });
    await quiet(1);
    assert.equal(stream.status.watchers.length, 16);
    assert.equal(pairs[16]![0].closed, true);
    await seal(1);
    await quiet();
    assert.deepEqual(
      boxes.map(({ frames }) => frames.length),
      [...Array(16).fill(1), 0],
    );
    assert.equal(boxes[16]!.items.length, 0);
    // Whose place is free again may be taken.
    pairs[3]![1].close();
    await until(() => stream.status.watchers.length === 15);
    const [atCamera] = carrierPair();
    stream.attach(atCamera, "late");
    assert.equal(stream.status.watchers.at(-1), "late");
  });
});

describe("credit", () => {
  it("a viewer that gives none gets so many frames ahead, then one for each interval", async () => {
    assert.deepEqual([framesAhead, probeInterval], [4, 2_000]);
    const on = await listening();
    await on.seal(10);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3]);
    on.clock.time += probeInterval - 1;
    await on.seal(2);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3]);
    on.clock.time += 1;
    await on.seal(5);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 12]);
    on.clock.time += probeInterval;
    await on.seal(5);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 12, 17]);
  });

  it("runs by the steady clock: one that is set back holds no frame up", async () => {
    const clock = fakeClock();
    const on = await listening({ clock, steady: fakeClock(7) });
    await on.seal(6);
    clock.time -= 500_000;
    on.steady.time += probeInterval;
    await on.seal(1);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 6]);
  });

  it("gives frames back: all up to a sequence, or some one", async () => {
    const on = await listening();
    await on.seal(6);
    say(on.atViewer, { kind: "credit", upTo: { track: 0, sequence: 1 } });
    await quiet(1);
    await on.seal(4);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 6, 7]);
    say(on.atViewer, { kind: "credit", upTo: null });
    await quiet(1);
    await on.seal(4);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 6, 7, 10]);
    say(on.atViewer, { kind: "credit", upTo: { track: 0, sequence: 10 } });
    await quiet(1);
    await on.seal(6);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3, 6, 7, 10, 14, 15, 16, 17]);
  });

  it("a frame given back counts also after probes that nobody answered", async () => {
    const on = await listening();
    await on.seal(4);
    for (const _ of [1, 2, 3]) {
      on.clock.time += probeInterval;
      await on.seal(2);
    }
    assert.equal(on.heard.frames.length, 7);
    say(on.atViewer, { kind: "credit", upTo: null });
    await quiet(1);
    await on.seal(3);
    assert.equal(on.heard.frames.length, 8);
  });

  it("cannot be gathered: more than was taken gives no more than the bound", async () => {
    const on = await listening();
    for (let i = 0; i < 20; i += 1) say(on.atViewer, { kind: "credit", upTo: null });
    say(on.atViewer, { kind: "credit", upTo: { track: 0, sequence: 1_000_000 } });
    await quiet(1);
    await on.seal(10);
    assert.equal(on.heard.frames.length, 4);
  });

  it("frames that were lost on the way do not end the picture", async () => {
    const on = await listening();
    const { way } = on.atCamera;
    on.atCamera.way = () => [];
    await on.seal(6);
    assert.deepEqual(on.heard.frames, []);
    on.atCamera.way = way;
    await on.seal(3);
    assert.deepEqual(on.heard.frames, []);
    on.clock.time += probeInterval;
    await on.seal(1);
    assert.deepEqual(on.heard.frames, [9]);
    // Who has seen the ninth is done with those that never came.
    say(on.atViewer, { kind: "credit", upTo: { track: 0, sequence: 9 } });
    await quiet(1);
    await on.seal(6);
    assert.deepEqual(on.heard.frames, [9, 10, 11, 12, 13]);
  });

  it("is each viewer's own; everybody gets the same bytes", async () => {
    const on = await listening();
    const [atCamera, atSecond] = carrierPair();
    on.stream.attach(atCamera, "second");
    const second = inbox(atSecond);
    want(atSecond);
    await until(() => second.items.length === 2);
    await on.seal(2);
    say(atSecond, { kind: "credit", upTo: { track: 0, sequence: 1 } });
    await quiet(1);
    await on.seal(4);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3]);
    assert.deepEqual(second.frames, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(on.heard.items.slice(0, 6), second.items.slice(0, 6));
    on.atViewer.close();
    await until(() => on.stream.status.watchers.length === 1);
    await on.seal(1);
    assert.deepEqual(on.stream.status.watchers, ["second"]);
  });

  it("head, epoch and answers need none", async () => {
    const on = await listening();
    await on.seal(6);
    const nonce = randomBytes(32);
    say(on.atViewer, { kind: "nonce", nonce });
    say(on.atViewer, { kind: "ask", epoch: 0 });
    await until(() => on.heard.others.length === 5);
    const [first, second] = on.heard.ofType(itemType.head);
    assert.deepEqual(first, second, "the head as well");
    const head = await checkHead(first!);
    const [, again] = on.heard.ofType(itemType.epoch);
    assert.equal((await checkEpoch(head, again!)).epoch, 0);
    const [fresh] = on.heard.ofType(itemType.freshness);
    assert.deepEqual(await checkFreshness(head, nonce, fresh!), {
      counts: new Map([[0, 6]]),
      signed: on.clock.time,
    });
  });
});

describe("[SF11] the answer to a nonce", () => {
  it("names the first frame that is sealed after it, also while one is being sealed", async () => {
    const on = await listening();
    await on.seal(2);
    let go = () => {};
    const copied = new Promise<void>((resolve) => {
      go = resolve;
    });
    const sealing = on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape), { copied }));
    const nonce = randomBytes(32);
    say(on.atViewer, { kind: "nonce", nonce });
    await until(() => on.heard.ofType(itemType.freshness).length === 1);
    go();
    await sealing;
    const head = await checkHead(on.heard.items[0]!);
    const { counts } = await checkFreshness(head, nonce, on.heard.ofType(itemType.freshness)[0]!);
    // Frame 2 was begun before the nonce was here: what it shows may be older.
    assert.deepEqual(counts, new Map([[0, 3]]));
  });

  it("is given for one nonce at a time: others of that viewer meanwhile are ignored", async () => {
    const on = await listening();
    const [atCamera, atSecond] = carrierPair();
    on.stream.attach(atCamera, "second");
    const second = inbox(atSecond);
    const nonces = [1, 2, 3, 4].map(() => randomBytes(32));
    for (const nonce of nonces) say(on.atViewer, { kind: "nonce", nonce });
    say(atSecond, { kind: "nonce", nonce: nonces[0]! });
    await quiet();
    const answers = on.heard.ofType(itemType.freshness);
    assert.equal(answers.length, 1);
    await checkFreshness(await checkHead(on.heard.items[0]!), nonces[0]!, answers[0]!);
    await until(() => second.ofType(itemType.freshness).length === 1, "the second viewer's answer");
    say(on.atViewer, { kind: "nonce", nonce: nonces[1]! });
    await until(() => on.heard.ofType(itemType.freshness).length === 2);
  });

  it("is given to nothing but nonces", async () => {
    const on = await listening();
    for (const talk of [randomBytes(32), randomBytes(1), new Uint8Array(64)]) on.atViewer.send({ talk });
    await quiet();
    assert.equal(on.heard.others.length, 2);
  });
});
