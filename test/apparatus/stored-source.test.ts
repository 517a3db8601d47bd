import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readOrder } from "../../src/apparatus/read-order.ts";
import { openStored, storedIndex, storedPath } from "../../src/apparatus/stored-source.ts";
import { type Bytes, concat, isFault } from "../../src/base/index.ts";
import { completeIndex } from "../../src/seal/check.ts";
import { makeCamera } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { playing } from "./playing.ts";

const name = { camera: "A".repeat(52), hash: "A".repeat(43) };
const file: Bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 9)) & 255);

/** What a server answers to a range of the file; what a lie changes. */
interface Lie {
  readonly status?: number;
  readonly range?: string | null;
  readonly size?: number;
  readonly bytes?: (right: Bytes) => Bytes;
}

/** A server over the file that lies from its second answer on, or from the first. */
const server = (lie: Lie = {}, isAtOnce = false) => {
  const asked: { path: string; range: string; init: RequestInit }[] = [];
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const range = new Headers(init.headers).get("range") ?? "";
    asked.push({ path, range, init });
    const told = isAtOnce || asked.length > 1 ? lie : {};
    const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    const size = told.size ?? file.length;
    const to = Math.min(size, Number(last) + 1);
    const right = file.slice(Number(from), to);
    const header = told.range === undefined ? `bytes ${from}-${to - 1}/${size}` : told.range;
    return new Response(told.bytes?.(right) ?? right, {
      status: told.status ?? 206,
      headers: header === null ? {} : { "content-range": header },
    });
  };
  return { ask, asked };
};

const fault = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  }
  return "none";
};

describe("a recording that the server keeps", () => {
  it("is read where it is asked for, as it lies there", async () => {
    const { ask, asked } = server();
    const source = await openStored(name, ask);
    assert.equal(source.size, file.length);
    for (const [offset, length] of [
      [0, 1],
      [65_530, 20],
      [131_000, 200],
      [100_000, 150_000],
      [299_990, 100],
      [299_999, 1],
    ] as const)
      assert.deepEqual(await source.read(offset, length), file.slice(offset, offset + length));
    assert.deepEqual(await source.read(300_000, 5), new Uint8Array(0), "behind the end is nothing");
    for (const { path, init } of asked) {
      assert.equal(path, storedPath(name));
      assert.deepEqual([init.mode, init.credentials, init.redirect], ["same-origin", "same-origin", "error"]);
    }
  });

  it("is asked for no more than a block around a little, and for nothing twice", async () => {
    const { ask, asked } = server();
    const source = await openStored(name, ask);
    await source.read(200_000, 64);
    await source.read(200_100, 1_000);
    await source.read(10, 64);
    assert.deepEqual(
      asked.map(({ range }) => range),
      ["bytes=0-65535", "bytes=196608-262143"],
    );
  });

  it("goes on as it stood when more is added to it", async () => {
    const source = await openStored(name, server({ size: file.length + 9_999, bytes: (right) => right }).ask);
    assert.equal(source.size, file.length);
    assert.deepEqual(await source.read(200_000, 100), file.slice(200_000, 200_100));
  });

  it("is at fault where the answer is another one than was asked for, and nothing of it is taken", async () => {
    const size = file.length;
    const lies: Record<string, Lie> = {
      "the whole of it": { status: 200, range: null },
      "another status": { status: 500 },
      "signed out on the way": { status: 401 },
      "no range": { range: null },
      "another beginning": { range: `bytes 0-99999/${size}` },
      "a shorter range": { range: `bytes 100000-199998/${size}` },
      "a longer range": { range: `bytes 100000-200000/${size}` },
      "a file that became shorter": { range: `bytes 100000-199999/${size - 1}` },
      "of no known length": { range: "bytes 100000-199999/*" },
      "in other units": { range: `items 100000-199999/${size}` },
      "too few bytes": { bytes: (right) => right.slice(1) },
      "no bytes": { bytes: () => new Uint8Array(0) },
      "too many bytes": { bytes: (right) => new Uint8Array([...right, 0]) },
      "far too many bytes": { bytes: () => new Uint8Array(5_000_000) },
    };
    for (const [what, lie] of Object.entries(lies)) {
      const source = await openStored(name, server(lie).ask);
      assert.equal(await fault(source.read(100_000, 100_000)), "stored-answer", what);
    }
    for (const lie of [{ status: 200, range: null }, { range: "bytes 1-65536/300000" }, { range: null }])
      assert.equal(await fault(openStored(name, server(lie, true).ask)), "stored-answer");
  });

  it("says that it is gone, and that nothing answers", async () => {
    assert.equal(await fault(openStored(name, server({ status: 404 }, true).ask)), "stored-none");
    const source = await openStored(name, server({ status: 404 }).ask);
    assert.equal(await fault(source.read(100_000, 100_000)), "stored-none", "in the middle");
    const dead = async (): Promise<Response> => {
      throw new TypeError("no network");
    };
    assert.equal(await fault(openStored(name, dead)), "offline");
    const breaks = async (_: string, init: RequestInit): Promise<Response> => {
      const range = new Headers(init.headers).get("range");
      const body = new ReadableStream({ start: (controller) => controller.error(new TypeError("reset")) });
      const headers = { "content-range": `bytes ${range?.slice(6)}/300000` };
      return new Response(body, { status: 206, headers });
    };
    assert.equal(await fault(openStored(name, breaks)), "offline");
  });

  it("is read at a place for that place alone: no more than is listed, and what is read ahead there", async () => {
    const camera = await makeCamera();
    const items = [camera.head, camera.epoch];
    const shape = { format: "I420", width: 320, height: 240 } as const;
    for (let at = 0; at < 80; at += 1)
      items.push(await camera.seal(at, { shape, captured: 5_000 + 500 * at }));
    items.push(await camera.end(80));
    const whole = concat(...items);
    const { bytes: listed } = await completeIndex(sourceOf(whole), new Uint8Array(0));
    let given = 0;
    const ask = async (_: string, init: RequestInit): Promise<Response> => {
      const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init.headers).get("range") ?? "") ?? [];
      const part = whole.slice(Number(from), Number(last) + 1);
      given += part.length;
      const range = `bytes ${from}-${Number(from) + part.length - 1}/${whole.length}`;
      return new Response(part, { status: 206, headers: { "content-range": range } });
    };
    const known = [{ number: camera.number, identities: [camera.identity] }];
    const play = await playing(await openStored(name, ask), known, { beside: listed ?? new Uint8Array(0) });
    assert.ok(given < 300_000, `${given} to open it`);
    for (const at of [39_500, 20_000, 30_000]) {
      given = 0;
      await play.player.seek({ at });
      assert.equal(play.moments.at(-1)?.verdict.state, "ST1");
      assert.equal(play.moments.at(-1)?.captured, 5_000 + at);
      assert.ok(given < 2_500_000, `${given} of ${whole.length} for ${at}`);
    }
    await play.player.close();
    assert.ok(whole.length > 9_000_000);
  });

  it("is read for what is to be shown before what is judged beside it", async () => {
    const asked: [string, () => void][] = [];
    let who = "";
    const slow = {
      size: 10,
      read: (_: number, length: number) =>
        new Promise<Uint8Array>((resolve) => asked.push([who, () => resolve(new Uint8Array(length))])),
    };
    const { first, second } = readOrder(slow);
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    who = "shown";
    const shown = first.read(0, 1);
    const again = first.read(1, 1);
    who = "judged";
    const judged = second.read(0, 1);
    await wait();
    assert.deepEqual(
      asked.map(([one]) => one),
      ["shown", "shown"],
    );
    asked[0]?.[1]();
    await shown;
    await wait();
    assert.equal(asked.length, 2, "one of them is still under way");
    asked[1]?.[1]();
    await again;
    await wait();
    assert.deepEqual(asked.at(-1)?.[0], "judged");
    asked.at(-1)?.[1]();
    assert.equal((await judged).length, 1);
    // One that fails holds nothing up.
    const broken = readOrder({ size: 1, read: () => Promise.reject(new TypeError("broken")) });
    await Promise.all([
      assert.rejects(broken.first.read(0, 1)),
      assert.rejects(broken.second.read(0, 1), TypeError),
    ]);
  });

  it("has a name that is one, and no other path is asked for", async () => {
    const { ask, asked } = server();
    for (const wrong of [
      { ...name, camera: "../account" },
      { ...name, camera: "A".repeat(50) },
      { ...name, hash: "A".repeat(42) },
      { ...name, hash: `${"A".repeat(42)}/` },
    ])
      assert.equal(await fault(openStored(wrong, ask)), "encoding");
    assert.deepEqual(asked, []);
  });

  it("has an index that may be missing, and is then nothing", async () => {
    const given =
      (status: number, body: Bytes, headers = {}) =>
      async (): Promise<Response> =>
        new Response(body, { status, headers: { "content-length": `${body.length}`, ...headers } });
    const bytes = new Uint8Array([1, 2, 3]);
    assert.deepEqual(await storedIndex(name, given(200, bytes)), bytes);
    const none = new Uint8Array(0);
    assert.deepEqual(await storedIndex(name, given(404, bytes)), none);
    assert.deepEqual(await storedIndex(name, given(200, bytes, { "content-length": "4" })), none);
    assert.deepEqual(await storedIndex(name, given(200, bytes, { "content-length": "99999999" })), none);
    assert.deepEqual(
      await storedIndex(name, async () => {
        throw new TypeError("no network");
      }),
      none,
    );
  });
});
