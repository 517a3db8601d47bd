import type { CborValue } from "../../src/base/index.ts";

/** RFC 8949 §4.2.1 written plainly, without cborg: the encoding that encodeCbor has to match. */
export function plainCbor(value: CborValue): number[] {
  if (value === false) return [0xf4];
  if (value === true) return [0xf5];
  if (value === null) return [0xf6];
  if (typeof value === "number" || typeof value === "bigint") {
    const n = BigInt(value);
    return n < 0n ? head(1, -1n - n) : head(0, n);
  }
  if (typeof value === "string") {
    const bytes = Buffer.from(value, "utf8");
    return [...head(3, BigInt(bytes.length)), ...bytes];
  }
  if (value instanceof Uint8Array) return [...head(2, BigInt(value.length)), ...value];
  if (Array.isArray(value)) return [...head(4, BigInt(value.length)), ...value.flatMap(plainCbor)];
  const entries = [...value].map(([key, item]) => [plainCbor(key), plainCbor(item)] as const);
  entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return [...head(5, BigInt(entries.length)), ...entries.flatMap(([key, item]) => [...key, ...item])];
}

function head(major: number, argument: bigint): number[] {
  if (argument < 24n) return [(major << 5) | Number(argument)];
  const width = argument < 2n ** 8n ? 1 : argument < 2n ** 16n ? 2 : argument < 2n ** 32n ? 4 : 8;
  const bytes = Array.from({ length: width }, (_, i) =>
    Number((argument >> BigInt(8 * (width - 1 - i))) & 255n),
  );
  return [(major << 5) | (24 + Math.log2(width)), ...bytes];
}
