import { type Bytes, randomBytes, toBase64Url } from "../base/index.ts";
import {
  type Arrival,
  type Carrier,
  type CarrierMessage,
  type CloseReason,
  MAX_SEALED,
  MAX_TALK,
} from "./carrier.ts";
import {
  isWhole,
  lockName,
  type Opening,
  ownLocks,
  type PortMessage,
  postTo,
  readPortMessage,
} from "./port-wire.ts";

/** What portCarrier can be told. */
export interface PortCarrierOptions {
  /** For liveness [CR4]; by default this realm's. `null`: none, and a peer that dies is not noticed. */
  readonly locks?: LockManager | null;
  /** How long the other side has for its first word, in ms. */
  readonly openWithin?: number;
  /** Bytes of sealed items that the other side may send ahead of what was taken here. By default MAX_SEALED: any one item has room. */
  readonly window?: number;
}

/**
 * A carrier over a MessagePort, in a window or a worker. A port can be handed on until it has become a carrier.
 * A port tells little about the death of its other end, so each side holds a Web Lock for as long as it lives and
 * the other one waits for it [CR4].
 */
export function portCarrier(port: MessagePort, options: PortCarrierOptions = {}): Carrier {
  return new PortCarrier(port, options);
}

class PortCarrier implements Carrier {
  onclose: ((reason: CloseReason) => void) | null = null;
  readonly #port: MessagePort;
  readonly #locks: LockManager | null;
  readonly #openWithin: number;
  readonly #ownWindow: number;
  /** Ends what waits for locks; the own lock is let go by #release. */
  readonly #over = new AbortController();
  #release: () => void = () => {};
  #onmessage: ((message: Arrival) => void) | null = null;
  /** What waits for the own `open`, which is the first word; `null` once that is out. */
  #unsent: Arrival[] | null = [];
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isStarted = false;
  #isOpened = false;
  /** [CR7] What the other side lets be under way, and bytes of sealed items: sent, taken there, taken here. */
  #window = 0;
  #sent = 0;
  #taken = 0;
  #own = 0;
  #ignored = 0;

  constructor(port: MessagePort, options: PortCarrierOptions) {
    this.#port = port;
    this.#locks = options.locks === undefined ? ownLocks() : options.locks;
    this.#openWithin = options.openWithin ?? 10_000;
    this.#ownWindow = options.window ?? MAX_SEALED;
    port.addEventListener("messageerror", () => this.#ignore());
    // Where a port does tell, it is one more sign beside the lock.
    port.addEventListener("close", () => this.#lost());
    this.#announce();
  }

  get ignored(): number {
    return this.#ignored;
  }

  get onmessage(): ((message: Arrival) => void) | null {
    return this.#onmessage;
  }

  set onmessage(take: ((message: Arrival) => void) | null) {
    this.#onmessage = take;
    if (take === null || this.#isStarted) return;
    this.#isStarted = true;
    if (this.#over.signal.aborted) return;
    this.#silence = setTimeout(() => this.#end("silent"), this.#openWithin); // [CR5]
    // Not earlier: in Node, to listen is to start.
    this.#port.addEventListener("message", (event) => this.#take((event as MessageEvent).data));
    this.#port.start();
  }

  /** [CR7] */
  hasRoom(length: number): boolean {
    return this.#isOpened && this.#sent - this.#taken + length <= this.#window;
  }

  get window(): number {
    return this.#window;
  }

  send(message: CarrierMessage): void {
    const fields = Object.keys(message);
    if (fields.length !== 1) throw new TypeError('"message" expected sealed or talk');
    const wire: Arrival =
      "sealed" in message
        ? { sealed: new Uint8Array(whole("sealed", message.sealed, MAX_SEALED).buffer.transfer()) }
        : { talk: new Uint8Array(whole("talk", message.talk, MAX_TALK)) };
    if ("sealed" in wire) this.#sent += wire.sealed.length;
    if (this.#unsent === null) this.#post(wire);
    else this.#unsent.push(wire);
  }

  close(): void {
    this.#end(null);
  }

  /** [CR4] The lock is held before its name is told; else the other side would get it at once. */
  #announce(): void {
    if (this.#locks === null) {
      this.#open(null);
      return;
    }
    const live = toBase64Url(randomBytes(16));
    this.#locks
      .request(lockName(live), { signal: this.#over.signal }, () => {
        this.#open(live);
        return new Promise<void>((resolve) => {
          this.#release = resolve;
        });
      })
      .catch(() => this.#open(null)); // denied here, or closed meanwhile
  }

  #open(live: string | null): void {
    this.#post({ open: { live, window: this.#ownWindow } });
    for (const message of this.#unsent ?? []) this.#post(message);
    this.#unsent = null;
  }

  #post(message: PortMessage): void {
    if (!this.#over.signal.aborted) postTo(this.#port, message);
  }

  #take(message: unknown): void {
    if (this.#over.signal.aborted) return;
    const wire = readPortMessage(message);
    if (wire === null) this.#ignore();
    else if ("open" in wire) this.#opened(wire.open);
    else if ("bye" in wire) this.#end("closed");
    else if ("gone" in wire)
      this.#end("gone"); // [CR6] from who carries for it
    else if (!this.#isOpened) this.#ignore();
    else if ("taken" in wire) this.#heard(wire.taken);
    else this.#deliver(wire);
  }

  #deliver(message: Arrival): void {
    const length = "sealed" in message ? message.sealed.length : 0;
    this.#onmessage?.(message);
    if (length === 0) return;
    this.#own += length;
    this.#post({ taken: this.#own });
  }

  /** It only rises, and never over what was sent: else it is dropped. */
  #heard(taken: number): void {
    if (taken < this.#taken || taken > this.#sent) this.#ignore();
    else this.#taken = taken;
  }

  #opened({ live, window }: Opening): void {
    if (this.#isOpened) {
      this.#ignore();
      return;
    }
    this.#isOpened = true;
    this.#window = window;
    clearTimeout(this.#silence);
    if (live === null || this.#locks === null) return;
    this.#locks.request(lockName(live), { signal: this.#over.signal }, () => this.#lost()).catch(() => {}); // closed, or locks are denied here: no liveness then
  }

  /** The other side has died; what it sent last may still be under way, its "bye" among it. */
  #lost(): void {
    setTimeout(() => this.#end("gone"), 50);
  }

  #ignore(): void {
    this.#ignored += 1;
  }

  #end(reason: CloseReason | null): void {
    if (this.#over.signal.aborted) return;
    if (this.#unsent !== null) this.#open(null); // what was sent before a close is sent
    this.#post({ bye: true });
    this.#over.abort();
    clearTimeout(this.#silence);
    // Later than the "bye", which takes another way: a peer should hear that it was closed, not that it died.
    setTimeout(() => this.#release(), 50);
    this.#port.close();
    if (reason !== null) this.onclose?.(reason);
  }
}

/** The bytes as the whole of a buffer that can be posted. */
function whole(name: string, bytes: unknown, most: number): Bytes {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`"${name}" expected bytes`);
  if (!(bytes.buffer instanceof ArrayBuffer)) throw new TypeError(`"${name}" lies on shared memory`);
  // Bytes that were sent before are empty now: their buffer went with them.
  if (bytes.length === 0 || bytes.length > most) {
    throw new RangeError(`"${name}" expected 1 to ${most} bytes, got ${bytes.length}`);
  }
  return (isWhole(bytes) ? bytes : new Uint8Array(bytes)) as Bytes;
}
