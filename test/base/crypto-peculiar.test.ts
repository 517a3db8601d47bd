import "./install-peculiar.ts"; // before anything else is loaded
import assert from "node:assert/strict";
import { test } from "node:test";
import { generateSigningKey } from "../../src/base/index.ts";
import { signatures } from "./cose.suite.ts";
import { hashing } from "./hash.suite.ts";
import { native } from "./install-peculiar.ts";

test("the keys of this file are made by @peculiar/webcrypto", async () => {
  const { privateKey } = await generateSigningKey();
  await assert.rejects(native.subtle.sign("Ed25519", privateKey, new Uint8Array(1)));
});

hashing("peculiar");
signatures("peculiar");
