import { sha256 } from "./sha256.ts";

/** SHA-256("commit" ‖ frame key), 32 bytes. */
export function commitment(frameKey: Uint8Array): Uint8Array {
  return sha256(Uint8Array.from([...new TextEncoder().encode("commit"), ...frameKey]));
}
