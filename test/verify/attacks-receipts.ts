import {
  type Bytes,
  concat,
  encodeCbor,
  fromHex,
  generateSigningKey,
  type SigningKey,
} from "../../src/base/index.ts";
import { decodeFrame, signReceipt, spanOf } from "../../src/seal/index.ts";
import { edited, flipped } from "../seal/bytes.ts";
import { itemsOf } from "../seal/recordings.ts";
import { type Attack, type AttackGroup, attack, begin, camera, items, shape } from "./attack.ts";

// A server's receipts, which stand in stored recordings alone. Who views a stream gets none from a camera: whatever claims to be one is malformed.

export const server = await generateSigningKey();
const otherServer = await generateSigningKey();

/** A receipt about these frames of this stream. */
export const receiptFor = async (
  frames: readonly Uint8Array[],
  time: number,
  { hash, by = server }: { hash: Bytes; by?: SigningKey } = camera,
): Promise<Bytes> => {
  const span = await spanOf(frames.map((item) => decodeFrame(item).envelope));
  if (!span) throw new RangeError("no receipt can be about these");
  return signReceipt(by, hash, span, time);
};

const [head, epoch, f0, f1, f2, f3, end] = items as [
  ...[Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array],
];
const early = await receiptFor([f0, f1], 20_000);
const late = await receiptFor([f2, f3], 30_000);

const other = await begin(7);
const anothers = await receiptFor((await itemsOf(other, 2, { shape })).slice(2, 4), 20_000, other);

/** Head and announcement, then these. */
const stored = (name: string, rest: readonly Uint8Array[], outcome: string, live = "malformed"): Attack =>
  attack(name, [head, epoch, ...rest], [live, outcome, outcome]);
const by = (by: SigningKey) => ({ hash: camera.hash, by });
/** A key of order 1, with which one signature fits whatever is signed. */
const weak = encodeCbor([
  ...[7, 1, 20_000, concat(new Uint8Array([1]), new Uint8Array(31))],
  concat(fromHex("8443a10132a0f65840"), new Uint8Array([1]), new Uint8Array(63)),
]);

export const receipts: AttackGroup = {
  title: "A server's receipts",
  attacks: [
    stored("receipts where they belong", [f0, f1, early, f2, f3, late, end], "ST1"),
    stored(
      "receipts of two servers",
      [f0, f1, early, f2, f3, await receiptFor([f2, f3], 10, by(otherServer)), end],
      "ST1",
    ),
    stored("all receipts left out", [f0, f1, f2, f3, end], "ST1", "ST1"),
    stored("the first receipt left out", [f0, f1, f2, f3, late, end], "receipt"),
    stored("a receipt twice", [f0, f1, early, early, f2, f3, late, end], "receipt"),
    stored("a receipt moved forward", [f0, early, f1, f2, f3, end], "receipt"),
    stored("a receipt moved back", [f0, f1, f2, early, f3, end], "receipt"),
    stored("two receipts exchanged", [f0, f1, late, f2, f3, early, end], "receipt"),
    stored("a receipt before any frame", [early, f0, f1, f2, f3, end], "receipt"),
    stored("a frame left out before a receipt", [f1, early, f2, f3, late, end], "receipt"),
    stored(
      "a frame changed before a receipt",
      [f0, flipped(f1, f1.length - 1), early, f2, f3, late, end],
      "tree, receipt",
      "tree",
    ),
    stored(
      "a frame added before a receipt",
      [f0, f1, early, f2, f3, await camera.seal(4, { shape }), late, end],
      "receipt, sequence",
    ),
    stored("a receipt behind the end", [f0, f1, early, f2, f3, end, late], "ended"),
    stored("another stream's receipt", [f0, f1, anothers, f2, f3, end], "receipt"),
    stored(
      "a receipt whose time was changed",
      [f0, f1, edited(early, (fields) => fields.splice(2, 1, 10_000)), f2, f3, end],
      "receipt",
    ),
    stored(
      "a receipt under another server's key",
      [f0, f1, edited(early, (fields) => fields.splice(3, 1, otherServer.publicKey)), f2, f3, end],
      "receipt",
    ),
    stored(
      "a bit of a receipt's signature",
      [f0, f1, flipped(early, early.length - 1), f2, f3, end],
      "receipt",
    ),
    ...(
      [
        ["type", 1, "malformed"],
        ["version", 2, "version"],
        ["time", 5, "receipt"],
        ["key", 39, "receipt"],
      ] as const
    ).map(([field, at, outcome]) =>
      stored(`a bit of a receipt's ${field}`, [f0, f1, flipped(early, at), f2, f3, end], outcome),
    ),
    stored("a receipt by a key of low order", [f0, f1, weak, f2, f3, end], "receipt"),
    stored(
      "a server's time that runs back",
      [f0, f1, early, f2, f3, await receiptFor([f2, f3], 19_999), end],
      "receipt",
    ),
    stored(
      "a receipt of a later version",
      [f0, f1, edited(early, (fields) => fields.splice(1, 1, 2)), f2, f3, end],
      "version",
    ),
    stored(
      "a receipt with a field too many",
      [f0, f1, edited(early, (fields) => fields.push(0)), f2, f3, end],
      "malformed",
    ),
  ],
};
