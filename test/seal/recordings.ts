import { type Bytes, concat } from "../../src/base/index.ts";
import type { ByteSource } from "../../src/seal/index.ts";
import type { FrameChoices, TestStream } from "./camera.ts";
import { tinyShape } from "./camera.ts";

/** A file in memory that gives at most `most` bytes a read. */
export const sourceOf = (file: Uint8Array, most = Number.POSITIVE_INFINITY): ByteSource => ({
  size: file.length,
  read: async (offset, length) => file.subarray(offset, offset + Math.min(length, most)),
});

/** The items of a whole recording of this stream, in order: head, epoch, frames, end. */
export const itemsOf = async (
  stream: TestStream,
  frames = 6,
  choices: FrameChoices = { shape: tinyShape },
): Promise<Bytes[]> => {
  const items: Bytes[] = [stream.head, stream.epoch];
  for (let sequence = 0; sequence < frames; sequence += 1) items.push(await stream.seal(sequence, choices));
  return [...items, await stream.end(frames)];
};

/** Where each item of the file begins. */
export const offsetsOf = (items: readonly Uint8Array[]): number[] => {
  let at = 0;
  return items.map(({ length }) => {
    at += length;
    return at - length;
  });
};

export const fileOf = (items: readonly Uint8Array[]): Bytes => concat(...items);
