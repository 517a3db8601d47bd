import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { makeCard, passwordSlots } from "../../src/card/index.ts";
import { decodeRecords } from "../../src/card/records.ts";
import { PASSWORD, sampleRecord } from "./sample.ts";

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

it("[CF5] [CF7] the age program opens slot and records with the password, and locks a slot that opens here", {
  skip,
}, async () => {
  const dir = mkdtempSync(join(tmpdir(), "sealcam-card-"));
  try {
    const { file } = await (await makeCard("Home", PASSWORD)).put(sampleRecord(1));
    writeFileSync(join(dir, "slot.age"), file.slots[0]?.file ?? "");
    writeFileSync(join(dir, "records.age"), file.records);
    await onTerminal("age --decrypt --identity slot.age --output records.cbor records.age", dir, PASSWORD);
    assert.deepEqual(decodeRecords(new Uint8Array(readFileSync(join(dir, "records.cbor")))), [
      sampleRecord(1),
    ]);

    const identity = sampleRecord(1).decryptionKeys[0]?.identity ?? "";
    writeFileSync(join(dir, "identity.txt"), `${identity}\n`);
    await onTerminal("age --passphrase --armor --output made.age identity.txt", dir, PASSWORD);
    assert.equal(await passwordSlots.unwrap(readFileSync(join(dir, "made.age"), "utf8"), PASSWORD), identity);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
