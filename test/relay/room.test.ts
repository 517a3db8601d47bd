import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../src/base/index.ts";
import { introductions, type RoomState, step } from "../../src/relay/index.ts";
import { at, holder, only, peerId, Table, words } from "./table.ts";

const [host, guest, stranger] = await Promise.all([holder(), holder(), holder()]);
const { room } = host;
const admits = [guest.key];

test("[RP1] [RP11] a host and a guest that it admits are introduced, each told who the other is", async () => {
  const table = new Table();
  const a = at("a", host);
  const b = at("b", guest);
  assert.deepEqual(words(await table.join(a, "host", room, { admits })), ["joined a"]);
  const [effect] = await table.join(b, "guest", room);
  assert.ok(effect !== undefined && "introduce" in effect);
  const { toHost, toGuest } = introductions(room, effect.introduce.host, effect.introduce.guest);
  assert.deepEqual(toHost, {
    kind: "introduced",
    room,
    peer: a.peer,
    other: { peer: b.peer, key: b.key, role: "guest" },
  });
  assert.deepEqual(toGuest, {
    kind: "introduced",
    room,
    peer: b.peer,
    other: { peer: a.peer, key: a.key, role: "host" },
  });
});

test("[RP11] the guest is forgotten with its introduction; a second one can come", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  await table.join(at("b", guest), "guest", room);
  const state = await table.store.read(room);
  assert.deepEqual([state?.guests, state?.challenges], [[], []]);
  assert.deepEqual(words(await table.join(at("c", guest), "guest", room)), ["introduce a c"]);
});

test("[RP3] a proof from another address is nobody's, and leaves the peer's challenge alone", async () => {
  const table = new Table();
  const a = at("a", host);
  const nonces = await table.hello(a, "host", room);
  const proof = await table.proof(a, "host", room, nonces);
  assert.deepEqual(words(await table.send("thief", proof)), ["refused(expired) thief"]);
  assert.deepEqual(words(await table.send("a", proof)), ["joined a"]);
});

test("[RP3] a leave from another address takes nothing away", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  const leave = { kind: "leave", room, peer: a.peer, closed: "used" } as const;
  const effects = await table.send("thief", leave);
  assert.deepEqual(effects, [{ to: "thief", message: { kind: "left", room, peer: a.peer, closed: false } }]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["introduce a b"]);
});

test("[RP4] [RP10] unknown, empty, held and closed rooms greet alike, and a guest not admitted waits alike", async () => {
  const answers: string[][] = [];
  for (const kind of ["unknown", "left", "held", "closed"]) {
    const table = new Table();
    const a = at("a", host);
    if (kind !== "unknown") await table.join(a, "host", room, { admits });
    if (kind === "left") await table.send("a", { kind: "leave", room, peer: a.peer });
    if (kind === "closed") await table.send("a", { kind: "leave", room, peer: a.peer, closed: "used" });
    const s = { ...at("s", stranger), peer: "AAAAAAAAAAAAAAAAAAAAAA" };
    const nonces = await table.hello(s, "guest", room);
    const effects = await table.send("s", await table.proof(s, "guest", room, nonces));
    answers.push(effects.map((effect) => JSON.stringify(effect)));
  }
  assert.deepEqual(new Set(answers.map(String)).size, 1);
  assert.match(String(answers[0]), /"waiting"/);
});

test("[RP5] a proof for another origin, room, role, nonce or key, or by another key, proves nothing", async () => {
  const lies = {
    origin: { origin: "https://evil.test" },
    room: { room: stranger.room },
    role: { role: "guest" },
    peerNonce: { peerNonce: randomBytes(32) },
    relayNonce: { relayNonce: randomBytes(32) },
    key: { key: stranger.key },
    signer: { signer: stranger },
  } as const;
  for (const [name, lie] of Object.entries(lies)) {
    const table = new Table();
    const effects = await table.join(at("a", host), "host", room, lie);
    assert.deepEqual(words(effects), ["refused(proof) a"], name);
    assert.equal(await table.store.read(room), null, name);
  }
});

test("[RP5] a low-order key proves nothing, though one signature fits all its messages", async () => {
  const low = new Uint8Array(32);
  low[0] = 1;
  const table = new Table();
  const a = { ...at("a", host), key: low };
  await table.hello(a, "guest", room);
  const envelope = new Uint8Array([
    0x84,
    0x43,
    0xa1,
    0x01,
    0x32,
    0xa0,
    0xf6,
    0x58,
    0x40,
    1,
    ...new Uint8Array(63),
  ]);
  const effects = await table.send("a", { kind: "proof", room, peer: a.peer, envelope });
  assert.deepEqual(words(effects), ["refused(proof) a"]);
});

test("[RP6] a second proof on one nonce finds no challenge, whether the first was right or wrong", async () => {
  for (const lie of [{}, { signer: stranger }]) {
    const table = new Table();
    const a = at("a", host);
    const nonces = await table.hello(a, "host", room);
    await table.send("a", await table.proof(a, "host", room, nonces, lie));
    const again = await table.send("a", await table.proof(a, "host", room, nonces));
    assert.deepEqual(words(again), ["refused(expired) a"]);
  }
});

test("[RP6] a proof recorded from one join is worthless in the next", async () => {
  const table = new Table();
  const a = at("a", host);
  const recorded = await table.proof(a, "host", room, await table.hello(a, "host", room));
  assert.deepEqual(words(await table.send("a", recorded)), ["joined a"]);
  await table.hello(a, "host", room);
  assert.deepEqual(words(await table.send("a", recorded)), ["refused(proof) a"]);
});

test("[RP7] a proof after 30 s is late", async () => {
  for (const [wait, word] of [
    [30_000, "joined a"],
    [30_001, "refused(expired) a"],
    [-1, "refused(expired) a"],
  ] as const) {
    const table = new Table();
    const a = at("a", host);
    const nonces = await table.hello(a, "host", room);
    table.now += wait;
    assert.deepEqual(words(await table.send("a", await table.proof(a, "host", room, nonces))), [word]);
  }
});

test("[RP8] only the key that names the room can host it", async () => {
  const table = new Table();
  assert.deepEqual(words(await table.join(at("s", stranger), "host", room)), ["refused(proof) s"]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
});

test("[RP8] a host that fails a proof loses the room it had", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  assert.deepEqual(words(await table.join(a, "host", room, { signer: stranger })), ["refused(proof) a"]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
});

test("[RP2] admitted keys are the host's to state: required of it, refused of a guest", async () => {
  const table = new Table();
  const a = at("a", host);
  const proof = await table.proof(a, "host", room, await table.hello(a, "host", room));
  assert.ok(proof.kind === "proof");
  const { admits: _, ...bare } = proof;
  assert.deepEqual(words(await table.send("a", bare)), ["refused(message) a"]);
  const b = at("b", guest);
  const wanting = await table.proof(b, "guest", room, await table.hello(b, "guest", room));
  assert.ok(wanting.kind === "proof");
  assert.deepEqual(words(await table.send("b", { ...wanting, admits })), ["refused(message) b"]);
});

test("[RP9] a guest whose key the host does not admit is not introduced", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  assert.deepEqual(words(await table.join(at("s", stranger), "guest", room)), ["waiting s"]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["introduce a b"]);
});

test("[RP9] a host that comes meets the guests that it admits, and only those", async () => {
  const table = new Table();
  await table.join(at("s", stranger), "guest", room);
  await table.join(at("b", guest), "guest", room);
  await table.join(at("c", guest), "guest", room);
  const effects = await table.join(at("a", host), "host", room, { admits });
  assert.deepEqual(words(effects), ["joined a", "introduce a b", "introduce a c"]);
  assert.deepEqual(
    (await table.store.read(room))?.guests.map((entry) => entry.address),
    ["s"],
  );
});

test("[RP9] a guest that names an admitted key without holding it is refused", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  const s = at("s", guest);
  assert.deepEqual(words(await table.join(s, "guest", room, { signer: stranger })), ["refused(proof) s"]);
});

test("[RP12] a beat renews the host and its list: waiting guests that it admits now are introduced, once", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room);
  await table.join(at("b", guest), "guest", room);
  assert.deepEqual(words(await table.join(a, "host", room, { admits })), ["joined a", "introduce a b"]);
  assert.deepEqual(words(await table.join(a, "host", room, { admits })), ["joined a"]);
});

test("[RP12] a key taken off the list opens nothing at the next beat", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  await table.join(a, "host", room, { admits: [stranger.key] });
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
});

test("[RP13] a second host replaces the first, which is told so, and the guests go to the second", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  const effects = await table.join(at("a2", host), "host", room, { admits });
  assert.deepEqual(words(effects), ["refused(closed replaced) a", "joined a2"]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["introduce a2 b"]);
});

test("[RP13] the open challenge of a host that was replaced is void: it does not win the room back", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  const nonces = await table.hello(a, "host", room);
  await table.join(at("a2", host), "host", room, { admits });
  const effects = await table.send("a", await table.proof(a, "host", room, nonces, { admits }));
  assert.deepEqual(words(effects), ["refused(expired) a"]);
  assert.equal((await table.store.read(room))?.host?.address, "a2");
});

test("[RP12] a host that is gone admits nobody: its list is not kept, whoever else is there", async () => {
  const table = new Table();
  await table.join(at("s", stranger), "guest", room);
  await table.join(at("a", host), "host", room, { admits });
  await table.serve(room, { gone: "a" });
  assert.deepEqual((await table.store.read(room))?.admits, []);
});

test("[RP14] a host that leaves admits nobody more; the room is as if unknown", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  assert.equal(only(await table.send("a", { kind: "leave", room, peer: a.peer }), a).kind, "left");
  assert.equal(await table.store.read(room), null);
});

test("[RP14] a closed room takes no host and introduces nobody, until its time", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  const until = table.now + 60_000;
  const leave = { kind: "leave", room, peer: a.peer, closed: "used", until } as const;
  const left = { kind: "left", room, peer: a.peer, closed: true };
  assert.deepEqual(only(await table.send("a", leave), a), left);
  assert.deepEqual(only(await table.send("a", leave), a), left, "asked again, told again");
  assert.deepEqual(words(await table.join(at("a2", host), "host", room)), ["refused(closed used) a2"]);
  table.now = until;
  assert.deepEqual(words(await table.join(at("a2", host), "host", room)), ["joined a2"]);
});

test("[RP14] closing lasts 24 h if nothing is said and 30 days at most", async () => {
  for (const [until, lasts] of [
    [undefined, 24 * 3_600_000],
    [Number.MAX_SAFE_INTEGER, 30 * 24 * 3_600_000],
  ] as const) {
    const table = new Table();
    const a = at("a", host);
    await table.join(a, "host", room, { admits });
    const leave = { kind: "leave", room, peer: a.peer, closed: "expired" } as const;
    await table.send("a", until === undefined ? leave : { ...leave, until });
    assert.equal((await table.store.read(room))?.closed?.until, table.now + lasts);
  }
});

test("[RP14] only the present host closes: not a guest, not the host that was replaced", async () => {
  const table = new Table();
  const a = at("a", host);
  const b = at("b", stranger);
  await table.join(a, "host", room, { admits });
  await table.join(at("a2", host), "host", room, { admits });
  await table.join(b, "guest", room);
  for (const who of [a, b]) {
    const left = only(
      await table.send(who.address, { kind: "leave", room, peer: who.peer, closed: "used" }),
      who,
    );
    assert.deepEqual(left, { kind: "left", room, peer: who.peer, closed: false });
  }
  assert.deepEqual(words(await table.join(at("c", guest), "guest", room)), ["introduce a2 c"]);
});

test("[RP15] the word of a closed room is for the room's key and those it admitted", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  await table.send("a", { kind: "leave", room, peer: a.peer, closed: "used" });
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["refused(closed used) b"]);
  assert.deepEqual(words(await table.join(at("c", host), "guest", room)), ["refused(closed used) c"]);
  assert.deepEqual(words(await table.join(at("s", stranger), "guest", room)), ["waiting s"]);
  const forged = await table.join(at("f", guest), "guest", room, { signer: stranger });
  assert.deepEqual(words(forged), ["refused(proof) f"]);
});

test("[RP16] 32 guests wait, 4 of one address; who gave way asks again", async () => {
  const table = new Table();
  for (let i = 0; i < 6; i++) await table.join(at("many", stranger), "guest", room);
  assert.equal((await table.store.read(room))?.guests.length, 4);
  await table.join(at("first", guest), "guest", room);
  for (let i = 0; i < 33; i++) await table.join(at(`s${i}`, stranger), "guest", room);
  const state = (await table.store.read(room)) as RoomState;
  assert.equal(state.guests.length, 32);
  assert.ok(!state.guests.some((entry) => entry.address === "first"));
  await table.join(at("a", host), "host", room, { admits });
  assert.deepEqual(words(await table.join(at("first", guest), "guest", room)), ["introduce a first"]);
});

test("[RP16] 128 challenges are open, 4 of one address", async () => {
  const table = new Table();
  for (let i = 0; i < 6; i++) await table.hello(at("many", stranger), "guest", room);
  assert.equal((await table.store.read(room))?.challenges.length, 4);
  for (let i = 0; i < 140; i++) await table.hello(at(`s${i}`, stranger), "guest", room);
  assert.equal((await table.store.read(room))?.challenges.length, 128);
});

test("[RP16] strangers on 127 sockets that never stop asking do not push out who proves its key slowly", async () => {
  const table = new Table();
  await table.hello(at("slow", host), "host", room);
  for (let i = 0; i < 500; i++) await table.hello(at(`s${i % 127}`, stranger), "guest", room);
  const open = (await table.store.read(room))?.challenges ?? [];
  assert.ok(open.some(({ address }) => address === "slow"));
});

test("[RP17] guests expire after 10 min, hosts after 24 h, and an empty room is erased", async () => {
  const table = new Table();
  await table.join(at("b", guest), "guest", room);
  table.now += 10 * 60_000 + 1;
  await table.serve(room, { tick: true });
  assert.deepEqual(await table.store.list(), []);
  await table.join(at("a", host), "host", room, { admits });
  table.now += 24 * 3_600_000 + 1;
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
});

test("[RP17] a time in the future is old, too: a clock that was set back lets nobody live for ever", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  table.now -= 1_000;
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
});

test("[RP17] nobody is introduced to an address that is gone", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  await table.serve(room, { gone: "a" });
  assert.deepEqual(await table.store.list(), []);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
  await table.hello(at("b", guest), "guest", room);
  await table.serve(room, { gone: "b" });
  assert.deepEqual(await table.store.list(), []);
});

test("[RP18] a step changes nothing that it was given, and answers the same the second time", async () => {
  const table = new Table();
  await table.join(at("a", host), "host", room, { admits });
  const state = deepFreeze((await table.store.read(room)) as RoomState);
  const event = {
    from: "b",
    message: { kind: "hello", room, role: "guest", peer: peerId(), key: guest.key, nonce: randomBytes(32) },
  } as const;
  const context = { now: table.now, nonce: randomBytes(32) };
  assert.deepEqual(step(room, state, event, context), step(room, structuredClone(state), event, context));
});

test("a message for another room is the relay host's mistake", async () => {
  const table = new Table();
  const message = { kind: "leave", room: guest.room, peer: peerId() } as const;
  await assert.rejects(table.serve(room, { from: "a", message }), TypeError);
});

function deepFreeze<T extends object>(value: T): T {
  for (const item of Object.values(value)) if (typeof item === "object" && item !== null) deepFreeze(item);
  return Object.freeze(value);
}

test("[RP21] a room for passes introduces who brings a good one, and says until when", async () => {
  const table = new Table();
  const until = table.now + 60_000;
  const asked: unknown[] = [];
  table.admit = async ({ room: name, key, pass }) => {
    asked.push([name, key, pass]);
    return pass?.[0] === 1 ? { admitted: true, until } : { admitted: false };
  };
  await table.join(at("a", host), "host", room, { admits });
  const good = new Uint8Array([1]);
  const [effect] = await table.join(at("b", guest), "guest", room, { pass: good });
  assert.ok(effect !== undefined && "introduce" in effect);
  assert.equal(effect.introduce.guest.until, until);
  assert.equal(effect.introduce.host.until, undefined);
  assert.deepEqual(asked, [[room, guest.key, good]], "the host is not asked");
  for (const lie of [{}, { pass: new Uint8Array([2]) }])
    assert.deepEqual(words(await table.join(at("c", guest), "guest", room, lie)), ["refused(pass) c"]);
});

test("[RP21] a pass without an end limits nothing", async () => {
  const table = new Table();
  table.admit = async () => ({ admitted: true, until: null });
  await table.join(at("a", host), "host", room, { admits });
  const [effect] = await table.join(at("b", guest), "guest", room);
  assert.ok(effect !== undefined && "introduce" in effect);
  assert.equal(effect.introduce.guest.until, undefined);
});

test("[RP21] who is not admitted, or has not proven its key, hears nothing of passes", async () => {
  const table = new Table();
  let asked = 0;
  table.admit = async () => {
    asked += 1;
    return { admitted: false };
  };
  await table.join(at("a", host), "host", room, { admits });
  assert.deepEqual(words(await table.join(at("b", stranger), "guest", room)), ["waiting b"]);
  assert.equal(asked, 1);
  const lie = { signer: stranger };
  assert.deepEqual(words(await table.join(at("c", guest), "guest", room, lie)), ["refused(proof) c"]);
  assert.equal(asked, 1);
});

test("[RP21] a guest that waits without a good pass, or longer than it lasts, is not introduced when the host comes", async () => {
  const table = new Table();
  table.admit = async ({ pass }) =>
    pass === null ? { admitted: false } : { admitted: true, until: table.now + pass[0]! * 1000 };
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["waiting b"]);
  assert.deepEqual(words(await table.join(at("c", guest), "guest", room, { pass: new Uint8Array([5]) })), [
    "waiting c",
  ]);
  assert.deepEqual(words(await table.join(at("d", guest), "guest", room, { pass: new Uint8Array([50]) })), [
    "waiting d",
  ]);
  table.now += 5000;
  assert.deepEqual(words(await table.join(at("a", host), "host", room, { admits })), [
    ...["joined a", "refused(pass) b", "refused(pass) c", "introduce a d"],
  ]);
});

test("[RP21] a host brings no pass", async () => {
  const lie = { admits, pass: new Uint8Array([1]) };
  assert.deepEqual(words(await new Table().join(at("a", host), "host", room, lie)), ["refused(message) a"]);
});

test("[RP23] five wrong proofs within ten minutes are told to the host, whoever showed them; then they are counted anew", async () => {
  const table = new Table();
  const a = at("a", host);
  await table.join(a, "host", room, { admits });
  const wrong = async (address: string) =>
    words(await table.join(at(address, guest), "guest", room, { signer: stranger }));
  for (const address of ["s", "t", "s", "u"])
    assert.deepEqual(await wrong(address), [`refused(proof) ${address}`]);
  assert.deepEqual(await wrong("s"), ["refused(proof) s", "warned a"]);
  for (const address of ["s", "t", "s", "u"])
    assert.deepEqual(await wrong(address), [`refused(proof) ${address}`]);
  table.now += 10 * 60_000 + 1;
  assert.deepEqual(await wrong("s"), ["refused(proof) s"]);
  assert.deepEqual(words(await table.join(at("b", guest), "guest", room)), ["introduce a b"]);
});

test("[RP23] nothing is counted where no host is there, and a room is not kept for it", async () => {
  const table = new Table();
  for (let times = 0; times < 6; times += 1) {
    const effects = await table.join(at("s", guest), "guest", room, { signer: stranger });
    assert.deepEqual(words(effects), ["refused(proof) s"]);
  }
  assert.equal(await table.store.read(room), null);
  // Nor where it is kept, since somebody waits in it.
  await table.join(at("b", guest), "guest", room);
  for (let times = 0; times < 6; times += 1) {
    const effects = await table.join(at("s", guest), "guest", room, { signer: stranger });
    assert.deepEqual(words(effects), ["refused(proof) s"]);
  }
});
