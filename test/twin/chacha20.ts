// ChaCha20 and HChaCha20 as the standards write them, on an array of sixteen words.

type State = Uint32Array;

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

/** RFC 8439 §2.1, on the words at a, b, c, d. */
export function quarterRound(state: State, a: number, b: number, c: number, d: number): void {
  const step = (to: number, from: number, mixed: number, bits: number): void => {
    state[to]! += state[from]!;
    state[mixed] = rotl(state[mixed]! ^ state[to]!, bits);
  };
  step(a, b, d, 16);
  step(c, d, b, 12);
  step(a, b, d, 8);
  step(c, d, b, 7);
}

/** RFC 8439 §2.3.1: ten times four column rounds and four diagonal rounds. */
function rounds(state: State): void {
  for (let i = 0; i < 10; i++) {
    quarterRound(state, 0, 4, 8, 12);
    quarterRound(state, 1, 5, 9, 13);
    quarterRound(state, 2, 6, 10, 14);
    quarterRound(state, 3, 7, 11, 15);
    quarterRound(state, 0, 5, 10, 15);
    quarterRound(state, 1, 6, 11, 12);
    quarterRound(state, 2, 7, 8, 13);
    quarterRound(state, 3, 4, 9, 14);
  }
}

function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

function bytesOf(words: Iterable<number>): Uint8Array {
  const list = [...words];
  const view = new DataView(new ArrayBuffer(4 * list.length));
  list.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  return new Uint8Array(view.buffer);
}

const CONSTANTS = wordsOf(new TextEncoder().encode("expand 32-byte k"));

/** RFC 8439 §2.3: 64 bytes of key stream. `key` 32 bytes, `nonce` 12. */
export function chacha20Block(key: Uint8Array, counter: number, nonce: Uint8Array): Uint8Array {
  const initial = Uint32Array.from([...CONSTANTS, ...wordsOf(key), counter, ...wordsOf(nonce)]);
  const state = Uint32Array.from(initial);
  rounds(state);
  return bytesOf(state.map((word, i) => word + initial[i]!));
}

/** RFC 8439 §2.4: encrypts and decrypts. */
export function chacha20(key: Uint8Array, counter: number, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 64) {
    const stream = chacha20Block(key, counter + at / 64, nonce);
    for (let i = at; i < Math.min(at + 64, text.length); i++) out[i] = text[i]! ^ stream[i - at]!;
  }
  return out;
}

/** draft-irtf-cfrg-xchacha-03 §2.2: 32 bytes from `key` (32) and `nonce` (16): the first and the last row. */
export function hchacha20(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const state = Uint32Array.from([...CONSTANTS, ...wordsOf(key), ...wordsOf(nonce)]);
  rounds(state);
  return bytesOf([...state.subarray(0, 4), ...state.subarray(12, 16)]);
}
