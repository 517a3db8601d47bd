/** What `make` gives for 0, 1 … `count` - 1. */
export const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

// Terms of AssemblyScript over vectors of four words.
export const add = (first: string, ...others: string[]): string =>
  others.reduce((sum, term) => `i32x4.add(${sum}, ${term})`, first);
export const xor = (first: string, ...others: string[]): string =>
  others.reduce((sum, term) => `v128.xor(${sum}, ${term})`, first);
export const and = (x: string, y: string): string => `v128.and(${x}, ${y})`;
export const shr = (x: string, bits: number): string => `i32x4.shr_u(${x}, ${bits})`;
export const rotl = (x: string, bits: number): string =>
  `v128.or(i32x4.shl(${x}, ${bits}), ${shr(x, 32 - bits)})`;
export const rotr = (x: string, bits: number): string => rotl(x, 32 - bits);

/** The bytes of every word in another order, which costs one instruction: byte i of each word is byte `order[i]` of what it was. */
export const bytesOfWords = (x: string, order: readonly [number, number, number, number]): string =>
  `v128.swizzle(${x}, i8x16(${times(16, (at) => (at & 12) + (order[at & 3] ?? 0)).join(", ")}))`;

/**
 * Statements that turn four vectors of four words: what stood vector by vector stands word by word in `to`. Needs the variables t0 to t3; `to`
 * may be `from`.
 */
export const turn = (from: readonly string[], to: readonly string[]): string[] => {
  const [a, b, c, d] = from;
  const words = (x?: string, y?: string, ...order: number[]): string =>
    `v128.shuffle<i32>(${x}, ${y}, ${order.join(", ")})`;
  const halves = (x: string, y: string, ...order: number[]): string =>
    `v128.shuffle<i64>(${x}, ${y}, ${order.join(", ")})`;
  return [
    `t0 = ${words(a, b, 0, 4, 1, 5)};`,
    `t1 = ${words(c, d, 0, 4, 1, 5)};`,
    `t2 = ${words(a, b, 2, 6, 3, 7)};`,
    `t3 = ${words(c, d, 2, 6, 3, 7)};`,
    `${to[0]} = ${halves("t0", "t1", 0, 2)};`,
    `${to[1]} = ${halves("t0", "t1", 1, 3)};`,
    `${to[2]} = ${halves("t2", "t3", 0, 2)};`,
    `${to[3]} = ${halves("t2", "t3", 1, 3)};`,
  ];
};

/** `let` of the names, all of one type, some to a line. */
export const declare = (type: "v128" | "u64", names: readonly string[]): string => {
  const first = type === "v128" ? "i32x4.splat(0)" : "<u64>0";
  return `let ${names.map((name) => `${name} = ${first}`).join(", ")};`;
};

/** Lines, further in by `depth` steps. */
export const indent = (lines: readonly string[], depth: number): string =>
  lines.map((line) => `${"  ".repeat(depth)}${line}\n`).join("");
