import assert from "node:assert/strict";
import { type Bytes, encodeCbor, randomBytes } from "../../src/base/index.ts";
import {
  encodeFrame,
  encodeWire,
  MAX_CHANNELS,
  MAX_DATA,
  MAX_FRAME,
  MAX_PER_GUEST,
  MAX_SOCKETS,
  MAX_UNDER_WAY,
  MAX_UNREAD,
  type SocketFrame,
} from "../../src/relay/index.ts";
import { type Ground, met, Speaker } from "./speaker.ts";
import { type Holder, holder, peerId } from "./table.ts";

/** One rule of sockets, to be shown wherever rooms run. */
export interface RoomCase {
  readonly title: string;
  readonly check: (ground: Ground) => Promise<void>;
}

const two = (): Promise<[Holder, Holder]> => Promise.all([holder(), holder()]);

const chunk = (first: number, length = MAX_DATA): Bytes => {
  const bytes = new Uint8Array(length);
  bytes[0] = first;
  return bytes;
};

/** What the two sides of rooms hold of one another; each case makes its own room. */
export const roomCases: readonly RoomCase[] = [
  {
    title: "[RS3] [RS4] who proves a key meets the host, and both hear of one channel",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const host = await Speaker.at(ground, camera.room);
      const hostPeer = await host.host(camera, [viewer.key]);
      const guest = await Speaker.at(ground, camera.room);
      const guestPeer = await guest.prove(viewer, "guest");
      const [here, there] = [await host.introduced(), await guest.introduced()];
      assert.equal(here.channel, there.channel);
      const said = { kind: "introduced", room: camera.room } as const;
      assert.deepEqual(here.message, {
        ...said,
        peer: hostPeer,
        other: { peer: guestPeer, key: viewer.key, role: "guest" },
      });
      assert.deepEqual(there.message, {
        ...said,
        peer: guestPeer,
        other: { peer: hostPeer, key: camera.key, role: "host" },
      });
    },
  },
  {
    title: "[RS2] who names a room gets the same answers whether it is unknown, left, or does not admit it",
    check: async (ground) => {
      const [camera, stranger] = await two();
      const answers = async (room: string): Promise<unknown> => {
        const guest = await Speaker.at(ground, room);
        const peer = peerId();
        await guest.prove(stranger, "guest", undefined, peer);
        const answer = await guest.hear();
        assert.equal(answer.peer, peer);
        assert.equal(answer.room, room);
        const { length } = encodeWire(answer);
        await guest.nothingElse(stranger);
        guest.close();
        return { ...answer, peer: "", room: "", length };
      };
      const unknown = await answers((await holder()).room);
      const host = await Speaker.at(ground, camera.room);
      const peer = await host.host(camera, []);
      const closedToIt = await answers(camera.room);
      host.say({ kind: "leave", room: camera.room, peer });
      assert.equal((await host.hear()).kind, "left");
      assert.deepEqual([closedToIt, await answers(camera.room)], [unknown, unknown]);
    },
  },
  {
    title: "[RS2] a proof for another origin is none",
    check: async (ground) => {
      const camera = await holder();
      const host = new Speaker(await ground.open(camera.room), camera.room, "https://elsewhere.test");
      await host.prove(camera, "host");
      const answer = await host.hear();
      assert.ok(answer.kind === "refused" && answer.code === "proof");
    },
  },
  {
    title: "[RS4] data goes both ways, in order and as it was said",
    check: async (ground) => {
      const { host, guest, channel } = await met(ground, ...(await two()));
      for (let at = 0; at < 40; at += 1) {
        host.send({ kind: "data", channel, bytes: chunk(at) });
        guest.send({ kind: "data", channel, bytes: chunk(at, 1 + at) });
      }
      for (let at = 0; at < 40; at += 1) {
        assert.deepEqual((await guest.next("data")).bytes, chunk(at));
        assert.deepEqual((await host.next("data")).bytes, chunk(at, 1 + at));
      }
    },
  },
  {
    title: "[RS4] on a channel of others, or one that was closed, nobody says anything",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      const stranger = await Speaker.at(ground, camera.room);
      for (const frame of [
        { kind: "data", channel, bytes: chunk(1, 9) },
        { kind: "taken", channel, total: 1 },
        { kind: "closed", channel },
      ] as const)
        stranger.send(frame);
      await stranger.nothingElse(viewer);
      guest.send({ kind: "data", channel, bytes: chunk(2, 3) });
      assert.deepEqual((await host.next("data")).bytes, chunk(2, 3));
      guest.send({ kind: "closed", channel });
      assert.deepEqual(await host.next("closed"), { kind: "closed", channel });
      host.send({ kind: "data", channel, bytes: chunk(3, 3) });
      await guest.nothingElse(viewer);
    },
  },
  {
    title: "[RS3] when a socket is gone, its channels are closed and the room forgets it",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      host.close();
      assert.deepEqual(await guest.next("closed"), { kind: "closed", channel });
      await guest.prove(viewer, "guest");
      assert.equal((await guest.hear()).kind, "waiting");
      const back = await Speaker.at(ground, camera.room);
      await back.host(camera, [viewer.key]);
      const again = await guest.introduced();
      assert.equal((await back.introduced()).channel, again.channel);
      assert.notEqual(again.channel, channel);
    },
  },
  {
    title:
      "[RS5] data that is taken in time goes on for ever; 8 MiB that are not close the channel at both ends",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      const most = MAX_UNDER_WAY / MAX_DATA;
      for (let at = 0; at < 3 * most; at += 1) {
        host.send({ kind: "data", channel, bytes: chunk(at) });
        await guest.next("data");
        if ((at + 1) % (most / 2) !== 0) continue;
        const total = (at + 1) * MAX_DATA;
        guest.send({ kind: "taken", channel, total });
        assert.deepEqual(await host.next("taken"), { kind: "taken", channel, total });
      }
      for (let at = 0; at < most; at += 1) host.send({ kind: "data", channel, bytes: chunk(at) });
      for (let at = 0; at < most; at += 1) await guest.next("data");
      host.send({ kind: "data", channel, bytes: chunk(0, 1) });
      assert.deepEqual(await host.next("closed"), { kind: "closed", channel });
      assert.deepEqual(await guest.next("closed"), { kind: "closed", channel });
      await host.nothingElse(camera);
    },
  },
  {
    title: "[RS5] what was taken only rises, and never above what was sent",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      host.send({ kind: "data", channel, bytes: chunk(0, 10) });
      await guest.next("data");
      for (const total of [11, 6, 5, 6, 0, 10]) guest.send({ kind: "taken", channel, total });
      await guest.nothingElse(viewer);
      assert.equal((await host.next("taken")).total, 6);
      assert.equal((await host.next("taken")).total, 10);
      await host.nothingElse(camera);
    },
  },
  {
    title:
      "[RS10] who reads nothing and says that it has taken all is closed after 16 MiB, whoever else lies with it",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      guest.isReading = false;
      const most = MAX_UNDER_WAY / MAX_DATA / 2;
      let total = 0;
      for (let end: SocketFrame["kind"] = "taken"; end === "taken"; ) {
        for (let at = 0; at < most; at += 1) host.send({ kind: "data", channel, bytes: chunk(at) });
        total += most * MAX_DATA;
        assert.ok(total <= MAX_UNREAD + MAX_UNDER_WAY, "it is closed");
        // A relay that is slower has not passed it on yet, and drops what is said of it.
        const lies = setInterval(() => guest.send({ kind: "taken", channel, total }), 20);
        end = (await host.any()).kind;
        clearInterval(lies);
      }
      assert.equal(await guest.closed, 1008);
      await host.nothingElse(camera);
    },
  },
  {
    title: "[RS10] a mark that was not sent closes the socket",
    check: async (ground) => {
      const { host, guest, channel } = await met(ground, ...(await two()));
      guest.send({ kind: "mark", number: 1 });
      assert.equal(await guest.closed, 1008);
      assert.deepEqual(await host.next("closed"), { kind: "closed", channel });
    },
  },
  {
    title: "[RS1] anything but a frame closes the socket, and one that is too long does",
    check: async (ground) => {
      const { room } = await holder();
      const other = await holder();
      const hello = {
        kind: "hello",
        role: "guest",
        peer: peerId(),
        key: other.key,
        nonce: randomBytes(32),
      } as const;
      const message = (wire: Bytes): Bytes => encodeFrame({ kind: "message", wire });
      const introduced = encodeFrame({
        kind: "introduced",
        channel: 1,
        wire: encodeWire({ ...hello, room }),
      });
      const bad: [string, Bytes | string, number][] = [
        ["text", "hello", 1008],
        ["nothing", new Uint8Array(), 1008],
        ["an unknown type", Uint8Array.of(9, 0, 0, 0, 1, 0), 1008],
        ["a frame cut short", Uint8Array.of(1, 0, 0), 1008],
        ["data of no bytes", Uint8Array.of(1, 0, 0, 0, 1), 1008],
        ["what only a relay says", introduced, 1008],
        ["no CBOR", message(Uint8Array.of(0xff)), 1008],
        ["CBOR ten deep", message(new Uint8Array(10).fill(0x81)), 1008],
        ["CBOR that is no message", message(encodeCbor(new Map([["kind", "hello"]]))), 1008],
        ["a message for another room", message(encodeWire({ ...hello, room: other.room })), 1008],
        ["a message that is too long", concatenated(0, 8 * 1024 + 1), 1008],
        ["a frame that is too long", concatenated(1, MAX_FRAME), 1009],
      ];
      for (const [what, said, code] of bad) {
        const speaker = await Speaker.at(ground, room);
        speaker.raw(said);
        assert.equal(await speaker.closed, code, what);
      }
    },
  },
  {
    title: "[RS1] a message with a wrong field is refused to who said it, and the socket stays",
    check: async (ground) => {
      const who = await holder();
      const peer = peerId();
      const speaker = await Speaker.at(ground, who.room);
      const fields = new Map<string, string>([
        ["kind", "hello"],
        ["room", who.room],
        ["peer", peer],
        ["role", "owner"],
      ]);
      speaker.send({ kind: "message", wire: encodeCbor(fields) });
      assert.deepEqual(await speaker.hear(), { kind: "refused", room: who.room, peer, code: "message" });
      await speaker.nothingElse(who);
    },
  },
  {
    title: "[RS6] a guest's socket has 16 channels: the oldest gives way; a room has 64",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const host = await Speaker.at(ground, camera.room);
      await host.host(camera, [viewer.key]);
      const guests: { readonly guest: Speaker; readonly channels: number[] }[] = [];
      while (guests.length < MAX_CHANNELS / MAX_PER_GUEST) {
        const guest = await Speaker.at(ground, camera.room);
        const channels: number[] = [];
        while (channels.length < MAX_PER_GUEST) {
          await guest.prove(viewer, "guest");
          channels.push((await guest.introduced()).channel);
          await host.introduced();
        }
        guests.push({ guest, channels });
      }
      const [first] = guests;
      assert.ok(first);
      const [oldest = 0] = first.channels;
      await first.guest.prove(viewer, "guest");
      for (const end of [first.guest, host]) {
        assert.deepEqual(await end.next("closed"), { kind: "closed", channel: oldest });
        await end.introduced();
      }
      const late = await Speaker.at(ground, camera.room);
      await late.prove(viewer, "guest");
      await late.nothingElse(viewer);
      await host.nothingElse(camera);
    },
  },
  {
    title: "[RS6] of 129 sockets the oldest that does nothing gives way",
    check: async (ground) => {
      const [camera, viewer] = await two();
      const { host, guest, channel } = await met(ground, camera, viewer);
      const idle: Speaker[] = [];
      for (let at = 2; at < MAX_SOCKETS; at += 1) idle.push(await Speaker.at(ground, camera.room));
      await Speaker.at(ground, camera.room);
      assert.equal(await idle[0]?.closed, 1013);
      guest.send({ kind: "data", channel, bytes: chunk(7, 7) });
      assert.deepEqual((await host.next("data")).bytes, chunk(7, 7));
      await idle[1]?.nothingElse(viewer);
    },
  },
  {
    title: "[RS6] a flood of messages closes the socket it comes from",
    check: async (ground) => {
      const who = await holder();
      const speaker = await Speaker.at(ground, who.room);
      // More than the burst and what a slow machine adds to it meanwhile.
      const flood = setInterval(() => {
        for (let at = 0; at < 100; at += 1) speaker.say({ kind: "leave", room: who.room, peer: peerId() });
      }, 1);
      assert.equal(await speaker.closed, 1008);
      clearInterval(flood);
    },
  },
];

const concatenated = (type: number, length: number): Bytes => {
  const bytes = new Uint8Array(1 + length);
  bytes[0] = type;
  return bytes;
};
