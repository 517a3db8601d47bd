import { type Clock, Fault, generateSigningKey, type SigningKey } from "../base/index.ts";
import { type EncryptionPair, makeEncryptionPair } from "../keys/index.ts";
import type { CapturePath } from "../seal/index.ts";
import type { ArraySensor, CameraFrame } from "../sensor/index.ts";
import { CameraStream } from "./camera-stream.ts";
import { browserCoders } from "./coders.ts";
import { exactWant } from "./talk.ts";

// Cameras of one visit: their identity is kept nowhere and ends with them. What they seal is a capture device's own frames, as everywhere.

/** How long a capture device has for a frame. ms */
const frameWithin = 10_000;

/** What such a camera is made of. */
export interface ThrowawayMeans {
  /** Gives each role a sensor of its own. */
  readonly makeSensor: () => Promise<ArraySensor>;
  readonly clock: Clock;
  readonly steady: Clock;
  readonly path: CapturePath;
  /** The capture device's own label. */
  readonly label: string;
}

/** An identity and a card's half of it, made for one visit. */
export interface Throwaway {
  readonly key: SigningKey;
  readonly pair: EncryptionPair;
}

export const throwaway = async (): Promise<Throwaway> => {
  const [key, pair] = await Promise.all([generateSigningKey(), makeEncryptionPair()]);
  return { key, pair };
};

/** The next frame, closed by whoever gets it. Faults "camera-silent", "camera-unplugged". */
export const nextOf = async (reader: ReadableStreamDefaultReader<CameraFrame>): Promise<CameraFrame> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Fault("camera-silent")), frameWithin);
  const reading = reader.read();
  try {
    const { done, value } = await Promise.race([reading, late]);
    if (done) throw new Fault("camera-unplugged");
    return value;
  } catch (error) {
    void reading.then(({ value }) => value?.close()).catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

/** A stream of a throw-away camera, with frames of `next` spent on the epoch's secret. */
export const beginStream = async (
  { key, pair }: Throwaway,
  means: ThrowawayMeans,
  next: () => Promise<CameraFrame>,
): Promise<CameraStream> => {
  const { makeSensor, clock, steady, path, label } = means;
  const [sensor, codedSensor] = await Promise.all([makeSensor(), makeSensor()]);
  return CameraStream.begin(
    {
      ...{ sensor, codedSensor, coders: browserCoders, clock, steady, path, label },
      ...{ counter: 1, previous: null },
      ...{ privateKey: key.privateKey, publicKey: key.publicKey },
      ...{ recipients: [pair.recipient], generation: 1 },
    },
    next,
  );
};

/** This picture, honestly sealed by a camera with a key of its own, whose seed comes from frames of `next`. All are closed. */
export const sealedByAnother = async (
  frame: CameraFrame,
  means: ThrowawayMeans,
  next: () => Promise<CameraFrame>,
): Promise<Uint8Array> => {
  let stream: CameraStream | null = null;
  let sealed: Uint8Array | null = null;
  try {
    stream = await beginStream(await throwaway(), means, next);
    stream.keep({
      wish: { ...exactWant, sound: "none" },
      take(kind, item) {
        if (kind === "frame") sealed = item.slice();
      },
    });
    await stream.seal(frame);
  } finally {
    frame.close();
    await stream?.end();
  }
  if (!sealed) throw new Fault("unexpected");
  return sealed;
};
