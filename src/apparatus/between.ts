import {
  type Arrival,
  type Carrier,
  type CarrierMessage,
  type CloseReason,
  MAX_SEALED,
} from "../relay/index.ts";

/** What becomes of a message on its way: nothing, itself, others; in this order. */
export type Way = (message: Arrival) => readonly Arrival[];

/** One end of a carrier inside one worker. */
class End implements Carrier {
  onclose: ((reason: CloseReason) => void) | null = null;
  readonly ignored = 0;
  readonly #way: Way;
  #other: End | null = null;
  #isClosed = false;
  #waiting: Arrival[] = [];
  #take: ((message: Arrival) => void) | null = null;

  constructor(way: Way) {
    this.#way = way;
  }

  static join(way: Way): [End, End] {
    const [one, two] = [new End(way), new End((message) => [message])];
    one.#other = two;
    two.#other = one;
    return [one, two];
  }

  get onmessage(): ((message: Arrival) => void) | null {
    return this.#take;
  }

  set onmessage(take: ((message: Arrival) => void) | null) {
    this.#take = take;
    if (take) for (const message of this.#waiting.splice(0)) this.arrive(message);
  }

  readonly window = MAX_SEALED;

  hasRoom(): boolean {
    return true;
  }

  send(message: CarrierMessage): void {
    if (this.#isClosed) return;
    for (const one of this.#way(message)) this.#other?.arrive(one);
  }

  arrive(message: Arrival): void {
    if (this.#isClosed) return;
    if (this.#take) this.#take(message);
    else this.#waiting.push(message);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const other = this.#other;
    queueMicrotask(() => other?.end());
  }

  /** The other end has closed. */
  end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.("closed");
  }
}

/** A camera's end and a viewer's, with somebody between who may do with what the camera sends whatever he likes. */
export interface Between {
  readonly camera: Carrier;
  readonly viewer: Carrier;
  /** Lets this arrive at the viewer as if the camera had sent it. */
  arrive(message: Arrival): void;
}

export const between = (way: Way): Between => {
  const [camera, viewer] = End.join(way);
  return { camera, viewer, arrive: (message) => viewer.arrive(message) };
};
