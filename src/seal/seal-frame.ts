import { type Bytes, type Sealed, signCose } from "../base/index.ts";
import { type ArraySensor, byteLength } from "../sensor/index.ts";
import { associatedData, encodeFrame, type FrameFields, signedPayload } from "./frame.ts";

/**
 * Seals the frame that lies captured in the sensor: encrypt, then hash, then sign (decision 2). The position in
 * `fields` must never have been used before; the caller claims it before its first `await`.
 */
export const sealFrame = async (
  sensor: ArraySensor,
  privateKey: CryptoKey,
  head: Bytes,
  fields: FrameFields,
): Promise<Sealed> => {
  const { tag, commitment } = sensor.seal(fields, associatedData(head, fields));
  const { root, leaves } = sensor.tree();
  const cipher = new Uint8Array(byteLength(fields.shape));
  sensor.takeCipher(cipher);
  const envelope = await signCose(
    privateKey,
    "frame",
    signedPayload(head, fields, { root, tag, commitment }),
  );
  return encodeFrame({ fields, tag, commitment, envelope, leaves, cipher });
};
