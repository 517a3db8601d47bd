import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { exactWant, usualWant } from "../../src/apparatus/talk.ts";
import { beginStream, sealedByAnother, throwaway } from "../../src/apparatus/throwaway-camera.ts";
import { systemClock } from "../../src/base/index.ts";
import type { CameraFrame } from "../../src/sensor/index.ts";
import { flipped } from "../seal/bytes.ts";
import { frameOf, makeSensor, pixelsOf, tinyShape } from "../seal/camera.ts";
import { Picture } from "../seal/pictures.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import { codable } from "./coders.ts";
import { beginViewing, makeStream } from "./stage.ts";
import { streaming } from "./streaming.ts";

/** Frames that say whether they and every clone of them are closed. */
const ledger = () => {
  let open = 0;
  let made = 0;
  const entered = (frame: CameraFrame): CameraFrame => {
    made += 1;
    open += 1;
    let isOpen = true;
    return Object.assign(frame, {
      clone: () => entered({ ...frame }),
      close() {
        if (isOpen) open -= 1;
        isOpen = false;
      },
    });
  };
  return {
    raw: (change: object = {}) =>
      entered(Object.assign(frameOf(tinyShape, pixelsOf(tinyShape)), change) as CameraFrame),
    coded: (mark: number) => entered(codable(mark)),
    get open() {
      return open;
    },
    get made() {
      return made;
    },
  };
};

describe("a camera closes every frame it gets", () => {
  it("sealed, coded, made a still of, wanted by nobody, refused, failed, or come too late", async () => {
    const camera = await streaming();
    const book = ledger();
    await camera.stream.seal(book.coded(1));
    assert.equal(book.open, 0, "nobody wants it");
    await camera.join(usualWant);
    for (let mark = 2; mark < 6; mark += 1) {
      camera.clock.time += 40;
      await camera.stream.seal(book.coded(mark));
      await quiet(1);
    }
    assert.ok(book.made > 5, "a still is made of a clone");
    assert.equal(book.open, 0, "coded");
    await camera.join(exactWant, "exact");
    const still = { clone: () => book.coded(9) };
    await camera.stream.seal(book.raw(still));
    await quiet(1);
    const failing = [
      { format: "RGBA" },
      { visibleRect: null },
      { copyTo: () => Promise.reject(new DOMException("gone", "OperationError")) },
    ];
    for (const change of failing) {
      camera.clock.time += 40;
      await assert.rejects(camera.stream.seal(book.raw({ ...still, ...change })));
      await quiet(1);
    }
    await camera.stream.end();
    await assert.rejects(camera.stream.seal(book.raw()), { code: "no-key" });
    await until(() => book.open === 0, "every frame closed");
  });

  it("as a seed, whatever becomes of the stream", async () => {
    const book = ledger();
    const good = await throwaway();
    const bad = { ...good, pair: { ...good.pair, recipient: "age1none" } };
    const means = {
      ...{ makeSensor, clock: systemClock, steady: systemClock, label: "Front door" },
      path: "track-processor-window" as const,
    };
    const next = async (): Promise<CameraFrame> => book.raw();
    const other = async (): Promise<CameraFrame> => book.raw({ format: "RGBA" });
    await (await beginStream(good, means, next)).end();
    await assert.rejects(beginStream(bad, means, next), { code: "recipient" });
    await assert.rejects(beginStream(good, means, other), { code: "pixel-format" });
    assert.ok(book.made >= 3);
    const broken = { ...means, makeSensor: () => Promise.reject(new Error("no memory")) };
    await assert.rejects(beginStream(good, broken, next), /no memory/);
    await assert.rejects(sealedByAnother(book.raw(), broken, next), /no memory/);
    await sealedByAnother(book.raw(), means, next);
    assert.equal(book.open, 0);
  });
});

describe("a viewer closes every picture that it does not show", () => {
  const all: Picture[] = [];
  const { VideoFrame: other } = globalThis;
  before(() => {
    class Noted extends Picture {
      constructor(...given: ConstructorParameters<typeof Picture>) {
        super(...given);
        all.push(this);
      }
    }
    Object.assign(globalThis, { VideoFrame: Noted });
  });
  after(() => {
    Object.assign(globalThis, { VideoFrame: other });
  });

  it("good ones while it recovers among them, and those under way when it is stopped", async () => {
    const camera = await makeStream();
    const [atCamera, atViewer] = carrierPair();
    const { viewing, output } = await beginViewing(atViewer, camera.record);
    camera.stream.attach(atCamera, "viewer");
    await until(() => output.labels.length > 0, "the epoch");
    const next = async (): Promise<void> => {
      const before = output.shown.length;
      await camera.seal();
      await until(() => output.shown.length > before, "a frame");
    };
    await next();
    atCamera.way = (message) =>
      "sealed" in message ? [{ sealed: flipped(message.sealed, message.sealed.length - 1) }] : [message];
    await next();
    assert.equal(output.last?.state, "ST0");
    atCamera.way = (message) => [message];
    for (let i = 0; i < 12; i += 1) await next();
    assert.equal(output.last?.state, "ST1");
    await camera.seal(2);
    await viewing.stop();
    await camera.stream.end();
    const shown = new Set(output.shown.flatMap(({ picture }) => picture ?? []));
    assert.ok(all.length > shown.size && shown.size > 2, `${all.length} made, ${shown.size} shown`);
    assert.deepEqual(
      all.map((picture) => picture.closed),
      all.map((picture) => !shown.has(picture)),
    );
  });
});
