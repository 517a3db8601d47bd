import assert from "node:assert/strict";
import { createDecipheriv } from "node:crypto";
import { describe, it } from "node:test";
import { disclose } from "../../src/apparatus/disclose.ts";
import { type Bytes, encodeCbor, Fault } from "../../src/base/index.ts";
import { numberText } from "../../src/keys/index.ts";
import { associatedData } from "../../src/seal/frame.ts";
import {
  type CodedFields,
  checkHead,
  decodeFrame,
  decodeFrameKeys,
  isDisclosed,
  openWithKey,
  readRecording,
  writeDisclosed,
} from "../../src/seal/index.ts";
import {
  type DisclosedReport,
  judgeDisclosed,
  judgeRecording,
  type KnownCamera,
} from "../../src/verify/index.ts";
import { edited, flipped } from "../seal/bytes.ts";
import {
  colorSpace,
  makeCamera,
  makeSensor,
  pixelsOf,
  receive,
  type TestStream,
  tinyShape,
} from "../seal/camera.ts";
import { opened } from "../seal/pictures.ts";
import { fileOf, offsetsOf, sourceOf } from "../seal/recordings.ts";

const camera = await makeCamera();
const card: KnownCamera = { number: camera.number, identities: [camera.identity] };
const number: KnownCamera = { number: camera.number, identities: null };

/** What a coded frame of the tests holds: never the same twice. */
const bytesOf = (track: number, sequence: number): Bytes =>
  Uint8Array.from({ length: 200 + 10 * sequence }, (_, at) => (at * 7 + sequence * 31 + track * 101) & 127);

/** A stream with something of each kind: video with two key frames and an image among the deltas, sound, text, a raw picture. */
const record = async (stream: TestStream) => {
  const seal = (fields: CodedFields): Promise<Bytes> =>
    stream.sealAs(fields, bytesOf(fields.track, fields.sequence));
  const at = (track: number, sequence: number) => ({
    epoch: 0,
    track,
    sequence,
    captured: 5000 + 33 * sequence,
  });
  const key = (sequence: number): Promise<Bytes> =>
    seal({ kind: "key", ...at(1, sequence), codec: "vp8", width: 64, height: 36, colorSpace });
  const delta = (sequence: number, after: number): Promise<Bytes> =>
    seal({ kind: "delta", ...at(1, sequence), after });
  const image = { type: "image/jpeg", width: 64, height: 36 } as const;
  const items: Bytes[] = [
    ...[stream.head, stream.epoch, await key(0), await delta(1, 1)],
    await seal({ kind: "sound", ...at(4, 0), channels: 1, packets: 5 }),
    await seal({ kind: "image", ...at(1, 2), ...image }),
    ...[await delta(3, 3), await delta(4, 4), await key(5), await delta(6, 1)],
    await seal({ kind: "text", ...at(5, 0) }),
    await stream.seal(0, { shape: tinyShape }),
    await stream.end(new Map([...([0, 4, 5] as const).map((track): [number, number] => [track, 1]), [1, 7]])),
  ];
  return items;
};
const items = await record(camera);
const head = await checkHead(camera.head);

const discloses = async (
  track: number,
  sequence: number,
  list: readonly Uint8Array[] = items,
  known: KnownCamera = card,
): Promise<Bytes> =>
  disclose(sourceOf(fileOf(list)), { known: [known], sensor: await makeSensor() }, { track, sequence });

/** The verdict, and what was shown. */
const judge = async (file: Uint8Array, known: readonly KnownCamera[] = [number]) => {
  const shown: { sequence: number; bytes: Bytes }[] = [];
  const sensor = await makeSensor();
  const report = await judgeDisclosed(sourceOf(file), {
    ...{ known, sensor },
    onframe: (frame, bytes) =>
      void shown.push({ sequence: frame.fields.sequence, bytes: bytes ?? opened(sensor, frame) }),
  });
  return { report, shown };
};

/** A file's items, and the keys in the last one. */
const taken = async (file: Uint8Array): Promise<{ frames: Bytes[]; keys: Bytes[]; last: Bytes }> => {
  const all: Bytes[] = [];
  for await (const recorded of readRecording(sourceOf(file)))
    if (recorded.kind === "item") all.push(recorded.item.slice());
  const last = all.at(-1) as Bytes;
  return { frames: all.slice(1, -1), keys: decodeFrameKeys(last), last };
};

const isFault = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

/** ST0 for exactly this reason, and nothing was shown. */
const refuses = async (file: Uint8Array, reason: string, what: string): Promise<DisclosedReport> => {
  const { report, shown } = await judge(file);
  assert.deepEqual([report.state, report.reasons, shown], ["ST0", [reason], []], what);
  assert.equal(report.frames, 0, what);
  return report;
};

const run = await discloses(1, 4);
const parts = await taken(run);

describe("a disclosed picture", () => {
  it("[SD1] [SD6] is ST1 for who has the number, and says which, when and what", async () => {
    const { report, shown } = await judge(run);
    assert.deepEqual(report, {
      ...{ kind: "disclosed", state: "ST1", reasons: [], camera: numberText(camera.number) },
      ...{
        picture: { what: "delta", track: 1, sequence: 4, captured: 5132 },
        frames: 5,
        gaps: [],
        readable: true,
      },
    });
    assert.deepEqual(
      shown,
      [0, 1, 2, 3, 4].map((sequence) => ({ sequence, bytes: bytesOf(1, sequence) })),
    );
  });

  it("[SD6] is camera-unknown for who has no number, and number for who has another; then nothing is shown", async () => {
    const unknown = await judge(run, []);
    assert.deepEqual([unknown.report.state, unknown.report.reasons], ["ST0", ["camera-unknown"]]);
    assert.equal(unknown.report.camera, numberText(camera.number), "the one to compare");
    assert.equal(unknown.shown.length, 5);
    const other = await judge(run, [{ number: flipped(camera.number, 31), identities: null }]);
    assert.deepEqual([other.report.state, other.report.reasons, other.shown], ["ST0", ["number"], []]);
  });

  it("[SD2] is one frame of whatever stands alone, and of coded video its run", async () => {
    for (const [track, sequence, kind, frames] of [
      [1, 0, "key", 1],
      [1, 1, "delta", 2],
      [1, 2, "image", 1],
      [1, 6, "delta", 2],
      [4, 0, "sound", 1],
      [5, 0, "text", 1],
      [0, 0, "raw", 1],
    ] as const) {
      const { report, shown } = await judge(await discloses(track, sequence));
      assert.deepEqual([report.state, report.picture?.what, report.frames], ["ST1", kind, frames], kind);
      assert.equal(report.picture?.sequence, sequence);
      const expected = kind === "raw" ? pixelsOf(tinyShape, 0) : bytesOf(track, sequence);
      assert.deepEqual(shown.at(-1)?.bytes, expected, kind);
    }
  });

  it("[SD7] is told from a recording, whole or not", async () => {
    assert.equal(await isDisclosed(sourceOf(run)), true);
    assert.equal(await isDisclosed(sourceOf(fileOf([run, items[3]!]))), true, "with something behind it");
    for (const [what, file] of [
      ["a recording", fileOf(items)],
      ["one without its announcement", fileOf(items.toSpliced(1, 1))],
      ["one that was cut", fileOf(items.slice(0, 4))],
      ["one with keys behind it", fileOf([...items.slice(0, -1), parts.last])],
      ["nothing", new Uint8Array(0)],
      ["a text", new TextEncoder().encode("no film")],
    ] as const)
      assert.equal(await isDisclosed(sourceOf(file)), false, what);
  });

  it("[SD3] opens with another implementation of the cipher, given its key", async () => {
    const [frame, key] = [decodeFrame(parts.frames[4]!), parts.keys[4]!];
    const decipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: 16 });
    decipher.setAAD(associatedData(head.hash, frame.fields), { plaintextLength: frame.cipher.length });
    decipher.setAuthTag(frame.tag);
    const plain = Buffer.concat([decipher.update(frame.cipher), decipher.final()]);
    assert.deepEqual(new Uint8Array(plain), bytesOf(1, 4));
  });
});

describe("whoever gets a disclosed picture", () => {
  it("[SD3] can open no other frame with its keys: not the next, not one of another track, not one that shares its sequence", async () => {
    const others = items
      .slice(2, -1)
      .filter((item) => !parts.frames.some((own) => Buffer.compare(own, item) === 0));
    assert.equal(others.length, 5);
    for (const item of others)
      for (const key of parts.keys) {
        const frame = decodeFrame(item);
        const sensor = await makeSensor();
        receive(sensor, frame);
        assert.equal(openWithKey(sensor, head.hash, frame, key), "commitment");
        const decipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), {
          authTagLength: 16,
        });
        const ad = associatedData(head.hash, frame.fields);
        decipher.setAAD(ad, { plaintextLength: frame.cipher.length }).setAuthTag(frame.tag);
        decipher.update(frame.cipher);
        assert.throws(() => decipher.final(), "although nobody compared a commitment");
      }
  });

  it("[SD1] gets no announcement, no wrap and no key but those of its frames", async () => {
    assert.deepEqual(
      parts.frames,
      [2, 3, 5, 6, 7].map((at) => items[at]),
    );
    assert.equal(run.length, camera.head.length + fileOf(parts.frames).length + parts.last.length);
    assert.equal(Buffer.from(run).indexOf("age-encryption.org"), -1);
    assert.equal(Buffer.from(run).indexOf(camera.keys.get(0)!), -1);
    assert.equal(
      Buffer.from(run).indexOf(parts.keys[0]!),
      run.length - parts.last.length + 6,
      "they are found so",
    );
    assert.equal(new Set(parts.keys.map((key) => Buffer.from(key).toString("hex"))).size, 5);
  });

  it("[SD1] has no recording of it: not even the card opens it as one", async () => {
    const report = await judgeRecording(sourceOf(run), { known: [card], sensor: await makeSensor() });
    assert.equal(report.state, "ST0");
    assert.deepEqual(report.reasons, ["no-key", "malformed", "incomplete"]);
  });
});

describe("a disclosed picture that was changed", () => {
  const { frames, keys } = parts;
  const file = (...list: Uint8Array[]): Bytes => fileOf([camera.head, ...list]);
  const keyed = (...list: Uint8Array[]): Bytes => encodeCbor([6, 1, list]);
  const rebuilt = (list: readonly Uint8Array[], its: readonly Uint8Array[]): Bytes =>
    writeDisclosed(camera.head, list, its);

  it("[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none", async () => {
    const own = await taken(await discloses(1, 6));
    await refuses(rebuilt(frames, keys.with(0, keys[1]!).with(1, keys[0]!)), "commitment", "exchanged");
    await refuses(rebuilt(frames, keys.with(4, own.keys[1]!)), "commitment", "another frame's");
    await refuses(rebuilt(frames, keys.with(4, flipped(keys[4]!, 31, 7))), "commitment", "one bit");
    await refuses(file(...frames, keyed(...keys.slice(1))), "no-key", "one too few");
    await refuses(file(...frames, keyed(...keys, keys[0]!)), "no-key", "one too many");
    await refuses(file(...frames, keyed()), "malformed", "none");
    await refuses(file(...frames, keyed(...keys.slice(1), keys[0]!.subarray(1))), "malformed", "a short one");
    await refuses(file(...frames, encodeCbor([6, 2, keys])), "version", "of another version");
    await refuses(file(...frames, encodeCbor([6, 1, [[...keys]]])), "malformed", "nested");
    const many = Array.from({ length: 601 }, () => keys[0]!);
    await refuses(file(...frames, keyed(...many)), "malformed", "601");
  });

  it("[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice, another track's, another key frame's", async () => {
    const without = (at: number): Bytes => rebuilt(frames.toSpliced(at, 1), keys.toSpliced(at, 1));
    for (const at of [0, 1, 2, 3]) await refuses(without(at), "sequence", `without ${at}`);
    const order = [1, 0, 2, 3, 4];
    await refuses(
      rebuilt(
        order.map((at) => frames[at]!),
        order.map((at) => keys[at]!),
      ),
      "sequence",
      "another order",
    );
    await refuses(rebuilt([...frames, frames[4]!], [...keys, keys[4]!]), "sequence", "a frame twice");
    await refuses(rebuilt(frames.slice(0, 3), keys.slice(0, 3)), "sequence", "an image at its end");
    const later = await taken(await discloses(1, 6));
    await refuses(
      rebuilt([...frames, ...later.frames], [...keys, ...later.keys]),
      "sequence",
      "the next run behind it",
    );
    await refuses(
      rebuilt([...frames.slice(0, 1), later.frames[1]!], [keys[0]!, later.keys[1]!]),
      "sequence",
      "a delta of another key frame",
    );
    const sound = await taken(await discloses(4, 0));
    await refuses(
      rebuilt([frames[0]!, sound.frames[0]!], [keys[0]!, sound.keys[0]!]),
      "sequence",
      "another track",
    );
    await refuses(rebuilt([frames[4]!], [keys[4]!]), "sequence", "a delta alone");
    // What only a camera that lies can sign.
    const sealed = async (fields: CodedFields): Promise<[Bytes, Bytes]> => {
      const item = await camera.sealAs(fields, bytesOf(1, 1));
      const sensor = await makeSensor();
      sensor.setEpochKey(camera.keys.get(fields.epoch)!);
      return [item, sensor.frameKey(fields, decodeFrame(item).commitment)!];
    };
    const delta = { kind: "delta", epoch: 0, track: 1, captured: 6000 } as const;
    const image = await taken(await discloses(1, 2));
    for (const [what, before, fields] of [
      ["on an image", image, { ...delta, sequence: 3, after: 1 }],
      ["of another track", await taken(await discloses(1, 0)), { ...delta, track: 2, sequence: 1, after: 1 }],
      ["on another key frame", await taken(await discloses(1, 5)), { ...delta, sequence: 6, after: 2 }],
    ] as const) {
      const [item, key] = await sealed(fields);
      await refuses(rebuilt([...before.frames, item], [...before.keys, key]), "sequence", `a delta ${what}`);
    }
    // [SF32]
    await camera.announce(1);
    const at = { track: 1, captured: 6000, codec: "vp8", width: 64, height: 36, colorSpace } as const;
    const across = async (first: number, second: number): Promise<Bytes> => {
      const [start, startKey] = await sealed({ kind: "key", ...at, epoch: first, sequence: 0 });
      const [next, nextKey] = await sealed({ ...delta, epoch: second, sequence: 1, after: 1 });
      return rebuilt([start, next], [startKey, nextKey]);
    };
    assert.equal((await judge(await across(0, 1))).report.state, "ST1");
    await refuses(await across(1, 0), "sequence", "an epoch that was left");
    // A shorter run is one: whoever holds the longer one holds it, too.
    const shorter = await judge(rebuilt(frames.slice(0, 2), keys.slice(0, 2)));
    assert.deepEqual([shorter.report.state, shorter.report.picture?.sequence], ["ST1", 1]);
  });

  it("[SD4] by a frame of another stream of this camera, of another camera, or under another's head", async () => {
    const stream = await camera.begin(2);
    const theirs = await record(stream);
    const other = await taken(await discloses(1, 4, theirs));
    await refuses(
      rebuilt(frames.with(4, other.frames[4]!), keys.with(4, other.keys[4]!)),
      "signature",
      "a frame",
    );
    await refuses(writeDisclosed(stream.head, frames, keys), "signature", "under a later head");
    const stranger = await makeCamera();
    const { report, shown } = await judge(writeDisclosed(stranger.head, frames, keys));
    assert.deepEqual([report.reasons, shown], [["number", "signature"], []]);
    await refuses(
      writeDisclosed(flipped(camera.head, camera.head.length - 1), frames, keys),
      "head",
      "a head",
    );
  });

  it("[SD4] by its cipher text, its tag or any signed field", async () => {
    const last = frames[4]!;
    await refuses(rebuilt(frames.with(4, flipped(last, last.length - 1)), keys), "signature", "cipher");
    const names = {
      2: "track",
      3: "sequence",
      4: "epoch",
      5: "captured",
      9: "tag",
      10: "commitment",
      11: "envelope",
    };
    for (const [at, name] of Object.entries(names)) {
      const changed = edited(last, (fields) => {
        const value = fields[Number(at)];
        fields[Number(at)] = value instanceof Uint8Array ? flipped(value, 0) : (value as number) + 1;
      });
      await refuses(rebuilt(frames.with(4, changed), keys), "signature", name);
    }
    const closer = edited(last, (fields) => {
      fields[7] = 3;
    });
    await refuses(rebuilt(frames.with(4, closer), keys), "signature", "after");
    const raw = await discloses(0, 0);
    const { last: rawKeys } = await taken(raw);
    await refuses(flipped(raw, raw.length - rawKeys.length - 1), "tree", "a pixel of a raw picture");
  });

  it("[SD4] [SF14] by a camera that signs another commitment or tag than its own: nothing is shown", async () => {
    const last = frames[4]!;
    const { commitment, tag } = decodeFrame(last);
    const lies = await camera.forge(last, { commitment: flipped(commitment, 0) });
    await refuses(rebuilt(frames.with(4, lies), keys), "commitment", "commitment");
    await refuses(
      rebuilt(frames.with(4, await camera.forge(last, { tag: flipped(tag, 0) })), keys),
      "tag",
      "tag",
    );
  });

  it("[SD5] by an item too many, or by the keys in another place", async () => {
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    for (const [what, item] of [
      ["announcement", camera.epoch],
      ["head", camera.head],
      ["end", items.at(-1)!],
      ["answer", (await camera.fresh(1, nonce))[0]!],
    ] as const) {
      await refuses(file(item, ...frames, parts.last), "splice", `${what} in front`);
      await refuses(file(...frames, item, parts.last), "splice", `${what} behind`);
      await refuses(file(...frames, parts.last, item), "ended", `${what} behind the keys`);
    }
    await refuses(file(...frames, encodeCbor([7, 1, 0]), parts.last), "malformed", "an item of no type");
    await refuses(file(...frames, parts.last, parts.last), "ended", "the keys twice");
    await refuses(file(parts.last, ...frames), "ended", "the keys first");
    await refuses(fileOf([...frames, parts.last]), "head", "no head");
    await refuses(file(parts.last), "sequence", "no frame");
    await refuses(new Uint8Array(0), "head", "nothing");
  });

  it("[SD4] [SF28] by a camera that signs as text what is none", async () => {
    const line = { kind: "text", epoch: 0, track: 5, sequence: 9, captured: 6000 } as const;
    const item = await camera.sealAs(line, new Uint8Array([0xff, 0xfe]));
    const sensor = await makeSensor();
    sensor.setEpochKey(camera.keys.get(0)!);
    const key = sensor.frameKey(line, decodeFrame(item).commitment)!;
    await refuses(rebuilt([item], [key]), "malformed", "no UTF-8");
  });

  it("[SD5] by bytes that no item begins with", async () => {
    await refuses(file(...frames, new Uint8Array([0xff, 0xff, 0xff]), parts.last), "malformed", "in front");
    await refuses(fileOf([run, new Uint8Array([0xff])]), "ended", "behind the keys");
  });

  it("[SD5] by a cut at any byte: incomplete, and nothing is shown", async () => {
    const inHead = camera.head.length;
    for (let length = inHead; length < run.length; length += 37)
      await refuses(run.slice(0, length), "incomplete", `cut at ${length}`);
    for (const length of [1, 50, inHead - 1]) await refuses(run.slice(0, length), "head", `cut at ${length}`);
    await refuses(fileOf([run, new Uint8Array([0x84])]), "ended", "a byte behind it");
  });

  it("[SD4] by any bit: never guaranteed, and nothing is shown", async () => {
    for (let at = 0; at < run.length; at += 29) {
      const { report, shown } = await judge(flipped(run, at, at % 8));
      assert.equal(report.state, "ST0", `byte ${at}`);
      assert.deepEqual(shown, [], `byte ${at}`);
    }
  });

  it("[SD1] by more than it may hold: it is refused before it is read", async () => {
    const huge = { size: 64 * 1024 * 1024 + 1, read: sourceOf(run).read };
    const report = await judgeDisclosed(huge, { known: [number], sensor: await makeSensor() });
    assert.deepEqual(report.reasons, ["malformed"]);
    const many = Array.from({ length: 601 }, () => frames[0]!);
    await refuses(file(...many, parts.last), "malformed", "601 frames");
    assert.throws(() => writeDisclosed(camera.head, many, Array(601).fill(keys[0])), RangeError);
  });
});

describe("disclosing", () => {
  it("[SD2] is refused of a frame that is not there, and of one that builds on what is missing or damaged", async () => {
    await assert.rejects(discloses(1, 7), isFault("frame-none"));
    await assert.rejects(discloses(2, 0), isFault("frame-none"));
    const damaged = items.with(3, flipped(items[3]!, items[3]!.length - 1));
    for (const list of [damaged, items.toSpliced(3, 1), items.toSpliced(2, 1)])
      await assert.rejects(discloses(1, 4, list), isFault("frame-unproven"));
    assert.equal((await judge(await discloses(1, 6, damaged))).report.state, "ST1", "the next run is whole");
  });

  it("[SD3] needs the keys: a number, another card and an announcement that is missing open nothing", async () => {
    const other = await makeCamera();
    await assert.rejects(discloses(1, 4, items, number), isFault("recording-closed"));
    await assert.rejects(
      discloses(1, 4, items, { number: camera.number, identities: [other.identity] }),
      isFault("recording-closed"),
    );
    await assert.rejects(
      discloses(1, 4, items, { number: other.number, identities: [camera.identity] }),
      isFault("recording-closed"),
    );
    await assert.rejects(discloses(1, 4, items.toSpliced(1, 1)), isFault("recording-closed"));
  });

  it("reads from a recording what it needs, and not the rest", async () => {
    const file = fileOf(items);
    let asked = 0;
    const source = {
      size: file.length,
      read: async (offset: number, length: number) => {
        asked = Math.max(asked, offset);
        return file.subarray(offset, offset + length);
      },
    };
    await disclose(source, { known: [card], sensor: await makeSensor() }, { track: 1, sequence: 1 });
    assert.ok(asked <= offsetsOf(items)[4]!);
  });
});
