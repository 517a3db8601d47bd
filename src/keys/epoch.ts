import { type Bytes, concat, randomBytes, utf8 } from "../base/index.ts";

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. */
const hkdf = async (secret: Uint8Array, salt: Uint8Array, info: string): Promise<Bytes> => {
  const own = new Uint8Array(secret);
  const importing = crypto.subtle.importKey("raw", own, "HKDF", false, ["deriveBits"]);
  const key = await importing.finally(() => own.fill(0));
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(salt), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
};

/**
 * The secret of one epoch, 32 bytes: HKDF over the system generator's bytes and `light`, the SHA-256 of photoelectric numbers of a frame
 * that is never sent; null: over the generator's alone. Light only adds: 32 bytes of the input are the generator's, whatever the
 * sensor saw [SF10].
 */
export const makeEpochSecret = async (
  light: Uint8Array | null,
  random: Bytes = randomBytes(32),
): Promise<Bytes> => {
  if (light && light.length !== 32) throw new TypeError(`"light" expected 32 bytes, got ${light.length}`);
  if (random.length !== 32) throw new TypeError(`"random" expected 32 bytes, got ${random.length}`);
  const material = light ? concat(random, light) : random.slice();
  try {
    return await hkdf(material, new Uint8Array(32), "sealcam/1 epoch secret");
  } finally {
    material.fill(0);
    random.fill(0);
  }
};

/** The key all frame keys of an epoch come from: HKDF(epoch secret, salt = SHA-256 of the signed head, "sealcam/1"). */
export const epochKey = (secret: Uint8Array, headHash: Uint8Array): Promise<Bytes> =>
  hkdf(secret, headHash, "sealcam/1");
