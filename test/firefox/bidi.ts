/** What a command was answered with when it failed: WebDriver BiDi's own code and words. */
export class BidiError extends Error {
  readonly code: string;

  constructor(method: string, code: string, message: string) {
    super(`${method}: ${code}: ${message}`);
    this.code = code;
  }
}

interface Answer {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: unknown;
}

/** A session of WebDriver BiDi (W3C working draft): commands are answered, events come as they happen. */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, { method: string } & PromiseWithResolvers<unknown>>();
  readonly #heard: (method: string, params: unknown) => void;
  #last = 0;

  private constructor(socket: WebSocket, heard: (method: string, params: unknown) => void) {
    this.#socket = socket;
    this.#heard = heard;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Answer));
    socket.addEventListener("close", () => {
      for (const { method, reject } of this.#pending.values())
        reject(new BidiError(method, "closed", "the browser is gone"));
      this.#pending.clear();
    });
  }

  /** Connects to a browser that listens at `address` (`ws://…`) and begins a session. */
  static async open(address: string, heard: (method: string, params: unknown) => void): Promise<Bidi> {
    const socket = new WebSocket(`${address}/session`);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error(`nobody listens at ${address}`)));
    });
    const bidi = new Bidi(socket, heard);
    await bidi.send("session.new", { capabilities: {} });
    return bidi;
  }

  /** Throws BidiError. */
  send<T>(method: string, params: object): Promise<T> {
    this.#last += 1;
    const waiting = { method, ...Promise.withResolvers<unknown>() };
    this.#pending.set(this.#last, waiting);
    this.#socket.send(JSON.stringify({ id: this.#last, method, params }));
    return waiting.promise as Promise<T>;
  }

  close(): void {
    this.#socket.close();
  }

  #take({ id, type, result, error = "", message = "", method = "", params }: Answer): void {
    if (type === "event") this.#heard(method, params);
    const waiting = this.#pending.get(id ?? -1);
    this.#pending.delete(id ?? -1);
    if (type === "success") waiting?.resolve(result);
    if (type === "error") waiting?.reject(new BidiError(waiting.method, error, message));
  }
}
