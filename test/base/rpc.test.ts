import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createEndpoint, type Endpoint, releaseProxy, wrap } from "comlink";
import { type Connection, connect, expose, Fault, isFault, proxy, transfer } from "../../src/base/index.ts";

const PROTO = "__proto__";

/** Lets go of a callback's port, which would otherwise keep this process waiting for the garbage collector. */
const letGo = (callback: unknown): void => (callback as { [releaseProxy](): void })[releaseProxy]();

class Inherited {
  inherited(): string {
    return "must not be reached";
  }
}

const makeApi = () =>
  Object.assign(new Inherited(), {
    secret: "must not be reached",
    nested: { inner: () => "must not be reached" },
    add: (a: number, b: number) => a + b,
    later: async (value: string) => value,
    length: (bytes: Uint8Array) => bytes.length,
    give: (size: number) => {
      const bytes = new Uint8Array(size);
      return transfer(bytes, [bytes.buffer]);
    },
    refuse: () => {
      throw new Fault("card-busy", { slot: 2 }, { cause: new Error("the inner reason") });
    },
    refuseLater: () => Promise.reject(new Fault("card-busy", { slot: 3 })),
    breakDown: () => {
      throw new TypeError("a note for the console");
    },
    breakWith: (value: unknown) => {
      throw value;
    },
    give_function: () => () => 0,
    count: async (upTo: number, tell: (n: number) => void | Promise<void>) => {
      try {
        for (let n = 1; n <= upTo; n++) await tell(n);
        return "done";
      } finally {
        letGo(tell);
      }
    },
    hang: () => new Promise<never>(() => {}),
  });

type Api = ReturnType<typeof makeApi>;

const ports: MessagePort[] = [];
after(() => {
  for (const port of ports) port.close();
});

const channel = (): [MessagePort, MessagePort] => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return [port1, port2];
};

const opened = (): Connection<Api> & {
  readonly api: Api;
  readonly port: MessagePort;
  readonly far: MessagePort;
} => {
  const [far, port] = channel();
  const api = makeApi();
  expose(api, far as Endpoint);
  return { ...connect<Api>(port), api, port, far };
};

const isFaultWith =
  (code: string, detail: object = {}) =>
  (error: unknown): boolean => {
    assert.ok(isFault(error), String(error));
    assert.equal(error.code, code);
    assert.deepEqual({ ...error.detail }, detail);
    return true;
  };

test("listed functions answer, whether they were asynchronous there or not", async () => {
  const { remote } = opened();
  assert.equal(await remote.add(2, 3), 5);
  assert.equal(await remote.later("x"), "x");
});

test("calls are answered each with its own answer", async () => {
  const { remote } = opened();
  const sums = await Promise.all(Array.from({ length: 50 }, (_, i) => remote.add(i, i)));
  assert.deepEqual(
    sums,
    Array.from({ length: 50 }, (_, i) => 2 * i),
  );
});

test("buffers are transferred in both directions", async () => {
  const { remote } = opened();
  const bytes = new Uint8Array(1000);
  assert.equal(await remote.length(transfer(bytes, [bytes.buffer])), 1000);
  assert.equal(bytes.length, 0);
  assert.equal((await remote.give(7)).length, 7);
});

test("a Fault keeps code and detail; its cause is a note for the console", async () => {
  const { remote } = opened();
  await assert.rejects(remote.refuse(), (error) => {
    isFaultWith("card-busy", { slot: 2 })(error);
    assert.match(String((error as Error).cause), /the inner reason/);
    return true;
  });
  await assert.rejects(remote.refuseLater(), isFaultWith("card-busy", { slot: 3 }));
});

test("any other thrown value becomes Fault unexpected, its text in the cause only", async () => {
  const { remote } = opened();
  await assert.rejects(remote.breakDown(), (error) => {
    isFaultWith("unexpected")(error);
    assert.equal((error as Error).message, "unexpected");
    assert.match(String((error as Error).cause), /a note for the console/);
    return true;
  });
  for (const value of ["text", 5, null, undefined, { code: "card-busy", detail: {} }]) {
    await assert.rejects(remote.breakWith(value), isFaultWith("unexpected"));
  }
});

test("an answer that cannot be sent is Fault unexpected", async () => {
  await assert.rejects(opened().remote.give_function(), isFaultWith("unexpected"));
});

test("an argument that cannot be sent rejects at once and leaves the connection usable", async () => {
  const { remote } = opened();
  await assert.rejects(
    remote.breakWith(() => 0),
    { name: "DataCloneError" },
  );
  assert.equal(await remote.add(1, 1), 2);
});

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

test("callbacks wrapped in proxy are called in order, and their Faults come back", async () => {
  const { remote } = opened();
  const told: number[] = [];
  assert.equal(
    await remote.count(
      3,
      proxy((n: number) => void told.push(n)),
    ),
    "done",
  );
  assert.deepEqual(told, [1, 2, 3]);
  const refusing = proxy(() => {
    throw new Fault("enough", { at: 1 });
  });
  await assert.rejects(remote.count(3, refusing), isFaultWith("enough", { at: 1 }));
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

test("a port is closed when the other side lets go of it", { timeout: 5000 }, async () => {
  const [far, port] = channel();
  expose(makeApi(), far as Endpoint);
  const closed = new Promise((resolve) => port.addEventListener("close", resolve));
  letGo(wrap(port as Endpoint));
  await closed;
});

test("close rejects pending and later calls with worker-dead, and closes the port", async () => {
  const { remote, close, far } = opened();
  const closed = new Promise((resolve) => far.addEventListener("close", resolve));
  const pending = [remote.hang(), remote.hang()];
  close();
  for (const call of pending) await assert.rejects(call, isFaultWith("worker-dead", { sign: "closed" }));
  await assert.rejects(remote.add(1, 1), isFaultWith("worker-dead", { sign: "closed" }));
  await closed;
  close();
});

test("close closes the port even when nobody at the other end listens", { timeout: 5000 }, async () => {
  const [far, port] = channel();
  const closed = new Promise((resolve) => far.addEventListener("close", resolve));
  far.start();
  const { remote, close } = connect<Api>(port);
  const pending = remote.hang();
  close();
  await assert.rejects(pending, isFaultWith("worker-dead", { sign: "closed" }));
  await closed;
});

test("the other end's closing is noticed: every call rejects and onDeath is told once", async () => {
  const [far, port] = channel();
  expose(makeApi(), far as Endpoint);
  const deaths: Fault[] = [];
  const { remote, close } = connect<Api>(port, { onDeath: (fault) => deaths.push(fault) });
  const pending = remote.hang();
  far.close();
  await assert.rejects(pending, isFaultWith("worker-dead", { sign: "close" }));
  await assert.rejects(remote.add(1, 1), isFaultWith("worker-dead", { sign: "close" }));
  close();
  assert.deepEqual(
    deaths.map(({ code }) => code),
    ["worker-dead"],
  );
});

test("close by this side is no death", async () => {
  const [far, port] = channel();
  expose(makeApi(), far as Endpoint);
  const deaths: Fault[] = [];
  const { close } = connect<Api>(port, { onDeath: (fault) => deaths.push(fault) });
  const gone = new Promise((resolve) => far.addEventListener("close", resolve));
  close();
  await gone;
  assert.deepEqual(deaths, []);
});

test("a message that cannot be read ends the connection", async () => {
  const { remote, port } = opened();
  const pending = remote.hang();
  port.dispatchEvent(new Event("messageerror"));
  await assert.rejects(pending, isFaultWith("worker-dead", { sign: "messageerror" }));
});

test("a remote passes through await and is no thenable", async () => {
  const { remote } = opened();
  assert.equal(await remote, remote);
  assert.equal((remote as unknown as { then?: unknown }).then, undefined);
  assert.equal(String(Object.keys(remote)), "");
});
