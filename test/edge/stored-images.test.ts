import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Serving, serve } from "../../scripts/serve.ts";
import { type Bytes, concat, fromBase64Url } from "../../src/base/index.ts";
import { Person, pairCamera, stretchedAs } from "../auth/person.ts";
import { earlier, front, json, open, send, stranger, type Uploading } from "../images/camera.ts";
import type { Stage } from "../images/stage.ts";

const none = { live: false, recordings: false, manage: false };

/** Uploads to the whole edge as it is mounted. */
const stageAt = ({ origin }: Serving): Pick<Stage, "fetch"> => ({
  fetch: (path, init = {}) => {
    const headers = { ...(init.headers as Record<string, string> | undefined), connection: "close" };
    return fetch(origin + path, { ...init, headers });
  },
});

describe("stored images at the whole edge", () => {
  let data: string;
  let serving: Serving;
  let stage: Stage;
  let [anna, ben, cleo]: Person[] = [];
  let numbers: string[] = [];
  const people = (): [Person, Person, Person] => [anna, ben, cleo] as [Person, Person, Person];

  const start = async (variables = {}): Promise<void> => {
    serving = await serve(0, { data, variables });
    stage = stageAt(serving) as Stage;
  };
  const person = (): Person => new Person({ origin: serving.origin, fetch: (request) => fetch(request) });
  const registered = async (by: Person, { key, privateKey }: Uploading, generation = 1): Promise<string> => {
    const { serverKey } = (await by.get("/api/passes/key")).body;
    const camera = { publicKey: key, privateKey };
    const paired = await pairCamera(generation, camera, undefined, fromBase64Url(serverKey));
    assert.equal((await by.register(paired)).status, 200);
    return paired.number;
  };
  const tokenOf = async (to: Uploading): Promise<string> => {
    const response = await open(stage, to, { origin: serving.origin });
    assert.equal(response.status, 200);
    return (await json(response)).token;
  };
  const store = async (to: Uploading, items: readonly Bytes[] = to.items): Promise<number> =>
    (await send(stage, to, await tokenOf(to), 0, concat(...items))).status;
  const as = (who: Person | null, path: string, method = "GET", more: Record<string, string> = {}) => {
    const cookie: Record<string, string> = who === null ? {} : { cookie: who.cookie };
    const own = method === "GET" || method === "HEAD" ? {} : { origin: serving.origin };
    return stage.fetch(path, {
      method,
      headers: { "sec-fetch-site": "same-origin", ...own, ...cookie, ...more },
    });
  };
  const said = async (answer: Promise<Response>): Promise<[number, string]> => {
    const response = await answer;
    return [response.status, await response.text()];
  };
  const listOf = ({ camera }: Uploading): string => `/api/cameras/${camera}/recordings`;
  const share = async (rights: typeof none): Promise<void> => {
    const shared = { number: numbers[0], name: people()[1].name, ...rights };
    assert.equal((await people()[0].post("/api/cameras/share", shared)).status, 200);
  };
  const takeBack = () =>
    people()[0].post("/api/cameras/take-back", { number: numbers[0], name: people()[1].name });

  before(async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-stored-"));
    await start();
    [anna, ben, cleo] = [person(), person(), person()];
    for (const [at, one] of people().entries())
      assert.equal((await one.signUpWithPassword(stretchedAs(at + 1), `p${at}`)).status, 200);
    numbers = [await registered(people()[0], front)];
  });
  beforeEach(async () => {
    await as(people()[0], front.path, "DELETE");
    await as(people()[0], earlier.path, "DELETE");
    await takeBack();
  });
  after(async () => {
    await serving.stop();
    await rm(data, { recursive: true });
  });

  it("are stored for a registered camera, read by its owner, and by nobody else", async () => {
    assert.equal(await store(front), 200);
    const response = await as(people()[0], listOf(front));
    assert.equal(response.headers.get("cache-control"), "no-store");
    const { recordings, mayManage, room } = (await response.json()) as never as {
      recordings: { hash: string; bytes: number; first: number; last: number; until: number }[];
      mayManage: boolean;
      room: { used: number; of: number };
    };
    assert.deepEqual([recordings.length, recordings[0]?.hash, mayManage], [1, front.hash, true]);
    assert.ok((recordings[0]?.first ?? 0) > 0 && (recordings[0]?.last ?? 0) >= (recordings[0]?.first ?? 0));
    assert.deepEqual(room, { used: recordings[0]?.bytes, of: 2 * 1024 ** 3 });
    assert.ok(Math.abs((recordings[0]?.until ?? 0) - Date.now() - 30 * 86_400_000) < 60_000);
    const file = new Uint8Array(await (await as(people()[0], front.path)).arrayBuffer());
    assert.equal(file.length, recordings[0]?.bytes);
    const part = await as(people()[0], front.path, "GET", { range: "bytes=3-9" });
    assert.deepEqual([part.status, new Uint8Array(await part.arrayBuffer())], [206, file.slice(3, 10)]);

    const nowhere = front.path.replace(front.hash, stranger.hash);
    for (const who of [null, people()[1], people()[2]])
      for (const path of [front.path, listOf(front)]) {
        const here = await said(as(who, path));
        assert.deepEqual(here, [404, '{"code":"not-found"}']);
        assert.deepEqual(here, await said(as(who, listOf(stranger))), "as of a camera that nobody has");
        assert.deepEqual(here, await said(as(people()[0], nowhere)), "as of a recording that is not there");
      }
    for (const [path, method] of [
      [front.path, "DELETE"],
      [`${front.path}/protected`, "PUT"],
    ] as const)
      for (const who of [null, people()[1]])
        assert.deepEqual(await said(as(who, path, method)), [404, '{"code":"not-found"}']);
    assert.equal((await as(people()[0], front.path, "HEAD")).status, 200, "nothing was erased");
  });

  it("are read with the right to recordings, until it is taken back; to watch it live is not enough", async () => {
    assert.equal(await store(front), 200);
    const [, guest] = people();
    await share({ ...none, live: true });
    assert.equal((await as(guest, front.path)).status, 404);
    await share({ ...none, recordings: true });
    assert.equal((await as(guest, front.path)).status, 200);
    const told = (await (await as(guest, listOf(front))).json()) as { mayManage: boolean; room: unknown };
    assert.deepEqual([told.mayManage, told.room], [false, null]);
    assert.equal((await as(guest, front.path, "DELETE")).status, 404);
    assert.equal((await as(guest, `${front.path}/protected`, "PUT")).status, 404);
    await share({ ...none, manage: true });
    assert.equal((await as(guest, front.path)).status, 200);
    assert.equal((await as(guest, `${front.path}/protected`, "PUT")).status, 204);
    const managed = (await (await as(guest, listOf(front))).json()) as { mayManage: boolean; room: unknown };
    assert.deepEqual([managed.mayManage, managed.room], [true, null], "what else the owner has is not told");
    assert.equal((await takeBack()).status, 200);
    for (const path of [front.path, listOf(front)])
      assert.deepEqual(await said(as(guest, path)), [404, '{"code":"not-found"}']);
    assert.equal((await as(guest, front.path, "DELETE")).status, 404);
    assert.equal((await as(people()[0], front.path)).status, 200);
  });

  it("are nobody's where the session has ended or another site asks", async () => {
    assert.equal(await store(front), 200);
    const [owner] = people();
    for (const site of ["cross-site", "same-site", "none"])
      assert.equal((await as(owner, front.path, "GET", { "sec-fetch-site": site })).status, 404, site);
    for (const [path, method] of [
      [front.path, "DELETE"],
      [`${front.path}/protected`, "PUT"],
    ] as const)
      for (const origin of ["https://evil.test", "null"])
        assert.equal((await as(owner, path, method, { origin })).status, 404, origin);
    const bare = { headers: { cookie: owner.cookie } };
    assert.notEqual((await stage.fetch(front.path, { method: "DELETE", ...bare })).status, 204, "no origin");
    const second = owner.elsewhere();
    assert.equal((await second.signInWithPassword(stretchedAs(1))).status, 200);
    const cookie = second.cookie;
    assert.equal((await stage.fetch(front.path, { headers: { cookie } })).status, 200);
    assert.equal((await second.post("/api/account/sign-out")).status, 200);
    assert.equal((await stage.fetch(front.path, { headers: { cookie } })).status, 404);
    assert.equal((await as(owner, front.path)).status, 200);
  });

  it("are taken from no camera that nobody registered, and from one that was given up no longer", async () => {
    const answer = await open(stage, stranger, { origin: serving.origin });
    assert.deepEqual([answer.status, await answer.text()], [403, '{"code":"proof"}']);
    const forged = await open(stage, front, { by: stranger, origin: serving.origin });
    assert.deepEqual([forged.status, await forged.text()], [403, '{"code":"proof"}']);
    const other = people()[2];
    const number = await registered(other, stranger);
    const token = await tokenOf(stranger);
    const [head, ...rest] = stranger.items as [Bytes, ...Bytes[]];
    assert.equal((await send(stage, stranger, token, 0, head)).status, 200);
    assert.equal((await as(people()[0], stranger.path)).status, 404, "another account's");
    assert.equal((await other.post("/api/cameras/remove", { number })).status, 200);
    assert.equal((await send(stage, stranger, token, head.length, concat(...rest))).status, 401);
    assert.equal((await as(other, stranger.path)).status, 404);
  });

  it("are kept apart by account: a camera that goes to another one begins anew there", async () => {
    assert.equal(await store(earlier), 200);
    const camera = { publicKey: front.key, privateKey: front.privateKey };
    const [former, next] = [people()[0], people()[2]];
    const { serverKey } = (await next.get("/api/passes/key")).body;
    const again = await pairCamera(2, camera, undefined, fromBase64Url(serverKey));
    assert.equal((await next.register(again)).status, 200);
    assert.equal((await as(former, earlier.path)).status, 404);
    assert.equal((await as(next, earlier.path)).status, 404);
    assert.equal(await store(earlier), 200, "the same stream has a place of its own there");
    assert.equal((await as(next, earlier.path)).status, 200);
    const back = await pairCamera(3, camera, undefined, fromBase64Url(serverKey));
    assert.equal((await former.register(back)).status, 200);
    assert.equal((await as(former, earlier.path, "DELETE")).status, 204);
    const once = await pairCamera(4, camera, undefined, fromBase64Url(serverKey));
    assert.equal((await next.register(once)).status, 200);
    const file = new Uint8Array(await (await as(next, earlier.path)).arrayBuffer());
    assert.ok(file.length >= concat(...earlier.items).length, "what one erases, the other keeps");
    assert.equal((await as(next, earlier.path, "DELETE")).status, 204);
    const home = await pairCamera(5, camera, undefined, fromBase64Url(serverKey));
    assert.equal((await former.register(home)).status, 200);
  });

  it("go with their account, protected or not", async () => {
    const dora = person();
    assert.equal((await dora.signUpWithPassword(stretchedAs(8), "dora")).status, 200);
    const number = await registered(dora, stranger, 2);
    const onDisk = async (): Promise<string[]> =>
      (await readdir(join(data, "images"), { recursive: true }))
        .filter((name) => name.includes("blobs/"))
        .sort();
    const before = await onDisk();
    assert.equal(await store(stranger), 200);
    assert.equal((await onDisk()).length, before.length + 1);
    assert.equal((await as(dora, `${stranger.path}/protected`, "PUT")).status, 204);
    // One that fails erases nothing.
    assert.notEqual((await dora.post("/api/account/erase", { name: "nobody-aaaaaa" })).status, 200);
    assert.equal((await as(dora, stranger.path)).status, 200);
    assert.equal((await dora.post("/api/account/erase", { name: dora.name })).status, 200);
    const again = person();
    assert.equal((await again.signUpWithPassword(stretchedAs(8), "dora")).status, 200);
    assert.equal(await registered(again, stranger, 3), number);
    assert.equal((await as(again, stranger.path)).status, 404);
    assert.deepEqual(await onDisk(), before, "nor do their bytes lie on the disk");
  });

  it("answer for nothing else below a camera, and nothing below a number that is none", async () => {
    for (const path of [
      "/api/cameras/AAAA/recordings",
      `${front.path}/other`,
      `/api/cameras/${"1".repeat(52)}/recordings`,
    ])
      assert.equal((await as(people()[0], path)).status, 404);
    assert.equal((await people()[0].get("/api/cameras")).body.cameras.length, 1);
    assert.equal((await people()[0].get(`/api/cameras/${front.camera}`)).status, 404);
  });

  it("take what the operator allows: no more bytes, and nothing where what he says is no number", async () => {
    assert.equal(await store(front), 200);
    for (const STORE_BYTES of ["1000", "1e9", "-1", "much"]) {
      await serving.stop();
      await start({ STORE_BYTES });
      const token = await tokenOf(earlier);
      const response = await send(stage, earlier, token, 0, concat(...earlier.items));
      assert.deepEqual([response.status, (await json(response)).code], [507, "quota"], STORE_BYTES);
    }
    await serving.stop();
    await start();
    assert.equal((await as(people()[0], earlier.path)).status, 404);
  });
});
