// A scan of bytes for what must not lie in them. Addresses mean nothing to it: whatever kernels are added, it reads all there is.

/** Something that must not be found, under a name for who reads the failure. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How many bytes in a row are a trace: 8, or, of what is short, 4, since kernels hold it in words. */
  readonly run?: 4 | 8;
}

/** Words may lie in either order: kernels of SHA-256 turn them. */
const turned = (bytes: Uint8Array): Uint8Array => {
  const own = bytes.slice(0, bytes.length & ~3);
  const view = new DataView(own.buffer);
  for (let at = 0; at < own.length; at += 4) view.setUint32(at, view.getUint32(at), true);
  return own;
};

/** A run that says nothing: all of one byte. */
const isPlain = (run: Uint8Array): boolean => run.every((byte) => byte === run[0]);

/** Looks through bytes; `except`: address and length of areas that may hold any secret. */
export type Scan = (bytes: Uint8Array, except?: readonly (readonly [number, number])[]) => string[];

/** A scan for these secrets: gives where runs of them begin, as "name@address", the first few. Runs of one byte repeated are no trace. */
export const scanFor = (secrets: readonly Secret[]): Scan => {
  // The first four bytes of each run → what may begin there; and in front of it a sieve that nearly everything fails.
  const sieve = new Uint8Array(1 << 16);
  const runs = new Map<number, { name: string; run: Uint8Array }[]>();
  for (const { name, bytes: secret, run: length = 8 } of secrets)
    for (const form of length === 4 ? [secret, turned(secret)] : [secret])
      for (let at = 0; at + length <= form.length; at += 1) {
        const run = form.subarray(at, at + length);
        if (isPlain(run)) continue;
        const word = new DataView(run.buffer, run.byteOffset, 4).getUint32(0, true);
        sieve[word & 0xffff] = 1;
        const there = runs.get(word);
        if (there) there.push({ name, run });
        else runs.set(word, [{ name, run }]);
      }
  return (bytes, except = []) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const found: string[] = [];
    for (let at = 0; at + 4 <= bytes.length && found.length < 8; at += 1) {
      const word = view.getUint32(at, true);
      if (word === 0 || sieve[word & 0xffff] === 0) continue;
      for (const { name, run } of runs.get(word) ?? []) {
        const isAllowed = except.some(([start, length]) => at >= start && at + run.length <= start + length);
        const isThere = run.every((byte, i) => bytes[at + i] === byte);
        if (isThere && !isAllowed) found.push(`${name}@0x${at.toString(16)}`);
      }
    }
    return found;
  };
};

/** One scan for these secrets. */
export const traces = (bytes: Uint8Array, secrets: readonly Secret[]): string[] => scanFor(secrets)(bytes);
