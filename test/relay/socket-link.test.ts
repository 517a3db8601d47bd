import assert from "node:assert/strict";
import { after, describe, it, type TestContext } from "node:test";
import { randomBytes, toBase64Url } from "../../src/base/index.ts";
import { socketLink } from "../../src/relay/client.dom.ts";
import { encodeFrame, encodeWire, type PeerMessage, portCarrier } from "../../src/relay/index.ts";
import { pause, until } from "../contract/carrier.ts";
import { socketRelayRules } from "../contract/socket-relay.ts";
import { type Far, farBench, holder, joinFar, tapSockets } from "./far.ts";
import { type SocketRelay, startSocketRelay } from "./socket-relay.ts";

/** ROOM_SERVER: the origin of a server to test instead, which has to take this machine's proofs. */
const elsewhere = process.env.ROOM_SERVER;
const own = elsewhere === undefined ? await startSocketRelay() : null;
after(() => own?.close());

// As a browser does for a page of the server's own: a relay refuses sockets from anywhere else.
const Plain = globalThis.WebSocket;
globalThis.WebSocket = class extends Plain {
  constructor(url: string | URL) {
    // The second argument of Node's own has headers, which the standard's lacks.
    super(url, { headers: { origin: new URL(url).origin.replace(/^ws/, "http") } } as unknown as string[]);
  }
};

describe("the contract of relays behind sockets", () => {
  for (const { title, run } of socketRelayRules) it(title, () => run(elsewhere ?? own?.origin ?? ""));
});

async function relayFor(t: TestContext, port = 0): Promise<SocketRelay> {
  const relay = await startSocketRelay(port);
  t.after(() => relay.close());
  return relay;
}

function stays(t: TestContext, far: Far): Far {
  t.after(() => far.close());
  return far;
}

const [camera, viewer] = await Promise.all([holder(), holder()]);
const { room } = camera;
const hello = (): PeerMessage => ({
  ...{ kind: "hello", room, role: "guest", peer: toBase64Url(randomBytes(16)) },
  ...{ key: viewer.key, nonce: randomBytes(32) },
});

describe("a link through a socket", () => {
  it("[CX10] opens with the first post, closes when nobody needs it, and opens again", async (t) => {
    const relay = await relayFor(t);
    const link = socketLink(relay.origin, room);
    const tap = tapSockets();
    t.after(tap.untap);
    for (let round = 1; round <= 2; round++) {
      const heard: string[] = [];
      const deafen = link.listen(({ kind }) => heard.push(kind) > 0);
      assert.equal(tap.made.length, round - 1);
      await link.post(hello());
      await link.post(hello());
      await until(() => heard.length === 2, "two challenges");
      assert.equal(tap.made.length, round);
      assert.equal(relay.open, 1);
      deafen();
      await until(() => relay.open === 0, "it is closed");
    }
  });

  it("[CX10] stays open for a passage after the membership has ended, and closes with it", async (t) => {
    const relay = await relayFor(t);
    const host = stays(t, joinFar(relay.origin, camera, room, [viewer.key]));
    await until(() => host.log.includes("waiting guest"), "the host is there");
    const guest = stays(t, joinFar(relay.origin, viewer, room));
    await until(() => host.met.length === 1 && guest.met.length === 1, "introduced");
    await host.membership.leave();
    await pause(50);
    assert.equal(relay.open, 2);
    guest.met[0]?.close();
    await until(() => relay.open === 0, "both are closed");
  });

  it("[CX10] a socket that is lost ends its passages, and a membership comes back at once", async (t) => {
    const relay = await relayFor(t);
    const bench = await farBench(relay.origin);
    t.after(() => bench.close());
    const reasons: string[] = [];
    for (const carrier of [bench.a, bench.b]) {
      carrier.onmessage = () => {};
      carrier.onclose = (reason) => reasons.push(reason);
    }
    await until(() => bench.a.hasRoom(1) && bench.b.hasRoom(1), "opened");
    relay.drop();
    await until(() => reasons.length === 2, "both are gone");
    assert.deepEqual(reasons, ["gone", "gone"]);
    await until(() => relay.open === 1, "the host is back, long before its beat");
  });

  it("[CX10] a server that says nothing any more is noticed, in a second socket it may be heard again", async (t) => {
    const relay = await relayFor(t);
    const pace = { ping: 60, pong: 30 };
    const host = stays(
      t,
      joinFar(relay.origin, camera, room, [], { pace }, { pace: { answer: 300, pause: 50 } }),
    );
    await until(() => host.log.includes("waiting guest"), "the host is there");
    await pause(300);
    assert.deepEqual(host.log, ["waiting relay", "waiting guest"]); // pings are answered
    relay.isDeaf = true;
    await until(() => host.log.length === 3, "it was noticed");
    assert.equal(host.log[2], "waiting relay");
    relay.isDeaf = false;
    await until(() => host.log.length === 4, "it is back");
    assert.equal(host.log[3], "waiting guest");
  });

  it("[CX10] a server that cannot be reached is waited for, as one that does not answer", async (t) => {
    const first = await startSocketRelay();
    await first.close();
    const guest = stays(t, joinFar(first.origin, viewer, room));
    await pause(200);
    assert.deepEqual(guest.log, ["waiting relay"]);
    const relay = await relayFor(t, Number(new URL(first.origin).port));
    assert.equal(relay.origin, first.origin);
    await until(() => guest.log.includes("waiting host"), "it has joined");
  });

  it("[CX10] is `no-relay` only where there are no sockets at all", async (t) => {
    const Plain = globalThis.WebSocket;
    t.after(() => {
      globalThis.WebSocket = Plain;
    });
    Reflect.deleteProperty(globalThis, "WebSocket");
    const guest = stays(t, joinFar("http://127.0.0.1:9", viewer, room));
    await until(() => guest.log.includes("no-relay"), "it is told");
  });

  const peer = toBase64Url(randomBytes(16));
  const introduced = encodeWire({
    ...{ kind: "introduced", room, peer },
    other: { peer, key: viewer.key, role: "guest" },
  });
  const strange: Record<string, Uint8Array | string> = {
    text: "hello",
    "an unknown frame": Uint8Array.of(9, 9, 9, 9, 9),
    "no CBOR": encodeFrame({ kind: "message", wire: Uint8Array.of(255) }),
    "what only peers say": encodeFrame({ kind: "message", wire: encodeWire(hello()) }),
    "an introduction without a channel": encodeFrame({ kind: "message", wire: introduced }),
    "a channel without an introduction": encodeFrame({
      ...{ kind: "introduced", channel: 1 },
      wire: encodeWire({ kind: "joined", room, peer }),
    }),
  };
  for (const [what, data] of Object.entries(strange))
    it(`[CX10] leaves a server that says ${what}`, async (t) => {
      const relay = await relayFor(t);
      const link = socketLink(relay.origin, room);
      const losses: string[] = [];
      t.after(
        link.listen(
          () => true,
          () => losses.push("lost"),
        ),
      );
      await link.post(hello());
      await until(() => relay.open === 1, "it is open");
      relay.shout(data);
      await until(() => losses.length === 1 && relay.open === 0, "it was left");
    });

  it("[CX10] what comes for a channel that is closed here is no mistake", async (t) => {
    const relay = await relayFor(t);
    const link = socketLink(relay.origin, room);
    const losses: string[] = [];
    const heard: string[] = [];
    t.after(
      link.listen(
        ({ kind }) => heard.push(kind) > 0,
        () => losses.push("lost"),
      ),
    );
    await link.post(hello());
    await until(() => heard.length === 1, "it is open");
    relay.shout(encodeFrame({ kind: "data", channel: 5, bytes: Uint8Array.of(1) }));
    relay.shout(encodeFrame({ kind: "closed", channel: 5 }));
    await link.post(hello());
    await until(() => heard.length === 2, "it goes on");
    assert.deepEqual(losses, []);
  });

  it("[RS10] says every mark again", async (t) => {
    const relay = await relayFor(t);
    const link = socketLink(relay.origin, room);
    t.after(() => link.close());
    t.after(link.listen(() => true));
    await link.post(hello());
    await until(() => relay.open === 1, "it is open");
    for (const number of [7, 0xffffffff]) relay.shout(encodeFrame({ kind: "mark", number }));
    await until(() => relay.marks.length === 2, "they were said");
    assert.deepEqual(relay.marks, [7, 0xffffffff]);
  });

  it("[CX10] a passage that nobody takes is closed, and one that somebody takes is not", async (t) => {
    const relay = await relayFor(t);
    for (const isTaken of [false, true]) {
      const link = socketLink(relay.origin, room);
      t.after(() => link.close());
      const reasons: string[] = [];
      let isHeard = false;
      const deafen = link.listen((_, passage) => {
        isHeard = true;
        if (passage === null) return true;
        const carrier = portCarrier(passage.port, { locks: null });
        carrier.onclose = (reason) => reasons.push(reason);
        carrier.onmessage = () => {};
        t.after(() => carrier.close());
        return isTaken;
      });
      t.after(deafen);
      await link.post(hello());
      await until(() => isHeard, "it is open");
      relay.shout(encodeFrame({ kind: "introduced", channel: 1, wire: introduced }));
      if (isTaken) await pause(100);
      else await until(() => reasons.length > 0, "it was closed");
      assert.deepEqual(reasons, isTaken ? [] : ["gone"]);
      link.close();
    }
  });
});
