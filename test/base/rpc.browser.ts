import { type Connection, connect, type Fault, isFault, proxy, transfer } from "../../src/base/index.ts";
import type { RpcApi } from "./rpc.worker.ts";

const same = (actual: unknown, expected: unknown): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
};

/** The Fault that a call must end with; fails where it answers, ends otherwise, or not within two seconds. */
const faultOf = async (call: Promise<unknown>): Promise<Fault> => {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("still pending")), 2000));
  const answer = await Promise.race([call, late]).then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (isFault(answer)) return answer;
  throw answer;
};

const started: Connection<RpcApi>[] = [];
const start = (name = "./rpc.worker.ts", onDeath?: (fault: Fault) => void): Connection<RpcApi> => {
  const worker = new Worker(new URL(name, import.meta.url), { type: "module" });
  const connection = connect<RpcApi>(worker, onDeath ? { onDeath } : {});
  started.push(connection);
  return connection;
};

describe("rpc with a real worker", () => {
  after(() => {
    for (const { close } of started) close();
  });

  it("answers, and carries Faults with code and detail", async () => {
    const { remote } = start();
    same(await remote.add(2, 3), 5);
    const { code, detail } = await faultOf(remote.refuse());
    same([code, detail], ["card-busy", { slot: 2 }]);
    const broken = await faultOf(remote.breakDown());
    same([broken.code, broken.message], ["unexpected", "unexpected"]);
  });

  it("transfers buffers both ways", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const back = await start().remote.reverse(transfer(bytes, [bytes.buffer]));
    same([bytes.length, ...back], [0, 3, 2, 1]);
  });

  it("calls callbacks across the boundary", async () => {
    const told: number[] = [];
    same(
      await start().remote.count(
        3,
        proxy((n: number) => void told.push(n)),
      ),
      "done",
    );
    same(told, [1, 2, 3]);
  });

  it("close terminates the worker and rejects pending and later calls", async () => {
    const deaths: Fault[] = [];
    const { remote, close } = start("./rpc.worker.ts", (fault) => deaths.push(fault));
    await remote.add(1, 1);
    const pending = [remote.hang(), remote.hang()].map(faultOf);
    close();
    for (const { code, detail } of await Promise.all(pending))
      same([code, detail], ["worker-dead", { sign: "closed" }]);
    same((await faultOf(remote.add(1, 1))).code, "worker-dead");
    same(deaths, []);
  });

  it("an error outside of a call ends the connection: pending and later calls reject", async () => {
    const deaths: Fault[] = [];
    const { remote } = start("./rpc.worker.ts", (fault) => deaths.push(fault));
    const pending = faultOf(remote.hang());
    await remote.explode();
    const { code, detail } = await pending;
    same([code, detail], ["worker-dead", { sign: "error" }]);
    same((await faultOf(remote.add(1, 1))).code, "worker-dead");
    same(deaths.length, 1);
  });

  for (const [title, name] of [
    ["throws while it starts", "./rpc-broken.worker.ts"],
    ["does not exist", "./no-such.worker.ts"],
  ] as const) {
    it(`a worker that ${title} rejects what is asked of it`, async () => {
      const { remote } = start(name);
      same((await faultOf(remote.add(1, 1))).code, "worker-dead");
      same((await faultOf(remote.add(1, 1))).code, "worker-dead");
    });
  }

  it("a message that cannot be read ends the connection", async () => {
    const { port1, port2 } = new MessageChannel();
    const { remote } = connect<RpcApi>(port1);
    const pending = faultOf(remote.hang());
    port1.dispatchEvent(new MessageEvent("messageerror"));
    same((await pending).code, "worker-dead");
    port2.close();
  });
});
