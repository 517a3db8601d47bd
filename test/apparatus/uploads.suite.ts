import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { type Bytes, concat, encodeCbor } from "../../src/base/index.ts";
import { maxBatch, receiptInterval, tokenLife } from "../../src/images/index.ts";
import { readRecording } from "../../src/seal/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { earlier, front, latest, type Uploading } from "../images/camera.ts";
import { origin, type Said, type Stage } from "../images/stage.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type Between, type Device, makeDevice, startUploading, type Uploads, until } from "./uploading.ts";

const rights: Said["rights"] = [
  [null, front.camera, "upload"],
  ["anna", front.camera, "read"],
  ["anna", front.camera, "manage"],
];
const { items } = front;
const length = (list: readonly Uint8Array[]): number => concat(...list).length;
/** Up to the first picture. */
const still = items.slice(0, 3);
const isReceipt = (item: Bytes): boolean => !front.items.some((one) => Buffer.compare(one, item) === 0);

/** What a camera's uploader does, wherever the service runs. */
export const uploadsSuite = (where: string, makeStage: () => Promise<Stage>): void => {
  describe(`copies on a server ${where}`, () => {
    let [stage, device]: [Stage, Device] = [] as never;
    let running: Uploads | null = null;
    let ahead = 0;
    const say = (said: Partial<Said> = {}): Promise<void> => {
      ahead = said.ahead ?? ahead;
      return stage.say({ rules: { days: null, bytes: null }, rights, ...said, ahead });
    };
    const start = (between?: Between): Uploads => {
      running = startUploading(stage, device, front, between);
      return running;
    };
    const manage = (method: string, path: string) =>
      stage.fetch(path, { method, headers: { "x-test-account": "anna", origin } });
    const fileOf = async ({ path }: Uploading): Promise<Bytes | null> => {
      const response = await manage("GET", path);
      return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : null;
    };
    /** The camera's own items of what is stored. */
    const itemsOf = async (one: Uploading): Promise<Bytes> => {
      const parts: Bytes[] = [];
      for await (const recorded of readRecording(sourceOf((await fileOf(one)) ?? new Uint8Array(0))))
        if (recorded.kind === "item") parts.push(recorded.item.slice());
      return concat(...parts.filter((item) => one !== front || !isReceipt(item)));
    };
    const isWhole = (): Promise<void> =>
      until(() => device.files.every(({ isStored }) => isStored), "the end");

    before(async () => {
      stage = await makeStage();
    });
    after(() => stage.stop());
    beforeEach(async () => {
      await say();
      device = makeDevice(front);
      for (const { path } of [front, earlier, latest]) await manage("DELETE", path);
    });
    afterEach(() => running?.stop());

    it("are sent a still first, alone, then the rest; what is stored is guaranteed by the camera's number", async () => {
      device.record(1, items);
      const { sent, last } = start();
      await isWhole();
      assert.deepEqual(sent(), [
        [0, length(still)],
        [length(still), length(items) - length(still)],
      ]);
      const report = await judgeRecording(sourceOf((await fileOf(front)) as Bytes), {
        ...{ known: [{ number: front.number, identities: null }], sensor: await makeSensor() },
      });
      assert.deepEqual([report.state, report.frames, report.reasons], ["ST1", 6, []]);
      assert.deepEqual(await itemsOf(front), concat(...items));
      await until(() => last()?.unfinished === 0);
      assert.deepEqual(last(), {
        waiting: 0,
        unfinished: 0,
        confirmed: 1,
        until: null,
        refused: [],
        why: null,
      });
    });

    it("follow a recording that grows, without sending each frame by itself", async () => {
      const file = device.record(1, items.slice(0, 2), true);
      const { sent, steady, last } = start();
      await until(() => last() !== undefined);
      assert.deepEqual(sent(), [], "there is no picture yet");
      file.bytes = concat(...items.slice(0, 4));
      await until(() => sent().length === 1);
      assert.deepEqual(sent(), [[0, length(still)]]);
      file.bytes = concat(...items.slice(0, 6));
      await until(() => last()?.waiting === length(items.slice(3, 6)));
      assert.equal(last()?.until, 5_000, "what is safe by the camera's clock");
      assert.equal(sent().length, 1);
      steady.time += 5_000;
      await until(() => sent().length === 2);
      assert.deepEqual(sent()[1], [length(still), length(items.slice(3, 6))]);
      file.bytes = concat(...items);
      file.isWriting = false;
      device.changed();
      await isWhole();
      assert.deepEqual(await itemsOf(front), concat(...items));
    });

    it("go on after the network was away, also where an answer was lost", async () => {
      device.record(1, items);
      let [isAway, isLost] = [true, false];
      const { last } = start(async (path, init) => {
        if (isAway) throw new TypeError("no network");
        if (!isLost && path.includes("/items?from=0")) {
          isLost = true;
          await stage.fetch(path, init);
          throw new TypeError("cut");
        }
        return undefined;
      });
      await until(() => last()?.why === "copy-offline");
      assert.equal(last()?.waiting, length(items));
      isAway = false;
      await isWhole();
      assert.deepEqual(await itemsOf(front), concat(...items), "nothing twice, nothing missing");
      await until(() => last()?.why === null);
    });

    it("go on after a restart where the server is, and not from the beginning", async () => {
      const file = device.record(1, items.slice(0, 4), true);
      const first = start();
      await until(() => first.sent().length === 1);
      await first.stop();
      await stage.restart();
      Object.assign(file, { bytes: concat(...items), isWriting: false });
      const next = start();
      await isWhole();
      assert.equal(next.sent()[0]?.[0], length(still));
      assert.deepEqual(await itemsOf(front), concat(...items));
    });

    it("go on with another token where theirs has ended", async () => {
      const file = device.record(1, items.slice(0, 4), true);
      const { asked, sent, steady, last } = start();
      await until(() => last()?.waiting === items[3]?.length);
      await say({ ahead: ahead + tokenLife + receiptInterval });
      file.bytes = concat(...items);
      steady.time += 5_000;
      await until(() => sent().length === 2);
      assert.ok(asked.some(({ what, status }) => what === "items" && status === 401));
    });

    it("of a second recording of the same stream go behind the first, without what opens the stream", async () => {
      const opening = items.slice(0, 2);
      device.record(1, items.slice(0, 5));
      device.record(2, [...opening, ...items.slice(6)]);
      start();
      await isWhole();
      assert.deepEqual(await itemsOf(front), concat(...items.slice(0, 5), ...items.slice(6)));
    });

    it("of what is being recorded go before those of the past", async () => {
      device.record(1, earlier.items);
      device.record(2, items.slice(0, 4), true);
      const { asked } = start();
      await until(async () => (await fileOf(earlier)) !== null);
      const first = asked.find(({ what }) => what === "items");
      assert.deepEqual([first?.from, first?.length], [0, length(still)]);
    });

    it("wait where the camera is not registered, and go when it is", async () => {
      await say({ rights: [] });
      const { last, asked } = start();
      await until(() => last()?.why === "copy-not-registered");
      assert.ok(!asked.some(({ what }) => what === "items"), "said also where nothing is to be sent");
      device.record(1, items);
      await until(() => last()?.unfinished === 1);
      assert.deepEqual([last()?.confirmed, last()?.until], [0, null], "nothing is there yet");
      await say();
      await isWhole();
    });

    it("stop where the right is taken back in the middle", async () => {
      const file = device.record(1, items.slice(0, 4), true);
      const { sent, steady, last } = start();
      await until(() => last()?.waiting === items[3]?.length);
      await say({ rights: [] });
      file.bytes = concat(...items);
      steady.time += 5_000;
      await until(() => last()?.why === "copy-not-registered");
      assert.equal(sent().length, 1);
    });

    it("wait where the account's room is used up", async () => {
      await say({ rules: { days: null, bytes: length(still) } });
      device.record(1, items);
      const { last } = start();
      await until(() => last()?.why === "copy-full");
      assert.equal(last()?.waiting, length(items) - length(still));
      await say();
      await isWhole();
    });

    it("of a recording that is refused end there, are told, and keep up no other", async () => {
      const bad = items.map((item) => item.slice()) as Bytes[];
      (bad[5] as Bytes)[bad[5]!.length - 1]! ^= 1;
      const file = device.record(1, bad);
      device.record(2, latest.items);
      const { last } = start();
      await until(() => last()?.unfinished === 0);
      assert.deepEqual(last()?.refused, ["copy-refused"]);
      assert.equal(file.isStored, false);
      assert.deepEqual(await itemsOf(front), concat(...items.slice(0, 5)), "what stood before it is kept");
      assert.deepEqual([...(await itemsOf(latest))].length >= length(latest.items), true);
    });

    it("that are erased on the server while they are made begin anew", async () => {
      const file = device.record(1, items.slice(0, 4), true);
      const { sent, steady, last } = start();
      await until(() => last()?.waiting === items[3]?.length);
      await manage("DELETE", front.path);
      Object.assign(file, { bytes: concat(...items) });
      steady.time += 5_000;
      await until(() => last()?.waiting === length(items.slice(3)));
      steady.time += 5_000;
      await until(() => sent().length === 3);
      assert.deepEqual(
        sent()
          .slice(1)
          .map(([from]) => from),
        [0, length(still)],
      );
      assert.deepEqual(await itemsOf(front), concat(...items));
    });

    it("follow no server that says it has what it was never sent, or half an item", async () => {
      for (const taken of [1, length(still) - 1, length(items), maxBatch * 2, 2 ** 52]) {
        const file = device.record(1, items);
        const lie = { token: "A".repeat(43), taken, frames: 0, bytes: 0, isComplete: false };
        const { last, sent, stop } = start((path) =>
          path.endsWith("/upload") ? Response.json(lie) : undefined,
        );
        await until(() => last()?.refused.length === 1);
        assert.deepEqual(
          [last()?.refused, sent(), file.isStored],
          [["copy-disagrees"], [], false],
          `${taken}`,
        );
        await stop();
        device.erase(file);
      }
    });

    it("go on at no place in the middle of an item", async () => {
      const file = device.record(1, items.slice(0, 4), true);
      const first = start();
      await until(() => first.last()?.waiting === items[3]?.length);
      await first.stop();
      Object.assign(file, { bytes: concat(...items), isWriting: false });
      for (const taken of [length(still) + 1, length(still) - 1]) {
        const lie = { token: "A".repeat(43), taken, frames: 0, bytes: 0, isComplete: false };
        const { last, sent, stop } = start((path) =>
          path.endsWith("/upload") ? Response.json(lie) : undefined,
        );
        await until(() => last()?.refused.length === 1);
        assert.deepEqual([last()?.refused, sent()], [["copy-disagrees"], []]);
        await stop();
      }
    });

    it("stand still where a token is refused at once", async () => {
      device.record(1, items);
      const { last, sent } = start((path) =>
        path.includes("/items") ? Response.json({ code: "token" }, { status: 401 }) : undefined,
      );
      await until(() => last()?.why === "copy-not-registered");
      assert.deepEqual(sent(), []);
    });

    it("are not called stored by a server that says it took more, or less, than it was sent", async () => {
      for (const more of [-1, 1, 1_000]) {
        const file = device.record(1, items);
        const { last, stop } = start((path, { body }) => {
          const taken = (body as Uint8Array | null)?.length ?? 0;
          const lie = { taken: taken + more, frames: 1, bytes: 1, isComplete: false };
          return path.includes("/items") ? Response.json(lie) : undefined;
        });
        await until(() => last()?.refused.length === 1);
        assert.deepEqual([last()?.refused, file.isStored], [["copy-disagrees"], false]);
        await stop();
        device.erase(file);
      }
    });

    it("are not called refused by a server that stopped in the middle of an item, or nowhere in what it was sent", async () => {
      for (const taken of [length(still) - 1, length(still) + 1, 1]) {
        const file = device.record(1, items);
        const lie = { code: "refused", reason: "tree", taken, frames: 1, bytes: 1, isComplete: false };
        const { last, stop } = start((path) =>
          path.includes("/items") ? Response.json(lie, { status: 422 }) : undefined,
        );
        await until(() => (last()?.why ?? null) !== null || last()?.refused.length === 1);
        assert.deepEqual(last()?.refused, ["copy-disagrees"], `${taken}`);
        assert.equal(device.streams.get(front.hash)?.taken ?? 0, 0, "nothing of it is remembered");
        await stop();
        device.erase(file);
      }
    });

    it("take no answer with another field, another form, or without an end", async () => {
      device.record(1, items);
      const good = { taken: length(still), frames: 1, bytes: 1, isComplete: false };
      const answers = [
        () => Response.json({ ...good, more: 1 }),
        () => Response.json({ ...good, taken: "1" }),
        () => Response.json({ ...good, taken: 0.5 }),
        () => Response.json([good]),
        () => Response.json(null),
        () => new Response("<!doctype html>"),
        () => new Response("x".repeat(5_000)),
        () => Response.json(good, { status: 202 }),
      ];
      for (const answer of answers) {
        const { last, stop } = start((path) => (path.includes("/items") ? answer() : undefined));
        await until(() => last()?.why === "copy-answer");
        await stop();
      }
    });

    it("are not sent again at once to a server that asks for what it was sent just now", async () => {
      device.record(1, items);
      const lie = { code: "offset", taken: 0, frames: 0, bytes: 0, isComplete: false };
      let times = 0;
      const { last } = start((path) => {
        if (!path.includes("/items")) return undefined;
        times += 1;
        if (times > 20) throw new TypeError("no network");
        return Response.json(lie, { status: 409 });
      });
      await until(() => (last()?.why ?? null) !== null);
      assert.equal(last()?.why, "copy-answer", "between them it waits");
    });

    it("are sent in shorter batches where a line is too slow for longer ones", async () => {
      const blob = encodeCbor(new Uint8Array(40_000));
      device.record(1, [front.items[0] as Bytes, ...Array<Bytes>(10).fill(blob)]);
      const [most, accepted] = [100_000, [] as number[]];
      let taken = 0;
      const answer = { token: "A", frames: 0, bytes: 0, isComplete: false };
      const { asked } = start((path, { body }) => {
        if (path.endsWith("/upload")) return Response.json({ ...answer, taken });
        if (!path.includes("/items")) return undefined;
        const { length: size } = body as Uint8Array;
        if (size > most) return new Response("{}", { status: 408 });
        accepted.push(size);
        taken += size;
        const { token: _, ...stored } = answer;
        return Response.json({ ...stored, taken });
      });
      await isWhole();
      assert.equal(taken, device.files[0]?.bytes.length);
      assert.ok(Math.max(...accepted) > 40_000, "and no shorter than need be");
      assert.ok(asked.length < 100);
    });
  });
};
