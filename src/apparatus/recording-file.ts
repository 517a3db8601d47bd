import { type Bytes, Fault } from "../base/index.ts";

/** A recording while it is written, with its index beside it. */
export interface RecordingFile {
  /** Its name in the store. */
  readonly name: string;
  /**
   * Adds whole items. Fault "storage-full" where there is no room, "storage" where it cannot be written for another reason; then nothing of
   * them was added.
   */
  append(bytes: Bytes): void;
  /** Adds whole records to the index. Faults as above. */
  appendIndex(bytes: Bytes): void;
  /** Settled on the disk when it returns, the recording before its index. Fault "storage". */
  flush(): void;
  /** How much of the recording is settled, bytes. */
  readonly settled: number;
  /** Of what is settled: `length` bytes from `offset`, or fewer where that ends before. Fault "storage". */
  read(offset: number, length: number): Bytes;
  close(): void;
}

/** FileSystemSyncAccessHandle (File System standard §2.6), which the page's types lack: it exists in workers alone. */
export interface SyncFile {
  write(bytes: Bytes, options: { at: number }): number;
  read(bytes: Bytes, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** Over two files that are empty, or are emptied. `onclose` hears of it once both are closed. */
export const recordingFile = (
  name: string,
  file: SyncFile,
  index: SyncFile,
  onclose: () => void,
): RecordingFile => {
  file.truncate(0);
  index.truncate(0);
  let [written, settled] = [0, 0];
  const append = appending(file);
  return {
    name,
    append(bytes) {
      append(bytes);
      written += bytes.length;
    },
    appendIndex: appending(index),
    get settled() {
      return settled;
    },
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, settled - offset)));
      try {
        return bytes.subarray(0, file.read(bytes, { at: offset }));
      } catch (cause) {
        throw new Fault("storage", {}, { cause });
      }
    },
    flush() {
      try {
        file.flush();
        settled = written;
        index.flush();
      } catch (cause) {
        throw new Fault("storage", {}, { cause });
      }
    },
    close() {
      file.close();
      index.close();
      onclose();
    },
  };
};

const appending = (file: SyncFile): ((bytes: Bytes) => void) => {
  let size = 0;
  return (bytes) => {
    try {
      // Where a disk is full, less than all may be written and nothing thrown.
      if (file.write(bytes, { at: size }) !== bytes.length) throw new Fault("storage-full");
    } catch (cause) {
      // Half an item is no use to anybody.
      file.truncate(size);
      throw new Fault(isLackOfRoom(cause) ? "storage-full" : "storage", {}, { cause });
    }
    size += bytes.length;
  };
};

/** What browsers throw where quota or disk is used up, and what is thrown above. */
export const isLackOfRoom = (error: unknown): boolean =>
  (error instanceof Fault && error.code === "storage-full") ||
  (error as { name?: unknown } | null)?.name === "QuotaExceededError";
