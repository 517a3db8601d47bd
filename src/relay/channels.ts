import type { Address } from "./room-state.ts";
import { MAX_CHANNELS, MAX_UNDER_WAY } from "./socket-wire.ts";

/** Payload bytes on one direction of a channel since its beginning: passed on, and told to be taken. */
interface Way {
  sent: number;
  taken: number;
}

interface Channel {
  readonly number: number;
  readonly host: Address;
  readonly guest: Address;
  /** When it has to end, ms since the epoch; `null` where nothing limits it. [RS9] */
  readonly until: number | null;
  readonly fromHost: Way;
  readonly fromGuest: Way;
}

/** A channel as numbers and text, to be kept beside its guest's socket: its end, and what was sent and taken from host and from guest. */
export type KeptChannel = readonly [
  channel: number,
  host: Address,
  until: number | null,
  hostSent: number,
  hostTaken: number,
  guestSent: number,
  guestTaken: number,
];

/** Channels that one socket holds as a guest, at most. [RS6] */
export const MAX_PER_GUEST = 16;

/** The channels of one room: who is at their ends, and how much is under way. */
export class Channels {
  readonly #all = new Map<number, Channel>();

  /** A new channel under a number that says nothing about others, or `null` where the room has all it may have. */
  open(host: Address, guest: Address, until: number | null): number | null {
    if (host === guest || this.#all.size >= MAX_CHANNELS) return null;
    let number = randomNumber();
    while (this.#all.has(number)) number = randomNumber();
    this.#all.set(number, {
      number,
      host,
      guest,
      until,
      fromHost: { sent: 0, taken: 0 },
      fromGuest: { sent: 0, taken: 0 },
    });
    return number;
  }

  /** Who is at the other end, or `null` where the sender is at neither. */
  other(from: Address, number: number): Address | null {
    const channel = this.#all.get(number);
    if (channel?.host === from) return channel.guest;
    return channel?.guest === from ? channel.host : null;
  }

  /** Whose guest's end it is, beside whose socket its counts are kept. */
  guest(number: number): Address | null {
    return this.#all.get(number)?.guest ?? null;
  }

  /** Counts data that is passed on; false where more is under way than may be. [RS5] */
  send(from: Address, number: number, length: number): boolean {
    const way = this.#way(from, number, "sent by");
    if (way === undefined || way.sent + length - way.taken > MAX_UNDER_WAY) return false;
    way.sent += length;
    return true;
  }

  /** Counts what an end says it has taken; false where it says nothing new, or more than was sent. */
  take(from: Address, number: number, total: number): boolean {
    const way = this.#way(from, number, "sent to");
    if (way === undefined || total <= way.taken || total > way.sent) return false;
    way.taken = total;
    return true;
  }

  /** Forgets a channel and answers who was at its ends. */
  close(number: number): Address[] {
    const channel = this.#all.get(number);
    this.#all.delete(number);
    return channel === undefined ? [] : [channel.host, channel.guest];
  }

  /** The channels that have an end at this address, oldest first; as a guest's alone where that is asked for. */
  at(address: Address, end: "any" | "guest" = "any"): number[] {
    return [...this.#all.values()]
      .filter(({ host, guest }) => guest === address || (end === "any" && host === address))
      .map(({ number }) => number);
  }

  /** Those that had to end by now. */
  ended(now: number): number[] {
    return [...this.#all.values()].flatMap(({ number, until }) =>
      until !== null && until <= now ? [number] : [],
    );
  }

  /** When the first one has to end, ms since the epoch; `null` where none has to. */
  nextEnd(): number | null {
    const ends = [...this.#all.values()].flatMap(({ until }) => (until === null ? [] : [until]));
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** What to keep of a guest's channels while the relay sleeps. */
  kept(guest: Address): KeptChannel[] {
    return this.at(guest, "guest").map((number) => {
      const { host, until, fromHost, fromGuest } = this.#all.get(number) as Channel;
      return [number, host, until, fromHost.sent, fromHost.taken, fromGuest.sent, fromGuest.taken];
    });
  }

  /** Takes back what was kept. */
  restore(guest: Address, kept: readonly KeptChannel[]): void {
    for (const [number, host, until, hostSent, hostTaken, guestSent, guestTaken] of kept) {
      const fromHost = { sent: hostSent, taken: hostTaken };
      const fromGuest = { sent: guestSent, taken: guestTaken };
      this.#all.set(number, { number, host, guest, until, fromHost, fromGuest });
    }
  }

  #way(address: Address, number: number, direction: "sent by" | "sent to"): Way | undefined {
    const channel = this.#all.get(number);
    if (channel === undefined) return undefined;
    return (channel.host === address) === (direction === "sent by") ? channel.fromHost : channel.fromGuest;
  }
}

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0] as number;
