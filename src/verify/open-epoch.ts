import { type Bytes, isFault } from "../base/index.ts";
import { epochKey, unwrap } from "../keys/index.ts";
import { type CheckedHead, decodeEpochSecret } from "../seal/index.ts";

/**
 * Opens a checked announcement's wrap with one of these age identities: the epoch's key, which the caller wipes, and the camera's
 * label. Otherwise the reason: "no-key" where none of them opens it, "epoch" where it is broken or holds something else [SF10].
 */
export const openEpoch = async (
  head: CheckedHead,
  wrap: Bytes,
  identities: readonly string[],
): Promise<{ readonly key: Bytes; readonly label: string } | "no-key" | "epoch"> => {
  let opened: Bytes | null;
  try {
    opened = await unwrap(wrap, identities);
  } catch {
    return "epoch";
  }
  if (!opened) return "no-key";
  try {
    const { secret, label } = decodeEpochSecret(opened);
    const key = await epochKey(secret, head.hash).finally(() => secret.fill(0));
    return { key, label };
  } catch (error) {
    if (!isFault(error)) throw error;
    return "epoch";
  } finally {
    opened.fill(0);
  }
};
