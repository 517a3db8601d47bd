import assert from "node:assert/strict";
import { test } from "node:test";
import { DirectWays } from "../../src/ui/models/direct-ways.ts";

test("no direct path is looked for before the server said which are allowed; it is asked until it did", async () => {
  const said = { iceServers: [{ urls: ["turn:turn.test"] }], iceTransportPolicy: "relay" };
  const answers = [
    () => Promise.reject(new TypeError("no network")),
    async () => new Response("{}", { status: 500 }),
    async () => new Response("no JSON"),
    async () => Response.json(said),
  ];
  let asked = 0;
  const ways = new DirectWays(() => (answers[asked++] ?? assert.fail("it was answered"))());
  await ways.learn();
  while (asked < answers.length) {
    assert.deepEqual(ways.read(), { iceServers: [], iceTransportPolicy: "relay" });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (let at = 0; at < 2; at += 1) assert.deepEqual(ways.read(), said);
});
