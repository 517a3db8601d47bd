import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { backUp } from "../../scripts/backup.ts";
import { seedIn } from "../../scripts/seed-file.ts";
import { type Serving, serve } from "../../scripts/serve.ts";
import { Person, pairCamera, stretchedAs } from "../auth/person.ts";
import { Speaker } from "../relay/speaker.ts";
import { holder } from "../relay/table.ts";
import { groundAt } from "./edge-host.ts";

const personAt = ({ origin }: Serving): Person => new Person({ origin, fetch: (request) => fetch(request) });

describe("what a server keeps", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealcam-backup-"));
  });
  const running: Serving[] = [];
  const start = async (data: string): Promise<Serving> => {
    const serving = await serve(0, { data });
    running.push(serving);
    return serving;
  };
  // Also where the test failed on its way: a server that is left holds the file open.
  after(async () => {
    await Promise.allSettled(running.map((serving) => serving.stop()));
    await rm(folder, { recursive: true });
  });

  it("is copied while it runs, and served from the copy: accounts, cameras, closed rooms, the server's keys", async () => {
    const [data, copy] = [join(folder, "data"), join(folder, "copy")];
    const serving = await start(data);
    const anna = personAt(serving);
    await anna.signUpWithPassword(stretchedAs(3), "anna");
    const { serverKey } = (await anna.get("/api/passes/key")).body;
    const key = new Uint8Array(Buffer.from(serverKey, "base64url"));
    const paired = await pairCamera(1, undefined, undefined, key);
    assert.equal((await anna.register(paired)).status, 200);
    const [shut, viewer] = [await holder(), await holder()];
    const ground = groundAt(serving);
    const host = await Speaker.at(ground, shut.room);
    const peer = await host.host(shut, [viewer.key]);
    host.say({ kind: "leave", room: shut.room, peer, closed: "used", until: Date.now() + 3_600_000 });
    assert.equal((await host.hear()).kind, "left");

    assert.ok((await backUp(data, copy)) > 3);
    for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      assert.equal(mode & 0o77, 0, `${entry.name} is its owner's alone`);
    }
    // What comes later is not in it, and the server was not disturbed.
    const late = personAt(serving);
    assert.equal((await late.signUpWithPassword(stretchedAs(4), "late")).status, 200);
    ground.end();
    await serving.stop();

    await rm(data, { recursive: true });
    const served = await start(copy);
    const again = personAt(served);
    assert.equal((await again.signInWithPassword(stretchedAs(3), anna.name)).status, 200);
    assert.equal((await again.get("/api/cameras")).body.cameras[0].number, paired.number);
    assert.equal((await again.get("/api/passes/key")).body.serverKey, serverKey);
    assert.notEqual((await personAt(served).signInWithPassword(stretchedAs(4), late.name)).status, 200);
    const there = groundAt(served);
    const guest = await Speaker.at(there, shut.room);
    await guest.prove(viewer, "guest");
    const answer = await guest.hear();
    assert.ok(answer.kind === "refused" && answer.detail === "used");
    there.end();
    await served.stop();
  });

  it("is not copied over what is there, and nothing is no data", async () => {
    const full = join(folder, "full");
    await seedIn(full);
    await assert.rejects(backUp(full, full), RangeError);
    await assert.rejects(backUp(join(folder, "nothing"), join(folder, "new")), RangeError);
  });

  it("has one seed, which its owner alone can read, also where two begin at once", async () => {
    const data = join(folder, "seeds");
    const [one, other] = await Promise.all([seedIn(data), seedIn(data)]);
    assert.equal(one, other);
    assert.equal(await seedIn(data), one);
    assert.equal((await stat(join(data, "seed"))).mode & 0o777, 0o600);
    await chmod(join(data, "seed"), 0o644);
    await seedIn(data);
    assert.equal((await stat(join(data, "seed"))).mode & 0o777, 0o600, "also one that was put there by hand");
    assert.equal((await readFile(join(data, "seed"), "utf8")).trim().length, 43);
    await writeFile(join(data, "seed"), "short\n");
    await assert.rejects(seedIn(data), TypeError);
  });
});
