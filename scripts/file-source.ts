import { type FileHandle, open } from "node:fs/promises";
import type { ByteSource } from "../src/seal/index.ts";

/** A file on disk as a source of bytes; one buffer, used again with each read. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** Opens a file for reading; throws Node's own errors. */
export const openSource = async (path: string): Promise<FileSource> => {
  const file: FileHandle = await open(path, "r");
  let buffer = new Uint8Array(0);
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new TypeError(`${path} is no file`);
  }
  return {
    size: stat.size,
    async read(offset, length) {
      if (buffer.length < length) buffer = new Uint8Array(length);
      const { bytesRead } = await file.read(buffer, 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
};
