import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type Bytes, Fault } from "../../src/base/index.ts";
import {
  type JoinRoomsOptions,
  joinRooms,
  type Passage,
  type RelayLink,
} from "../../src/relay/client.dom.ts";
import type { RelayMessage } from "../../src/relay/index.ts";
import { pause, until } from "../contract/carrier.ts";
import { type Holder, holder } from "./table.ts";
import { join, prover, Wire } from "./wire.ts";

const [camera, viewer, stranger] = await Promise.all([holder(), holder(), holder()]);
const { room } = camera;
const never: RelayLink = {
  origin: "https://never.test",
  post: async () => Promise.reject(new Fault("no-relay")),
  listen: () => () => {},
};

/** Joins at several relays at once. `admits` makes a host. */
function joinAll(
  t: TestContext,
  who: Holder,
  links: Record<string, RelayLink>,
  admits?: readonly Bytes[],
  more: Partial<JoinRoomsOptions> = {},
) {
  const log: string[] = [];
  const met: Passage[] = [];
  const membership = joinRooms(
    {
      ...{ room, role: admits === undefined ? "guest" : "host", prover: prover(who, "https://sealcam.test") },
      ...(admits === undefined ? {} : { admits: async () => admits }),
      onwaiting: (waitsFor, reachable) => log.push([waitsFor, ...reachable].join(" ")),
      onintroduced: (passage) => {
        met.push(passage);
        t.after(() => passage.close());
      },
      onrefused: (code, detail) => log.push(detail === undefined ? code : `${code} ${detail}`),
      pace: { answer: 60, proof: 200, beat: 300, pause: 20 },
      ...more,
    },
    links,
  );
  t.after(() => membership.leave());
  return { log, met, membership };
}

/** Two relays, on this device and elsewhere, which know nothing of each other. */
function relays(t: TestContext) {
  const [here, there] = [new Wire(t), new Wire(t)];
  const links = (address: string) => ({ here: here.link(address), there: there.link(address) });
  const state = async ({ store }: Wire) => JSON.parse(store.rooms.get(room) ?? "null");
  return { here, there, links, state };
}

describe("a room at several relays", () => {
  it("[CX11] a host is present at all of them", async (t) => {
    const { here, there, links } = relays(t);
    const host = joinAll(t, camera, links("a"), [viewer.key]);
    await until(() => host.log.includes("guest here there"), "both know it");
    const one = join(here, "b", viewer, room);
    await until(() => one.met.length === 1 && host.met.length === 1, "introduced here");
    const two = join(there, "c", viewer, room);
    await until(() => two.met.length === 1 && host.met.length === 2, "and there");
  });

  it("[CX11] a guest takes one introduction and leaves the others", async (t) => {
    const { here, there, links, state } = relays(t);
    const guest = joinAll(t, viewer, links("b"));
    await until(() => guest.log.includes("host here there"), "it waits at both");
    join(there, "a", camera, room, [viewer.key]);
    await until(() => guest.met.length === 1, "introduced");
    await until(() => here.store.rooms.get(room) === undefined, "left here");
    const late = join(here, "a", camera, room, [viewer.key]);
    await until(() => late.log.includes("waiting guest"), "a host comes here, too");
    await pause(100);
    assert.equal(guest.met.length, 1);
    assert.deepEqual((await state(here)).guests, []);
  });

  it("[CX11] a guest whose host is at the nearest relay asks no other one", async (t) => {
    const { here, links } = relays(t);
    const asked: unknown[] = [];
    const there: RelayLink = {
      origin: "https://there.test",
      post: async (message) => void asked.push(message),
      listen: () => () => {},
    };
    join(here, "a", camera, room, [viewer.key]);
    await until(() => here.store.rooms.has(room), "the host is there");
    const guest = joinAll(t, viewer, { here: links("b").here, there });
    await until(() => guest.met.length === 1, "introduced");
    await pause(50);
    assert.deepEqual(asked, []);
  });

  it("[CX11] of two introductions at once the second is closed unused", async (t) => {
    const { here, there, links } = relays(t);
    const held: (() => void)[] = [];
    // Both relays introduce at the same moment.
    for (const wire of [here, there]) {
      const say = wire.say.bind(wire);
      wire.say = (address: string, message: RelayMessage, port: MessagePort | null = null) => {
        if (message.kind === "introduced" && address === "b") held.push(() => say(address, message, port));
        else say(address, message, port);
      };
    }
    const hosts = [join(here, "a", camera, room, [viewer.key]), join(there, "a", camera, room, [viewer.key])];
    await until(() => hosts.every(({ log }) => log.includes("waiting guest")), "the hosts are there");
    const guest = joinAll(t, viewer, links("b"), undefined, { pace: { answer: 10_000, pause: 20 } });
    await until(() => held.length === 2 && hosts.every(({ met }) => met.length === 1), "introduced twice");
    for (const go of held) go();
    for (const { met } of hosts) met[0]?.port.start();
    await Promise.race(hosts.map(({ met }) => met[0]?.closed));
    assert.equal(guest.met.length, 1);
  });

  it("[CX11] what is waited for is the best of all, with the names of those that answer", async (t) => {
    const { here, there, links } = relays(t);
    here.watch = () => false;
    there.watch = () => false;
    const guest = joinAll(t, viewer, links("b"));
    await pause(150);
    assert.deepEqual(guest.log, ["relay"]);
    there.watch = () => true;
    await until(() => guest.log.length === 2, "one answers");
    here.watch = () => true;
    await until(() => guest.log.length === 3, "both do");
    there.watch = () => false;
    await until(() => guest.log.length === 4, "one is lost");
    assert.deepEqual(guest.log, ["relay", "host there", "host here there", "host here"]);
  });

  it("[CX11] where one relay can never be, the other serves; where none can, it is told once", async (t) => {
    const { links } = relays(t);
    const guest = joinAll(t, viewer, { here: never, there: links("b").there });
    await until(() => guest.log.includes("host there"), "it waits there");
    assert.deepEqual(guest.log, ["relay", "host there"]);
    const lonely = joinAll(t, viewer, { here: never, there: never });
    await until(() => lonely.log.length === 2, "it is told");
    await pause(50);
    assert.deepEqual(lonely.log, ["relay", "no-relay"]);
  });

  it("[CX11] a relay that knows the word of a closed room, or refuses a proof, ends it everywhere", async (t) => {
    const { here, there, links } = relays(t);
    const host = join(there, "a", camera, room, [viewer.key]);
    await until(() => host.log.includes("waiting guest"), "the host is there");
    await host.membership.leave({ code: "used", until: Date.now() + 60_000 });
    const guest = joinAll(t, viewer, links("b"));
    await until(() => guest.log.includes("closed used"), "the word");
    await until(() => here.store.rooms.get(room) === undefined, "left here");
    const liar = { key: stranger.key, prove: prover(viewer, "https://sealcam.test").prove };
    const refused = joinAll(t, stranger, links("s"), undefined, { prover: liar });
    await until(() => refused.log.includes("proof"), "refused");
    await pause(100);
    assert.equal(refused.log.filter((word) => word === "proof").length, 1);
  });

  it("[CX11] is closed only where every relay that was reached has closed it", async (t) => {
    const closed = { code: "used", until: Date.now() + 60_000 };
    for (const [lost, isReached, expected] of [
      [false, true, true],
      [true, true, false],
      [true, false, true],
    ] as const) {
      const { there, links } = relays(t);
      there.watch = () => isReached;
      const host = joinAll(t, camera, links("a"), [viewer.key]);
      await until(() => host.log.includes(isReached ? "guest here there" : "guest here"), "it is known");
      if (lost) there.watch = () => false;
      assert.equal(await host.membership.leave(closed), expected, `${lost} ${isReached}`);
    }
    const nobody = joinAll(t, camera, { here: never, there: never }, [viewer.key]);
    assert.equal(await nobody.membership.leave(closed), false);
  });

  it("[RP22] a relay that does not read a guest ends it at once, with a word of its own", async (t) => {
    const { there, links } = relays(t);
    const asked: unknown[] = [];
    there.watch = (message) => asked.push(message) > 0;
    const guest = joinAll(t, viewer, { here: otherVersion(), there: links("b").there });
    await until(() => guest.log.includes("message"), "it is told");
    await pause(100);
    assert.deepEqual([guest.log, asked], [["relay", "message"], []]);
  });

  it("[RP22] a host stays at the relays that read it, and is told where none does", async (t) => {
    const { links } = relays(t);
    const host = joinAll(t, camera, { here: otherVersion(), there: links("a").there }, [viewer.key]);
    await until(() => host.log.includes("guest there"), "it is known there");
    const silent: RelayLink = {
      origin: "https://silent.example",
      post: async () => {},
      listen: () => () => {},
    };
    const alone = joinAll(t, camera, { here: otherVersion(), there: silent }, [viewer.key]);
    await until(() => alone.log.includes("message"), "it is told");
    assert.ok(!host.log.includes("message"), "and the other one is not");
  });
});

/** A relay of another version: it reads no more than where to say so. */
const otherVersion = (): RelayLink => {
  const takers = new Set<Parameters<RelayLink["listen"]>[0]>();
  return {
    origin: "https://other.example",
    post: async ({ room, peer }) => {
      for (const take of takers) take({ kind: "refused", room, peer, code: "message" }, null);
    },
    listen: (take) => {
      takers.add(take);
      return () => takers.delete(take);
    },
  };
};
