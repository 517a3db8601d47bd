import type { Bytes } from "../base/index.ts";
import type { Mp4Packet } from "../media/index.ts";
import {
  type ByteSource,
  type FrameItem,
  peekFrame,
  readRecording,
  type SoundFields,
  skimRecording,
  tracks,
} from "../seal/index.ts";
import { FollowedTrack } from "./followed-track.ts";
import { RecordingJudge, type RecordingJudgeOptions } from "./recording-judge.ts";
import type { RecordingReport } from "./recording-report.ts";

/** An Opus packet, in ms [SF27]. */
const packetLength = 20;

/**
 * The track of sound in longer bundles, where the recording has one; else the other; null where it has none. Looks at what items claim and
 * judges nothing; reads on until it has seen the better one.
 */
export const chooseSound = async (source: ByteSource): Promise<number | null> => {
  let sound: number | null = null;
  for await (const { beginning } of skimRecording(source)) {
    const place = peekFrame(beginning);
    if (place?.track === tracks.recordedSound) return place.track;
    if (place?.track === tracks.sound) sound = place.track;
  }
  return sound;
};

/** What `OpenedPackets` is told. */
export interface OpenedPacketsOptions extends Pick<RecordingJudgeOptions, "known" | "sensor" | "servers"> {
  /** Hears how many bytes of the recording are done. */
  readonly onprogress?: (done: number) => void;
}

/**
 * Opens a recording and gives the packets of its coded pictures, those of one track at a time, and of one sound that passed every check, in
 * order. Pictures that build on one
 * that is missing or did not pass are left out [SF25]; images are no packets. Holds one frame at a time.
 */
export class OpenedPackets implements AsyncIterable<Mp4Packet> {
  readonly #source: ByteSource;
  readonly #options: OpenedPacketsOptions;
  readonly #sound: number | null;
  readonly #followed: FollowedTrack;
  #ready: Mp4Packet[] = [];
  #report: RecordingReport | null = null;

  /** `sound`: the track that is taken, as `chooseSound` says. */
  constructor(source: ByteSource, sound: number | null, options: OpenedPacketsOptions) {
    this.#source = source;
    this.#sound = sound;
    this.#followed = new FollowedTrack(source);
    this.#options = options;
  }

  /** The verdict on the recording, once its packets were read to the end; TypeError before. */
  get report(): RecordingReport {
    if (!this.#report) throw new TypeError("the recording was not read to its end");
    return this.#report;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Mp4Packet, void, void> {
    const { known, sensor, servers = [], onprogress } = this.#options;
    const judge = new RecordingJudge({ known, sensor, servers, onframe: this.#take });
    let isWhole = false;
    try {
      for await (const recorded of readRecording(this.#source)) {
        onprogress?.(recorded.offset);
        await this.#followed.meet(recorded);
        await judge.take(recorded);
        const ready = this.#ready;
        this.#ready = [];
        yield* ready;
      }
      isWhole = true;
    } finally {
      // Erases the keys, whoever reads it.
      const report = judge.report();
      if (isWhole) this.#report = report;
    }
  }

  readonly #take = (frame: FrameItem, bytes: Bytes | null): void => {
    const { fields } = frame;
    if (!bytes) return;
    if (fields.kind === "sound") {
      if (fields.track === this.#sound) this.#ready.push(...packetsOf(fields, bytes));
      bytes.fill(0);
      return;
    }
    // A still of another track is no packet, and what is coded may go on behind it.
    const isAside = fields.kind === "image" && !this.#followed.is(fields.track);
    if (isAside || !this.#followed.take(fields)) {
      bytes.fill(0);
      return;
    }
    const { captured } = fields;
    if (fields.kind === "delta") this.#ready.push({ kind: "video", bytes, captured, key: null });
    if (fields.kind !== "key") {
      if (fields.kind !== "delta") bytes.fill(0);
      return;
    }
    const { codec, width, height, colorSpace } = fields;
    this.#ready.push({ kind: "video", bytes, captured, key: { codec, width, height, colorSpace } });
  };
}

/** A bundle's packets: all of one length, one behind the other [SF27]. */
const packetsOf = ({ packets, captured, channels }: SoundFields, bytes: Bytes): Mp4Packet[] =>
  Array.from({ length: packets }, (_, at) => {
    const length = bytes.length / packets;
    return {
      kind: "sound",
      bytes: bytes.slice(at * length, (at + 1) * length),
      captured: captured + at * packetLength,
      channels,
    };
  });
