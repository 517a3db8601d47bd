/** A constant the module exports, such as an address: `assembly/layout.ts` is the one place that knows it. */
type Constant = Readonly<WebAssembly.Global<"i32">>;

/** The exports of `build/array-sensor.wasm` that the app uses. Addresses and lengths in bytes. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly EPOCH_KEY: Constant;
  readonly FRAME_KEY: Constant;
  readonly DERIVE_NONCE: Constant;
  readonly TAG: Constant;
  readonly ROOT: Constant;
  readonly COMMITMENT: Constant;
  readonly DIGEST: Constant;
  readonly AD: Constant;
  readonly AD_CAPACITY: Constant;
  readonly LEAVES: Constant;
  readonly LEAVES_CAPACITY: Constant;
  readonly NUMBERS: Constant;
  readonly NUMBERS_CAPACITY: Constant;
  readonly POSITIONS: Constant;
  readonly FRAME: Constant;
  /** → DIGEST */
  readonly sha256: (address: number, length: number) => void;
  /** FRAME → LEAVES; gives their count. Format 0 is I420, 1 is NV12. */
  readonly tileLeaves: (format: number, width: number, height: number) => number;
  /** The first `length` bytes at FRAME, in pieces of 16384 → LEAVES; gives their count. */
  readonly pieceLeaves: (length: number) => number;
  /** LEAVES → ROOT */
  readonly treeRoot: (count: number) => void;
  /** EPOCH_KEY, DERIVE_NONCE → FRAME_KEY */
  readonly hchacha20: () => void;
  /** FRAME_KEY → COMMITMENT */
  readonly commit: () => void;
  /** FRAME encrypted in place, tag → TAG */
  readonly seal: (adLength: number, length: number) => void;
  /** 1 and FRAME decrypted in place, or 0 and FRAME untouched */
  readonly open: (adLength: number, length: number) => number;
  /** RFC 8439 §2.8 with a nonce of one's own, as three words: for published vectors alone, frames have their keys. */
  readonly sealWithNonce: (adLength: number, length: number, n0: number, n1: number, n2: number) => void;
  readonly openWithNonce: (adLength: number, length: number, n0: number, n1: number, n2: number) => number;
  /** FRAME XORed with FRAME_KEY's stream from block `counter` on, the nonce as three words: no tag is made or looked at. */
  readonly chacha20Xor: (
    counter: number,
    nonce0: number,
    nonce1: number,
    nonce2: number,
    length: number,
  ) => void;
  /** How many of the first `length` bytes at FRAME are at most `low` or at least `high`. */
  readonly extremes: (length: number, low: number, high: number) => number;
  /** `count` of the first `length` bytes at FRAME, at the positions that POSITIONS (a word each, erased) choose → NUMBERS */
  readonly drawNumbers: (length: number, count: number) => void;
  /** Of the lowest bits of the first `count` NUMBERS: how many are 1, the longest run, the highest count of a window's first. */
  readonly noiseOnes: (count: number) => number;
  readonly longestRepetition: (count: number) => number;
  readonly highestProportion: (count: number, window: number) => number;
  readonly wipe: (address: number, length: number) => void;
}

/** A fresh instance with a memory of its own. The module imports nothing. */
export const instantiate = async (module: WebAssembly.Module): Promise<Kernels> =>
  (await WebAssembly.instantiate(module, {})).exports as unknown as Kernels;

/** Fetches and compiles the module that was built beside the app. */
export const compileKernels = (): Promise<WebAssembly.Module> =>
  WebAssembly.compileStreaming(fetch(new URL("../../build/array-sensor.wasm", import.meta.url)));
