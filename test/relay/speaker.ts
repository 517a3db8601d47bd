import assert from "node:assert/strict";
import { type Bytes, randomBytes } from "../../src/base/index.ts";
import {
  decodeFrame,
  decodeRelayWire,
  encodeFrame,
  encodeWire,
  type PeerMessage,
  type RelayMessage,
  type Role,
  type SocketFrame,
  signRelayProof,
} from "../../src/relay/index.ts";
import { type Holder, peerId } from "./table.ts";

/** A socket to a room, whatever it runs on. Nothing that arrives is lost before `take` is called. */
export interface Line {
  send(said: Bytes | string): void;
  /** Bytes and text that arrive; then, once, the code of the end. */
  take(onsaid: (said: Bytes | string) => void, onclose: (code: number) => void): void;
  close(): void;
}

/** Where rooms run. */
export interface Ground {
  /** For which proofs have to be. */
  readonly origin: string;
  open(room: string): Promise<Line>;
}

type Waiter = (frame: SocketFrame | null) => void;

/** Somebody at a socket, who hears frames in order and says what a test wants. */
export class Speaker {
  readonly room: string;
  /** Fulfilled with the code when the socket is closed. */
  readonly closed: Promise<number>;
  /** Says marks again, as who reads can. [RS10] */
  isReading = true;
  readonly #line: Line;
  readonly #origin: string;
  readonly #heard: (SocketFrame | null)[] = [];
  #waiter: Waiter | null = null;

  constructor(line: Line, room: string, origin: string) {
    this.room = room;
    this.#line = line;
    this.#origin = origin;
    this.closed = new Promise((resolve) => {
      line.take(
        (said) => {
          const frame = typeof said === "string" ? null : decodeFrame(said);
          if (frame?.kind !== "mark") this.#hear(frame);
          else if (this.isReading) this.raw(said);
        },
        (code) => {
          this.#hear(null);
          resolve(code);
        },
      );
    });
  }

  static async at(ground: Ground, room: string): Promise<Speaker> {
    return new Speaker(await ground.open(room), room, ground.origin);
  }

  raw(said: Bytes | string): void {
    this.#line.send(said);
  }

  send(frame: SocketFrame): void {
    this.raw(encodeFrame(frame));
  }

  say(message: PeerMessage): void {
    this.send({ kind: "message", wire: encodeWire(message) });
  }

  close(): void {
    this.#line.close();
  }

  /** The next frame; fails where the socket is closed instead. */
  async any(what = "a frame"): Promise<SocketFrame> {
    const frame = this.#heard.length > 0 ? this.#heard.shift() : await this.#wait();
    assert.ok(frame, `${what}: the socket is closed`);
    return frame;
  }

  /** The next frame, which has to be of this kind. */
  async next<K extends SocketFrame["kind"]>(kind: K): Promise<Extract<SocketFrame, { readonly kind: K }>> {
    const frame = await this.any(kind);
    assert.equal(frame.kind, kind);
    return frame as Extract<SocketFrame, { readonly kind: K }>;
  }

  /** The next frame's message. */
  async hear(): Promise<RelayMessage> {
    return decodeRelayWire((await this.next("message")).wire);
  }

  /** Hello, challenge, proof: up to the answer, which is not read. */
  async prove(
    who: Holder,
    role: Role,
    admits?: readonly Bytes[],
    peer = peerId(),
    pass?: Bytes,
  ): Promise<string> {
    const { room } = this;
    const nonce = randomBytes(32);
    this.say({ kind: "hello", room, role, peer, key: who.key, nonce });
    const challenge = await this.hear();
    assert.ok(challenge.kind === "challenge");
    assert.deepEqual(challenge.answers, nonce);
    const claim = { origin: this.#origin, room, role, key: who.key, peerNonce: nonce };
    const envelope = await signRelayProof(who.privateKey, { ...claim, relayNonce: challenge.nonce });
    const more = role === "host" ? { admits: admits ?? [] } : pass && { pass };
    this.say({ kind: "proof", room, peer, envelope, ...more });
    return peer;
  }

  /** Becomes host of the room. */
  async host(who: Holder, admits: readonly Bytes[], peer = peerId()): Promise<string> {
    await this.prove(who, "host", admits, peer);
    assert.equal((await this.hear()).kind, "joined");
    return peer;
  }

  /** An introduction: the channel, and what was said with it. */
  async introduced(): Promise<{ readonly channel: number; readonly message: RelayMessage }> {
    const { channel, wire } = await this.next("introduced");
    return { channel, message: decodeRelayWire(wire) };
  }

  /** That nothing has arrived but what was read: the answer to this hello is the next thing. */
  async nothingElse(who: Holder): Promise<void> {
    this.say({
      kind: "hello",
      room: this.room,
      role: "guest",
      peer: peerId(),
      key: who.key,
      nonce: randomBytes(32),
    });
    assert.equal((await this.hear()).kind, "challenge");
  }

  #hear(frame: SocketFrame | null): void {
    const waiter = this.#waiter;
    this.#waiter = null;
    if (waiter === null) this.#heard.push(frame);
    else waiter(frame);
  }

  #wait(): Promise<SocketFrame | null> {
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }
}

/** A host and a guest of a new room, introduced. */
export async function met(ground: Ground, camera: Holder, viewer: Holder): Promise<Met> {
  const host = await Speaker.at(ground, camera.room);
  await host.host(camera, [viewer.key]);
  const guest = await Speaker.at(ground, camera.room);
  await guest.prove(viewer, "guest");
  const [{ channel }, there] = await Promise.all([host.introduced(), guest.introduced()]);
  assert.equal(there.channel, channel);
  return { host, guest, channel };
}

export interface Met {
  readonly host: Speaker;
  readonly guest: Speaker;
  readonly channel: number;
}
