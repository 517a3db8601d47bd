import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { createSHA256 } from "hash-wasm";
import sodium from "libsodium-wrappers";
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
/** Native crypto wants to be asked; how much it is given at a time makes the difference, and its best way counts. */
const native = "crypto.subtle";
const ways = [
  { way: "whole frame", bytes: length },
  { way: "four parts at once", bytes: length / 4 },
  { way: "parts of 64 KiB at once", bytes: 65536 },
  { way: "parts of 16 KiB at once", bytes: 16384 },
  { way: "400 tiles at once", bytes: length / 400 },
];

/** One call for each part of `frame`, all of them at once. */
const inParts = (
  frame: Uint8Array<ArrayBuffer>,
  bytes: number,
  call: (part: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<ArrayBuffer[]> =>
  Promise.all(
    Array.from({ length: Math.ceil(length / bytes) }, (_, at) =>
      call(frame.subarray(at * bytes, (at + 1) * bytes)),
    ),
  );

const races = async (kernels: Kernels, frame: Uint8Array<ArrayBuffer>): Promise<Race[]> => {
  const { FRAME, FRAME_KEY, memory } = kernels;
  const own = new Uint8Array(memory.buffer as ArrayBuffer, FRAME.value, length);
  own.set(frame);
  const key = new Uint8Array(32).fill(7);
  new Uint8Array(memory.buffer, FRAME_KEY.value, 32).set(key);
  const [zero, none] = [new Uint8Array(12), new Uint8Array()];
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  const gcm = { name: "AES-GCM", iv: zero };
  const hash = await createSHA256();
  await sodium.ready;
  const sealed = chacha20poly1305(key, zero).encrypt(frame);
  const aesSealed = new Map<number, Uint8Array<ArrayBuffer>[]>();
  for (const { bytes } of ways)
    aesSealed.set(
      bytes,
      (await inParts(frame, bytes, (part) => crypto.subtle.encrypt(gcm, aes, part))).map(
        (part) => new Uint8Array(part),
      ),
    );
  return [
    {
      name: "tile tree (SHA-256) of a 720p frame",
      contenders: [
        { name: "ours", run: () => kernels.treeRoot(kernels.tileLeaves(0, width, height)) },
        { name: "hash-wasm SHA-256, whole frame", run: () => hash.init().update(frame).digest("binary") },
        { name: "@noble/hashes sha256, whole frame", run: () => sha256(frame) },
        ...ways.map(({ way, bytes }) => ({
          name: `${native} SHA-256, ${way}`,
          run: () => inParts(frame, bytes, (part) => crypto.subtle.digest("SHA-256", part)),
        })),
      ],
    },
    {
      name: "ChaCha20-Poly1305 seal of a 720p frame",
      contenders: [
        { name: "ours", run: () => kernels.seal(0, length) },
        {
          name: "libsodium-wrappers",
          run: () => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(frame, null, null, zero, key),
        },
        { name: "@noble/ciphers", run: () => chacha20poly1305(key, zero).encrypt(frame) },
        ...ways.map(({ way, bytes }) => ({
          name: `${native} AES-256-GCM, ${way}`,
          run: () => inParts(frame, bytes, (part) => crypto.subtle.encrypt(gcm, aes, part)),
        })),
      ],
    },
    {
      name: "ChaCha20-Poly1305 open of a 720p frame",
      contenders: [
        {
          name: "ours",
          run: () => {
            if (kernels.open(0, length) !== 1) throw new Error("the bench opens what was not sealed");
          },
        },
        {
          name: "libsodium-wrappers",
          run: () => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, none, zero, key),
        },
        { name: "@noble/ciphers", run: () => chacha20poly1305(key, zero).decrypt(sealed) },
        ...ways.map(({ way, bytes }) => ({
          name: `${native} AES-256-GCM, ${way}`,
          run: () =>
            Promise.all((aesSealed.get(bytes) ?? []).map((part) => crypto.subtle.decrypt(gcm, aes, part))),
        })),
      ],
    },
  ];
};

const rounds = 15;
const quartile = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 2] ?? Number.NaN;

/** Median ms per frame of every contender, run by turns so that a noisy moment hits all alike. */
export const measure = async (
  wasm: Uint8Array<ArrayBuffer>,
): Promise<Record<string, Record<string, number>>> => {
  const kernels = await instantiate(await WebAssembly.compile(wasm));
  kernels.memory.grow(Math.ceil(length / 65536));
  const frame = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(frame.subarray(at, at + 65536));
  const sealAgain = (): void => kernels.seal(0, length);
  const figures: Record<string, Record<string, number>> = {};
  for (const { name, contenders } of await races(kernels, frame)) {
    const times = new Map(contenders.map((contender) => [contender, [] as number[]]));
    for (let round = -10; round < rounds; round += 1) {
      for (const contender of contenders) {
        // Clocks here tick in 0.1 ms: several frames to a turn.
        let took = 0;
        for (let again = 0; again < 2; again += 1) {
          // Opened, a frame has to be sealed before it can be opened again.
          if (name.includes("open") && contender.name === "ours") sealAgain();
          const start = performance.now();
          await contender.run();
          took += performance.now() - start;
        }
        if (round >= 0) times.get(contender)?.push(took / 2);
      }
    }
    const medians = [...times].map(([contender, all]) => [contender.name, quartile(all)] as const);
    const best = Math.min(...medians.flatMap(([who, ms]) => (who.startsWith(native) ? [ms] : [])));
    figures[name] = Object.fromEntries([...medians, [`${native}, the best of its ways`, best]]);
  }
  return figures;
};
