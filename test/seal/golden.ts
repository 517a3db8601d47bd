import * as twin from "../twin/sealed-stream.ts";
import { pictureLength } from "../twin/tile-tree.ts";

/** test/vectors/sealed-v1.json: bytes in lower-case hex; items too long for that as their SHA-256. */
export interface SealedVectors {
  readonly given: Given;
  readonly made: ReturnType<typeof twinMakes>;
}

export interface GivenFrame {
  readonly epoch: number;
  readonly track: number;
  readonly sequence: number;
  readonly captured: number;
  readonly format: "I420" | "NV12";
  readonly width: number;
  readonly height: number;
  readonly colorSpace: readonly (string | boolean | null)[];
  /** Byte i of the pixels is (i · 31 + ⌊i / 128⌋ · 17 + pixels · 101) mod 256. */
  readonly pixels: number;
}

export interface Given {
  readonly seed: string;
  readonly head: { counter: number; previous: string | null; started: number; path: string };
  readonly epoch: { epoch: number; generation: number; light: string; wrap: string };
  /** What opens the wrap, and what is in it. */
  readonly identity: string;
  readonly secret: string;
  readonly label: string;
  readonly frames: readonly GivenFrame[];
  readonly end: { frames: number; ended: number };
  readonly freshness: { next: number; signed: number; nonces: readonly string[] };
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const unhex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "hex"));

export const givenPixels = ({ width, height, pixels }: GivenFrame): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    { length: pictureLength(width, height) },
    (_, i) => (i * 31 + Math.floor(i / 128) * 17 + pixels * 101) & 255,
  );

/** A long item is written as its hash. */
export const shortened = (item: Uint8Array): string =>
  item.length <= 1024 ? hex(item) : `sha256 ${hex(twin.sha256(item))} of ${item.length}`;

/** The whole stream as the twin makes it. */
export const twinMakes = (given: Given) => {
  const key = twin.keyOf(unhex(given.seed));
  const { counter, previous, started, path } = given.head;
  const before = previous === null ? null : unhex(previous);
  const head = twin.headOf(key, { counter, previous: before, started, path });
  const epochKey = twin.epochKeyOf(unhex(given.secret), head.hash);
  const { next, signed, nonces } = given.freshness;
  const frames = given.frames.map((one) => {
    const { format, width, height, ...fields } = one;
    const picture = { format, width, height, bytes: givenPixels(one) };
    const { item, ...parts } = twin.frameOf(key, head.hash, epochKey, { ...fields, picture });
    const named = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, hex(bytes)]));
    return { ...(named as Record<keyof typeof parts, string>), item: shortened(item) };
  });
  return {
    publicKey: hex(twin.publicKeyOf(key)),
    number: hex(twin.numberOf(twin.publicKeyOf(key))),
    head: hex(head.item),
    headHash: hex(head.hash),
    epoch: hex(twin.epochOf(key, head.hash, { ...given.epoch, wrap: unhex(given.epoch.wrap) })),
    epochKey: hex(epochKey),
    frames,
    end: hex(twin.endOf(key, head.hash, given.end)),
    freshness: twin.freshnessOf(key, head.hash, { next, signed }, nonces.map(unhex)).map(hex),
  };
};
