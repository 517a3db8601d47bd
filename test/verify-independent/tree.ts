// [SF17]: the tree over a raw frame's cipher text, after RFC 9162 §2.1.1 as it is written there: from the top.
import { createHash } from "node:crypto";

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const root = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(Buffer.from([1]), root(leaves.slice(0, left)), root(leaves.slice(left)));
};

interface Plane {
  readonly from: number;
  readonly stride: number;
  /** Bytes of the plane in a row of a tile's luma columns [x, to), and the plane's rows for its luma rows. */
  readonly columns: (x: number) => number;
  readonly rows: (y: number) => number;
}

/** The leaves of a frame, row by row of tiles. */
export const leavesOf = (format: string, width: number, height: number, cipher: Uint8Array): Uint8Array[] => {
  const half = (side: number): number => Math.ceil(side / 2);
  const same = (side: number): number => side;
  const luma: Plane = { from: 0, stride: width, columns: same, rows: same };
  const chroma = half(width) * half(height);
  const after = width * height;
  const planes: Plane[] =
    format === "NV12"
      ? [luma, { from: after, stride: 2 * half(width), columns: (x) => 2 * half(x), rows: half }]
      : [
          luma,
          { from: after, stride: half(width), columns: half, rows: half },
          { from: after + chroma, stride: half(width), columns: half, rows: half },
        ];
  const leaves: Uint8Array[] = [];
  for (let y = 0; y < height; y += 36) {
    for (let x = 0; x < width; x += 64) {
      const [right, bottom] = [Math.min(x + 64, width), Math.min(y + 36, height)];
      const rows: Uint8Array[] = [];
      for (const { from, stride, columns, rows: rowOf } of planes) {
        for (let row = rowOf(y); row < rowOf(bottom); row += 1) {
          const at = from + row * stride;
          rows.push(cipher.subarray(at + columns(x), at + columns(right)));
        }
      }
      leaves.push(sha256(Buffer.from([0]), ...rows));
    }
  }
  return leaves;
};
