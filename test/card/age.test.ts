import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { decodeContent } from "../../src/card/content.ts";
import { makeCard, passwordSlots } from "../../src/card/index.ts";
import { passkeyIdentity, unwrapPasskeySlot } from "../../src/card/passkey-slot.ts";
import { recipientOf } from "../../src/keys/index.ts";
import { output, PASSWORD, quick, sampleBlank, sampleRecord } from "./sample.ts";

/** Runs a command on a terminal of its own and answers each passphrase prompt, since age asks nowhere else. */
async function onTerminal(command: string, cwd: string, password: string): Promise<void> {
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], { cwd });
  let shown = "";
  let asked = 0;
  child.stdout.on("data", (chunk) => {
    shown += chunk;
    const prompts = shown.match(/passphrase[^:\n]*: /gi)?.length ?? 0;
    for (; asked < prompts; asked++) child.stdin.write(`${password}\n`);
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, shown);
}

const missing = ["age", "script"].find((tool) => spawnSync(tool, ["--version"]).status !== 0);
const skip = missing !== undefined && `${missing} is not installed`;

const written = (dir: string, name: string, text = ""): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
const inFolder = async (act: (dir: string) => Promise<void>): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), "sealcam-card-"));
  try {
    await act(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
};

it(
  "[CF5] [CF7] the age program opens slot and records with the password, and locks a slot that opens here",
  {
    skip,
  },
  () =>
    inFolder(async (dir) => {
      const { file } = await (await makeCard("Home", PASSWORD)).put(sampleRecord(1));
      written(dir, "slot.age", file.slots[0]?.file);
      written(dir, "records.age", file.records);
      await onTerminal("age --decrypt --identity slot.age --output records.cbor records.age", dir, PASSWORD);
      const { cameras } = decodeContent(new Uint8Array(readFileSync(join(dir, "records.cbor"))));
      assert.deepEqual(cameras, [sampleRecord(1)]);

      const identity = sampleRecord(1).decryptionKeys[0]?.identity ?? "";
      written(dir, "identity.txt", `${identity}\n`);
      await onTerminal("age --passphrase --armor --output made.age identity.txt", dir, PASSWORD);
      assert.equal(
        await passwordSlots.unwrap(readFileSync(join(dir, "made.age"), "utf8"), PASSWORD),
        identity,
      );
    }),
);

it(
  "[CF16] the age program opens the recovery slot with the code as it is printed, whatever the password is by then",
  {
    skip,
  },
  () =>
    inFolder(async (dir) => {
      const card = await (await makeCard("Home", PASSWORD, quick)).putBlank(sampleBlank(2));
      const first = await card.addRecovery();
      const { card: later, recoveryCode } = await first.card.changePassword("another password", quick);
      for (const [{ file }, code] of [
        [first.card, first.recoveryCode],
        [later, recoveryCode],
      ] as const) {
        written(dir, "slot.age", file.slots[1]?.file);
        written(dir, "records.age", file.records);
        rmSync(join(dir, "records.cbor"), { force: true });
        await onTerminal(
          "age --decrypt --identity slot.age --output records.cbor records.age",
          dir,
          code ?? "",
        );
        const { blanks } = decodeContent(new Uint8Array(readFileSync(join(dir, "records.cbor"))));
        assert.deepEqual(blanks, [sampleBlank(2)]);
      }
    }),
);

it(
  "[CF17] the age program opens a passkey slot with the identity that the passkey gives, and locks one that opens here",
  {
    skip,
  },
  () =>
    inFolder(async (dir) => {
      const { file } = await (await makeCard("Home", PASSWORD, quick)).addPasskey(output(1));
      const passkey = await passkeyIdentity(output(1));
      written(dir, "passkey.txt", `${passkey}\n`);
      written(dir, "slot.age", file.slots[1]?.file);
      written(dir, "records.age", file.records);
      const age = (...args: string[]): string => {
        const { status, stdout, stderr } = spawnSync("age", args, { cwd: dir, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        return stdout;
      };
      written(dir, "card.txt", age("--decrypt", "--identity", "passkey.txt", "slot.age"));
      age("--decrypt", "--identity", "card.txt", "--output", "records.cbor", "records.age");
      assert.deepEqual(decodeContent(new Uint8Array(readFileSync(join(dir, "records.cbor")))).cameras, []);

      const identity = sampleRecord(1).decryptionKeys[0]?.identity ?? "";
      written(dir, "identity.txt", `${identity}\n`);
      const made = age("--armor", "--recipient", await recipientOf(passkey), "identity.txt");
      assert.equal(await unwrapPasskeySlot(made, output(1)), identity);
    }),
);
