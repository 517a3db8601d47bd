import { type Bytes, concat, encodeCbor } from "../../src/base/index.ts";
import { IndexWriter } from "../../src/seal/check.ts";
import { askBeforeFirstRecording } from "../../src/ui/models/first-recording.ts";
import { RecordingsModel } from "../../src/ui/models/recordings.ts";
import { codedFrame } from "../seal/coded-items.ts";
import { check, found, same } from "./bench.ts";
import { empty, persisting } from "./persisting.ts";
import { until } from "./until.ts";

const number = "B".repeat(52);
const head = encodeCbor([1, 1, new Uint8Array(80), new Uint8Array(73).fill(7)]);

/** Puts a recording of so many bytes and seconds there, as one that ended. */
const put = async (begun: number, bytes: number, seconds: number): Promise<void> => {
  const frames = [0, seconds].map((at, sequence) =>
    codedFrame({ sequence, captured: 50_000 + at * 1_000, kind: 1 }),
  );
  const parts: Bytes[] = [];
  const index = new IndexWriter((part) => parts.push(part));
  let at = 0;
  for (const item of [head, ...frames]) {
    index.take(at, at + item.length, item);
    at += item.length;
  }
  index.close();
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("recordings", { create: true });
  const name = `${begun}-${number}.sealed`;
  for (const [file, content] of [
    [name, new Uint8Array(bytes)],
    [`${name}.index`, concat(...parts)],
  ] as const) {
    const writable = await (await folder.getFileHandle(file, { create: true })).createWritable();
    await writable.write(content);
    await writable.close();
  }
};
describe("what stands behind the list of recordings", () => {
  beforeEach(empty);
  after(empty);

  it("says how long the room lasts as fast as the newest recordings grew", async () => {
    await put(1_000, 1_000_000, 100);
    const model = new RecordingsModel(() => undefined);
    const lasts = (): number => found(model.snapshot.room, "room").lasts ?? 0;
    const free = (): number => found(model.snapshot.room, "room").free ?? 0;
    try {
      await until("a room", () => model.snapshot.room !== null);
      check(free() > 0, "free");
      check(Math.abs(lasts() - free() / 10) < 1, `10 bytes each ms: ${lasts()} of ${free()}`);
      // Three newer ones that took ten times as much.
      for (const begun of [2_000, 3_000, 4_000]) await put(begun, 1_000_000, 10);
      await model.snapshot.retain?.({ erases: true, days: null, bytes: 100_000_000 });
      same(model.snapshot.room?.free, 96_000_000, "free");
      check(Math.abs(lasts() - 960_000) < 1, `100 bytes each ms: ${lasts()}`);
    } finally {
      await model.snapshot.retain?.({ erases: true, days: 30, bytes: "half" });
      model.dispose();
    }
  });

  it("does not say it where nothing was recorded yet", async () => {
    const model = new RecordingsModel(() => undefined);
    await until("a room", () => model.snapshot.room !== null);
    same(model.snapshot.room?.lasts, null, "lasts");
    model.dispose();
  });
});

describe("before the first recording", () => {
  beforeEach(empty);
  after(empty);

  it("the browser is asked to erase nothing by itself; not before the second", async () => {
    same(await persisting(askBeforeFirstRecording), 1, "the first");
    const again = await persisting(async () => {
      await put(1_000, 10_000, 10);
      await askBeforeFirstRecording();
    });
    same(again, 0, "the second");
  });

  it("it is not asked where it has promised that already", async () => {
    same(await persisting(askBeforeFirstRecording, true), 0, "asked");
  });
});
