import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readIceServers } from "../../edge/ice-servers.ts";
import { type Serving, serve } from "../../scripts/serve.ts";

const turn = { urls: ["turn:turn.test"], username: "u", credential: "c" };

describe("what the edge answers", () => {
  let serving: Serving;
  before(async () => {
    serving = await serve(0, {
      variables: {
        ORIGINS: "https://third.test",
        SERVERS: "https://second.test http://localhost:8788",
        ICE_SERVERS: JSON.stringify([turn, { urls: "stun:stun.test" }]),
      },
    });
  });
  after(() => serving.stop());

  const answer = async (path: string, init?: RequestInit): Promise<[number, string, string]> => {
    const response = await fetch(serving.origin + path, init);
    const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
    return [response.status, type, await response.text()];
  };

  it("says that it lives, and what a page has to know", async () => {
    assert.deepEqual(await answer("/api/health"), [200, "application/json", '{"ok":true}']);
    const [status, , config] = await answer("/api/config");
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(config), {
      iceServers: [turn, { urls: ["stun:stun.test"] }],
      iceTransportPolicy: "all",
      servers: ["https://second.test", "http://localhost:8788"],
    });
  });

  it("lets its pages connect to the servers that it names, by socket alone, and to no other", async () => {
    for (const path of ["/", "/viewer", "/service-worker.js", "/api/config"]) {
      const policy = (await fetch(serving.origin + path)).headers.get("content-security-policy") ?? "";
      assert.match(policy, /connect-src 'self' wss:\/\/second\.test ws:\/\/localhost:8788;/, path);
      assert.doesNotMatch(policy, /https?:|third/, path);
    }
  });

  it("names nobody where the list of servers is none, and does not say that there is none", async () => {
    const other = await serve(0, { variables: { SERVERS: "https://second.test https://*" } });
    try {
      const page = await fetch(other.origin);
      assert.match(page.headers.get("content-security-policy") ?? "", /connect-src 'self';/);
      assert.equal((await fetch(`${other.origin}/api/config`)).status, 500);
    } finally {
      await other.stop();
    }
  });

  it("is a page for every page's path, and nothing for a file or an answer that is not there", async () => {
    const [, , index] = await answer("/index.html");
    assert.match(index, /<!doctype html>/i);
    for (const path of ["/", "/viewer", "/pair", "/no/such/page"])
      assert.deepEqual(await answer(path), [200, "text/html", index], path);
    for (const path of ["/no-such-file.js", "/assets/none.css"])
      assert.equal((await answer(path))[0], 404, path);
    const none = [404, "application/json", '{"code":"not-found"}'];
    for (const path of ["/api", "/api/", "/api/none", "/api/health/none"])
      assert.deepEqual(await answer(path), none, path);
    assert.deepEqual(await answer("/api/health", { method: "POST" }), none);
    assert.equal((await answer("/viewer", { method: "POST" }))[0], 404);
  });

  it("serves wasm and manifest as what they are", async () => {
    assert.equal((await answer("/manifest.webmanifest"))[1], "application/manifest+json");
    assert.equal((await answer("/icon.svg"))[1], "image/svg+xml");
  });

  it("refuses a list of ICE servers that is none", () => {
    assert.deepEqual(readIceServers(undefined), []);
    for (const text of [
      "x",
      "{}",
      "[1]",
      '[{"urls":"http://x"}]',
      '[{"urls":[]}]',
      '[{"urls":"stun:x","key":"k"}]',
    ])
      assert.throws(() => readIceServers(text), TypeError, text);
  });
});
