import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, it } from "node:test";
import { Fault } from "../../src/base/index.ts";
import { BoxReader, topBox } from "../../src/media/mp4-boxes.ts";
import { MemoryFile } from "./memory-file.ts";

const reader = (hex: string): BoxReader => new BoxReader(new Uint8Array(Buffer.from(hex, "hex")), "moov");
const isOdd = (error: unknown): boolean =>
  error instanceof Fault && error.code === "mp4" && error.detail.why === "form";
const refused = (read: () => unknown): void => assert.throws(read, isOdd);
const file = (hex: string): MemoryFile => {
  const made = new MemoryFile();
  made.write(0, new Uint8Array(Buffer.from(hex, "hex")));
  return made;
};
const mdat = Buffer.from("mdat").toString("hex");

describe("a box of an MP4", () => {
  it("gives no more bytes than it has", () => {
    const box = reader("0102");
    refused(() => box.take(3));
    assert.equal(box.number(2), 0x0102);
    refused(() => box.number(1));
  });

  it("gives no number that is not exact", () => {
    assert.equal(reader("001fffffffffffff").number(8), Number.MAX_SAFE_INTEGER);
    refused(() => reader("0020000000000000").number(8));
  });

  it("is refused where other bytes stand than have to", () => {
    reader("0102").expect("01 02");
    refused(() => reader("0103").expect("01 02"));
  });

  it("is refused where another text stands than has to", () => {
    reader("6e636c78").expectText("nclx");
    refused(() => reader("6e636c63").expectText("nclx"));
  });

  it("inside another is no smaller than its own head", () => {
    assert.equal(reader(`00000008${mdat}`).box("mdat").left, 0);
    refused(() => reader(`00000007${mdat}`).box("mdat"));
    refused(() => reader(`00000000${mdat}`).box("mdat"));
  });

  it("ends where it has to", () => {
    reader("").end();
    refused(() => reader("00").end());
  });

  it("at the top of a file is no smaller than its head, and ends within the file", async () => {
    assert.deepEqual(await topBox(file(`00000009${mdat}00`), 0, "mdat"), { begin: 8, end: 9 });
    const wide = `00000001${mdat}0000000000000011`;
    assert.deepEqual(await topBox(file(`${wide}00`), 0, "mdat"), { begin: 16, end: 17 });
    const bad = [
      `00000007${mdat}00`,
      `0000000a${mdat}00`,
      `00000000${mdat}00`,
      wide,
      "00000008",
      `000000${mdat}`,
      "",
    ];
    for (const hex of bad) await assert.rejects(topBox(file(hex), 0, "mdat"), isOdd, hex);
    await assert.rejects(topBox(file(`00000001${mdat}000000000000000f00`), 0, "mdat"), isOdd);
  });
});
