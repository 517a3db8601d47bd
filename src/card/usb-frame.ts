import { type Bytes, Fault, utf8 } from "../base/index.ts";
import type { CardFault } from "./fault.ts";

/** USB.md: what a device can be asked. */
export const usbCommands = { hello: 1, list: 2, read: 3, begin: 4, data: 5, commit: 6, remove: 7 } as const;
/** [CU4] */
export const usbStatus = { done: 0, unknown: 1, none: 2, full: 3, order: 4, digest: 5 } as const;
/** [CU2] The frame before its payload; the longest payload; the most bytes of a file in one. bytes */
export const USB_HEADER = 10;
export const USB_PAYLOAD = 4352;
export const USB_CHUNK = 4096;

/** [CU2] 53 43 | version | command | sequence, 2 | length, 4 | payload */
export function encodeUsbFrame(command: number, sequence: number, payload: Uint8Array): Bytes {
  const frame = new Uint8Array(USB_HEADER + payload.length);
  const view = new DataView(frame.buffer);
  frame.set([0x53, 0x43, 1, command]);
  view.setUint16(4, sequence, true);
  view.setUint32(6, payload.length, true);
  frame.set(payload, USB_HEADER);
  return frame;
}

/** [CU2] What a header announces. Fault "medium-foreign" for everything that is none. */
export function decodeUsbHeader(header: Uint8Array): { command: number; sequence: number; length: number } {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const length = view.getUint32(6, true);
  if (header[0] !== 0x53 || header[1] !== 0x43 || header[2] !== 1 || length > USB_PAYLOAD)
    throw foreign("frame");
  return { command: header[3] as number, sequence: view.getUint16(4, true), length };
}

/** A byte of length and the name. Throws RangeError beyond 200 bytes. */
export function usbName(name: string): Bytes {
  const bytes = utf8(name);
  if (bytes.length < 1 || bytes.length > 200) throw new RangeError('"name" expected 1 to 200 bytes');
  return Uint8Array.of(bytes.length, ...bytes);
}

export function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** Not a card device, or not of this protocol; `why` is for logs and tests. */
export function foreign(why: string): Fault<CardFault> {
  return new Fault("medium-foreign", { why });
}
