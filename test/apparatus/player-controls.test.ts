import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { makePlayerControls } from "../../src/apparatus/player-controls.ts";
import { concat } from "../../src/base/index.ts";
import { front } from "../images/camera.ts";

/** A camera's recording that never ends. */
const endless = () => {
  const bytes = concat(...front.items);
  const counted = { reads: 0 };
  const source = {
    size: 2 ** 50,
    async read(offset: number, length: number) {
      counted.reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      return Uint8Array.from({ length }, (_, at) => bytes[(offset + at) % bytes.length] as number);
    },
  };
  return { counted, source };
};

describe("a recording that is loaded", () => {
  before(() => {
    // As in private windows: there is nothing to erase.
    const getDirectory = () => Promise.reject(new DOMException("none", "SecurityError"));
    Object.defineProperty(navigator, "storage", { value: { getDirectory }, configurable: true });
  });
  after(() => Reflect.deleteProperty(navigator, "storage"));

  it("is read no more once it is not wanted, though its camera gives more and more", async () => {
    const { counted, source } = endless();
    const controls = makePlayerControls(
      () => [],
      async () => ({ listed: new Uint8Array(0), source }),
    );
    const { port1, port2 } = new MessageChannel();
    const events = { onstatus: () => undefined, online: () => undefined, onfault: () => undefined };
    const loading = controls.load({ begun: 1, bytes: 2 ** 50, isWriting: false }, null, port2, events);
    const failed = loading.then(
      () => false,
      () => true,
    );
    while (counted.reads < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    await controls.unload().catch(() => undefined);
    assert.ok(await failed);
    const { reads } = counted;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(counted.reads <= reads + 1, `${counted.reads - reads}`);
    port1.close();
  });
});
