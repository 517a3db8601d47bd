// The tree: leaves are tiles of 64 x 36 luma pixels with their chroma, or pieces of anything else; nodes as in RFC 9162.
// Four messages of one length are hashed side by side; what is left over, alone.
import { begin4, compress4, emit4 } from "./generated/sha256x4";
import { FRAME, HASH, HASHES, LANE_BYTES, LANES, LEAVES, LEAVES_CAPACITY, mustFit, NODE, NODES, ROOT } from "./layout";
import { begin, compress, emit, hash, pad } from "./sha256";
import { wipe } from "./wipe";

const TILE_WIDTH: u32 = 64;
const TILE_HEIGHT: u32 = 36;
const PIECE_BYTES: u32 = 16384;
const I420: u32 = 0;
const NV12: u32 = 1;

/** Copies `rows` rows of `bytes` bytes, `stride` apart, to `to` without gaps; returns the address after them. */
function gather(to: u32, from: u32, stride: u32, bytes: u32, rows: u32): u32 {
  for (; rows != 0; rows--, from += stride) {
    let i: u32 = 0;
    for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i));
    to += bytes;
  }
  return to;
}

/** Where the message of a lane lies. */
// @ts-ignore: decorator
@inline function lane(i: u32): u32 { return LANES + i * LANE_BYTES; }

/** Hashes the `blocks` blocks in each of the first `count` lanes, 1 to 4, to 32 bytes at each of as many addresses. */
function hashLanes(count: u32, blocks: u32, to0: u32, to1: u32, to2: u32, to3: u32): void {
  if (count == 1) {
    begin();
    compress(LANES, blocks);
    emit(to0);
    return;
  }
  begin4();
  compress4(lane(0), lane(1), lane(2), lane(3), blocks);
  // What nobody asked for goes where it is wiped.
  emit4(to0, to1, count > 2 ? to2 : NODE, count > 3 ? to3 : NODE);
}

function wipeLanes(): void {
  wipe(LANES, 4 * LANE_BYTES);
  wipe(NODE, 128);
  wipe(HASH, 32);
  wipe(HASHES, 128);
}

/** Puts 0x00, the tile whose first pixel is x, y, and padding to `to`; returns the number of blocks. */
function fillTile(to: u32, format: u32, width: u32, height: u32, x: u32, y: u32): u32 {
  const columns = min(TILE_WIDTH, width - x), rows = min(TILE_HEIGHT, height - y);
  const chromaWidth = (width + 1) >> 1;
  const chromaColumns = (columns + 1) >> 1, chromaRows = (rows + 1) >> 1;
  const chroma = FRAME + width * height;
  // Tiles begin at even pixels, so their chroma begins at exactly half.
  const at = (y >> 1) * chromaWidth + (x >> 1);
  store<u8>(to, 0x00);
  let end = gather(to + 1, FRAME + y * width + x, width, columns, rows);
  if (format == I420) {
    end = gather(end, chroma + at, chromaWidth, chromaColumns, chromaRows);
    const plane = chromaWidth * ((height + 1) >> 1);
    end = gather(end, chroma + plane + at, chromaWidth, chromaColumns, chromaRows);
  } else {
    end = gather(end, chroma + 2 * at, 2 * chromaWidth, 2 * chromaColumns, chromaRows);
  }
  return pad(to, end - to, end - to);
}

/** Leaves of the tiles from `column`, `row` on, `columns` across and `rows` down, all of one size. */
function hashTiles(format: u32, width: u32, height: u32, column: u32, row: u32, columns: u32, rows: u32): void {
  const across = (width + (TILE_WIDTH - 1)) / TILE_WIDTH;
  const tiles = columns * rows;
  for (let tile: u32 = 0; tile < tiles; tile += 4) {
    const count = min<u32>(4, tiles - tile);
    let blocks: u32 = 0, to0: u32 = 0, to1: u32 = 0, to2: u32 = 0, to3: u32 = 0;
    for (let i: u32 = 0; i < count; i++) {
      const x = column + (tile + i) % columns, y = row + (tile + i) / columns;
      blocks = fillTile(lane(i), format, width, height, x * TILE_WIDTH, y * TILE_HEIGHT);
      to0 = to1; to1 = to2; to2 = to3;
      to3 = LEAVES + ((y * across + x) << 5);
    }
    // The addresses came in from the right.
    for (let i = count; i < 4; i++) { to0 = to1; to1 = to2; to2 = to3; }
    hashLanes(count, blocks, to0, to1, to2, to3);
  }
}

/**
 * Hashes every tile of the picture at FRAME to LEAVES, row by row; returns their number.
 * `format` 0 is I420, 1 is NV12, planes tightly packed, chroma (width + 1) / 2 x (height + 1) / 2.
 * Leaf = SHA-256(0x00, luma rows, chroma rows), RFC 9162 §2.1.1. Traps on an empty or too large picture.
 */
export function tileLeaves(format: u32, width: u32, height: u32): u32 {
  if (format > NV12 || width == 0 || height == 0) unreachable();
  const across = (<u64>width + (TILE_WIDTH - 1)) / TILE_WIDTH;
  const tiles = across * ((<u64>height + (TILE_HEIGHT - 1)) / TILE_HEIGHT);
  if (tiles > LEAVES_CAPACITY) unreachable();
  // No product below can overflow: so few tiles hold less than 2^26 pixels.
  mustFit(FRAME, width * height + 2 * ((width + 1) >> 1) * ((height + 1) >> 1));

  // Tiles of one size after the other: whole ones, those cut at the right, at the bottom, and the one that is cut at both.
  const columns = width / TILE_WIDTH, rows = height / TILE_HEIGHT;
  const isCutRight = width % TILE_WIDTH != 0, isCutBelow = height % TILE_HEIGHT != 0;
  hashTiles(format, width, height, 0, 0, columns, rows);
  if (isCutRight) hashTiles(format, width, height, columns, 0, 1, rows);
  if (isCutBelow) hashTiles(format, width, height, 0, rows, columns, 1);
  if (isCutRight && isCutBelow) hashTiles(format, width, height, columns, rows, 1, 1);
  wipeLanes();
  return <u32>tiles;
}

/** Leaves of four whole pieces at `from`, to 128 bytes at `to`. */
function hashPieces(from: u32, to: u32): void {
  for (let i: u32 = 0; i < 4; i++) {
    store<u8>(lane(i), 0x00);
    memory.copy(lane(i) + 1, from + i * PIECE_BYTES, 63);
  }
  begin4();
  compress4(lane(0), lane(1), lane(2), lane(3), 1);
  const after = from + 63;
  const whole = PIECE_BYTES / 64 - 1;
  compress4(after, after + PIECE_BYTES, after + 2 * PIECE_BYTES, after + 3 * PIECE_BYTES, whole);
  // The prefix moved every piece by one byte: the last one is a block by itself.
  for (let i: u32 = 0; i < 4; i++) {
    store<u8>(lane(i), load<u8>(from + (i + 1) * PIECE_BYTES - 1));
    pad(lane(i), 1, 1 + PIECE_BYTES);
  }
  compress4(lane(0), lane(1), lane(2), lane(3), 1);
  emit4(to, to + 32, to + 64, to + 96);
}

/**
 * Hashes the `length` bytes at FRAME in pieces of 16384, the last one shorter, to LEAVES; returns their number.
 * Leaf = SHA-256(0x00, piece), RFC 9162 §2.1.1. Traps on nothing and on more than LEAVES_CAPACITY pieces.
 */
export function pieceLeaves(length: u32): u32 {
  if (length == 0) unreachable();
  const pieces = <u32>((<u64>length + (PIECE_BYTES - 1)) / PIECE_BYTES);
  if (pieces > LEAVES_CAPACITY) unreachable();
  mustFit(FRAME, length);
  let i: u32 = 0;
  for (; (i + 4) * PIECE_BYTES <= length; i += 4) hashPieces(FRAME + i * PIECE_BYTES, LEAVES + (i << 5));
  for (; i < pieces; i++) {
    const at = i * PIECE_BYTES;
    // The prefix is put into the byte before the piece, which gets its own value back: so nothing has to be moved.
    const before = FRAME + at - 1;
    const kept = load<u8>(before);
    store<u8>(before, 0x00);
    hash(before, min(PIECE_BYTES, length - at) + 1, LEAVES + (i << 5));
    store<u8>(before, kept);
  }
  wipeLanes();
  return pieces;
}

/**
 * RFC 9162 §2.1.1: SHA-256(0x01, left, right) of the `pairs` pairs of hashes at `from`, one after the other to `to`,
 * which may be `from`.
 */
function joinPairs(from: u32, pairs: u32, to: u32): void {
  for (; pairs != 0; from += 256, to += 128) {
    const count = min<u32>(4, pairs);
    for (let i: u32 = 0; i < count; i++) {
      store<u8>(lane(i), 0x01);
      memory.copy(lane(i) + 1, from + (i << 6), 64);
      pad(lane(i), 65, 65);
    }
    hashLanes(count, 2, to, to + 32, to + 64, to + 96);
    pairs -= count;
  }
}

/**
 * RFC 9162 §2.1.1: root of the tree over the first `count` hashes at LEAVES, to ROOT; LEAVES stay as they are.
 * Traps on 0 or more than LEAVES_CAPACITY.
 */
export function treeRoot(count: u32): void {
  if (count == 0 || count > LEAVES_CAPACITY) unreachable();
  // Level by level, a last one without a partner going up as it is: the same tree as splitting at the largest power of
  // two gives, for everything to the left of a split is a whole tree.
  let from = LEAVES;
  const used = ((count + 1) >> 1) << 5;
  while (count > 1) {
    const pairs = count >> 1;
    joinPairs(from, pairs, NODES);
    if ((count & 1) != 0) memory.copy(NODES + (pairs << 5), from + (pairs << 6), 32);
    from = NODES;
    count -= pairs;
  }
  memory.copy(ROOT, from, 32);
  wipe(NODES, used);
  wipeLanes();
}
