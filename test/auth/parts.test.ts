import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountId, isAccountName, makeAccountName, plainName } from "../../src/auth/account-name.ts";
import { makeCode, newAccount, noted } from "../../src/auth/account-state.ts";
import { deviceWords } from "../../src/auth/device-words.ts";
import { giveBack, type LimitState, take } from "../../src/auth/limit.ts";
import { isPassword, keepPassword } from "../../src/auth/password.ts";
import { isChallenge, makeChallenge, serverSecret } from "../../src/auth/secret.ts";
import { stretchCost } from "../../src/auth/stretch.api.ts";
import { stretcher } from "../../src/auth/stretch.ts";
import { totpStep } from "../../src/auth/totp.ts";
import { fromHex, randomBytes, toBase32, toHex, utf8 } from "../../src/base/index.ts";

describe("codes of authenticator apps", () => {
  // RFC 6238 appendix B, SHA-1: the last six of its eight digits.
  const secret = toBase32(utf8("12345678901234567890"));
  for (const [seconds, code] of [
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ] as const)
    it(`are those of RFC 6238 at ${seconds} s`, () => {
      assert.equal(totpStep(secret, code, seconds * 1000), Math.floor(seconds / 30));
    });

  it("count one step early and one step late, and say which step they are of", () => {
    const at = (seconds: number) => totpStep(secret, "005924", (1234567890 + seconds) * 1000);
    const step = Math.floor(1234567890 / 30);
    assert.deepEqual([at(-30), at(0), at(30)], [step, step, step]);
    assert.deepEqual([at(-60), at(60)], [null, null]);
  });

  it("are six digits and nothing else", () => {
    for (const code of ["", "28708", "2870820", "28708 ", "２８７０８２", "28708a"])
      assert.equal(totpStep(secret, code, 59_000), null, code);
  });
});

describe("a count of attempts", () => {
  const rule = { burst: 3, every: 1000 };

  it("gives so many at once, then one after the other, and says how long to wait", () => {
    let state: LimitState | null = null;
    const tryAt = (now: number): number => {
      const taken = take(state, rule, now);
      state = taken.state;
      return taken.wait;
    };
    assert.deepEqual([tryAt(0), tryAt(0), tryAt(0), tryAt(0)], [0, 0, 0, 1]);
    assert.equal(tryAt(999), 1);
    assert.equal(tryAt(1000), 0, "a refusal took nothing");
    assert.equal(tryAt(1000), 1);
    assert.deepEqual([tryAt(60_000), tryAt(60_000), tryAt(60_000), tryAt(60_000)], [0, 0, 0, 1]);
  });

  it("is not filled by a clock that was set back, nor emptied", () => {
    const { state } = take(null, rule, 10_000);
    assert.equal(take(state, rule, 0).state.left, 1);
  });

  it("gets back what was right, and is forgotten when it is full", () => {
    const two = take(take(null, rule, 0).state, rule, 0).state;
    assert.equal(giveBack(two, rule, 0)?.left, 2);
    assert.equal(giveBack(giveBack(two, rule, 0), rule, 0), null);
  });
});

describe("stretching a password", () => {
  it("is Argon2id: the costs, the salt and every character count", async () => {
    const salt = fromHex("000102030405060708090a0b0c0d0e0f");
    const of = async (password: string, with_ = salt, cost = stretchCost) =>
      toHex(await stretcher.stretch(password, with_, cost));
    const one = await of("correct horse");
    assert.match(one, /^[0-9a-f]{64}$/);
    assert.equal(await of("correct\u00a0horse"), one, "every space is one (RFC 8265)");
    const others = [
      await of("correct horsf"),
      await of("correct horse", randomBytes(16)),
      await of("correct horse", salt, { ...stretchCost, passes: 4 }),
    ];
    assert.equal(new Set([one, ...others]).size, 4);
  });

  it("is not done cheaper than today's costs, nor without end, whatever a server states", async () => {
    for (const cost of [
      { memory: 65_535, passes: 3 },
      { memory: 65_536, passes: 2 },
      { memory: 2_000_000, passes: 3 },
      { memory: 65_536, passes: 17 },
      { memory: Number.NaN, passes: 3 },
    ])
      await assert.rejects(stretcher.stretch("correct horse", randomBytes(16), cost), { code: "stretch" });
  });
});

describe("a kept password", () => {
  it("is found again, and nothing else is", async () => {
    const stretched = randomBytes(32);
    const kept = await keepPassword(stretched, "salt");
    assert.equal(await isPassword(kept, stretched), true);
    assert.equal(await isPassword(kept, randomBytes(32)), false);
    assert.equal(await isPassword(null, stretched), false);
  });
});

describe("a name", () => {
  it("is what was chosen and six characters, in one spelling", async () => {
    const name = makeAccountName(" ANNA ") ?? "";
    assert.match(name, /^anna-[a-z2-7]{6}$/);
    assert.ok(isAccountName(name));
    assert.equal(await accountId(plainName(name.toUpperCase())), await accountId(name));
    for (const bad of ["", "-a", "a-", "a b", "ä", "a".repeat(25), "a_b", "a\u0000"])
      assert.equal(makeAccountName(bad), null, bad);
  });
});

describe("a challenge", () => {
  it("is this server's, for one use, for five minutes", async () => {
    const [own, other] = await Promise.all([1, 2].map((word) => serverSecret(new Uint8Array(32).fill(word))));
    const challenge = await makeChallenge(own!.mac, "sign-in", 1000);
    const is = (use: string, now: number, secret = own!, text = challenge) =>
      isChallenge(secret.mac, use, text, now);
    assert.equal(await is("sign-in", 1000), true);
    assert.equal(await is("sign-in", 301_000), true);
    assert.equal(await is("sign-in", 301_001), false);
    assert.equal(await is("sign-up anna", 1000), false);
    assert.equal(await is("sign-in", 1000, other!), false);
    for (const text of ["", "A", challenge.slice(1), `${challenge}AA`, "=".repeat(54)])
      assert.equal(await is("sign-in", 1000, own!, text), false, text);
  });
});

describe("the log", () => {
  it("is bounded: what comes in floods and the rest each by themselves", () => {
    let state = noted(newAccount("anna-k7m2qd", 0), 0, "sign-up");
    for (let at = 0; at < 500; at++)
      state = noted(state, at * 4_000_000, "refused-password", { device: `${at}` });
    assert.equal(state.log.length, 101);
    assert.equal(state.log.at(-1)?.what, "sign-up");
    for (let at = 0; at < 500; at++) state = noted(state, at, "delivery");
    assert.equal(state.log.length, 400);
    for (let at = 0; at < 500; at++) state = noted(state, at, "shared-with-you", { about: `${at}` });
    assert.equal(state.log.length, 500);
  });
});

describe("a one-time password's digits", () => {
  it("are random, each of ten", () => {
    const codes = Array.from({ length: 400 }, () => makeCode(8));
    assert.ok(codes.every((code) => /^[0-9]{8}$/.test(code)));
    assert.equal(new Set(codes).size, 400);
    assert.equal(new Set(codes.join("")).size, 10);
  });
});

describe("a device's words", () => {
  it("are browser and system, or nothing", () => {
    const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0";
    const all: [string, string][] = [
      [`Mozilla/5.0 (Linux; Android 15) ${chrome} Mobile Safari/537.36`, "Chrome, Android"],
      [`Mozilla/5.0 (Windows NT 10.0) ${chrome} Safari/537.36 Edg/156.0`, "Edge, Windows"],
      ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"],
      ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Linux"],
      ["curl/8", ""],
    ];
    for (const [agent, words] of all) assert.equal(deviceWords(agent), words);
  });
});
