import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Recorder, type RecordingStatus } from "../../src/apparatus/recorder.ts";
import type { RecordingFile, RecordingStore } from "../../src/apparatus/recording-store.ts";
import { type Bytes, Fault } from "../../src/base/index.ts";
import { fakeClock, makeCamera } from "../seal/camera.ts";
import { fileOf, itemsOf } from "../seal/recordings.ts";

const camera = await makeCamera();
const items = (await itemsOf(camera, 4)) as Bytes[];
const [head, epoch, first, second, third, , end] = items as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];
const next = (await itemsOf(await camera.begin(2, camera.hash), 1)) as Bytes[];
const number = "A".repeat(52);

/** A store whose files keep what was appended and what was flushed of it; `room` in bytes. */
const makeStore = (room = Number.POSITIVE_INFINITY) => {
  const files: { parts: Bytes[]; flushed: number; isOpen: boolean }[] = [];
  let create = async (): Promise<RecordingFile> => {
    const file = { parts: [] as Bytes[], flushed: 0, isOpen: true };
    files.push(file);
    return {
      append(bytes) {
        assert.ok(file.isOpen, "nothing is written to a closed file");
        if (fileOf([...file.parts, bytes]).length > room) throw new Fault("storage");
        file.parts.push(bytes.slice());
      },
      flush: () => {
        file.flushed = file.parts.length;
      },
      close: () => {
        file.isOpen = false;
      },
    };
  };
  const refuse = (): void => {
    create = () => Promise.reject(new Fault("storage"));
  };
  const store = { create: () => create() } as unknown as RecordingStore;
  return { store, files, refuse };
};

const begin = (room?: number) => {
  const { store, files, refuse } = makeStore(room);
  const clock = fakeClock();
  const told: [RecordingStatus | null, string | null][] = [];
  const recorder = new Recorder(store, number, clock, (status, fault) => told.push([status, fault]));
  const kinds = { 1: "head", 2: "epoch", 3: "frame", 4: "end" } as const;
  const take = (...taken: Bytes[]): void => {
    for (const item of taken) recorder.take(kinds[item[1] as 1 | 2 | 3 | 4], item);
  };
  return { recorder, files, refuse, clock, told, take };
};

describe("a recorder", () => {
  it("begins in mid-stream with head and announcement, and stops when told", async () => {
    const { recorder, files, take } = begin();
    take(head, epoch, first);
    await recorder.start();
    take(second, third);
    recorder.stop();
    take(end);
    assert.deepEqual(fileOf(files[0]!.parts), fileOf([head, epoch, second, third]));
    assert.equal(files[0]!.isOpen, false);
  });

  it("waits for a stream that has not begun, and ends with it", async () => {
    const { recorder, files, take, told } = begin();
    await recorder.start();
    take(...items);
    assert.deepEqual(fileOf(files[0]!.parts), fileOf(items));
    assert.deepEqual([files[0]!.isOpen, files[0]!.flushed], [false, items.length]);
    assert.deepEqual(told.at(-1), [null, null]);
  });

  it("goes on when the same stream comes back, and is over when another does", async () => {
    const { recorder, files, take } = begin();
    await recorder.start();
    take(head, epoch, first, head, epoch, second);
    take(...next);
    assert.deepEqual(fileOf(files[0]!.parts), fileOf([head, epoch, first, second]));
    assert.equal(files[0]!.isOpen, false);
    await recorder.start();
    assert.deepEqual(fileOf(files[1]!.parts), fileOf(next.slice(0, 2)), "the next one is of the new stream");
    recorder.stop();
  });

  it("keeps nothing but what a recording holds", async () => {
    const { recorder, files, take } = begin();
    await recorder.start();
    take(head, epoch);
    for (const kind of ["fault", "stale", "fresh"] as const) recorder.take(kind, first);
    recorder.stop();
    assert.deepEqual(fileOf(files[0]!.parts), fileOf([head, epoch]));
  });

  it("flushes each second, and says how long and large it is", async (t) => {
    t.mock.timers.enable({ apis: ["setInterval"] });
    const { recorder, files, take, told, clock } = begin();
    await recorder.start();
    take(head, epoch, first);
    assert.equal(files[0]!.flushed, 0);
    clock.time += 1_000;
    t.mock.timers.tick(1_000);
    assert.equal(files[0]!.flushed, 3);
    assert.deepEqual(told.at(-1), [{ seconds: 1, bytes: fileOf([head, epoch, first]).length }, null]);
    recorder.stop();
    t.mock.timers.tick(5_000);
    assert.deepEqual(told.at(-1), [null, null], "nothing more is heard of it");
  });

  it("without room ends whole up to the last item, with the fault", async () => {
    const { recorder, files, take, told } = begin(fileOf([head, epoch, first]).length + 10);
    await recorder.start();
    take(head, epoch, first, second, third);
    assert.deepEqual(fileOf(files[0]!.parts), fileOf([head, epoch, first]));
    assert.deepEqual([files[0]!.isOpen, told.at(-1)], [false, [null, "storage"]]);
  });

  it("that cannot make a file says so, and can be asked again", async () => {
    const { recorder, refuse } = begin();
    refuse();
    for (const _ of [1, 2]) await assert.rejects(recorder.start(), { code: "storage" });
  });

  it("stopped, or started twice, while its file is made, holds no file too many", async () => {
    const { recorder, files } = begin();
    const starting = recorder.start();
    recorder.stop();
    await Promise.all([starting, recorder.start(), recorder.start()]);
    assert.deepEqual(
      files.map(({ isOpen }) => isOpen),
      [false, true],
    );
    recorder.stop();
  });
});
