// What a stream does beside its pictures: it stops when nobody wants them, keeps order, keeps no plaintext, and ends whole.
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type Keeper, mostWaiting } from "../../src/apparatus/camera-stream.ts";
import { exactWant, usualWant } from "../../src/apparatus/talk.ts";
import type { VideoCoderEvents } from "../../src/media/index.ts";
import { checkEnd, checkHead, decodeFrame, itemType } from "../../src/seal/index.ts";
import type { CameraFrame } from "../../src/sensor/index.ts";
import { frameOf, pixelsOf, tinyShape } from "../seal/camera.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import { codable } from "./coders.ts";
import { microphone } from "./microphone.ts";
import { inbox, want } from "./stage.ts";
import { streaming } from "./streaming.ts";

type Camera = Awaited<ReturnType<typeof streaming>>;

/** Somebody who is there and wants nothing, so that the end is heard; gives what was counted in it. */
const witness = (camera: Camera) => {
  const [atCamera, atViewer] = carrierPair();
  camera.stream.attach(atCamera, "witness");
  const heard = inbox(atViewer);
  const ended = async () => {
    await camera.stream.end();
    await quiet(1);
    return (await checkEnd(await checkHead(heard.items[0]!), heard.ofType(itemType.end)[0]!)).counts;
  };
  return { heard, ended };
};

/** Holds every signature from now on until it is let go, by its place in the order in which they were asked for. */
const holdSignatures = (t: TestContext) => {
  const real = crypto.subtle.sign.bind(crypto.subtle);
  const held: (() => void)[] = [];
  const mock = t.mock.method(crypto.subtle, "sign", async (...asked: Parameters<typeof real>) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held.push(resolve);
    const signature = await real(...asked);
    await promise;
    return signature;
  });
  const letAllGo = (): void => {
    mock.mock.restore();
    for (const go of held) go();
  };
  return { held, letAllGo };
};

const keeping = (sound: "recorded" | "none"): Keeper & { readonly kept: string[] } => {
  const kept: string[] = [];
  return {
    kept,
    wish: { ...usualWant, sound },
    take: (kind, item) => void kept.push(kind === "frame" ? decodeFrame(item).fields.kind : kind),
  };
};

describe("a viewer that left", () => {
  for (const [how, leave] of [
    ["said so", ({ atViewer }: Awaited<ReturnType<Camera["join"]>>) => atViewer.close()],
    ["is gone", ({ atCamera }: Awaited<ReturnType<Camera["join"]>>) => atCamera.die()],
  ] as const)
    it(`and ${how} is coded and sealed for no more`, async () => {
      const camera = await streaming();
      const { ended } = witness(camera);
      const device = microphone();
      void camera.stream.listen(device.sound);
      const one = await camera.join({ ...usualWant, sound: true });
      await camera.give(3);
      device.give(5);
      await until(() => one.kinds().includes("sound"), "sound");
      leave(one);
      await quiet(1);
      const { taken, packets } = camera.coders;
      assert.deepEqual([taken, packets], [2, 5], "all was made while it was there");
      await camera.give(5);
      device.give(10);
      await until(() => device.open === 0, "every chunk closed");
      assert.deepEqual([camera.coders.taken, camera.coders.packets], [taken, packets]);
      assert.deepEqual(
        await ended(),
        new Map([
          [1, 3],
          [3, 1],
        ]),
      );
    });

  it("leaves no raw frames behind", async () => {
    const camera = await streaming();
    const { ended } = witness(camera);
    const one = await camera.join(exactWant);
    await camera.seal(2);
    one.atViewer.close();
    await quiet(1);
    await camera.seal(4);
    assert.deepEqual(await ended(), new Map([[0, 2]]));
  });
});

describe("the sensor's own pixels", () => {
  /** For the sensor and for coders. */
  const rawFrame = (mark: number): CameraFrame => {
    const frame = Object.assign(frameOf(tinyShape, pixelsOf(tinyShape, mark)), { mark, clone: () => frame });
    return frame;
  };
  /** How many of 50 frames in two seconds are sealed. */
  const sealedAt = async (...rates: number[]): Promise<number | undefined> => {
    const camera = await streaming();
    const { ended } = witness(camera);
    for (const framesPerSecond of rates)
      await camera.join({ ...exactWant, framesPerSecond }, `${framesPerSecond}`);
    for (let at = 0; at < 50; at += 1) {
      camera.clock.time += 40;
      await camera.stream.seal(rawFrame(at));
    }
    return (await ended()).get(0);
  };

  it("come as often as they are wanted, not as often as the device gives them", async () => {
    assert.equal(await sealedAt(5), 10);
    assert.equal(await sealedAt(60), 50);
    assert.equal(await sealedAt(1, 5), 10, "who wants most");
  });

  it("come no faster because viewers say again and again what they want", async () => {
    const camera = await streaming();
    const { ended } = witness(camera);
    await camera.join({ ...exactWant, framesPerSecond: 5 });
    const other = await camera.join(usualWant, "other");
    for (let at = 0; at < 50; at += 1) {
      camera.clock.time += 40;
      want(other.atViewer, { ...usualWant, text: at % 2 === 0 });
      await quiet(0);
      await camera.stream.seal(rawFrame(at));
    }
    assert.equal((await ended()).get(0), 10);
  });
});

describe("what waits for its signature", () => {
  it("goes out in the order of its sequences, whichever signature comes first", async (t) => {
    const camera = await streaming();
    const one = await camera.join();
    await camera.give(1);
    const { held, letAllGo } = holdSignatures(t);
    for (const line of ["one", "two", "three"]) camera.stream.say(line);
    await until(() => held.length === 3, "three signatures asked for");
    held[2]!();
    held[1]!();
    await quiet(1);
    assert.deepEqual(one.kinds(), ["image"], "the first is not there yet");
    letAllGo();
    await until(() => one.heard.frames.length === 4, "three lines");
    assert.deepEqual(one.heard.frames, [0, 0, 1, 2]);
  });

  it("is so much at most: meanwhile no picture is coded and sound is left out, and then all goes on without a gap", async (t) => {
    const camera = await streaming();
    const { ended } = witness(camera);
    const keeper = keeping("none");
    camera.stream.keep(keeper);
    const listener = await camera.join({ ...usualWant, sound: true });
    await camera.give(2);
    const { held, letAllGo } = holdSignatures(t);
    await camera.give(mostWaiting + 20);
    assert.deepEqual([held.length, camera.coders.taken], [mostWaiting, mostWaiting + 1]);
    assert.equal(camera.stream.status.leftOutHere, 20);
    const device = microphone();
    void camera.stream.listen(device.sound);
    device.give(10);
    await until(() => device.open === 0, "every chunk closed");
    assert.equal(camera.stream.status.leftOutHere, 20 + 2, "bundles of sound as well");
    camera.stream.say("is not left out");
    await quiet(1);
    assert.equal(held.length, mostWaiting + 1);
    letAllGo();
    await quiet(1);
    await camera.give(1);
    device.give(5);
    await until(() => listener.kinds().includes("sound"), "sound");
    const pictures = keeper.kept.filter((kind) => ["image", "key", "delta"].includes(kind));
    assert.deepEqual(pictures.slice(0, 3), ["image", "key", "delta"]);
    assert.equal(pictures.lastIndexOf("key"), 1, "no key frame was needed");
    assert.deepEqual(
      await ended(),
      new Map([
        [1, mostWaiting + 3],
        [5, 1],
        [3, 1],
      ]),
    );
    assert.equal(pictures.length, mostWaiting + 3);
  });
});

describe("the bytes that are sealed", () => {
  it("are wiped when the sensor has them: pictures, stills, sound and text", async () => {
    const camera = await streaming();
    const given: { before: number; bytes: Uint8Array }[] = [];
    const hold = camera.codedSensor.hold.bind(camera.codedSensor);
    camera.codedSensor.hold = (bytes) => {
      given.push({ before: bytes.reduce((sum, byte) => sum + byte, 0), bytes });
      hold(bytes);
    };
    const one = await camera.join({ ...usualWant, sound: true });
    const device = microphone();
    void camera.stream.listen(device.sound);
    await camera.give(3);
    device.give(5);
    camera.stream.say("Secret");
    await until(() => one.kinds().length === 5, "five frames");
    assert.deepEqual(new Set(one.kinds()), new Set(["image", "key", "delta", "text", "sound"]));
    assert.equal(given.length, 5);
    for (const { before, bytes } of given) {
      assert.ok(before > 0);
      assert.ok(bytes.every((byte) => byte === 0));
    }
  });

  it("are wiped as well where they are not sealed any more", async () => {
    const camera = await streaming();
    const made: Uint8Array[] = [];
    const { still, video } = camera.coders;
    const late = Promise.withResolvers<void>();
    camera.coders.video = (settings, on) =>
      video(settings, {
        ...on,
        coded: (picture) => {
          made.push(picture.bytes);
          on.coded(picture);
        },
      });
    camera.coders.still = async (...asked) => {
      const picture = await still(...asked);
      if (made.length > 0) await late.promise;
      made.push(picture.bytes);
      return picture;
    };
    await camera.join();
    await camera.give(2);
    await camera.join(usualWant, "second");
    await camera.stream.seal(codable(9));
    await camera.stream.end();
    late.resolve();
    await quiet(1);
    assert.equal(made.length, 3);
    assert.ok(made.every((bytes) => bytes.every((byte) => byte === 0)));
  });

  it("are wiped where the stream failed before they came", async (t) => {
    t.mock.method(console, "error", () => undefined);
    const camera = await streaming();
    const { video } = camera.coders;
    let coder: VideoCoderEvents | null = null;
    camera.coders.video = (settings, on) => {
      coder = on;
      return video(settings, on);
    };
    await camera.join();
    await camera.give(2);
    camera.codedSensor.hold = () => {
      throw new TypeError("the sensor is sealed");
    };
    camera.stream.say("cannot be sealed");
    await quiet(1);
    const bytes = new Uint8Array([2, 3, 2]);
    coder!.coded({ bytes, captured: 0, key: null });
    assert.deepEqual([...bytes], [0, 0, 0]);
    await camera.stream.end();
  });
});

describe("the end of a stream", () => {
  it("erases the keys of both sensors", async () => {
    const camera = await streaming();
    await camera.stream.end();
    const at = { epoch: 0, track: 1, sequence: 0 };
    camera.codedSensor.hold(new Uint8Array(3));
    assert.throws(() => camera.codedSensor.seal(at, new Uint8Array()), { code: "no-key" });
    await camera.sensor.capture(frameOf(tinyShape, pixelsOf(tinyShape)));
    assert.throws(() => camera.sensor.seal(at, new Uint8Array()), { code: "no-key" });
  });

  it("[SF12] seals for the recording what is held of its sound, and counts it; of live sound it drops that", async () => {
    const camera = await streaming();
    const { ended } = witness(camera);
    await camera.give(1);
    const live = await camera.join({ ...usualWant, sound: true });
    const keeper = keeping("recorded");
    camera.stream.keep(keeper);
    const device = microphone();
    void camera.stream.listen(device.sound);
    device.give(8);
    await until(() => device.open === 0, "every chunk closed");
    assert.ok(!keeper.kept.includes("sound"));
    const counts = await ended();
    assert.deepEqual(keeper.kept, ["head", "epoch", "sound", "end"]);
    assert.deepEqual([counts.get(3), counts.get(4)], [1, 1]);
    assert.deepEqual(live.kinds(), [], "nothing but a picture may be its first");
    assert.equal(camera.stream.status.sound, false);
  });

  it("[SF12] seals for a recording that was stopped before nothing of what was held", async () => {
    const camera = await streaming();
    const { ended } = witness(camera);
    await camera.give(1);
    const keeper = keeping("recorded");
    camera.stream.keep(keeper);
    const device = microphone();
    void camera.stream.listen(device.sound);
    device.give(8);
    await until(() => device.open === 0, "every chunk closed");
    camera.stream.release(keeper);
    assert.deepEqual(await ended(), new Map());
    assert.deepEqual(keeper.kept, ["head", "epoch"]);
  });
});
