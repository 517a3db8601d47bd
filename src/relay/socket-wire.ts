import { type Bytes, Fault } from "../base/index.ts";

/**
 * One binary message on a socket to a room, either way:
 *
 *   message     0, CBOR of a PeerMessage or a RelayMessage          at most 8 KiB
 *   data        1, channel u32, 1 to 65 536 bytes
 *   taken       2, channel u32, total u64: bytes of `data` taken on this channel since its beginning
 *   closed      3, channel u32: this end of the channel is closed, or the other one is gone
 *   introduced  4, channel u32, CBOR of an Introduced message       relay → peer only
 *   mark        5, number u32: the peer says it again, which shows that it has read what came before
 *
 * Integers are big-endian. `wire` is the CBOR, not read yet.
 */
export type SocketFrame =
  | { readonly kind: "message"; readonly wire: Bytes }
  | { readonly kind: "data"; readonly channel: number; readonly bytes: Bytes }
  | { readonly kind: "taken"; readonly channel: number; readonly total: number }
  | { readonly kind: "closed"; readonly channel: number }
  | { readonly kind: "introduced"; readonly channel: number; readonly wire: Bytes }
  | { readonly kind: "mark"; readonly number: number };

/** Bytes of one `data`, at most. */
export const MAX_DATA = 64 * 1024;
/** Bytes of one message on a socket, at most. */
export const MAX_FRAME = 5 + MAX_DATA;
/** Data that may be under way on one direction of a channel before the relay closes it. Bytes */
export const MAX_UNDER_WAY = 8 * 1024 * 1024;
/** Channels of one room, at most: a camera has no more viewers than that at a time. */
export const MAX_CHANNELS = 64;

const MAX_WIRE = 8 * 1024;
const types = ["message", "data", "taken", "closed", "introduced", "mark"] as const;

/** Throws RangeError on what no reader would take. */
export function encodeFrame(frame: SocketFrame): Bytes {
  const type = types.indexOf(frame.kind);
  switch (frame.kind) {
    case "message":
      return framed(1, type, null, within("wire", frame.wire, MAX_WIRE));
    case "introduced":
      return framed(5, type, frame.channel, within("wire", frame.wire, MAX_WIRE));
    case "data":
      return framed(5, type, frame.channel, within("bytes", frame.bytes, MAX_DATA));
    case "closed":
      return framed(5, type, frame.channel, new Uint8Array());
    case "mark":
      return framed(5, type, frame.number, new Uint8Array());
    case "taken": {
      const total = new Uint8Array(8);
      new DataView(total.buffer).setBigUint64(0, BigInt(frame.total));
      return framed(5, type, frame.channel, total);
    }
  }
}

/** Reads a message of a socket; `bytes` and `wire` are views of it. Fault "socket" for anything else. */
export function decodeFrame(bytes: Bytes): SocketFrame {
  const [type = -1] = bytes;
  const kind = types[type];
  if (kind === undefined) throw new Fault("socket", { why: "type" });
  if (kind === "message") return { kind, wire: content(bytes, 1, 1, MAX_WIRE) };
  if (bytes.length < 5) throw new Fault("socket", { why: "short" });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const channel = view.getUint32(1);
  switch (kind) {
    case "introduced":
      return { kind, channel, wire: content(bytes, 5, 1, MAX_WIRE) };
    case "data":
      return { kind, channel, bytes: content(bytes, 5, 1, MAX_DATA) };
    case "closed":
      content(bytes, 5, 0, 0);
      return { kind, channel };
    case "mark":
      content(bytes, 5, 0, 0);
      return { kind, number: channel };
    case "taken": {
      content(bytes, 5, 8, 8);
      const total = Number(view.getBigUint64(5));
      if (!Number.isSafeInteger(total)) throw new Fault("socket", { why: "total" });
      return { kind, channel, total };
    }
  }
}

function framed(at: number, type: number, channel: number | null, bytes: Bytes): Bytes {
  const frame = new Uint8Array(at + bytes.length);
  frame[0] = type;
  if (channel !== null) new DataView(frame.buffer).setUint32(1, channel);
  frame.set(bytes, at);
  return frame;
}

function within(name: string, bytes: Bytes, most: number): Bytes {
  if (bytes.length < 1 || bytes.length > most)
    throw new RangeError(`"${name}" expected 1 to ${most} bytes, got ${bytes.length}`);
  return bytes;
}

function content(bytes: Bytes, from: number, least: number, most: number): Bytes {
  const length = bytes.length - from;
  if (length < least || length > most) throw new Fault("socket", { why: "length" });
  return bytes.subarray(from);
}
