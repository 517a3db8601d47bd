import assert from "node:assert/strict";
import type { RecordingFile } from "../../src/apparatus/recording-file.ts";
import type { RecordingEntry } from "../../src/apparatus/recording-store.ts";
import type { Retained } from "../../src/apparatus/retention.ts";
import { type Bytes, concat, Fault } from "../../src/base/index.ts";

/** A file as the store in memory keeps it: what was added and how much of that was flushed, of the recording and of its index. */
export interface WrittenFile {
  readonly name: string;
  readonly parts: Bytes[];
  readonly indexParts: Bytes[];
  flushed: number;
  isOpen: boolean;
}

export const contentOf = ({ parts }: WrittenFile): Bytes => concat(...parts);
export const indexOf = ({ indexParts }: WrittenFile): Bytes => concat(...indexParts);

/** Files that share `room` bytes, which a test may change. The index takes no room unless a test says so. */
export const makeFiles = (room = Number.POSITIVE_INFINITY) => {
  const files: WrittenFile[] = [];
  const given = { room, fault: null as string | null, indexFault: null as string | null };
  const used = (): number => files.reduce((sum, file) => sum + contentOf(file).length, 0);
  const refuse = (code: string | null): void => {
    if (code) throw new Fault(code);
  };
  const create = async (): Promise<RecordingFile> => {
    refuse(given.fault ?? (given.room <= 0 ? "storage-full" : null));
    const file: WrittenFile = {
      name: `${files.length}`,
      parts: [],
      indexParts: [],
      flushed: 0,
      isOpen: true,
    };
    files.push(file);
    return {
      name: file.name,
      append(bytes) {
        assert.ok(file.isOpen, "nothing is written to a closed file");
        refuse(given.fault ?? (used() + bytes.length > given.room ? "storage-full" : null));
        file.parts.push(bytes.slice());
      },
      appendIndex(bytes) {
        assert.equal(file.flushed, file.parts.length, "the recording is on the disk before its index");
        refuse(given.indexFault);
        file.indexParts.push(bytes.slice());
      },
      flush() {
        file.flushed = file.parts.length;
      },
      get settled() {
        return concat(...file.parts.slice(0, file.flushed)).length;
      },
      read: (offset, length) => concat(...file.parts.slice(0, file.flushed)).slice(offset, offset + length),
      close() {
        file.isOpen = false;
      },
    };
  };
  return { files, given, create };
};

/** Something to retain. */
export const retained = (name: string, begun: number, more: Partial<Retained> = {}): RecordingEntry => ({
  ...{ name, begun, number: "A".repeat(52), origin: "viewer", bytes: 100, duration: 10_000 },
  ...{ isKept: false, isStored: false, isWriting: false },
  ...more,
});
