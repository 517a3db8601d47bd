import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Bytes, concat } from "../../src/base/index.ts";
import { maxBatch, nonceLife, receiptInterval, tokenLife } from "../../src/images/index.ts";
import { completeIndex } from "../../src/seal/check.ts";
import { judgeRecording, type RecordingReport } from "../../src/verify/index.ts";
import { flipped } from "../seal/bytes.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import {
  earlier,
  front,
  json,
  latest,
  nonceFor,
  open,
  send,
  stranger,
  type Told,
  tokenFor,
  type Uploading,
} from "./camera.ts";
import type { Said, Stage } from "./stage.ts";

const mine = { "x-test-account": "anna" };
const rights: Said["rights"] = [front, stranger].flatMap(({ camera }) => [
  ...[
    [null, camera, "upload"] as const,
    ["anna", camera, "read"] as const,
    ["anna", camera, "manage"] as const,
  ],
  ["guest", camera, "read"] as const,
]);
const day = 86_400_000;
const { items } = front;
const length = (list: readonly Uint8Array[]): number => list.reduce((sum, item) => sum + item.length, 0);

/** What a service of stored images does, wherever it runs. */
export const imagesSuite = (where: string, makeStage: () => Promise<Stage>): void => {
  describe(`stored images ${where}`, () => {
    let stage: Stage;
    /** The service's clock never goes back from one test to the next: one stage serves all of them. */
    let ahead = 0;
    const say = (said: Partial<Said> = {}): Promise<void> => {
      ahead = said.ahead ?? ahead;
      return stage.say({ rules: { days: null, bytes: null }, rights, ...said, ahead });
    };
    const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
      stage.fetch(path, { method, headers: { ...mine, ...headers } });
    const manage = (path: string, method: string): Promise<Response> =>
      get(path, { origin: "https://images.test" }, method);
    const list = async ({ camera }: Uploading) =>
      (await json(await get(`/api/cameras/${camera}/recordings`))).recordings;
    const fileOf = async ({ path }: Uploading): Promise<Bytes> => {
      const response = await get(path);
      assert.equal(response.status, 200);
      return new Uint8Array(await response.arrayBuffer());
    };
    const store = async (to: Uploading, list = to.items): Promise<Told> => {
      const response = await send(stage, to, await tokenFor(stage, to), 0, concat(...list));
      assert.equal(response.status, 200);
      return json(response);
    };
    const judge = async (file: Bytes, { number }: Uploading): Promise<RecordingReport> =>
      judgeRecording(sourceOf(file), { known: [{ number, identities: null }], sensor: await makeSensor() });

    before(async () => {
      stage = await makeStage();
      await say();
    });
    after(() => stage.stop());
    beforeEach(async () => {
      await say();
      for (const one of [front, earlier, latest, stranger]) await manage(one.path, "DELETE");
      assert.deepEqual(await stage.keys(), [], "nothing of an erased recording lies there");
    });

    it("are kept as the camera sealed them, read as a recording, and guaranteed by its number", async () => {
      const token = await tokenFor(stage, front);
      let taken = 0;
      for (const item of items) {
        const response = await send(stage, front, token, taken, item);
        assert.equal(response.status, 200);
        taken += item.length;
        assert.equal((await json(response)).taken, taken);
      }
      const file = await fileOf(front);
      const report = await judge(file, front);
      assert.deepEqual([report.state, report.frames], ["ST1", 6]);
      assert.equal(report.existedBefore[0]?.frames, 6, "a receipt before the end is about all of them");
      const [told] = await list(front);
      assert.deepEqual(
        [told?.hash, told?.frames, told?.bytes, told?.isComplete],
        [front.hash, 6, file.length, true],
      );
    });

    it("[SC1] get a receipt every ten seconds, and one before the end", async () => {
      const token = await tokenFor(stage, front);
      let taken = 0;
      const add = async (...some: Bytes[]): Promise<void> => {
        assert.equal((await send(stage, front, token, taken, concat(...some))).status, 200);
        taken += length(some);
      };
      const [head, epoch, f0, f1, f2, f3, f4, f5, end] = items as [
        Bytes,
        Bytes,
        Bytes,
        Bytes,
        Bytes,
        Bytes,
        Bytes,
        Bytes,
        Bytes,
      ];
      await add(head, epoch, f0);
      assert.deepEqual((await judge(await fileOf(front), front)).existedBefore, []);
      await say({ ahead: ahead + receiptInterval });
      await add(f1, f2);
      const [first] = (await judge(await fileOf(front), front)).existedBefore;
      assert.equal(first?.frames, 3);
      await say({ ahead: ahead + receiptInterval });
      await add(f3);
      await add(f4, f5, end);
      const report = await judge(await fileOf(front), front);
      assert.deepEqual([report.state, report.faults], ["ST1", []]);
      const [last, ...others] = report.existedBefore;
      assert.deepEqual(
        [last?.frames, last?.first, last?.server, others],
        [6, first?.time, first?.server, []],
      );
      assert.ok((last?.time ?? 0) >= (first?.time ?? 0) + receiptInterval);
    });

    it("are safe from the first picture on: what was answered is there, whatever comes next", async () => {
      const token = await tokenFor(stage, front);
      const still = concat(...items.slice(0, 3));
      assert.equal((await send(stage, front, token, 0, still)).status, 200);
      await stage.restart();
      await say();
      assert.deepEqual(await fileOf(front), still);
      assert.deepEqual((await judge(still, front)).reasons, ["incomplete"]);
    });

    it("go on where they stopped, after any batch, also when the service was stopped", async () => {
      let taken = 0;
      for (const [at, item] of items.entries()) {
        if (at === 4) {
          await stage.restart();
          await say({ ahead: ahead + receiptInterval });
        }
        const opened = await json(await open(stage, front));
        assert.equal(opened.taken, taken);
        assert.equal((await send(stage, front, opened.token, taken, item)).status, 200);
        taken += item.length;
      }
      assert.equal((await judge(await fileOf(front), front)).state, "ST1");
    });

    it("take no batch twice, and none with a hole before it", async () => {
      const token = await tokenFor(stage, front);
      const batch = concat(...items.slice(0, 4));
      assert.equal((await send(stage, front, token, 0, batch)).status, 200);
      for (const from of [0, 1, batch.length + 1]) {
        const again = await send(stage, front, token, from, batch);
        assert.equal(again.status, 409);
        const { code, taken } = await json(again);
        assert.deepEqual([code, taken], ["offset", batch.length]);
      }
      assert.deepEqual(await fileOf(front), batch);
    });

    it("take one of two batches that come at once", async () => {
      const token = await tokenFor(stage, front);
      const batch = concat(...items.slice(0, 4));
      const all = await Promise.all([0, 1, 2].map(() => send(stage, front, token, 0, batch)));
      assert.deepEqual(all.map(({ status }) => status).sort(), [200, 409, 409]);
      assert.deepEqual(await fileOf(front), batch);
    });

    describe("refuse, with the reason, and keep what stood before it:", () => {
      const [head, epoch, f0, f1, f2] = items as [Bytes, Bytes, Bytes, Bytes, Bytes];
      const cases: Record<string, [sent: readonly Uint8Array[], good: number, reason: string]> = {
        "another camera's frame": [[head, epoch, f0, stranger.items[2] as Bytes], 3, "signature"],
        "another camera's whole stream": [stranger.items, 0, "number"],
        "another stream's head": [earlier.items, 0, "head"],
        "another stream's frame": [[head, epoch, earlier.items[2] as Bytes, f0], 2, "signature"],
        "another stream's announcement": [[head, earlier.items[1] as Bytes], 1, "epoch"],
        "no head": [[epoch, f0], 0, "head"],
        "a second head": [[head, epoch, f0, head], 3, "splice"],
        "a changed byte": [[head, epoch, f0, flipped(f1, f1.length - 1), f2], 3, "tree"],
        "a changed field": [[head, epoch, flipped(f0, 4)], 2, "signature"],
        "two frames exchanged": [[head, epoch, f1, f0], 3, "sequence"],
        "a frame twice": [[head, epoch, f0, f0], 3, "sequence"],
        "a frame before its announcement": [[head, f0], 1, "no-key"],
        "a torn item": [[head, epoch, f0.subarray(0, -1)], 2, "torn"],
        "bytes that are no item": [[head, new Uint8Array([0xff])], 1, "malformed"],
        "something behind the end": [[...items, f0], items.length, "ended"],
        "a receipt": [[head, epoch, f0, new Uint8Array([0x85, 7, 1, 0, 0x40, 0x40])], 3, "malformed"],
      };
      for (const [what, [sent, good, reason]] of Object.entries(cases))
        it(what, async () => {
          const token = await tokenFor(stage, front);
          const response = await send(stage, front, token, 0, concat(...sent));
          assert.equal(response.status, 422);
          const told = await json(response);
          assert.deepEqual(
            [told.code, told.reason, told.taken],
            ["refused", reason, length(sent.slice(0, good))],
          );
          if (good === 0) assert.equal((await get(front.path)).status, 404);
          else assert.deepEqual((await judge(await fileOf(front), front)).faults, []);
        });
    });

    it("keep a stream with frames left out: how many is missing, its recording says", async () => {
      await store(front, [...items.slice(0, 3), ...items.slice(5)]);
      const { state, missing } = await judge(await fileOf(front), front);
      assert.deepEqual([state, missing], ["ST1", 2]);
    });

    describe("are opened by who holds the camera's key, and by nobody else:", () => {
      it("not by another key, for another name, or for another origin", async () => {
        for (const lie of [
          { by: stranger },
          { signedFor: earlier },
          { signedFor: stranger },
          { origin: "https://evil.test" },
        ])
          assert.equal((await open(stage, front, lie)).status, 403);
        assert.equal((await open(stage, front)).status, 200);
      });

      it("with a nonce once, in time, and for this camera", async () => {
        const nonce = await nonceFor(stage, front);
        assert.equal((await open(stage, front, { nonce })).status, 200);
        assert.equal((await open(stage, front, { nonce })).status, 403);
        await stage.restart();
        await say();
        assert.equal((await open(stage, front, { nonce })).status, 403, "also behind a stop");
        const foreign = await nonceFor(stage, stranger);
        assert.equal((await open(stage, front, { nonce: foreign })).status, 403);
        const late = await nonceFor(stage, front);
        await say({ ahead: ahead + nonceLife });
        assert.equal((await open(stage, front, { nonce: late })).status, 403);
        const own = await nonceFor(stage, front);
        const forged = own.replace(/.$/, (last) => (last === "A" ? "E" : "A"));
        assert.equal((await open(stage, front, { nonce: forged })).status, 403);
      });

      it("with a token for this recording, for five minutes, while the camera may", async () => {
        const token = await tokenFor(stage, front);
        const tokens = [await tokenFor(stage, earlier), await tokenFor(stage, stranger), "", "A".repeat(32)];
        const batch = concat(...items.slice(0, 3));
        for (const other of tokens) assert.equal((await send(stage, front, other, 0, batch)).status, 401);
        await say({ rights: rights.filter(([who]) => who !== null) });
        assert.equal((await send(stage, front, token, 0, batch)).status, 401, "its right was taken back");
        assert.equal((await open(stage, front)).status, 403);
        await say({ ahead: ahead + tokenLife });
        assert.equal((await send(stage, front, token, 0, batch)).status, 401, "late");
        assert.equal((await get(front.path)).status, 404);
        assert.equal((await send(stage, front, await tokenFor(stage, front), 0, batch)).status, 200);
      });
    });

    it("take no batch that is too long, whether it says so or not", async () => {
      const token = await tokenFor(stage, front);
      const long = new Uint8Array(maxBatch + 1);
      long.set(concat(...items));
      // A server that reads no further may cut the line before its answer is heard.
      const refused = (sending: Promise<Response>): Promise<number> =>
        sending.then(
          ({ status }) => status,
          () => 413,
        );
      assert.equal(await refused(send(stage, front, token, 0, long)), 413);
      let left = 20;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left-- > 0) controller.enqueue(new Uint8Array(1 << 20));
          else controller.close();
        },
      });
      assert.equal(await refused(send(stage, front, token, 0, stream)), 413);
      assert.equal((await get(front.path)).status, 404);
    });

    it("are read in ranges, as they stand", async () => {
      await store(front, items.slice(0, 5));
      const file = await fileOf(front);
      const size = file.length;
      const range = async (value: string, more: Record<string, string> = {}) => {
        const response = await get(front.path, { range: value, ...more });
        return [
          response.status,
          response.headers.get("content-range"),
          new Uint8Array(await response.arrayBuffer()),
        ] as const;
      };
      assert.deepEqual(await range("bytes=0-9"), [206, `bytes 0-9/${size}`, file.slice(0, 10)]);
      assert.deepEqual(await range(`bytes=${size - 7}-`), [
        206,
        `bytes ${size - 7}-${size - 1}/${size}`,
        file.slice(-7),
      ]);
      assert.deepEqual(await range("bytes=-5"), [
        206,
        `bytes ${size - 5}-${size - 1}/${size}`,
        file.slice(-5),
      ]);
      assert.deepEqual(await range("bytes=3-99999999"), [206, `bytes 3-${size - 1}/${size}`, file.slice(3)]);
      assert.deepEqual((await range(`bytes=${size}-`)).slice(0, 2), [416, `bytes */${size}`]);
      for (const all of ["bytes=5-3", "bytes=0-1,4-5", "items=0-1", "bytes=-"])
        assert.deepEqual(await range(all), [200, null, file]);
      const etag = (await get(front.path, {}, "HEAD")).headers.get("etag") as string;
      assert.equal((await get(front.path, { "if-none-match": etag })).status, 304);
      assert.equal((await range("bytes=0-9", { "if-range": etag }))[0], 206);
      const opened = await json(await open(stage, front));
      await send(stage, front, opened.token, opened.taken, concat(...items.slice(5)));
      assert.equal((await range("bytes=0-9", { "if-range": etag }))[0], 200, "it has grown");
      const head = await get(front.path, {}, "HEAD");
      assert.notEqual(head.headers.get("etag"), etag);
      assert.equal(Number(head.headers.get("content-length")), (await fileOf(front)).length);
    });

    it("have an index that grew with them: whoever reads has nothing to look for", async () => {
      const token = await tokenFor(stage, front);
      let taken = 0;
      for (const [at, item] of items.entries()) {
        if (at % 2 === 1) await say({ ahead: ahead + receiptInterval });
        assert.equal((await send(stage, front, token, taken, item)).status, 200);
        taken += item.length;
        const known = new Uint8Array(await (await get(`${front.path}/index`)).arrayBuffer());
        const source = sourceOf(await fileOf(front));
        const [{ index }, { index: anew, bytes }] = [
          await completeIndex(source, known),
          await completeIndex(source, new Uint8Array(0)),
        ];
        assert.deepEqual([index?.entries, index?.reached], [anew?.entries, source.size]);
        assert.equal((await completeIndex(source, known)).bytes, null, "it is whole");
        assert.ok(bytes !== null);
      }
      for (const account of ["", "bert"])
        assert.equal(
          (await stage.fetch(`${front.path}/index`, { headers: { "x-test-account": account } })).status,
          404,
        );
      await manage(front.path, "DELETE");
      assert.equal((await get(`${front.path}/index`)).status, 404);
    });

    it("are read across many chunks, whatever the range", async () => {
      const token = await tokenFor(stage, front);
      let taken = 0;
      for (const item of items) {
        await send(stage, front, token, taken, item);
        taken += item.length;
      }
      const file = await fileOf(front);
      for (let from = 0; from < file.length; from += 211) {
        const response = await get(front.path, { range: `bytes=${from}-${from + 400}` });
        assert.deepEqual(new Uint8Array(await response.arrayBuffer()), file.slice(from, from + 401));
      }
    });

    it("are there for who may, and for all others they are not", async () => {
      await store(front);
      const paths = [front.path, `/api/cameras/${front.camera}/recordings`];
      for (const account of ["", "bert"])
        for (const path of paths) {
          const response = await stage.fetch(path, { headers: account ? { "x-test-account": account } : {} });
          assert.deepEqual([response.status, await json(response)], [404, { code: "not-found" }]);
        }
      const guest = { "x-test-account": "guest", origin: "https://images.test" };
      assert.equal((await get(front.path, guest)).status, 200);
      for (const [path, method] of [
        [front.path, "DELETE"],
        [`${front.path}/protected`, "PUT"],
      ] as const)
        assert.equal((await get(path, guest, method)).status, 404, "may read, and not manage");
      const gone = front.path.replace(front.hash, earlier.hash);
      assert.deepEqual(await json(await get(gone)), { code: "not-found" });
      assert.equal((await get(front.path.replace(/.$/, "!"))).status, 404);
    });

    it("are erased and protected from their own pages alone", async () => {
      await store(front);
      for (const origin of [{}, { origin: "https://evil.test" }] as Record<string, string>[])
        for (const [path, method] of [
          [front.path, "DELETE"],
          [`${front.path}/protected`, "PUT"],
        ] as const)
          assert.equal((await get(path, origin, method)).status, 403);
      assert.equal((await manage(`${front.path}/protected`, "PUT")).status, 204);
      assert.equal((await list(front))[0]?.isProtected, true);
      assert.equal((await manage(`${front.path}/protected`, "DELETE")).status, 204);
      assert.equal((await list(front))[0]?.isProtected, false);
      assert.equal((await manage(front.path, "DELETE")).status, 204);
      assert.equal((await get(front.path)).status, 404);
      assert.deepEqual(await list(front), []);
    });

    it("are listed by camera, the newest first", async () => {
      for (const one of [earlier, front, stranger]) {
        await store(one);
        await say({ ahead: ahead + 1_000 });
      }
      assert.deepEqual(
        (await list(front)).map(({ hash }) => hash),
        [front.hash, earlier.hash],
      );
      assert.deepEqual(
        (await list(stranger)).map(({ hash }) => hash),
        [stranger.hash],
      );
    });

    it("make room for new ones, the oldest first, never what is protected or being written", async () => {
      const bytes = { earlier: 0, stranger: 0 };
      bytes.earlier = (await store(earlier)).bytes;
      await say({ ahead: ahead + 1_000 });
      bytes.stranger = (await store(stranger)).bytes;
      assert.equal((await manage(`${earlier.path}/protected`, "PUT")).status, 204);
      // Room for these two and half of a third.
      const rules = { days: null, bytes: bytes.earlier + bytes.stranger + 500 };
      await say({ rules });
      await store(latest);
      assert.deepEqual(
        (await list(front)).map(({ hash }) => hash),
        [latest.hash, earlier.hash],
      );
      assert.deepEqual(await list(stranger), [], "the oldest that may go");
      assert.equal((await manage(`${latest.path}/protected`, "PUT")).status, 204);
      const refused = await send(stage, front, await tokenFor(stage, front), 0, concat(...items));
      assert.equal(refused.status, 507);
      assert.deepEqual([(await json(refused)).code, (await get(front.path)).status], ["quota", 404]);
    });

    it("go by themselves when they are too old, but for what is protected", async () => {
      await store(earlier);
      await store(stranger);
      await manage(`${earlier.path}/protected`, "PUT");
      const old = { rules: { days: 30, bytes: null }, ahead: ahead + 30 * day + 1_000 };
      await say(old);
      assert.equal((await list(front)).length, 1, "rules are heard with the next request");
      await say({ ...old, sweeps: true });
      assert.equal((await list(front)).length, 1);
      assert.deepEqual(await list(stranger), []);
    });

    it("refuse whatever is no request of theirs", async () => {
      const token = await tokenFor(stage, front);
      for (const from of ["", "-1", "1.5", "01", "9".repeat(16), "x"]) {
        const path = `${front.path}/items?from=${from}`;
        const init = { method: "POST", body: "", headers: { authorization: `Bearer ${token}` } };
        assert.equal((await stage.fetch(path, init)).status, 400, from);
      }
      for (const body of ["", "{}", "[]", "null", '{"key":1,"nonce":2,"proof":3}', "x".repeat(5_000)])
        assert.equal((await stage.fetch(`${front.path}/upload`, { method: "POST", body })).status, 400);
      for (const path of [
        "/api/cameras/AAAA/recordings",
        `/api/cameras/${front.camera}/other`,
        `${front.path}/items`,
      ])
        assert.equal((await get(path)).status, 404);
    });
  });
};
