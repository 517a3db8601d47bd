import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeCbor, fromHex, randomBytes, signCose, utf8 } from "../../src/base/index.ts";
import { encodeEpochSecret, signHead } from "../../src/seal/index.ts";
import type { Checks, Finding } from "../../src/verify/index.ts";
import { edited, flipped } from "../seal/bytes.ts";
import { makeCamera, pixelsOf, smallShape, type TestCamera, tinyShape } from "../seal/camera.ts";
import { makeViewer } from "./viewer.ts";

const camera = await makeCamera({ counter: 10, label: "Front door" });
const stranger = await makeCamera({ counter: 10 });
const tiny = { shape: tinyShape };

/** A viewer that has the head and the epoch of the camera's stream. */
const watching = async (of: TestCamera = camera, stream: Pick<TestCamera, "head" | "epoch"> = of) => {
  const viewer = await makeViewer(of);
  assert.equal(await viewer.sees(stream.head), "head");
  assert.equal(await viewer.sees(stream.epoch), "epoch");
  return viewer;
};

const passed: Checks = {
  number: "passed",
  signature: "passed",
  tree: "passed",
  commitment: "passed",
  sequence: "passed",
  live: "failed",
};
const fault = (finding: Finding) => {
  assert.equal(finding.kind, "fault");
  return finding as Extract<Finding, { kind: "fault" }>;
};

describe("a good stream", () => {
  it("head, epoch, frames, end: each is what it is, and the pictures are the camera's", async () => {
    const viewer = await makeViewer(camera);
    const head = await viewer.take(camera.head);
    assert.deepEqual(head, { kind: "head", lastHead: { counter: 10, hash: camera.hash } });
    const epoch = await viewer.take(camera.epoch);
    assert.deepEqual(epoch, { kind: "epoch", label: "Front door", generation: 1 });
    for (const sequence of [0, 1, 2]) {
      const finding = await viewer.take(await camera.seal(sequence));
      assert.equal(finding.kind, "frame");
      if (finding.kind !== "frame") continue;
      assert.deepEqual(finding.checks, passed);
      assert.equal(finding.live, false);
      assert.equal(finding.frame.fields.sequence, sequence);
      assert.deepEqual(viewer.picture(finding), pixelsOf(smallShape, sequence));
    }
    assert.equal(viewer.judge.missing, 0);
    assert.deepEqual(await viewer.take(await camera.end(3)), { kind: "end" });
  });

  it("[SF10] an epoch may be announced again, and another one in the middle of the stream", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
    assert.equal(await viewer.sees(camera.epoch), "epoch");
    assert.equal(await viewer.sees(await camera.seal(1, tiny)), "frame");
    const second = await camera.announce(1);
    const ahead = await camera.seal(2, { ...tiny, epoch: 1 });
    const asks = fault(await viewer.take(ahead));
    assert.deepEqual([asks.reason, asks.ask], ["no-key", 1]);
    assert.equal(await viewer.sees(second), "epoch");
    assert.equal(await viewer.sees(ahead), "frame");
    assert.equal(await viewer.sees(await camera.seal(3, { ...tiny, epoch: 1 })), "frame");
    assert.equal(await viewer.sees(camera.epoch), "epoch");
  });

  it("[SF32] each track goes on to the next epoch by itself, and none goes back", async () => {
    const viewer = await watching();
    const line = (sequence: number, epoch: number) =>
      camera.sealAs({ kind: "text", track: 5, sequence, epoch, captured: 5_000 }, utf8("a line"));
    assert.equal(await viewer.sees(await camera.announce(1)), "epoch");
    assert.equal(await viewer.sees(await camera.seal(0, { ...tiny, epoch: 1 })), "frame");
    assert.equal(await viewer.sees(await line(0, 0)), "frame");
    assert.equal(await viewer.sees(await line(1, 1)), "frame");
    assert.equal(await viewer.sees(await line(2, 0)), "epoch");
    assert.equal(await viewer.sees(await camera.seal(1, { ...tiny, epoch: 0 })), "epoch");
    assert.equal(await viewer.sees(await camera.seal(2, { ...tiny, epoch: 1 })), "frame");
  });

  it("[SF9] an epoch that is announced with another secret is used with that", async () => {
    const own = await makeCamera();
    const viewer = await watching(own);
    assert.equal(await viewer.sees(await own.seal(0, tiny)), "frame");
    const old = await own.seal(1, tiny);
    assert.equal(await viewer.sees(await own.announce(0)), "epoch");
    assert.equal(await viewer.sees(old), "commitment");
    assert.equal(await viewer.sees(await own.seal(1, tiny)), "frame");
  });

  it("keys of three epochs are held; of an older one the announcement has to be asked for", async () => {
    const own = await makeCamera();
    const viewer = await watching(own);
    for (const epoch of [1, 2]) assert.equal(await viewer.sees(await own.announce(epoch)), "epoch");
    assert.equal(await viewer.sees(await own.seal(0, tiny)), "frame");
    assert.equal(await viewer.sees(await own.announce(3)), "epoch");
    assert.equal(fault(await viewer.take(await own.seal(1, tiny))).ask, 0);
    for (const epoch of [1, 2, 3])
      assert.equal(await viewer.sees(await own.seal(1 + epoch, { ...tiny, epoch })), "frame");
  });
});

describe("[SF6] the camera number", () => {
  it("another camera's head: number, whatever follows", async () => {
    const viewer = await makeViewer(camera);
    const finding = fault(await viewer.take(stranger.head));
    assert.equal(finding.reason, "number");
    assert.equal(finding.checks.number, "failed");
    assert.equal(await viewer.sees(stranger.epoch), "number");
    assert.equal(await viewer.sees(await stranger.seal(0, tiny)), "number");
  });

  it("one bit of the number on the card", async () => {
    for (const at of [0, 15, 31]) {
      const viewer = await makeViewer({ ...camera, number: flipped(camera.number, at, 7) });
      assert.equal(await viewer.sees(camera.head), "number");
    }
    const short = await makeViewer({ ...camera, number: camera.number.slice(0, 15) });
    assert.equal(await short.sees(camera.head), "number");
  });

  it("a head with the camera's key that another key signed, and one with another's key: head, number", async () => {
    const { publicKey } = camera;
    const said = { counter: 11, previous: null, started: 1, path: "track-processor-window" } as const;
    const forged = await signHead(stranger.privateKey, { ...said, publicKey });
    const viewer = await makeViewer(camera);
    assert.equal(await viewer.sees(forged.item), "head");
    const own = await signHead(stranger.privateKey, { ...said, publicKey: stranger.publicKey });
    assert.equal(await viewer.sees(own.item), "number");
  });

  it("a key of low order, with which one signature fits everything: head", async () => {
    const publicKey = fromHex("0100000000000000000000000000000000000000000000000000000000000000");
    const fields = encodeCbor([1, publicKey, 11, null, 1, "camera", "track-processor-window"]);
    const envelope = await signCose(camera.privateKey, "head", fields);
    const viewer = await makeViewer(camera);
    assert.equal(await viewer.sees(encodeCbor([1, 1, fields, envelope])), "head");
  });
});

describe("whose frame it is", () => {
  it("before any head there is none", async () => {
    const viewer = await makeViewer(camera);
    for (const item of [camera.epoch, await camera.seal(0, tiny), await camera.end(1)]) {
      const finding = fault(await viewer.take(item));
      assert.equal(finding.reason, "head");
      assert.equal(finding.checks.number, "not-run");
    }
  });

  it("of another camera: signature", async () => {
    const viewer = await watching();
    const finding = fault(await viewer.take(await stranger.seal(0)));
    assert.deepEqual(
      [finding.reason, finding.checks.number, finding.checks.signature, finding.checks.tree],
      ["signature", "passed", "failed", "not-run"],
    );
    assert.equal(await viewer.sees(stranger.epoch), "epoch");
    assert.equal(await viewer.sees(await stranger.end(0)), "signature");
  });

  it("[SF8] of an earlier or a later stream of the same camera: signature, epoch", async () => {
    const own = await makeCamera({ counter: 1 });
    const later = await own.begin(2, own.hash);
    for (const [now, other] of [
      [own, later],
      [later, own],
    ] as const) {
      const viewer = await watching(own, now);
      assert.equal(await viewer.sees(await other.seal(0, tiny)), "signature");
      assert.equal(await viewer.sees(other.epoch), "epoch");
      assert.equal(await viewer.sees(await other.end(1)), "signature");
      assert.equal(await viewer.sees(await now.seal(0, tiny)), "frame");
    }
  });

  it("a new head ends the old stream: none of its frames is taken any more", async () => {
    const own = await makeCamera({ counter: 1 });
    const later = await own.begin(2, own.hash);
    const viewer = await watching(own);
    assert.equal(await viewer.sees(await own.seal(0, tiny)), "frame");
    assert.equal(await viewer.sees(later.head), "head");
    assert.equal(await viewer.sees(await own.seal(1, tiny)), "signature");
    // The old stream's keys are gone too.
    assert.equal(fault(await viewer.take(await later.seal(0, tiny))).ask, 0);
    assert.equal(await viewer.sees(later.epoch), "epoch");
    assert.equal(await viewer.sees(await later.seal(0, tiny)), "frame");
  });
});

describe("[SF7] a viewer remembers the newest head", () => {
  const streams = async () => {
    const own = await makeCamera({ counter: 5 });
    return {
      own,
      older: await own.begin(4),
      fork: await own.begin(5, own.hash),
      newer: await own.begin(6, own.hash),
    };
  };

  it("a lower counter, or the same one in another head: earlier-stream", async () => {
    const { own, older, fork, newer } = await streams();
    const viewer = await watching(own);
    const refused = fault(await viewer.take(older.head));
    assert.deepEqual(
      [refused.reason, refused.checks.number, refused.checks.sequence],
      ["earlier-stream", "passed", "failed"],
    );
    assert.equal(await viewer.sees(fork.head), "earlier-stream");
    assert.equal(await viewer.sees(await older.seal(0, tiny)), "earlier-stream");
    assert.equal(await viewer.sees(newer.head), "head");
    assert.equal(await viewer.sees(own.head), "earlier-stream");
  });

  it("from an earlier visit just as well", async () => {
    const { own, older, fork, newer } = await streams();
    const lastHead = { counter: 5, hash: own.hash };
    const expected = [
      [older, "earlier-stream"],
      [fork, "earlier-stream"],
      [own, "head"],
      [newer, "head"],
    ] as const;
    for (const [stream, found] of expected) {
      const viewer = await makeViewer(own, { lastHead });
      assert.equal(await viewer.sees(stream.head), found);
    }
  });

  it("a head that is refused is not remembered", async () => {
    const { own, newer } = await streams();
    const viewer = await watching(own);
    const unsigned = flipped(newer.head, newer.head.length - 1);
    assert.equal(await viewer.sees(unsigned), "head");
    assert.equal(await viewer.sees(own.head), "head");
  });
});

describe("[SF19] order", () => {
  it("replayed and reordered: sequence, however good the signature", async () => {
    const viewer = await watching();
    const frames: Uint8Array[] = [];
    for (const sequence of [0, 1, 2, 3]) frames.push(await camera.seal(sequence, tiny));
    const order = [1, 1, 0, 2, 2, 1, 3, 0, 3];
    const found: string[] = [];
    for (const sequence of order) found.push(await viewer.sees(frames[sequence]!));
    const [good, late] = ["frame", "sequence"];
    assert.deepEqual(found, [good, late, late, good, late, late, good, late, late]);
    const again = fault(await viewer.take(frames[3]!));
    assert.deepEqual(
      [again.checks.signature, again.checks.tree, again.checks.sequence, again.checks.commitment],
      ["passed", "passed", "failed", "not-run"],
    );
  });

  it("dropped: the frame behind a gap is good, and the gap is counted", async () => {
    const viewer = await watching();
    const missing: number[] = [];
    for (const sequence of [4, 5, 8, 9, 20]) {
      assert.equal(await viewer.sees(await camera.seal(sequence, tiny)), "frame");
      missing.push(viewer.judge.missing);
    }
    // What was sealed before the first frame seen is no gap: the viewer came later.
    assert.deepEqual(missing, [0, 0, 2, 2, 12]);
  });

  it("a frame that failed is missing, and its sequence is not used up", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
    const one = await camera.seal(1, tiny);
    assert.equal(await viewer.sees(flipped(one, one.length - 1)), "tree");
    assert.equal(await viewer.sees(one), "frame");
    const two = await camera.seal(2, tiny);
    assert.equal(await viewer.sees(flipped(two, two.length - 1)), "tree");
    assert.equal(await viewer.sees(await camera.seal(3, tiny)), "frame");
    assert.equal(viewer.judge.missing, 1);
  });

  it("the same head once more begins nothing: what was seen stays seen", async () => {
    const viewer = await watching();
    const frames: Uint8Array[] = [];
    for (const sequence of [0, 1, 4]) {
      frames.push(await camera.seal(sequence, tiny));
      assert.equal(await viewer.sees(frames.at(-1)!), "frame");
    }
    assert.equal(await viewer.sees(camera.head), "head");
    assert.equal(await viewer.sees(camera.epoch), "epoch");
    for (const frame of frames) assert.equal(await viewer.sees(frame), "sequence");
    assert.equal(await viewer.sees(await camera.seal(6, tiny)), "frame");
    assert.equal(viewer.judge.missing, 3);
  });

  it("nor does it after a head that was refused", async () => {
    const viewer = await watching();
    const frame = await camera.seal(0, tiny);
    assert.equal(await viewer.sees(frame), "frame");
    assert.equal(await viewer.sees(stranger.head), "number");
    assert.equal(await viewer.sees(camera.head), "head");
    assert.equal(await viewer.sees(camera.epoch), "epoch");
    assert.equal(await viewer.sees(frame), "sequence");
  });

  it("a head that is refused ends the old stream: its frames are refused for the same reason", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(stranger.head), "number");
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "number");
    assert.equal(await viewer.sees(flipped(camera.head, camera.head.length - 1)), "head");
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "head");
  });

  it("a new stream begins at its own sequences", async () => {
    const own = await makeCamera({ counter: 1 });
    const later = await own.begin(2, own.hash);
    const viewer = await watching(own);
    for (const sequence of [0, 5]) await viewer.take(await own.seal(sequence, tiny));
    for (const item of [later.head, later.epoch]) await viewer.take(item);
    assert.equal(viewer.judge.missing, 0);
    assert.equal(await viewer.sees(await later.seal(0, tiny)), "frame");
  });

  it("[SF19] [SF23] each track has sequences of its own, and raw frames stand on track 0 alone", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(await camera.seal(0, { ...tiny, track: 1 })), "malformed");
    assert.equal(await viewer.sees(await camera.seal(3, tiny)), "frame");
    const line = { kind: "text", epoch: 0, track: 5, sequence: 0, captured: 1 } as const;
    const said = await camera.sealAs(line, utf8("Good morning"));
    assert.equal(await viewer.sees(said), "frame");
    assert.equal(await viewer.sees(said), "sequence");
    assert.equal(await viewer.sees(await camera.seal(4, tiny)), "frame");
  });

  it("[SF12] behind the end there is nothing more", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
    assert.equal(await viewer.sees(await camera.end(3)), "end");
    assert.equal(await viewer.sees(await camera.seal(1, tiny)), "ended");
    assert.equal(await viewer.sees(camera.head), "head");
    assert.equal(await viewer.sees(await camera.seal(2, tiny)), "ended");
  });
});

describe("[SF10] keys", () => {
  it("a card that opens none of the wraps: no-key, and every frame too", async () => {
    const viewer = await makeViewer(camera, { identities: [stranger.identity] });
    assert.equal(await viewer.sees(camera.head), "head");
    assert.equal(await viewer.sees(camera.epoch), "no-key");
    const finding = fault(await viewer.take(await camera.seal(0)));
    assert.deepEqual([finding.reason, finding.ask], ["no-key", 0]);
    assert.deepEqual(finding.checks, { ...passed, commitment: "not-run", live: "not-run" });
  });

  it("an announcement for a generation the camera has left behind: epoch", async () => {
    const ahead = await makeViewer(camera, { generation: 2 });
    await ahead.take(camera.head);
    assert.equal(fault(await ahead.take(camera.epoch)).reason, "epoch");
    assert.equal(await ahead.sees(await camera.seal(0)), "no-key");
    const level = await makeViewer(camera, { generation: 1 });
    await level.take(camera.head);
    assert.equal((await level.take(camera.epoch)).kind, "epoch");
  });

  it("a card without keys, and one with older keys beside the right one", async () => {
    const none = await makeViewer(camera, { identities: [] });
    await none.take(camera.head);
    assert.equal(await none.sees(camera.epoch), "no-key");
    const many = await makeViewer(camera, { identities: [stranger.identity, camera.identity] });
    await many.take(camera.head);
    assert.equal(await many.sees(camera.epoch), "epoch");
  });

  it("a wrap that is no age file, is damaged, or holds something else: epoch", async () => {
    const viewer = await makeViewer(camera);
    await viewer.take(camera.head);
    const secret = randomBytes(32);
    const good = encodeEpochSecret({ secret, label: "x" });
    const wrongs = [
      { wrap: randomBytes(200) },
      { content: new Uint8Array(0) },
      { content: good.subarray(1) },
      { content: encodeCbor([secret.subarray(1), "x"]) },
      { content: encodeCbor([secret, "x", 1]) },
    ];
    for (const [at, wrong] of wrongs.entries())
      assert.equal(await viewer.sees(await camera.announce(9, wrong)), "epoch", `${at}`);
    assert.equal(await viewer.sees(camera.epoch), "epoch");
  });

  it("a wrap that somebody else made for the same card does nothing without the camera's signature", async () => {
    const viewer = await watching();
    const foreign = await stranger.announce(0, { recipients: [camera.recipient] });
    assert.equal(fault(await viewer.take(foreign)).reason, "epoch");
    const swapped = edited(camera.epoch, (fields) => {
      fields[6] = encodeCbor(["another wrap"]);
    });
    assert.equal(fault(await viewer.take(swapped)).reason, "epoch");
    // And it took no key away.
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
  });

  it("[SF14] a frame under a key that was not announced: commitment, and nothing was decrypted", async () => {
    const own = await makeCamera();
    const viewer = await watching(own);
    await own.announce(0);
    const finding = await viewer.take(await own.seal(0));
    assert.equal(fault(finding).reason, "commitment");
    assert.equal(fault(finding).checks.commitment, "failed");
    assert.throws(() => viewer.sensor.picture({} as never, 0), TypeError);
  });

  it("which key the sensor holds is never assumed: each frame is opened with its own", async () => {
    const viewer = await watching();
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
    viewer.sensor.setEpochKey(randomBytes(32));
    assert.equal(await viewer.sees(await camera.seal(1, tiny)), "frame");
  });

  it("of epochs that are long over are erased, not only let go", async () => {
    const own = await makeCamera();
    const viewer = await watching(own);
    const held: Uint8Array[] = [];
    const { setEpochKey } = viewer.sensor;
    viewer.sensor.setEpochKey = (key) => {
      if (!held.includes(key)) held.push(key);
      setEpochKey.call(viewer.sensor, key);
    };
    for (let epoch = 0; epoch < 4; epoch += 1) {
      if (epoch > 0) assert.equal(await viewer.sees(await own.announce(epoch)), "epoch");
      assert.equal(await viewer.sees(await own.seal(epoch, { ...tiny, epoch })), "frame");
    }
    const isZero = held.map((key) => key.every((byte) => byte === 0));
    assert.deepEqual(isZero, [true, false, false, false]);
    assert.equal(await viewer.sees(await own.seal(9, tiny)), "epoch");
    // Nor by the announcement, which anybody may repeat.
    const line = await own.sealAs({ kind: "text", track: 5, sequence: 0, epoch: 0, captured: 1 }, utf8("x"));
    assert.equal(await viewer.sees(own.epoch), "epoch");
    assert.equal(await viewer.sees(line), "no-key");
  });

  it("forgets all of them when it is told so, and leaves none behind", async () => {
    const viewer = await watching();
    const { setEpochKey } = viewer.sensor;
    let held: Uint8Array = new Uint8Array([1]);
    viewer.sensor.setEpochKey = (key) => {
      held = key;
      setEpochKey.call(viewer.sensor, key);
    };
    assert.equal(await viewer.sees(await camera.seal(0, tiny)), "frame");
    viewer.judge.forget();
    assert.deepEqual(held, new Uint8Array(32));
    assert.equal(fault(await viewer.take(await camera.seal(1, tiny))).ask, 0);
    assert.equal(await viewer.sees(camera.epoch), "epoch");
    assert.equal(await viewer.sees(await camera.seal(1, tiny)), "frame");
  });
});

describe("[SF1] [SF3] what is no item", () => {
  it("malformed and version, with and without a stream; never an error", async () => {
    const wild = await makeViewer(camera);
    const settled = await watching();
    const frame = await camera.seal(0, tiny);
    const items = [
      ...[[], [0], [0x80], [0xff], [0x81, 0x03], [0x84, 0x01, 0x01, 0xf6], [0x98, 0x03, 0x01]],
      ...[randomBytes(40), frame.subarray(1), frame.subarray(0, -1), [...frame, 0]],
    ].map((item) => Uint8Array.from(item));
    for (const item of items) {
      assert.match(await wild.sees(item), /^(malformed|head)$/);
      assert.match(await settled.sees(item), /^(malformed|version)$/);
      for (const one of [camera.head, camera.epoch]) await settled.take(one);
    }
    const versions = [camera.epoch, frame, await camera.end(0)].map((item) =>
      edited(item, (fields) => {
        fields[1] = 2;
      }),
    );
    for (const item of versions) assert.equal(await settled.sees(item), "version");
    const head = edited(camera.head, (fields) => {
      fields[1] = 2;
    });
    assert.equal(await settled.sees(head), "version");
    assert.equal(await settled.sees(frame), "version");
  });
});

describe("[SF20] the order of the checks", () => {
  it("of several things that are wrong the first is named", async () => {
    const own = await makeCamera();
    const viewer = await watching(own);
    const unknown = await own.announce(7);
    const frame = await own.seal(5, tiny);
    const noKey = await own.seal(5, { ...tiny, epoch: 7 });
    assert.equal(await viewer.sees(await own.seal(4, tiny)), "frame");
    const broken = { tag: randomBytes(16), commitment: randomBytes(32) };

    // One fault more each time, and always the one that comes first.
    assert.equal(await viewer.sees(await own.forge(frame, { tag: broken.tag })), "tag");
    assert.equal(await viewer.sees(await own.forge(frame, broken)), "commitment");
    assert.equal(await viewer.sees(await own.forge(noKey, broken)), "no-key");
    assert.equal(await viewer.sees(frame), "frame");
    const late = await own.forge(noKey, broken);
    assert.equal(await viewer.sees(late), "sequence");
    assert.equal(await viewer.sees(flipped(late, late.length - 1)), "tree");
    const unsigned = edited(late, (fields) => {
      fields[12] = randomBytes(16);
      fields[16] = flipped(fields[16] as Uint8Array, 0);
    });
    assert.equal(await viewer.sees(unsigned), "signature");
    assert.equal(await viewer.sees(flipped(unsigned, 0)), "malformed");

    assert.equal(await viewer.sees(unknown), "epoch");
    assert.equal(await viewer.sees(await own.seal(6, { ...tiny, epoch: 7 })), "frame");
  });

  it("[SF14] a frame with a tag of another text: its commitment holds, the cipher refuses it", async () => {
    const viewer = await watching();
    const forged = await camera.forge(await camera.seal(0), { tag: randomBytes(16) });
    const { reason, checks, tiles } = fault(await viewer.take(forged));
    assert.deepEqual([reason, tiles], ["tag", []]);
    assert.deepEqual(
      [checks.signature, checks.tree, checks.sequence, checks.live],
      ["passed", "passed", "passed", "not-run"],
    );
    assert.throws(() => viewer.sensor.picture({} as never, 0), TypeError);
    assert.equal(await viewer.sees(await camera.seal(0)), "frame");
  });

  it("[SF18] a changed picture comes with the tiles that were changed", async () => {
    const viewer = await watching();
    const frame = await camera.seal(0);
    const { reason, tiles, checks } = fault(await viewer.take(flipped(frame, frame.length - 1)));
    assert.deepEqual([reason, tiles], ["tree", [8]]);
    assert.deepEqual([checks.signature, checks.tree, checks.sequence], ["passed", "failed", "not-run"]);
  });
});

describe("what a fault leaves behind", () => {
  it("nothing can be taken out of the sensor after any of them", async () => {
    const viewer = await watching();
    const frame = await camera.seal(0);
    const bad = [
      flipped(frame, frame.length - 1),
      flipped(frame, frame.length - 1 - frame.length / 2),
      await stranger.seal(0),
      await camera.seal(0, { track: 1 }),
      camera.head,
      camera.epoch,
    ];
    for (const item of bad) {
      await viewer.take(await camera.seal(0));
      await viewer.take(item);
      assert.throws(() => viewer.sensor.picture({} as never, 0), TypeError);
      // Empty: nothing of the frame is left in it.
      viewer.sensor.receive(new Uint8Array(36), tinyShape);
    }
  });
});
