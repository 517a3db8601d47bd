import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordingFile, type SyncFile } from "../../src/apparatus/recording-file.ts";
import { Fault } from "../../src/base/index.ts";

/** A file on a disk with so much room: it takes what fits and throws nothing. */
const onDisk = (room: number) => {
  const disk = { room, bytes: [] as number[] };
  const file: SyncFile = {
    write(bytes, { at }) {
      const taken = bytes.subarray(0, Math.max(0, disk.room - at));
      disk.bytes.splice(at, taken.length, ...taken);
      return taken.length;
    },
    read(bytes, { at }) {
      const held = disk.bytes.slice(at, at + bytes.length);
      bytes.set(held);
      return held.length;
    },
    truncate(size) {
      disk.bytes.length = Math.min(size, disk.bytes.length);
    },
    flush: () => undefined,
    close: () => undefined,
  };
  return { disk, file };
};

describe("a recording's file", () => {
  it("holds whole items alone: what a full disk took of one is cut off again", () => {
    const { disk, file } = onDisk(10);
    const { append } = recordingFile("a", file, onDisk(100).file, () => undefined);
    append(new Uint8Array(6).fill(1));
    assert.throws(
      () => append(new Uint8Array(6).fill(2)),
      (error) => error instanceof Fault && error.code === "storage-full",
    );
    assert.deepEqual(disk.bytes, Array(6).fill(1));
    disk.room = 100;
    append(new Uint8Array(2).fill(3));
    assert.deepEqual(disk.bytes, [1, 1, 1, 1, 1, 1, 3, 3]);
  });

  it("is read as far as it is settled, while it grows", () => {
    const file = recordingFile("a", onDisk(100).file, onDisk(100).file, () => undefined);
    file.append(new Uint8Array([1, 2, 3]));
    assert.deepEqual([file.settled, file.read(0, 10).length], [0, 0]);
    file.flush();
    file.append(new Uint8Array([4]));
    assert.deepEqual([file.settled, [...file.read(1, 10)], [...file.read(1, 1)]], [3, [2, 3], [2]]);
  });
});
