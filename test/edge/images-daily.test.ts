import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { concat } from "../../src/base/index.ts";
import { front, json, open, send } from "../images/camera.ts";
import type { Said, Stage } from "../images/stage.ts";
import { type ImagesHost, startImages } from "./images-host.ts";

const day = 86_400_000;
const rights: Said["rights"] = [[null, front.camera, "upload"]];

describe("what is stored at the edge", () => {
  let host: ImagesHost;
  const say = async (said: Partial<Said>): Promise<void> => {
    const body = JSON.stringify({ rules: { days: 30, bytes: null }, rights, ahead: 0, ...said });
    assert.equal((await host.fetch("/say", { method: "POST", body })).status, 200);
  };
  const planned = async (): Promise<number | null> => (await host.fetch("/planned")).json() as never;
  const keys = async (): Promise<number> => ((await (await host.fetch("/keys")).json()) as string[]).length;

  before(async () => {
    host = await startImages();
  });
  after(() => host.stop());

  it("is looked over each day until it is too old, though nobody comes any more", async () => {
    await say({});
    const { token } = await json(await open(host as unknown as Stage, front));
    const { status } = await send(host as unknown as Stage, front, token, 0, concat(...front.items));
    assert.equal(status, 200);
    for (const days of [1, 2, 29]) {
      await say({ ahead: days * day, sweeps: true });
      assert.equal(await keys(), 1);
      const ahead = ((await planned()) ?? 0) - Date.now();
      assert.ok(ahead > days * day && ahead <= (days + 1) * day, `${ahead}`);
    }
    await say({ ahead: 31 * day, sweeps: true });
    assert.deepEqual([await keys(), await planned()], [0, null]);
  });
});
