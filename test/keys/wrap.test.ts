import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { randomBytes, utf8 } from "../../src/base/index.ts";
import {
  fromArmor,
  MAX_RECIPIENTS,
  makeEncryptionPair,
  recipientOf,
  toArmor,
  unwrap,
  wrap,
} from "../../src/keys/wrap.ts";

const fault = (code: string) => ({ code });
const alice = await makeEncryptionPair();
const bob = await makeEncryptionPair();
const eve = await makeEncryptionPair();
const secret = randomBytes(32);

describe("wrap: a file for the named X25519 recipients and nobody else", () => {
  it("opens for every recipient, gives null to everyone else", async () => {
    const file = await wrap(secret, [alice.recipient, bob.recipient]);
    assert.deepEqual(await unwrap(file, [alice.identity]), secret);
    assert.deepEqual(await unwrap(file, [bob.identity]), secret);
    assert.deepEqual(await unwrap(file, [eve.identity, bob.identity]), secret);
    assert.equal(await unwrap(file, [eve.identity]), null);
    assert.equal(await unwrap(file, []), null);
  });

  it("a recipient follows from its identity", async () => {
    assert.match(alice.recipient, /^age1[a-z0-9]{58}$/);
    assert.equal(await recipientOf(alice.identity), alice.recipient);
    await assert.rejects(recipientOf(alice.recipient), fault("identity"));
  });

  it("keeps empty and long contents, and never gives the same file twice", async () => {
    for (const length of [0, 1, 65536, 65537]) {
      const bytes = new Uint8Array(length).fill(7);
      const file = await wrap(bytes, [alice.recipient]);
      assert.deepEqual(await unwrap(file, [alice.identity]), bytes);
    }
    assert.notDeepEqual(await wrap(secret, [alice.recipient]), await wrap(secret, [alice.recipient]));
  });

  it("a recipient named twice gets one stanza", async () => {
    const file = await wrap(secret, [alice.recipient, alice.recipient]);
    assert.equal(new TextDecoder().decode(file).split("-> X25519 ").length - 1, 1);
  });

  it("refuses every other kind of recipient, and mixtures", async () => {
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    const tag = "age1tag1qgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqydpmt7j";
    const changed = alice.recipient.slice(0, -1) + (alice.recipient.endsWith("q") ? "p" : "q");
    const smallOrder = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z";
    for (const bad of [hybrid, tag, changed, smallOrder, alice.identity, "ssh-ed25519 AAAA", "age1", ""]) {
      await assert.rejects(wrap(secret, [alice.recipient, bad]), fault("recipient"), bad.slice(0, 20));
      await assert.rejects(wrap(secret, [bad]), fault("recipient"), bad.slice(0, 20));
    }
    await assert.rejects(wrap(secret, []), fault("recipient"));
    await assert.rejects(wrap(secret, [`${alice.recipient}\n`]), fault("recipient"));
  });

  it("refuses an identity of another kind before it reads the file", async () => {
    const file = await wrap(secret, [alice.recipient]);
    const changed = alice.identity.slice(0, -1) + (alice.identity.endsWith("Q") ? "P" : "Q");
    for (const bad of [await generateHybridIdentity(), changed, alice.identity.toLowerCase(), ""]) {
      await assert.rejects(unwrap(file, [alice.identity, bad]), fault("identity"));
    }
  });

  it(`takes ${MAX_RECIPIENTS} recipients, and neither writes nor reads more`, async () => {
    const pairs = await Promise.all(Array.from({ length: MAX_RECIPIENTS + 1 }, makeEncryptionPair));
    const recipients = pairs.map((pair) => pair.recipient);
    await assert.rejects(wrap(secret, recipients), fault("recipient"));
    const file = await wrap(secret, recipients.slice(0, -1));
    assert.deepEqual(await unwrap(file, [pairs[MAX_RECIPIENTS - 1]?.identity ?? ""]), secret);
    const text = new TextDecoder("latin1").decode(file);
    const [first] = /-> X25519 \S+\n\S+\n/.exec(text) ?? [""];
    const crowded = Uint8Array.from(text.replace(first, first + first), (c) => c.charCodeAt(0));
    await assert.rejects(unwrap(crowded, [pairs[0]?.identity ?? ""]), {
      code: "wrap-damaged",
      detail: { why: "recipients" }, // refused for its length, before any multiplication
    });
  });
});

describe("unwrap: null is not mine, a fault is mine and broken", () => {
  it("every flipped byte and every cut ends in null or in a fault, never in bytes", async () => {
    const file = await wrap(secret, [alice.recipient]);
    let nulls = 0;
    let faults = 0;
    const attempt = async (bad: Uint8Array, what: string) => {
      try {
        assert.equal(await unwrap(bad, [alice.identity]), null, what);
        nulls++;
      } catch (error) {
        assert.equal((error as { code?: string }).code, "wrap-damaged", what);
        faults++;
      }
    };
    for (let at = 0; at < file.length; at++) {
      const flipped = file.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await attempt(flipped, `flipped ${at}`);
      await attempt(file.slice(0, at), `cut ${at}`);
    }
    assert.ok(nulls > 0 && faults > nulls, `${nulls} nulls, ${faults} faults`);
  });

  it("a changed payload is damage for its recipient and nothing to others", async () => {
    const file = await wrap(secret, [alice.recipient]);
    file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
    await assert.rejects(unwrap(file, [alice.identity]), fault("wrap-damaged"));
    assert.equal(await unwrap(file, [eve.identity]), null);
  });

  it("something that is no age file is damage", async () => {
    await assert.rejects(unwrap(utf8("hello"), [alice.identity]), fault("wrap-damaged"));
    await assert.rejects(unwrap(new Uint8Array(0), [alice.identity]), fault("wrap-damaged"));
  });
});

describe("armor: one text per file", () => {
  it("goes there and back, and refuses every other spelling", async () => {
    const file = await wrap(secret, [alice.recipient]);
    const text = toArmor(file);
    assert.deepEqual(fromArmor(text), file);
    for (const bad of [text.trim(), `\n${text}`, text.replaceAll("\n", "\r\n"), text.slice(1), "", "x"]) {
      assert.throws(() => fromArmor(bad), fault("wrap-damaged"));
    }
  });
});

describe("any age program reads and writes the same files", () => {
  const found = spawnSync("age", ["--version"]).status === 0;
  it("Debian's age opens ours and we open its", { skip: !found && "age is not installed" }, async () => {
    const dir = mkdtempSync(join(tmpdir(), "sealcam-wrap-"));
    try {
      writeFileSync(join(dir, "id.txt"), `${bob.identity}\n`);
      writeFileSync(join(dir, "ours.age"), await wrap(secret, [alice.recipient, bob.recipient]));
      const opened = spawnSync("age", ["-d", "-i", "id.txt", "ours.age"], { cwd: dir });
      assert.deepEqual(new Uint8Array(opened.stdout), secret, opened.stderr.toString());
      const made = spawnSync("age", ["-r", bob.recipient, "-o", "theirs.age"], { cwd: dir, input: secret });
      assert.equal(made.status, 0, made.stderr.toString());
      assert.deepEqual(
        await unwrap(new Uint8Array(readFileSync(join(dir, "theirs.age"))), [bob.identity]),
        secret,
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
