import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Bytes, concat } from "../../src/base/index.ts";
import {
  announcedBefore,
  completeIndex,
  entryInterval,
  findEntry,
  holdsEntry,
  IndexWriter,
  indexSpan,
  type RecordingIndex,
  readIndex,
  readRecording,
  recordLength,
  skimRecording,
} from "../../src/seal/index.ts";
import { makeCamera, tinyShape } from "./camera.ts";
import { type CodedChoices, codedFrame } from "./coded-items.ts";
import { fileOf, offsetsOf, sourceOf } from "./recordings.ts";

const camera = await makeCamera();
const { head, epoch } = camera;
const second = await camera.announce(1);

const all = async <T>(steps: AsyncIterable<T>): Promise<T[]> => {
  const taken: T[] = [];
  for await (const one of steps) taken.push(one);
  return taken;
};

/** As a recorder writes it. */
const written = (items: readonly Bytes[]): Bytes => {
  const parts: Bytes[] = [];
  const writer = new IndexWriter((bytes) => parts.push(bytes.slice()));
  let at = 0;
  for (const item of items) {
    writer.take(at, at + item.length, item);
    at += item.length;
  }
  writer.close();
  return concat(...parts);
};
const read = (bytes: Uint8Array): RecordingIndex => {
  const index = readIndex(bytes);
  assert.ok(index);
  return index;
};
/** All but the number of its bytes: two indexes of one recording may differ in how often they say how far they reach. */
const said = ({ length: _, ...index }: RecordingIndex) => index;
const rebuilt = async (file: Uint8Array): Promise<RecordingIndex | null> =>
  (await completeIndex(sourceOf(file), new Uint8Array(0))).index;

/** Two seconds of two coded tracks, sound, text, a raw still; a second epoch in the middle. */
const mixed = (): Bytes[] => {
  const items: Bytes[] = [head, epoch];
  for (let at = 0; at < 60; at += 1) {
    const captured = 10_000 + at * 33;
    items.push(
      codedFrame({
        track: 1,
        sequence: at,
        captured,
        kind: at % 20 === 0 ? 1 : 2,
        length: at % 20 ? 90 : 700,
      }),
    );
    if (at % 2 === 0)
      items.push(codedFrame({ track: 2, sequence: at / 2, captured, kind: at % 30 === 0 ? 1 : 2 }));
    if (at % 15 === 0)
      items.push(codedFrame({ track: 4, sequence: at / 15, captured: captured - 480, kind: 3 }));
    if (at === 30) items.push(second, codedFrame({ track: 5, sequence: 0, captured, kind: 4 }));
    if (at === 31) items.push(codedFrame({ track: 1, sequence: 1_000, captured, kind: 5 }));
  }
  return items;
};
const items = mixed();
const file = fileOf(items);
const index = written(items);

describe("an index", () => {
  it("lists what can be shown alone, at most one a track and half a second, and announcements", () => {
    const { entries, epochs, reached, from, to } = read(index);
    const offsets = offsetsOf(items);
    assert.deepEqual(epochs, [offsets[1], offsets[items.indexOf(second)]]);
    const of = (track: number) => entries.filter((entry) => entry.track === track);
    assert.deepEqual(
      of(1).map(({ sequence }) => sequence),
      [0, 20, 40],
    );
    assert.deepEqual(
      of(2).map(({ captured }) => captured),
      [10_000, 10_990],
    );
    assert.deepEqual(
      of(4).map(({ sequence }) => sequence),
      [0, 2],
    );
    assert.deepEqual(of(5).length, 1);
    assert.deepEqual([reached, from, to], [file.length, 10_000, 10_000 + 59 * 33]);
    for (const entry of entries) assert.ok(offsets.includes(entry.offset));
  });

  it("of a sealed recording with raw frames leads to frames that the reader finds there", async () => {
    const sealed: Bytes[] = [head, epoch];
    for (let at = 0; at < 8; at += 1)
      sealed.push(await camera.seal(at, { shape: tinyShape, captured: 5_000 + at * 200 }));
    sealed.push(await camera.end(8));
    const { entries } = read(written(sealed));
    assert.deepEqual(
      entries.map(({ sequence }) => sequence),
      [0, 3, 6],
    );
    const source = sourceOf(fileOf(sealed));
    for (const entry of entries) {
      const [first] = await all(readRecording(source, entry.offset));
      assert.ok(first?.kind === "item" && first.offset === entry.offset);
      assert.deepEqual(first.item, new Uint8Array(sealed[entry.sequence + 2]!));
      assert.ok(await holdsEntry(source, entry));
    }
  });

  it("is the same when it is made from the file", async () => {
    assert.deepEqual(await rebuilt(file), read(index));
  });

  it("cut anywhere, beside a recording cut anywhere, is made whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length), fc.nat(index.length), async (cut, indexed) => {
        const part = file.subarray(0, cut);
        const { index: completed, bytes } = await completeIndex(sourceOf(part), index.subarray(0, indexed));
        const expected = await rebuilt(part);
        assert.deepEqual(completed && said(completed), expected && said(expected));
        if (!completed) return;
        const kept = bytes ?? index.subarray(0, indexed);
        const again = await completeIndex(sourceOf(part), kept);
        assert.equal(again.bytes, null, "what lies beside it now is enough");
      }),
      { numRuns: 400 },
    );
  });

  it("goes on behind a mark when the recording has grown", async () => {
    const half = fileOf(items.slice(0, 60));
    const { bytes } = await completeIndex(sourceOf(half), new Uint8Array(0));
    const { index: completed } = await completeIndex(sourceOf(file), bytes!);
    assert.deepEqual(said(completed!), said(read(index)));
  });

  it("of another recording, or of nothing, is made anew", async () => {
    const other = await makeCamera();
    const foreign = written([other.head, ...items.slice(1)]);
    const later = written([head, epoch, ...items.slice(40)]);
    const zeros = new Uint8Array(index.length);
    for (const known of [foreign, later, zeros, file.subarray(0, 500)]) {
      const { index: completed, bytes } = await completeIndex(sourceOf(file), known);
      assert.deepEqual(completed, read(index));
      assert.deepEqual(bytes, index);
    }
  });

  it("whose records are in another order, or come twice, is made anew", async () => {
    const record = (at: number) => index.subarray(at * recordLength, (at + 1) * recordLength);
    const rest = (at: number) => index.subarray(at * recordLength);
    const swapped = concat(record(0), record(1), record(3), record(2), rest(4));
    const twice = concat(record(0), record(1), record(1), rest(2));
    for (const known of [swapped, twice]) {
      const { bytes } = await completeIndex(sourceOf(file), known);
      assert.deepEqual(bytes, index);
    }
  });

  it("that holds zeros behind its last record, as a power cut may leave, goes on from there", async () => {
    const torn = concat(index.subarray(0, 5 * recordLength), new Uint8Array(70));
    const { index: completed, bytes } = await completeIndex(sourceOf(file), torn);
    assert.deepEqual(completed, read(index));
    assert.deepEqual(bytes, index);
  });

  it("that lies is seen where it leads, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(index.length - 1), fc.integer({ min: 1, max: 255 }), async (at, turned) => {
        const lie = index.slice();
        lie[at]! ^= turned;
        const { index: completed } = await completeIndex(sourceOf(file), lie);
        for (const entry of completed?.entries ?? []) {
          const isTrue = read(index).entries.some((one) => JSON.stringify(one) === JSON.stringify(entry));
          // At a true offset with true words: another frame that stands alone, which the index had left out.
          const isThere = await holdsEntry(sourceOf(file), entry);
          if (!isTrue && isThere) assert.ok(offsetsOf(items).includes(entry.offset));
          if (isTrue) assert.ok(isThere);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("is compared with the file in all that it says of an entry", async () => {
    const [first] = read(index).entries;
    const source = sourceOf(file);
    assert.ok(first && (await holdsEntry(source, first)));
    for (const lie of [
      { track: 2 },
      { sequence: 1 },
      { captured: 9 },
      { offset: first.offset + 1 },
      { offset: 0 },
    ])
      assert.equal(await holdsEntry(source, { ...first, ...lie }), false, JSON.stringify(lie));
    const delta = { offset: offsetsOf(items)[6]!, track: 1, sequence: 1, captured: 10_033 };
    assert.equal(await holdsEntry(source, delta), false, "it cannot be shown alone");
  });

  it("says of a recording when it begins and ends, by its first kilobyte and its last record", async () => {
    const span = { from: 10_000, to: 10_000 + 59 * 33 };
    assert.deepEqual(indexSpan(index.subarray(0, 1024), index.subarray(-recordLength)), span);
    assert.equal(indexSpan(index.subarray(0, 2 * recordLength), index.subarray(-recordLength)), null);
    assert.equal(indexSpan(index.subarray(0, 1024), new Uint8Array(recordLength)), null);
  });

  it("whose entries go back and that does not say so is none, nor one that says so without end", () => {
    const [beginning, entry] = [index.subarray(0, recordLength), new Uint8Array(recordLength)];
    // Of track 1, at `offset` and with `sequence`, both below 256.
    const record = (what: number, offset: number, sequence: number): Bytes => {
      const one = entry.slice();
      one.set([what, 1]);
      one[6] = offset >> 8;
      one[7] = offset & 255;
      one[23] = sequence;
      return one;
    };
    const [high, low, back] = [record(1, 4_100, 9), record(1, 4_200, 3), record(4, 4_200, 10)];
    assert.equal(readIndex(concat(beginning, high, low)), null);
    assert.deepEqual(readIndex(concat(beginning, high, back, low))?.backs, [
      { offset: 4_200, track: 1, below: 10 },
    ]);
    assert.ok(readIndex(concat(beginning, ...Array(4096).fill(back))));
    assert.equal(readIndex(concat(beginning, ...Array(4097).fill(back))), null);
  });

  it("is none of a file that begins with no head", async () => {
    for (const bytes of [file.subarray(head.length), new Uint8Array(0), new Uint8Array(300)])
      assert.equal(await rebuilt(bytes), null);
  });
});

describe("the index of a file that was made to be hard to list", () => {
  const headOfTen = Uint8Array.from([0x84, 1, 1, 0x4a, ...Array(10).fill(0), 0x49, ...Array(9).fill(0)]);
  const repeated = (count: number, item: (at: number) => number[]): Bytes => {
    const { length } = item(0);
    const bytes = new Uint8Array(headOfTen.length + count * length);
    bytes.set(headOfTen);
    for (let at = 0; at < count; at += 1) bytes.set(item(at), headOfTen.length + at * length);
    return bytes;
  };
  /** A frame of ten bytes, whose clock leaps. */
  const leap = (at: number): number[] => [0x87, 3, 1, 0, 0, 0, 0x19, 0x10 + (at & 1) * 0x40, 0, 0];
  /** The entries that are taken wherever they lie. */
  const most = 131_072;

  it("of 200,000 frames whose clock leaps is made, and read again", async () => {
    const hard = repeated(200_000, leap);
    const { index: made, bytes } = await completeIndex(sourceOf(hard), new Uint8Array(0));
    assert.ok(made && made.entries.length >= most);
    assert.equal(made.reached, hard.length);
    assert.deepEqual(read(bytes!), made);
  });

  it("lists ever fewer of them: a longer file has hardly more entries", async () => {
    let entries = 0;
    const writer = new IndexWriter((bytes) => {
      entries += bytes[0] === 1 ? 1 : 0;
    });
    writer.take(0, headOfTen.length, headOfTen);
    const until: number[] = [];
    for (let at = 0; at < 1_600_000; at += 1) {
      const offset = headOfTen.length + 10 * at;
      writer.take(offset, offset + 10, Uint8Array.from(leap(at)));
      if ([100_000, 400_000, 800_000, 1_600_000].includes(at + 1)) until.push(entries);
    }
    const [few, one, two, four] = until as [number, number, number, number];
    assert.equal(few, 100_000, "all of them");
    assert.ok(one < 2.2 * most && two - one < most && four - two < most, `${until}`);
  });

  it("lists of 200,000 announcements without a frame those that who enters behind them may need", async () => {
    const { index: made, bytes } = await completeIndex(
      sourceOf(repeated(200_000, () => [0x81, 2])),
      new Uint8Array(0),
    );
    assert.equal(made?.epochs.length, 16);
    assert.ok(bytes!.length < 1_000);
    const frame = Uint8Array.from(leap(0));
    const two = concat(
      repeated(40, () => [0x81, 2]),
      frame,
      ...Array(40).fill(Uint8Array.of(0x81, 2)),
      frame,
    );
    const { entries } = (await rebuilt(two))!;
    // The second frame is at the same time: no entry. Both times the newest 16 are there.
    const before = (end: number) => Array.from({ length: 16 }, (_, at) => end - 32 + 2 * at);
    const at = headOfTen.length + 80;
    assert.deepEqual(announcedBefore((await rebuilt(two))!, entries[0]!.offset), before(at));
    assert.deepEqual(announcedBefore((await rebuilt(two))!, two.length), before(at + 90));
  });
});

describe("a time is found", () => {
  const indexOf = (frames: readonly CodedChoices[]): RecordingIndex =>
    read(written([head, epoch, ...frames.map(codedFrame)]));

  it("at the last entry that is not later, before all of them at the first", () => {
    const found = (time: number) => findEntry(read(index), time, 1)?.sequence;
    assert.deepEqual([0, 10_000, 10_659, 10_660, 10_661, 99_999].map(found), [0, 0, 0, 20, 20, 40]);
    assert.equal(findEntry(read(index), 10_000, 7), null);
  });

  it("as a plain search finds it, for any clock that does not go back", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.nat(90_000), (taken, time) => {
        let captured = 1_000;
        const frames = taken.map((step, sequence) => {
          captured += step;
          return { sequence, captured, kind: 1 };
        });
        const made = indexOf(frames);
        const plain = made.entries.filter((entry) => entry.captured <= time).at(-1) ?? made.entries[0];
        assert.deepEqual(findEntry(made, time, 1), plain);
      }),
    );
  });

  it("at one that is not later, and none in between, for any clock", () => {
    const times = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.nat(22_000), (captured, time) => {
        const made = indexOf(captured.map((moment, sequence) => ({ sequence, captured: moment, kind: 1 })));
        const found = findEntry(made, time, 1)!;
        const at = made.entries.indexOf(found);
        if (made.entries.every((entry) => entry.captured > time)) assert.equal(at, 0);
        else {
          assert.ok(found.captured <= time);
          const next = made.entries[at + 1];
          const isLastOfStretch = !next || next.captured < found.captured;
          assert.ok(isLastOfStretch || next.captured > time);
        }
      }),
    );
  });

  it("the first time it came, where the clock was set back", () => {
    const moments = [0, 1_000, 2_000, 3_000, 500, 1_500, 2_500, 3_500];
    const made = indexOf(moments.map((captured, sequence) => ({ sequence, captured, kind: 1 })));
    const found = (time: number) => findEntry(made, time, 1)?.sequence;
    assert.deepEqual([1_200, 2_999, 3_000, 3_400, 9_000].map(found), [1, 2, 3, 6, 7]);
  });

  it("with the announcements that stand before it", () => {
    const { entries, epochs } = read(index);
    assert.deepEqual(announcedBefore(read(index), entries[0]!.offset), [epochs[0]]);
    assert.deepEqual(announcedBefore(read(index), entries.at(-1)!.offset), epochs);
  });
});

describe("skimming", () => {
  it("finds the items that the reader finds, wherever the recording is cut or broken", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length), fc.nat(file.length - 1), fc.nat(255), async (cut, at, byte) => {
        const changed = file.slice(0, cut);
        if (at < cut) changed[at] = byte;
        const found = await all(readRecording(sourceOf(changed)));
        const skimmed = await all(skimRecording(sourceOf(changed)));
        assert.deepEqual(
          skimmed.map(({ offset, end }) => [offset, end - offset]),
          found.flatMap((one) => (one.kind === "item" ? [[one.offset, one.item.length]] : [])),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("asks for little of long items", async () => {
    const long: Bytes[] = [head, epoch];
    for (let sequence = 0; sequence < 30; sequence += 1)
      long.push(codedFrame({ sequence, captured: sequence * entryInterval, kind: 5, length: 1_000_000 }));
    let asked = 0;
    const bytes = fileOf(long);
    const source = {
      ...sourceOf(bytes),
      read: (offset: number, length: number) => {
        asked += length;
        return sourceOf(bytes).read(offset, length);
      },
    };
    assert.equal((await all(skimRecording(source))).length, 32);
    assert.ok(asked < bytes.length / 10, `${asked} of ${bytes.length} bytes`);
  });

  /** A file of so many groups of items, of which nothing but the heads is kept; what of it was read. */
  const large = (groups: number, one: (group: number) => Bytes[], lengths: readonly number[]) => {
    const [length, first] = [lengths.reduce((sum, part) => sum + part, 0), concat(head, epoch)];
    const given = { bytes: 0, reads: 0, longest: 0 };
    const source = {
      size: first.length + groups * length,
      async read(offset: number, wanted: number) {
        const bytes = new Uint8Array(Math.min(wanted, this.size - offset));
        const put = (at: number, part: Uint8Array): void => {
          const from = Math.max(0, offset - at);
          if (from < part.length && at - offset + from < bytes.length)
            bytes.set(part.subarray(from, from + bytes.length), at - offset + from);
        };
        put(0, first);
        const begin = Math.max(0, Math.floor((offset - first.length) / length));
        for (let group = begin; first.length + group * length < offset + bytes.length; group += 1) {
          let at = first.length + group * length;
          for (const [index, beginning] of one(group).entries()) {
            put(at, beginning);
            at += lengths[index] as number;
          }
        }
        given.bytes += bytes.length;
        given.reads += 1;
        given.longest = Math.max(given.longest, bytes.length);
        return bytes;
      },
    };
    return { source, given };
  };
  /** The heads of a frame, of a place whose numbers have one length; the rest is zeros. */
  const headsOf = (choices: CodedChoices): Bytes => {
    const item = codedFrame(choices);
    return item.slice(0, item.length - (choices.length ?? 40));
  };
  const begun = 1_000_000_000_000;

  it("makes a missing index of raw frames, and of sound among them, by their heads alone", async () => {
    for (const hasSound of [false, true]) {
      const groups = 300;
      const [raw, sound] = [1_382_400, 2_000];
      const one = (group: number): Bytes[] => [
        headsOf({ track: 0, sequence: 70_000 + group, captured: begun + group * 33, kind: 0, length: raw }),
        ...(hasSound
          ? [
              headsOf({
                track: 3,
                sequence: 70_000 + group,
                captured: begun + group * 33,
                kind: 3,
                length: sound,
              }),
            ]
          : []),
      ];
      const lengths = one(0).map(({ length }, at) => length + [raw, sound][at]!);
      const { source, given } = large(groups, one, lengths);
      assert.ok(source.size > 4e8);
      const { index } = await completeIndex(source, new Uint8Array(0));
      const times = index?.entries.filter(({ track }) => track === 0).map(({ captured }) => captured) ?? [];
      assert.ok(times.length > 15 && (index?.to ?? 0) === begun + (groups - 1) * 33, `${times.length}`);
      assert.equal(index?.reached, source.size);
      // 32 KiB for each frame, of 1.4 MB: a fortieth.
      assert.ok(given.bytes <= 33_000 * (groups + 3), `${given.bytes} of ${source.size} bytes`);
    }
  });

  it("makes one of coded frames by reading the file once, in large pieces", async () => {
    const [key, delta] = [30_000, 5_800];
    const one = (group: number): Bytes[] =>
      Array.from({ length: 60 }, (_, at) => {
        const place = { sequence: 70_000 + group * 60 + at, captured: begun + group * 2_000 + at * 33 };
        return headsOf({ ...place, kind: at === 0 ? 1 : 2, length: at === 0 ? key : delta });
      });
    const lengths = one(0).map(({ length }, at) => length + (at === 0 ? key : delta));
    const { source, given } = large(100, one, lengths);
    assert.ok(source.size > 36e6);
    const { index } = await completeIndex(source, new Uint8Array(0));
    assert.equal(index?.entries.length, 100);
    assert.equal(index?.reached, source.size);
    assert.ok(given.bytes < 1.05 * source.size, `${given.bytes} of ${source.size} bytes`);
    assert.ok(given.reads < source.size / (1 << 23) + 20, `${given.reads} reads`);
    assert.ok(given.longest <= 1 << 23, "and never more of it at once");
  });
});
