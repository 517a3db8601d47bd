import { describe, it } from "node:test";
import { admitGuest } from "../../src/auth/server.ts";
import { fromBase64Url } from "../../src/base/index.ts";
import { accountCases } from "./account-cases.ts";
import { makeServer } from "./memory-server.ts";

describe("accounts in memory", () => {
  for (const { title, check } of accountCases)
    it(title, async () => {
      const server = await makeServer();
      server.now = Date.now();
      const means = { records: server.records, serverKey: server.secret.signing.publicKey };
      await check({
        server,
        admit: ({ room, key, pass }) =>
          admitGuest(
            { room, key: fromBase64Url(key), pass: pass === null ? null : fromBase64Url(pass) },
            { ...means, now: server.now },
          ),
      });
    });
});
