// Key commitment: ChaCha20-Poly1305 alone lets one cipher text open under two keys; a signed commitment does not.
import { COMMITMENT, FRAME_KEY, HASH, TAIL } from "./layout";
import { begin, compress, emit, pad } from "./sha256";
import { wipe } from "./wipe";

/** COMMITMENT = SHA-256("commit" ‖ FRAME_KEY), 38 bytes hashed: one block. */
export function commit(): void {
  store<u32>(TAIL, 0x6d6d6f63, 0); // "comm"
  store<u16>(TAIL, 0x7469, 4); // "it"
  memory.copy(TAIL + 6, FRAME_KEY, 32);
  begin();
  compress(TAIL, pad(TAIL, 38, 38));
  emit(COMMITMENT);
  wipe(TAIL, 128);
  wipe(HASH, 32);
}
