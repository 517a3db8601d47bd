import type { Bytes } from "../base/index.ts";
import type { Sound, SoundOpener } from "../media/index.ts";
import {
  type ByteSource,
  holdsEntry,
  itemType,
  peekFrame,
  peekType,
  type Recorded,
  type RecordingIndex,
  readRecording,
  type SoundFields,
} from "../seal/check.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { type KnownCamera, PlayingJudge } from "../verify/index.ts";
import { enterRecording } from "./enter-recording.ts";
import type { PlayClock } from "./play-clock.ts";
import type { PlayFindings } from "./play-findings.ts";
import type { Timeline } from "./timeline.ts";

/** Sound with its place on the time line, ms. */
export interface PlayedSound extends Omit<Sound, "captured"> {
  readonly at: number;
  /** Where the recording stood when this was given. */
  readonly now: number;
}

export interface SoundMeans {
  readonly source: ByteSource;
  readonly index: RecordingIndex;
  readonly timeline: Timeline;
  /** The sound track that is played. */
  readonly track: number;
  readonly known: readonly KnownCamera[];
  /** Used by this feed alone. */
  readonly sensor: ArraySensor;
  readonly opener: Pick<SoundOpener, "open" | "close">;
  /** What is known of the whole file. */
  readonly findings?: PlayFindings;
  /** The index says something else than the file. */
  readonly onlie?: () => void;
}

/** Sound that is handed out before its time, ms: a bundle stands in the file behind the pictures of its time. */
const soundAhead = 2_000;

/**
 * Gives a recording's sound ahead of a clock that goes at the rate of 1, and none at any other. Reads the file on its own: only its
 * track, and each bundle is judged as pictures are.
 */
export class SoundFeed {
  readonly #means: SoundMeans;
  readonly #onsound: (sound: PlayedSound) => void;
  readonly #onsilence: () => void;
  #isWanted = false;
  #sounds: AsyncGenerator<Omit<PlayedSound, "now">, void, void> | null = null;
  #turn = 0;
  #left: Promise<unknown> = Promise.resolve();
  #isPumping = false;
  #given = 0;
  #clock: PlayClock | null = null;

  /** `onsilence`: what was given and is not heard yet is not to be heard any more. */
  constructor(means: SoundMeans, onsound: (sound: PlayedSound) => void, onsilence: () => void) {
    this.#means = means;
    this.#onsound = onsound;
    this.#onsilence = onsilence;
  }

  /** Nothing is read before somebody wants to hear it. */
  set isWanted(isWanted: boolean) {
    this.#isWanted = isWanted;
    if (!isWanted) this.stop();
    else if (this.#clock) this.follow(this.#clock);
  }

  /** To be called whenever the clock may have changed, and now and then while it goes. */
  follow(clock: PlayClock): void {
    this.#clock = clock;
    if (!this.#isWanted || !clock.isGoing || clock.rate !== 1) {
      this.stop();
      return;
    }
    if (!this.#sounds) {
      this.#turn += 1;
      this.#given = clock.at;
      this.#sounds = this.#run(clock.at);
    }
    void this.#pump(clock);
  }

  stop(): void {
    const sounds = this.#sounds;
    if (!sounds) return;
    this.#sounds = null;
    this.#turn += 1;
    this.#left = Promise.all([this.#left, sounds.return()]).catch(() => undefined);
    this.#onsilence();
  }

  /** Ends it; settles when the sensor is free and its keys are erased. */
  async close(): Promise<void> {
    this.#isWanted = false;
    this.stop();
    await this.#left;
    this.#means.opener.close();
  }

  async #pump(clock: PlayClock): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#sounds && this.#given < clock.at + soundAhead) {
      const [turn, sounds] = [this.#turn, this.#sounds];
      await this.#left;
      // Sound that cannot be had is silence; what is wrong with the file, the report says.
      const next = turn === this.#turn ? await sounds.next().catch(() => null) : null;
      if (turn !== this.#turn) continue;
      if (!next?.value) {
        this.#given = Number.POSITIVE_INFINITY;
        break;
      }
      this.#given = next.value.at;
      this.#onsound({ ...next.value, now: clock.at });
    }
    this.#isPumping = false;
  }

  async *#run(from: number): AsyncGenerator<Omit<PlayedSound, "now">, void, void> {
    const { source, index, timeline, track, known, sensor, opener, onlie } = this.#means;
    const entry = timeline.entry(track, from);
    if (!entry) return;
    if (!(await holdsEntry(source, entry))) return onlie?.();
    const found: { fields: SoundFields; bytes: Bytes; at: number }[] = [];
    let offset = entry.offset;
    const judge = new PlayingJudge({
      ...{ source, known, sensor },
      onframe: ({ fields }, bytes) => {
        if (fields.kind === "sound" && bytes)
          found.push({ fields, bytes, at: timeline.at(offset, fields.captured) });
        else bytes?.fill(0);
      },
      onfault: () => undefined,
    });
    try {
      await enterRecording(source, index, judge, offset);
      for await (const recorded of readRecording(source, offset)) {
        if (!concerns(recorded, track) || this.#isRefused(recorded)) continue;
        ({ offset } = recorded);
        await judge.take(recorded);
        for (let one = found.shift(); one; one = found.shift()) {
          const { fields, bytes, at } = one;
          const { captured, channels, packets } = fields;
          const sound = await opener.open({ bytes, captured, channels, packets }).catch(() => null);
          bytes.fill(0);
          const lasts = sound ? ((sound.pcm[0]?.length ?? 0) * 1000) / sound.sampleRate : 0;
          if (sound && at + lasts > from) yield { pcm: sound.pcm, sampleRate: sound.sampleRate, at };
        }
      }
    } finally {
      judge.close();
    }
  }

  /** By what is known of the whole file. */
  #isRefused(recorded: Recorded): boolean {
    const place = recorded.kind === "item" ? peekFrame(recorded.item) : null;
    return place !== null && Boolean(this.#means.findings?.at(recorded.offset, place));
  }
}

/** Announcements, and what is heard: the rest is judged where it is shown. */
const concerns = (recorded: Recorded, track: number): boolean => {
  if (recorded.kind !== "item") return false;
  const type = peekType(recorded.item);
  return type === itemType.frame ? peekFrame(recorded.item)?.track === track : type === itemType.epoch;
};
