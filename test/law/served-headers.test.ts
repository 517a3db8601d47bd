import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Serving, serve } from "../../scripts/serve.ts";

describe("what the server says with every answer", () => {
  let serving: Serving;
  before(async () => {
    serving = await serve(0);
  });
  after(() => serving.stop());

  /** A directive of the policy that came with the answer, as a list of words. */
  const directive = (headers: Headers, name: string): string[] => {
    const directives = (headers.get("content-security-policy") ?? "")
      .split(";")
      .map((one) => one.trim().split(/\s+/));
    return directives.find(([first]) => first === name)?.slice(1) ?? [];
  };

  it("forbid inline code, other hosts, framing and referrers, on every answer", async () => {
    const paths = ["/", "/viewer", "/service-worker.js", "/no-such-file.js"];
    for (const path of [...paths, "/api/health", "/api/nothing", "/api/account"]) {
      const { headers } = await fetch(serving.origin + path);
      const policy = headers.get("content-security-policy") ?? "";
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*|data:|blob:/, path);
      assert.deepEqual(directive(headers, "default-src"), ["'none'"], path);
      assert.deepEqual(directive(headers, "script-src"), ["'self'", "'wasm-unsafe-eval'"], path);
      for (const own of ["connect-src", "worker-src", "style-src", "img-src"])
        assert.deepEqual(directive(headers, own), ["'self'"], `${own} of ${path}`);
      for (const none of ["frame-ancestors", "base-uri", "form-action"])
        assert.deepEqual(directive(headers, none), ["'none'"], `${none} of ${path}`);
      assert.equal(headers.get("referrer-policy"), "no-referrer", path);
      assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", path);
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin", path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      const allowed = headers.get("permissions-policy") ?? "";
      assert.match(allowed, /camera=\(self\), microphone=\(self\), geolocation=\(\)/, path);
      for (const none of ["usb", "serial", "hid", "bluetooth", "midi", "payment", "display-capture"])
        assert.ok(allowed.includes(`${none}=()`), `${none} of ${path}`);
    }
  });

  it("let browsers keep what never changes, ask for the rest each time, and keep nothing of an account", async () => {
    const kept = async (path: string): Promise<string | null> =>
      (await fetch(serving.origin + path)).headers.get("cache-control");
    const page = await (await fetch(serving.origin)).text();
    const [, script = ""] = /src="(\/assets\/[^"]+)"/.exec(page) ?? [];
    assert.match((await kept(script)) ?? "", /immutable/);
    for (const path of ["/", "/service-worker.js", "/assets/no-such-file.js", "/api/config"])
      assert.equal(await kept(path), "no-cache", path);
    assert.equal(await kept("/api/account"), "no-store");
  });

  it("let no page of another origin read anything", async () => {
    for (const path of ["/", "/api/config", "/api/account"]) {
      const { headers } = await fetch(serving.origin + path, {
        headers: { origin: "https://elsewhere.test" },
      });
      const names = [...headers.keys()].filter((name) => name.startsWith("access-control"));
      assert.deepEqual(names, [], path);
    }
  });
});
