import assert from "node:assert/strict";
import { createHmac, hkdfSync } from "node:crypto";
import { describe, it } from "node:test";
import { faultCode } from "../../src/base/index.ts";
import { type CardFileV2, macPayload } from "../../src/card/card-file.ts";
import { encodeContent } from "../../src/card/content.ts";
import {
  type CardFile,
  decodeCard,
  encodeCard,
  makeCard,
  openCard,
  openCardWith,
  type RecoverySlot,
} from "../../src/card/index.ts";
import { makeMac } from "../../src/card/mac.ts";
import { makeEncryptionPair, recipientOf, toArmor, wrap } from "../../src/keys/index.ts";
import { output, PASSWORD, quick, quickSlots, sampleRecord } from "./sample.ts";

/** A card with every kind of slot. */
const made = async () => {
  const empty = await makeCard("Home", PASSWORD, quick);
  const { card, recoveryCode } = await (await empty.addPasskey(output(1))).addRecovery();
  return { card: await card.put(sampleRecord(1)), recoveryCode: recoveryCode ?? "" };
};
const { card, recoveryCode } = await made();
const file = card.file as CardFileV2;
const identity = (await quickSlots.unwrap(file.slots[0]?.file ?? "", PASSWORD)) ?? "";
const other = (await made()).card.file as CardFileV2;
const open = (changed: CardFile, password = PASSWORD) => openCard(changed, password, quick);
const nothing = { account: null, blanks: [], cameras: [] };
const isDamaged = (why?: string) => (error: unknown) => {
  assert.equal(faultCode(error), "card-damaged");
  if (why !== undefined) assert.equal((error as { detail: { why: string } }).detail.why, why);
  return true;
};

describe("[CF10] the MAC covers every field", () => {
  it("the untouched card opens", async () => {
    assert.deepEqual((await open(file)).records, card.records);
  });

  const changes: Record<string, Partial<CardFileV2>> = {
    "the id": { id: other.id },
    "the name": { name: "Hone" },
    "the date it was made": { created: file.created + 1 },
    "the date of its password": { passwordChanged: file.passwordChanged + 1 },
    "the rule": { rule: null },
    "a passkey's slot taken out": { slots: file.slots.slice(0, 2) },
    "the recovery slot of another card": { slots: file.slots.with(1, other.slots[1]!) },
    "the passkey slot of another card": { slots: file.slots.with(2, other.slots[2]!) },
    "the date of a slot": { slots: file.slots.with(1, { ...(file.slots[1] as RecoverySlot), added: 1 }) },
    "a counter set forward": { counter: file.counter + 1 },
    "a counter set back": { counter: file.counter - 1 },
    "the slot of another card with the same password": { slots: other.slots },
    "the records of another card": { records: other.records },
    "the MAC of another card": { mac: other.mac },
    "a MAC of zeros": { mac: new Uint8Array(32) },
    "slot, records and MAC of another card": { slots: other.slots, records: other.records, mac: other.mac },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`${what}: damaged, whichever way it is opened`, async () => {
      const bad = { ...file, ...change };
      const ways = [{ password: PASSWORD }, { recoveryCode }, { passkey: output(1) }];
      for (const way of ways) {
        const found = await openCardWith(bad, way, quick).then(() => "opened", faultCode);
        // A way in that is not there any more leads nowhere.
        if (!("password" in way) && (found === "password" || found === "passkey-none")) continue;
        assert.equal(found, "card-damaged");
      }
      await assert.rejects(open(bad), isDamaged("mac"));
    });
  }

  it("is HMAC-SHA-256 under a key of its own, which HKDF makes from the identity", async () => {
    const key = hkdfSync("sha256", identity, "", "sealcam/1 card mac", 32);
    const expected = createHmac("sha256", Buffer.from(key)).update(macPayload(file)).digest();
    assert.deepEqual(Buffer.from(file.mac), expected);
  });

  it("every field has a change above", () => {
    const changed = Object.values(changes).flatMap(Object.keys);
    assert.deepEqual(
      Object.keys(file).filter((name) => name !== "version" && !changed.includes(name)),
      [],
    );
  });

  it("records that somebody else encrypted to the card, which age alone would open", async () => {
    const forged = await wrap(encodeContent({ ...nothing, cameras: [sampleRecord(66)] }), [
      await recipientOf(identity),
    ]);
    await assert.rejects(open({ ...file, records: toArmor(forged) }), isDamaged("mac"));
  });

  it("a card without a slot", async () => {
    await assert.rejects(open({ ...file, slots: [] }), isDamaged("slots"));
  });

  it("a field that the MAC does not know", async () => {
    const more = { ...file, owner: "me" } as unknown as CardFile;
    await assert.rejects(open(more), isDamaged("fields"));
    await assert.rejects(card.reopen(more), isDamaged("fields"));
  });

  it("the same key locked again with another password", async () => {
    const slot = { kind: "password", file: await quickSlots.wrap(identity, "attacker's choice") } as const;
    await assert.rejects(open({ ...file, slots: [slot] }, "attacker's choice"), isDamaged("mac"));
  });

  it("[CF12] an older state of this card is authentic: only the counter tells, and the store judges it", async () => {
    const later = await card.put(sampleRecord(2));
    assert.equal((await later.reopen(file)).file.counter, later.file.counter - 1);
  });
});

describe("[CF11] records that the MAC covers but no card writes", () => {
  const seal = async (records: string) => {
    const { mac: _, ...plain } = { ...file, records };
    return { ...plain, mac: await makeMac(identity, plain) };
  };
  it("are refused: another key's, damaged, no age file, no records", async () => {
    const mine = await recipientOf(identity);
    const cut = await wrap(encodeContent(nothing), [mine]);
    const cases = [
      toArmor(await wrap(encodeContent(nothing), [(await makeEncryptionPair()).recipient])),
      toArmor(cut.slice(0, -1)),
      "",
      toArmor(await wrap(new Uint8Array([0xa0]), [mine])),
    ];
    for (const records of cases) await assert.rejects(open(await seal(records)), isDamaged());
    assert.deepEqual((await open(await seal(toArmor(cut)))).records, []);
  });
});

describe("every character of the text", () => {
  it("changed or cut off, never opens", async () => {
    const text = encodeCard(file);
    const outcome = new Map<string, number>();
    for (let at = 0; at < text.length; at++) {
      const swapped = String.fromCharCode(text.charCodeAt(at) ^ 1);
      const changed = [text.slice(0, at) + swapped + text.slice(at + 1), text.slice(0, at)];
      for (const bad of changed) {
        const code = await Promise.resolve(bad)
          .then(decodeCard)
          .then(open)
          .then(() => `opened at ${at}`, faultCode);
        outcome.set(code, (outcome.get(code) ?? 0) + 1);
      }
    }
    // "card-cost" and "card-version" are a changed digit of the work factor and of the version.
    const allowed = ["card-damaged", "password", "card-cost", "card-version"];
    assert.deepEqual(
      [...outcome.keys()].filter((code) => !allowed.includes(code)),
      [],
    );
    assert.ok((outcome.get("card-damaged") ?? 0) > text.length, JSON.stringify([...outcome]));
  });
});
