import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, it } from "node:test";
import { Fault } from "../../src/base/index.ts";
import { type Mp4Packet, readMp4, writeMp4 } from "../../src/media/index.ts";
import { type Box, box, boxAt, reboxed, reparsed, u32 } from "./boxes.ts";
import { MemoryFile } from "./memory-file.ts";
import { coded, each } from "./packets.ts";
import { pictures, recorded, sounds } from "./packets-file.ts";

const write = async (packets: Iterable<Mp4Packet>): Promise<MemoryFile> => {
  const file = new MemoryFile();
  await writeMp4(each(packets), file);
  return file;
};
const count = async (file: MemoryFile): Promise<number> => {
  let packets = 0;
  for await (const _ of readMp4(file)) packets += 1;
  return packets;
};
const stbl = "moov trak mdia minf stbl";
const trackOf = (boxes: Box[], at: 0 | 1): Box[] => {
  const traks = (boxAt(boxes, "moov").inside as Box[]).filter(({ type }) => type === "trak");
  return (traks[at] as Box).inside as Box[];
};
const soundTable = (boxes: Box[], type: string): Box => boxAt(trackOf(boxes, 1), `mdia minf stbl ${type}`);
/** Puts an edit list into the track of pictures: (length in the film, where in the track, pace), in the units of both, which are the same. */
const edit = (boxes: Box[], ...rows: number[][]): void => {
  trackOf(boxes, 0).splice(1, 0, box("edts", box("elst", u32(0, rows.length, ...rows.flat()))));
};
/** One byte, `at` behind the beginning of the first `text` in the box; or its contents, without one. */
const put = (one: Box, text: string, at: number, value: number): void => {
  const found = one.bytes.indexOf(text);
  assert.ok(found >= 0, text);
  assert.notEqual(one.bytes[found + at], value);
  one.bytes[found + at] = value;
};
/** Bytes of the first parameter set in the box of H.264's settings, from its fourth on. */
const putSet = (boxes: Box[], ...bytes: number[]): void => {
  const { bytes: stsd } = boxAt(boxes, `${stbl} stsd`);
  stsd.set(bytes, stsd.indexOf("avcC") + 4 + 8 + 4);
};
/** A box behind the settings of the one sample description. */
const describedBy = (boxes: Box[], type: string, held: Buffer): void => {
  const stsd = boxAt(boxes, `${stbl} stsd`);
  const more = Buffer.concat([u32(held.length + 8), Buffer.from(type), held]);
  stsd.bytes = Buffer.concat([stsd.bytes, more]);
  stsd.bytes.writeUInt32BE(stsd.bytes.length - 8, 8);
};

/** The settings of H.264 with bytes behind them. */
const settledBy = (boxes: Box[], ...bytes: number[]): void => {
  const stsd = boxAt(boxes, `${stbl} stsd`);
  const at = stsd.bytes.indexOf("avcC") - 4;
  const end = at + stsd.bytes.readUInt32BE(at);
  for (const from of [8, at]) stsd.bytes.writeUInt32BE(stsd.bytes.readUInt32BE(from) + bytes.length, from);
  stsd.bytes = Buffer.concat([stsd.bytes.subarray(0, end), Buffer.from(bytes), stsd.bytes.subarray(end)]);
};
/** A film without a measure of time, said to be `length` long; both tracks wait for nothing, then are shown for as long. */
const unmeasured = (boxes: Box[], length: number): void => {
  const mvhd = boxAt(boxes, "moov mvhd").bytes;
  mvhd.writeUInt32BE(0, 12);
  mvhd.writeUInt32BE(length, 16);
  for (const at of [0, 1] as const) {
    boxAt(trackOf(boxes, at), "tkhd").bytes.writeUInt32BE(length, 20);
    const list = box("elst", u32(0, 2, length, -1, 0x10000, 0, 0, 0x10000));
    trackOf(boxes, at).splice(1, 0, box("edts", list));
  }
};

/** 2.4 s: the length of the pictures, in units of 1/57600 s. */
const whole = 138_240;

/** What a file says otherwise than an export of ours, by what a player might make of it. */
const changes: Record<string, (boxes: Box[]) => void> = {
  "an edit list that plays the second half first": (boxes) =>
    edit(boxes, [0, 0, 0x10000], [whole / 2, whole / 2, 0x10000], [whole / 2, 0, 0x10000]),
  "an edit list that cuts": (boxes) => edit(boxes, [whole / 2, whole / 4, 0x10000]),
  "an edit list that waits, then begins in the middle": (boxes) =>
    edit(boxes, [0, -1, 0x10000], [whole, whole / 2, 0x10000]),
  "an edit list that plays at half the pace": (boxes) => edit(boxes, [0, -1, 0x10000], [whole, 0, 0x8000]),
  "an edit list that ends early": (boxes) => edit(boxes, [0, -1, 0x10000], [whole / 2, 0, 0x10000]),
  "two edit lists": (boxes) => {
    for (let n = 0; n < 2; n += 1) edit(boxes, [0, -1, 0x10000], [whole, 0, 0x10000]);
  },
  "two sample descriptions": (boxes) => {
    const stsd = boxAt(boxes, `${stbl} stsd`);
    const entry = stsd.bytes.subarray(8);
    const forged = Buffer.from(entry);
    forged[forged.indexOf("avcC") + 4 + 8 + 6] = 0x55;
    stsd.bytes = Buffer.concat([u32(0, 2), forged, entry]);
  },
  "a second sample description that is not counted": (boxes) => {
    const stsd = boxAt(boxes, `${stbl} stsd`);
    stsd.bytes = Buffer.concat([stsd.bytes, stsd.bytes.subarray(8)]);
  },
  "a sample description that is counted, and is not there": (boxes) =>
    boxAt(boxes, `${stbl} stsd`).bytes.writeUInt32BE(2, 4),
  "chunks of another sample description": (boxes) => boxAt(boxes, `${stbl} stsc`).bytes.writeUInt32BE(2, 16),
  "sound that is not Opus": (boxes) => put(soundTable(boxes, "stsd"), "Opus", 0, 0x6f),
  "sound that is called FLAC": (boxes) => void soundTable(boxes, "stsd").bytes.write("fLaC", 12),
  "sound that is louder": (boxes) => put(soundTable(boxes, "stsd"), "dOps", 4 + 8, 0x20),
  "sound whose beginning is skipped": (boxes) => put(soundTable(boxes, "stsd"), "dOps", 4 + 2, 0xff),
  "sound at half the rate": (boxes) => put(soundTable(boxes, "stsd"), "dOps", 4 + 6, 0x5d),
  "sound of another mapping": (boxes) => put(soundTable(boxes, "stsd"), "dOps", 4 + 10, 1),
  "sound whose settings name other channels": (boxes) => put(soundTable(boxes, "stsd"), "dOps", 4 + 1, 2),
  "pictures of another codec": (boxes) => put(boxAt(boxes, `${stbl} stsd`), "avc1", 0, 0x68),
  "a second moov": (boxes) => void boxes.push(boxAt(boxes, "moov")),
  "a moov in front": (boxes) => void boxes.splice(1, 0, boxAt(boxes, "moov")),
  "fragments behind": (boxes) => void boxes.push(box("moof", box("mfhd", u32(0, 1)))),
  "fragments announced": (boxes) =>
    void boxAt(boxes, "moov").inside?.push(box("mvex", box("trex", u32(0, 1, 1, 0, 0, 0)))),
  "a free box": (boxes) => void boxes.push(box("free", u32(0))),
  "a third track": (boxes) => void boxAt(boxes, "moov").inside?.push(box("trak", ...trackOf(boxes, 0))),
  "a third track, numbered and counted": (boxes) => {
    const third = boxAt(reparsed(boxes), "moov trak");
    boxAt(third.inside as Box[], "tkhd").bytes.writeUInt32BE(3, 12);
    boxAt(boxes, "moov").inside?.push(third);
    boxAt(boxes, "moov mvhd").bytes.writeUInt32BE(4, 96);
  },
  "sound in front of pictures": (boxes) => {
    const moov = boxAt(boxes, "moov").inside as Box[];
    moov.push(moov.splice(1, 1)[0] as Box);
    for (const at of [0, 1] as const) boxAt(trackOf(boxes, at), "tkhd").bytes.writeUInt32BE(at + 1, 12);
  },
  "a track with a name": (boxes) => void trackOf(boxes, 0).push(box("udta", box("name", Buffer.from("a")))),
  "tracks in another order": (boxes) => void boxAt(boxes, "moov").inside?.reverse(),
  "a title": (boxes) => void boxAt(boxes, "moov").inside?.push(box("udta", u32(0))),
  "pixels that are not square": (boxes) => describedBy(boxes, "pasp", u32(2, 1)),
  "a crop": (boxes) => describedBy(boxes, "clap", u32(80, 1, 48, 1, 0, 1, 0, 1)),
  "colours a second time": (boxes) =>
    describedBy(boxes, "colr", Buffer.from("6e636c780001000d000180", "hex")),
  "a picture that is turned": (boxes) => boxAt(boxes, "moov trak tkhd").bytes.writeInt32BE(-0x10000, 40),
  "a track of a later version": (boxes) => void boxAt(boxes, "moov trak tkhd").bytes.writeUInt8(2, 0),
  "a track with another number": (boxes) => void boxAt(boxes, "moov trak tkhd").bytes.writeUInt32BE(5, 12),
  "sound that is called something else": (boxes) =>
    void put(boxAt(trackOf(boxes, 1), "mdia hdlr"), "soun", 0, 0x74),
  "brands that go on and on": (boxes) => {
    const ftyp = boxAt(boxes, "ftyp");
    ftyp.bytes = Buffer.concat([ftyp.bytes, Buffer.alloc(200)]);
  },
  "a film that is turned": (boxes) => boxAt(boxes, "moov mvhd").bytes.writeInt32BE(-0x10000, 36),
  "a picture that is wider": (boxes) => boxAt(boxes, "moov trak tkhd").bytes.writeUInt32BE(320 << 16, 76),
  "a track that is off": (boxes) => {
    boxAt(boxes, "moov trak tkhd").bytes[3] = 2;
  },
  "no volume": (boxes) => {
    boxAt(trackOf(boxes, 1), "tkhd").bytes[36] = 0;
  },
  "a film at double speed": (boxes) => boxAt(boxes, "moov mvhd").bytes.writeUInt32BE(0x20000, 20),
  "a film that ends early": (boxes) => boxAt(boxes, "moov mvhd").bytes.writeUInt32BE(1000, 16),
  "a track that ends early": (boxes) => boxAt(boxes, "moov trak tkhd").bytes.writeUInt32BE(1000, 20),
  "media that end early": (boxes) => boxAt(boxes, "moov trak mdia mdhd").bytes.writeUInt32BE(1000, 16),
  "media, track and film that end early": (boxes) => {
    boxAt(boxes, "moov trak mdia mdhd").bytes.writeUInt32BE(1000, 16);
    boxAt(boxes, "moov trak tkhd").bytes.writeUInt32BE(1000, 20);
  },
  "a last picture that stands for ten seconds": (boxes) => {
    const stts = boxAt(boxes, `${stbl} stts`);
    stts.bytes = u32(0, 2, 23, 5760, 1, 576_000);
    boxAt(boxes, "moov trak mdia mdhd").bytes.writeUInt32BE(23 * 5760 + 576_000, 16);
    for (const type of ["mvhd", "trak tkhd"])
      boxAt(boxes, `moov ${type}`).bytes.writeUInt32BE(23 * 5760 + 576_000, type === "mvhd" ? 16 : 20);
  },
  "pictures shown in another order": (boxes) =>
    void boxAt(boxes, stbl).inside?.push(box("ctts", u32(0, 2, 12, 5760, 12, 0))),
  "two pictures at one time": (boxes) => {
    boxAt(boxes, `${stbl} stts`).bytes = u32(0, 3, 4, 5760, 1, 0, 19, 5760);
  },
  "more times than pictures": (boxes) => boxAt(boxes, `${stbl} stts`).bytes.writeUInt32BE(25, 8),
  "a time too many": (boxes) => {
    boxAt(boxes, `${stbl} stts`).bytes = u32(0, 2, 23, 5760, 2, 2880);
  },
  "a time of no picture": (boxes) => {
    boxAt(boxes, `${stbl} stts`).bytes = u32(0, 2, 24, 5760, 0, 5760);
  },
  "bytes behind the rows of a table": (boxes) => {
    const stts = boxAt(boxes, `${stbl} stts`);
    stts.bytes = Buffer.concat([stts.bytes, u32(24, 5760)]);
  },
  "a chunk of no samples": (boxes) => {
    const [runs, places] = [boxAt(boxes, `${stbl} stsc`), boxAt(boxes, `${stbl} stco`)];
    const rows = runs.bytes.readUInt32BE(4);
    for (let row = 0; row < rows; row += 1)
      runs.bytes.writeUInt32BE(runs.bytes.readUInt32BE(8 + 12 * row) + 1, 8 + 12 * row);
    runs.bytes = Buffer.concat([u32(0, rows + 1, 1, 0, 1), runs.bytes.subarray(8)]);
    places.bytes = Buffer.concat([
      u32(0, places.bytes.readUInt32BE(4) + 1, places.bytes.readUInt32BE(8)),
      places.bytes.subarray(8),
    ]);
  },
  "runs of chunks that do not rise": (boxes) => {
    const runs = boxAt(boxes, `${stbl} stsc`);
    runs.bytes = Buffer.concat([u32(0, runs.bytes.readUInt32BE(4) + 1, 1, 1, 1), runs.bytes.subarray(8)]);
  },
  "chunks in front of the data": (boxes) => boxAt(boxes, `${stbl} stco`).bytes.writeUInt32BE(8, 8),
  "chunks behind the data": (boxes) => boxAt(boxes, `${stbl} stco`).bytes.writeUInt32BE(1 << 20, 8),
  "chunks that are one another": (boxes) => {
    const { bytes } = boxAt(boxes, `${stbl} stco`);
    bytes.writeUInt32BE(bytes.readUInt32BE(8), 12);
  },
  "chunks that begin within one another": (boxes) => {
    const { bytes } = boxAt(boxes, `${stbl} stco`);
    bytes.writeUInt32BE(bytes.readUInt32BE(12) - 1, 12);
  },
  "chunks of sound where pictures are": (boxes) =>
    soundTable(boxes, "stco").bytes.writeUInt32BE(boxAt(boxes, `${stbl} stco`).bytes.readUInt32BE(8), 8),
  "chunks in another order": (boxes) => {
    const { bytes } = boxAt(boxes, `${stbl} stco`);
    const [first, second] = [bytes.readUInt32BE(8), bytes.readUInt32BE(12)];
    bytes.writeUInt32BE(second, 8);
    bytes.writeUInt32BE(first, 12);
  },
  "data in front of the first chunk": (boxes) => {
    const mdat = boxAt(boxes, "mdat");
    mdat.bytes[7] = 0x11;
  },
  "data that no chunk holds": (boxes) => {
    const mdat = boxAt(boxes, "mdat");
    mdat.bytes = Buffer.concat([mdat.bytes, Buffer.from([0])]);
  },
  "a sample less than there are data": (boxes) => {
    const { bytes } = boxAt(boxes, `${stbl} stsz`);
    bytes.writeUInt32BE(bytes.readUInt32BE(12) - 1, 12);
  },
  "a sample of no bytes": (boxes) => {
    const { bytes } = boxAt(boxes, `${stbl} stsz`);
    bytes.writeUInt32BE(bytes.readUInt32BE(12) + bytes.readUInt32BE(16), 12);
    bytes.writeUInt32BE(0, 16);
  },
  "a key frame that is no sample": (boxes) => boxAt(boxes, `${stbl} stss`).bytes.writeUInt32BE(25, 12),
  "key frames that do not rise": (boxes) => boxAt(boxes, `${stbl} stss`).bytes.writeUInt32BE(1, 12),
  "a track of another group": (boxes) => {
    boxAt(trackOf(boxes, 1), "tkhd").bytes[35] = 0;
  },
  "a parameter set of another kind": (boxes) => settledBy(boxes, 0xfd, 0xf8, 0xf8, 1),
  "bytes behind the parameter sets": (boxes) => settledBy(boxes, 0xfd, 0xf8, 0xf8, 0, 0),
  "a film of no length whose time has no measure": (boxes) => unmeasured(boxes, 0),
  "a film whose time has no measure": (boxes) => unmeasured(boxes, 10),
  "data in another file": (boxes) => put(boxAt(boxes, "moov trak mdia minf dinf dref"), "url ", 7, 0),
  "sample sizes of another kind": (boxes) => {
    const all = boxAt(boxes, stbl).inside as Box[];
    const at = all.findIndex(({ type }) => type === "stsz");
    all[at] = box("stz2", (all[at] as Box).bytes);
  },
  "groups of samples": (boxes) => void boxAt(boxes, stbl).inside?.push(box("sbgp", u32(0, 0, 0))),
  "a profile that the parameter sets do not name": (boxes) =>
    put(boxAt(boxes, `${stbl} stsd`), "avcC", 5, 100),
  "a start code in a parameter set": (boxes) => putSet(boxes, 0, 0, 1),
  "three zeros in a parameter set": (boxes) => putSet(boxes, 0, 0, 0),
  "what a parameter set must not hold": (boxes) => putSet(boxes, 0, 0, 2),
  "a parameter set that ends in a zero": (boxes) => {
    const { bytes: stsd } = boxAt(boxes, `${stbl} stsd`);
    const at = stsd.indexOf("avcC") + 4 + 6;
    stsd[at + 1 + stsd.readUInt16BE(at)] = 0;
  },
  "an empty parameter set": (boxes) => {
    const stsd = boxAt(boxes, `${stbl} stsd`);
    const at = stsd.bytes.indexOf("avcC");
    const sets = at + 4 + 6;
    const size = stsd.bytes.readUInt16BE(sets);
    // The first stays; of the picture sets, whose count and length follow it, the one is empty.
    const pictures = sets + 2 + size;
    const removed = stsd.bytes.readUInt16BE(pictures + 1);
    for (const from of [8, at - 4]) stsd.bytes.writeUInt32BE(stsd.bytes.readUInt32BE(from) - removed, from);
    stsd.bytes.writeUInt16BE(0, pictures + 1);
    stsd.bytes = Buffer.concat([
      stsd.bytes.subarray(0, pictures + 3),
      stsd.bytes.subarray(pictures + 3 + removed),
    ]);
  },
  "another brand": (boxes) => void boxAt(boxes, "ftyp").bytes.write("qt  ", 0),
};

describe("the form of an MP4", () => {
  it("is that of every export: all codecs, one track or two, a track that begins late", async () => {
    const late = (packets: Mp4Packet[], ms: number): Mp4Packet[] =>
      packets.map((packet) => ({ ...packet, captured: packet.captured + ms }));
    for (const codec of coded) assert.equal(await count(await write(recorded(codec))), 145);
    assert.equal(await count(await write(pictures("vp9"))), 24);
    assert.equal(await count(await write(sounds())), 121);
    assert.equal(await count(await write([...pictures("av1"), ...late(sounds(), 777)])), 145);
    assert.equal(await count(await write([...sounds().slice(0, 40), ...late(pictures("h264"), 333)])), 64);
    // Behind a long gap a picture that stands for longer than what follows.
    const gap = pictures("vp8").map((one, at) => ({ ...one, captured: one.captured + (at > 22 ? 700 : 0) }));
    assert.equal(await count(await write([...gap, ...late(pictures("vp8"), 3140)])), 48);
    const same = reboxed(await write(recorded("h264")), () => undefined);
    assert.equal(await count(same), 145);
    // What a writer makes of more than 4 GB: the size in 64 bits, in the place that was kept free for it.
    const large = Buffer.from(same.bytes.buffer);
    const size = large.readUInt32BE(28);
    large.writeUInt32BE(1, 28);
    large.writeBigUInt64BE(BigInt(size), 36);
    assert.equal(await count(same), 145);
  });

  it("is Fault mp4, whatever a file says otherwise", async () => {
    const file = await write(recorded("h264"));
    for (const [what, change] of Object.entries(changes)) {
      const changed = reboxed(file, change);
      assert.notDeepEqual(changed.bytes, file.bytes, what);
      await assert.rejects(
        count(changed),
        (error) => error instanceof Fault && error.code === "mp4" && error.detail.why === "form",
        what,
      );
    }
  });

  it("is Fault mp4 when it has a track of nothing", async () => {
    const file = await write(sounds());
    let empty: Box[] = [];
    reboxed(await write(pictures("h264")), (boxes) => {
      empty = trackOf(boxes, 0);
    });
    boxAt(empty, "tkhd").bytes.writeUInt32BE(0, 20);
    boxAt(empty, "mdia mdhd").bytes.writeUInt32BE(0, 16);
    for (const type of ["stts", "stsc", "stco"]) boxAt(empty, `mdia minf stbl ${type}`).bytes = u32(0, 0);
    boxAt(empty, "mdia minf stbl stsz").bytes = u32(0, 0, 0);
    boxAt(empty, "mdia minf stbl stss").bytes = u32(0, 0);
    const more = reboxed(file, (boxes) => {
      boxAt(trackOf(boxes, 0), "tkhd").bytes.writeUInt32BE(2, 12);
      boxAt(boxes, "moov mvhd").bytes.writeUInt32BE(3, 96);
      boxAt(boxes, "moov").inside?.splice(1, 0, box("trak", ...empty));
    });
    await assert.rejects(
      count(more),
      (error) => error instanceof Fault && error.code === "mp4" && error.detail.at === "stsc",
    );
  });

  it("is Fault mp4 when its index is longer than that of a day, which is not read then", async () => {
    const file = await write(pictures("vp8"));
    const at = Buffer.from(file.bytes).indexOf("moov") - 4;
    const long = (1 << 28) + 9;
    file.bytes.set(u32(long), at);
    const asked: number[] = [];
    const source = {
      size: at + long,
      read: async (offset: number, length: number) => {
        asked.push(length);
        return file.bytes.subarray(offset, offset + length);
      },
    };
    await assert.rejects(readMp4(source).next(), (error) => error instanceof Fault && error.code === "mp4");
    assert.ok(Math.max(...asked) < 100, `${asked}`);
  });

  it("is Fault mp4 when it has more samples than a day", async () => {
    const samples = (1 << 23) + 1;
    const [key] = pictures("vp8");
    const file = await write([{ ...key!, bytes: new Uint8Array(samples) }]);
    const many = reboxed(file, (boxes) => {
      boxAt(boxes, `${stbl} stts`).bytes = u32(0, 1, samples, 1);
      boxAt(boxes, `${stbl} stsc`).bytes.writeUInt32BE(samples, 12);
      boxAt(boxes, `${stbl} stsz`).bytes = Buffer.concat([
        u32(0, 0, samples),
        Buffer.alloc(4 * samples, u32(1)),
      ]);
      boxAt(boxes, "moov trak mdia mdhd").bytes.writeUInt32BE(samples, 16);
      boxAt(boxes, "moov trak tkhd").bytes.writeUInt32BE(samples, 20);
      boxAt(boxes, "moov mvhd").bytes.writeUInt32BE(samples, 16);
    });
    await assert.rejects(
      readMp4(many).next(),
      (error) => error instanceof Fault && error.detail.at === "stsz",
    );
  });
});
