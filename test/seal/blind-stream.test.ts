import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Bytes, grow, grownRoot, leafHash, randomBytes, treeRoot } from "../../src/base/index.ts";
import { type BlindFinding, BlindStream } from "../../src/seal/check.ts";
import { edited, flipped } from "./bytes.ts";
import { makeCamera, tinyShape } from "./camera.ts";
import { coded } from "./coded.ts";
import { itemsOf } from "./recordings.ts";

const camera = await makeCamera({ counter: 5 });
const earlier = await camera.begin(4);
const stranger = await makeCamera();
const items = await itemsOf(camera, 4);
const [head, epoch, f0, f1, f2, f3, end] = items as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];

const told = (finding: BlindFinding): string => (finding.kind === "refused" ? finding.reason : finding.kind);
/** What is said of each. */
const said = async (list: readonly Uint8Array[], number = camera.number): Promise<string[]> => {
  const stream = new BlindStream(number);
  const words: string[] = [];
  for (const item of list) words.push(told(await stream.take(item)));
  return words;
};

describe("a stream checked blindly", () => {
  it("[SR4] [SR6] passes as its camera sealed it, with every kind of frame", async () => {
    assert.deepEqual(await said(items), ["head", "epoch", "frame", "frame", "frame", "frame", "end"]);
    const sealed: Bytes[] = [];
    for (const { fields, bytes } of coded) sealed.push(await camera.sealAs(fields, bytes));
    assert.deepEqual(await said([head, epoch, ...sealed]), ["head", "epoch", ...sealed.map(() => "frame")]);
  });

  it("is another camera's by any bit of the number", async () => {
    for (const at of [0, 31]) assert.equal((await said([head], flipped(camera.number, at)))[0], "number");
    assert.equal((await said([stranger.head]))[0], "number");
  });

  it("begins with its head, has one, and ends once", async () => {
    assert.deepEqual(await said([f0, epoch, end, ...items]), [
      ...["head", "head", "head"],
      ...["head", "epoch", "frame", "frame", "frame", "frame", "end"],
    ]);
    assert.deepEqual((await said([head, head, earlier.head, stranger.head])).slice(1), [
      "splice",
      "splice",
      "splice",
    ]);
    assert.deepEqual((await said([...items, end, f0, head, epoch])).slice(7), [
      "ended",
      "ended",
      "ended",
      "ended",
    ]);
    const answer = (await camera.fresh(1, randomBytes(32)))[0] as Bytes;
    assert.deepEqual((await said([head, answer]))[1], "splice");
  });

  it("takes nothing of another stream, nor another camera's", async () => {
    await earlier.announce(0);
    const foreign = [
      ...[earlier.epoch, await earlier.seal(0, { shape: tinyShape }), await earlier.end(4)],
      ...[stranger.epoch, await stranger.seal(0, { shape: tinyShape }), await stranger.end(4)],
    ];
    assert.deepEqual((await said([head, epoch, ...foreign])).slice(2), [
      ...["epoch", "signature", "signature"],
      ...["epoch", "signature", "signature"],
    ]);
  });

  it("[SF19] takes frames in order, each once, and no end that counts fewer", async () => {
    assert.deepEqual((await said([head, epoch, f1, f0, f1, f3, f2])).slice(2), [
      ...["frame", "sequence", "sequence", "frame", "sequence"],
    ]);
    assert.equal((await said([head, epoch, f3, await camera.end(3)])).at(-1), "sequence");
  });

  it("[SF32] takes no frame of an epoch that its track has left, also where another one goes on", async () => {
    const own = await camera.begin(7);
    const next = await own.announce(1);
    const seal = (sequence: number, number: number) =>
      own.seal(sequence, { shape: tinyShape, epoch: number });
    const begun = [own.head, own.epoch, next, await seal(0, 0), await seal(1, 1)];
    const old = await seal(2, 0);
    assert.equal((await said([...begun, old])).at(-1), "epoch");
    const stream = new BlindStream(camera.number);
    for (const item of begun) await stream.take(item);
    const kept = stream.state!;
    assert.deepEqual(kept.last, [[0, 1, 1]]);
    const resumed = await BlindStream.resume(camera.number, kept);
    assert.equal(told(await resumed!.take(old)), "epoch");
    // As it was kept before there were several.
    const before = await BlindStream.resume(camera.number, { ...kept, last: [[0, 1]] });
    assert.equal(told(await before!.take(old)), "frame");
  });

  it("[SR6] takes no frame before its announcement", async () => {
    assert.deepEqual((await said([head, f0, epoch, f0])).slice(1), ["no-key", "epoch", "frame"]);
  });

  it("[SR6] keeps the last 16 epochs", async () => {
    const stream = await camera.begin(6);
    const more: Bytes[] = [];
    for (let number = 1; number <= 16; number += 1) more.push(await stream.announce(number));
    const old = await stream.seal(0, { shape: tinyShape });
    const list = [stream.head, stream.epoch, ...more];
    assert.equal((await said([...list, old])).at(-1), "no-key");
    assert.equal((await said([...list, stream.epoch, old])).at(-1), "frame");
  });

  it("[SF1] [SF3] takes nothing that does not decode, and what was refused leaves no trace", async () => {
    const bad = [
      edited(f0, (fields) => fields.push(0)),
      edited(f0, (fields) => fields.splice(1, 1, 2)),
      new Uint8Array([0x82, 7, 1]),
      new Uint8Array(0),
      new Uint8Array([0xff]),
      flipped(f0, f0.length - 1),
    ];
    assert.deepEqual((await said([head, epoch, ...bad, f0])).slice(2), [
      ...["malformed", "version", "malformed", "malformed", "malformed", "tree", "frame"],
    ]);
  });

  it("is checked on a copy: what its sender changes meanwhile reaches nothing", async () => {
    const stream = new BlindStream(camera.number);
    await stream.take(head);
    await stream.take(epoch);
    const sent = f0.slice();
    const taking = stream.take(sent);
    sent.fill(0);
    assert.equal(told(await taking), "frame");
    const begun = new BlindStream(camera.number);
    const first = head.slice();
    await begun.take(first);
    first.fill(0);
    assert.ok(
      begun.state && (await BlindStream.resume(camera.number, begun.state)),
      "nor what is kept of a head",
    );
  });

  it("goes on where it stopped, wherever that was", async () => {
    for (let cut = 1; cut < items.length; cut += 1) {
      const stream = new BlindStream(camera.number);
      for (const item of items.slice(0, cut)) await stream.take(item);
      const { state } = stream;
      assert.ok(state);
      const next = await BlindStream.resume(camera.number, structuredClone(state));
      assert.ok(next);
      const words: string[] = [];
      for (const item of items.slice(cut - 1)) words.push(told(await next.take(item)));
      const again = ["splice", "epoch", "sequence", "sequence", "sequence", "sequence"][cut - 1];
      assert.deepEqual(words, [again, ...(await said(items)).slice(cut)]);
      assert.equal(await BlindStream.resume(stranger.number, state), null);
    }
  });
});

describe("a tree that grows", () => {
  it("has the root of its leaves at every size", async () => {
    const leaves = await Promise.all(Array.from({ length: 70 }, (_, at) => leafHash(new Uint8Array([at]))));
    let tree = { size: 0, peaks: [] as readonly Bytes[] };
    for (const [at, leaf] of leaves.entries()) {
      assert.deepEqual(await grownRoot(tree), await treeRoot(leaves.slice(0, at)));
      tree = await grow(tree, leaf);
      assert.equal(tree.size, at + 1);
    }
    assert.ok(tree.peaks.length <= 7);
  });
});
