import { type Bytes, Fault } from "../base/index.ts";

/** What shows of a recording in a list. */
export interface RecordingEntry {
  /** Its name in the store. */
  readonly name: string;
  /** 52 base32 characters. */
  readonly number: string;
  /** When the recording was begun, by the clock of the device that made it. */
  readonly begun: number;
  readonly bytes: number;
}

/** A recording while it is written. */
export interface RecordingFile {
  /** Adds whole items. Throws Fault "storage" where there is no room; then nothing of them was added. */
  append(bytes: Bytes): void;
  /** Settled on the disk when it returns. */
  flush(): void;
  close(): void;
}

/** Where recordings lie on this device. Index, seeking and retention belong behind this door, too. */
export interface RecordingStore {
  /** A new, empty recording of the camera with this number. Fault "storage". */
  create(number: string, begun: number): Promise<RecordingFile>;
  /** Newest first. */
  list(): Promise<RecordingEntry[]>;
  read(name: string): Promise<File>;
  erase(name: string): Promise<void>;
}

/** Begun and number: names of cameras are the card's secret, so they stand in no file name. */
const naming = /^(\d{1,16})-([A-Z2-7]{52})\.sealed$/;

/** FileSystemSyncAccessHandle (File System standard §2.6), which the page's types lack: it exists in workers alone. */
interface SyncFile {
  write(bytes: Bytes, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** `recordings/` in the origin's private file system. Writing works in a worker only. */
export const opfsRecordings = (): RecordingStore => {
  const folder = async (): Promise<FileSystemDirectoryHandle> => {
    try {
      const root = await navigator.storage.getDirectory();
      return await root.getDirectoryHandle("recordings", { create: true });
    } catch (cause) {
      throw new Fault("storage", {}, { cause });
    }
  };
  return {
    async create(number, begun) {
      const name = `${begun}-${number}.sealed`;
      if (!naming.test(name)) throw new TypeError(`"${name}" names no recording`);
      const inside = await folder();
      try {
        const handle = await inside.getFileHandle(name, { create: true });
        const able = handle as unknown as { createSyncAccessHandle(): Promise<SyncFile> };
        return recordingFile(await able.createSyncAccessHandle());
      } catch (cause) {
        throw new Fault("storage", {}, { cause });
      }
    },
    async list() {
      const entries: RecordingEntry[] = [];
      for await (const [name, handle] of (await folder()).entries()) {
        const [, begun, number] = naming.exec(name) ?? [];
        if (handle.kind !== "file" || number === undefined) continue;
        const { size } = await (handle as FileSystemFileHandle).getFile();
        entries.push({ name, number, begun: Number(begun), bytes: size });
      }
      return entries.sort((a, b) => b.begun - a.begun);
    },
    async read(name) {
      try {
        return await (await (await folder()).getFileHandle(name)).getFile();
      } catch (cause) {
        throw new Fault("recording-none", {}, { cause });
      }
    },
    async erase(name) {
      try {
        await (await folder()).removeEntry(name);
      } catch (cause) {
        // A file that is being written is locked.
        throw new Fault("recording-busy", {}, { cause });
      }
    },
  };
};

const recordingFile = (file: SyncFile): RecordingFile => {
  let size = 0;
  return {
    append(bytes) {
      try {
        if (file.write(bytes, { at: size }) !== bytes.length) throw new Fault("storage");
      } catch (cause) {
        // Half an item is no use to anybody.
        file.truncate(size);
        throw new Fault("storage", {}, { cause });
      }
      size += bytes.length;
    },
    flush: () => file.flush(),
    close: () => file.close(),
  };
};
