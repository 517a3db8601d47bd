import {
  chooseVideoCodec,
  codeStill,
  SoundCoder,
  type SoundCoderEvents,
  type Still,
  VideoCoder,
  type VideoCoderEvents,
  type VideoFamily,
  type VideoSettings,
} from "../media/index.ts";
import type { CameraFrame } from "../sensor/index.ts";

/** What a camera codes with: the browser's own, or what a test puts in its place. */
export interface Coders {
  /** The codec for pictures of this size and rate that most of `decoders` decode, each one viewer's families; null where there is none. */
  choose(
    width: number,
    height: number,
    framesPerSecond: number,
    decoders: readonly (readonly VideoFamily[])[],
  ): Promise<string | null>;
  video(settings: VideoSettings, on: VideoCoderEvents): Pick<VideoCoder, "code" | "needKey" | "close">;
  still(frame: CameraFrame, longest: number): Promise<Still>;
  sound(on: SoundCoderEvents): Pick<SoundCoder, "code" | "close">;
}

export const browserCoders: Coders = {
  choose: chooseVideoCodec,
  video: (settings, on) => new VideoCoder(settings, on),
  still: codeStill,
  sound: (on) => new SoundCoder(on),
};
