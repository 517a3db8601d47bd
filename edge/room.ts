import { DurableObject } from "cloudflare:workers";
import { randomBytes, toBase64Url } from "../src/base/index.ts";
import { type KeptSeat, RoomHost, type RoomSocket } from "../src/relay/index.ts";
import { admitAt } from "./account.ts";
import type { Env } from "./env.ts";
import { objectRoomStore } from "./room-store.ts";

/** What a socket carries through a sleep. */
interface Kept {
  readonly room: string;
  readonly address: string;
  readonly origin: string;
  readonly seat: KeptSeat;
}

/** One room on the edge: its sockets outlast its sleep, its state outlasts everything. */
export class Room extends DurableObject<Env> {
  #host: RoomHost | null = null;
  #alarm: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    void ctx.blockConcurrencyWhile(() => this.#wake());
  }

  /** An upgrade; the worker has looked at everything else. */
  override async fetch(request: Request): Promise<Response> {
    const room = new URL(request.url).pathname.slice(1);
    const origin = request.headers.get("x-origin") ?? "";
    const { 0: client, 1: server } = new WebSocketPair();
    const address = toBase64Url(randomBytes(12));
    this.ctx.acceptWebSocket(server);
    const seat: KeptSeat = { channels: [], heard: Date.now(), reading: [0, null, 0] };
    keep(server, { room, address, origin, seat });
    this.#roomHost(room).enter(this.#socket(server));
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, said: ArrayBuffer | string): Promise<void> {
    await this.#host?.hear(kept(socket).address, typeof said === "string" ? said : new Uint8Array(said));
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    socket.close(isSayable(code) ? code : 1000); // or the client waits for the end of its closing
    await this.#host?.leave(kept(socket).address);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.#host?.leave(kept(socket).address);
  }

  override async alarm(): Promise<void> {
    this.#alarm = null;
    await this.#host?.tick();
    this.#plan();
  }

  /** After a sleep, and after a stop, when no socket is there any more. */
  async #wake(): Promise<void> {
    this.#alarm = await this.ctx.storage.getAlarm();
    const sockets = this.ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN);
    const [first] = sockets;
    const [stored] = await objectRoomStore(this.ctx.storage).list();
    const room = first === undefined ? stored : kept(first).room;
    if (room === undefined) return;
    await this.#roomHost(room).wake(
      sockets.map((socket) => [this.#socket(socket), kept(socket).seat] as const),
    );
  }

  #roomHost(room: string): RoomHost {
    this.#host ??= new RoomHost(room, {
      store: objectRoomStore(this.ctx.storage),
      now: () => Date.now(),
      admit: (guest) => admitAt(this.env, guest),
      onchange: () => this.#plan(),
    });
    return this.#host;
  }

  /** An alarm for what is due first. A room of which nothing is left leaves nothing on the disk. */
  #plan(): void {
    const due = this.#host?.due() ?? null;
    if (due === null) {
      this.#alarm = null;
      void this.ctx.storage.deleteAll();
    } else if (this.#alarm === null || due < this.#alarm) {
      this.#alarm = due;
      void this.ctx.storage.setAlarm(due);
    }
  }

  #socket(socket: WebSocket): RoomSocket {
    const { address, origin } = kept(socket);
    return {
      address,
      origin,
      send: (frame) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      },
      close: (code, reason) => socket.close(code, reason),
      keep: (seat) => keep(socket, { ...kept(socket), seat }),
      pinged: () => this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0,
    };
  }
}

/** Codes that a side may say; the others are a runtime's own words for what it saw. RFC 6455 §7.4 */
const isSayable = (code: number): boolean =>
  code >= 1000 && code < 5000 && ![1004, 1005, 1006, 1015].includes(code);

const kept = (socket: WebSocket): Kept => socket.deserializeAttachment() as Kept;

const keep = (socket: WebSocket, what: Kept): void => socket.serializeAttachment(what);
