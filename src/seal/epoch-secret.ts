import { type Bytes, decodeCbor, encodeCbor, Fault } from "../base/index.ts";
import { FieldReader, type SealFault } from "./fields.ts";

/** What the wrap of an epoch holds [SF10]: relays never see it. */
export interface EpochSecret {
  /** 32 bytes; every frame key of the epoch comes from it. */
  readonly secret: Bytes;
  /** The capture device's own label. */
  readonly label: string;
}

export const maxLabel = 200;

export const encodeEpochSecret = ({ secret, label }: EpochSecret): Bytes =>
  encodeCbor([secret, label.slice(0, maxLabel).toWellFormed()]);

export const decodeEpochSecret = (bytes: Uint8Array): EpochSecret => {
  let fields: FieldReader;
  try {
    fields = new FieldReader(decodeCbor(bytes, { depth: 2, length: 1024 }));
  } catch (cause) {
    throw new Fault<SealFault>("malformed", { field: "secret" }, { cause });
  }
  const opened = { secret: fields.bytes("secret", 32), label: fields.text("label", maxLabel) };
  fields.done();
  return opened;
};
