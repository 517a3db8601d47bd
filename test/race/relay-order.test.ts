import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "../../src/base/index.ts";
import type { OutwardEffect, Role } from "../../src/relay/index.ts";
import { at, holder, type Lie, type Peer, Table, words } from "../relay/table.ts";

const [host, guest] = await Promise.all([holder(), holder()]);
const { room } = host;
const admits = [guest.key];

type Act = () => Promise<readonly OutwardEffect[]>;

/** A join in two acts, between which anything can happen. */
function acts(table: Table, who: Peer, role: Role, lie: Lie = {}): Act[] {
  let nonces: { peerNonce: Bytes; relayNonce: Bytes };
  return [
    async () => {
      nonces = await table.hello(who, role, room);
      return [];
    },
    async () => table.send(who.address, await table.proof(who, role, room, nonces, lie)),
  ];
}

/** Every order of the acts that keeps each line's own order, as the indices of the lines. */
function orders(lengths: readonly number[]): number[][] {
  if (lengths.every((length) => length === 0)) return [[]];
  return lengths.flatMap((length, line) => {
    if (length === 0) return [];
    const rest = lengths.map((other, index) => (index === line ? other - 1 : other));
    return orders(rest).map((order) => [line, ...order]);
  });
}

async function run(order: readonly number[], lines: readonly Act[][]): Promise<string[]> {
  const left = lines.map((line) => [...line]);
  const heard: string[] = [];
  for (const line of order) heard.push(...words((await left[line]?.shift()?.()) ?? []));
  return heard;
}

const count = (list: readonly string[], word: string) => list.filter((item) => item === word).length;

test("[RP9] host and guest in any order are introduced once", async () => {
  for (const order of orders([2, 2])) {
    const table = new Table();
    const lines = [acts(table, at("a", host), "host", { admits }), acts(table, at("b", guest), "guest")];
    assert.equal(count(await run(order, lines), "introduce a b"), 1, String(order));
  }
});

test("[RP11] [RP12] beats of both sides in any order introduce once: no proof under way does it again", async () => {
  for (const order of orders([2, 2, 2])) {
    const table = new Table();
    const a = at("a", host);
    const b = at("b", guest);
    await table.join(b, "guest", room);
    const lines = [
      acts(table, a, "host", { admits }),
      acts(table, b, "guest"),
      [async () => table.join(a, "host", room, { admits }), async () => []],
    ];
    // Only a hello after the introduction asks for another one.
    const isMetBy = Math.min(order.lastIndexOf(0), order.indexOf(2));
    const times = order.indexOf(1) > isMetBy ? 2 : 1;
    assert.equal(count(await run(order, lines), "introduce a b"), times, String(order));
  }
});

test("[RP13] of two hosts in any order the later proof has the room, and the other one is told", async () => {
  for (const order of orders([2, 2])) {
    const table = new Table();
    const lines = [
      acts(table, at("a", host), "host", { admits }),
      acts(table, at("a2", host), "host", { admits }),
    ];
    const heard = await run(order, lines);
    const [last, first] = order.at(-1) === 1 ? ["a2", "a"] : ["a", "a2"];
    assert.equal((await table.store.read(room))?.host?.address, last, String(order));
    assert.equal(count(heard, `refused(closed replaced) ${first}`), 1, String(order));
  }
});

test("[RP13] a beat of the former host that was under way does not win the room back", async () => {
  for (const order of orders([2, 2])) {
    const table = new Table();
    const a = at("a", host);
    await table.join(a, "host", room, { admits });
    const lines = [acts(table, a, "host", { admits }), acts(table, at("a2", host), "host", { admits })];
    const isBegunBefore =
      order.indexOf(0) < order.lastIndexOf(1) && order.lastIndexOf(0) > order.lastIndexOf(1);
    await run(order, lines);
    const winner = (await table.store.read(room))?.host?.address;
    // Only a whole new hello after the replacement counts, and a page that was told does not say one.
    if (isBegunBefore) assert.equal(winner, "a2", String(order));
  }
});

test("[RP14] a guest that proves itself while the room is being closed is not introduced after it", async () => {
  for (const order of orders([1, 2])) {
    const table = new Table();
    const a = at("a", host);
    await table.join(a, "host", room, { admits });
    const leave = { kind: "leave", room, peer: a.peer, closed: "used" } as const;
    const heard = await run(order, [[() => table.send("a", leave)], acts(table, at("b", guest), "guest")]);
    const isAfter = order.at(-1) === 1;
    assert.equal(count(heard, "introduce a b"), isAfter ? 0 : 1, String(order));
    assert.equal(count(heard, "refused(closed used) b"), isAfter ? 1 : 0, String(order));
  }
});
