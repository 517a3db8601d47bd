/** Zeroes `length` bytes at `address`. Traps, having written nothing, when they do not lie inside the memory. */
export function wipe(address: u32, length: u32): void {
  memory.fill(address, 0, length);
}
