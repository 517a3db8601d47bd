import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { KeyCause } from "../../src/apparatus/camera.api.ts";
import { KeyWatch, suspicionInterval, usualKeyLife } from "../../src/apparatus/key-watch.ts";
import { signViewing } from "../../src/apparatus/viewing-proof.ts";
import { signRecipients } from "../../src/auth/index.ts";
import { generateSigningKey, randomBytes } from "../../src/base/index.ts";
import { makeEncryptionPair, unwrap } from "../../src/keys/index.ts";
import { checkEpoch, checkHead, decodeFrame, itemType } from "../../src/seal/index.ts";
import { fakeClock } from "../seal/camera.ts";
import { carrierPair, quiet, type TestCarrier, until } from "./carriers.ts";
import { control, device, makeDevice, paired, path, stopAll, viewer } from "./paired-camera.ts";
import { inbox, say, want } from "./stage.ts";

afterEach(stopAll);

/** A camera that runs, and a device that goes on giving frames. */
const started = async (change: Parameters<typeof paired>[0] = () => ({})) => {
  const on = await paired(change);
  let beats = 0;
  on.events.onstatus = () => {
    beats += 1;
  };
  /** So many ms, in steps that the camera does not take for sleep. */
  const pass = async (time: number): Promise<void> => {
    for (let left = time; left > 0; left -= 9_000) {
      const before = beats;
      on.clock.time += Math.min(9_000, left);
      await until(() => beats > before, "a beat");
    }
  };
  on.capture.give(0);
  await on.start();
  const viewers: TestCarrier[] = [];
  const timer = setInterval(() => {
    if (on.capture.cancelled) return;
    on.capture.give(0);
    for (const one of viewers) say(one, { kind: "credit", upTo: null });
  }, 10);
  const join = async () => {
    const [atCamera, atViewer] = carrierPair();
    on.camera.watch(atCamera, viewer.publicKey);
    const heard = inbox(atViewer, on.proves);
    want(atViewer);
    await until(() => heard.items.length > 0, "the head");
    viewers.push(atViewer);
    return { atCamera, atViewer, heard };
  };
  const stop = (): void => clearInterval(timer);
  const causes = (): KeyCause[] => on.keys.map(({ cause }) => cause);
  return { ...on, pass, join, stop, causes };
};
type Started = Awaited<ReturnType<typeof started>>;

const wrongProof = async ({ camera }: Started): Promise<void> => {
  const [atCamera, atViewer] = carrierPair();
  camera.watch(atCamera, viewer.publicKey);
  const proof = { key: viewer.publicKey, envelope: randomBytes(73), pass: null };
  say(atViewer, { kind: "proof", proof });
  await until(() => atCamera.closed, "the end of a wrong proof");
};

describe("[SF32] a camera's key", () => {
  it("is told to the page: number, time, cause, seed and when the next one comes", async () => {
    const on = await started();
    try {
      const now = on.clock.now();
      assert.deepEqual(on.keys, [
        {
          epoch: 0,
          changed: now,
          cause: "begin",
          seed: on.keys[0]!.seed,
          next: now + usualKeyLife,
          life: usualKeyLife,
        },
      ]);
      assert.equal(on.keys[0]!.seed.light, "frame");
      on.clock.time += 5_000;
      await on.camera.rekey();
      const { epoch, changed, cause, next } = on.keys.at(-1)!;
      assert.deepEqual([epoch, changed - now, cause], [1, 5_000, "asked"]);
      assert.equal(next, changed + usualKeyLife);
      await on.camera.rekey();
      assert.equal(on.keys.length, 2, "one that is new is not changed again");
    } finally {
      on.stop();
    }
  });

  const causes: [KeyCause, string, (on: Started) => Promise<unknown> | unknown, number?][] = [
    ["interval", "its time is over", ({ pass }) => pass(18_000), 18_000],
    [
      "interval",
      "the time that was chosen for it is over",
      async ({ camera, pass }) => {
        await camera.keepKey(device.deviceId, 60_000);
        await pass(60_000);
      },
    ],
    [
      "counter",
      "the store counts fewer streams than were begun",
      ({ store }) => {
        const now = store.identities.get(device.deviceId)!;
        store.identities.set(device.deviceId, { ...now, streams: 0 });
      },
    ],
    [
      "second-sensor",
      "another stream of this camera began",
      ({ store }) => store.claimStream(device.deviceId),
    ],
    ["second-sensor", "a relay says so", ({ camera }) => camera.suspect("second-sensor")],
    ["device", "the page says so", ({ camera }) => camera.suspect("device")],
    [
      "proofs",
      "five proofs at the camera itself were wrong",
      async (on) => {
        for (let times = 0; times < 5; times += 1) await wrongProof(on);
      },
    ],
    [
      "proofs",
      "a viewer says that wrong passwords were tried on its card",
      async ({ join }) => {
        const { atViewer } = await join();
        say(atViewer, { kind: "guessed", passwords: 5 });
      },
    ],
  ];
  for (const [cause, how, act, keyLife] of causes)
    it(`changes for "${cause}": ${how}`, async () => {
      const on = await started(() => (keyLife === undefined ? {} : { keyLife }));
      try {
        const { heard } = await on.join();
        await act(on);
        await until(() => on.keys.some((key) => key.cause === cause), "the change");
        const epochs = (): number[] =>
          heard.ofType(itemType.frame).map((item) => decodeFrame(item).fields.epoch);
        await until(() => epochs().includes(1), "a frame of the next epoch");
        const head = await checkHead(heard.items[0]!);
        const { epoch } = await checkEpoch(head, heard.ofType(itemType.epoch).at(-1)!);
        assert.equal(epoch, 1);
        const sequences = heard.ofType(itemType.frame).map((item) => decodeFrame(item).fields.sequence);
        assert.deepEqual(
          sequences.slice(1),
          sequences.slice(0, -1).map((sequence) => sequence + 1),
          "no sequence is left out",
        );
        assert.deepEqual(on.ended, []);
      } finally {
        on.stop();
      }
    });

  it("four wrong proofs change nothing, nor do those that never came", async () => {
    const on = await started();
    try {
      for (let times = 0; times < 4; times += 1) await wrongProof(on);
      for (let times = 0; times < 5; times += 1) {
        const [atCamera, atViewer] = carrierPair();
        on.camera.watch(atCamera, viewer.publicKey);
        await quiet(1);
        atViewer.close();
      }
      await quiet(700);
      assert.deepEqual(on.causes(), ["begin"]);
    } finally {
      on.stop();
    }
  });

  it("a store that was set back counts on from where it was", async () => {
    const on = await started();
    try {
      const now = on.store.identities.get(device.deviceId)!;
      on.store.identities.set(device.deviceId, { ...now, streams: 0 });
      await until(() => on.store.identities.get(device.deviceId)!.streams === 1, "the count");
    } finally {
      on.stop();
    }
  });

  it("a new set by the same hub: the next key is for it, and who is out of it is shut out at once", async () => {
    const on = await started();
    try {
      const first = await on.join();
      const other = await generateSigningKey();
      const theirs = await makeEncryptionPair();
      const set = { ...on.set, generation: 3, recipients: [theirs.recipient], viewers: [other.publicKey] };
      const signed = await signRecipients(control.privateKey, set);
      await on.store.pin(device.deviceId, control.publicKey, signed, 3);
      await until(() => on.causes().includes("recipients"), "the change");
      await until(() => first.atViewer.closed, "the end for who is out");
      assert.deepEqual(first.heard.talks.at(-1), { kind: "ending", ending: "repaired" });
      assert.deepEqual(on.admitted, [[control.publicKey, other.publicKey]]);
      const [atCamera, atViewer] = carrierPair();
      on.camera.watch(atCamera, other.publicKey);
      const heard = inbox(atViewer, { number: on.identity.number, key: other });
      await until(() => heard.items.length >= 2, "head and epoch");
      const { wrap, generation } = await checkEpoch(await checkHead(heard.items[0]!), heard.items[1]!);
      assert.equal(generation, 3);
      assert.ok(await unwrap(wrap, [theirs.identity]));
      assert.throws(() => on.camera.watch(carrierPair()[0], viewer.publicKey), { code: "peer-proof" });
      assert.deepEqual(on.ended, []);
    } finally {
      on.stop();
    }
  });

  it("who is still proving its key when a new set leaves it out is not let in", async () => {
    const on = await started();
    try {
      const [atCamera, atViewer] = carrierPair();
      on.camera.watch(atCamera, viewer.publicKey);
      const heard = inbox(atViewer);
      await until(() => heard.talks.length > 0, "the challenge");
      const other = await generateSigningKey();
      const set = { ...on.set, generation: 3, viewers: [other.publicKey] };
      const signed = await signRecipients(control.privateKey, set);
      await on.store.pin(device.deviceId, control.publicKey, signed, 3);
      await until(() => on.causes().includes("recipients"), "the change");
      const [challenge] = heard.talks;
      assert.ok(challenge?.kind === "challenge");
      const { number, key } = on.proves;
      say(atViewer, { kind: "proof", proof: await signViewing(key, { number, nonce: challenge.nonce }) });
      await until(() => atCamera.closed, "the end for who is out");
      assert.deepEqual(heard.items, []);
    } finally {
      on.stop();
    }
  });

  it("asked for many times at once it is changed once", async () => {
    const on = await started();
    try {
      on.clock.time += 5_000;
      await Promise.all(Array.from({ length: 5 }, () => on.camera.rekey()));
      assert.deepEqual(on.causes(), ["begin", "asked"]);
    } finally {
      on.stop();
    }
  });

  it("a suspicion that was heard again while another one waited is not told of the next stream", async () => {
    const on = await started();
    try {
      on.camera.suspect("proofs");
      await until(() => on.causes().includes("proofs"), "the first change");
      on.camera.suspect("device");
      on.camera.suspect("proofs");
      await on.pass(suspicionInterval);
      await until(() => on.causes().includes("device"), "the second change");
    } finally {
      on.stop();
    }
    await on.camera.stop();
    const next = makeDevice();
    next.give(0);
    await on.start(next);
    assert.equal(on.causes().at(-1), "begin");
  });

  it("a set that the hub did not sign ends the stream", async () => {
    const on = await started();
    try {
      const stranger = await generateSigningKey();
      const signed = await signRecipients(stranger.privateKey, { ...on.set, generation: 3 });
      await on.store.pin(device.deviceId, control.publicKey, signed, 3);
      await until(() => on.ended.length > 0, "the end");
      assert.deepEqual([on.ended, on.causes()], [["camera-repaired"], ["begin"]]);
    } finally {
      on.stop();
    }
  });

  it("where a stream ends of it, the next one's first key says why", async () => {
    const on = await started();
    on.stop();
    on.camera.suspect("device");
    await on.camera.stop("failed");
    const next = makeDevice();
    next.give(0);
    await on.camera.start(device, path, next.frames, on.events);
    assert.equal(on.causes().at(-1), "device");
    await on.camera.stop();
    const third = makeDevice();
    third.give(0);
    await on.camera.start(device, path, third.frames, on.events);
    assert.equal(on.causes().at(-1), "begin");
  });

  it("is used for a minute at least, and a day at most", async () => {
    const { camera } = await paired();
    for (const life of [0, 59_999, 24 * 3_600_000 + 1, Number.NaN])
      await assert.rejects(camera.keepKey(device.deviceId, life), RangeError);
    await assert.rejects(camera.rekey(), { code: "camera-stopped" });
  });
});

describe("who watches over a key", () => {
  const watching = () => {
    const steady = fakeClock();
    const told: KeyCause[] = [];
    const watch = new KeyWatch(steady, usualKeyLife, (cause) => void told.push(cause));
    return { steady, told, watch };
  };

  it("holds suspicions apart, and forgets none", () => {
    const { steady, told, watch } = watching();
    watch.suspect("proofs");
    watch.suspect("counter");
    watch.suspect("proofs");
    assert.deepEqual(told, ["proofs"]);
    steady.time += suspicionInterval;
    watch.tick();
    watch.tick();
    assert.deepEqual(told, ["proofs", "counter"]);
  });

  it("counts proofs of the last ten minutes", () => {
    const { steady, told, watch } = watching();
    for (let times = 0; times < 4; times += 1) watch.wrongProof();
    steady.time += 10 * 60_000;
    watch.wrongProof();
    assert.deepEqual(told, []);
    for (let times = 0; times < 4; times += 1) watch.wrongProof();
    assert.deepEqual(told, ["proofs"]);
  });

  it("says once that a key's time is over, and again a life later", () => {
    const { steady, told, watch } = watching();
    steady.time += usualKeyLife - 1;
    watch.tick();
    assert.deepEqual([told.length, watch.left], [0, 1]);
    steady.time += 1;
    watch.tick();
    watch.tick();
    assert.deepEqual(told, ["interval"]);
    steady.time += usualKeyLife;
    watch.tick();
    assert.equal(told.length, 2);
  });
});
