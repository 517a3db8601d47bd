import {
  type Bytes,
  checkCose,
  concat,
  decodeCbor,
  encodeCbor,
  fromHex,
  generateSigningKey,
  importPublicKey,
  importSigningKey,
  isFault,
  leafHash,
  signCose,
  thumbprint,
  toHex,
  treeRoot,
  utf8,
} from "../../src/base/index.ts";
import { fromLittleEndian, L, toLittleEndian } from "./ed25519-twin.ts";

const vectors = async <T>(name: string): Promise<T> =>
  (await fetch(new URL(`../vectors/${name}`, import.meta.url))).json() as Promise<T>;

const same = (actual: unknown, expected: unknown): void => {
  if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`);
};

/** What the Node suites cover in full, once more where it will run: another library does the work here. */
describe("base in the browser's own WebCrypto", () => {
  it("RFC 8032 §7.1 through importSigningKey and importPublicKey", async () => {
    type Row = { secretKey: string; publicKey: string; message: string; signature: string };
    for (const row of await vectors<Row[]>("rfc8032-ed25519.json")) {
      const { privateKey, publicKey } = await importSigningKey(fromHex(row.secretKey));
      same(toHex(publicKey), row.publicKey);
      const signed = await crypto.subtle.sign("Ed25519", privateKey, fromHex(row.message));
      same(toHex(new Uint8Array(signed)), row.signature);
      const { key } = await importPublicKey(publicKey);
      same(await crypto.subtle.verify("Ed25519", key, signed, fromHex(row.message)), true);
    }
  });

  it("a COSE signature serves one payload and purpose, in one form, and no bit of it can be flipped", async () => {
    const { privateKey, publicKey } = await generateSigningKey();
    same(privateKey.extractable, false);
    const key = await importPublicKey(publicKey);
    const payload = utf8("a payload");
    const envelope = await signCose(privateKey, "frame", payload);
    const isRight = (given: Bytes) => checkCose(key, "frame", payload, given);
    same(await isRight(envelope), true);
    same(await checkCose(key, "head", payload, envelope), false);
    same(await checkCose(key, "frame", utf8("b payload"), envelope), false);
    for (let at = 0; at < envelope.length; at++) {
      const damaged = new Uint8Array(envelope);
      damaged[at] = (damaged[at] as number) ^ 1;
      same(await isRight(damaged), false);
    }
    const larger = toLittleEndian(fromLittleEndian(envelope.subarray(41)) + L); // RFC 8032 §5.1.7: S < L
    same(await isRight(concat(envelope.subarray(0, 41), larger)), false);
  });

  it("low-order public keys are refused", async () => {
    for (const { publicKey } of await vectors<{ publicKey: string }[]>("ed25519-low-order.json")) {
      const answer = await importPublicKey(fromHex(publicKey)).catch((error: unknown) => error);
      same(isFault(answer) && answer.code, "public-key");
    }
  });

  it("the certificate transparency tree, and a key thumbprint", async () => {
    const rows = await vectors<{ leaf: string; root: string }[]>("ct-merkle-tree.json");
    const leaves = await Promise.all(rows.map(({ leaf }) => leafHash(fromHex(leaf))));
    same(toHex(await treeRoot(leaves)), rows.at(-1)?.root);
    const key = fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    same(toHex(await thumbprint(key)), "866eefbd6718c8846cd7ddfe43fc74ab1daac4538ff8514ea2ec2d410a415743");
  });

  it("RFC 8949 appendix A: what was accepted is written again byte for byte, the rest is Fault cbor", async () => {
    for (const { hex, refused } of await vectors<{ hex: string; refused?: string }[]>(
      "rfc8949-appendix-a.json",
    )) {
      try {
        same(toHex(encodeCbor(decodeCbor(fromHex(hex)))), hex);
        same(refused, undefined);
      } catch (error) {
        if (!isFault(error)) throw error;
        same(error.detail.why, refused);
      }
    }
  });
});
