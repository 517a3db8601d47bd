import { drawBytes, drawInterval, SealedDrawing } from "../../src/apparatus/sealed-drawing.ts";
import { generateSigningKey, type Sealed } from "../../src/base/index.ts";
import { decodeFrame, sealFrame } from "../../src/seal/index.ts";
import { ArraySensor, byteLength, compileKernels, instantiate, type Shape } from "../../src/sensor/index.ts";
import { asCamera } from "../sensor/as-camera.ts";
import { check, found, same } from "../ui/bench.ts";

const kernels = compileKernels();
const shape: Shape = { format: "I420", width: 320, height: 180 };
const colorSpace = { primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", fullRange: false };

/** A picture that anybody would know again: smooth, and no byte of it random. */
const plain = Uint8Array.from({ length: byteLength(shape) }, (_, at) => 16 + ((at % shape.width) % 200));

/** Sealed by the real sensor. */
const seal = async (): Promise<Sealed> => {
  const sensor = new ArraySensor(await instantiate(await kernels));
  sensor.setEpochKey(crypto.getRandomValues(new Uint8Array(32)));
  const frame = new VideoFrame(plain, {
    ...{ format: shape.format, codedWidth: shape.width, codedHeight: shape.height, timestamp: 0 },
    colorSpace: colorSpace as VideoColorSpaceInit,
  });
  await sensor.capture(asCamera(frame));
  frame.close();
  const { privateKey } = await generateSigningKey();
  const at = { kind: "raw", epoch: 0, track: 0, sequence: 0, captured: 1795170600000 } as const;
  return sealFrame(sensor, privateKey, crypto.getRandomValues(new Uint8Array(32)), {
    ...at,
    shape,
    colorSpace,
  });
};

/** The bytes that the dots of a canvas are, as anybody reads them who sees it; `clear`: dots that nothing was drawn on. */
const bytesOn = (canvas: OffscreenCanvas): { bytes: Uint8Array; clear: number } => {
  const { data } = found(canvas.getContext("2d"), "context").getImageData(0, 0, canvas.width, canvas.height);
  const bytes: number[] = [];
  let clear = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) clear += 1;
    else bytes.push(data[at] as number, data[at + 1] as number, data[at + 2] as number);
  }
  return { bytes: Uint8Array.from(bytes), clear };
};

/** Whether so many bytes in a row of one stand in the other. */
const share = (one: Uint8Array, other: Uint8Array, length: number): boolean => {
  const key = (bytes: Uint8Array, at: number): string => bytes.subarray(at, at + length).join();
  const runs = new Set<string>();
  for (let at = 0; at + length <= one.length; at += length) runs.add(key(one, at));
  for (let at = 0; at + length <= other.length; at += 1) if (runs.has(key(other, at))) return true;
  return false;
};

describe("what the network sees, drawn", () => {
  it("is the sealed item, byte by byte, and nothing of the picture", async () => {
    const item = await seal();
    const copy = item.slice();
    const canvas = new OffscreenCanvas(1, 1);
    drawBytes(canvas, item, shape);
    const { bytes } = bytesOn(canvas);
    check(bytes.length - copy.length < 3, "no dot more than it takes");
    same([...bytes.subarray(0, copy.length)].join() === [...copy].join(), true, "all bytes, in order");
    check(
      [...bytes.subarray(copy.length)].every((byte) => byte === 0),
      "what fills the last dot",
    );
    // Eight bytes in a row that happen to be the same: 2^-64 for each of some 10^9 pairs.
    check(share(plain, plain.slice(100), 8), "the search finds what is there");
    check(!share(plain, bytes, 8), "nothing of the picture");
    check(share(decodeFrame(copy).cipher, bytes, 8), "but its cipher text");
  });

  it("of every length: each byte once, the rest of the last row is clear", () => {
    for (const length of [1, 2, 3, 4, 5, 100, 1021]) {
      const item = crypto.getRandomValues(new Uint8Array(length));
      const canvas = new OffscreenCanvas(7, 7);
      drawBytes(canvas, item, { width: 480, height: 640 });
      const { bytes, clear } = bytesOn(canvas);
      same([...bytes.subarray(0, length)], [...item], `${length}`);
      same(canvas.width * canvas.height - clear, Math.ceil(length / 3), "dots");
    }
  });

  it("is drawn twice a second at most, the newest item each time, and said", () => {
    const clock = { time: 1_000, now: () => clock.time };
    const canvas = new OffscreenCanvas(1, 1);
    const said: unknown[] = [];
    const drawing = new SealedDrawing(canvas, clock, (drawn) => void said.push(drawn));
    for (let sequence = 0; sequence < 20; sequence += 1) {
      const item = new Uint8Array(30).fill(sequence) as Sealed;
      drawing.see({ track: 1, sequence, epoch: 0, kind: "delta", captured: 0, item }, shape, sequence % 3);
      same(bytesOn(canvas).bytes[0], sequence - (sequence % 10), "the one that was due");
      clock.time += drawInterval / 10;
    }
    same(said, [
      { track: 1, sequence: 0, kind: "delta", bytes: 30, viewers: 0 },
      { track: 1, sequence: 10, kind: "delta", bytes: 30, viewers: 1 },
    ]);
  });
});
