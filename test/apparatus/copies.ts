import { type Secret, scanFor } from "../sensor/traces.ts";

/** A buffer that bytes were put into, and by whom. */
interface Made {
  readonly buffer: ArrayBufferLike;
  readonly stack: string;
}

/** Libraries that copy and cannot be made to wipe, whose buffers are out of our reach (docs/threats.md), and tests' own. */
const others = /node_modules\/(age-encryption|@noble|@scure|@peculiar|webcrypto-core)\/|\/test\/|\(?node:/;

/** The lines behind this file's own. */
const makerOf = (stack: string): string[] =>
  stack
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => !line.includes("/test/apparatus/copies.ts") && !line.includes("<anonymous>"));

/**
 * Notes, while `act` runs, every buffer that this realm makes or writes bytes into, and what WebCrypto gives. `left` says which of them hold a
 * secret now, with the line that made it; buffers that libraries make of themselves are left out.
 */
export const watchCopies = async <T>(act: () => Promise<T>) => {
  const made: Made[] = [];
  const note = (buffer: ArrayBufferLike): void => {
    made.push({ buffer, stack: new Error("made").stack ?? "" });
  };
  const real = globalThis.Uint8Array;
  const { set, slice } = real.prototype;
  const subtle = Object.getPrototypeOf(crypto.subtle) as SubtleCrypto;
  const { deriveBits } = crypto.subtle;
  // Node's buffers would lie in one pool, whoever made them.
  const { poolSize } = Buffer;
  Buffer.poolSize = 0;
  globalThis.Uint8Array = new Proxy(real, {
    construct(target, args, newTarget) {
      const one = Reflect.construct(target, args, newTarget === globalThis.Uint8Array ? target : newTarget);
      note((one as Uint8Array).buffer);
      return one;
    },
  });
  real.prototype.set = function (this: Uint8Array, ...args: Parameters<typeof set>) {
    note(this.buffer);
    return set.apply(this, args);
  };
  real.prototype.slice = function (this: Uint8Array<ArrayBuffer>, ...args: Parameters<typeof slice>) {
    const one = slice.apply(this, args) as Uint8Array<ArrayBuffer>;
    note(one.buffer);
    return one;
  };
  subtle.deriveBits = async function (this: SubtleCrypto, ...args: Parameters<typeof deriveBits>) {
    const bits = await deriveBits.apply(this, args);
    note(bits);
    return bits;
  };
  try {
    const result = await act();
    const left = (secrets: readonly Secret[]): string[] => {
      const scan = scanFor(secrets);
      const isOurs = ({ stack }: Made): boolean => !others.test(makerOf(stack)[0] ?? "");
      const buffers = new Map(made.filter(isOurs).map(({ buffer, stack }) => [buffer, stack]));
      return [...buffers].flatMap(([buffer, stack]) => {
        // What was transferred is another's.
        const found = buffer.byteLength === 0 ? [] : scan(new real(buffer));
        return found.length === 0 ? [] : [`${found[0]}: ${makerOf(stack).slice(0, 3).join(" < ")}`];
      });
    };
    return { result, made: made.length, left };
  } finally {
    globalThis.Uint8Array = real;
    Buffer.poolSize = poolSize;
    Object.assign(real.prototype, { set, slice });
    subtle.deriveBits = deriveBits;
  }
};
