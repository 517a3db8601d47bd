import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { randomBytes, utf8 } from "../../src/base/index.ts";
import { numberText } from "../../src/keys/index.ts";
import {
  judgeRecording,
  type KnownCamera,
  mp4Reasons,
  type RecordingReport,
  reasons,
  recordingReasons,
} from "../../src/verify/index.ts";
import { edited, flipped } from "../seal/bytes.ts";
import { makeCamera, makeSensor, smallShape, tinyShape } from "../seal/camera.ts";
import { fileOf, itemsOf, offsetsOf, sourceOf } from "../seal/recordings.ts";

const camera = await makeCamera({ counter: 2 });
const stranger = await makeCamera();
const earlier = await camera.begin(1);
const items: Uint8Array[] = await itemsOf(camera);
const tiny = { shape: tinyShape };
/** Bytes of a tiny frame: 24 luma, 12 chroma. */
const tinyLength = 36;
const number: KnownCamera = { number: camera.number, identities: null };
const card: KnownCamera = { number: camera.number, identities: [camera.identity] };

const judge = async (
  list: readonly Uint8Array[] | Uint8Array,
  ...known: KnownCamera[]
): Promise<RecordingReport> => {
  const file = list instanceof Uint8Array ? list : fileOf(list);
  return judgeRecording(sourceOf(file), { known, sensor: await makeSensor() });
};
/** The items with some in the place of `count` from `at` on. */
const spliced = (at: number, count: number, ...put: Uint8Array[]): Uint8Array[] =>
  items.toSpliced(at, count, ...put);

/** Every way to look at a file: each must call it this. */
const everyone = [[], [number], [card]];

it("a judgement that is ended from outside erases its keys all the same", async () => {
  const sensor = await makeSensor();
  let forgotten = 0;
  const forget = sensor.forget.bind(sensor);
  sensor.forget = () => {
    forgotten += 1;
    forget();
  };
  const stop = (done: number): void => {
    if (done > 0) throw new Error("enough");
  };
  await assert.rejects(judgeRecording(sourceOf(fileOf(items)), { known: [card], sensor }, stop), /enough/);
  assert.equal(forgotten, 1);
});

describe("a whole recording", () => {
  it("[SR9] is ST1 for who has the number, and opens for who has the card", async () => {
    for (const known of [number, card]) {
      const report = await judge(items, known);
      assert.equal(report.state, "ST1");
      assert.deepEqual(report.reasons, []);
      assert.equal(report.opened, known === card);
      const { frames, camera: found, gaps, missing, faults, complete, from, to } = report;
      assert.deepEqual(
        { frames, found, gaps, missing, faults, complete, from, to },
        {
          ...{
            frames: 6,
            found: numberText(camera.number),
            gaps: [],
            missing: 0,
            faults: [],
            complete: true,
          },
          ...{ from: 5_000, to: 5_005 },
        },
      );
    }
  });

  it("[SR9] [SF6] is camera-unknown without a number, and says which one to compare", async () => {
    const report = await judge(items);
    assert.equal(report.state, "ST0");
    assert.deepEqual(report.reasons, ["camera-unknown"]);
    assert.equal(report.camera, numberText(camera.number));
    assert.equal(report.frames, 6);
  });

  it("[SR9] [SF6] is number for who vouches for another camera, all 32 bytes of it", async () => {
    const other = { number: flipped(camera.number, 31), identities: null };
    const report = await judge(items, other, { number: stranger.number, identities: [stranger.identity] });
    assert.equal(report.state, "ST0");
    assert.deepEqual(report.faults, [{ offset: 0, reason: "number" }]);
    assert.equal(report.frames, 6, "what it is not is still unchanged");
  });

  it("[SR9] [SF6] without a number is not guaranteed", async () => {
    assert.equal((await judge(items)).state, "ST0");
    assert.equal((await judge(items, number)).state, "ST1");
  });

  it("[SR2] [SR8] without its end is not guaranteed", async () => {
    assert.equal((await judge(items.slice(0, -1), number)).state, "ST0");
  });

  it("is found among the cameras of a card", async () => {
    assert.equal((await judge(items, { ...card, number: stranger.number }, card)).state, "ST1");
  });

  it("[SR6] may announce its epoch again and go on in a next one", async () => {
    const stream = await camera.begin(3);
    const next = await stream.announce(1);
    const list = [
      ...[stream.head, stream.epoch, await stream.seal(0, tiny), stream.epoch, next],
      ...[await stream.seal(1, { ...tiny, epoch: 1 }), await stream.seal(2, { ...tiny, epoch: 1 })],
      await stream.end(3),
    ];
    for (const known of [number, card]) assert.equal((await judge(list, known)).state, "ST1");
  });
});

describe("a recording that was cut", () => {
  it("[SR2] [SR8] at any byte is incomplete and never changed, up to its last whole item", async () => {
    const file = fileOf(items);
    const offsets = offsetsOf(items);
    for (let length = 0; length < file.length; length += length < 800 ? 1 : 7) {
      const report = await judge(file.subarray(0, length), card);
      const full = offsets.filter((offset, at) => offset + items[at]!.length <= length).length;
      assert.equal(report.state, "ST0", `cut at ${length}`);
      assert.deepEqual(report.reasons, ["incomplete"], `cut at ${length}`);
      assert.deepEqual([report.frames, report.faultCount], [Math.max(0, full - 2), 0], `cut at ${length}`);
      assert.equal(report.complete, false);
    }
  });

  it("[SR7] in the middle lacks exactly these frames", async () => {
    const offsets = offsetsOf(spliced(4, 2));
    const report = await judge(spliced(4, 2), card);
    assert.equal(report.state, "ST1", "each frame stands for itself; what is missing is said");
    assert.deepEqual(report.gaps, [{ track: 0, from: 2, to: 3, offset: offsets[4], after: 5_001 }]);
    assert.deepEqual([report.missing, report.gapCount, report.frames], [2, 1, 4]);
  });

  it("[SR7] at its beginning says where it begins, as one that was begun late", async () => {
    const late = await judge(spliced(2, 2), number);
    assert.deepEqual([late.state, late.frames, late.missing], ["ST1", 4, 0]);
    const first = { sequence: 2, captured: 5_002 };
    assert.deepEqual(late.tracks, [{ track: 0, frames: 4, first, sealed: 6 }]);
    const [whole] = (await judge(items, number)).tracks;
    assert.deepEqual(whole, { track: 0, frames: 6, first: { sequence: 0, captured: 5_000 }, sealed: 6 });
    const [cut] = (await judge(items.slice(0, -1), number)).tracks;
    assert.equal(cut?.sealed, null, "without an end nobody can say");
  });

  it("[SR7] before its signed end lacks what the end counts", async () => {
    const report = await judge(spliced(5, 3), card);
    const [end] = offsetsOf(items).slice(5);
    assert.deepEqual(report.gaps, [{ track: 0, from: 3, to: 5, offset: end, after: 5_002 }]);
    const none = await judge(spliced(2, 6), card);
    assert.deepEqual([none.gaps, none.absent], [[], [{ track: 0, frames: 6 }]], "all of them");
  });

  it("[SR9] down to its head and its end is empty, and not guaranteed", async () => {
    const [head, epoch, end] = [items[0]!, items[1]!, items.at(-1)!];
    for (const list of [
      [head, end],
      [head, epoch, end],
    ])
      for (const known of [number, card]) {
        const report = await judge(list, known);
        assert.deepEqual([report.state, report.reasons], ["ST0", ["empty"]]);
        assert.deepEqual([report.frames, report.absent], [0, [{ track: 0, frames: 6 }]]);
      }
    assert.deepEqual((await judge([head, end])).reasons, ["camera-unknown", "empty"]);
    assert.deepEqual((await judge([head, epoch], card)).reasons, ["incomplete"]);
  });

  it("[SR7] of any width is one gap, counted and not walked through", async () => {
    const stream = await camera.begin(4);
    const [near, far] = [await stream.seal(0, tiny), await stream.seal(2 ** 50, tiny)];
    const report = await judge([stream.head, stream.epoch, near, far, await stream.end(2 ** 50 + 1)], card);
    assert.equal(report.state, "ST1");
    assert.deepEqual([report.missing, report.gapCount], [2 ** 50 - 1, 1]);
  });
});

const frame = items[4]!;
const offset = offsetsOf(items)[4]!;

/** What each change is called, at which offset, by everybody but those for whom it is something else. */
const changes: Record<string, [list: Uint8Array[], reason: string, at?: number]> = {
  "a frame twice": [spliced(5, 0, frame), "sequence", offset + frame.length],
  "two frames exchanged": [spliced(4, 2, items[5]!, frame), "sequence", offset + frame.length],
  "a bit of the cipher text": [spliced(4, 1, flipped(frame, frame.length - 1)), "tree"],
  "a bit of the leaf list": [spliced(4, 1, flipped(frame, frame.length - 1 - tinyLength - 2)), "tree"],
  "a frame of another camera": [spliced(4, 1, await stranger.seal(2, tiny)), "signature"],
  "a frame of an earlier stream": [spliced(4, 1, await earlier.seal(2, tiny)), "signature"],
  "a frame of the same number, signed by another key": [
    spliced(4, 1, await stranger.forge(frame, {})),
    "signature",
  ],
  "an announcement of another stream": [spliced(2, 0, earlier.epoch), "epoch", offsetsOf(items)[2]!],
  "an end of another stream": [spliced(8, 1, await earlier.end(6)), "signature", offsetsOf(items)[8]!],
  "an end of another camera": [spliced(8, 1, await stranger.end(6)), "signature", offsetsOf(items)[8]!],
  "an end that counts too few": [spliced(8, 1, await camera.end(5)), "sequence", offsetsOf(items)[8]!],
  "a frame behind the end": [[...items, await camera.seal(6, tiny)], "ended", fileOf(items).length],
  "a second recording behind it": [[...items, ...items], "ended", fileOf(items).length],
  "a torn item behind the end": [[...items, items[2]!.subarray(0, 9)], "ended", fileOf(items).length],
  "bytes behind the end that are no item": [
    [...items, new Uint8Array([0xff])],
    "ended",
    fileOf(items).length,
  ],
  "the head once more": [spliced(4, 0, camera.head), "splice"],
  "the head of an earlier stream": [spliced(4, 0, earlier.head), "splice"],
  "the head of another camera": [spliced(4, 0, stranger.head), "splice"],
  "an answer to a nonce": [spliced(4, 0, ...(await camera.fresh(2, randomBytes(32)))), "splice"],
  "no announcement": [spliced(1, 1), "no-key", offsetsOf(items)[1]!],
  "the announcement behind a frame": [spliced(1, 2, items[2]!, items[1]!), "no-key", offsetsOf(items)[1]!],
  "another type": [spliced(4, 1, new Uint8Array([0x82, 0x06, 0x01])), "malformed"],
  "no item at all": [spliced(4, 1, new Uint8Array([0x01])), "malformed"],
  "one field too many": [
    spliced(
      4,
      1,
      edited(frame, (fields) => fields.push(0)),
    ),
    "malformed",
  ],
  "a later version": [
    spliced(
      4,
      1,
      edited(frame, (fields) => {
        fields[1] = 2;
      }),
    ),
    "version",
  ],
  "a head by another key": [
    spliced(
      0,
      1,
      edited(items[0]!, (fields) => {
        fields[3] = (fields[3] as Uint8Array).map((byte, at) => (at === 72 ? byte ^ 1 : byte));
      }),
    ),
    "head",
    0,
  ],
  "no head": [items.slice(1), "head", 0],
};

describe("[SR4] [SR5] a recording that was changed", () => {
  for (const [name, [list, reason, at = offset]] of Object.entries(changes)) {
    it(`${name}: ${reason}, with its place`, async () => {
      for (const known of everyone) {
        const report = await judge(list, ...known);
        assert.equal(report.state, "ST0");
        assert.ok(report.reasons.includes(reason as never), report.reasons.join());
        const { offset: found, reason: told } = report.faults[0]!;
        assert.deepEqual([found, told], [at, reason]);
      }
    });
  }

  it("[SR5] one bad frame costs itself alone, and says what it claims to be", async () => {
    const report = await judge(spliced(4, 1, flipped(frame, frame.length - 1)), card);
    assert.deepEqual(report.faults, [
      { offset, reason: "tree", track: 0, sequence: 2, captured: 5_002, tiles: [0] },
    ]);
    assert.equal(report.frames, 5);
    assert.deepEqual(report.gaps, [
      { track: 0, from: 2, to: 2, offset: offset + frame.length, after: 5_001 },
    ]);
  });

  it("[SR5] [SF18] the changed tiles are named", async () => {
    const stream = await camera.begin(5);
    const [head, epoch, first, end] = await itemsOf(stream, 1, { shape: smallShape });
    // The very last byte is chroma of the last tile.
    const list = [head!, epoch!, flipped(first!, first!.length - 1), end!];
    assert.deepEqual((await judge(list, number)).faults[0]?.tiles, [8]);
  });

  it("[SR6] [SF14] what only who opens can see: another key, another tag, another wrap", async () => {
    const forged = async (changes: { commitment?: Uint8Array<ArrayBuffer>; tag?: Uint8Array<ArrayBuffer> }) =>
      spliced(4, 1, await camera.forge(frame, changes));
    const commitment = await forged({ commitment: randomBytes(32) });
    assert.deepEqual((await judge(commitment, card)).reasons, ["commitment"]);
    assert.equal((await judge(commitment, number)).state, "ST1", "the camera signed it so");
    assert.deepEqual((await judge(await forged({ tag: randomBytes(16) }), card)).reasons, ["tag"]);
    const locked = { ...card, identities: [stranger.identity] };
    assert.deepEqual((await judge(items, locked)).reasons, ["no-key"]);
    const strange = spliced(1, 1, await (await camera.begin(2)).announce(0, { content: randomBytes(40) }));
    assert.equal((await judge(strange, card)).state, "ST0");
  });

  it("[SR6] of an epoch whose wrap does not open no frame passes", async () => {
    const locked = await judge(items, { ...card, identities: [stranger.identity] });
    assert.deepEqual([locked.frames, locked.faultCount, locked.reasons], [0, 7, ["no-key"]]);
  });

  it("[SR6] an epoch announced anew opens with the newer secret", async () => {
    const stream = await camera.begin(8);
    const list = [stream.head, stream.epoch, await stream.seal(0, tiny), await stream.announce(0)];
    list.push(await stream.seal(1, tiny), await stream.end(2));
    assert.equal((await judge(list, card)).state, "ST1");
  });

  it("[SR4] without a head that is said once, and nothing of what follows", async () => {
    const report = await judge(items.slice(1), card);
    assert.deepEqual(report.faults, [{ offset: 0, reason: "head" }]);
    assert.deepEqual([report.faultCount, report.frames, report.camera], [1, 0, null]);
  });

  it("[SR6] keeps the last 16 epochs", async () => {
    const stream = await camera.begin(6);
    const announcements = await Promise.all(Array.from({ length: 16 }, (_, at) => stream.announce(at + 1)));
    const list = (epoch: number) => async () =>
      judge(
        [
          stream.head,
          stream.epoch,
          ...announcements,
          await stream.seal(0, { ...tiny, epoch }),
          await stream.end(1),
        ],
        card,
      );
    assert.equal((await list(1)()).state, "ST1");
    assert.deepEqual((await list(0)()).reasons, ["no-key"]);
  });

  it("[SF19] [SR7] each track has its own order, its own gaps, and its own count in the end", async () => {
    const stream = await camera.begin(7);
    const line = (sequence: number) =>
      stream.sealAs({ kind: "text", epoch: 0, track: 5, sequence, captured: 7_000 + sequence }, utf8("é"));
    const items = [stream.head, stream.epoch, await line(3), await stream.seal(0, tiny), await line(5)];
    const counts = new Map([
      [0, 2],
      [3, 9],
      [5, 7],
    ]);
    const whole = await judge([...items, await stream.end(counts)], card);
    assert.deepEqual([whole.state, whole.frames, whole.missing], ["ST1", 3, 3]);
    assert.deepEqual(whole.good, { pictures: 1, sounds: 0, texts: 2 });
    assert.deepEqual(
      whole.gaps.map(({ track, from, to }) => [track, from, to]),
      [
        [5, 4, 4],
        [0, 1, 1],
        [5, 6, 6],
      ],
    );
    assert.deepEqual(whole.absent, [{ track: 3, frames: 9 }]);
    assert.deepEqual(whole.tracks, [
      { track: 0, frames: 1, first: { sequence: 0, captured: 5_000 }, sealed: 2 },
      { track: 5, frames: 2, first: { sequence: 3, captured: 7_003 }, sealed: 7 },
    ]);
    assert.deepEqual((await judge([...items, await line(5)], card)).reasons, ["sequence", "incomplete"]);
    const short = new Map([
      [0, 1],
      [5, 5],
    ]);
    assert.deepEqual((await judge([...items, await stream.end(short)], card)).reasons, ["sequence"]);
  });

  it("[SR5] faults beyond a thousand are counted", async () => {
    const report = await judge([...items, ...Array.from({ length: 1_500 }, () => camera.head)], card);
    assert.deepEqual([report.faultCount, report.faults.length], [1_500, 1_000]);
  });
});

describe("reasons of recordings", () => {
  it("are the same in FORMAT.md and in recording-report.ts, and none is a picture's", () => {
    const format = readFileSync(new URL("../../src/seal/FORMAT.md", import.meta.url), "utf8");
    const table = format.slice(format.indexOf("## Recordings"), format.indexOf("## Reasons for ST0"));
    const rows = [...table.matchAll(/^\| `([a-z0-9-]+)` \| (.+) \|$/gm)].map(([, code]) => code);
    assert.deepEqual(rows, [...recordingReasons, ...mp4Reasons]);
    assert.ok(rows.every((code) => !reasons.includes(code as never)));
  });
});
