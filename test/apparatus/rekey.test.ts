import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { SeedTap } from "../../src/apparatus/seed-tap.ts";
import { usualWant, type ViewerTalk } from "../../src/apparatus/talk.ts";
import { equal } from "../../src/base/index.ts";
import { makeEncryptionPair, unwrap } from "../../src/keys/index.ts";
import {
  checkEpoch,
  checkHead,
  decodeFrame,
  type FrameItem,
  itemType,
  peekType,
} from "../../src/seal/index.ts";
import { frameOf, pixelsOf, seedShape, tinyShape } from "../seal/camera.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import { beginViewing, inbox, makeStream, say, want } from "./stage.ts";
import { streaming } from "./streaming.ts";

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const viewing of running.splice(0)) await viewing.stop();
});

/** A stream, somebody who only listens, and the announcements in the order in which they came. */
const listening = async () => {
  const camera = await makeStream();
  const join = (name = "viewer") => {
    const [atCamera, atViewer] = carrierPair();
    camera.stream.attach(atCamera, name);
    const heard = inbox(atViewer);
    want(atViewer);
    return { atCamera, atViewer, heard };
  };
  const first = join();
  await until(() => first.heard.items.length === 2);
  await quiet(1);
  const seal = async (count = 1): Promise<void> => {
    await camera.seal(count);
    await quiet(1);
  };
  /** Changes the key, with the next frame for its seed. */
  const rekey = async (): Promise<void> => {
    const rekeying = camera.stream.rekey("asked");
    await quiet(1);
    await camera.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 200)));
    await rekeying;
  };
  return { ...camera, seal, rekey, join, ...first };
};

const numbersOf = async (items: readonly Uint8Array[]): Promise<number[]> => {
  const head = await checkHead(items[0]!);
  const announced = items.filter((item) => peekType(item) === itemType.epoch);
  return Promise.all(announced.map(async (item) => (await checkEpoch(head, item)).epoch));
};

/** What each item is: an epoch "E", a frame the number of the one that it names. */
const story = (items: readonly Uint8Array[]): (string | number)[] =>
  items.flatMap((item): (string | number)[] => {
    const type = peekType(item);
    if (type === itemType.epoch) return ["E"];
    return type === itemType.frame ? [decodeFrame(item).fields.epoch] : [];
  });

describe("[SF32] a stream that changes its key", () => {
  it("announces the new epoch in front of its first frame, and leaves no sequence out", async () => {
    const on = await listening();
    await on.seal(2);
    await on.rekey();
    await on.seal(2);
    assert.deepEqual(story(on.heard.items), ["E", 0, 0, "E", 1, 1]);
    assert.deepEqual(on.heard.frames, [0, 1, 2, 3]);
    assert.deepEqual(await numbersOf(on.heard.items), [0, 1]);
    const { epoch, cause, seed } = on.stream.key;
    assert.deepEqual([epoch, cause, seed.light], [1, "asked", "frame"]);
  });

  it("goes on under the old key until the new one is signed; its seed frame is closed and never sent", async () => {
    const on = await listening();
    let closed = 0;
    const rekeying = on.stream.rekey("interval");
    await quiet(1);
    const seed = frameOf(seedShape, pixelsOf(seedShape, 201), {
      onclose: () => {
        closed += 1;
      },
    });
    await on.stream.seal(seed);
    // Not waited for: the announcement is being made.
    await on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape, 0)));
    await rekeying;
    await on.seal(1);
    assert.deepEqual(story(on.heard.items), ["E", 0, "E", 1]);
    assert.deepEqual(on.heard.frames, [0, 1]);
    assert.equal(closed, 1);
    assert.equal(on.stream.status.frames, 3);
  });

  it("each epoch has a secret of its own, and old frames stay with the old one", async () => {
    const on = await listening();
    await on.rekey();
    await on.seal(1);
    const head = await checkHead(on.heard.items[0]!);
    const announced = on.heard.ofType(itemType.epoch);
    const secrets = await Promise.all(
      announced.map(async (item) => (await unwrap((await checkEpoch(head, item)).wrap, [on.pair.identity]))!),
    );
    assert.equal(secrets.length, 2);
    assert.ok(!equal(secrets[0]!, secrets[1]!));
  });

  it("a viewer follows: no picture is missing, and each is guaranteed", async () => {
    const on = await makeStream();
    const [atCamera, atViewer] = carrierPair();
    on.stream.attach(atCamera, "viewer");
    const { output, viewing } = await beginViewing(atViewer, on.record, { clock: on.clock });
    running.push(viewing);
    await until(() => output.labels.length > 0, "the first epoch");
    for (let changed = 0; changed < 5; changed += 1) {
      await on.seal(2);
      const rekeying = on.stream.rekey("interval");
      await quiet(1);
      await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 90 + changed)));
      await rekeying;
    }
    await on.seal(2);
    await until(() => output.pictures.length === 12, "all pictures");
    assert.deepEqual(
      output.pictures,
      Array.from({ length: 12 }, (_, at) => at),
    );
    assert.deepEqual([output.last?.state, output.last?.missing], ["ST1", 0]);
  });

  it("announcements that are over, repeated by who carries them, reach no recording: they would crowd out those in use", async () => {
    const on = await makeStream();
    const [atCamera, atViewer] = carrierPair();
    on.stream.attach(atCamera, "viewer");
    const recorded: Uint8Array[] = [];
    const recorder = {
      take: (kind: string, item: Uint8Array) => void (kind === "epoch" && recorded.push(item.slice())),
    };
    const { viewing, output } = await beginViewing(atViewer, on.record, { clock: on.clock, recorder });
    running.push(viewing);
    await until(() => recorded.length > 0, "the first epoch");
    for (let changed = 0; changed < 4; changed += 1) {
      const rekeying = on.stream.rekey("interval");
      await quiet(1);
      await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 90 + changed)));
      await rekeying;
      await on.seal(1);
      await until(() => output.pictures.length === changed + 1, "a picture of the epoch");
    }
    const [oldest, ...others] = recorded as [Uint8Array, ...Uint8Array[]];
    const before = output.labels.length;
    atViewer.arrive({ sealed: oldest.slice() });
    await until(() => output.labels.length > before, "the judgement");
    assert.equal(recorded.filter((item) => equal(item, oldest)).length, 1);
    assert.ok(others.length >= 4);
    await on.seal(1);
    await until(() => output.pictures.length === 5, "one more picture");
  });

  it("who joins later gets the epoch in use; who asks for an earlier one by number gets it before that", async () => {
    const on = await listening();
    await on.rekey();
    await on.rekey();
    const late = on.join("late");
    await until(() => late.heard.items.length === 2);
    assert.deepEqual(await numbersOf(late.heard.items), [2]);
    say(late.atViewer, { kind: "ask", epoch: 1 });
    await until(() => late.heard.items.length === 5);
    assert.deepEqual(await numbersOf(late.heard.items), [2, 1, 2]);
  });

  it("a number that was never announced is answered with the epoch in use", async () => {
    const on = await listening();
    say(on.atViewer, { kind: "ask", epoch: 77 } satisfies ViewerTalk);
    await until(() => on.heard.items.length === 4);
    assert.deepEqual(await numbersOf(on.heard.items), [0, 0]);
  });

  it("a viewer that missed the announcement asks and gets it", async () => {
    const on = await makeStream();
    const [atCamera, atViewer] = carrierPair();
    on.stream.attach(atCamera, "viewer");
    let lost = 0;
    atCamera.way = (message) => {
      const isEpoch = "sealed" in message && peekType(message.sealed) === itemType.epoch;
      if (!isEpoch) return [message];
      lost += 1;
      return lost === 1 ? [] : [message];
    };
    const { output, viewing } = await beginViewing(atViewer, on.record, { clock: on.clock });
    running.push(viewing);
    await until(() => output.labels.length > 0, "the first epoch");
    await on.seal(1);
    const rekeying = on.stream.rekey("asked");
    await quiet(1);
    await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 99)));
    await rekeying;
    on.clock.time += 20_000;
    await on.seal(1);
    await until(() => output.last?.reason === "no-key", "the frame of the epoch that is missing");
    await until(() => lost > 1, "the answer");
    for (let more = 0; more < 11; more += 1) {
      const before = output.shown.length;
      await on.seal(1);
      await until(() => output.shown.length > before, "one more");
    }
    assert.deepEqual([output.last?.state, output.pictures.at(-1)], ["ST1", 12]);
  });

  it("both of its sensors change at once: pictures, sound's own track and text name the same epoch", async () => {
    const on = await streaming();
    const viewer = await on.join(usualWant);
    await on.give(3);
    on.stream.say("before");
    const rekeying = on.stream.rekey("asked");
    await quiet(1);
    await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 200)));
    await rekeying;
    on.stream.say("behind");
    await on.give(3);
    await quiet(2);
    const seen = viewer.fields();
    const texts = seen.filter(({ kind }) => kind === "text").map(({ epoch }) => epoch);
    assert.deepEqual(texts, [0, 1]);
    for (const track of [1, 5]) {
      const own = seen.filter((one) => one.track === track);
      assert.deepEqual(
        own.map(({ sequence }) => sequence),
        own.map((_, at) => at),
        `track ${track}`,
      );
      assert.deepEqual(
        own.map(({ epoch }) => epoch),
        own.map(({ epoch }) => epoch).sort(),
        `track ${track}`,
      );
    }
    assert.equal(seen.at(-1)?.epoch, 1);
  });

  it("a keeper gets each announcement before its frames, and whoever comes later those that it may need", async () => {
    const on = await listening();
    const kinds: string[] = [];
    const wish = {
      picture: "lossless",
      longest: 4096,
      framesPerSecond: 60,
      sound: "none",
      text: false,
    } as const;
    const keeper = { wish, take: (kind: string) => void kinds.push(kind) };
    on.stream.keep(keeper);
    await on.seal(1);
    await on.rekey();
    await on.seal(1);
    on.stream.release(keeper);
    on.stream.keep(keeper);
    assert.deepEqual(kinds, ["head", "epoch", "frame", "epoch", "frame", "head", "epoch", "epoch"]);
  });

  it("is for others from the next key on, where others are named", async () => {
    const on = await listening();
    const other = await makeEncryptionPair();
    const rekeying = on.stream.rekey("recipients", { recipients: [other.recipient], generation: 2 });
    await quiet(1);
    await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 200)));
    await rekeying;
    await on.seal(1);
    const { generation, wrap } = await checkEpoch(
      await checkHead(on.heard.items[0]!),
      on.heard.ofType(itemType.epoch).at(-1)!,
    );
    assert.equal(generation, 2);
    assert.equal(await unwrap(wrap, [on.pair.identity]), null);
    assert.ok(await unwrap(wrap, [other.identity]));
  });

  it("changes its key without light where the device gives no frame", async (test) => {
    const on = await listening();
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const rekeying = on.stream.rekey("interval");
    await Promise.resolve();
    await Promise.resolve();
    test.mock.timers.tick(10_000);
    test.mock.timers.reset();
    await rekeying;
    assert.equal(on.stream.key.seed.light, "none");
    await on.seal(1);
    const head = await checkHead(on.heard.items[0]!);
    const { light, epoch } = await checkEpoch(head, on.heard.ofType(itemType.epoch).at(-1)!);
    assert.deepEqual([light, epoch], ["none", 1]);
  });

  it("ends as ever while a seed is waited for, and the change fails", async () => {
    const on = await listening();
    const rekeying = on.stream.rekey("asked");
    rekeying.catch(() => undefined);
    await quiet(1);
    await on.stream.end();
    await assert.rejects(rekeying, { code: "camera-stopped" });
    await assert.rejects(on.stream.rekey("asked"), { code: "camera-stopped" });
    assert.equal(on.heard.ofType(itemType.end).length, 1);
  });

  it("a frame that is being copied in while the key changes is named and sealed under one key", async () => {
    const on = await makeStream();
    const [atCamera, atViewer] = carrierPair();
    on.stream.attach(atCamera, "viewer");
    const { output, viewing } = await beginViewing(atViewer, on.record, { clock: on.clock });
    running.push(viewing);
    await until(() => output.labels.length > 0, "the first epoch");
    await on.seal(1);
    const rekeying = on.stream.rekey("asked");
    await quiet(1);
    await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 95)));
    const { promise: copied, resolve } = Promise.withResolvers<void>();
    const sealing = on.stream.seal(frameOf(tinyShape, pixelsOf(tinyShape, 1), { copied }));
    await rekeying;
    assert.equal(on.stream.key.epoch, 1);
    resolve();
    await sealing;
    on.stream.say("a line");
    await until(() => output.pictures.length === 2 && output.lines.length === 1, "the picture and the line");
    assert.deepEqual([output.last?.state, output.last?.missing, output.lines], ["ST1", 0, ["a line"]]);
  });

  it("keys are erased with their epoch: what stays in either sensor is the one in use, and none behind the end", async () => {
    const on = await listening();
    const sealed = async () => {
      await on.seal(1);
      on.stream.say("a line");
      await quiet(1);
      return on.heard.ofType(itemType.frame).slice(-2).map(decodeFrame);
    };
    const keyOf = ({ fields, commitment }: FrameItem) =>
      (fields.kind === "raw" ? on.sensor : on.codedSensor).frameKey(fields, commitment);
    const before = await sealed();
    assert.deepEqual(before.map(({ fields }) => fields.kind).sort(), ["raw", "text"]);
    for (const frame of before) assert.ok(keyOf(frame));
    await on.rekey();
    const after = await sealed();
    for (const frame of after) assert.ok(keyOf(frame));
    for (const frame of before) assert.equal(keyOf(frame), null);
    await on.stream.end();
    for (const frame of after) assert.throws(() => keyOf(frame), { code: "no-key" });
  });

  it("a change that is under way at the end puts no key into a sensor any more", async () => {
    const on = await listening();
    await on.seal(1);
    const [frame] = on.heard.ofType(itemType.frame).map(decodeFrame);
    const rekeying = on.stream.rekey("asked");
    rekeying.catch(() => undefined);
    await quiet(1);
    await on.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 96)));
    await on.stream.end();
    await assert.rejects(rekeying, { code: "camera-stopped" });
    for (const sensor of [on.sensor, on.codedSensor])
      assert.throws(() => sensor.frameKey(frame!.fields, frame!.commitment), { code: "no-key" });
    assert.deepEqual(await numbersOf(on.heard.items), [0]);
  });
});

describe("frames for a seed", () => {
  it("are given one at a time, and nobody else has the sensor while one is looked at", async () => {
    const tap = new SeedTap();
    const first = tap.next();
    assert.equal(tap.isAsking, true);
    let isDone = false;
    const frame = frameOf(tinyShape, pixelsOf(tinyShape));
    const given = tap.give(frame).then(() => {
      isDone = true;
    });
    assert.equal(await first, frame);
    await quiet(1);
    assert.deepEqual([isDone, tap.isAsking], [false, false]);
    const second = tap.next();
    await given;
    assert.equal(tap.isAsking, true);
    tap.close();
    await assert.rejects(second, { code: "camera-stopped" });
    await assert.rejects(tap.next(), { code: "camera-stopped" });
  });
});
