import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Serving, serve } from "../../scripts/serve.ts";
import { toBase64Url } from "../../src/base/index.ts";
import { socketLink } from "../../src/relay/client.dom.ts";
import { encodeWire, MAX_DATA, MAX_UNDER_WAY } from "../../src/relay/index.ts";
import { Person, pairCamera } from "../auth/person.ts";
import { until } from "../contract/carrier.ts";
import { socketRelayRules } from "../contract/socket-relay.ts";
import { relayCases, runRelayCase } from "../relay/relay-cases.ts";
import { roomCases } from "../relay/room-cases.ts";
import { met, Speaker } from "../relay/speaker.ts";
import { type Holder, holder } from "../relay/table.ts";
import { groundAt, memoryOf, openSocket, type SocketGround, workerdsOf } from "./edge-host.ts";

// As a browser does for a page of the server's own: sockets from anywhere else are refused.
const Plain = globalThis.WebSocket;
globalThis.WebSocket = class extends Plain {
  constructor(url: string | URL) {
    // The second argument of Node's own has headers, which the standard's lacks.
    super(url, { headers: { origin: new URL(url).origin.replace(/^ws/, "http") } } as unknown as string[]);
  }
};

const bytes = new Uint8Array(MAX_DATA);
const chunks = MAX_UNDER_WAY / MAX_DATA;

describe("rooms on workerd", { timeout: 200_000 }, () => {
  let data: string;
  let serving: Serving;
  let ground: SocketGround;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-edge-"));
    serving = await serve(0, { data });
    ground = groundAt(serving);
  });
  after(async () => {
    ground.end();
    await serving.stop();
    await rm(data, { recursive: true });
  });

  for (const { title, check } of roomCases) it(title, () => check(ground));

  for (const one of relayCases)
    it(one.title, () => {
      const peer = async (room: string) => socketLink(serving.origin, room);
      return runRelayCase(one, { origin: serving.origin, peer });
    });

  for (const { title, run } of socketRelayRules) it(title, () => run(serving.origin));

  const [camera, viewer] = [holder(), holder()] as const;

  it("[RS2] [RP10] a camera that an account registered looks like a room that nobody knows, to who is not let in", async () => {
    const owner = new Person({ origin: serving.origin, fetch: (request) => fetch(request) });
    assert.equal((await owner.signUpWithPasskey()).status, 200);
    const { serverKey } = (await owner.get("/api/passes/key")).body;
    const key = new Uint8Array(Buffer.from(serverKey, "base64url"));
    const paired = await pairCamera(1, undefined, undefined, key);
    assert.equal((await owner.register(paired)).status, 200);
    const stranger = await holder();
    const said: unknown[] = [];
    for (const room of [paired.number, (await holder()).room]) {
      const guest = await Speaker.at(ground, room);
      await guest.prove(stranger, "guest");
      const answer = await guest.hear();
      await guest.nothingElse(stranger);
      said.push([answer.kind, Object.keys(answer), encodeWire(answer).length]);
    }
    assert.deepEqual(said[0], said[1]);
  });

  it("[RS9] [RP21] a registered camera's viewer is introduced with a pass, and refused without one", async () => {
    const owner = new Person({ origin: serving.origin, fetch: (request) => fetch(request) });
    assert.equal((await owner.signUpWithPasskey()).status, 200);
    const who = await holder();
    const { serverKey } = (await owner.get("/api/passes/key")).body;
    const key = new Uint8Array(Buffer.from(serverKey, "base64url"));
    const paired = await pairCamera(1, { privateKey: who.privateKey, publicKey: who.key }, undefined, key);
    assert.equal((await owner.register(paired)).status, 200);
    const seen: Holder = { key: paired.viewer.publicKey, privateKey: paired.viewer.privateKey, room: "" };
    const views = [{ camera: paired.number, viewer: toBase64Url(seen.key) }];
    const asked = (await owner.post("/api/passes/ask", { views })).body;
    const { passes } = (await owner.post("/api/passes/enter", { id: asked.id, code: asked.code })).body;
    const host = await Speaker.at(ground, who.room);
    await host.host(who, [seen.key]);
    const guest = await Speaker.at(ground, who.room);
    await guest.prove(seen, "guest");
    const answer = await guest.hear();
    assert.ok(answer.kind === "refused" && answer.code === "pass");
    await guest.prove(
      seen,
      "guest",
      undefined,
      undefined,
      new Uint8Array(Buffer.from(passes[0], "base64url")),
    );
    assert.equal((await guest.introduced()).channel, (await host.introduced()).channel);
  });

  it("[RS2] sockets from pages of other origins are refused before the upgrade, and so are those that name none", async () => {
    const { room } = await camera;
    for (const origin of ["https://elsewhere.test", "null", null])
      await assert.rejects(openSocket(serving.origin, room, origin), /403/);
    await assert.rejects(openSocket(serving.origin, "not-a-room"), /404/);
    const headers = { origin: serving.origin };
    assert.equal((await fetch(`${serving.origin}/api/rooms/${room}`, { headers })).status, 426);
  });

  it("[RS2] [RP5] no client chooses the origin for which proofs have to be", async () => {
    const own = await holder();
    const elsewhere = "http://elsewhere.test";
    for (const headers of [
      { host: "elsewhere.test" },
      { "mf-original-url": `${elsewhere}/api/rooms/${own.room}` },
      { "x-origin": elsewhere },
    ]) {
      const line = await openSocket(serving.origin, own.room, serving.origin, headers);
      const liar = new Speaker(line, own.room, elsewhere);
      await liar.prove(own, "host");
      const answer = await liar.hear();
      assert.ok(answer.kind === "refused" && answer.code === "proof", JSON.stringify(headers));
      liar.close();
    }
  });

  it("[RS1] a ping is answered", async () => {
    const { socket } = await openSocket(serving.origin, (await camera).room);
    const answer = new Promise((resolve) => socket.once("message", (said) => resolve(String(said))));
    socket.send("ping");
    assert.equal(await answer, "pong");
    socket.terminate();
  });

  it("[RS3] a closing is answered, with the code that was said", async () => {
    for (const [said, heard] of [
      [1000, 1000],
      [4001, 4001],
      [undefined, 1000],
    ] as const) {
      const { socket } = await openSocket(serving.origin, (await holder()).room);
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.close(said);
      // 1006 is what is seen where no answer came.
      const code = await closed;
      assert.ok(code === heard || (said === undefined && code === 1005), `${said}: ${code}`);
    }
  });

  it("[RS5] who takes nothing costs the server 8 MiB and its channel, and nobody else a thing", async () => {
    const [pid] = workerdsOf(process.pid);
    assert.ok(pid);
    const own = await holder();
    const eight = await Promise.all(Array.from({ length: 8 }, () => holder()));
    const watching = await viewer;
    const host = await Speaker.at(ground, own.room);
    await host.host(own, [...eight.map(({ key }) => key), watching.key]);
    const channels: number[] = [];
    for (const who of [...eight, watching]) {
      const guest = await ground.open(own.room);
      const speaker = new Speaker(guest, own.room, ground.origin);
      await speaker.prove(who, "guest");
      channels.push((await speaker.introduced()).channel);
      await host.introduced();
      if (who === watching) continue;
      ground.lines.at(-1)?.socket.pause(); // as a computer that is put to sleep
    }
    const awake = ground.lines.at(-1);
    const [channel = 0] = channels.splice(-1);
    let arrived = 0;
    awake?.socket.on("message", (_, isBinary) => {
      arrived += isBinary ? 1 : 0;
    });
    const before = memoryOf(pid);
    let most = before;
    // Three times as much as may be under way, to each.
    for (let at = 0; at < 3 * chunks; at += 1) {
      for (const one of channels) host.send({ kind: "data", channel: one, bytes });
      if (at < chunks) host.send({ kind: "data", channel, bytes: bytes.subarray(0, 100) });
      if (at % 16 !== 0) continue;
      await until(() => arrived >= Math.min(at + 1, chunks), "the others go on");
      most = Math.max(most, memoryOf(pid));
    }
    const closed = new Set<number>();
    while (closed.size < channels.length) closed.add((await host.next("closed")).channel);
    assert.deepEqual([...closed].toSorted(), channels.toSorted());
    await until(() => arrived === chunks, "all of it arrived");
    most = Math.max(most, memoryOf(pid));
    // 64 MiB are under way. What the runtime needs beside them is its own; without the bound it would be 192 and more.
    assert.ok(most - before < 160 * 1024 * 1024, `${Math.round((most - before) / 1024 / 1024)} MiB more`);
    await host.nothingElse(own);
  });

  it("[RS7] killed in the middle of a stream it comes back: rooms are remembered, channels are gone, peers meet again", async () => {
    const [own, shut] = [await holder(), await holder()];
    const closer = await Speaker.at(ground, shut.room);
    const peer = await closer.host(shut, [(await viewer).key]);
    closer.say({ kind: "leave", room: shut.room, peer, closed: "used", until: Date.now() + 3_600_000 });
    assert.equal((await closer.hear()).kind, "left");
    const { host, guest, channel } = await met(ground, own, await viewer);
    const stream = setInterval(() => host.send({ kind: "data", channel, bytes }), 1);
    await guest.next("data");
    const [pid = 0] = workerdsOf(process.pid);
    process.kill(pid, "SIGKILL");
    await Promise.all([host.closed, guest.closed]);
    clearInterval(stream);
    const isBack = async (): Promise<boolean> =>
      (await fetch(`${serving.origin}/api/health`).catch(() => null))?.ok ?? false;
    for (const end = Date.now() + 60_000; !(await isBack()); ) {
      assert.ok(Date.now() < end, "it comes back");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.notDeepEqual(workerdsOf(process.pid), [pid]);
    const late = await Speaker.at(ground, shut.room);
    await late.prove(await viewer, "guest");
    const answer = await late.hear();
    assert.ok(answer.kind === "refused" && answer.detail === "used");
    // The guest is back first: the host of before, whose socket is gone, is not taken for one that is there.
    const back = await Speaker.at(ground, own.room);
    await back.prove(await viewer, "guest");
    assert.equal((await back.hear()).kind, "waiting");
    back.send({ kind: "data", channel, bytes });
    await back.nothingElse(await viewer);
    const again = await Speaker.at(ground, own.room);
    await again.host(own, [(await viewer).key]);
    const { channel: next } = await again.introduced();
    assert.equal((await back.introduced()).channel, next);
    again.send({ kind: "data", channel: next, bytes });
    assert.equal((await back.next("data")).channel, next);
  });

  it("a client's own word on its address counts for nothing: the tries of all are one", async () => {
    const begin = (address: number): Promise<Response> =>
      fetch(`${serving.origin}/api/account/sign-up/begin`, {
        ...{ method: "POST", body: JSON.stringify({ name: "mallory", invitation: "" }) },
        headers: {
          ...{ origin: serving.origin, "content-type": "application/json" },
          ...{ "cf-connecting-ip": `203.0.113.${address}`, "x-forwarded-for": `203.0.113.${address}` },
        },
      });
    const answers = [];
    for (let at = 1; at <= 30; at += 1) answers.push((await begin(at)).status);
    assert.equal(answers[0], 200);
    assert.equal(answers.at(-1), 429);
  });

  it("says that it is well, and what a page may know", async () => {
    assert.deepEqual(await (await fetch(`${serving.origin}/api/health`)).json(), { ok: true });
    const config = (await (await fetch(`${serving.origin}/api/config`)).json()) as Record<string, unknown>;
    assert.deepEqual([config.iceServers, config.servers], [[], []]);
    assert.equal((await fetch(`${serving.origin}/api/nothing`)).status, 404);
  });
});
