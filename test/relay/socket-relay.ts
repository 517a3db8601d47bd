import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { type Bytes, isFault } from "../../src/base/index.ts";
import {
  decodeFrame,
  decodePeerWire,
  encodeFrame,
  encodeWire,
  introductions,
  MAX_FRAME,
  MAX_UNDER_WAY,
  memoryRoomStore,
  type OutwardEffect,
  type RoomEvent,
  type SocketFrame,
  serveRoom,
} from "../../src/relay/index.ts";

/** A relay over sockets on this machine: the real core, and channels that it forwards unread. */
export interface SocketRelay {
  /** As `location.origin` would write it. */
  readonly origin: string;
  /** Sockets that are open. */
  readonly open: number;
  /** Data of one direction that was under way at most, in bytes. */
  readonly most: number;
  /** Marks that peers have said. */
  readonly marks: readonly number[];
  /** Drops every socket, as a restart does. */
  drop(): void;
  /** From now on it hears nothing and says nothing, and nobody is told. */
  isDeaf: boolean;
  /** Sends to every socket, as no relay would. */
  shout(data: Uint8Array | string): void;
  close(): Promise<void>;
}

interface Peer {
  readonly address: string;
  readonly room: string;
  readonly socket: WebSocket;
  /** The other end of each channel, with bytes of data: sent by this end, taken there. */
  readonly channels: Map<number, { readonly other: Peer; sent: number; taken: number }>;
}

/** Starts one; `port` 0 is any. */
export async function startSocketRelay(port = 0): Promise<SocketRelay> {
  const store = memoryRoomStore();
  const peers = new Map<string, Peer>();
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: MAX_FRAME });
  let line: Promise<void> = Promise.resolve();
  let channels = 0;
  const state = { isDeaf: false, most: 0 };
  const marks: number[] = [];

  const say = ({ socket }: Peer, frame: SocketFrame): void => {
    if (!state.isDeaf) socket.send(encodeFrame(frame));
  };

  const inRoom = (room: string, event: Exclude<RoomEvent, { readonly checked: unknown }>): void => {
    line = line.then(async () => {
      for (const effect of await serveRoom(room, event, {
        store,
        origin: relay.origin,
        now: () => Date.now(),
      }))
        perform(room, effect);
    });
  };

  const perform = (room: string, effect: OutwardEffect): void => {
    if ("to" in effect) {
      const to = peers.get(effect.to);
      if (to) say(to, { kind: "message", wire: encodeWire(effect.message) });
      return;
    }
    const [host, guest] = [
      peers.get(effect.introduce.host.address),
      peers.get(effect.introduce.guest.address),
    ];
    if (!host || !guest) return;
    const channel = channels++;
    host.channels.set(channel, { other: guest, sent: 0, taken: 0 });
    guest.channels.set(channel, { other: host, sent: 0, taken: 0 });
    const { toHost, toGuest } = introductions(room, effect.introduce.host, effect.introduce.guest);
    say(host, { kind: "introduced", channel, wire: encodeWire(toHost) });
    say(guest, { kind: "introduced", channel, wire: encodeWire(toGuest) });
  };

  const end = (peer: Peer, channel: number): void => {
    const other = peer.channels.get(channel)?.other;
    peer.channels.delete(channel);
    if (other?.channels.delete(channel)) say(other, { kind: "closed", channel });
  };

  const hear = (peer: Peer, frame: SocketFrame): void => {
    if (frame.kind === "message") {
      const message = decodePeerWire(frame.wire);
      if (message.room === peer.room) inRoom(peer.room, { from: peer.address, message });
      else peer.socket.close(1008);
      return;
    }
    if (frame.kind === "mark") return void marks.push(frame.number);
    const { channel } = frame;
    const own = peer.channels.get(channel);
    if (!own || frame.kind === "introduced") return;
    if (frame.kind === "closed") return void end(peer, channel);
    if (frame.kind === "taken") {
      const theirs = own.other.channels.get(channel);
      if (theirs) theirs.taken = frame.total;
    } else {
      own.sent += frame.bytes.length;
      state.most = Math.max(state.most, own.sent - own.taken);
      if (own.sent - own.taken > MAX_UNDER_WAY) {
        say(peer, { kind: "closed", channel });
        return void end(peer, channel);
      }
    }
    say(own.other, frame);
  };

  sockets.on("connection", (socket, { url = "" }) => {
    const [, room] = /^\/api\/rooms\/([\w-]{43})$/.exec(url) ?? [];
    if (room === undefined) return socket.close(1008);
    const peer: Peer = { address: randomUUID(), room, socket, channels: new Map() };
    peers.set(peer.address, peer);
    socket.on("message", (data: Buffer, isBinary) => {
      if (state.isDeaf) return;
      if (!isBinary) return String(data) === "ping" ? socket.send("pong") : socket.close(1008);
      try {
        hear(peer, decodeFrame(new Uint8Array(data) as Bytes));
      } catch (error) {
        if (!isFault(error)) throw error;
        socket.close(1008);
      }
    });
    socket.on("close", () => {
      peers.delete(peer.address);
      for (const channel of [...peer.channels.keys()]) end(peer, channel);
      inRoom(room, { gone: peer.address });
    });
  });

  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const relay: SocketRelay = {
    marks,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get open() {
      return peers.size;
    },
    get most() {
      return state.most;
    },
    get isDeaf() {
      return state.isDeaf;
    },
    set isDeaf(isDeaf) {
      state.isDeaf = isDeaf;
    },
    drop: () => {
      for (const { socket } of [...peers.values()]) socket.terminate();
    },
    shout: (data) => {
      for (const { socket } of peers.values()) socket.send(data);
    },
    close: async () => {
      relay.drop();
      sockets.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return relay;
}
