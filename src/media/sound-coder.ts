import { packetDuration, type SoundPacket } from "./sound-bundle.ts";

/** Bits a second; at this rate a packet has 80 bytes, whatever is said. */
export const soundBitrate = 32_000;

/** What a coder says. After `failed` ("codec") it gives and takes nothing more. */
export interface SoundCoderEvents {
  packet(packet: SoundPacket): void;
  failed(code: "codec"): void;
}

/** Packets that may wait in the encoder: half a second. */
const mostWaiting = 25;
/** How far what the camera's clock says may be from the count of samples, in ms, before it counts as a pause. */
const tolerance = 100;

/**
 * Sound in, Opus packets of 20 ms out: mono, at a constant bit rate, since the lengths of variable packets tell what
 * is said. A packet's time follows from the count of samples, so that it is even although chunks arrive unevenly.
 */
export class SoundCoder {
  readonly #on: SoundCoderEvents;
  #encoder: AudioEncoder | null = null;
  #sampleRate = 0;
  /** The packet that is being filled, and how many samples of it are there. */
  #samples = new Float32Array(0);
  #filled = 0;
  /** When the first sample of the run was captured, and how many samples of it went by. */
  #began = Number.NaN;
  #count = 0;
  /** Times of the packets that are in the encoder: they come out in order. */
  #times: number[] = [];
  #isOver = false;

  constructor(on: SoundCoderEvents) {
    this.#on = on;
  }

  /**
   * Takes a chunk of sound of any rate and number of channels, or leaves it out (false): the encoder is far behind,
   * or it is over. Never closes it. `captured` in ms of the camera's clock, of its first sample.
   */
  code(data: AudioData, captured: number): boolean {
    if (this.#isOver) return false;
    try {
      if (data.sampleRate !== this.#sampleRate) this.#begin(data.sampleRate);
      if (!this.#encoder || this.#times.length >= mostWaiting) return false;
      const expected = this.#began + (this.#count * 1000) / this.#sampleRate;
      // Also for the first one, of which nothing is expected.
      if (!(Math.abs(captured - expected) <= tolerance)) this.#resume(captured);
      const sound = mono(data);
      this.#take(sound);
      sound.fill(0);
      return true;
    } catch {
      this.#fail();
      return false;
    }
  }

  /** Nothing is given any more; what waits is lost. */
  close(): void {
    this.#isOver = true;
    this.#samples.fill(0);
    if (this.#encoder && this.#encoder.state !== "closed") this.#encoder.close();
  }

  /** The encoder takes one sample rate and makes 48 kHz of it. */
  #begin(sampleRate: number): void {
    this.#encoder?.close();
    this.#times = [];
    this.#began = Number.NaN;
    this.#sampleRate = sampleRate;
    this.#samples = new Float32Array(Math.round((sampleRate * packetDuration) / 1000));
    this.#encoder = new AudioEncoder({ output: (chunk) => this.#give(chunk), error: () => this.#fail() });
    this.#encoder.configure({
      ...{ codec: "opus", sampleRate, numberOfChannels: 1 },
      ...{ bitrate: soundBitrate, bitrateMode: "constant", opus: { frameDuration: packetDuration * 1000 } },
    });
  }

  /** A new run of samples: a packet that was begun before the pause is not filled with what came after it. */
  #resume(captured: number): void {
    this.#began = captured;
    this.#count = 0;
    this.#filled = 0;
  }

  #take(sound: Float32Array): void {
    for (let at = 0; at < sound.length; ) {
      const part = sound.subarray(at, at + this.#samples.length - this.#filled);
      this.#samples.set(part, this.#filled);
      this.#filled += part.length;
      this.#count += part.length;
      at += part.length;
      if (this.#filled === this.#samples.length) this.#encode();
    }
  }

  #encode(): void {
    this.#filled = 0;
    const numberOfFrames = this.#samples.length;
    const captured = this.#began + ((this.#count - numberOfFrames) * 1000) / this.#sampleRate;
    const data = new AudioData({
      ...{ format: "f32-planar", sampleRate: this.#sampleRate, numberOfChannels: 1, numberOfFrames },
      ...{ timestamp: Math.round(captured * 1000), data: this.#samples },
    });
    this.#times.push(captured);
    this.#encoder?.encode(data);
    data.close();
  }

  #give(chunk: EncodedAudioChunk): void {
    // Not the chunk's own time: encoders count samples and know of no pause.
    const captured = this.#times.shift();
    if (captured === undefined) return;
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    this.#on.packet({ bytes, captured });
  }

  #fail(): void {
    this.close();
    this.#on.failed("codec");
  }
}

/** All channels as one: their mean. */
const mono = (data: AudioData): Float32Array => {
  const { numberOfChannels, numberOfFrames } = data;
  const sum = new Float32Array(numberOfFrames);
  const one = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex += 1) {
    data.copyTo(one, { planeIndex, format: "f32-planar" });
    for (let at = 0; at < numberOfFrames; at += 1) sum[at] = sum[at]! + one[at]! / numberOfChannels;
  }
  one.fill(0);
  return sum;
};
