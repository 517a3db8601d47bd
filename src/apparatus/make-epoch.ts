import { type Bytes, faultCode, type Sealed } from "../base/index.ts";
import { epochKey, makeEpochSecret, wrap } from "../keys/index.ts";
import { encodeEpochSecret, signEpoch } from "../seal/index.ts";
import { type ArraySensor, type CameraFrame, makeSeed, type SeedReport } from "../sensor/index.ts";

/** Who opens an epoch: age recipients of a set, and its generation. */
export interface OpenedBy {
  readonly recipients: readonly string[];
  readonly generation: number;
}

/** What an epoch is made for. */
export interface EpochMeans extends OpenedBy {
  readonly privateKey: CryptoKey;
  /** Of the stream's head. */
  readonly hash: Bytes;
  readonly epoch: number;
  /** The capture device's own label. */
  readonly label: string;
}

/** A signed announcement and the key that it announces, which the caller wipes. */
export interface MadeEpoch {
  readonly item: Sealed;
  readonly key: Bytes;
  readonly seed: SeedReport;
}

/** The report of a key that no frame had a part in. */
const dark: SeedReport = { light: "none", tries: 0, uniformShare: 0, minEntropy: 0, refused: null };

/** Light for one epoch, or none, and how it was found. */
export type Seed = Awaited<ReturnType<typeof makeSeed>>;

/** Looks for light in the frames that `next` gives: none of them is sent, all are closed. A device that gives none keeps no stream from another key. */
export const findSeed = (sensor: ArraySensor, next: () => Promise<CameraFrame>): Promise<Seed> =>
  makeSeed(sensor, next).catch((error: unknown) => {
    if (faultCode(error) !== "camera-silent") throw error;
    return { light: null, report: dark };
  });

/** Makes an epoch of the system generator's bytes and of a seed's light, which is erased. */
export const makeEpoch = async (seed: Seed, means: EpochMeans): Promise<MadeEpoch> => {
  const { privateKey, hash, epoch, label, recipients, generation } = means;
  const { light, report } = seed;
  const secret = await makeEpochSecret(light).finally(() => light?.fill(0));
  try {
    const opened = encodeEpochSecret({ secret, label });
    const wrapped = await wrap(opened, recipients).finally(() => opened.fill(0));
    const announced = { epoch, generation, light: report.light, wrap: wrapped };
    const item = await signEpoch(privateKey, hash, announced);
    return { item, key: await epochKey(secret, hash), seed: report };
  } finally {
    secret.fill(0);
  }
};
