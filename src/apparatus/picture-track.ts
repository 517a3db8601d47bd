import type { Clock } from "../base/index.ts";
import {
  type CodedPicture,
  familyOf,
  Pace,
  type Quality,
  type Still,
  type VideoCoder,
  type VideoFamily,
} from "../media/index.ts";
import type { CameraFrame } from "../sensor/index.ts";
import { Allowance } from "./allowance.ts";
import type { Coders } from "./coders.ts";
import { askInterval } from "./talk.ts";

/** Where a track's pictures go, in the order in which they are to be sealed. `captured` in ms. */
export interface PictureOutput {
  coded(picture: CodedPicture): void;
  still(still: Still & { readonly captured: number }): void;
  /** A frame was left out whose turn it was: the coder is behind. */
  behind(): void;
  /** A still that was wanted could not be made. */
  failed(): void;
  /** It is settled what they are coded with. */
  chosen(): void;
}

/** For whom: the camera's own side is obeyed at once; viewers, so often that none spoils the others' picture. */
export type Asker = "camera" | "viewer";

/** What viewers ask for that disturbs whoever watches: so often at once, then once each `askInterval`. */
const atOnce = 2;
/** Frames a second where nothing here codes video and every picture is a still. */
export const stillsPerSecond = 10;

/** What each of those can decode who take a track. */
type Decoders = readonly (readonly VideoFamily[])[];

/**
 * Makes one quality of a camera's pictures: a still first, then video that whoever takes it decodes. Where the browser codes none, or its coder fails, stills all along. Holds no
 * frame beyond the coder's own two.
 */
export class PictureTrack {
  readonly #coders: Coders;
  readonly #out: PictureOutput;
  #quality: Quality | null = null;
  #coder: Pick<VideoCoder, "code" | "needKey" | "close"> | null = null;
  #codec: string | null = null;
  #decoders: Decoders = [];
  /** Without a coder: whether one is being chosen, or there is none. */
  #without: "choosing" | "none" | null = null;
  /** Its coder failed: nothing is coded before other settings. */
  #hasFailed = false;
  /** Counts settings: what was begun under earlier ones brings nothing any more. */
  #turn = 0;
  #pace = new Pace(stillsPerSecond);
  /** What viewers want next: the newest of their wishes, which waits for its turn. */
  #next: Quality | null = null;
  #owesStill: Asker | null = null;
  #isStilling = false;
  /** A coder that ends loses what waits in it, and a still holds the video up. */
  readonly #changes: Allowance;
  readonly #stills: Allowance;

  constructor(coders: Coders, steady: Clock, out: PictureOutput) {
    this.#coders = coders;
    this.#out = out;
    this.#changes = new Allowance(steady, atOnce, askInterval);
    this.#stills = new Allowance(steady, atOnce, askInterval);
  }

  /** What pictures are coded with now; null: they are stills; undefined: that is being chosen, or there are none. */
  get family(): VideoFamily | null | undefined {
    if (this.#coder && this.#codec) return familyOf(this.#codec);
    return this.#without === "none" ? null : undefined;
  }

  /** Makes pictures of this quality for `decoders` from the next frame on, or when it is the viewers' turn; null: none, at once. */
  set(quality: Quality | null, decoders: Decoders, by: Asker): void {
    this.#next = null;
    const isForOthers = JSON.stringify(decoders) !== JSON.stringify(this.#decoders);
    this.#decoders = decoders;
    if (JSON.stringify(quality) === JSON.stringify(this.#quality)) {
      if (isForOthers && quality) void this.#chooseAgain(quality);
    } else if (quality === null) {
      this.close();
      this.#owesStill = null;
    } else if (by === "camera" || this.#changes.take()) this.#begin(quality);
    else this.#next = quality;
  }

  #begin(quality: Quality): void {
    this.close();
    this.#quality = quality;
    this.#pace = new Pace(Math.min(quality.framesPerSecond, stillsPerSecond));
    this.#without = "choosing";
    const turn = this.#turn;
    this.#choose(quality)
      .then((codec) => {
        if (turn !== this.#turn) return;
        this.#without = "none";
        if (codec === null) return;
        this.#without = null;
        this.#codec = codec;
        this.#coder = this.#coders.video(
          { ...quality, codec },
          {
            coded: (picture) => {
              if (turn === this.#turn) this.#out.coded(picture);
              else picture.bytes.fill(0);
            },
            behind: () => this.#out.behind(),
            failed: () => {
              if (turn !== this.#turn) return;
              this.#lose();
              this.#out.chosen();
            },
          },
        );
      })
      .catch(() => {
        if (turn === this.#turn) this.#lose();
      })
      .finally(() => {
        if (turn === this.#turn) this.#out.chosen();
      });
  }

  /** For those who take it when the choice is made, also where others came meanwhile. */
  async #choose({ width, height, framesPerSecond }: Quality): Promise<string | null> {
    for (;;) {
      const decoders = this.#decoders;
      const codec = await this.#coders.choose(width, height, framesPerSecond, decoders).catch(() => null);
      if (decoders === this.#decoders) return codec;
    }
  }

  /** Another codec where somebody does not decode this one and another serves more of them; while it serves all, it stays. */
  async #chooseAgain(quality: Quality): Promise<void> {
    const [turn, { family }] = [this.#turn, this];
    const servesAll = family && this.#decoders.every((families) => families.includes(family));
    if (family === undefined || servesAll || this.#hasFailed) return;
    const codec = await this.#choose(quality);
    if (turn !== this.#turn || codec === this.#codec) return;
    if (this.#changes.take()) this.#begin(quality);
    else this.#next = quality;
  }

  /** The next picture is a still, and the one behind it a key frame. */
  needStill(by: Asker): void {
    if (this.#owesStill !== "camera") this.#owesStill = by;
  }

  needKey(): void {
    this.#coder?.needKey();
  }

  /** Takes a camera frame and closes nothing. `captured` in ms of the camera's clock. */
  take(frame: CameraFrame, captured: number): void {
    if (this.#next && this.#changes.take()) this.#begin(this.#next);
    // While a still is made nothing else is: it would be sealed before the still, although it is newer.
    if (!this.#quality || this.#isStilling) return;
    if (this.#owesStill === "camera" || (this.#owesStill && this.#stills.take()))
      this.#still(frame, captured);
    else if (this.#coder) this.#coder.code(frame, captured);
    else if (this.#without === "none" && this.#pace.isDue(captured)) {
      this.#pace.take(captured);
      this.#still(frame, captured);
    }
  }

  /** Ends it; `set` begins it again. */
  close(): void {
    this.#turn += 1;
    this.#codec = null;
    this.#hasFailed = false;
    this.#quality = null;
    this.#next = null;
    this.#without = null;
    this.#coder?.close();
    this.#coder = null;
  }

  #lose(): void {
    this.#coder?.close();
    this.#coder = null;
    this.#codec = null;
    this.#without = "none";
    this.#hasFailed = true;
  }

  #still(frame: CameraFrame, captured: number): void {
    const turn = this.#turn;
    const { width = 0, height = 0 } = this.#quality ?? {};
    const own = frame.clone();
    this.#isStilling = true;
    this.#coders
      .still(own, Math.max(width, height))
      .then((still) => {
        if (turn !== this.#turn) {
          still.bytes.fill(0);
          return;
        }
        this.#owesStill = null;
        this.#out.still({ ...still, captured });
        this.#coder?.needKey();
      })
      .catch(() => {
        // Without stills the video has to begin without one.
        this.#owesStill = null;
        this.#out.failed();
      })
      .finally(() => {
        own.close();
        this.#isStilling = false;
      });
  }
}
