import { type Bytes, type Clock, steadyClock } from "../base/index.ts";
import type { CameraFrame, ColorSpace } from "../sensor/index.ts";
import { encoderConfig, type VideoSettings } from "./codecs.ts";
import { Pace } from "./pace.ts";

/** What a key frame says beside its bytes, so that a decoder can begin with it. */
export interface PictureKey {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: ColorSpace;
}

/** A picture as the encoder gave it; `key` is null in a delta frame. `captured` in ms of the camera's clock. */
export interface CodedPicture {
  readonly bytes: Bytes;
  readonly captured: number;
  readonly key: PictureKey | null;
}

/** What a coder says. After `failed` ("codec") it gives and takes nothing more. */
export interface VideoCoderEvents {
  coded(picture: CodedPicture): void;
  failed(code: "codec"): void;
  /** A frame was left out whose turn it was: the encoder is behind. */
  behind?(): void;
}

/** Frames that may wait in the encoder; one more would only arrive later. */
const mostWaiting = 2;
/** The longest run without a key frame, in ms. */
const keyInterval = 2000;
/** How long an encoder may owe its first answer, in ms, until it is taken for dead. */
const patience = 5000;

/**
 * Camera frames in, coded pictures out, with one set of settings: for others, make another coder. Frames are
 * stretched to `width` × `height`, so a caller whose camera turns asks `fit` again.
 */
export class VideoCoder {
  readonly settings: VideoSettings;
  readonly #on: VideoCoderEvents;
  readonly #steady: Clock;
  readonly #encoder: VideoEncoder;
  readonly #pace: Pace;
  #upright: OffscreenCanvas | null = null;
  #wantsKey = true;
  #keyAt = 0;
  #colorSpace: ColorSpace = { primaries: null, transfer: null, matrix: null, fullRange: null };
  /** Since when frames have gone in and nothing has come out. */
  #silentSince: number | null = null;
  #isOver = false;

  /** Throws TypeError for settings that no encoder understands; what this browser cannot do is `failed` later. */
  constructor(settings: VideoSettings, on: VideoCoderEvents, steady: Clock = steadyClock) {
    this.settings = settings;
    this.#on = on;
    this.#steady = steady;
    this.#pace = new Pace(settings.framesPerSecond);
    this.#encoder = new VideoEncoder({
      output: (chunk, metadata) => this.#give(chunk, metadata),
      error: () => this.#fail(),
    });
    this.#encoder.configure(encoderConfig(settings));
  }

  /**
   * Takes a frame, or leaves it out (false): too soon for `framesPerSecond`, the encoder is behind, or it is over.
   * Never closes the frame. `captured` in ms of the camera's clock.
   */
  code(frame: CameraFrame, captured: number): boolean {
    if (this.#isOver) return false;
    if (this.#silentSince !== null && this.#steady.now() - this.#silentSince > patience) {
      this.#fail();
      return false;
    }
    if (!this.#pace.isDue(captured)) return false;
    if (this.#encoder.encodeQueueSize >= mostWaiting) {
      this.#on.behind?.();
      return false;
    }
    const keyFrame = this.#wantsKey || this.#isKeyDue(captured);
    let input: VideoFrame | undefined;
    try {
      input = this.#prepare(frame, captured);
      this.#encoder.encode(input, { keyFrame });
    } catch {
      this.#fail();
      return false;
    } finally {
      input?.close();
    }
    this.#pace.take(captured);
    this.#silentSince ??= this.#steady.now();
    this.#wantsKey = false;
    if (keyFrame) this.#keyAt = captured;
    return true;
  }

  /** Makes the next frame that is taken a key frame. */
  needKey(): void {
    this.#wantsKey = true;
  }

  /** Nothing is given any more; what waits in the encoder is lost. */
  close(): void {
    this.#isOver = true;
    if (this.#encoder.state !== "closed") this.#encoder.close();
  }

  /** Whether the frame after this one would come too late; or the clock was set back. */
  #isKeyDue(captured: number): boolean {
    const age = captured - this.#keyAt;
    return age < 0 || age + 1000 / this.settings.framesPerSecond > keyInterval;
  }

  /**
   * A frame with the time of capture in it, which the codec carries to its picture. The encoder scales
   * (WebCodecs, VideoEncoderConfig: width) but refuses a camera that turns: such a frame is drawn upright.
   */
  #prepare(frame: VideoFrame, captured: number): VideoFrame {
    const timestamp = Math.round(captured * 1000);
    const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
    if (rotation === 0 && !flip) return new VideoFrame(frame, { timestamp });
    const { width, height } = this.settings;
    this.#upright ??= new OffscreenCanvas(width, height);
    this.#upright.getContext("2d", { alpha: false })?.drawImage(frame, 0, 0, width, height);
    return new VideoFrame(this.#upright, { timestamp, alpha: "discard" });
  }

  #give(chunk: EncodedVideoChunk, metadata?: EncodedVideoChunkMetadata): void {
    this.#silentSince = null;
    // Told with the first key frame, and with the one that begins other colours.
    const colors = metadata?.decoderConfig?.colorSpace;
    if (colors) this.#colorSpace = allNamed(colors);
    const { codec, width, height } = this.settings;
    const isKey = chunk.type === "key";
    // Also one that the encoder made of itself, where the scene changed.
    if (isKey) this.#keyAt = chunk.timestamp / 1000;
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    this.#on.coded({
      bytes,
      captured: chunk.timestamp / 1000,
      key: isKey ? { codec, width, height, colorSpace: this.#colorSpace } : null,
    });
  }

  #fail(): void {
    this.close();
    this.#on.failed("codec");
  }
}

/** What the encoder left open is null, as it is signed. */
const allNamed = (colors: VideoColorSpaceInit): ColorSpace => {
  const { primaries = null, transfer = null, matrix = null, fullRange = null } = colors;
  return { primaries, transfer, matrix, fullRange };
};
