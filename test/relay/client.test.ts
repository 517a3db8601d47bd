import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault, randomBytes } from "../../src/base/index.ts";
import { joinRoom } from "../../src/relay/client.dom.ts";
import type { PeerMessage } from "../../src/relay/index.ts";
import { holder } from "./table.ts";
import { join, pause, prover, until, Wire } from "./wire.ts";

const [host, guest, stranger] = await Promise.all([holder(), holder(), holder()]);
const { room } = host;

test("a guest waits for the host, then both get the ends of one channel", async (t) => {
  const wire = new Wire(t);
  const b = join(wire, "b", guest, room);
  await until(() => b.log.includes("waiting host"));
  const a = join(wire, "a", host, room, [guest.key]);
  await until(() => a.met.length === 1 && b.met.length === 1);
  assert.deepEqual(b.log, ["waiting relay", "waiting host", "introduced host"]);
  const heard = new Promise((resolve) => {
    b.met[0]?.port.addEventListener("message", (event) => resolve((event as MessageEvent).data));
    b.met[0]?.port.start();
  });
  a.met[0]?.port.postMessage("hello");
  assert.equal(await heard, "hello");
});

test("[RP4] every hello carries a new nonce, every proof answers the last one", async (t) => {
  const wire = new Wire(t);
  const nonces = new Set<string>();
  let hellos = 0;
  wire.watch = (message) => {
    if (message.kind === "hello") {
      hellos += 1;
      nonces.add(String(message.nonce));
    }
    return true;
  };
  const b = join(wire, "b", guest, room);
  await until(() => hellos > 3);
  await b.membership.leave();
  assert.equal(nonces.size, hellos);
  assert.deepEqual(b.log, ["waiting relay", "waiting host"]);
});

test("[RP4] a challenge that answers another hello is not signed", async (t) => {
  const wire = new Wire(t);
  const kinds: string[] = [];
  const lost: PeerMessage[] = [];
  wire.watch = (message, address) => {
    kinds.push(message.kind);
    if (message.kind !== "hello" || lost.length > 0) return true;
    lost.push(message);
    const { peer } = message;
    queueMicrotask(() =>
      wire.say(address, { kind: "challenge", room, peer, nonce: randomBytes(32), answers: randomBytes(32) }),
    );
    return false;
  };
  const b = join(wire, "b", guest, room);
  await until(() => b.log.includes("waiting host"));
  await b.membership.leave();
  assert.deepEqual(kinds.slice(0, 5), ["hello", "challenge", "hello", "challenge", "proof"]);
});

test("a relay that says nothing is asked again and again, and the page is told what it waits for", async (t) => {
  const wire = new Wire(t);
  let hellos = 0;
  wire.watch = (message) => {
    if (message.kind === "hello") hellos += 1;
    return false;
  };
  const b = join(wire, "b", guest, room);
  await until(() => hellos >= 3);
  assert.deepEqual(b.log, ["waiting relay"]);
  wire.watch = () => true;
  await until(() => b.log.includes("waiting host"));
});

test("[RP12] a host beats: a room that was lost, as with a service worker's storage, is there again", async (t) => {
  const wire = new Wire(t);
  const a = join(wire, "a", host, room, [guest.key]);
  await until(() => a.log.includes("waiting guest"));
  wire.store.rooms.clear();
  await until(() => wire.store.rooms.get(room)?.includes('"host":{') === true);
  const b = join(wire, "b", guest, room);
  await until(() => b.met.length === 1);
});

test("[RP12] the host's list is asked for at every beat, so a guest admitted later gets in", async (t) => {
  const wire = new Wire(t);
  const admitted: Uint8Array<ArrayBuffer>[] = [];
  const a = join(wire, "a", host, room, admitted);
  const b = join(wire, "b", guest, room);
  await until(() => a.log.includes("waiting guest") && b.log.includes("waiting host"));
  admitted.push(guest.key);
  await until(() => a.met.length === 1 && b.met.length === 1);
});

test("[RP13] a host that was replaced is told and does not fight for the room", async (t) => {
  const wire = new Wire(t);
  const a = join(wire, "a", host, room, []);
  await until(() => a.log.includes("waiting guest"));
  const a2 = join(wire, "a2", host, room, []);
  await until(() => a.log.includes("closed replaced"));
  await pause(150);
  assert.deepEqual(a2.log, ["waiting relay", "waiting guest"]);
  assert.equal(await a.membership.leave({ code: "used", until: Date.now() + 1000 }), false);
});

test("[RP14] [RP15] closing is confirmed, and who was admitted learns the word", async (t) => {
  const wire = new Wire(t);
  const a = join(wire, "a", host, room, [guest.key]);
  await until(() => a.log.includes("waiting guest"));
  assert.equal(await a.membership.leave({ code: "used", until: Date.now() + 60_000 }), true);
  const b = join(wire, "b", guest, room);
  await until(() => b.log.includes("closed used"));
  const s = join(wire, "s", stranger, room);
  await until(() => s.log.includes("waiting host"));
});

test("[RP14] closing is tried again when the answer is lost, and not claimed when it never comes", async (t) => {
  for (const losses of [1, Number.POSITIVE_INFINITY]) {
    const wire = new Wire(t);
    const a = join(wire, "a", host, room, []);
    await until(() => a.log.includes("waiting guest"));
    let lost = 0;
    wire.watch = (message) => message.kind !== "left" || lost++ >= losses;
    assert.equal(await a.membership.leave({ code: "used", until: Date.now() + 60_000 }), losses === 1);
  }
});

test("[RP19] a guest does not take a host whose key does not name the room", async (t) => {
  const wire = new Wire(t);
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise((resolve) => port2.addEventListener("close", resolve));
  port2.start();
  wire.watch = (message, address) => {
    if (message.kind !== "proof") return true;
    const other = { peer: message.peer, key: stranger.key, role: "host" } as const;
    wire.watch = (next) => next.kind !== "proof";
    wire.say(address, { kind: "introduced", room, peer: message.peer, other }, port1);
    return false;
  };
  const b = join(wire, "b", guest, room);
  await closed;
  assert.deepEqual(b.met, []);
  wire.watch = () => true;
  await until(() => b.log.includes("waiting host"));
});

test("[RP19] a host does not take a guest that it does not admit at that moment", async (t) => {
  const wire = new Wire(t);
  const admitted = [guest.key];
  const a = join(wire, "a", host, room, admitted, { pace: { beat: 60_000 } });
  await until(() => a.log.includes("waiting guest"));
  admitted.pop(); // after the beat: the relay still knows the old list
  const b = join(wire, "b", guest, room);
  await until(() => b.met.length === 1);
  b.met[0]?.port.start();
  await b.met[0]?.closed;
  assert.deepEqual(a.met, []);
});

test("a prover that fails ends the membership with its code", async (t) => {
  const wire = new Wire(t);
  const broken = { key: guest.key, prove: () => Promise.reject(new Fault("worker-dead")) };
  const b = join(wire, "b", guest, room, undefined, { prover: broken });
  await until(() => b.log.includes("prover worker-dead"));
});

test("a proof that the relay refuses ends the membership", async (t) => {
  const wire = new Wire(t);
  const b = join(wire, "b", guest, room, undefined, { prover: prover(guest, "https://evil.test") });
  await until(() => b.log.includes("proof"));
  await pause(100);
  assert.deepEqual(b.log, ["waiting relay", "proof"]);
});

test("where there are no service workers, the page is told at once", async () => {
  const log: string[] = [];
  joinRoom({
    room,
    role: "guest",
    prover: prover(guest, "https://sealcam.test"),
    onwaiting: () => {},
    onintroduced: () => {},
    onrefused: (code) => log.push(code),
  });
  await until(() => log.length > 0);
  assert.deepEqual(log, ["no-relay"]);
});

test("whoever leaves hears no more, also in the middle of a proof", async (t) => {
  const wire = new Wire(t);
  let sign: (bytes: Uint8Array<ArrayBuffer>) => void = () => {};
  let isAsked = false;
  const slow = {
    key: guest.key,
    prove: () => {
      isAsked = true;
      return new Promise<Uint8Array<ArrayBuffer>>((resolve) => {
        sign = resolve;
      });
    },
  };
  const b = join(wire, "b", guest, room, undefined, { prover: slow });
  await until(() => isAsked);
  await b.membership.leave();
  const sent: string[] = [];
  wire.watch = (message) => sent.push(message.kind) > 0;
  sign(randomBytes(73));
  await pause(100);
  assert.deepEqual(
    sent.filter((kind) => kind === "proof" || kind === "hello"),
    [],
  );
  assert.deepEqual(b.log, ["waiting relay"]);
});

test("a host without a list, and a guest with one, are mistakes", () => {
  const rest = {
    room,
    prover: prover(host, "https://sealcam.test"),
    onwaiting: () => {},
    onintroduced: () => {},
    onrefused: () => {},
  };
  assert.throws(() => joinRoom({ ...rest, role: "host" }), TypeError);
  assert.throws(() => joinRoom({ ...rest, role: "guest", admits: async () => [] }), TypeError);
});
