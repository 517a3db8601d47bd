import type { Clock, Sealed } from "../base/index.ts";
import { Pace, type VideoFamily, type Wish } from "../media/index.ts";
import type { Carrier } from "../relay/index.ts";
import { type FrameKind, tracks } from "../seal/index.ts";
import { Allowance } from "./allowance.ts";
import type { Unsent } from "./camera-talk.ts";
import { isDecoded, isFarAbove, type Lane } from "./lanes.ts";
import { StillGate } from "./still-gate.ts";
import {
  askInterval,
  codedAhead,
  framesAhead,
  mostFramesPerSecond,
  othersAhead,
  probeInterval,
  type Want,
} from "./talk.ts";

/** A frame that was sealed, and what has to be known of it to send it. */
export interface SealedFrame {
  readonly track: number;
  readonly sequence: number;
  readonly epoch: number;
  readonly kind: FrameKind;
  /** ms of the camera's clock. */
  readonly captured: number;
  readonly item: Sealed;
}

const pictureTrack = { lossless: tracks.raw, full: tracks.full, small: tracks.small, none: -1 } as const;

/** The track that such a wish's pictures are on; −1: none. */
export const trackOf = (picture: Wish["picture"]): number => pictureTrack[picture];

/** What a track is coded with, and how many pictures a second are made of it. */
export interface Serving {
  readonly codec: VideoFamily | null | undefined;
  readonly framesPerSecond: number;
}

/** Whether frames of this track are asked for, where the pictures come on `own`. */
export const isWanted = ({ picture, sound, text }: Wish, track: number, own = trackOf(picture)): boolean => {
  switch (track) {
    case tracks.sound:
      return sound === "live";
    case tracks.recordedSound:
      return sound === "recorded";
    case tracks.text:
      return text;
    default:
      return track === own;
  }
};

/** An announcement is a few hundred bytes. ms */
export const announceInterval = 10_000;
/** The share of the wanted interval that has to have passed: cameras are not even. */
const early = 0.9;

/** A frame that was sent and for which no credit has come. */
interface Pending {
  readonly track: number;
  readonly sequence: number;
}

/**
 * A viewer that is connected, as its camera sees it: what it wants, and how far it is behind. Frames wait nowhere: one that does
 * not fit its credit, or its carrier's window, is left out, and of coded pictures everything up to the next key frame with it [SF25].
 */
export class Watcher {
  readonly key: string;
  readonly carrier: Carrier;
  /** A nonce of its waits for its signature; others are ignored until that is done. */
  isAsking = false;
  /** It has seen no picture yet of what it wants: a still is owed. */
  owesStill = false;
  /** Lines wait for its first picture; sound that it did not hear then is not heard later. */
  readonly gate = new StillGate(false, ({ kind }) => kind === "text");
  /** Frames that were left out because it did not keep up. */
  leftOut = 0;
  /** How often it gets what opens the stream once more: a few bytes ask, and many answer. */
  readonly openings: Allowance;
  /** When it is told again what the epoch is, with what stands alone: one that lost it has not to ask. */
  readonly announcements: Allowance;
  /** The epochs whose announcements it was sent. */
  readonly told = new Set<number>();
  readonly #steady: Clock;
  #wish: Wish | null = null;
  #decodes: readonly VideoFamily[] = [];
  /** Its pictures come on this track. */
  #track = -1;
  /** Of pictures that stand alone each is for it as its turn comes, and no delta is. */
  #isSparse = false;
  /** Not even a key frame is any use to it. */
  #needsStills = false;
  /** Of raw frames, which all stand alone. */
  #pace: Pace | null = null;
  /** When the last picture that it got was captured. */
  #captured = Number.NEGATIVE_INFINITY;
  #pending: Pending[] = [];
  #waitsForKey = true;
  /** The bytes of the last picture that its carrier had no room for. */
  #lacked = 1;
  /** When the last picture was sent. */
  #sent = 0;
  /** Why none of the pictures that it wants can be sent to it; null: they can, as far as is known. */
  #unsent: Unsent | null = null;
  #isUnsentTold = false;

  constructor(key: string, carrier: Carrier, steady: Clock) {
    this.key = key;
    this.carrier = carrier;
    this.#steady = steady;
    this.announcements = new Allowance(steady, 1, announceInterval);
    // It was told just now.
    this.announcements.take();
    this.openings = new Allowance(steady, 1, askInterval);
  }

  /** null until it has said what it wants. */
  get wish(): Wish | null {
    return this.#wish;
  }

  get decodes(): readonly VideoFamily[] {
    return this.#decodes;
  }

  /** The track that its pictures come on. */
  get track(): number {
    return this.#track;
  }

  /** Of coded pictures the lane that they come on. */
  get lane(): Lane | null {
    if (this.#track === tracks.full) return "full";
    return this.#track === tracks.small ? "small" : null;
  }

  want({ picture, longest, framesPerSecond, sound, text }: Want, decodes: readonly VideoFamily[]): void {
    const isOther = this.#wish?.picture !== picture;
    const rate = Math.max(1, framesPerSecond);
    if (this.#wish?.framesPerSecond !== framesPerSecond)
      this.#pace = rate < mostFramesPerSecond ? new Pace(rate) : null;
    this.#wish = { picture, longest, framesPerSecond, sound: sound ? "live" : "none", text };
    this.#decodes = decodes;
    if (isOther) this.#turnTo(trackOf(picture));
  }

  /** Its pictures come on this track from now on, which is made like that; true where it is another one than it expects. */
  serve(track: number, { codec, framesPerSecond }: Serving): boolean {
    const isOther = track !== this.#track;
    if (isOther) this.#turnTo(track);
    const wanted = Math.max(1, this.#wish?.framesPerSecond ?? 1);
    this.#needsStills = !isDecoded(codec, this.#decodes);
    const isSparse = this.#needsStills || isFarAbove(framesPerSecond, wanted);
    // What was left out for the pace is a gap to what comes.
    if (this.#isSparse) this.#waitsForKey = true;
    this.#isSparse = isSparse;
    return isOther;
  }

  #turnTo(track: number): void {
    this.#track = track;
    this.#waitsForKey = true;
    this.owesStill = true;
    this.#lacked = 1;
    this.#sent = 0;
    this.#captured = Number.NEGATIVE_INFINITY;
    this.#unsent = null;
    this.#isUnsentTold = false;
  }

  get unsent(): Unsent | null {
    return this.#unsent;
  }

  /** Nothing of this track can be sent to it, for this reason. */
  refuse(track: number, why: Unsent): void {
    if (this.#wish && track === this.#track) this.#unsent = why;
  }

  /** Why it gets no pictures, where it was not told yet; it is then taken for told. */
  unsentNews(): Unsent | null {
    if (this.#isUnsentTold || this.#unsent === null) return null;
    this.#isUnsentTold = true;
    return this.#unsent;
  }

  /** The coded track of which it needs another still at this moment, since nothing else of it is any use; null: none. */
  needsStill(now: number): number | null {
    const isDue = this.#needsStills && this.#isTurn(now);
    return isDue && this.#hasRoom(this.#track) && this.carrier.hasRoom(this.#lacked) ? this.#track : null;
  }

  /** Whether it is this picture's turn, at the pace that is wanted; a clock that was set back begins anew. */
  #isTurn(captured: number): boolean {
    const interval = 1000 / Math.max(1, this.#wish?.framesPerSecond ?? 1);
    const passed = captured - this.#captured;
    return passed < 0 || passed >= early * interval;
  }

  /** The coded track of which it can show nothing before a key frame, now that it can take one; null: none. */
  get waitsForKey(): number | null {
    const track = this.#wish ? this.#track : tracks.raw;
    const isReady =
      this.#waitsForKey && !this.#isSparse && this.#hasRoom(track) && this.carrier.hasRoom(this.#lacked);
    return track !== tracks.raw && isReady ? track : null;
  }

  /** Its picture of this track broke off: deltas are no use to it. */
  broke(track: number): void {
    if (track === this.#track) this.#waitsForKey = true;
  }

  credit(upTo: Pending | null): void {
    this.#pending =
      upTo === null
        ? this.#pending.slice(1)
        : this.#pending.filter(({ track, sequence }) => track !== upTo.track || sequence > upTo.sequence);
  }

  /** Whether this frame is to be sent to it, with `beside` bytes that have to come with it; it is then taken for sent. */
  accepts({ track, sequence, kind, captured, item }: SealedFrame, beside = 0): boolean {
    if (!this.#wish || !isWanted(this.#wish, track, this.#track)) return false;
    const isPicture = track === this.#track;
    if (isPicture && kind === "delta" && (this.#waitsForKey || this.#isSparse)) return false;
    if (isPicture && !this.#isDue(kind, captured)) return false;
    // What the probe lets pass has to fit the window all the same: that is the bound of what a viewer costs.
    const fits = this.carrier.hasRoom(item.length + beside);
    if (!fits && isPicture) this.#lacked = item.length;
    // A longer one than the whole window: there will never be room.
    const { window } = this.carrier;
    if (kind === "raw" && window > 0 && item.length > window) this.refuse(track, "large");
    if (!fits || !this.#hasRoom(track)) {
      this.leftOut += 1;
      // A picture that stands alone may still be of use behind a gap; a delta is of none.
      if (isPicture) this.#waitsForKey = true;
      return false;
    }
    if (isPicture) {
      this.#sent = this.#steady.now();
      this.#lacked = 1;
      this.#unsent = null;
      this.#isUnsentTold = false;
      this.#captured = captured;
      if (kind === "raw") this.#pace?.take(captured);
      if (kind === "key" || kind === "raw") this.#waitsForKey = false;
    }
    const most = mostAhead(track);
    const others = this.#pending.filter((one) => one.track !== track);
    const own = this.#pending.filter((one) => one.track === track);
    this.#pending = [...others, ...[...own, { track, sequence }].slice(-most)];
    return true;
  }

  /** Left out for its pace, a picture is not one that it did not keep up with. */
  #isDue(kind: FrameKind, captured: number): boolean {
    if (kind === "raw") return this.#pace?.isDue(captured) !== false;
    if (kind === "key" && this.#needsStills) return false;
    return !this.#isSparse || this.#isTurn(captured);
  }

  /** Room by credit; or, for pictures, because nothing was sent for so long that what was sent may be lost. */
  #hasRoom(track: number): boolean {
    const ahead = this.#pending.filter((one) => one.track === track).length;
    if (ahead < mostAhead(track)) return true;
    const isPicture = this.#wish !== null && track === this.#track;
    return isPicture && this.#steady.now() - this.#sent >= probeInterval;
  }
}

const mostAhead = (track: number): number => {
  if (track === tracks.raw) return framesAhead;
  return track === tracks.full || track === tracks.small ? codedAhead : othersAhead;
};
