// What Node lacks: coders that "code" a picture as its mark, and decoders that read that again. What they make is sealed,
// sent, judged and opened by the real code; real codecs are tested in browsers (test/media).
import type { Coders } from "../../src/apparatus/coders.ts";
import { PictureOpener } from "../../src/apparatus/picture-opener.ts";
import { Fault } from "../../src/base/index.ts";
import { byDecoders, type CodedPicture, type SoundPacket } from "../../src/media/index.ts";
import type { CameraFrame } from "../../src/sensor/index.ts";
import { colorSpace } from "../seal/camera.ts";

/** A frame for coders alone: it can be cloned, and says which one it is. */
export const codable = (mark: number, size = { width: 64, height: 36 }): CameraFrame => {
  const frame = {
    ...{ mark, displayWidth: size.width, displayHeight: size.height },
    clone: () => frame,
    close: () => undefined,
  };
  return frame as unknown as CameraFrame;
};
const markOf = (frame: VideoFrame): number => (frame as unknown as { mark: number }).mark;

export interface TestCoders extends Coders {
  /** Sizes of the coders that were made, in order. */
  readonly made: { width: number; height: number; framesPerSecond: number }[];
  /** Frames that coders took. */
  taken: number;
  /** Key frames that were asked for. */
  keys: number;
  /** Pictures that a coder holds before the first comes out: what waits in it when it is closed is lost. */
  holds: number;
  /** Packets of sound that were coded; each is filled with its number. */
  packets: number;
  /** What can be chosen, the preferred first: nothing as where nothing codes video. */
  codecs: string[];
  /** The codecs of the coders that were made, in order. */
  readonly chosen: string[];
  /** Fails the coder that was made last. */
  fail(): void;
  /** Gives a packet of sound, as if the microphone's had been coded. */
  sound(on: { packet(packet: SoundPacket): void }): {
    code(data: AudioData, captured: number): boolean;
    close(): void;
  };
}

/** Key frames are bytes [1, mark], deltas [2, mark, the mark of the frame before], stills [3, mark]. */
export const testCoders = (codecs: readonly string[] = ["vp8"]): TestCoders => {
  let failLast = (): void => undefined;
  const coders: TestCoders = {
    ...{ made: [], taken: 0, keys: 0, holds: 0, packets: 0, codecs: [...codecs], chosen: [] },
    fail: () => failLast(),
    // As the browser's: the first that most decode.
    choose: async (_width, _height, _rate, decoders) => byDecoders(coders.codecs, decoders)[0] ?? null,
    video(settings, on) {
      const { width, height, framesPerSecond, codec: chosen } = settings;
      coders.chosen.push(chosen);
      coders.made.push({ width, height, framesPerSecond });
      let wantsKey = true;
      let isOver = false;
      let before = 0;
      const held: CodedPicture[] = [];
      failLast = () => on.failed("codec");
      return {
        code(frame, captured) {
          if (isOver) return false;
          coders.taken += 1;
          const key = wantsKey ? { codec: chosen, width, height, colorSpace } : null;
          wantsKey = false;
          const mark = markOf(frame);
          held.push({ bytes: new Uint8Array(key ? [1, mark] : [2, mark, before]), captured, key });
          before = mark;
          if (held.length > coders.holds) on.coded(held.shift()!);
          return true;
        },
        needKey() {
          coders.keys += 1;
          wantsKey = true;
        },
        close() {
          isOver = true;
        },
      };
    },
    async still(frame, longest) {
      const { displayWidth: width, displayHeight: height } = frame;
      const bytes = new Uint8Array([3, markOf(frame)]);
      return { bytes, type: "image/jpeg", width: Math.min(width, longest), height };
    },
    sound: (on) => ({
      code(_data, captured) {
        coders.packets += 1;
        on.packet({ bytes: new Uint8Array(80).fill(coders.packets), captured });
        return true;
      },
      close: () => undefined,
    }),
  };
  return coders;
};

/** What a decoder makes that was given a delta on another picture than the one before: a picture the camera never saw. Real ones say nothing about it. */
export const neverSeen = 255;

const pictureOf = (mark: number, captured = 0): VideoFrame =>
  ({
    ...{ pixels: new Uint8Array([mark]), timestamp: captured * 1000 },
    close: () => undefined,
  }) as unknown as VideoFrame;

/** Openers for what `testCoders` makes: the picture's `pixels` are its mark. The decoder decodes whatever it is given, as real ones do. */
export const testOpeners = () => {
  let last: number | null = null;
  const video = {
    async open({ bytes, captured, key }: { bytes: Uint8Array; captured?: number; key: unknown }) {
      const [kind, mark = 0, before] = bytes;
      if (kind !== (key ? 1 : 2) || bytes.length !== (key ? 2 : 3)) throw new Fault("codec");
      const shown: number = key || before === last ? mark : neverSeen;
      last = mark;
      return pictureOf(shown, captured);
    },
    close() {
      last = null;
    },
  };
  const still = async (bytes: Uint8Array) => {
    if (bytes[0] !== 3 || bytes.length !== 2) throw new Fault("codec");
    return pictureOf(bytes[1]!);
  };
  return {
    pictures: new PictureOpener({ video, still }),
    sounds: {
      async open({ captured, packets }: { captured: number; packets: number }) {
        return { pcm: [new Float32Array(960 * packets)], sampleRate: 48_000 as const, captured };
      },
      close: () => undefined,
    },
  };
};
