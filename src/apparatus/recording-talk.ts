import { type Bytes, decodeCbor, encodeCbor } from "../base/index.ts";

/** A recording that a camera made of itself and has on its device. */
export interface OnCamera {
  /** Which one: when it was begun, by the camera's clock, ms. */
  readonly begun: number;
  readonly bytes: number;
  readonly isWriting: boolean;
}

/** What of a recording is read: its sealed bytes, or the index beside it. A code never changes its place. */
export const recordingParts = ["recording", "index"] as const;
export type RecordingPart = (typeof recordingParts)[number];

/** What a viewer asks for [RC1]. `id`: u32, its own choice, which comes with the answer. */
export type RecordingAsk =
  | { readonly kind: "recordings"; readonly id: number }
  | ({ readonly kind: "piece"; readonly id: number; readonly begun: number } & PieceOf);

export interface PieceOf {
  readonly part: RecordingPart;
  readonly offset: number;
  /** 1 to `maxPiece`. */
  readonly length: number;
}

/** What a camera answers. */
export type RecordingAnswer =
  | { readonly kind: "recordings"; readonly id: number; readonly recordings: readonly OnCamera[] }
  | { readonly kind: "piece"; readonly id: number; readonly bytes: Bytes }
  /** It is not there, or cannot be read. */
  | { readonly kind: "none"; readonly id: number };

/** The longest piece: with what stands around it, one talk. bytes */
export const maxPiece = 15 * 1024;
/** Recordings that are listed, the newest. */
export const mostListed = 200;
const maxTalk = 16 * 1024;

// ["recordings", id] · ["piece", id, begun, part, offset, length]
export const encodeAsk = (ask: RecordingAsk): Bytes => {
  if (ask.kind === "recordings") return encodeCbor([ask.kind, ask.id]);
  const { kind, id, begun, part, offset, length } = ask;
  return encodeCbor([kind, id, begun, recordingParts.indexOf(part), offset, length]);
};

/** null: nothing that is asked for here. */
export const decodeAsk = (bytes: Uint8Array): RecordingAsk | null => {
  const [kind, id, ...content] = arrayIn(bytes, 1, 64);
  if (!isId(id)) return null;
  if (kind === "recordings" && content.length === 0) return { kind, id };
  const [begun, at, offset, length] = content;
  if (kind !== "piece" || content.length !== 4 || !isCount(begun) || !isCount(offset)) return null;
  const part = isCount(at) ? recordingParts[at] : undefined;
  if (part === undefined || !isCount(length) || length < 1 || length > maxPiece) return null;
  return { kind, id, begun, part, offset, length };
};

// ["recordings", id, [[begun, bytes, is being written], …]] · ["piece", id, bytes] · ["none", id]
export const encodeAnswer = (answer: RecordingAnswer): Bytes => {
  const { kind, id } = answer;
  switch (answer.kind) {
    case "recordings":
      return encodeCbor([kind, id, answer.recordings.map((one) => [one.begun, one.bytes, one.isWriting])]);
    case "piece":
      return encodeCbor([kind, id, answer.bytes]);
    case "none":
      return encodeCbor([kind, id]);
  }
};

/** null: no answer. */
export const decodeAnswer = (bytes: Uint8Array): RecordingAnswer | null => {
  const [kind, id, content, ...more] = arrayIn(bytes, 3, maxTalk);
  if (!isId(id) || more.length > 0) return null;
  if (kind === "none" && content === undefined) return { kind, id };
  if (kind === "piece" && content instanceof Uint8Array && content.length <= maxPiece)
    return { kind, id, bytes: content as Bytes };
  if (kind !== "recordings" || !Array.isArray(content) || content.length > mostListed) return null;
  const recordings = content.map(onCameraOf);
  return recordings.every((one) => one !== null) ? { kind, id, recordings } : null;
};

const onCameraOf = (value: unknown): OnCamera | null => {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [begun, bytes, isWriting] = value;
  return isCount(begun) && isCount(bytes) && typeof isWriting === "boolean"
    ? { begun, bytes, isWriting }
    : null;
};

const arrayIn = (bytes: Uint8Array, depth: number, length: number): readonly unknown[] => {
  try {
    const value = decodeCbor(bytes, { depth, length });
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isId = (value: unknown): value is number => isCount(value) && value <= 0xffff_ffff;
