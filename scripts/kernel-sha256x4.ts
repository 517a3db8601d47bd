import { add, and, bytesOfWords, declare, indent, rotr, shr, times, turn, xor } from "./kernel-vectors.ts";

const words = times(16, (at) => `w${at}`);
const chaining = times(8, (at) => `h${at}`);
const working = [..."abcdefgh"];
const swapped = (x: string): string => bytesOfWords(x, [3, 2, 1, 0]);

/** FIPS 180-4 §6.2.2 step 3. The eight working variables change names instead of places and are home after eight rounds. */
const round = (at: number): string[] => {
  const name = (index: number): string => working[(index - at + 16) % 8] as string;
  const [a, b, d, e, f, g, h] = [0, 1, 3, 4, 5, 6, 7].map(name) as [
    ...[string, string, string, string, string, string, string],
  ];
  return [
    `${h} = ${add(h, add(`v128.load_splat<u32>(q, ${4 * at})`, `w${at}`))};`,
    `${h} = ${add(h, xor(g, and(e, xor(f, g))))};`,
    // What the next round waits for comes last into the sum.
    `${h} = ${add(h, xor(rotr(e, 6), rotr(e, 11), rotr(e, 25)))};`,
    `${d} = ${add(d, h)};`,
    // Maj(a, b, c) = b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c.
    `x = ${xor(a, b)};`,
    `${h} = ${add(h, add(xor(rotr(a, 2), rotr(a, 13), rotr(a, 22)), xor(b, and("x", "y"))))};`,
    "y = x;",
  ];
};

/** FIPS 180-4 §6.2.2 step 1: word `at` + 16 in the place of word `at`. */
const schedule = (at: number): string => {
  const [w, w1, w9, w14] = [0, 1, 9, 14].map((after) => `w${(at + after) % 16}`) as [
    ...[string, string, string, string],
  ];
  const sigma0 = xor(rotr(w1, 7), rotr(w1, 18), shr(w1, 3));
  const sigma1 = xor(rotr(w14, 17), rotr(w14, 19), shr(w14, 10));
  return `${w} = ${add(w, w9, sigma0, sigma1)};`;
};

/** Sixteen words of four messages at p0 to p3, FIPS 180-4 §5.2.1: big-endian. */
const read = times(4, (quarter) => {
  const own = words.slice(4 * quarter, 4 * quarter + 4);
  const loads = own.map((word, lane) => `${word} = ${swapped(`v128.load(p${lane}, ${16 * quarter})`)};`);
  return [...loads, ...turn(own, own)];
}).flat();

const initial = [
  ...["0x6a09e667", "0xbb67ae85", "0x3c6ef372", "0xa54ff53a"],
  ...["0x510e527f", "0x9b05688c", "0x1f83d9ab", "0x5be0cd19"],
];

const write = times(2, (half) => {
  const own = chaining.slice(4 * half, 4 * half + 4);
  const stores = own.map((hash, lane) => `v128.store(p${lane}, ${swapped(hash)}, ${16 * half});`);
  return [...turn(own, own), ...stores];
}).flat();

/** `assembly/generated/sha256x4.ts`: SHA-256 of four messages at a time, one in each lane. */
export const sha256x4 = (): string => `\
// Made by scripts/generate-kernels.ts out of scripts/kernel-sha256x4.ts. Change that and make this anew.
// SHA-256, FIPS 180-4, of four messages at a time: lane i of every vector belongs to message i.
import { HASHES } from "../layout";
import { K } from "../sha256";

/** FIPS 180-4 §5.3.3: sets the four chaining values at HASHES to H(0). */
export function begin4(): void {
${indent(
  initial.map((word, at) => `v128.store(HASHES, i32x4.splat(${word}), ${16 * at});`),
  1,
)}}

/** FIPS 180-4 §6.2.2 over \`count\` blocks of 64 bytes of each of the messages at p0, p1, p2 and p3. */
export function compress4(p0: u32, p1: u32, p2: u32, p3: u32, count: u32): void {
  ${declare("v128", chaining)}
  ${declare("v128", working)}
  ${declare("v128", words)}
  ${declare("v128", ["t0", "t1", "t2", "t3", "x", "y"])}
${indent(
  chaining.map((hash, at) => `${hash} = v128.load(HASHES, ${16 * at});`),
  1,
)}\
  for (; count != 0; count--) {
${indent(read, 2)}\
    p0 += 64; p1 += 64; p2 += 64; p3 += 64;
    ${working.map((name, at) => `${name} = h${at};`).join(" ")}
    y = ${xor("b", "c")};
    let q = <u32>K;
    // Each word of the schedule is made when it was used: three times sixteen rounds, and the last sixteen without.
    for (; q != <u32>K + 192; q += 64) {
${indent(times(16, (at) => [...round(at), schedule(at)]).flat(), 3)}\
    }
${indent(times(16, round).flat(), 2)}\

    ${working.map((name, at) => `h${at} = ${add(`h${at}`, name)};`).join(" ")}
  }
${indent(
  chaining.map((hash, at) => `v128.store(HASHES, ${hash}, ${16 * at});`),
  1,
)}}

/** Writes the four chaining values to p0, p1, p2 and p3, 32 bytes each, big-endian. */
export function emit4(p0: u32, p1: u32, p2: u32, p3: u32): void {
  ${declare("v128", chaining)}
  ${declare("v128", ["t0", "t1", "t2", "t3"])}
${indent(
  chaining.map((hash, at) => `${hash} = v128.load(HASHES, ${16 * at});`),
  1,
)}\
${indent(write, 1)}}
`;
