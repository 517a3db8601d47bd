import { type Bytes, fromUtf8, isFault } from "../base/index.ts";
import {
  type ByteSource,
  type FrameItem,
  holdsEntry,
  type IndexEntry,
  itemType,
  peekFrame,
  peekType,
  type Recorded,
  type RecordingIndex,
  readRecording,
  tracks,
} from "../seal/check.ts";
import type { ArraySensor } from "../sensor/index.ts";
import {
  type KnownCamera,
  PlayingJudge,
  pictureTracks,
  type RecordingFault,
  type Verdict,
} from "../verify/index.ts";
import { enterRecording, itemAt } from "./enter-recording.ts";
import type { PictureOpener } from "./picture-opener.ts";
import type { PlayFindings } from "./play-findings.ts";
import type { Moment } from "./play-moment.ts";
import { disorder, type Timeline } from "./timeline.ts";

/** What a recording is played with. */
export interface PlayMeans {
  readonly source: ByteSource;
  readonly index: RecordingIndex;
  readonly timeline: Timeline;
  readonly known: readonly KnownCamera[];
  /** Used by this reader alone. */
  readonly sensor: ArraySensor;
  readonly opener: Pick<PictureOpener, "open">;
  /** What is known of the whole file. */
  readonly findings?: PlayFindings;
  /** The index says something else than the file. */
  readonly onlie?: () => void;
}

/** What an item turned out to be, before it is decoded. */
interface Found {
  readonly verdict: Verdict;
  readonly frame: FrameItem | null;
  readonly bytes: Bytes | null;
  readonly picture: VideoFrame | null;
  readonly shows: boolean;
  readonly fault: RecordingFault | null;
}

/** A picture stands for this long, at most, where none follows. ms */
const standsFor = 1_500;

/**
 * Reads a recording from a place on, judges each item it is about to show, opens and decodes. Gives moments in the order of the file, one
 * for each that is asked for: it reads no further than that.
 */
export class PlayReader {
  readonly #means: PlayMeans;
  /** What the judge said of the item it took last. */
  readonly #found: Found[] = [];
  #at = 0;
  /** When the picture that stands was due; null while none stands. */
  #stands: number | null = null;
  /** The picture that was shown last: its track, and what the camera's clock said. */
  #shownLast: { readonly track: number; readonly captured: number } | null = null;
  /** It was said that nothing can be shown for now. */
  #isBlank = false;

  constructor(means: PlayMeans) {
    this.#means = means;
  }

  /** Every moment from an entry on; null: from the beginning of the file. */
  async *run(entry: IndexEntry | null): AsyncGenerator<Moment, void, void> {
    const { source, index } = this.#means;
    // An index that is wrong about this place is no guide: then everything is read.
    const from = entry && (await this.#holds(entry)) ? entry.offset : 0;
    const judge = this.#begin(from);
    try {
      if (from > 0) await enterRecording(source, index, judge, from);
      for await (const recorded of readRecording(source, from)) {
        if (!this.#concerns(recorded)) continue;
        await judge.take(recorded);
        yield* this.#moments(judge, recorded.offset);
      }
    } finally {
      this.#end(judge);
    }
  }

  /**
   * Only what can be entered, from an entry on: each time the first entry that is not before what `wanted` says then (ms on the time
   * line), so that whoever is slow passes over more.
   */
  async *leap(entry: IndexEntry, wanted: () => number): AsyncGenerator<Moment, void, void> {
    const { source, index, timeline } = this.#means;
    const judge = this.#begin(entry.offset);
    let known = -1;
    try {
      for (
        let next: IndexEntry | null = entry;
        next;
        next = timeline.next("pictures", next.offset, wanted())
      ) {
        if (!(await this.#holds(next))) continue;
        await enterRecording(source, index, judge, next.offset, known);
        known = next.offset;
        judge.leap();
        this.#stands = null;
        const recorded = await itemAt(source, next.offset);
        if (!recorded) return;
        await judge.take(recorded);
        yield* this.#moments(judge, next.offset);
      }
    } finally {
      this.#end(judge);
    }
  }

  async #holds(entry: IndexEntry): Promise<boolean> {
    const { source, onlie } = this.#means;
    const isThere = await holdsEntry(source, entry);
    if (!isThere) onlie?.();
    return isThere;
  }

  #begin(offset: number): PlayingJudge {
    const { source, known, sensor, timeline } = this.#means;
    this.#at = timeline.at(offset);
    this.#stands = null;
    this.#shownLast = null;
    this.#isBlank = false;
    return new PlayingJudge({
      ...{ source, known, sensor },
      onframe: (frame, bytes, verdict, { shows, passes }) => {
        if (passes) return void bytes?.fill(0);
        const picture = shows ? this.#pixels(frame) : null;
        this.#found.push({ verdict, frame, bytes, picture, shows, fault: null });
      },
      onfault: (fault, verdict, rest) => {
        const picture = rest ? this.#pixels(rest) : null;
        this.#found.push({ verdict, frame: rest, bytes: null, picture, shows: false, fault });
      },
    });
  }

  #end(judge: PlayingJudge): void {
    judge.close();
    for (const { picture, bytes } of this.#found.splice(0)) {
      picture?.close();
      bytes?.fill(0);
    }
  }

  /** The raw frame that lies opened in the sensor. */
  #pixels({ fields }: FrameItem): VideoFrame | null {
    if (fields.kind !== "raw") return null;
    return this.#means.sensor.picture(fields.colorSpace, fields.captured * 1000);
  }

  /** Whether it is to be judged here: not what is never shown. What does not say what it is, is. */
  #concerns(recorded: Recorded): boolean {
    if (recorded.kind === "torn") return false;
    if (recorded.kind === "unreadable" || peekType(recorded.item) !== itemType.frame) return true;
    const place = peekFrame(recorded.item);
    return !place || pictureTracks.includes(place.track) || place.track === tracks.text;
  }

  async *#moments(judge: PlayingJudge, offset: number): AsyncGenerator<Moment, void, void> {
    for (let next = this.#found[0]; next; next = this.#found[0]) {
      const found = this.#asWhole(judge, next, offset);
      // Until it is given, what ends the reading closes and wipes it.
      this.#found[0] = found;
      const at = this.#placeOf(found, offset);
      const { verdict, frame, fault } = found;
      const captured = frame?.fields.captured ?? fault?.captured ?? null;
      const track = fault ? null : (frame?.fields.track ?? null);
      const base = { at, offset, track, captured, isHole: false, line: null };
      const isPicture = fault !== null || frame?.fields.kind !== "text";
      if (isPicture && this.#stands !== null && at - this.#stands > standsFor)
        yield { ...base, at: this.#stands + standsFor, ...hole(verdict), captured: null };
      this.#found.shift();
      if (fault) {
        this.#stands = null;
        yield { ...base, verdict, picture: found.picture };
      } else if (frame?.fields.kind === "text" && found.bytes) {
        const words = fromUtf8(found.bytes);
        found.bytes.fill(0);
        yield { ...base, verdict, picture: null, line: { at, captured: frame.fields.captured, words } };
      } else if (frame && found.shows) yield* this.#shown(judge, { ...found, frame }, base);
      else if (frame) {
        found.bytes?.fill(0);
        // Over a gap: good, and no picture [SF25].
        if (!this.#isBlank) yield { ...base, ...hole(verdict) };
        this.#stands = null;
        this.#isBlank = true;
      }
    }
  }

  /** What is good by itself, and refused in the whole file: behind its end, or there for the second time. */
  #asWhole(judge: PlayingJudge, found: Found, offset: number): Found {
    if (!found.frame || found.fault) return found;
    const reason = this.#means.findings?.at(offset, found.frame.fields) ?? null;
    if (reason === null) return found;
    found.bytes?.fill(0);
    found.picture?.close();
    const { track, sequence, captured } = found.frame.fields;
    const verdict = { ...judge.refuse(reason), frame: { sequence, captured } };
    const fault = { offset, reason, track, sequence, captured };
    return { ...found, verdict, fault, bytes: null, picture: null, shows: false };
  }

  async *#shown(
    judge: PlayingJudge,
    found: Found & { readonly frame: FrameItem },
    base: Omit<Moment, "picture" | "verdict">,
  ): AsyncGenerator<Moment, void, void> {
    const { verdict, frame, bytes } = found;
    try {
      const picture = found.picture ?? (bytes && (await this.#means.opener.open(frame.fields, bytes)));
      this.#stands = base.at;
      this.#isBlank = false;
      // [SF31]: decoded, since others build on it.
      if (this.#isLate(frame.fields)) picture?.close();
      else yield { ...base, verdict, picture };
    } catch (error) {
      if (!isFault(error)) throw error;
      this.#stands = null;
      const { missing, frame: position } = verdict;
      yield {
        ...base,
        verdict: { ...judge.break(), missing, ...(position ? { frame: position } : {}) },
        picture: null,
      };
    } finally {
      bytes?.fill(0);
    }
  }

  /** Captured before the picture that was shown last, which was of another track. A clock that was set back is another matter. */
  #isLate({ track, captured }: FrameItem["fields"]): boolean {
    const last = this.#shownLast;
    const isLate = last !== null && last.track !== track && isLittleBefore(captured, last.captured);
    if (!isLate) this.#shownLast = { track, captured };
    return isLate;
  }

  /** The line goes on as the file does. What a fault claims of its time is believed only where it was signed. */
  #placeOf({ frame, fault }: Found, offset: number): number {
    const captured = frame?.fields.captured ?? (fault?.reason === "tree" ? (fault.captured ?? null) : null);
    if (captured !== null) this.#at = Math.max(this.#at, this.#means.timeline.at(offset, captured));
    return this.#at;
  }
}

const isLittleBefore = (captured: number, last: number): boolean =>
  captured < last && last - captured <= disorder;

/** Nothing is shown, and nothing is wrong. */
const hole = ({ missing, checks }: Verdict): { picture: null; verdict: Verdict; isHole: true } => ({
  ...{ picture: null, isHole: true },
  verdict: {
    ...{ state: "ST0", reason: "waiting", live: false, checks, recovering: 0, changedTiles: [], missing },
  },
});
