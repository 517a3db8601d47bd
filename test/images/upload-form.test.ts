import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fromBase64Url, toBase64Url } from "../../src/base/index.ts";
import { signUpload } from "../../src/images/index.ts";
import { UploadTokens } from "../../src/images/upload-proof.ts";
import { front, nonceFor } from "./camera.ts";
import { memoryStage, origin } from "./stage.ts";

describe("what opens an upload", () => {
  it("is no token in another form", async () => {
    const tokens = new UploadTokens(new Uint8Array(32).fill(1));
    const token = await tokens.token(front, 1_000);
    assert.equal(await tokens.isGood(token, front, 1_000), true);
    for (const other of ["", "!", `${token}=`, `${token}AAAA`, token.slice(4), token.replace(/^./, "+")])
      assert.equal(await tokens.isGood(other, front, 1_000), false, other);
  });

  it("is no proof in another form", async () => {
    const stage = await memoryStage();
    await stage.say({
      ...{ ahead: 0, rules: { days: null, bytes: null } },
      rights: [[null, front.camera, "upload"]],
    });
    const post = async (change: (right: Record<string, string>) => unknown): Promise<number> => {
      const nonce = await nonceFor(stage, front);
      const claim = { camera: front.camera, hash: front.hash, origin, nonce: fromBase64Url(nonce) };
      const proof = toBase64Url(await signUpload(front.privateKey, front.key, claim));
      const body = JSON.stringify(change({ key: toBase64Url(front.key), nonce, proof }));
      return (await stage.fetch(`${front.path}/upload`, { method: "POST", body })).status;
    };
    assert.equal(await post((right) => right), 200);
    assert.equal(await post((right) => ({ ...right, more: "AAAA" })), 400);
    for (const field of ["key", "nonce", "proof"]) {
      assert.equal(await post(({ [field]: _, ...rest }) => rest), 400, `without ${field}`);
      for (const other of ["", "!", "AAAA", toBase64Url(new Uint8Array(74))])
        assert.equal(await post((right) => ({ ...right, [field]: other })), 400, `${field} = ${other}`);
    }
  });
});
