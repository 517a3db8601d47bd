import assert from "node:assert/strict";
import { afterEach, describe, it, mock } from "node:test";
import { Camera } from "../../src/apparatus/camera.ts";
import { type CameraTalk, decodeCameraTalk } from "../../src/apparatus/camera-talk.ts";
import { decodeAnswer, encodeAsk } from "../../src/apparatus/recording-talk.ts";
import { signViewing } from "../../src/apparatus/viewing-proof.ts";
import { makePass, signRecipients } from "../../src/auth/index.ts";
import { type Bytes, Fault, generateSigningKey, randomBytes, toBase64Url } from "../../src/base/index.ts";
import { epochKey, unwrap } from "../../src/keys/index.ts";
import {
  type CheckedHead,
  checkEnd,
  checkEpoch,
  checkHead,
  countOf,
  decodeEpochSecret,
  decodeFrame,
  itemType,
  openFrame,
} from "../../src/seal/index.ts";
import { ArraySensor, instantiate } from "../../src/sensor/index.ts";
import { fakeClock, makeSensor, pixelsOf, receive, tinyShape } from "../seal/camera.ts";
import { opened } from "../seal/pictures.ts";
import { read, wasmModule } from "../sensor/load-kernels.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import {
  control,
  device,
  makeDevice,
  makeRecorder,
  pair,
  paired,
  path,
  recordings,
  stopAll,
  stopLater,
  viewer,
} from "./paired-camera.ts";
import { inbox, say, want } from "./stage.ts";

afterEach(async () => {
  mock.timers.reset();
  await stopAll();
});

describe("a camera", () => {
  it("starts with the first frame's light, hosts its own room for the viewers of its set", async () => {
    const { capture, start, identity, store } = await paired();
    capture.give(0);
    assert.deepEqual(await start(), {
      ...{ room: toBase64Url(identity.number), key: identity.publicKey, generation: 2 },
      admits: [control.publicKey, viewer.publicKey],
    });
    assert.equal(capture.open, 0);
    const { streams, lastHead } = store.identities.get(device.deviceId)!;
    assert.equal(streams, 1);
    assert.equal(lastHead?.length, 32);
  });

  it("[RP21] that belongs to a server lets nobody in without a pass, and until its end only", async () => {
    const server = await generateSigningKey();
    const { capture, start, camera, clock, identity } = await paired(undefined, server.publicKey);
    capture.give(0);
    await start();
    const views = [{ camera: identity.number, viewer: viewer.publicKey }];
    const given = { account: randomBytes(16), views, issued: clock.now() };
    const stranger = await generateSigningKey();
    const visit = async (pass: Bytes | null) => {
      const [atCamera, atViewer] = carrierPair();
      const heard: CameraTalk[] = [];
      let items = 0;
      atViewer.onmessage = (message) => {
        const talk = "talk" in message ? decodeCameraTalk(message.talk) : null;
        if ("sealed" in message) items += 1;
        if (talk) heard.push(talk);
        if (talk?.kind !== "challenge") return;
        const challenge = { number: identity.number, nonce: talk.nonce };
        void signViewing(viewer, challenge, pass).then((proof) => say(atViewer, { kind: "proof", proof }));
      };
      camera.watch(atCamera, viewer.publicKey);
      return { atCamera, atViewer, heard, items: () => items };
    };
    for (const [why, pass] of [
      ["none", null],
      ["signature", await makePass(stranger.privateKey, given)],
      [
        "foreign",
        await makePass(server.privateKey, { ...given, views: [{ ...views[0]!, viewer: randomBytes(32) }] }),
      ],
    ] as const) {
      const { atCamera, heard, items } = await visit(pass);
      await until(() => atCamera.closed, why);
      assert.deepEqual([heard.at(-1), items()], [{ kind: "pass", why }, 0]);
    }
    const good = await makePass(server.privateKey, given, 120);
    const { atCamera, heard, items } = await visit(good);
    await until(() => items() === 2, "head and epoch");
    await until(() => atCamera.closed, "the end of the pass");
    assert.deepEqual(heard.at(-1), { kind: "pass", why: "expired" });
    assert.equal(camera.identity?.generation, 2, "the camera goes on");
    clock.time += 120;
    const again = await visit(good);
    await until(() => again.atCamera.closed, "no second time");
    assert.deepEqual([again.heard.at(-1), again.items()], [{ kind: "pass", why: "expired" }, 0]);
  });

  it("sends to an admitted viewer what the card opens, and closes every frame", async () => {
    const { proves, capture, start, camera } = await paired();
    capture.give(0);
    await start();
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    want(atViewer);
    await quiet(1);
    capture.give(1);
    capture.give(2);
    await until(() => heard.frames.length === 2);
    const head = await checkHead(heard.items[0]!);
    const { wrap } = await checkEpoch(head, heard.items[1]!);
    const { secret } = decodeEpochSecret((await unwrap(wrap, [pair.identity]))!);
    const sensor = await makeSensor();
    sensor.setEpochKey(await epochKey(secret, head.hash));
    for (const [at, item] of heard.ofType(itemType.frame).entries()) {
      const frame = decodeFrame(item);
      receive(sensor, frame);
      assert.equal(openFrame(sensor, head.hash, frame), "opened");
      assert.deepEqual(opened(sensor, frame), pixelsOf(tinyShape, at + 1));
    }
    await until(() => capture.open === 0);
  });

  it("refuses a viewer whose key is not in the set, whatever the relay says", async () => {
    const { proves, capture, start, camera } = await paired();
    capture.give(0);
    await start();
    const keys = [randomBytes(32), (await generateSigningKey()).publicKey, viewer.publicKey.slice(0, 31)];
    for (const key of [...keys, new Uint8Array(0)]) {
      const [atCamera, atViewer] = carrierPair();
      assert.throws(() => camera.watch(atCamera, key), { code: "peer-proof" });
      const heard = inbox(atViewer, proves);
      capture.give(1);
      await quiet(5);
      assert.equal(atCamera.closed, true);
      assert.deepEqual(heard.items, []);
    }
    await camera.stop();
    const [atCamera] = carrierPair();
    assert.throws(() => camera.watch(atCamera, viewer.publicKey), { code: "peer-proof" });
  });

  it("[RP19] sends a stranger whom a relay introduces under a viewer's key nothing, not even the head", async () => {
    const { capture, start, camera, proves } = await paired();
    capture.give(0);
    await start();
    const stranger = await generateSigningKey();
    for (const key of [null, stranger]) {
      const [atCamera, atStranger] = carrierPair();
      camera.watch(atCamera, viewer.publicKey);
      const heard = inbox(atStranger, key ? { ...proves, key } : undefined);
      want(atStranger);
      say(atStranger, { kind: "ask", epoch: 0 });
      say(atStranger, { kind: "nonce", nonce: randomBytes(32) });
      capture.give(1);
      if (key) await until(() => atCamera.closed, "the door closes");
      await quiet();
      assert.deepEqual(heard.items, []);
      assert.deepEqual(
        heard.talks.map(({ kind }) => kind),
        ["challenge"],
      );
      atStranger.close();
    }
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    await until(() => heard.items.length === 2, "the viewer itself is let in");
  });

  it("[RC1] gives its own recordings to a viewer that was let in, and to no other, nor behind the stream's end", async () => {
    const { capture, start, camera, proves } = await paired();
    capture.give(0);
    await start();
    const ask = encodeAsk({ kind: "recordings", id: 7 });
    const answers = (carrier: ReturnType<typeof carrierPair>[0]): unknown[] => {
      const heard: unknown[] = [];
      const hear = carrier.onmessage;
      carrier.onmessage = (message) => {
        const answer = "talk" in message ? decodeAnswer(message.talk) : null;
        if (answer) heard.push(answer);
        else hear?.(message);
      };
      return heard;
    };
    const [atCamera, atStranger] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    inbox(atStranger);
    const refused = answers(atStranger);
    atStranger.send({ talk: ask });
    await quiet();
    assert.deepEqual(refused, []);
    atStranger.close();
    const [atDoor, atViewer] = carrierPair();
    camera.watch(atDoor, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    const given = answers(atViewer);
    await until(() => heard.items.length === 2, "it is let in");
    atViewer.send({ talk: ask });
    await until(() => given.length === 1);
    assert.deepEqual(given, [{ kind: "recordings", id: 7, recordings: [] }]);
    await camera.stop();
    atViewer.send({ talk: ask });
    await quiet();
    assert.equal(given.length, 1);
  });

  it("[RP19] lets nobody in whose proof comes when the stream is over", async () => {
    const { capture, start, camera, proves } = await paired();
    capture.give(0);
    await start();
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    await camera.stop();
    const heard = inbox(atViewer, proves);
    await until(() => atCamera.closed);
    assert.deepEqual(heard.items, []);
  });

  it("does not start unpaired, nor with a set that its hub did not sign for it", async () => {
    const none = await paired(() => ({ controlKey: null, recipients: null }));
    await assert.rejects(none.start(), { code: "camera-not-paired" });
    const other = await generateSigningKey();
    const noSet = await paired(() => ({ recipients: null }));
    await assert.rejects(noSet.start(), { code: "camera-not-paired" });
    const swapped = await paired(() => ({ controlKey: other.publicKey }));
    await assert.rejects(swapped.start(), { code: "recipients" });
    const foreign = await signRecipients(control.privateKey, { ...none.set, number: randomBytes(32) });
    await assert.rejects((await paired(() => ({ recipients: foreign }))).start(), { code: "recipients" });
    const lowOrder = await paired(() => ({ controlKey: new Uint8Array(32) as Bytes }));
    await assert.rejects(lowOrder.start(), { code: "public-key" });
    for (const generation of [1, 3])
      await assert.rejects((await paired(() => ({ generation }))).start(), { code: "recipients" });
    const unknown = await paired();
    unknown.store.identities.clear();
    await assert.rejects(unknown.start(), { code: "camera-not-paired" });
    for (const { store } of [none, swapped, lowOrder])
      assert.equal(store.identities.get(device.deviceId)!.streams, 0);
  });

  it("[SF7] each stream has a higher counter and names the head before, also after one that failed", async () => {
    const { proves, store, camera, events } = await paired();
    const heads: CheckedHead[] = [];
    for (const works of [true, false, true]) {
      const capture = makeDevice();
      if (!works) {
        capture.give(0, { change: { format: "RGBA" } });
        await assert.rejects(camera.start(device, path, capture.frames, events), { code: "pixel-format" });
        continue;
      }
      capture.give(0);
      await camera.start(device, path, capture.frames, events);
      const [atCamera, atViewer] = carrierPair();
      camera.watch(atCamera, viewer.publicKey);
      const heard = inbox(atViewer, proves);
      want(atViewer);
      await quiet(1);
      await until(() => heard.items.length === 2);
      heads.push(await checkHead(heard.items[0]!));
      await camera.stop();
    }
    assert.deepEqual(
      heads.map(({ counter }) => counter),
      [1, 3],
    );
    assert.equal(heads[0]?.previous, null);
    assert.deepEqual(heads[1]?.previous, heads[0]?.hash);
    assert.equal(store.identities.get(device.deviceId)!.streams, 3);
  });

  it("[SF12] ends with a signature when it is stopped, when the device goes, and when it cannot be sealed", async () => {
    const ways: [
      how: string,
      code: string | null,
      act: (on: Awaited<ReturnType<typeof paired>>) => unknown,
    ][] = [
      ["stopped", null, ({ camera }) => camera.stop()],
      ["unplugged", "camera-unplugged", ({ capture }) => capture.unplug()],
      [
        "turned",
        "camera-resized",
        ({ capture }) => capture.give(2, { change: { displayWidth: 4, displayHeight: 6 } }),
      ],
      [
        "asleep, as its clock says",
        "camera-asleep",
        ({ clock }) => {
          clock.time += 10_600;
        },
      ],
      ["another format", "pixel-format", ({ capture }) => capture.give(2, { change: { format: "RGBA" } })],
      ["an error", "unexpected", ({ capture }) => capture.fail()],
      [
        "something that could not be sealed",
        "seal-failed",
        async ({ camera, capture, sensors }) => {
          for (const sensor of sensors) {
            sensor.seal = () => {
              throw new Error("broken");
            };
          }
          camera.say("a line");
          await quiet(1);
          capture.give(2);
        },
      ],
    ];
    const { error } = console;
    console.error = () => undefined;
    try {
      for (const [how, code, act] of ways) {
        const on = await paired();
        on.capture.give(0);
        await on.start();
        const [atCamera, atViewer] = carrierPair();
        on.camera.watch(atCamera, viewer.publicKey);
        const heard = inbox(atViewer, on.proves);
        want(atViewer);
        await quiet(1);
        on.capture.give(1);
        await until(() => heard.frames.length === 1);
        await act(on);
        await until(() => atViewer.closed, how);
        const head = await checkHead(heard.items[0]!);
        await checkEnd(head, heard.ofType(itemType.end)[0]!);
        const endings = {
          "camera-unplugged": "unplugged",
          "camera-resized": "resized",
          "camera-asleep": "asleep",
        };
        const ending = code === null ? "stopped" : (endings[code as keyof typeof endings] ?? "failed");
        assert.deepEqual(heard.talks.at(-1), { kind: "ending", ending }, how);
        await quiet(3);
        assert.deepEqual(on.ended, code === null ? [] : [code], how);
        assert.equal(on.capture.open, 0, how);
        assert.equal(on.camera.identity, null);
        if (how === "stopped") assert.equal(on.capture.cancelled, true);
      }
    } finally {
      console.error = error;
    }
  });

  it("says for a minute what ended the stream before, to each that is let in and to nobody else", async () => {
    const { proves, camera, clock, capture, events } = await paired();
    capture.give(0);
    let beats = 0;
    const onstatus = (): void => {
      beats += 1;
    };
    const counted = { ...events, onstatus };
    await camera.start(device, path, capture.frames, counted, false, "crashed");
    const visit = async (key = viewer) => {
      const [atCamera, atViewer] = carrierPair();
      camera.watch(atCamera, viewer.publicKey);
      const heard = inbox(atViewer, { ...proves, key });
      await until(() => heard.items.length === 2 || atCamera.closed);
      return heard.talks.filter(({ kind }) => kind !== "challenge");
    };
    assert.deepEqual(await visit(), [{ kind: "before", ending: "crashed" }]);
    assert.deepEqual(await visit(await generateSigningKey()), []);
    for (let passed = 0; passed < 60_000; passed += 6_000) {
      const before = beats;
      clock.time += 6_000;
      await until(() => beats > before, "a beat");
    }
    assert.deepEqual(await visit(), []);
    assert.notEqual(camera.identity, null, "it was awake all along");
  });

  it("refuses pictures that are larger than the sensor takes, before anything is signed of them", async () => {
    for (const [width, height] of [
      [4097, 16],
      [16, 4097],
      [7680, 4320],
    ] as const) {
      const { capture, start } = await paired();
      capture.give(0, { change: { visibleRect: { x: 0, y: 0, width, height } } });
      await assert.rejects(start(), { code: "pixel-format" });
      assert.equal(capture.open, 0);
    }
  });

  it("stopped while a frame is being copied in: it ends properly all the same", async () => {
    const { proves, capture, start, camera } = await paired();
    capture.give(0);
    await start();
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    want(atViewer);
    await quiet(1);
    let go = () => {};
    capture.give(1, {
      copied: new Promise((resolve) => {
        go = resolve;
      }),
    });
    await quiet(3);
    const stopping = camera.stop();
    go();
    await stopping;
    await until(() => atViewer.closed);
    assert.equal(heard.ofType(itemType.end).length, 1);
    await until(() => capture.open === 0);
  });

  it("stopped in the moment in which a frame comes: it is closed, and sealed before the end or not at all", async () => {
    const { proves, capture, start, camera } = await paired();
    capture.give(0);
    await start();
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    want(atViewer);
    await quiet(1);
    await quiet(3);
    capture.give(1);
    await camera.stop();
    await until(() => atViewer.closed);
    assert.equal(capture.open, 0);
    const { counts } = await checkEnd(await checkHead(heard.items[0]!), heard.ofType(itemType.end)[0]!);
    assert.deepEqual(heard.frames, countOf(counts, 0) === 0 ? [] : [0]);
  });

  it("one stream at a time: whoever starts it twice at once has one", async () => {
    const { camera, events, store } = await paired();
    const devices = [makeDevice(), makeDevice()];
    for (const one of devices) one.give(0);
    const starts = devices.map(({ frames }) => camera.start(device, path, frames, events));
    const results = await Promise.allSettled(starts);
    assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    assert.equal(store.identities.get(device.deviceId)!.streams, 1);
    await assert.rejects(camera.start(device, path, makeDevice().frames, events), TypeError);
    // After a start that failed it can be started, and after a stop too.
    await camera.stop();
    const third = makeDevice();
    third.give(0);
    await camera.start(device, path, third.frames, events);
  });

  it("started at once after a stop: the old stream takes nothing from the new one", async () => {
    const { proves, capture, start, camera, events } = await paired();
    capture.give(0);
    await start();
    let go = () => {};
    capture.give(1, {
      copied: new Promise((resolve) => {
        go = resolve;
      }),
    });
    await quiet(3);
    const stopping = camera.stop();
    const next = makeDevice();
    next.give(0);
    const starting = camera.start(device, path, next.frames, events);
    await quiet(3);
    go();
    await stopping;
    await starting;
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    want(atViewer);
    await quiet(1);
    next.give(1);
    await until(() => heard.frames.length === 1);
  });

  it("a start that fails gives the device back", async () => {
    const { camera, events, capture } = await paired();
    capture.give(0, { change: { format: "RGBA" } });
    await assert.rejects(camera.start(device, path, capture.frames, events), { code: "pixel-format" });
    assert.deepEqual([capture.cancelled, capture.open], [true, 0]);
    const gone = makeDevice();
    gone.unplug();
    await assert.rejects(camera.start(device, path, gone.frames, events), { code: "camera-unplugged" });
    const disk = await paired();
    disk.store.claimStream = async () => {
      throw new Fault("card-store");
    };
    await assert.rejects(disk.start(), { code: "card-store" });
    assert.equal(disk.capture.cancelled, true);
  });

  it("stopped while it waits for its first frame: the start is given up, and the next one works", async () => {
    const { camera, events, capture, start, store } = await paired();
    const starting = assert.rejects(start(), { code: "camera-stopped" });
    await until(() => store.identities.get(device.deviceId)!.streams === 1);
    await quiet(3);
    await camera.stop();
    assert.equal(capture.cancelled, true);
    assert.equal(camera.identity, null);
    const next = makeDevice();
    next.give(0);
    await camera.start(device, path, next.frames, events);
    await starting;
    // Also at its very beginning, and while the stream is being begun.
    for (let turns = 0; turns < 40; turns += 3) {
      await camera.stop();
      const another = makeDevice();
      another.give(0);
      const begun = camera.start(device, path, another.frames, events).catch(({ code }) => code);
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await camera.stop();
      assert.equal(camera.identity, null, `${turns}`);
      const came = await begun;
      assert.ok(came === "camera-stopped" || came.room, `${turns}: ${came}`);
      assert.deepEqual([another.open, another.cancelled], [0, true], `${turns}`);
    }
  });

  it("stopped in the last moment of a start: nothing runs, and no key is left", async () => {
    for (const how of ["stopped", "failed"] as const) {
      const { store, identity, events } = await paired();
      const kernels = await instantiate(wasmModule);
      const sensor = new ArraySensor(kernels);
      const camera = new Camera(store, {
        ...{ clock: fakeClock(), steady: fakeClock(), makeRecorder, recordings },
        makeSensor: async () => sensor,
      });
      stopLater(camera);
      const { promise: written, resolve } = Promise.withResolvers<void>();
      let isWriting = false;
      store.begun = async () => {
        isWriting = true;
        await written;
        if (how === "failed") throw new Fault("storage");
      };
      const capture = makeDevice();
      capture.give(0);
      const starting = camera.start({ ...device, deviceId: identity.deviceId }, path, capture.frames, events);
      const refused = assert.rejects(starting, { code: how === "stopped" ? "camera-stopped" : "storage" });
      await until(() => isWriting);
      assert.ok(read(kernels, kernels.EPOCH_KEY.value, 32).some((byte) => byte !== 0));
      const stopping = how === "stopped" ? camera.stop() : null;
      resolve();
      await refused;
      await stopping;
      assert.ok(read(kernels, kernels.EPOCH_KEY.value, 32).every((byte) => byte === 0));
      assert.equal(camera.identity, null);
      assert.deepEqual([capture.cancelled, capture.open], [true, 0]);
    }
  });

  it("stopped in the moment in which the first frame comes: it is closed", async () => {
    for (const first of ["stop", "frame"] as const) {
      const { camera, capture, start } = await paired();
      const starting = start().catch(() => null);
      await quiet(5);
      if (first === "frame") capture.give(0);
      const stopping = camera.stop();
      if (first === "stop") capture.give(0);
      await stopping;
      assert.equal(await starting, null);
      await quiet(5);
      assert.deepEqual([capture.open, camera.identity], [0, null], first);
    }
  });

  it("a device that gives no first frame, or one that cannot be copied, does not hold a start for ever", async () => {
    for (const gives of [false, true]) {
      const { capture, start, camera, events, store } = await paired();
      mock.timers.enable({ apis: ["setTimeout"] });
      if (gives) capture.give(0, { copied: new Promise(() => undefined) });
      let code = "";
      const starting = start().catch((error) => {
        code = error.code;
      });
      await until(() => store.identities.get(device.deviceId)!.streams === 1);
      for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(9_999);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(code, "");
      mock.timers.tick(1);
      await starting;
      mock.timers.reset();
      assert.equal(code, "camera-silent");
      assert.equal(capture.cancelled, true);
      const next = makeDevice();
      next.give(0);
      await camera.start(device, path, next.frames, events);
    }
  });

  it("a copy that never settles holds up neither the stop nor the next start", async () => {
    const { proves, capture, start, camera, events } = await paired();
    capture.give(0);
    await start();
    const [atCamera, atViewer] = carrierPair();
    camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, proves);
    want(atViewer);
    await quiet(1);
    capture.give(1, { copied: new Promise(() => undefined) });
    await quiet(3);
    const begin = Date.now();
    await camera.stop();
    assert.ok(Date.now() - begin < 3_000);
    await until(() => heard.ofType(itemType.end).length === 1);
    const next = makeDevice();
    next.give(0);
    await camera.start(device, path, next.frames, events);
    const [atNext, atItsViewer] = carrierPair();
    camera.watch(atNext, viewer.publicKey);
    const second = inbox(atItsViewer, proves);
    want(atItsViewer);
    await quiet(1);
    next.give(1);
    await until(() => second.frames.length === 1);
  });

  it("paired anew in another tab while it runs: the stream ends within a second, and says why", async () => {
    const other = await generateSigningKey();
    const ways: [string, string, (on: Awaited<ReturnType<typeof paired>>) => Promise<unknown> | unknown][] = [
      [
        "the same card again, under another server's passes",
        "camera-repaired",
        async ({ store, set }) => {
          const server = other.publicKey;
          const again = await signRecipients(control.privateKey, { ...set, generation: 3, server });
          await store.pin(device.deviceId, control.publicKey, again, 3);
        },
      ],
      [
        "another card, at the same generation",
        "camera-repaired",
        async ({ store, set }) => {
          const theirs = await signRecipients(other.privateKey, set);
          await store.pin(device.deviceId, other.publicKey, theirs, 2);
        },
      ],
      ["gone", "camera-not-paired", ({ store }) => store.identities.clear()],
      [
        "a store that cannot be read",
        "storage",
        ({ store }) => {
          store.read = async () => {
            throw new Fault("storage");
          };
        },
      ],
    ];
    const { error } = console;
    console.error = () => undefined;
    try {
      for (const [how, code, act] of ways) {
        const on = await paired();
        on.capture.give(0);
        await on.start();
        const [atCamera, atViewer] = carrierPair();
        on.camera.watch(atCamera, viewer.publicKey);
        const heard = inbox(atViewer, on.proves);
        want(atViewer);
        await quiet(1);
        await on.store.claimStream(device.deviceId).catch(() => undefined); // what else changes says nothing
        await quiet(600);
        assert.deepEqual(on.ended, [], how);
        const begin = Date.now();
        await act(on);
        await until(() => on.ended.length > 0, how);
        assert.ok(Date.now() - begin < 1_000, how);
        assert.deepEqual(on.ended, [code], how);
        await until(() => atViewer.closed, how);
        assert.equal(heard.ofType(itemType.end).length, 1);
        assert.deepEqual([on.capture.cancelled, on.camera.identity], [true, null]);
      }
    } finally {
      console.error = error;
    }
  });

  it("says nothing of itself any more once it was stopped", async () => {
    const { capture, camera, events } = await paired();
    capture.give(0);
    let told = 0;
    const onstatus = () => {
      told += 1;
    };
    mock.timers.enable({ apis: ["setInterval"] });
    await camera.start(device, path, capture.frames, { ...events, onstatus });
    mock.timers.tick(500);
    assert.equal(told, 1);
    await camera.stop();
    mock.timers.tick(5_000);
    assert.equal(told, 1);
  });

  it("tells who its devices are, without a key", async () => {
    const { camera, identity } = await paired();
    const [facts, ...more] = await camera.facts();
    assert.deepEqual(facts, { deviceId: "front", number: identity.number, paired: true, generation: 2 });
    assert.equal(more.length, 0);
  });
});
