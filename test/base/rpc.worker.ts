import { expose, Fault, transfer } from "../../src/base/index.ts";

/** What the worker of rpc.browser.ts offers. */
const api = {
  add: (a: number, b: number): number => a + b,
  refuse: (): never => {
    throw new Fault("card-busy", { slot: 2 });
  },
  breakDown: (): never => {
    throw new TypeError("a note for the console");
  },
  hang: (): Promise<never> => new Promise(() => {}),
  /** Throws outside of any call, a moment later. */
  explode: (): void => {
    setTimeout(() => {
      throw new Error("outside of a call");
    }, 10);
  },
  reverse: (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
    transfer(bytes.reverse(), [bytes.buffer]),
  count: async (upTo: number, tell: (n: number) => void): Promise<string> => {
    for (let n = 1; n <= upTo; n++) await tell(n);
    return "done";
  },
};

export type RpcApi = typeof api;

expose(api);
