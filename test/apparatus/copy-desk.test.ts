import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CopyDesk, type CopyDeskMeans } from "../../src/apparatus/copy-desk.ts";
import { numberText } from "../../src/keys/index.ts";

describe("the rule that copies are kept", () => {
  before(() => Object.assign(globalThis, { location: { origin: "https://sealcam.test" } }));
  after(() => Reflect.deleteProperty(globalThis, "location"));

  it("is for the camera that was chosen last, also where an earlier one is read later", async () => {
    const slow = Promise.withResolvers<void>();
    const kept: string[] = [];
    const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const desk = new CopyDesk({
      cameras: {
        read: async (deviceId: string) => {
          if (deviceId === "first") await slow.promise;
          const number = deviceId === "first" ? first : second;
          return { number, publicKey: number, recipients: number };
        },
      },
      store: {
        isKept: async () => false,
        keep: async (number: string) => {
          kept.push(number);
        },
      },
    } as unknown as CopyDeskMeans);
    const told: string[] = [];
    const follow = (id: string) => desk.follow(id, { oncopies: () => told.push(id) });
    const both = [follow("first"), follow("second")];
    await both[1];
    slow.resolve();
    await both[0];
    await desk.keep(false);
    assert.deepEqual(kept, [numberText(second)]);
    assert.ok(!told.includes("first"));
  });
});
