import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type Serving, serve } from "../../scripts/serve.ts";

const worker = `
import { DurableObject } from "cloudflare:workers";
export class Room extends DurableObject {}
export class Account extends DurableObject {}
export default {
  async fetch(request, { IMAGES }) {
    if (request.method === "POST") await IMAGES.put("picture", "cipher text");
    return new Response(await (await IMAGES.get("picture"))?.text());
  },
};`;

describe("the host's own doors", () => {
  let data: string;
  let serving: Serving | undefined;
  after(async () => {
    await serving?.stop();
    await rm(data, { recursive: true });
  });

  it("give nothing that the worker keeps, and the bucket is the same one after a restart", async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-doors-"));
    const file = join(data, "worker.js");
    await writeFile(file, worker);
    serving = await serve(0, { data, worker: file });
    assert.equal(await (await fetch(serving.origin, { method: "POST" })).text(), "cipher text");
    for (const door of [
      "local/r2/public/IMAGES",
      "local/r2/s3/IMAGES",
      "explorer/api/r2/IMAGES",
      "mf/IMAGES",
    ]) {
      const answer = await fetch(`${serving.origin}/cdn-cgi/${door}/picture`);
      // What the worker itself answers to any path goes by its own rules.
      const byDoor = answer.headers.get("access-control-allow-origin") !== null;
      assert.ok(!byDoor || answer.status === 404, `${door}: ${answer.status}`);
    }
    await serving.stop();
    serving = await serve(0, { data, worker: file });
    assert.equal(await (await fetch(serving.origin)).text(), "cipher text");
  });
});
