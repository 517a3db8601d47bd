import assert from "node:assert/strict";
import { test } from "node:test";
import { createEndpoint, type Endpoint, wrap } from "comlink";
import { connect, expose, isFault, proxy } from "../../src/base/index.ts";
import { channel, isFaultWith, letGo, makeApi, opened } from "./rpc-fixture.ts";

const PROTO = "__proto__";

test("what the api does not list itself cannot be called", async () => {
  const { remote, api } = opened();
  const everything = remote as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of [
    "inherited",
    "constructor",
    "toString",
    "hasOwnProperty",
    "__proto__",
    "secret",
    "nested",
    "none",
  ]) {
    await assert.rejects((everything[name] as () => Promise<unknown>)(), isFaultWith("rpc-refused"), name);
  }
  assert.equal(api.secret, "must not be reached");
});

test("raw comlink gets no further: no reading, writing, constructing, digging or new doors", async () => {
  const [far, port] = channel();
  const api = makeApi();
  expose(api, far as Endpoint);
  // biome-ignore lint/suspicious/noExplicitAny: this is what an attacker holds
  const raw = wrap<any>(port as Endpoint) as any;
  const attempts: [string, () => PromiseLike<unknown>][] = [
    ["read a value", () => raw.secret],
    ["read a function", () => raw.add],
    ["construct", () => new raw.add()],
    ["dig into a nested object", () => raw.nested.inner()],
    ["dig into a function", () => raw.add.apply(null, [1, 2])],
    ["reach Function", () => raw.add.constructor("return 1")],
    ["reach Object.prototype", () => raw[PROTO].toString()],
    ["ask for another door", () => raw[createEndpoint]()],
    ["call the api itself", () => raw()],
  ];
  for (const [title, attempt] of attempts) {
    await assert.rejects(async () => await attempt(), isFaultWith("rpc-refused"), title);
  }
  for (const path of [["secret"], ["add"], ["nested", "inner"], [PROTO, "polluted"], []]) {
    port.postMessage({ id: "1", type: "SET", path, value: { type: "RAW", value: "overwritten" } });
  }
  assert.equal(await raw.add(1, 2), 3);
  assert.equal(api.secret, "must not be reached");
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("messages that are no questions are left alone", async () => {
  const { remote, port, far } = opened();
  const answers: unknown[] = [];
  port.addEventListener("message", (event) => answers.push(event.data));
  for (const odd of [
    null,
    0,
    "text",
    {},
    { type: "OTHER", id: "1" },
    { type: "HANDLER", id: "2", name: "throw" },
  ]) {
    port.postMessage(odd);
    far.postMessage(odd);
  }
  assert.equal(await remote.add(1, 1), 2);
  assert.equal(
    answers.filter((answer) => (answer as { name?: string } | null)?.name === "throw").length,
    1,
    "its own echo",
  );
});

test("two sides can both expose and connect over one pair of ports", async () => {
  const [a, b] = channel();
  expose({ name: () => "a" }, a as Endpoint);
  expose({ name: () => "b" }, b as Endpoint);
  const [toB, toA] = [connect<{ name(): string }>(a), connect<{ name(): string }>(b)];
  assert.deepEqual(await Promise.all([toB.remote.name(), toA.remote.name()]), ["b", "a"]);
});

test("a callback gives away nothing but the call", async () => {
  const [far, port] = channel();
  const seen: unknown[] = [];
  expose(
    {
      probe: async (callback: never) => {
        // biome-ignore lint/suspicious/noExplicitAny: the other side's comlink proxy, as an attacker would use it
        const raw = callback as any;
        for (const attempt of [
          () => raw.name,
          () => raw.constructor("return 1"),
          () => raw.secret(),
          () => new raw(),
        ]) {
          try {
            seen.push(await attempt());
          } catch (error) {
            seen.push(isFault(error) ? error.code : error);
          }
        }
        const answer = await raw("in order");
        letGo(callback);
        return answer;
      },
    },
    far as Endpoint,
  );
  const { remote } = connect<{ probe(callback: (text: string) => string): Promise<string> }>(port);
  assert.equal(await remote.probe(proxy((text: string) => `${text}!`)), "in order!");
  assert.deepEqual(seen, ["rpc-refused", "rpc-refused", "rpc-refused", "rpc-refused"]);
});
