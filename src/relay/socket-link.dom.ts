import { Fault } from "../base/index.ts";
import { Crossing } from "./crossing.ts";
import { type DirectOptions, type DirectPace, keepDirect } from "./direct-path.dom.ts";
import type { Introduced, PeerMessage, RelayMessage } from "./message.ts";
import type { Pipe } from "./pipe.ts";
import type { RelayLink } from "./relay-link.ts";
import { RoomSocket, type SocketPace } from "./room-socket.dom.ts";

/** How to be connected to a room. */
export interface SocketLinkOptions {
  /** Where a direct path is looked for, asked at each introduction; by default on the local network alone. `null`: nowhere. */
  readonly direct?: (() => DirectOptions) | null;
  /** For tests. */
  readonly pace?: Partial<SocketPace>;
  readonly directPace?: Partial<DirectPace>;
}

/** A relay behind a socket. */
export interface SocketLink extends RelayLink {
  /** Closes the socket and ends what crosses it. */
  close(): void;
}

const PACE: SocketPace = { open: 10_000, ping: 10_000, pong: 5_000 };

/**
 * A room of a relay on another host, by its origin ("https://…"): one socket, which opens with the first post and stays while
 * somebody listens or a passage through it lives. One that is lost opens again with the next post.
 */
export function socketLink(origin: string, room: string, options: SocketLinkOptions = {}): SocketLink {
  return new RoomLink(origin, room, options);
}

type Take = Parameters<RelayLink["listen"]>[0];

class RoomLink implements SocketLink {
  readonly origin: string;
  readonly #url: string;
  readonly #options: SocketLinkOptions;
  readonly #listeners = new Map<Take, (() => void) | undefined>();
  #socket: RoomSocket | null = null;

  constructor(origin: string, room: string, options: SocketLinkOptions) {
    this.origin = origin;
    // One origin: what the socket is opened to, and what proofs are for.
    this.#url = `${origin.replace(/^http/, "ws")}/api/rooms/${room}`;
    this.#options = options;
  }

  async post(message: PeerMessage): Promise<void> {
    if (globalThis.WebSocket === undefined) throw new Fault("no-relay");
    this.#socket ??= this.#open();
    this.#socket.say(message);
  }

  listen(take: Take, lost?: () => void): () => void {
    this.#listeners.set(take, lost);
    return () => {
      this.#listeners.delete(take);
      this.#closeIfIdle();
    };
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #open(): RoomSocket {
    const socket = new RoomSocket(
      this.#url,
      { ...PACE, ...this.#options.pace },
      {
        onmessage: (message, pipe) => this.#hear(message, pipe),
        onchannelend: () => this.#closeIfIdle(),
        onclose: () => {
          if (this.#socket === socket) this.#socket = null;
          for (const lost of [...this.#listeners.values()]) lost?.();
        },
      },
    );
    return socket;
  }

  #hear(message: RelayMessage, pipe: Pipe | null): void {
    const introduced = message.kind === "introduced" && pipe !== null ? message : null;
    const passage = introduced && pipe ? crossingOver(pipe) : null;
    let isTaken = false;
    for (const take of [...this.#listeners.keys()]) isTaken = take(message, passage) || isTaken;
    if (!isTaken) passage?.close();
    else if (introduced && passage) this.#lookForDirect(passage, introduced);
  }

  /** Once somebody wants the passage, and not before: a direct path shows the other side where this device is. */
  #lookForDirect(crossing: Crossing, { other }: Introduced): void {
    const { direct = () => ({ iceServers: [] }), directPace } = this.#options;
    if (direct !== null && globalThis.RTCPeerConnection !== undefined)
      keepDirect(crossing, other.role === "host" ? "guest" : "host", direct(), directPace);
  }

  #closeIfIdle(): void {
    if (this.#listeners.size === 0 && this.#socket?.hasChannels === false) this.close();
  }
}

const crossingOver = (pipe: Pipe): Crossing => {
  const crossing = new Crossing();
  crossing.add(pipe, "relayed");
  return crossing;
};
