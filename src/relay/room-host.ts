import { type Bytes, isFault } from "../base/index.ts";
import { Channels, type KeptChannel, MAX_PER_GUEST } from "./channels.ts";
import { decodeMessage, type PeerMessage, type RelayMessage, returnAddress } from "./message.ts";
import { MessageAllowance } from "./message-allowance.ts";
import { type KeptReading, Reading } from "./reading.ts";
import { introductions } from "./room.ts";
import { type Address, type End, nextExpiry, type OutwardEffect, type RoomState } from "./room-state.ts";
import { type RelayContext, serveRoom } from "./serve.ts";
import { decodeFrame, encodeFrame, MAX_FRAME, type SocketFrame } from "./socket-wire.ts";
import type { RoomStore } from "./store.ts";
import { encodeWire, read } from "./wire.ts";

/** What has to be known of a socket after a sleep. */
export interface KeptSeat {
  readonly channels: readonly KeptChannel[];
  /** When it last said something but "ping", ms since the epoch. */
  readonly heard: number;
  readonly reading: KeptReading;
}

/** A socket to a room, as its runtime gives it. */
export interface RoomSocket {
  /** Random, chosen by the relay. [RS3] */
  readonly address: Address;
  /** The relay's own origin as this socket's client asked for it: the only one whose proofs count. */
  readonly origin: string;
  send(frame: Bytes): void;
  close(code: 1008 | 1009 | 1013, reason: string): void;
  /** Keeps something beside the socket while the relay sleeps. */
  keep(seat: KeptSeat): void;
  /** When it last said "ping", which the runtime answers by itself: ms since the epoch, 0 for never. */
  pinged(): number;
}

/** What a host of a room needs. */
export interface RoomHostContext extends Pick<RelayContext, "store" | "now" | "admit"> {
  /** Called where `due` may have come nearer. */
  readonly onchange: () => void;
}

/** Sockets of one room, at most. [RS6] */
export const MAX_SOCKETS = 128;
/** How long a socket may be silent, in ms. [RS8] */
export const SILENT = 90_000;

interface Seat {
  readonly socket: RoomSocket;
  readonly allowance: MessageAllowance;
  readonly reading: Reading;
  heard: number;
  /** What of `heard` is kept beside the socket. */
  kept: number;
}

/** When a host was heard is kept this often while it sends data. ms */
const KEPT_EVERY = 1_000;

/**
 * The relay of one room on sockets, by PROTOCOL.md [RS1]–[RS10]: messages run one at a time through the room's core, and what
 * the ends of a channel say is passed on at once and unread.
 */
export class RoomHost {
  readonly #room: string;
  readonly #store: RoomStore;
  readonly #now: () => number;
  readonly #admit: Pick<RelayContext, "admit">;
  readonly #onchange: () => void;
  readonly #seats = new Map<Address, Seat>();
  readonly #channels = new Channels();
  #host: End | null = null;
  #expiry: number | null = null;
  #line: Promise<void> = Promise.resolve();

  constructor(room: string, { store, now, admit, onchange }: RoomHostContext) {
    this.#room = room;
    this.#now = now;
    this.#admit = admit === undefined ? {} : { admit };
    this.#onchange = onchange;
    this.#store = {
      ...store,
      write: async (name, state) => {
        await store.write(name, state);
        this.#observe(state);
      },
    };
  }

  /** A new socket. Where there are too many, the oldest that has no part in anything gives way. [RS6] */
  enter(socket: RoomSocket): void {
    if (this.#seats.size >= MAX_SOCKETS) {
      const idle = [...this.#seats.keys()].find(
        (address) => address !== this.#host?.address && this.#channels.at(address).length === 0,
      );
      if (idle !== undefined) this.#expel(idle, 1013, "full");
    }
    this.#sit(socket);
  }

  /** After a sleep: the sockets that are still there, with what was kept beside them. Who is not there any more is gone. [RS7] */
  async wake(sockets: readonly (readonly [RoomSocket, KeptSeat])[]): Promise<void> {
    for (const [socket, kept] of sockets) {
      this.#sit(socket, kept);
      this.#channels.restore(socket.address, kept.channels);
    }
    for (const [{ address }] of sockets)
      for (const channel of this.#channels.at(address, "guest")) {
        const host = this.#channels.other(address, channel);
        if (host === null || !this.#seats.has(host)) this.#close(channel, null);
      }
    this.#observe(await this.#store.read(this.#room));
    await this.#inLine(() => this.#forgetGone());
  }

  /** What a socket said. Fulfilled when all that follows from it is done. */
  async hear(address: Address, said: Bytes | string): Promise<void> {
    const seat = this.#seats.get(address);
    if (seat === undefined) return; // it was closed; this was on its way
    seat.heard = this.#now();
    const frame = readFrame(said);
    if ("code" in frame) return this.#expel(address, frame.code, "frame");
    const handled = this.#take(seat, frame, said as Bytes);
    // With the frame, not a while later: a timer would keep the room from sleeping, and bill it for as long.
    if (this.#countsWith(seat, frame)) this.#keep(address);
    return handled;
  }

  /** Data is counted with its channel's guest, and is most of what comes: of a host it says that it lives, and that is kept now and then. */
  #countsWith({ socket, heard, kept }: Seat, frame: SocketFrame): boolean {
    if (frame.kind !== "data" || heard - kept >= KEPT_EVERY) return true;
    return this.#channels.guest(frame.channel) === socket.address;
  }

  async #take(seat: Seat, frame: SocketFrame, said: Bytes): Promise<void> {
    const { address } = seat.socket;
    switch (frame.kind) {
      case "message":
        return this.#message(seat, frame.wire);
      case "introduced":
        return this.#expel(address, 1008, "frame");
      case "mark":
        if (!seat.reading.said(frame.number)) this.#expel(address, 1008, "mark");
        return;
      default:
        return this.#pass(address, frame, said);
    }
  }

  /** A socket that is closed. Its channels are, at once, and the room forgets it. [RS3] */
  async leave(address: Address): Promise<void> {
    if (!this.#seats.delete(address)) return;
    for (const channel of this.#channels.at(address)) this.#close(channel, address);
    if (this.#host?.address === address) this.#host = null;
    await this.#inLine(() => this.#forgetGone());
    this.#onchange();
  }

  /** Closes sockets that are silent and channels whose time is over, and lets the room forget what has expired. [RS8] [RS9] */
  async tick(): Promise<void> {
    const now = this.#now();
    for (const [address, seat] of [...this.#seats])
      if (now - lastHeard(seat) >= SILENT) this.#expel(address, 1008, "silent");
    for (const channel of this.#channels.ended(now)) this.#close(channel, null);
    await this.#inLine(async () => {
      await this.#forgetGone();
      await this.#serve({ tick: true }, "");
    });
  }

  /** When the next `tick` is due, ms since the epoch; `null` where nothing is there any more. */
  due(): number | null {
    const silent = [...this.#seats.values()].map((seat) => lastHeard(seat) + SILENT);
    const all = [...silent, this.#expiry, this.#channels.nextEnd()].filter((at) => at !== null);
    return all.length === 0 ? null : Math.min(...all);
  }

  #sit(socket: RoomSocket, kept?: KeptSeat): void {
    const now = this.#now();
    const [allowance, reading] = [new MessageAllowance(now), new Reading(kept?.reading)];
    this.#seats.set(socket.address, { socket, allowance, reading, heard: kept?.heard ?? now, kept: 0 });
    this.#onchange();
  }

  #observe(state: RoomState | null): void {
    const former = this.#host;
    this.#host = state?.host ?? null;
    this.#expiry = state === null ? null : nextExpiry(state);
    this.#onchange();
    // The same host on another socket: its former one is dead, though no network has said so, and its guests must not wait there.
    if (former !== null && former.peer === this.#host?.peer && former.address !== this.#host.address)
      this.#expel(former.address, 1008, "replaced");
  }

  async #message(seat: Seat, wire: Bytes): Promise<void> {
    const { address, origin } = seat.socket;
    if (!seat.allowance.take(this.#now())) return this.#expel(address, 1008, "too many");
    const found = readMessage(wire);
    if (found === null || found.room !== this.#room) return this.#expel(address, 1008, "message");
    if (!("kind" in found)) {
      this.#tell(address, { kind: "refused", ...found, code: "message" });
      return;
    }
    await this.#inLine(async () => {
      await this.#forgetGone();
      await this.#serve({ from: address, message: found }, origin);
    });
  }

  /** Data, what was taken of it, and the end of a channel: for the other end. */
  #pass(from: Address, frame: Extract<SocketFrame, { readonly channel: number }>, bytes: Bytes): void {
    if ("wire" in frame) return;
    const { channel } = frame;
    const to = this.#channels.other(from, channel);
    if (to === null) return; // closed by the relay while this was on its way, or never this socket's
    if (frame.kind === "closed") {
      this.#close(channel, from);
      return;
    }
    if (frame.kind === "taken" && !this.#channels.take(from, channel, frame.total)) return;
    if (frame.kind === "data" && !this.#channels.send(from, channel, frame.bytes.length)) {
      this.#close(channel, null);
      return;
    }
    this.#send(to, bytes);
  }

  /** One event of the room at a time; its effects, which are written by then, before the next one. */
  #inLine(act: () => Promise<void>): Promise<void> {
    const done = this.#line.then(act);
    // What failed is not answered, so it is asked for again: nothing fails open.
    this.#line = done.catch(() => {});
    return done;
  }

  async #serve(event: Parameters<typeof serveRoom>[1], origin: string): Promise<void> {
    const context = { store: this.#store, now: this.#now, origin, ...this.#admit };
    for (const effect of await serveRoom(this.#room, event, context)) this.#perform(effect);
  }

  /** Nobody is introduced to a socket that is not there. [RP17] */
  async #forgetGone(): Promise<void> {
    const state = await this.#store.read(this.#room);
    if (state === null) return;
    const ends = [state.host, ...state.guests, ...state.challenges].filter((end) => end !== null);
    const gone = new Set(ends.map(({ address }) => address).filter((address) => !this.#seats.has(address)));
    for (const address of gone) await this.#serve({ gone: address }, "");
  }

  #perform(effect: OutwardEffect): void {
    if ("to" in effect) this.#tell(effect.to, effect.message);
    else this.#introduce(effect.introduce.host, effect.introduce.guest);
  }

  /** The guest has been taken off the list: one that hears nothing asks again, and finds what is true then. */
  #introduce(host: End, guest: End): void {
    if (!this.#seats.has(host.address) || !this.#seats.has(guest.address)) return;
    const own = this.#channels.at(guest.address, "guest");
    const [oldest] = own;
    if (own.length >= MAX_PER_GUEST && oldest !== undefined) this.#close(oldest, null);
    const channel = this.#channels.open(host.address, guest.address, guest.until ?? null);
    if (channel === null) return;
    const { toHost, toGuest } = introductions(this.#room, host, guest);
    this.#keep(guest.address);
    this.#send(host.address, encodeFrame({ kind: "introduced", channel, wire: encodeWire(toHost) }));
    this.#send(guest.address, encodeFrame({ kind: "introduced", channel, wire: encodeWire(toGuest) }));
    this.#onchange();
  }

  /** Ends a channel and tells its ends, but not the one that knows. */
  #close(channel: number, knows: Address | null): void {
    for (const address of this.#channels.close(channel)) {
      if (address !== knows) this.#send(address, encodeFrame({ kind: "closed", channel }));
      this.#keep(address);
    }
  }

  #expel(address: Address, code: 1008 | 1009 | 1013, reason: string): void {
    const seat = this.#seats.get(address);
    void this.leave(address).catch(() => {}); // what could not be written is found out before the next message
    seat?.socket.close(code, reason);
  }

  #tell(address: Address, message: RelayMessage): void {
    this.#send(address, encodeFrame({ kind: "message", wire: encodeWire(message) }));
  }

  /** [RS10] Who does not show that it reads is sent no more. */
  #send(address: Address, frame: Bytes): void {
    const seat = this.#seats.get(address);
    if (seat === undefined) return;
    const mark = seat.reading.sent(frame.length);
    if (mark === "over") {
      this.#expel(address, 1008, "unread");
      return;
    }
    seat.socket.send(frame);
    if (mark !== null) seat.socket.send(encodeFrame({ kind: "mark", number: mark }));
    this.#keep(address);
  }

  #keep(address: Address): void {
    const seat = this.#seats.get(address);
    if (seat === undefined) return;
    seat.kept = seat.heard;
    const channels = this.#channels.kept(address);
    seat.socket.keep({ channels, heard: seat.heard, reading: seat.reading.kept });
  }
}

const lastHeard = ({ heard, socket }: Seat): number => Math.max(heard, socket.pinged());

function readFrame(said: Bytes | string): SocketFrame | { readonly code: 1008 | 1009 } {
  if (typeof said === "string") return { code: 1008 };
  if (said.length > MAX_FRAME) return { code: 1009 };
  try {
    return decodeFrame(said);
  } catch (error) {
    if (isFault(error)) return { code: 1008 };
    throw error;
  }
}

/** A peer's message, or where to say that it is none, or `null` where nobody can be told. */
function readMessage(wire: Bytes): PeerMessage | { readonly room: string; readonly peer: string } | null {
  try {
    const value = read(wire);
    try {
      return decodeMessage(value);
    } catch (error) {
      if (isFault(error)) return returnAddress(value);
      throw error;
    }
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}
