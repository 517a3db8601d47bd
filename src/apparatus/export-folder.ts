import { type Bytes, Fault } from "../base/index.ts";
import type { Mp4Sink } from "../media/index.ts";
import type { SyncFile } from "./recording-file.ts";

/**
 * Files that are being made, in the origin's private file system: open pictures lie there, so they go as soon as they can. Each worker
 * has a folder of its own, and holds a Web Lock of the folder's name while it lives: what no lock is held for is what a dead one left.
 */
export interface ExportFolder {
  /** A new, empty file of this number; the one before is closed. Fault "storage". */
  create(part: number): Promise<Mp4Sink>;
  /** All files, closed, in order. */
  close(): Promise<File[]>;
  /** Erases every file of this folder. False: something of it is still there, or nobody can say. */
  erase(): Promise<boolean>;
}

const rootName = "exports";
const lockOf = (name: string): string => `${rootName}/${name}`;

const rootFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(rootName, { create: true });

/** Nothing else that goes wrong says that it is gone. */
const isNotFound = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "NotFoundError";

/** True once nothing of this name is there any more. */
const remove = async (name: string): Promise<boolean> => {
  try {
    await (await rootFolder()).removeEntry(name, { recursive: true });
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    console.error("a film stays", error);
    return false;
  }
};

const hasFiles = (): Promise<boolean> =>
  navigator.storage.getDirectory().then(
    () => true,
    (error: unknown) => {
      if (error instanceof DOMException && error.name === "SecurityError") return false;
      throw error;
    },
  );

/** Settles when the lock is held; it is until this worker ends, however it does. */
const hold = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const forever = (): Promise<never> => {
      resolve();
      return new Promise(() => undefined);
    };
    navigator.locks.request(lockOf(name), forever).catch(reject);
  });

/**
 * Erases the exports of workers that are no more: killed, crashed, or ended with their tab. Those of living ones stay. False: something of
 * dead ones is still there, or nobody can say.
 */
export const eraseLeftExports = async (): Promise<boolean> => {
  let isGone = true;
  try {
    // Private windows of some browsers: without a file system there is no film in it.
    if (!(await hasFiles())) return true;
    for await (const name of (await rootFolder()).keys())
      await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
        if (lock && !(await remove(name))) isGone = false;
      });
  } catch (error) {
    console.error("exports of ended workers stay", error);
    return false;
  }
  return isGone;
};

/** A folder in `exports/`; works in a worker only. */
export const exportFolder = (): ExportFolder => {
  const folderName = crypto.randomUUID();
  let names: string[] = [];
  let open: SyncFile | null = null;
  let held: Promise<void> | null = null;
  const folder = async (): Promise<FileSystemDirectoryHandle> => {
    // First the lock: a folder without one is anybody's to erase.
    held ??= hold(folderName);
    await held;
    return (await rootFolder()).getDirectoryHandle(folderName, { create: true });
  };
  const shut = (): void => {
    open?.close();
    open = null;
  };
  return {
    async create(part) {
      shut();
      const name = `${part + 1}.mp4`;
      try {
        const handle = await (await folder()).getFileHandle(name, { create: true });
        const able = handle as unknown as { createSyncAccessHandle(): Promise<SyncFile> };
        const file = await able.createSyncAccessHandle();
        open = file;
        // One that could not be erased may lie there.
        file.truncate(0);
        names.push(name);
        return { write: (position, bytes) => writeAll(file, bytes, position) };
      } catch (cause) {
        throw new Fault("storage", {}, { cause });
      }
    },
    async close() {
      shut();
      const inside = await folder();
      return Promise.all(names.map(async (name) => (await inside.getFileHandle(name)).getFile()));
    },
    async erase() {
      shut();
      names = [];
      // Not held: nothing was ever made.
      return !held || remove(folderName);
    },
  };
};

const writeAll = (file: SyncFile, bytes: Bytes, at: number): void => {
  try {
    // Where a disk is full, less than all may be written and nothing thrown.
    if (file.write(bytes, { at }) === bytes.length) return;
  } catch (cause) {
    throw new Fault("storage", {}, { cause });
  }
  throw new Fault("storage");
};
