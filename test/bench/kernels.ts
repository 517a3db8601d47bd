import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { instantiate, type Kernels } from "../../src/sensor/index.ts";

/** One contender: what it does to one 720p I420 frame. */
interface Contender {
  readonly name: string;
  run(): unknown;
}

/** A race over one frame: ours first, then the peers. */
interface Race {
  readonly name: string;
  readonly contenders: readonly Contender[];
}

const width = 1280;
const height = 720;
const length = (width * height * 3) / 2;

const races = (kernels: Kernels, frame: Uint8Array<ArrayBuffer>, aesKey: CryptoKey): Race[] => {
  const { FRAME, memory } = kernels;
  new Uint8Array(memory.buffer, FRAME.value, length).set(frame);
  const key = new Uint8Array(32).fill(7);
  const zero = new Uint8Array(12);
  const piece = 16 * 1024;
  return [
    {
      name: "tile tree (SHA-256) of a 720p frame",
      contenders: [
        { name: "ours", run: () => kernels.treeRoot(kernels.tileLeaves(0, width, height)) },
        { name: "@noble/hashes sha256, whole frame", run: () => sha256(frame) },
        { name: "crypto.subtle digest, whole frame", run: () => crypto.subtle.digest("SHA-256", frame) },
        {
          name: "crypto.subtle digest, pieces in parallel",
          run: () =>
            Promise.all(
              Array.from({ length: Math.ceil(length / piece) }, (_, at) =>
                crypto.subtle.digest("SHA-256", frame.subarray(at * piece, (at + 1) * piece)),
              ),
            ),
        },
      ],
    },
    {
      name: "ChaCha20-Poly1305 seal of a 720p frame",
      contenders: [
        { name: "ours", run: () => kernels.seal(0, length) },
        { name: "@noble/ciphers chacha20poly1305", run: () => chacha20poly1305(key, zero).encrypt(frame) },
        {
          name: "crypto.subtle AES-256-GCM",
          run: () => crypto.subtle.encrypt({ name: "AES-GCM", iv: zero }, aesKey, frame),
        },
      ],
    },
  ];
};

const rounds = 15;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Median ms per frame of every contender, run by turns so that a noisy moment hits all alike. */
export const measure = async (
  wasm: Uint8Array<ArrayBuffer>,
): Promise<Record<string, Record<string, number>>> => {
  const kernels = await instantiate(await WebAssembly.compile(wasm));
  kernels.memory.grow(Math.ceil(length / 65536));
  const frame = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(frame.subarray(at, at + 65536));
  const aesKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const figures: Record<string, Record<string, number>> = {};
  for (const { name, contenders } of races(kernels, frame, aesKey)) {
    const times = new Map(contenders.map((contender) => [contender, [] as number[]]));
    for (let round = -3; round < rounds; round += 1) {
      for (const contender of contenders) {
        const start = performance.now();
        await contender.run();
        if (round >= 0) times.get(contender)?.push(performance.now() - start);
      }
    }
    figures[name] = Object.fromEntries([...times].map(([contender, all]) => [contender.name, median(all)]));
  }
  return figures;
};
