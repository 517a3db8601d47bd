import type { Folder, FolderFile } from "../../src/card/file-store.dom.ts";

/**
 * How a file system replaces a file: `over`: byte by byte over the old one, whose rest goes last; `empty`: it is emptied first; `swap`: the new one takes its
 * place in one step at the end.
 */
export type Replacing = "over" | "empty" | "swap";

/** What lies on the stick; it survives a cut. */
export type Files = Map<string, Uint8Array>;

/** A folder that is pulled out after so many steps: each byte written is one, and each act on a name. */
export class FolderDouble implements Folder {
  readonly name = "STICK";
  readonly files: Files;
  readonly replacing: Replacing;
  left: number;
  /** All steps there were. */
  steps = 0;

  constructor(files: Files = new Map(), replacing: Replacing = "swap", left = Number.POSITIVE_INFINITY) {
    this.files = files;
    this.replacing = replacing;
    this.left = left;
  }

  async *keys(): AsyncIterable<string> {
    this.there();
    yield* [...this.files.keys()];
  }

  async getFileHandle(name: string, options: { create?: boolean } = {}): Promise<FolderFile> {
    this.there();
    if (!this.files.has(name)) {
      if (options.create !== true) throw new DOMException(name, "NotFoundError");
      this.step();
      this.files.set(name, new Uint8Array(0));
    }
    return {
      getFile: async () => {
        this.there();
        const bytes = this.files.get(name);
        if (!bytes) throw new DOMException(name, "NotFoundError");
        return new Blob([Uint8Array.from(bytes)]);
      },
      createWritable: async () => this.#stream(name),
    };
  }

  async removeEntry(name: string): Promise<void> {
    this.there();
    if (!this.files.has(name)) throw new DOMException(name, "NotFoundError");
    this.step();
    this.files.delete(name);
  }

  step(): void {
    this.there();
    this.left -= 1;
    this.steps += 1;
  }

  there(): void {
    if (this.left <= 0) throw new DOMException("gone", "NotFoundError");
  }

  #stream(name: string): Awaited<ReturnType<FolderFile["createWritable"]>> {
    let fresh: Uint8Array = new Uint8Array(0);
    const { replacing, files } = this;
    if (replacing === "empty") {
      this.step();
      files.set(name, fresh);
    }
    return {
      write: async (text) => {
        const [bytes, old] = [new TextEncoder().encode(text), files.get(name) ?? fresh];
        const over = new Uint8Array(Math.max(bytes.length, old.length));
        over.set(old);
        for (let at = 1; at <= bytes.length; at += 1) {
          this.step();
          over[at - 1] = bytes[at - 1] as number;
          if (replacing === "over") files.set(name, over.subarray(0, Math.max(old.length, at)));
          if (replacing === "empty") files.set(name, over.subarray(0, at));
        }
        fresh = bytes;
      },
      close: async () => {
        this.step();
        files.set(name, fresh);
      },
      abort: async () => this.there(),
    };
  }
}
