import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fromHex, thumbprint } from "../../src/base/index.ts";
import { passwordDue, ruleOf } from "../../src/card/hygiene.ts";
import { type CardRecord, decodeCard, encodeCard, openCard, RIGHTS } from "../../src/card/index.ts";
import { makeMac } from "../../src/card/mac.ts";
import { passwordSlots } from "../../src/card/slots.ts";
import { daysIn, PASSWORD, sampleRecord } from "./sample.ts";

const vector = JSON.parse(readFileSync(new URL("../vectors/card-v1.json", import.meta.url), "utf8"));
const file = decodeCard(vector.text);
const card = await openCard(file, vector.password);

const record = async (told: (typeof vector.records)[number]): Promise<CardRecord> => {
  const { number, viewerKey, controlKey, ...rest } = told;
  return {
    ...rest,
    number: fromHex(number),
    viewerKey: { seed: fromHex(viewerKey.seed), publicKey: fromHex(viewerKey.publicKey) },
    controlKey: fromHex(controlKey),
    rights: RIGHTS,
    writtenBy: await thumbprint(fromHex(controlKey)),
  };
};

describe("[CF23] a card that an earlier version of this program wrote", () => {
  it("is read as its one text, and opens with its password", async () => {
    assert.equal(encodeCard(file), vector.text);
    assert.equal(file.version, 1);
    assert.deepEqual(card.records, await Promise.all(vector.records.map(record)));
    assert.deepEqual([card.account, card.blanks], [null, []]);
  });

  it("has no rule: its password is never due", () => {
    assert.equal(ruleOf(file), null);
    assert.deepEqual(passwordDue(file, daysIn(1_000_000).now()), { state: "no" });
  });

  it("is written as version 2 at its next change, under the same password, with nothing lost", async () => {
    const next = await card.put(sampleRecord(9));
    assert.deepEqual([next.file.version, next.file.counter], [2, file.counter + 1]);
    assert.deepEqual(next.file.slots, file.slots);
    const open = await openCard(decodeCard(encodeCard(next.file)), vector.password);
    assert.deepEqual(open.records, [...card.records, sampleRecord(9)]);
    assert.equal(ruleOf(open.file), null);
    assert.deepEqual((await card.reopen(next.file)).records, next.records);
  });

  it("is read as version 1 alone: not with a rule, nor with other slots, nor called version 2", async () => {
    const damaged = { code: "card-damaged" };
    const twisted = [
      vector.text.replace('"version": 1', '"version": 2'),
      vector.text.replace('"counter"', '"rule": null,\n  "counter"'),
      vector.text.replace(
        /\n {2}\],/,
        ',\n    {\n      "kind": "recovery",\n      "added": 1,\n      "file": ""\n    }\n  ],',
      ),
    ];
    for (const text of twisted) {
      assert.notEqual(text, vector.text);
      assert.throws(() => decodeCard(text), damaged);
    }
  });

  it("with the content of version 2, or the other way round: refused even where the MAC is right", async () => {
    const identity = (await passwordSlots.unwrap(file.slots[0]?.file ?? "", PASSWORD)) ?? "";
    const next = (await card.put(sampleRecord(9))).file;
    const { id, name, created, passwordChanged, counter, slots } = file;
    const common = { id, name, created, passwordChanged, counter, slots };
    const old = { version: 1, ...common, records: next.records } as const;
    const young = { version: 2, ...common, rule: null, records: file.records } as const;
    for (const plain of [old, young]) {
      const mixed = { ...plain, mac: await makeMac(identity, plain) };
      await assert.rejects(card.reopen(mixed), { code: "card-damaged" });
    }
  });
});
