// HChaCha20, draft-irtf-cfrg-xchacha-03 §2.2: the frame key from the epoch key and the frame's place in it.
import { block, DERIVE, setState } from "./chacha20";
import { DERIVE_NONCE, EPOCH_KEY, FRAME_KEY, STATE } from "./layout";
import { wipe } from "./wipe";

/** FRAME_KEY = HChaCha20(EPOCH_KEY, DERIVE_NONCE). */
export function hchacha20(): void {
  setState(
    EPOCH_KEY,
    load<u32>(DERIVE_NONCE, 0),
    load<u32>(DERIVE_NONCE, 4),
    load<u32>(DERIVE_NONCE, 8),
    load<u32>(DERIVE_NONCE, 12),
  );
  block(DERIVE, FRAME_KEY);
  wipe(STATE, 64);
}
