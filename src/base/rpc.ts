import {
  type Endpoint,
  expose as exposeAll,
  releaseProxy,
  type TransferHandler,
  transferHandlers,
  wrap,
} from "comlink";
import { Fault, fromWire, isFault, toWire, type WireFault } from "./fault.ts";

export { proxy, transfer } from "comlink";

/** What the other side of a connection can be asked: every method of T, answered by a promise. */
export type Remote<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (
    ...args: infer A
  ) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** A worker or port that speaks T. */
export interface Connection<T> {
  readonly remote: Remote<T>;
  /** Ends it: a worker is terminated, a port closed, and every pending and later call rejected with Fault "worker-dead". */
  close(): void;
}

/** What `connect` can be told. */
export interface ConnectOptions {
  /** Called once when the connection died by itself, not by close(). */
  readonly onDeath?: (fault: Fault<"worker-dead">) => void;
}

/**
 * Offers the functions that `api` itself lists (not what it inherits) to the other side, by default to the page
 * that started this worker. Everything else that could be asked is answered with Fault "rpc-refused".
 * Functions may take callbacks that the caller wrapped in `proxy`; calling one returns a promise that can reject.
 */
export function expose(api: object, endpoint: Endpoint = globalThis as unknown as Endpoint): void {
  exposeAll(api, guarded(api, endpoint));
}

/**
 * Speaks to what `expose` offers in a worker or behind a port. An error of the other side arrives as a Fault with
 * its code and detail; what was no Fault there arrives as "unexpected".
 * A worker that fails to start, throws outside of a call or sends what cannot be read is dead: it is ended at once.
 * That the other end of a port is gone is noticed in Node, never in Chromium (no "close" event there): whoever
 * connects to a port learns it elsewhere, from a Web Lock for one, and calls close().
 */
export function connect<T>(worker: Worker | MessagePort, options: ConnectOptions = {}): Connection<T> {
  const root = wrap<Record<string, (...args: unknown[]) => Promise<unknown>>>(worker as Endpoint);
  const pending = new Set<(fault: Fault) => void>();
  const signs = ["error", "messageerror", "close"];
  let dead: Fault<"worker-dead"> | undefined;

  function end(fault: Fault<"worker-dead">): void {
    dead = fault;
    for (const sign of signs) worker.removeEventListener(sign, die);
    if ("terminate" in worker) worker.terminate();
    else {
      root[releaseProxy]();
      worker.close();
    }
    for (const reject of pending) reject(fault);
    pending.clear();
  }

  function die(event: Event): void {
    const { error, message } = event as Partial<ErrorEvent>;
    const fault = new Fault("worker-dead", { sign: event.type }, { cause: error ?? message ?? event.type });
    if (pending.size > 0 || options.onDeath) event.preventDefault(); // heard: no uncaught error of the page as well
    end(fault);
    options.onDeath?.(fault);
  }

  async function call(method: string, args: unknown[]): Promise<unknown> {
    if (dead !== undefined) throw dead;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    pending.add(reject);
    try {
      (root[method] as (...args: unknown[]) => Promise<unknown>)(...args).then(resolve, reject);
      return await promise;
    } finally {
      pending.delete(reject);
    }
  }

  for (const sign of signs) worker.addEventListener(sign, die);
  const remote = new Proxy(Object.create(null) as Remote<T>, {
    // A remote that had a `then` would be called by every `await` that it passes.
    get: (_, name) =>
      typeof name !== "string" || name === "then" ? undefined : (...args: unknown[]) => call(name, args),
  });
  return {
    remote,
    close: () => {
      if (dead === undefined) end(new Fault("worker-dead", { sign: "closed" }));
    },
  };
}

/** comlink's message, as far as it is judged here. */
interface Message {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly path?: unknown;
}

const QUESTIONS: readonly unknown[] = ["GET", "SET", "APPLY", "CONSTRUCT", "ENDPOINT"];

/**
 * comlink follows any path of names, reads, writes and constructs: over this endpoint a message reaches `api` only
 * where it calls a function that `api` lists itself (or `api`, a callback), or takes leave.
 */
function guarded(api: object, endpoint: Endpoint): Endpoint {
  const guards = new Map<unknown, EventListener>();
  return {
    postMessage: (message, transferables) => endpoint.postMessage(message, transferables as Transferable[]),
    addEventListener: (type, listener) => {
      const guard: EventListener = (event) => {
        const message = (event as MessageEvent<Message | null>).data;
        if (isAllowed(api, message)) (listener as EventListener)(event);
        else if (QUESTIONS.includes(message?.type)) refuse(endpoint, message?.id);
      };
      guards.set(listener, guard);
      endpoint.addEventListener(type, guard);
    },
    removeEventListener: (type, listener) => {
      endpoint.removeEventListener(type, guards.get(listener) as EventListener);
      // comlink has answered a leave: it cannot see the port behind this, and the other end does not close its own.
      if (endpoint instanceof MessagePort) endpoint.close();
    },
    start: () => endpoint.start?.(),
  };
}

function isAllowed(api: object, message: Message | null): boolean {
  if (message?.type === "RELEASE") return true;
  if (message?.type !== "APPLY" || !Array.isArray(message.path)) return false;
  const [name, ...rest] = message.path as unknown[];
  if (name === undefined) return typeof api === "function";
  if (rest.length > 0 || typeof name !== "string" || !Object.hasOwn(api, name)) return false;
  return typeof (api as Record<string, unknown>)[name] === "function";
}

function refuse(endpoint: Endpoint, id: unknown): void {
  endpoint.postMessage({ id, type: "HANDLER", name: "throw", value: throwToWire(new Fault("rpc-refused")) });
}

/** A thrown value on its way: what a Fault tells, and a note for the console that no code reads. */
interface Thrown {
  readonly fault: WireFault;
  readonly note?: string;
}

function throwToWire(error: unknown): Thrown {
  const told = isFault(error) ? error.cause : error;
  const fault = toWire(error);
  return told === undefined ? { fault } : { fault, note: String(told) };
}

function throwFromWire({ fault, note }: Thrown): never {
  const { code, detail } = fromWire(fault);
  throw new Fault(code, detail, note === undefined ? {} : { cause: new Error(note) });
}

// comlink's own handler loses code, detail and cause, and its own proxies expose whatever the object inherits.
transferHandlers.set("throw", {
  canHandle: (transferHandlers.get("throw") as TransferHandler<unknown, unknown>).canHandle,
  serialize: ({ value }: { value: unknown }) => [throwToWire(value), []],
  deserialize: throwFromWire,
} as TransferHandler<unknown, unknown>);

transferHandlers.set("proxy", {
  canHandle: (transferHandlers.get("proxy") as TransferHandler<unknown, unknown>).canHandle,
  serialize: (api: object) => {
    const { port1, port2 } = new MessageChannel();
    expose(api, port1);
    return [port2, [port2]];
  },
  deserialize: (port: MessagePort) => {
    port.start();
    return wrap(port);
  },
} as TransferHandler<unknown, unknown>);
