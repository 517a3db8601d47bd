import type { CardDevice } from "../../src/card/usb-store.dom.ts";

/** A half of a place for one file, as flash has it: what is programmed comes byte by byte, and the mark last. */
interface Slot {
  /** 0xa5: this slot is whole. One byte, so it is there or not. */
  mark: number;
  order: number;
  name: string;
  bytes: Uint8Array;
}

/** What survives a power cut. */
export class Flash {
  readonly slots: Slot[];
  /** Bytes that are still programmed; then the power goes. */
  power = Number.POSITIVE_INFINITY;
  /** All that were. */
  programmed = 0;

  constructor(places = 16) {
    this.slots = Array.from({ length: places }, () => ({
      mark: 0xff,
      order: 0,
      name: "",
      bytes: new Uint8Array(0),
    }));
  }

  spend(): void {
    if (this.power <= 0) throw new Error("no power");
    this.power -= 1;
    this.programmed += 1;
  }
}

const longest = 1 << 21;
const interfaces = [
  { interfaceNumber: 0, alternates: [alternate(0x03, 0, 0)] },
  { interfaceNumber: 2, alternates: [alternate(0xff, 0x53, 0x01)] },
];

/**
 * USB.md in software, a twin of the host's side that shares no code with it: takes bytes one at a time, answers in pieces of at most `piece` bytes. `cutAfter`:
 * so many bytes from the host later the cable is out.
 */
export class SoftwareCardDevice implements CardDevice {
  readonly flash: Flash;
  readonly name: string;
  configuration: CardDevice["configuration"] = null;
  cutAfter = Number.POSITIVE_INFINITY;
  /** All that came from the host, bytes. */
  received = 0;
  /** Answers are given, or never. */
  silent = false;
  /** Turns an answer's bytes on their way. */
  turn: (answer: Uint8Array) => Uint8Array = (answer) => answer;
  readonly #piece: number;
  #frame: number[] = [];
  #answers: Uint8Array[] = [];
  #claimed = false;
  #begun: { name: string; length: number; digest: Uint8Array; slot: Slot } | null = null;
  #written = 0;

  constructor(flash = new Flash(), { piece = 64, name = "Key ring" } = {}) {
    this.flash = flash;
    this.name = name;
    this.#piece = piece;
  }

  async open(): Promise<void> {
    this.#attached();
  }

  async close(): Promise<void> {
    this.#claimed = false;
  }

  async selectConfiguration(): Promise<void> {
    this.configuration = { interfaces };
  }

  async claimInterface(number: number): Promise<void> {
    this.#attached();
    if (number !== 2 || this.#claimed) throw new DOMException("claimed", "NetworkError");
    this.#claimed = true;
  }

  async selectAlternateInterface(): Promise<void> {
    this.#frame = [];
    this.#answers = [];
    this.#begun = null;
  }

  async transferOut(endpoint: number, bytes: Uint8Array): Promise<{ status: string; bytesWritten: number }> {
    this.#attached();
    if (endpoint !== 1 || !this.#claimed) throw new DOMException("endpoint", "InvalidAccessError");
    for (const byte of bytes) {
      this.#attached();
      this.cutAfter -= 1;
      this.received += 1;
      await this.#take(byte);
    }
    this.#attached();
    return { status: "ok", bytesWritten: bytes.length };
  }

  async transferIn(endpoint: number): Promise<{ status: string; data: DataView }> {
    this.#attached();
    if (endpoint !== 2 || !this.#claimed) throw new DOMException("endpoint", "InvalidAccessError");
    if (this.silent) await new Promise(() => undefined);
    const answer = this.#answers[0];
    if (!answer) throw new Error("the host asks for an answer before it has asked");
    const piece = answer.slice(0, this.#piece);
    if (answer.length > piece.length) this.#answers[0] = answer.slice(piece.length);
    else this.#answers.shift();
    return { status: "ok", data: new DataView(piece.buffer) };
  }

  #attached(): void {
    if (this.cutAfter <= 0 || this.flash.power <= 0) throw new DOMException("gone", "NotFoundError");
  }

  async #take(byte: number): Promise<void> {
    this.#frame.push(byte);
    const frame = this.#frame;
    const at = frame.length - 1;
    const expected = [0x53, 0x43, 0x01];
    if (at < 3 && byte !== expected[at]) throw new Error(`not a frame: byte ${at} is ${byte}`);
    if (frame.length < 10 || frame.length < 10 + number(frame, 6, 4)) return;
    this.#frame = [];
    const [status, body] = await this.#act(frame[3] as number, Uint8Array.from(frame.slice(10)));
    const answer = [0x53, 0x43, 1, (frame[3] as number) | 0x80, frame[4] as number, frame[5] as number];
    const whole = [...answer, ...bytes32(body.length + 1), status, ...body];
    this.#answers.push(this.turn(Uint8Array.from(whole)));
  }

  async #act(command: number, payload: Uint8Array): Promise<[number, Uint8Array | number[]]> {
    if (command === 1) return [0, [...bytes32(longest), ...new TextEncoder().encode(this.name)]];
    if (command === 2) {
      const name = this.#files()[number(payload, 0, 2)]?.name;
      if (name === undefined) return [0, []];
      const bytes = new TextEncoder().encode(name);
      return [0, [bytes.length, ...bytes]];
    }
    if (command === 3) {
      const [name, rest] = named(payload);
      const file = this.#files().find((one) => one.name === name);
      if (!file) return [2, []];
      const from = number(rest, 0, 4);
      return [0, [...bytes32(file.bytes.length), ...file.bytes.slice(from, from + 4096)]];
    }
    if (command === 4) return [this.#begin(payload), []];
    if (command === 5) return [this.#data(payload), []];
    if (command === 6) return [await this.#commit(), []];
    if (command === 7) return [this.#remove(named(payload)[0]), []];
    return [1, []];
  }

  #begin(payload: Uint8Array): number {
    this.#begun = null;
    const [name, rest] = named(payload);
    const length = number(rest, 0, 4);
    const whole = this.#files();
    const slot = this.flash.slots.find((one) => one.mark !== 0xa5 || !whole.includes(one));
    if (length > longest || !slot) return 3;
    this.flash.spend();
    slot.mark = 0xff;
    this.flash.spend();
    slot.name = name;
    slot.bytes = new Uint8Array(length).fill(0xff);
    this.#written = 0;
    this.#begun = { name, length, digest: rest.slice(4), slot };
    return 0;
  }

  #data(payload: Uint8Array): number {
    const begun = this.#begun;
    const bytes = payload.subarray(4);
    if (!begun || number(payload, 0, 4) !== this.#written || this.#written + bytes.length > begun.length) {
      this.#begun = null;
      return 4;
    }
    for (const byte of bytes) {
      this.flash.spend();
      begun.slot.bytes[this.#written] = byte;
      this.#written += 1;
    }
    return 0;
  }

  async #commit(): Promise<number> {
    const begun = this.#begun;
    this.#begun = null;
    if (!begun) return 4;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(begun.slot.bytes)));
    const isAnnounced =
      this.#written === begun.length && digest.every((byte, at) => byte === begun.digest[at]);
    if (!isAnnounced) return 5;
    this.flash.spend();
    begun.slot.order = 1 + Math.max(...this.flash.slots.map(({ order }) => order));
    this.flash.spend();
    begun.slot.mark = 0xa5;
    return 0;
  }

  /** What stands behind the file first: without power half-way it must not come back. */
  #remove(name: string): number {
    const all = this.flash.slots.filter((one) => one.mark === 0xa5 && one.name === name);
    for (const slot of all.sort((a, b) => a.order - b.order)) {
      this.flash.spend();
      slot.mark = 0;
    }
    return all.length > 0 ? 0 : 2;
  }

  /** Of each name the newest whole one. */
  #files(): Slot[] {
    const whole = this.flash.slots.filter(({ mark }) => mark === 0xa5);
    return whole.filter((one) => !whole.some(({ name, order }) => name === one.name && order > one.order));
  }
}

function alternate(interfaceClass: number, interfaceSubclass: number, interfaceProtocol: number) {
  const endpoints = [
    { endpointNumber: 1, direction: "out" as const, type: "bulk" },
    { endpointNumber: 2, direction: "in" as const, type: "bulk" },
  ];
  return { alternateSetting: 0, interfaceClass, interfaceSubclass, interfaceProtocol, endpoints };
}

const number = (bytes: ArrayLike<number>, at: number, length: number): number =>
  Array.from({ length }, (_, place) => (bytes[at + place] as number) * 256 ** place).reduce(
    (a, b) => a + b,
    0,
  );

const bytes32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);

const named = (payload: Uint8Array): [string, Uint8Array] => {
  const length = payload[0] as number;
  return [new TextDecoder().decode(payload.subarray(1, 1 + length)), payload.subarray(1 + length)];
};
