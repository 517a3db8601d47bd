import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { concat } from "../../src/base/index.ts";
import { bodyOf } from "../../src/images/body.ts";
import { ImageService, memoryChunkStore, memoryImageIndex, serviceKeys } from "../../src/images/index.ts";
import { front, send, tokenFor } from "./camera.ts";
import { imagesSuite } from "./images.suite.ts";
import { memoryStage, origin, type Said } from "./stage.ts";

imagesSuite("in memory", memoryStage);

describe("a stop in the middle", () => {
  const make = async () => {
    const [index, chunks] = [memoryImageIndex(), memoryChunkStore()];
    const keys = await serviceKeys(new Uint8Array(32));
    const rules = () => ({ days: null, bytes: null });
    const options = { index, chunks, origin, ...keys, rules, clock: { now: () => 1_000 } };
    return { index, chunks, options };
  };
  const stop = (): never => {
    throw new Error("stopped");
  };
  const name = { camera: front.camera, hash: front.hash };
  const batch = concat(...front.items.slice(0, 4));

  it("between the bytes and the index costs a batch that nobody was told of, and leaves nothing behind", async () => {
    const { index, chunks, options } = await make();
    const dying = new ImageService({ ...options, index: { ...index, write: stop } });
    await assert.rejects(dying.append(name, 0, batch));
    assert.equal((await chunks.list("")).length, 1);
    const next = new ImageService(options);
    assert.equal((await next.stand(name)).taken, 0);
    // A shorter one is put over it.
    const first = concat(...front.items.slice(0, 3));
    assert.equal((await next.append(name, 0, first)).result, "stored");
    assert.deepEqual(await chunks.read((await chunks.list(""))[0] as string, 0, first.length), first);
    assert.equal((await chunks.list("")).length, 1);
  });

  it("before the bytes leaves all as it was", async () => {
    const { chunks, options } = await make();
    const dying = new ImageService({ ...options, chunks: { ...chunks, put: stop } });
    await assert.rejects(dying.append(name, 0, batch));
    assert.equal(await new ImageService(options).look(name), null);
  });

  it("while a recording is erased leaves it hidden, and the next sweep or upload erases the rest", async () => {
    for (const go of ["sweep", "append"] as const) {
      const { index, chunks, options } = await make();
      await new ImageService(options).append(name, 0, batch);
      for (const broken of [
        { ...options, chunks: { ...chunks, erase: stop } },
        { ...options, index: { ...index, erase: stop } },
      ]) {
        await assert.rejects(new ImageService(broken).erase(name));
        const next = new ImageService(options);
        assert.deepEqual([await next.look(name), await next.list(name.camera)], [null, []]);
        if (go === "sweep") assert.equal(await next.sweep(), 1);
        else assert.equal((await next.append(name, 0, concat(...front.items))).result, "stored");
        assert.equal((await chunks.list("")).length, go === "sweep" ? 0 : 1);
        await next.erase(name);
        await next.append(name, 0, batch);
      }
    }
  });
});

describe("an upload that is open", () => {
  it("ends with the right of its camera, also while a batch comes in", async () => {
    const stage = await memoryStage();
    const rights: Said["rights"] = [[null, front.camera, "upload"]];
    const said = { ahead: 0, rules: { days: null, bytes: null } };
    await stage.say({ ...said, rights });
    const token = await tokenFor(stage, front);
    const slow = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          await stage.say({ ...said, rights: [] });
          controller.enqueue(concat(...front.items));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    assert.equal((await send(stage, front, token, 0, slow)).status, 401);
    assert.deepEqual(await stage.keys(), []);
  });
});

describe("the body of a request", () => {
  const request = (body: BodyInit) =>
    new Request(origin, { method: "POST", body, duplex: "half" } as RequestInit);

  it("that does not come is given up, and its sender with it", async () => {
    let isCancelled = false;
    const never = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(3)),
      cancel: () => {
        isCancelled = true;
      },
    });
    assert.equal(await bodyOf(request(never), 10, 1), "slow");
    assert.ok(isCancelled);
  });

  it("is read up to its bound, and not past it", async () => {
    assert.deepEqual(await bodyOf(request(new Uint8Array(10)), 10, 60_000), new Uint8Array(10));
    assert.equal(await bodyOf(request(new Uint8Array(11)), 10, 60_000), "long");
    assert.deepEqual(await bodyOf(new Request(origin), 10, 60_000), new Uint8Array(0));
  });
});
