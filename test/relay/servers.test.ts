import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkServers, mostServers, readServers } from "../../src/relay/index.ts";

describe("the list of other servers", () => {
  it("is origins as browsers write them: https, or http on this machine", () => {
    for (const list of [
      [],
      ["https://b.example"],
      ["https://b.example:8443", "http://localhost:8787", "https://192.168.1.4"],
    ]) {
      assert.deepEqual(checkServers(list), list);
      assert.deepEqual(readServers(`  ${list.join("  ")} `), list);
    }
    assert.deepEqual(readServers(undefined), []);
  });

  it("is refused whole where one of them is more, less or something else", () => {
    const wrong = [
      "*",
      "https://*",
      "https://*.b.example",
      "https://b.example;script-src",
      "https://b.example/",
      "http://b.example",
    ];
    const more = [
      "https://b.example/x",
      "https://u@b.example",
      "wss://b.example",
      "https://B.example",
      "https://b.example:443",
      "b.example",
    ];
    for (const one of [
      ...wrong,
      ...more,
      "https://b.example'self'",
      "https://b.example:",
      "data:",
      "https://[::1]",
      "https://",
    ]) {
      assert.throws(() => readServers(`https://a.example ${one}`), TypeError, one);
      assert.throws(() => checkServers([one]), TypeError, one);
    }
    for (const list of [
      undefined,
      null,
      "https://b.example",
      {},
      [null],
      [["https://b.example"]],
      [undefined],
    ])
      assert.throws(() => checkServers(list), TypeError, JSON.stringify(list));
    assert.throws(() => readServers("https://b.example https://b.example"), TypeError, "twice");
    const many = Array.from({ length: mostServers + 1 }, (_, at) => `https://s${at}.example`);
    assert.equal(checkServers(many.slice(1)).length, mostServers);
    assert.throws(() => checkServers(many), TypeError, "too many");
  });
});
