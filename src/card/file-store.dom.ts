import { Fault } from "../base/index.ts";
import type { CardFault } from "./fault.ts";
import { CARD_ENDING, type CardMedium, LONGEST_FILE } from "./medium.ts";

/** What is used of a FileSystemDirectoryHandle (File System Standard §2.5). */
export interface Folder {
  readonly name: string;
  keys(): AsyncIterable<string>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<FolderFile>;
  removeEntry(name: string): Promise<void>;
}

/** What is used of a FileSystemFileHandle (File System Standard §2.4). */
export interface FolderFile {
  getFile(): Promise<Pick<File, "size" | "text">>;
  createWritable(): Promise<{
    write(text: string): Promise<void>;
    close(): Promise<void>;
    abort(): Promise<void>;
  }>;
}

/** Of a file that is being written, a whole copy lies beside it under this name. */
const BESIDE = ".new";

/**
 * Cards in a folder, as on a stick. A card is written twice, whole: first beside its file, then in its place, then the copy beside it goes. Cut off at any
 * byte, one of the two is whole, and which one counts can be seen: so nothing is asked of the file system but that bytes
 * lie where they were written.
 */
export function folderMedium(folder: Folder): CardMedium {
  const read = async (name: string): Promise<string | null> => {
    try {
      const file = await (await folder.getFileHandle(name)).getFile();
      return file.size > LONGEST_FILE ? null : await file.text();
    } catch (error) {
      // Without this file, or without the folder: only the second is a fault.
      if (!isMissing(error) || !(await isThere(folder))) throw faultOf(error);
      return null;
    }
  };
  const remove = async (name: string): Promise<void> => {
    try {
      await folder.removeEntry(name);
    } catch (error) {
      if (!isMissing(error) || !(await isThere(folder))) throw faultOf(error);
    }
  };
  const lay = async (name: string, text: string): Promise<void> => {
    try {
      const file = await folder.getFileHandle(name, { create: true });
      const stream = await file.createWritable();
      try {
        await stream.write(text);
        await stream.close();
      } catch (error) {
        // It may have ended itself.
        await stream.abort().catch(() => undefined);
        throw error;
      }
    } catch (error) {
      throw faultOf(error);
    }
    if ((await read(name)) !== text) throw new Fault<CardFault>("medium-gone", { why: "reads otherwise" });
  };
  /** What counts of the file and the copy beside it, and whether that is the copy. */
  const both = async (name: string): Promise<{ text: string | null; isBeside: boolean }> => {
    const [placed, beside] = [await read(name), await read(name + BESIDE)];
    const isBeside = beside !== null && counterIn(beside) >= Math.max(0, counterIn(placed ?? ""));
    return { text: isBeside ? beside : placed, isBeside };
  };
  /** Ends what was cut off. */
  const settle = async (name: string): Promise<void> => {
    const { text, isBeside } = await both(name);
    if (isBeside && text !== null) await lay(name, text);
    await remove(name + BESIDE);
  };
  return {
    async list() {
      const names = new Set<string>();
      try {
        for await (const key of folder.keys()) {
          const name = key.endsWith(BESIDE) ? key.slice(0, -BESIDE.length) : key;
          if (name.endsWith(CARD_ENDING)) names.add(name);
        }
      } catch (error) {
        throw faultOf(error);
      }
      return [...names];
    },
    read: async (name) => (await both(name)).text,
    async write(name, text) {
      await settle(name);
      await lay(name + BESIDE, text);
      await lay(name, text);
      await remove(name + BESIDE);
    },
    async remove(name) {
      await settle(name);
      await remove(name);
    },
    check: async () => {
      if (!(await isThere(folder))) throw new Fault<CardFault>("medium-gone");
    },
  };
}

/**
 * One card file that a person picked, where no folder can be opened; what is written is handed to `save`, which downloads it, whole, and stays here while the page
 * does.
 */
export function pickedMedium(
  file: Pick<File, "name" | "size" | "text" | "slice">,
  save: (name: string, text: string) => void,
): CardMedium {
  const written = new Map<string, string | null>();
  const original = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw faultOf(error);
    }
  };
  return {
    list: async () =>
      [...new Set([file.name, ...written.keys()])].filter((name) => written.get(name) !== null),
    async read(name) {
      const text = written.get(name);
      if (text !== undefined) return text;
      return name !== file.name || file.size > LONGEST_FILE ? null : original(() => file.text());
    },
    async write(name, text) {
      written.set(name, text);
      save(name, text);
    },
    // A page cannot take a file away; here it is gone.
    remove: async (name) => void written.set(name, null),
    async check() {
      // Where it was saved over, the file that was picked is not the one there any more, and nobody may look at the other.
      if (!written.has(file.name)) await original(() => file.slice(0, 1).arrayBuffer());
    },
  };
}

/** [CF12] The counter in a whole text; −1 where it is not whole: what was cut off is no JSON, or lacks the final line feed [CF1]. */
function counterIn(text: string): number {
  if (!text.endsWith("\n}\n")) return -1;
  try {
    const { counter } = JSON.parse(text) as { counter?: unknown };
    return Number.isSafeInteger(counter) ? (counter as number) : -1;
  } catch {
    return -1;
  }
}

async function isThere(folder: Folder): Promise<boolean> {
  try {
    for await (const _ of folder.keys()) break;
    return true;
  } catch {
    return false;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "NotFoundError";

/** A browser's refusal, by what it means for a card. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  const { name } = error;
  if (name === "QuotaExceededError") return new Fault<CardFault>("medium-full", {}, { cause: error });
  const isDenied =
    name === "NotAllowedError" || name === "NoModificationAllowedError" || name === "SecurityError";
  return new Fault<CardFault>(isDenied ? "medium-denied" : "medium-gone", {}, { cause: error });
}
