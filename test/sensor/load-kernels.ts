import { readFileSync } from "node:fs";

/** What the array sensor's wasm exports, with its areas as plain addresses. One instance has one memory. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly EPOCH_KEY: number;
  readonly FRAME_KEY: number;
  readonly DERIVE_NONCE: number;
  readonly TAG: number;
  readonly ROOT: number;
  readonly COMMITMENT: number;
  readonly DIGEST: number;
  readonly AD: number;
  readonly AD_CAPACITY: number;
  readonly LEAVES: number;
  readonly LEAVES_CAPACITY: number;
  readonly NUMBERS: number;
  readonly NUMBERS_CAPACITY: number;
  readonly POSITIONS: number;
  readonly FRAME: number;
  readonly SCRATCH: number;
  readonly SCRATCH_END: number;
  sha256(address: number, length: number): void;
  tileLeaves(format: number, width: number, height: number): number;
  pieceLeaves(length: number): number;
  treeRoot(count: number): void;
  hchacha20(): void;
  commit(): void;
  seal(adLength: number, length: number): void;
  open(adLength: number, length: number): number;
  sealWithNonce(adLength: number, length: number, n0: number, n1: number, n2: number): void;
  openWithNonce(adLength: number, length: number, n0: number, n1: number, n2: number): number;
  chacha20Xor(counter: number, n0: number, n1: number, n2: number, length: number): void;
  extremes(length: number, low: number, high: number): number;
  drawNumbers(length: number, count: number): void;
  noiseOnes(count: number): number;
  longestRepetition(count: number): number;
  highestProportion(count: number, window: number): number;
  wipe(address: number, length: number): void;
}

/** The module as `npm run build` leaves it. */
export const wasmBytes: Uint8Array<ArrayBuffer> = Uint8Array.from(
  readFileSync(new URL("../../build/array-sensor.wasm", import.meta.url)),
);
export const wasmModule: WebAssembly.Module = new WebAssembly.Module(wasmBytes);

/** Exports of an instance with every global replaced by its value as an unsigned number. */
export function plainExports(instance: WebAssembly.Instance): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(instance.exports).map(([name, value]) => [
      name,
      value instanceof WebAssembly.Global ? (value.value as number) >>> 0 : value,
    ]),
  );
}

/** A fresh instance, with memory zero but for the module's constants. */
export function loadKernels(): Kernels {
  return plainExports(new WebAssembly.Instance(wasmModule)) as unknown as Kernels;
}

/** Writes to the memory, growing it first where the bytes would not fit. */
export function write(kernels: Pick<Kernels, "memory">, address: number, bytes: Uint8Array): void {
  const missing = address + bytes.length - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / 65536));
  new Uint8Array(kernels.memory.buffer).set(bytes, address);
}

/** A copy of `length` bytes of the memory. */
export function read(
  kernels: Pick<Kernels, "memory">,
  address: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(kernels.memory.buffer as ArrayBuffer).slice(address, address + length);
}

/** A 12-byte nonce as the three words the kernels take. */
export function nonceWords(nonce: Uint8Array): [number, number, number] {
  const view = new DataView(nonce.buffer, nonce.byteOffset, 12);
  return [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
}
