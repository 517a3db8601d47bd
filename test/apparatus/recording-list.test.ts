import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { opfsRecordings } from "../../src/apparatus/recording-store.ts";

const name = `1-${"A".repeat(52)}-camera.sealed`;

describe("a list of recordings", () => {
  const held: { name: string }[] = [];
  const inside = {
    /** One is begun at this very moment: its lock first, then its file. */
    async *keys() {
      held.push({ name: `sealcam-recording ${name}` });
      yield name;
    },
    async getFileHandle(wanted: string) {
      if (wanted !== name) throw new DOMException(wanted, "NotFoundError");
      return { getFile: async () => new File([], name) };
    },
  };
  const folders = { getDirectory: async () => ({ getDirectoryHandle: async () => inside }) };

  before(() => {
    const define = (what: string, value: unknown) =>
      Object.defineProperty(navigator, what, { value, configurable: true });
    define("storage", folders);
    define("locks", { query: async () => ({ held: [...held] }) });
  });
  after(() => {
    for (const what of ["storage", "locks"]) Reflect.deleteProperty(navigator, what);
  });

  it("says of one that was begun meanwhile that it is being written", async () => {
    const list = await opfsRecordings().list();
    assert.deepEqual(
      list.map((one) => [one.name, one.isWriting]),
      [[name, true]],
    );
  });
});
