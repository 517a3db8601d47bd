import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, toBase64Url } from "../../src/base/index.ts";
import {
  type KeptSeat,
  MAX_DATA,
  MAX_UNDER_WAY,
  memoryRoomStore,
  RoomHost,
  type RoomHostContext,
  type RoomSocket,
  SILENT,
} from "../../src/relay/index.ts";
import { roomCases } from "./room-cases.ts";
import { type Ground, type Line, met, Speaker } from "./speaker.ts";
import { holder } from "./table.ts";

/** A socket in memory: what is said arrives a moment later, in order. */
class MemorySocket implements Line, RoomSocket {
  readonly address: string;
  readonly origin: string;
  readonly #host: () => RoomHost;
  kept: KeptSeat;
  #onsaid: (said: Bytes | string) => void = () => {};
  #onclose: (code: number) => void = () => {};
  lastPing = 0;

  constructor(address: string, origin: string, now: number, host: () => RoomHost) {
    this.kept = { channels: [], heard: now, reading: [0, null, 0] };
    this.address = address;
    this.origin = origin;
    this.#host = host;
  }

  // The page's side.
  take(onsaid: (said: Bytes | string) => void, onclose: (code: number) => void): void {
    this.#onsaid = onsaid;
    this.#onclose = onclose;
  }

  // The relay's side; what the page sends is the other `send`.
  readonly toPage = (frame: Bytes): void => this.#onsaid(new Uint8Array(frame));

  send(said: Bytes | string): void {
    void this.#host().hear(this.address, typeof said === "string" ? said : new Uint8Array(said));
  }

  close(code = 1000): void {
    if (code === 1000) void this.#host().leave(this.address);
    this.#onclose(code);
  }

  keep(seat: KeptSeat): void {
    this.kept = structuredClone(seat);
  }

  pinged(): number {
    return this.lastPing;
  }

  asRoomSocket(): RoomSocket {
    const { address, origin } = this;
    return {
      address,
      origin,
      send: this.toPage,
      close: (code) => this.close(code),
      keep: (seat) => this.keep(seat),
      pinged: () => this.pinged(),
    };
  }
}

/** Rooms in this process, whose clock can be moved and which can be stopped. */
class MemoryGround implements Ground {
  readonly origin = "https://sealcam.test";
  readonly store = memoryRoomStore();
  readonly #hosts = new Map<string, RoomHost>();
  readonly sockets: MemorySocket[] = [];
  now = Date.UTC(2026, 10, 1);
  /** Where the room is for passes: what each is worth. */
  admit: RoomHostContext["admit"];

  hostOf(room: string): RoomHost {
    const context: RoomHostContext = {
      ...{ store: this.store, now: () => this.now, onchange: () => {} },
      ...(this.admit && { admit: this.admit }),
    };
    const host = this.#hosts.get(room) ?? new RoomHost(room, context);
    this.#hosts.set(room, host);
    return host;
  }

  async open(room: string): Promise<MemorySocket> {
    const socket = new MemorySocket(`socket-${this.sockets.length}`, this.origin, this.now, () =>
      this.hostOf(room),
    );
    this.sockets.push(socket);
    this.hostOf(room).enter(socket.asRoomSocket());
    return socket;
  }

  /** As a sleep does: memory is gone, and these sockets are left. */
  async sleep(room: string, left: readonly MemorySocket[]): Promise<void> {
    this.#hosts.delete(room);
    await this.hostOf(room).wake(left.map((socket) => [socket.asRoomSocket(), socket.kept] as const));
  }
}

for (const { title, check } of roomCases) test(`rooms in memory: ${title}`, () => check(new MemoryGround()));

const [camera, viewer] = await Promise.all([holder(), holder()]);
const { room } = camera;

test("[RS7] after a sleep channels go on, and what was under way still counts", async () => {
  const ground = new MemoryGround();
  const { host, guest, channel } = await met(ground, camera, viewer);
  const bytes = new Uint8Array(MAX_DATA);
  for (let at = 0; at < MAX_UNDER_WAY / MAX_DATA; at += 1) host.send({ kind: "data", channel, bytes });
  for (let at = 0; at < MAX_UNDER_WAY / MAX_DATA; at += 1) await guest.next("data");
  await ground.sleep(room, ground.sockets);
  guest.send({ kind: "taken", channel, total: MAX_DATA });
  assert.equal((await host.next("taken")).total, MAX_DATA);
  host.send({ kind: "data", channel, bytes });
  await guest.next("data");
  host.send({ kind: "data", channel, bytes });
  await host.next("closed");
  await guest.next("closed");
});

test("[RS7] after a sleep what a guest had under way still counts", async () => {
  const ground = new MemoryGround();
  const { host, guest, channel } = await met(ground, camera, viewer);
  const bytes = new Uint8Array(MAX_DATA);
  for (let at = 0; at < MAX_UNDER_WAY / MAX_DATA; at += 1) guest.send({ kind: "data", channel, bytes });
  for (let at = 0; at < MAX_UNDER_WAY / MAX_DATA; at += 1) await host.next("data");
  await ground.sleep(room, ground.sockets);
  guest.send({ kind: "data", channel, bytes });
  await host.next("closed");
  await guest.next("closed");
});

test("[RS7] who went during the sleep is gone: its channels are closed, and nobody is introduced to it", async () => {
  const ground = new MemoryGround();
  const { guest, channel } = await met(ground, camera, viewer);
  const [, guestSocket] = ground.sockets;
  assert.ok(guestSocket);
  await ground.sleep(room, [guestSocket]);
  assert.deepEqual(await guest.next("closed"), { kind: "closed", channel });
  assert.equal(await ground.store.read(room), null);
  await guest.prove(viewer, "guest");
  assert.equal((await guest.hear()).kind, "waiting");
});

test("[RS7] after a stop no socket is left, the state is, and everybody comes back", async () => {
  const ground = new MemoryGround();
  const host = await Speaker.at(ground, room);
  const peer = await host.host(camera, [viewer.key]);
  host.say({ kind: "leave", room, peer, closed: "used" });
  assert.equal((await host.hear()).kind, "left");
  await ground.sleep(room, []);
  const guest = await Speaker.at(ground, room);
  await guest.prove(viewer, "guest");
  const answer = await guest.hear();
  assert.ok(answer.kind === "refused" && answer.detail === "used");
});

test("[RS8] a socket that says nothing for 90 s is closed; a ping is something", async () => {
  const ground = new MemoryGround();
  const [silent, pinging] = [await Speaker.at(ground, room), await Speaker.at(ground, room)];
  assert.equal(ground.hostOf(room).due(), ground.now + SILENT);
  ground.now += SILENT - 1;
  const [, line] = ground.sockets;
  assert.ok(line);
  line.lastPing = ground.now;
  await ground.hostOf(room).tick();
  ground.now += 1;
  assert.equal(ground.hostOf(room).due(), ground.now);
  await ground.hostOf(room).tick();
  assert.equal(await silent.closed, 1008);
  await pinging.nothingElse(viewer);
});

test("[RS8] a room that sleeps keeps nobody who is silent: the sleep counts", async () => {
  const ground = new MemoryGround();
  const [silent, pinging] = [await Speaker.at(ground, room), await Speaker.at(ground, room)];
  ground.now += SILENT / 2;
  await pinging.nothingElse(viewer); // says something
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await ground.sleep(room, ground.sockets);
  ground.now += SILENT / 2;
  await ground.hostOf(room).tick();
  assert.equal(await silent.closed, 1008);
  await pinging.nothingElse(viewer);
});

test("[RS10] a sleep forgets nothing of what was not read", async () => {
  const ground = new MemoryGround();
  const { host, guest, channel } = await met(ground, camera, viewer);
  guest.isReading = false;
  const bytes = new Uint8Array(MAX_DATA);
  for (let sent = 0, total = 0; sent <= 2 * MAX_UNDER_WAY; sent += MAX_UNDER_WAY) {
    for (let at = 0; at < MAX_UNDER_WAY / MAX_DATA; at += 1) host.send({ kind: "data", channel, bytes });
    total = sent + MAX_UNDER_WAY;
    guest.send({ kind: "taken", channel, total });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await ground.sleep(room, ground.sockets);
  }
  assert.equal(await guest.closed, 1008);
});

test("[RS8] what has expired is erased when it is due, and then nothing is due any more", async () => {
  const ground = new MemoryGround();
  const host = await Speaker.at(ground, room);
  const peer = await host.host(camera, [viewer.key]);
  host.say({ kind: "leave", room, peer, closed: "used", until: ground.now + 3_600_000 });
  assert.equal((await host.hear()).kind, "left");
  host.close();
  await ground.hostOf(room).tick();
  assert.equal(ground.hostOf(room).due(), ground.now + 3_600_000);
  ground.now += 3_600_000;
  await ground.hostOf(room).tick();
  assert.deepEqual(await ground.store.list(), []);
  assert.equal(ground.hostOf(room).due(), null);
});

test("[RS9] a channel ends with the pass that let its guest in, also after a sleep; what has no end goes on", async () => {
  const ground = new MemoryGround();
  const until = ground.now + 60_000;
  const passed = await holder();
  ground.admit = async ({ key }) => ({
    ...{ admitted: true, until: toBase64Url(key) === toBase64Url(passed.key) ? until : null },
  });
  const host = await Speaker.at(ground, room);
  await host.host(camera, [viewer.key, passed.key]);
  const [free, bound] = [await Speaker.at(ground, room), await Speaker.at(ground, room)];
  await free.prove(viewer, "guest");
  const own = await free.introduced();
  await host.introduced();
  await bound.prove(passed, "guest");
  const { channel } = await bound.introduced();
  await host.introduced();
  assert.equal(ground.hostOf(room).due(), until);
  await ground.sleep(room, ground.sockets);
  assert.equal(ground.hostOf(room).due(), until);
  ground.now = until - 1;
  await ground.hostOf(room).tick();
  bound.send({ kind: "data", channel, bytes: Uint8Array.of(1) });
  await host.next("data");
  ground.now = until;
  await ground.hostOf(room).tick();
  for (const end of [bound, host]) assert.deepEqual(await end.next("closed"), { kind: "closed", channel });
  free.send({ kind: "data", channel: own.channel, bytes: Uint8Array.of(2) });
  assert.equal((await host.next("data")).channel, own.channel);
  // The pass does not serve again.
  await bound.prove(passed, "guest");
  const answer = await bound.hear();
  assert.ok(answer.kind === "refused" && answer.code === "pass");
});

test("[RS9] [RP21] who is admitted by the host and has no pass is not introduced", async () => {
  const ground = new MemoryGround();
  ground.admit = async () => ({ admitted: false });
  const host = await Speaker.at(ground, room);
  await host.host(camera, [viewer.key]);
  const guest = await Speaker.at(ground, room);
  await guest.prove(viewer, "guest");
  const answer = await guest.hear();
  assert.ok(answer.kind === "refused" && answer.code === "pass");
  await host.nothingElse(camera);
});
