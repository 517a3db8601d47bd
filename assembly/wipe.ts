import { SCRATCH } from "./layout";

/**
 * Zeroes `length` bytes at `address`. Traps, having written nothing, when they do not lie inside the memory or
 * begin before SCRATCH: a caller who clears "everything" must not clear SHA-256's constants.
 */
export function wipe(address: u32, length: u32): void {
  if (address < SCRATCH) unreachable();
  memory.fill(address, 0, length);
}
