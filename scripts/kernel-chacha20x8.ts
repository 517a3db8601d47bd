import { add, bytesOfWords, declare, indent, rotl, times, turn, xor } from "./kernel-vectors.ts";

/** Two times four blocks: lane i of a vector of `a` belongs to block i, of `b` to block 4 + i. */
const halves = ["a", "b"];
const vectors = halves.flatMap((half) => times(16, (word) => `${half}${word}`));

const rotated = (x: string, bits: number): string => {
  if (bits === 16) return bytesOfWords(x, [2, 3, 0, 1]);
  if (bits === 8) return bytesOfWords(x, [3, 0, 1, 2]);
  return rotl(x, bits);
};

/** RFC 8439 §2.1 */
const quarterRound = (a: string, b: string, c: string, d: string): string[] => {
  const step = (to: string, from: string, mixed: string, bits: number): string[] => [
    `${to} = ${add(to, from)};`,
    `${mixed} = ${xor(mixed, to)};`,
    `${mixed} = ${rotated(mixed, bits)};`,
  ];
  return [...step(a, b, d, 16), ...step(c, d, b, 12), ...step(a, b, d, 8), ...step(c, d, b, 7)];
};

/** RFC 8439 §2.3: four column rounds of each half, then four diagonal rounds. */
const doubleRound = [0, 1].flatMap((diagonal) =>
  halves.flatMap((half) =>
    times(4, (column) => {
      const word = (row: number): string => `${half}${4 * row + ((column + diagonal * row) % 4)}`;
      return quarterRound(word(0), word(1), word(2), word(3));
    }).flat(),
  ),
);

/**
 * RFC 8439 §2.5 on the 16 bytes at `m` + `at`: h = (h + block + 2^128) · r mod 2^130 − 5, with no more carried than has to be. See the head of
 * what is written for why nothing overflows.
 */
const macBlock = (at: number): string[] => [
  `h0 += <u64>load<u32>(m, ${at});`,
  `h1 += <u64>load<u32>(m, ${at + 4});`,
  `h2 += <u64>load<u32>(m, ${at + 8});`,
  `h3 += <u64>load<u32>(m, ${at + 12});`,
  "h4 += 1;",
  "d0 = h0 * r0 + h1 * s3 + h2 * s2 + h3 * s1;",
  "d1 = h0 * r1 + h1 * r0 + h2 * s3 + h3 * s2 + h4 * s1;",
  "d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s3 + h4 * s2;",
  "d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s3;",
  "h4 = h4 * r0 + (d3 >> 32);",
  "h1 = (d1 & 0xffffffff) + (d0 >> 32);",
  "h2 = (d2 & 0xffffffff) + (d1 >> 32);",
  "h3 = (d3 & 0xffffffff) + (d2 >> 32);",
  "h0 = (d0 & 0xffffffff) + (h4 >> 2) * 5;",
  "h4 &= 3;",
];

/** The statements of both lists, each in its own order and spread evenly: while vectors are busy, so is the multiplier. */
const woven = (longer: readonly string[], other: readonly string[]): string[] => {
  const out: string[] = [];
  let taken = 0;
  longer.forEach((statement, at) => {
    out.push(statement);
    const due = Math.round(((at + 1) * other.length) / longer.length);
    while (taken < due) out.push(other[taken++] as string);
  });
  return out;
};

const initial = halves.flatMap((half, at) => [
  ...times(16, (word) => `${half}${word} = v128.load_splat<u32>(STATE, ${4 * word});`),
  `${half}12 = ${add(`${half}12`, `i32x4(${times(4, (lane) => 4 * at + lane).join(", ")})`)};`,
]);

/** RFC 8439 §2.3 and §2.4: the input added, then block by block onto the bytes at p. */
const onto = halves.map((half, at) => [
  ...times(
    16,
    (word) => `${half}${word} = ${add(`${half}${word}`, `v128.load_splat<u32>(STATE, ${4 * word})`)};`,
  ),
  `${half}12 = ${add(`${half}12`, `i32x4(${times(4, (lane) => 4 * at + lane).join(", ")})`)};`,
  ...times(4, (row) => {
    const own = times(4, (column) => `${half}${4 * row + column}`);
    return [
      ...turn(own, own),
      ...own.map((vector, block) => {
        const place = 64 * (4 * at + block) + 16 * row;
        return `v128.store(p, ${xor(vector, `v128.load(p, ${place})`)}, ${place});`;
      }),
    ];
  }).flat(),
]);

/** Blocks of the sum in each of the ten double rounds; the two that are left of 32 go with what comes after. */
const each = 3;

const batches = (isSummed: boolean): string => {
  const blocks = (count: number): string[] =>
    isSummed ? times(count, (at) => macBlock(16 * at)).flat() : [];
  const next = (count: number): string[] => (isSummed ? [`m += ${16 * count};`] : []);
  const [first, second] = onto as [string[], string[]];
  return `\
  for (; count != 0; count--) {
${indent(initial, 2)}\
    for (let i = 0; i < 10; i++) {
${indent([...woven(doubleRound, blocks(each)), ...next(each)], 3)}\
    }
${indent(woven(first, blocks(2)), 2)}\
${indent([...next(2), ...second], 2)}\
    p += 512;
    store<u32>(STATE, load<u32>(STATE, 48) + 8, 48);
  }
`;
};

/** `assembly/generated/chacha20x8.ts`: eight blocks at a time, with and without the sum over cipher text between the rounds. */
export const chacha20x8 = (): string => `\
// Made by scripts/generate-kernels.ts out of scripts/kernel-chacha20x8.ts. Change that and make this anew.
// ChaCha20, RFC 8439 §2.3 and §2.4, eight blocks at a time: lane i of the vectors a belongs to block i, of b to block 4 + i.
import { POLY, STATE } from "../layout";

/** XORs the key stream of STATE onto \`count\` times 512 bytes at \`p\`; STATE's counter goes on. */
export function xor8(p: u32, count: u32): void {
  ${declare("v128", vectors)}
  ${declare("v128", ["t0", "t1", "t2", "t3"])}
${batches(false)}}

// Poly1305 as in poly1305.ts, but limbs of h carry only into the next one and h0 keeps what comes back from above bit 130, so that a block waits
// for the one before it half as long. Before a block h0 < 2.65, h1, h2, h3 < 2 and h4 < 5, in units of 2^32 but for h4; the block adds less than 1 to
// each and 1 to h4. r0 to r3 are below 2^28, and s1 to s3 below 1.25 · 2^28 [RFC 8439 §2.5]. So, in units of 2^60,
//   d0 < 3.65 + 3 · 3 · 1.25 < 15
//   d1 < 3.65 + 3 + 2 · 3 · 1.25 + 1 < 15.2
//   d2 < 3.65 + 2 · 3 + 3 · 1.25 + 1 < 14.5
//   d3 < 3.65 + 3 · 3 + 1 < 14
// stay below 16, which is 2^64, and h4 · r0 + (d3 >> 32) < 5 · 2^28 + 2^32 < 1.32 · 2^32, of which a quarter, five times, is below 1.65 · 2^32: again h0 < 2.65.

/**
 * As xor8, and takes \`count\` times 512 bytes at \`m\` into the sum at POLY: of each turn before what stands at \`p\` is changed, so that \`m\` may be
 * \`p\` (cipher text that is being opened) or \`p\` - 512 (cipher text of the turn before).
 */
export function xorAndMac8(p: u32, m: u32, count: u32): void {
  ${declare("v128", vectors)}
  ${declare("v128", ["t0", "t1", "t2", "t3"])}
  ${declare("u64", ["d0", "d1", "d2", "d3"])}
  const r0 = <u64>load<u32>(POLY, 0), r1 = <u64>load<u32>(POLY, 4);
  const r2 = <u64>load<u32>(POLY, 8), r3 = <u64>load<u32>(POLY, 12);
  // 2^128 · r_i = 2^130 · (r_i / 4) ≡ 5 · (r_i / 4); the clamp made r1, r2, r3 divisible by 4.
  const s1 = r1 + (r1 >> 2), s2 = r2 + (r2 >> 2), s3 = r3 + (r3 >> 2);
  let h0 = load<u64>(POLY, 32), h1 = load<u64>(POLY, 40), h2 = load<u64>(POLY, 48);
  let h3 = load<u64>(POLY, 56), h4 = load<u64>(POLY, 64);
${batches(true)}\
  // Carried in full, as poly1305.ts expects them.
  h1 += h0 >> 32; h2 += h1 >> 32; h3 += h2 >> 32; h4 += h3 >> 32;
  h0 = (h0 & 0xffffffff) + (h4 >> 2) * 5;
  h1 = (h1 & 0xffffffff) + (h0 >> 32);
  h2 = (h2 & 0xffffffff) + (h1 >> 32);
  h3 = (h3 & 0xffffffff) + (h2 >> 32);
  h4 = (h4 & 3) + (h3 >> 32);
  store<u64>(POLY, h0 & 0xffffffff, 32);
  store<u64>(POLY, h1 & 0xffffffff, 40);
  store<u64>(POLY, h2 & 0xffffffff, 48);
  store<u64>(POLY, h3 & 0xffffffff, 56);
  store<u64>(POLY, h4, 64);
}
`;
