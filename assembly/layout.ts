// The memory map of the array sensor: the only place where an address is written down.
// The TypeScript side reads the exported areas from the module's globals and repeats none of them.
//
//   address   bytes    name            what lies there                                       between two calls
//   0x000000    1024   -               nothing: address 0 stays unused                       0
//   0x000400     256   (K)             SHA-256 constants, the one data segment (memoryBase)  constant
//   0x000800      64   STATE           ChaCha state words                                    0
//   0x000840      64   STREAM          one ChaCha block: a key, or the last, short piece     0
//   0x000880      80   POLY            Poly1305: r 16, s 16, h 5 x u64                       0
//   0x0008E0      16   LENGTHS         last Poly1305 block: a short piece, then both lengths 0
//   0x0008F0      16   EXPECTED        the tag an opener expects                             0
//   0x000900      32   HASH            SHA-256 chaining value                                0
//   0x000980     128   TAIL            last one or two SHA-256 blocks of a message           0
//   0x000A00     128   NODE            0x01, left, right, padding of one tree node           0
//   0x000A80     128   HASHES          four SHA-256 chaining values, word by word            0
//   0x001000   14080   LANES           four messages side by side: 0x00, the rows of a tile, 0
//                                      padding; or what of a piece or a node is no block
//                                      where it lies
//   0x005000      32   EPOCH_KEY       in                                                    caller's
//   0x005020      32   FRAME_KEY       out of hchacha20(), key of seal and open              caller's
//   0x005040      16   DERIVE_NONCE    in                                                    caller's
//   0x005050      16   TAG             out of seal, in of open                               caller's
//   0x005060      32   ROOT            out of treeRoot                                       caller's
//   0x005080      32   COMMITMENT      out of commit                                         caller's
//   0x0050A0      32   DIGEST          out of sha256                                         caller's
//   0x006000    4096   AD              associated data, in                                   caller's
//   0x010000  524288   LEAVES          16384 leaf hashes, out of tileLeaves                  caller's
//   0x090000   32768   NUMBERS         photoelectric numbers, out of drawNumbers             caller's
//   0x098000  131072   POSITIONS       a random word for each number, in                     caller's
//   0x0B8000   32768   -               free
//   0x0C0000  262144   NODES           one level of the tree that is being made              0
//   0x100000  to end   FRAME           picture or cipher text; the host grows the memory     caller's
//
// One memory serves one caller at a time: all scratch is static. Every kernel returns with SCRATCH all zero. What the
// engine keeps in registers and on its own stack is out of our reach.

export const SCRATCH: u32 = 0x000800;
export const SCRATCH_END: u32 = 0x005000;

export const STATE: u32 = 0x000800;
export const STREAM: u32 = 0x000840;
export const POLY: u32 = 0x000880;
export const POLY_BYTES: u32 = 80;
export const LENGTHS: u32 = 0x0008e0;
export const EXPECTED: u32 = 0x0008f0;
export const HASH: u32 = 0x000900;
export const TAIL: u32 = 0x000980;
export const NODE: u32 = 0x000a00;
export const HASHES: u32 = 0x000a80;
export const LANES: u32 = 0x001000;
export const LANE_BYTES: u32 = 3520;

export const EPOCH_KEY: u32 = 0x005000;
export const FRAME_KEY: u32 = 0x005020;
export const DERIVE_NONCE: u32 = 0x005040;
export const TAG: u32 = 0x005050;
export const ROOT: u32 = 0x005060;
export const COMMITMENT: u32 = 0x005080;
export const DIGEST: u32 = 0x0050a0;
export const AD: u32 = 0x006000;
export const AD_CAPACITY: u32 = 4096;
export const LEAVES: u32 = 0x010000;
export const LEAVES_CAPACITY: u32 = 16384;
export const NUMBERS: u32 = 0x090000;
export const NUMBERS_CAPACITY: u32 = 32768;
export const POSITIONS: u32 = 0x098000;
export const NODES: u32 = 0x0c0000;
export const FRAME: u32 = 0x100000;

/** Traps unless the `length` bytes at `address` lie inside the memory; computed in 64 bits, so nothing wraps. */
export function mustFit(address: u32, length: u32): void {
  if (<u64>address + length > <u64>memory.size() << 16) unreachable();
}
