import { Fault } from "../base/index.ts";
import {
  type ByteSource,
  completeIndex,
  indexSpan,
  type RecordingIndex,
  recordLength,
} from "../seal/check.ts";
import { blobSource } from "./blob-source.ts";
import { isLackOfRoom, type RecordingFile, recordingFile, type SyncFile } from "./recording-file.ts";
import {
  indexOf,
  keptMarkOf,
  type RecordingName,
  type RecordingOrigin,
  readRecordingName,
  storedMarkOf,
  writeRecordingName,
} from "./recording-names.ts";
import type { RecordingPart } from "./recording-talk.ts";

/** What shows of a recording in a list. */
export interface RecordingEntry extends RecordingName {
  /** Its name in the store. */
  readonly name: string;
  /** Of the recording itself, without its index. */
  readonly bytes: number;
  /** From its first to its last frame by the camera's clock, ms; null where no index says so yet. */
  readonly duration: number | null;
  /** A person protects it: nothing but a person erases it. */
  readonly isKept: boolean;
  /** A server has said that it has all of it. */
  readonly isStored: boolean;
  /** It is being recorded now, in whichever tab. */
  readonly isWriting: boolean;
}

/** Where recordings lie on this device. Several tabs may use it at once. */
export interface RecordingStore {
  /** A new, empty recording; in a worker only. Faults "storage-full", "storage". */
  create(number: string, begun: number, origin: RecordingOrigin): Promise<RecordingFile>;
  /** Newest first. */
  list(): Promise<RecordingEntry[]>;
  /** Fault "recording-none". */
  read(name: string): Promise<File>;
  /**
   * What is settled of it on the disk, also while this worker writes it; or of the index beside it, which is empty while it is written, and where
   * there is none. Fault "recording-none"; reading it "file-unreadable", "storage".
   */
  source(name: string, part?: RecordingPart): Promise<ByteSource>;
  /** Notes that a server has all of it. Faults "recording-none", "storage". */
  markStored(name: string): Promise<void>;
  /**
   * Its index, made whole: what lies beside it and fits, the rest out of the file. null where the file does not begin with a head. `anew`:
   * what lies beside it was found to lie. Fault "recording-none".
   */
  index(name: string, anew?: "anew"): Promise<RecordingIndex | null>;
  /** Protects a recording, or does so no longer. Faults "recording-none", "storage". */
  keep(name: string, isKept: boolean): Promise<void>;
  /** Fault "recording-busy" while it is written, and where it is gone. */
  erase(name: string): Promise<void>;
  /** Erases it unless a person protects it, it is being written, or it is gone: false then. */
  eraseUnprotected(name: string): Promise<boolean>;
  /** Calls back when something was begun, ended, protected or erased, in this tab or in another; the result ends that. */
  watch(changed: () => void): () => void;
}

/** All tabs' acts that concern more than one file wait for one another behind this Web Lock. */
const actLock = "sealcam-recordings";
/** Held by whoever writes a recording; the browser lets go of it when the tab dies. */
const writeLock = (name: string): string => `sealcam-recording ${name}`;

const alone = <T>(act: () => Promise<T>): Promise<T> =>
  navigator.locks.request(actLock, act) as unknown as Promise<T>;

/** Takes a Web Lock; the result lets go of it. */
const hold = (name: string): Promise<() => void> =>
  new Promise((held, failed) => {
    const keep = (): Promise<void> => new Promise((release) => held(release));
    navigator.locks.request(name, keep).catch(failed);
  });

/** Something has changed: every watch of this origin hears of it, in this tab too. */
const tell = (): void => {
  const channel = new BroadcastChannel(actLock);
  channel.postMessage(null);
  channel.close();
};

/** `recordings/` in the origin's private file system. */
export const opfsRecordings = (): RecordingStore => {
  /** Those that are written here: a file that grows cannot be read as a `File`. */
  const growing = new Map<string, RecordingFile>();
  const folder = async (): Promise<FileSystemDirectoryHandle> => {
    try {
      const root = await navigator.storage.getDirectory();
      return await root.getDirectoryHandle("recordings", { create: true });
    } catch (cause) {
      throw new Fault("storage", {}, { cause });
    }
  };
  const fileIn = async (inside: FileSystemDirectoryHandle, name: string): Promise<File | null> => {
    try {
      return await (await inside.getFileHandle(name)).getFile();
    } catch {
      return null;
    }
  };
  const read = async (name: string): Promise<File> => {
    const file = readRecordingName(name) && (await fileIn(await folder(), name));
    if (!file) throw new Fault("recording-none");
    return file;
  };
  const syncFile = async (inside: FileSystemDirectoryHandle, name: string): Promise<SyncFile> => {
    const handle = await inside.getFileHandle(name, { create: true });
    return (handle as unknown as { createSyncAccessHandle(): Promise<SyncFile> }).createSyncAccessHandle();
  };
  /** The index goes first: without one a recording is whole, but not the other way round. */
  const remove = async (name: string): Promise<void> => {
    const inside = await folder();
    await inside.removeEntry(indexOf(name)).catch(unlessGone);
    await inside.removeEntry(name);
    for (const mark of [keptMarkOf(name), storedMarkOf(name)])
      await inside.removeEntry(mark).catch(unlessGone);
    tell();
  };
  const mark = (name: string, markOf: (name: string) => string, isMarked: boolean): Promise<void> =>
    alone(async () => {
      await read(name);
      const inside = await folder();
      try {
        if (isMarked) await inside.getFileHandle(markOf(name), { create: true });
        else await inside.removeEntry(markOf(name)).catch(unlessGone);
      } catch (cause) {
        throw new Fault("storage", {}, { cause });
      }
      tell();
    });
  const write = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> =>
    alone(async () => {
      const inside = await folder();
      // Erased meanwhile: nothing of it stays.
      if (!(await fileIn(inside, name))) return;
      const writable = await (await inside.getFileHandle(indexOf(name), { create: true })).createWritable();
      await writable.write(bytes);
      await writable.close();
    });

  return {
    read,
    create: (number, begun, origin) =>
      alone(async () => {
        const inside = await folder();
        let name = writeRecordingName({ number, begun, origin });
        // A clock that was set back must not write over what it wrote before.
        for (let later = begun + 1; await fileIn(inside, name); later += 1)
          name = writeRecordingName({ number, begun: later, origin });
        const release = await hold(writeLock(name));
        const opened: SyncFile[] = [];
        try {
          const file = await syncFile(inside, name);
          opened.push(file);
          const index = await syncFile(inside, indexOf(name));
          opened.push(index);
          const made = recordingFile(name, file, index, () => {
            growing.delete(name);
            release();
            tell();
          });
          growing.set(name, made);
          tell();
          return made;
        } catch (cause) {
          // What is open cannot be removed.
          for (const one of opened) one.close();
          release();
          await remove(name).catch(() => undefined);
          throw new Fault(isLackOfRoom(cause) ? "storage-full" : "storage", {}, { cause });
        }
      }),
    async list() {
      const inside = await folder();
      const names = new Set<string>();
      for await (const name of inside.keys()) names.add(name);
      // Behind the names: what writes a file holds its lock before the file is there.
      const writing = new Set((await navigator.locks.query()).held?.map(({ name }) => name));
      const entry = async (name: string): Promise<RecordingEntry | null> => {
        const said = readRecordingName(name);
        const file = said && (await fileIn(inside, name));
        if (!file) return null;
        const duration = await durationIn(await fileIn(inside, indexOf(name)));
        const marks = { isKept: names.has(keptMarkOf(name)), isStored: names.has(storedMarkOf(name)) };
        return {
          ...said,
          name,
          bytes: file.size,
          duration,
          ...marks,
          isWriting: writing.has(writeLock(name)),
        };
      };
      const entries = await Promise.all([...names].map(entry));
      return entries.filter((one) => one !== null).sort((a, b) => b.begun - a.begun);
    },
    async index(name, anew) {
      const file = await read(name);
      const beside = anew ? null : await fileIn(await folder(), indexOf(name));
      const known = beside ? new Uint8Array(await beside.arrayBuffer()) : new Uint8Array(0);
      const { index, bytes } = await completeIndex(blobSource(file), known);
      // While it is recorded its index is the recorder's; and where it cannot be kept, it is made again the next time.
      if (bytes) await write(name, bytes).catch(() => undefined);
      return index;
    },
    keep: (name, isKept) => mark(name, keptMarkOf, isKept),
    markStored: (name) => mark(name, storedMarkOf, true),
    async source(name, part = "recording") {
      const file = growing.get(name);
      if (part === "index") {
        const index = file ? null : await fileIn(await folder(), indexOf((await read(name)).name));
        return blobSource(index ?? new Blob([]));
      }
      if (!file) return blobSource(await read(name));
      return { size: file.settled, read: async (offset, length) => file.read(offset, length) };
    },
    erase: (name) =>
      alone(async () => {
        try {
          await remove(name);
        } catch (cause) {
          // A file that is being written is locked.
          throw new Fault("recording-busy", {}, { cause });
        }
      }),
    eraseUnprotected: (name) =>
      alone(async () => {
        if (await fileIn(await folder(), keptMarkOf(name))) return false;
        return remove(name).then(
          () => true,
          () => false,
        );
      }),
    watch(changed) {
      const channel = new BroadcastChannel(actLock);
      channel.onmessage = changed;
      return () => channel.close();
    },
  };
};

const unlessGone = (error: unknown): void => {
  if ((error as DOMException).name !== "NotFoundError") throw error;
};

/** By the first and the last record of an index: a list must not read all of them. */
const durationIn = async (index: File | null): Promise<number | null> => {
  if (!index) return null;
  const lastRecord = Math.floor(index.size / recordLength - 1) * recordLength;
  try {
    const beginning = new Uint8Array(await index.slice(0, 1024).arrayBuffer());
    const end = new Uint8Array(await index.slice(lastRecord, lastRecord + recordLength).arrayBuffer());
    const span = indexSpan(beginning, end);
    return span && Math.max(0, span.to - span.from);
  } catch {
    return null;
  }
};
