import { asSealed, type Bytes, type CborValue, encodeCbor, Fault, type Sealed } from "../base/index.ts";
import {
  byteLength,
  type ColorSpace,
  maxSide,
  type PixelFormat,
  type Position,
  type Shape,
  strides,
  tileCount,
  tileHeight,
  tileWidth,
} from "../sensor/index.ts";
import { envelopeLength, type FieldReader, itemType, readItem, type SealFault, version } from "./fields.ts";

/** Kinds of picture. Coded kinds get numbers of their own; this version has raw pixels alone [SF13]. */
export const frameKind = { raw: 0 } as const;

/** What a frame says about itself: signed, and bound into the cipher as associated data. */
export interface FrameFields extends Position {
  /** Camera clock, ms since the epoch. */
  readonly captured: number;
  readonly shape: Shape;
  readonly colorSpace: ColorSpace;
}

/** A frame as it travels, decoded but not judged. */
export interface FrameItem {
  readonly fields: FrameFields;
  readonly tag: Bytes;
  readonly commitment: Bytes;
  readonly envelope: Bytes;
  /** 32 bytes a tile, row-major: lets a reader say which tiles were changed. */
  readonly leaves: Bytes;
  readonly cipher: Bytes;
}

const described = ({ epoch, track, sequence, captured, shape, colorSpace }: FrameFields): CborValue[] => [
  ...[track, sequence, epoch, captured, frameKind.raw, shape.format, [shape.width, shape.height]],
  strides(shape),
  [colorSpace.primaries, colorSpace.transfer, colorSpace.matrix, colorSpace.fullRange],
  [tileWidth, tileHeight],
];

/** Associated data [SF14]: every signed field but root, tag and commitment. */
export const associatedData = (head: Bytes, fields: FrameFields): Bytes =>
  encodeCbor([version, head, ...described(fields)]);

/** What the camera signs for one frame [SF15]: the associated data's fields, then root, tag and commitment. */
export const signedPayload = (
  head: Bytes,
  fields: FrameFields,
  proof: { readonly root: Uint8Array; readonly tag: Uint8Array; readonly commitment: Uint8Array },
): Bytes => encodeCbor([version, head, ...described(fields), proof.root, proof.tag, proof.commitment]);

/**
 * A frame on the wire [SF16]: [3, version, …described, tag, commitment, envelope, leaves, cipher]. Head hash and root
 * are signed but not sent: the reader has the one and recomputes the other.
 */
export const encodeFrame = (frame: FrameItem): Sealed => {
  const { fields, tag, commitment, envelope, leaves, cipher } = frame;
  const described_ = described(fields);
  return asSealed(
    encodeCbor([itemType.frame, version, ...described_, tag, commitment, envelope, leaves, cipher]),
  );
};

/** Strictly decodes a frame; faults "malformed" {field} and "version". Judges nothing. */
export const decodeFrame = (item: Uint8Array): FrameItem => {
  const { type, fields: reader } = readItem(item);
  if (type !== itemType.frame) throw new Fault<SealFault>("malformed", { field: "type" });
  const track = reader.integer("track", 0, 0xffffffff);
  const sequence = reader.integer("sequence");
  const epoch = reader.integer("epoch", 0, 0xffffffff);
  const captured = reader.integer("captured");
  reader.integer("kind", frameKind.raw, frameKind.raw);
  const shape = readShape(reader);
  const colorSpace = readColorSpace(reader.array("colorSpace"));
  mustBe(reader.array("tile"), "tile", [tileWidth, tileHeight]);
  const frame = {
    fields: { track, sequence, epoch, captured, shape, colorSpace },
    tag: reader.bytes("tag", 16),
    commitment: reader.bytes("commitment", 32),
    envelope: reader.bytes("envelope", envelopeLength),
    leaves: reader.bytes("leaves", 32 * tileCount(shape)),
    cipher: reader.bytes("cipher", byteLength(shape)),
  };
  reader.done();
  return frame;
};

const readShape = (reader: FieldReader): Shape => {
  const format = reader.oneOf<PixelFormat>("format", ["I420", "NV12"]);
  const size = reader.array("size");
  const shape = {
    format,
    width: size.integer("width", 1, maxSide),
    height: size.integer("height", 1, maxSide),
  };
  size.done();
  mustBe(reader.array("strides"), "strides", strides(shape));
  return shape;
};

const readColorSpace = (reader: FieldReader): ColorSpace => {
  const name = (field: string) => reader.nullable(() => reader.text(field, 32));
  const colorSpace = {
    primaries: name("primaries"),
    transfer: name("transfer"),
    matrix: name("matrix"),
    fullRange: reader.nullable(() => reader.boolean("fullRange")),
  };
  reader.done();
  return colorSpace;
};

/** Fields with one legal value in this version are sent all the same: a reader must not guess them. */
const mustBe = (reader: FieldReader, field: string, expected: readonly number[]): void => {
  for (const value of expected) reader.integer(field, value, value);
  reader.done();
};
