import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fromBase64Url, toBase64Url } from "../../src/base/index.ts";
import { accountCases } from "../auth/account-cases.ts";
import { Person, pairCamera, type Server } from "../auth/person.ts";
import { type AccountsHost, startAccounts } from "./accounts-host.ts";

const serverOf = ({ origin }: AccountsHost): Server => ({ origin, fetch: (request) => fetch(request) });

describe("accounts on workerd", () => {
  let data: string;
  let host: AccountsHost;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-accounts-"));
    host = await startAccounts({ data });
  });
  after(async () => {
    await host.stop();
    await rm(data, { recursive: true });
  });

  for (const { title, check } of accountCases)
    it(title, () =>
      check({
        server: serverOf(host),
        admit: async (guest) =>
          (await fetch(`${host.origin}/admit`, { method: "POST", body: JSON.stringify(guest) })).json(),
      }),
    );

  it("are there after a restart, and so are the server's keys", async () => {
    const anna = new Person(serverOf(host));
    assert.equal((await anna.signUpWithPasskey()).status, 200);
    const { serverKey } = (await anna.get("/api/passes/key")).body;
    const paired = await pairCamera(1, undefined, undefined, fromBase64Url(serverKey));
    assert.equal((await anna.register(paired)).status, 200);
    const key = toBase64Url(paired.viewer.publicKey);
    const views = [{ camera: paired.number, viewer: key }];
    const asked = (await anna.post("/api/passes/ask", { views })).body;
    const entered = await anna.post("/api/passes/enter", { id: asked.id, code: asked.code });
    const [pass = ""] = entered.body.passes as string[];

    await host.stop();
    host = await startAccounts({ data });
    const again = new Person(serverOf(host));
    for (const [name, value] of anna.cookies) again.cookies.set(name, value);
    assert.equal((await again.get("/api/account")).body.name, anna.name);
    assert.equal((await again.get("/api/cameras")).body.cameras[0].number, paired.number);
    // The server's own keys are the same, so the pass of before counts.
    const guest = JSON.stringify({ room: paired.number, key, pass });
    const admitted = await fetch(`${host.origin}/admit`, { method: "POST", body: guest });
    assert.deepEqual(await admitted.json(), { admitted: true, until: entered.body.expires });
    // A passkey of before signs in; a new port is another origin, as the authenticator is told.
    again.authenticator.held.push(...anna.authenticator.held);
    assert.equal((await again.signInWithPasskey()).status, 200);
  });

  it("can be closed to new accounts; a word that is none closes them, too", async () => {
    for (const [SIGN_UP, status] of [
      ["closed", 403],
      ["opne", 403],
      ["invitation", 403],
    ] as const) {
      const closed = await startAccounts({ bindings: { SIGN_UP } });
      try {
        const stranger = new Person(serverOf(closed));
        const said = await stranger.post("/api/account/sign-up/begin", { name: "anna", invitation: "" });
        assert.equal(said.status, status, SIGN_UP);
      } finally {
        await closed.stop();
      }
    }
  });
});
