import assert from "node:assert/strict";
import { test } from "node:test";
import { type Endpoint, wrap } from "comlink";
import { connect, expose, Fault, proxy, transfer } from "../../src/base/index.ts";
import { type Api, channel, isFaultWith, letGo, makeApi, opened } from "./rpc-fixture.ts";

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
