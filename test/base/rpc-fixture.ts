import assert from "node:assert/strict";
import { after } from "node:test";
import { type Endpoint, releaseProxy } from "comlink";
import { type Connection, connect, expose, Fault, isFault, transfer } from "../../src/base/index.ts";

/** Lets go of a callback's port, which would otherwise keep this process waiting for the garbage collector. */
export const letGo = (callback: unknown): void => (callback as { [releaseProxy](): void })[releaseProxy]();

class Inherited {
  inherited(): string {
    return "must not be reached";
  }
}

/** What the rpc tests expose, with much beside it that must stay out of reach. */
export const makeApi = () =>
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

/** What `opened` speaks to. */
export type Api = ReturnType<typeof makeApi>;

const ports: MessagePort[] = [];
after(() => {
  for (const port of ports) port.close();
});

/** Two entangled ports that are closed when the tests end. */
export const channel = (): [MessagePort, MessagePort] => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return [port1, port2];
};

/** The api behind one port, connected to from the other. */
export const opened = (): Connection<Api> & {
  readonly api: Api;
  readonly port: MessagePort;
  readonly far: MessagePort;
} => {
  const [far, port] = channel();
  const api = makeApi();
  expose(api, far as Endpoint);
  return { ...connect<Api>(port), api, port, far };
};

/** For assert.rejects: a Fault of this code and exactly this detail. */
export const isFaultWith =
  (code: string, detail: object = {}) =>
  (error: unknown): boolean => {
    assert.ok(isFault(error), String(error));
    assert.equal(error.code, code);
    assert.deepEqual({ ...error.detail }, detail);
    return true;
  };
