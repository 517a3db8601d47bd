import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { generateHybridIdentity } from "age-encryption";
import { passwordSlots } from "../../src/card/index.ts";
import { fromArmor, makeEncryptionPair, toArmor, wrap } from "../../src/keys/index.ts";
import { lock, PASSWORD } from "./sample.ts";

const { identity, recipient } = await makeEncryptionPair();
const good = await lock(`${identity}\n`, PASSWORD);
const damagedCard = { code: "card-damaged" };

/** The slot with its header rewritten. */
function rewrite(from: RegExp | string, to: string): string {
  const header = new TextDecoder("latin1").decode(fromArmor(good));
  const changed = header.replace(from, to);
  assert.notEqual(changed, header);
  return toArmor(Uint8Array.from(changed, (character) => character.charCodeAt(0)));
}

describe("[CF5] the password slot", () => {
  it("gives the identity for the password and null for another", async () => {
    assert.equal(await passwordSlots.unwrap(good, PASSWORD), identity);
    assert.equal(await passwordSlots.unwrap(good, "another password"), null);
  });

  it("holds one identity and a line feed, nothing else", async () => {
    const hybrid = await generateHybridIdentity();
    for (const content of [
      identity,
      `${identity}\n\n`,
      `${identity} `,
      `# made today\n${identity}\n`,
      "hello\n",
      "",
      `${hybrid}\n`,
    ]) {
      await assert.rejects(
        passwordSlots.unwrap(await lock(content, PASSWORD), PASSWORD),
        damagedCard,
        content,
      );
    }
  });

  it("is an age file in its text form", async () => {
    for (const bad of ["", good.trim(), `${good}\n`, toArmor(fromArmor(good).slice(0, -1))]) {
      await assert.rejects(passwordSlots.unwrap(bad, PASSWORD), damagedCard);
    }
  });

  it("is locked by a password alone", async () => {
    const keyed = toArmor(await wrap(new Uint8Array(3), [recipient]));
    await assert.rejects(passwordSlots.unwrap(keyed, PASSWORD), damagedCard);
    await assert.rejects(passwordSlots.unwrap(rewrite("-> scrypt", "-> argon"), PASSWORD), damagedCard);
  });
});

describe("[CF6] the cost of opening is bounded before it is paid", () => {
  it("a work factor above 20 is refused at once", async () => {
    for (const factor of ["21", "25", "30", "64", "99999999999999999999"]) {
      const started = performance.now();
      await assert.rejects(passwordSlots.unwrap(rewrite(/ 1\n/, ` ${factor}\n`), PASSWORD), {
        code: "card-cost",
      });
      assert.ok(performance.now() - started < 100, `${factor}: it was computed`);
    }
  });

  it("want of memory is the price, not damage", async (t) => {
    const dear = rewrite(/ 1\n/, " 18\n");
    t.mock.method(globalThis, "Uint32Array", function allocate() {
      throw new RangeError("Array buffer allocation failed");
    });
    await assert.rejects(passwordSlots.unwrap(dear, PASSWORD), { code: "card-cost" });
  });

  it("a work factor that is no plain number is damage", async () => {
    for (const factor of ["0", "018", "-1", "1e2", "0x12", "1.5", "x"]) {
      await assert.rejects(
        passwordSlots.unwrap(rewrite(/ 1\n/, ` ${factor}\n`), PASSWORD),
        damagedCard,
        factor,
      );
    }
  });

  it("a second stanza, which would multiply the cost, is damage", async () => {
    const [stanza] = /-> scrypt .*\n.*\n/.exec(new TextDecoder("latin1").decode(fromArmor(good))) ?? [""];
    await assert.rejects(passwordSlots.unwrap(rewrite(stanza, stanza + stanza), PASSWORD), damagedCard);
  });
});
