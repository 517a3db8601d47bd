// A verifier of disclosed pictures written after src/seal/FORMAT.md [SD1] to [SD7] alone: Node's crypto, nothing of src. The keys are in the
// file, so it opens what it judges.
import { createDecipheriv } from "node:crypto";
import { Reader, Torn, written } from "./cbor.ts";
import { begin, type Frame, type Head, headOf, Refused, same, sha256, signedFrame } from "./items.ts";

export interface ToldDisclosed {
  readonly state: "ST0" | "ST1";
  readonly reasons: string[];
  readonly camera: string | null;
  readonly picture: { what: string; track: number; sequence: number; captured: number } | null;
  readonly frames: number;
  readonly readable: boolean;
  /** What every frame of the run holds, in order; nothing where anything is wrong but a camera that nobody vouches for. */
  readonly shown: Uint8Array[];
}

/** [SF13] to [SF28]: the names of the kinds, by their numbers. */
const names = ["raw", "key", "delta", "sound", "text", "image"];

/** The data items of a file: each whole one, then "torn" or "unreadable" where the rest is none. */
function* cut(file: Uint8Array): Generator<Uint8Array | "torn" | "unreadable", void, void> {
  for (let at = 0; at < file.length; ) {
    const reader = new Reader(file.subarray(at));
    try {
      reader.value();
    } catch (error) {
      yield error instanceof Torn ? "torn" : "unreadable";
      return;
    }
    yield file.subarray(at, at + reader.at);
    at += reader.at;
  }
}

/** What an item says it is [SF2]; 0 for what is none. */
const typeOf = (item: Uint8Array): number => {
  const [header = 0, type = 0] = item;
  if (header < 0x80 || header >= 0x98 || type > 6) return 0;
  return type === 6 && header !== 0x83 ? 0 : type;
};

/** [SD7] */
export const readsAsDisclosed = (file: Uint8Array): boolean => {
  let isFirst = true;
  for (const item of cut(file)) {
    if (typeof item === "string") return false;
    const type = typeOf(item);
    if (!isFirst && type !== 3) return type === 6;
    isFirst = false;
  }
  return false;
};

/** [SD1] [SD5]: the frames, and the item with their keys. */
const whole = (file: Uint8Array): { frames: Uint8Array[]; keys: Uint8Array } => {
  if (file.length > 67_108_864) throw new Refused("malformed");
  const frames: Uint8Array[] = [];
  let keys: Uint8Array | null = null;
  let isFirst = true;
  for (const item of cut(file)) {
    if (keys) throw new Refused("ended");
    if (item === "torn") break;
    if (item === "unreadable") throw new Refused("malformed");
    const type = typeOf(item);
    if (isFirst) isFirst = false;
    else if (type === 6) keys = item;
    else if (type === 0 || (type === 3 && frames.length === 600)) throw new Refused("malformed");
    else if (type !== 3) throw new Refused("splice");
    else frames.push(item);
  }
  if (!keys) throw new Refused("incomplete");
  return { frames, keys };
};

/** [SD2] */
const isRun = (frames: readonly Frame[]): boolean => {
  const [first, ...rest] = frames;
  if (!first) return false;
  if (rest.length === 0) return names[first.kind] !== "delta";
  if (names[first.kind] !== "key" || names[rest.at(-1)?.kind ?? 0] !== "delta") return false;
  return rest.every(({ kind, track, sequence, epoch, after }, at) => {
    if (track !== first.track || sequence !== first.sequence + at + 1) return false;
    if (epoch < (frames[at] as Frame).epoch) return false;
    return names[kind] === "image" || (names[kind] === "delta" && after === at + 1);
  });
};

/** [SD3] */
const keysOf = (item: Uint8Array): Uint8Array[] => {
  const fields = begin(item);
  const list = fields.array();
  fields.done();
  const keys: Uint8Array[] = [];
  while (!list.isEmpty) keys.push(list.bytes(32));
  if (keys.length < 1 || keys.length > 600) throw new Refused("malformed");
  return keys;
};

/** [SF14] */
const opened = ({ hash }: Head, frame: Frame, key: Uint8Array): Uint8Array => {
  if (!same(sha256(Buffer.concat([Buffer.from("commit"), key])), frame.commitment))
    throw new Refused("commitment");
  const cipher = createDecipheriv("chacha20-poly1305", key, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAAD(written([1, hash, ...frame.described]), { plaintextLength: frame.cipher.length });
  cipher.setAuthTag(frame.tag);
  const plain = cipher.update(frame.cipher);
  try {
    cipher.final();
  } catch {
    throw new Refused("tag");
  }
  // [SF28]
  if (names[frame.kind] === "text" && !same(Buffer.from(plain.toString("utf8")), plain))
    throw new Refused("malformed");
  return new Uint8Array(plain);
};

/** The verdict of who has the file and, perhaps, a camera number (52 base32 characters). */
export const verifyDisclosed = (file: Uint8Array, number: string | null): ToldDisclosed => {
  const reasons: string[] = [];
  let head: Head | null = null;
  let picture: ToldDisclosed["picture"] = null;
  let [frames, readable] = [0, false];
  let shown: Uint8Array[] = [];
  try {
    const [first] = cut(file);
    if (first === undefined || typeof first === "string" || typeOf(first) !== 1) throw new Refused("head");
    readable = true;
    head = headOf(first);
    const camera = head;
    if (number === null) reasons.push("camera-unknown");
    else if (number !== camera.number) reasons.push("number");
    // [SD4]
    const { frames: items, keys } = whole(file);
    const run = items.map((item) => signedFrame(camera, item));
    if (!isRun(run)) throw new Refused("sequence");
    const { kind, track, sequence, captured } = run.at(-1) as Frame;
    picture = { what: names[kind] as string, track, sequence, captured };
    const list = keysOf(keys);
    if (list.length !== run.length) throw new Refused("no-key");
    const plain = run.map((frame, at) => opened(camera, frame, list[at] as Uint8Array));
    frames = run.length;
    if (!reasons.includes("number")) shown = plain;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    reasons.push(error.reason);
  }
  const state = head && number !== null && reasons.length === 0 ? "ST1" : "ST0";
  return { state, reasons, camera: head?.number ?? null, picture, frames, readable, shown };
};
