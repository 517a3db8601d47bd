import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeCard, encodeCard, makeCard, openCard } from "../../src/card/index.ts";
import { fromArmor } from "../../src/keys/index.ts";
import { PASSWORD, quick, quickSlots, sampleRecord } from "./sample.ts";

const empty = await makeCard("Home", PASSWORD, quick);
const card = await (await empty.put(sampleRecord(2))).put(sampleRecord(1));

describe("making and opening a card", () => {
  it("[CF5] a card made without further words is locked with scrypt 2^18 at least and opens with its password alone", async () => {
    const made = await makeCard("Real", PASSWORD);
    const [slot] = made.file.slots;
    const header = new TextDecoder("latin1").decode(fromArmor(slot?.file ?? ""));
    assert.match(header, /^age-encryption\.org\/v1\n-> scrypt \S{22} (18|19|20)\n/);
    const open = await openCard(decodeCard(encodeCard(made.file)), PASSWORD);
    assert.deepEqual(open.records, []);
  });

  it("gives back what was put, by rising number, also through the text", async () => {
    const open = await openCard(decodeCard(encodeCard(card.file)), PASSWORD, quick);
    assert.deepEqual(open.records, [sampleRecord(1), sampleRecord(2)]);
    assert.deepEqual(open.file, card.file);
  });

  it("[CF11] a wrong password is Fault password", async () => {
    for (const wrong of ["", `${PASSWORD} `, PASSWORD.toUpperCase(), "x".repeat(100_000)]) {
      await assert.rejects(openCard(card.file, wrong, quick), { code: "password" });
    }
  });

  it("[CF2] says its dates by the clock it was given", async () => {
    const { file } = await makeCard("Home", PASSWORD, { slots: quickSlots, clock: { now: () => 1234 } });
    assert.deepEqual([file.created, file.passwordChanged], [1234, 1234]);
  });

  it("[CF2] two cards share neither id nor key", async () => {
    const other = await makeCard("Home", PASSWORD, quick);
    assert.notEqual(other.file.id, empty.file.id);
    await assert.rejects(empty.reopen(other.file), { code: "card-damaged" });
    // Under this one's id it looks as if the password had been changed; this one's does not open it either.
    const forged = { ...other.file, id: empty.file.id };
    await assert.rejects(empty.reopen(forged), { code: "password-changed" });
    await assert.rejects(openCard(forged, PASSWORD, quick), { code: "card-damaged" });
  });

  it("[CF14] shows neither camera numbers, names nor keys outside", () => {
    const text = encodeCard(card.file);
    const inside = fromArmor(card.file.records);
    for (const secret of ["Camera 1", "AGE-SECRET-KEY"]) {
      assert.ok(!text.includes(secret) && !new TextDecoder("latin1").decode(inside).includes(secret));
    }
  });
});

describe("[CF4] passwords", () => {
  const opens = async (made: string, typed: string) =>
    (await openCard((await makeCard("Home", made, quick)).file, typed, quick)).file.counter;

  it("one password however it is typed: composed or not, narrow or wide spaces", async () => {
    assert.equal(await opens("é".repeat(10), "e\u0301".repeat(10)), 1);
    assert.equal(await opens("パスワード\u3000ひみつの", "ハ\u309aスワート\u3099 ひみつの"), 1);
    assert.equal(await opens("correct\u00a0horse", "correct horse"), 1);
  });

  it("compatibility characters stay different", async () => {
    await assert.rejects(opens("ﬁ".repeat(10), "fi".repeat(10)), { code: "password" });
  });

  it("any length and script is welcome, also 3000 characters", async () => {
    assert.equal(await opens("🔐🗝️ключ鍵 ".repeat(400), "🔐🗝️ключ鍵 ".repeat(400)), 1);
  });

  it("a new one has 10 characters, not 10 bytes and not 10 UTF-16 units", async () => {
    for (const short of ["", "123456789", "e\u0301".repeat(9), "🔐".repeat(9)]) {
      await assert.rejects(makeCard("Home", short, quick), { code: "password-short" });
    }
    assert.equal(await opens("🔐".repeat(10), "🔐".repeat(10)), 1);
  });
});

describe("[CF3] names", () => {
  it("are trimmed and composed", async () => {
    assert.equal((await makeCard("  Caf\u0065\u0301\u3000", PASSWORD, quick)).file.name, "Café");
    const put = await empty.put(sampleRecord(1, { name: " Door " }));
    assert.equal(put.records[0]?.name, "Door");
  });

  it("have 1 to 60 characters of one line", async () => {
    assert.equal((await makeCard("👩‍🌾".repeat(20), PASSWORD, quick)).file.name, "👩‍🌾".repeat(20));
    for (const bad of ["", "   ", "x".repeat(61), "a\nb", "a\u0000", "a\u2028b", "a\ud800"]) {
      await assert.rejects(makeCard(bad, PASSWORD, quick), { code: "name" }, JSON.stringify(bad));
      await assert.rejects(empty.put(sampleRecord(1, { name: bad })), { code: "name" }, JSON.stringify(bad));
    }
  });
});

describe("[CF12] changes give the next state and leave this one alone", () => {
  it("counts each change, encrypts and authenticates anew, and keeps the slot", async () => {
    assert.deepEqual([empty.file.counter, card.file.counter], [1, 3]);
    assert.deepEqual(empty.records, []);
    const same = await card.put(sampleRecord(1));
    assert.equal(same.file.counter, 4);
    assert.deepEqual(same.file.slots, card.file.slots);
    assert.notEqual(same.file.records, card.file.records);
    assert.notDeepEqual(same.file.mac, card.file.mac);
  });

  it("put replaces the record of the same camera", async () => {
    const next = await card.put(sampleRecord(2, { name: "Garden", acknowledged: true }));
    assert.deepEqual(
      next.records.map((record) => record.name),
      ["Camera 1", "Garden"],
    );
  });

  it("put keeps a copy: later changes of the argument do not reach the card", async () => {
    const record = sampleRecord(5);
    const next = await empty.put(record);
    record.number.fill(9);
    assert.deepEqual(next.records, [sampleRecord(5)]);
  });

  it("erase takes out one camera; erasing a camera that is not there is misuse", async () => {
    const next = await card.erase(sampleRecord(1).number);
    assert.deepEqual(next.records, [sampleRecord(2)]);
    assert.deepEqual((await openCard(next.file, PASSWORD, quick)).records, [sampleRecord(2)]);
    await assert.rejects(next.erase(sampleRecord(1).number), RangeError);
  });

  it("reopen reads what another tab wrote, without the password, and nothing of another card", async () => {
    const other = await openCard(card.file, PASSWORD, quick);
    const theirs = await other.put(sampleRecord(7));
    assert.deepEqual((await card.reopen(theirs.file)).records, theirs.records);
    await assert.rejects(card.reopen({ ...theirs.file, name: "Changed" }), { code: "card-damaged" });
  });

  it("[CF9] a card that would grow beyond 2^20 characters is refused, not written", async () => {
    const { identity } = sampleRecord(1).decryptionKeys[0] ?? { identity: "" };
    const decryptionKeys = Array.from({ length: 8500 }, (_, at) => ({ generation: at + 1, identity }));
    await assert.rejects(card.put(sampleRecord(1, { generation: 8500, decryptionKeys })), {
      code: "card-full",
    });
  });
});
