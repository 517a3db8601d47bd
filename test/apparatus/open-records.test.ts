import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OpenRecords } from "../../src/apparatus/open-records.ts";
import type { CardRecord } from "../../src/card/index.ts";
import { sampleRecord } from "../card/sample.ts";

const later = () => Promise.withResolvers<{ card: { records: CardRecord[] } }>();

describe("a card that is opened in a worker", () => {
  it("and ejected before that is done is not open afterwards", async () => {
    const records = new OpenRecords();
    const { promise, resolve } = later();
    const opening = records.open(() => promise);
    records.shut();
    resolve({ card: { records: [sampleRecord(1)] } });
    await assert.rejects(opening, { code: "cancelled" });
    assert.equal(records.now, null);
  });

  it("gives way to the one that is opened after it, whichever is quicker", async () => {
    const records = new OpenRecords();
    const [one, two] = [later(), later()];
    const [first, second] = [records.open(() => one.promise), records.open(() => two.promise)];
    two.resolve({ card: { records: [sampleRecord(2)] } });
    const opened = await second;
    one.resolve({ card: { records: [sampleRecord(1)] } });
    await assert.rejects(first, { code: "cancelled" });
    assert.equal(records.now, opened.card.records);
    await assert.rejects(records.open(() => Promise.reject(new Error("no card"))));
    assert.equal(records.now, null, "and the one before is shut in any case");
  });

  it("leaves no key behind, shut or given way", async () => {
    const records = new OpenRecords();
    const [one, two] = [sampleRecord(1), sampleRecord(2)];
    for (const { viewerKey } of [one, two]) viewerKey.seed.fill(7);
    const isWiped = ({ viewerKey }: CardRecord): boolean => viewerKey.seed.every((byte) => byte === 0);
    await records.open(async () => ({ card: { records: [one] } }));
    await records.open(async () => ({ card: { records: [two] } }));
    assert.deepEqual([isWiped(one), isWiped(two)], [true, false]);
    records.shut();
    assert.equal(isWiped(two), true);
  });

  it("forgets what is out, and nothing else", async () => {
    const records = new OpenRecords();
    const [one, two] = [sampleRecord(1), sampleRecord(2)];
    two.viewerKey.seed.fill(7);
    await records.open(async () => ({ card: { records: [one, two] } }));
    records.forget((record) => record === one);
    assert.deepEqual(records.now, [two]);
    assert.equal(
      one.viewerKey.seed.every((byte) => byte === 0),
      true,
    );
    assert.equal(
      two.viewerKey.seed.every((byte) => byte === 7),
      true,
    );
  });
});
