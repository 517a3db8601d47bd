import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AskedRecordings, mostUnderWay } from "../../src/apparatus/asked-recordings.ts";
import { mostAsked, RecordingDesk, reserve } from "../../src/apparatus/recording-desk.ts";
import {
  decodeAnswer,
  decodeAsk,
  encodeAnswer,
  encodeAsk,
  maxPiece,
  type OnCamera,
} from "../../src/apparatus/recording-talk.ts";
import { type Bytes, encodeCbor, Fault } from "../../src/base/index.ts";
import { sourceOf } from "../seal/recordings.ts";
import { retained } from "./recordings-in-memory.ts";

const number = "A".repeat(52);
const other = "B".repeat(52);
const file = crypto.getRandomValues(new Uint8Array(60_000)).slice() as Bytes;
const long = new Uint8Array([...file, ...file, ...file]);
const index = file.slice(0, 100);
const isFault = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

/** A camera with two recordings of its own beside others, and a viewer that asks for them. */
const beside = (wait = 5_000) => {
  const files = new Map([
    [`7-${number}-camera.sealed`, long],
    [`9-${number}-camera.sealed`, file],
    [`8-${number}.sealed`, file],
    [`6-${other}-camera.sealed`, file],
  ]);
  const entry = (begun: number, more: object) => ({ ...retained(`${begun}`, begun), number, ...more });
  const state = { room: reserve, isConnected: true, sent: [] as Bytes[], asked: 0 };
  const list = [
    entry(9, { origin: "camera", bytes: file.length, isWriting: true }),
    entry(8, { origin: "viewer" }),
    entry(7, { origin: "camera", bytes: long.length }),
    entry(6, { origin: "camera", number: other }),
  ];
  const viewer = new AskedRecordings(wait);
  const desk = new RecordingDesk({
    number,
    recordings: {
      list: async () => list,
      async source(name, part) {
        const bytes = files.get(name);
        if (!bytes) throw new Fault("recording-none");
        return sourceOf(part === "index" ? index : bytes);
      },
    },
    carrier: {
      hasRoom: (length) => length <= state.room,
      send(message) {
        if (!("talk" in message)) throw new TypeError("only talk");
        state.sent.push(message.talk);
        if (state.isConnected) viewer.hear(message.talk);
      },
    },
  });
  viewer.connect((talk) => {
    state.asked += 1;
    if (state.isConnected) desk.hear(talk);
  });
  return { viewer, desk, state, files };
};
const [newest, older]: OnCamera[] = [
  { begun: 9, bytes: file.length, isWriting: true },
  { begun: 7, bytes: long.length, isWriting: false },
];

describe("recordings on a camera", () => {
  it("[RC1] are listed and read in pieces, byte for byte", async () => {
    const { viewer, state } = beside();
    assert.deepEqual(await viewer.list(), [newest, older]);
    const source = viewer.source(older as OnCamera);
    assert.deepEqual(await source.read(0, long.length + 5), long);
    assert.deepEqual(await source.read(50_000, 3), long.slice(50_000, 50_003));
    assert.equal((await source.read(long.length, 10)).length, 0);
    assert.deepEqual(await viewer.index(older as OnCamera), index);
    assert.ok(state.sent.every((talk) => talk.length <= 16 * 1024));
  });

  it("[RC2] are those that the camera made of itself, whatever is asked for", async () => {
    const { viewer } = beside();
    for (const begun of [8, 6, 5, Number.MAX_SAFE_INTEGER])
      await assert.rejects(
        viewer.source({ begun, bytes: 10, isWriting: false }).read(0, 10),
        isFault("recording-none"),
        `${begun}`,
      );
  });

  it("[RC3] wait while live pictures need the window", async () => {
    const { viewer, state } = beside();
    state.room = reserve - 1;
    const listing = viewer.list();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(state.sent.length, 0);
    state.room = reserve;
    assert.equal((await listing).length, 2);
  });

  it("[RC3] are asked for a few pieces at a time, and beyond a bound not answered", async () => {
    const { viewer, desk, state } = beside();
    state.room = reserve - 1;
    const reading = viewer.source(older as OnCamera).read(0, long.length);
    assert.equal(state.asked, mostUnderWay);
    for (let id = 1_000; id < 1_100; id += 1) desk.hear(encodeAsk({ kind: "recordings", id }));
    state.room = reserve;
    await reading;
    // One was taken up at once.
    assert.ok(state.sent.filter((talk) => decodeAnswer(talk)?.kind === "recordings").length <= mostAsked + 1);
  });

  it("[RC3] are given to nobody whose connection has ended", async () => {
    const { viewer, desk, state } = beside(20);
    state.room = reserve - 1;
    const listing = viewer.list();
    desk.close();
    state.room = reserve;
    await assert.rejects(listing, isFault("offline"));
    assert.equal(state.sent.length, 0);
  });

  it("are asked for again where the connection broke, and given up where it does not come back", async () => {
    const { viewer, state } = beside(20);
    state.isConnected = false;
    const reading = viewer.source(newest as OnCamera).read(0, 100);
    await new Promise((resolve) => setTimeout(resolve, 30));
    state.isConnected = true;
    assert.deepEqual(await reading, file.slice(0, 100));
    state.isConnected = false;
    await assert.rejects(viewer.list(), isFault("offline"));
    const cancelled = viewer.list();
    viewer.close();
    await assert.rejects(cancelled, isFault("cancelled"));
  });

  it("[RC4] are refused where an answer is longer than what was asked for, or less than what was listed", async () => {
    const { viewer, files } = beside();
    files.set(`9-${number}-camera.sealed`, file.slice(0, 99));
    await assert.rejects(viewer.source(newest as OnCamera).read(0, 100), isFault("recording-none"));
    const lying = new AskedRecordings(1_000);
    lying.connect((talk) => {
      const { id } = decodeAsk(talk) as { id: number };
      lying.hear(encodeAnswer({ kind: "piece", id: id + 1, bytes: new Uint8Array(3) }));
      lying.hear(encodeAnswer({ kind: "piece", id, bytes: new Uint8Array(101) }));
    });
    await assert.rejects(lying.source(newest as OnCamera).read(0, 100), isFault("recording-none"));
    await assert.rejects(lying.list(), isFault("recording-none"));
  });

  it("[RC1] are asked and answered in one form, and in no other", () => {
    const asks = [
      ["recordings", 1],
      ["piece", 1, 9, 0, 0, 1],
      ["piece", 0xffff_ffff, 9, 1, 2 ** 40, maxPiece],
    ];
    for (const ask of asks)
      assert.deepEqual(encodeAsk(decodeAsk(encodeCbor(ask as never)) as never), encodeCbor(ask as never));
    const bad = [
      ["recordings"],
      ["recordings", -1],
      ["recordings", 2 ** 32],
      ["recordings", 1, 1],
      ["piece", 1, 9, 2, 0, 1],
      ["piece", 1, 9, 0, 0, 0],
      ["piece", 1, 9, 0, 0, maxPiece + 1],
      ["piece", 1, 9, 0, -1, 1],
      ["piece", 1, "9", 0, 0, 1],
      ["piece", 1, 9, 0, 0],
      ["piece", 1, 9, 0, 0, 1, 1],
      ["pieces", 1, 9, 0, 0, 1],
      [],
      1,
    ];
    for (const ask of bad) assert.equal(decodeAsk(encodeCbor(ask as never)), null, JSON.stringify(ask));
    const answers = [
      ["recordings", 1, [[9, 10, true]]],
      ["recordings", 1, []],
      ["piece", 1, new Uint8Array(3)],
      ["none", 1],
    ];
    for (const answer of answers)
      assert.deepEqual(
        encodeAnswer(decodeAnswer(encodeCbor(answer as never)) as never),
        encodeCbor(answer as never),
      );
    const wrong = [
      ["recordings", 1],
      ["recordings", 1, [[9, 10]]],
      ["recordings", 1, [[9, 10, 1]]],
      ["recordings", 1, [[9, 10, true, 1]]],
      ["recordings", 1, Array(201).fill([1, 1, true])],
      ["piece", 1, new Uint8Array(maxPiece + 1)],
      ["piece", 1, "abc"],
      ["none", 1, null],
      ["none", 1, 1, 1],
    ];
    for (const answer of wrong)
      assert.equal(decodeAnswer(encodeCbor(answer as never)), null, JSON.stringify(answer));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        decodeAsk(bytes);
        decodeAnswer(bytes);
      }),
    );
  });
});
