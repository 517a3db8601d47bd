import type { Bytes } from "../base/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { associatedData, type FrameItem } from "./frame.ts";

/**
 * Opens the frame that lies received in `sensor`, which must be `frame`'s cipher text and must have been checked. The epoch's
 * key is set on the sensor. Says which check refused it, in which case nothing was decrypted.
 */
export const openFrame = (
  sensor: ArraySensor,
  head: Bytes,
  { fields, tag, commitment }: FrameItem,
): "opened" | "commitment" | "tag" => sensor.open(fields, associatedData(head, fields), { tag, commitment });
