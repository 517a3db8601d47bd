import { type Bytes, equal, Fault, randomBytes } from "../base/index.ts";
import type { CameraFrame } from "./camera-frame.ts";
import type { Kernels } from "./kernels.ts";
import {
  estimateEntropy,
  extremesOf,
  isUniform,
  judgeNoise,
  proportionWindow,
  type SeedRefusal,
} from "./photoelectric.ts";
import {
  byteLength,
  type ColorSpace,
  checkLayout,
  type Layout,
  type Position,
  planeLayout,
  type Shape,
  type SignedLeaves,
} from "./shape.ts";
import { tileRuns } from "./tile-runs.ts";

/** What stands in an opened picture where a tile was changed: neither light nor dark, and without a colour. */
const grey = 128;

/** What the camera signed of a frame's key and cipher. */
interface Expected {
  readonly tag: Uint8Array;
  readonly commitment: Uint8Array;
}

/** What came of a frame that was to give light: SHA-256 of its numbers (32 bytes), or why it gives none; bits and share of `SeedReport`. */
interface SeedFindings {
  readonly light: Bytes | null;
  readonly uniformShare: number;
  readonly minEntropy: number;
  readonly refused: SeedRefusal | null;
}

/** What lies in the frame area: the phase decides what may be asked for. */
type Phase = "empty" | "filling" | "captured" | "sealed" | "received" | "opened";

/**
 * The only door to the wasm module. One frame at a time lives in its memory and goes one of two ways:
 * captured or held → sealed → taken as cipher text (camera), captured → light, or received → opened → made a picture or taken as bytes (viewer). A
 * captured frame can leave only as cipher text; calls out of order throw TypeError.
 */
export class ArraySensor {
  readonly #kernels: Kernels;
  #phase: Phase = "empty";
  #layout: Layout | null = null;
  #keyed = false;
  /** Told to forget while a frame is being copied in: whatever the copy brings is erased when it settles. */
  #isForgotten = false;

  /** `kernels`: an instance of `build/array-sensor.wasm` that nobody else uses. */
  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** Takes the epoch key (32 bytes) for every later frame. The caller wipes its copy. */
  setEpochKey(key: Bytes): void {
    if (key.length !== 32) throw new TypeError(`"key" expected 32 bytes, got ${key.length}`);
    this.#area(this.#kernels.EPOCH_KEY.value, 32).set(key);
    this.#keyed = true;
  }

  /**
   * Copies a camera frame's pixels in, in their native format; closes nothing.
   * Fault "pixel-format" for anything but I420 and NV12, "shape" for sizes out of range.
   */
  async capture(frame: CameraFrame): Promise<Shape> {
    this.#from("empty");
    const { format, visibleRect } = frame;
    if ((format !== "I420" && format !== "NV12") || !visibleRect)
      throw new Fault("pixel-format", { format: format ?? "none" });
    const shape: Shape = { format, width: visibleRect.width, height: visibleRect.height };
    checkLayout(shape);
    this.#phase = "filling";
    try {
      // Grown before the copy begins: growing during it would detach the view.
      const pixels = this.#frame(byteLength(shape));
      await frame.copyTo(pixels, { rect: visibleRect, layout: planeLayout(shape) });
    } catch (cause) {
      this.#phase = "captured";
      this.#layout = shape;
      this.wipe();
      this.#isForgotten = false;
      throw cause;
    }
    this.#layout = shape;
    this.#phase = "captured";
    if (!this.#isForgotten) return shape;
    this.#isForgotten = false;
    this.wipe();
    throw new Fault("no-key");
  }

  /** Takes bytes that are no raw picture (what an encoder made of camera frames, text), to be sealed as they are. Fault "shape". */
  hold(bytes: Uint8Array): void {
    this.#from("empty");
    const layout = { format: "coded", length: bytes.length } as const;
    checkLayout(layout);
    this.#frame(bytes.length).set(bytes);
    this.#layout = layout;
    this.#phase = "captured";
  }

  /**
   * Makes light of the captured frame, or says why it gives none: photoelectric numbers at positions that `random` (4 bytes each, erased;
   * the system generator's) chooses, tested and hashed [SF10]. Frame and numbers are erased either way.
   */
  takeLight(isFullRange: boolean, random?: Bytes): SeedFindings {
    const shape = this.#from("captured");
    if (shape.format === "coded") throw new TypeError("the sensor holds no raw picture");
    const { NUMBERS, NUMBERS_CAPACITY, POSITIONS, wipe } = this.#kernels;
    const pixels = shape.width * shape.height;
    const count = Math.min(pixels, NUMBERS_CAPACITY.value);
    try {
      const { low, high } = extremesOf(isFullRange);
      const uniformShare = this.#kernels.extremes(pixels, low, high) / pixels;
      if (isUniform(uniformShare)) return { light: null, uniformShare, minEntropy: 0, refused: "uniform" };
      const words = random ?? randomBytes(count * 4);
      if (words.length !== count * 4)
        throw new TypeError(`"random" expected ${count * 4} bytes, got ${words.length}`);
      this.#area(POSITIONS.value, words.length).set(words);
      words.fill(0);
      this.#kernels.drawNumbers(pixels, count);
      const minEntropy = estimateEntropy(this.#kernels.noiseOnes(count), count);
      const refused = this.#testNoise(count);
      const light = refused ? null : this.#hash(NUMBERS.value, count);
      return { light, uniformShare, minEntropy, refused };
    } finally {
      wipe(NUMBERS.value, count);
      wipe(POSITIONS.value, count * 4);
      this.wipe();
    }
  }

  /** Encrypts the captured frame in place under the frame key of `position`. Fault "no-key" before `setEpochKey`. */
  seal(position: Position, associatedData: Uint8Array): { tag: Bytes; commitment: Bytes } {
    const layout = this.#from("captured");
    const { TAG, COMMITMENT } = this.#kernels;
    this.#deriveFrameKey(position);
    try {
      this.#kernels.seal(this.#associate(associatedData), byteLength(layout));
      this.#phase = "sealed";
    } finally {
      this.#forgetFrameKey();
    }
    return { tag: this.#copy(TAG.value, 16), commitment: this.#copy(COMMITMENT.value, 32) };
  }

  /** The tree over the cipher text: leaves (32 bytes each; tiles in row-major order, or pieces) and the RFC 9162 root. */
  tree(): { root: Bytes; leaves: Bytes } {
    const layout = this.#from("sealed", "received");
    const { LEAVES, ROOT, pieceLeaves, tileLeaves, treeRoot } = this.#kernels;
    const count =
      layout.format === "coded"
        ? pieceLeaves(layout.length)
        : tileLeaves(layout.format === "I420" ? 0 : 1, layout.width, layout.height);
    treeRoot(count);
    return { root: this.#copy(ROOT.value, 32), leaves: this.#copy(LEAVES.value, count * 32) };
  }

  /** The root over a given list of leaves (n × 32 bytes), without any frame. */
  rootOf(leaves: Uint8Array): Bytes {
    const { LEAVES, LEAVES_CAPACITY, ROOT, treeRoot } = this.#kernels;
    const count = leaves.length / 32;
    if (!Number.isInteger(count) || count < 1 || count > LEAVES_CAPACITY.value)
      throw new RangeError(`"leaves" expected 1 to ${LEAVES_CAPACITY.value} hashes, got ${count}`);
    this.#area(LEAVES.value, leaves.length).set(leaves);
    treeRoot(count);
    return this.#copy(ROOT.value, 32);
  }

  /** Copies the cipher text out into `target` (exactly the frame's length) and empties the sensor. */
  takeCipher(target: Uint8Array): void {
    const layout = this.#from("sealed");
    target.set(this.#area(this.#kernels.FRAME.value, byteLength(layout)));
    this.#phase = "empty";
    this.#layout = null;
  }

  /**
   * Takes received cipher text in. What is judged, opened and shown later is this copy alone: the sender's or any
   * other holder's later changes to `cipher` reach nothing. Fault "shape" when the length does not fit.
   */
  receive(cipher: Uint8Array, layout: Layout): void {
    this.#from("empty");
    checkLayout(layout);
    if (cipher.length !== byteLength(layout)) throw new Fault("shape", { length: cipher.length });
    this.#frame(cipher.length).set(cipher);
    this.#layout = layout;
    this.#phase = "received";
  }

  /** Opens the received frame in place, or says which check refused it; then the frame is what it was. */
  open(position: Position, associatedData: Uint8Array, expected: Expected): "opened" | "commitment" | "tag" {
    return this.#openReceived(() => this.#deriveFrameKey(position), associatedData, expected);
  }

  /** As `open`, with the frame's own key (32 bytes), which somebody disclosed; the epoch's is neither needed nor touched. */
  openWith(key: Bytes, associatedData: Uint8Array, expected: Expected): "opened" | "commitment" | "tag" {
    if (key.length !== 32) throw new TypeError(`"key" expected 32 bytes, got ${key.length}`);
    const takeKey = (): void => {
      this.#area(this.#kernels.FRAME_KEY.value, 32).set(key);
      this.#kernels.commit();
    };
    return this.#openReceived(takeKey, associatedData, expected);
  }

  /**
   * The key of one sealed frame, to be disclosed with it: opens this frame and no other. null where the epoch key that is set leads to
   * another key than the frame's `commitment` says. Fault "no-key" before `setEpochKey`. The epoch key has no way out.
   */
  frameKey(position: Position, commitment: Uint8Array): Bytes | null {
    this.#deriveFrameKey(position);
    try {
      const isItsKey = equal(this.#area(this.#kernels.COMMITMENT.value, 32), commitment);
      return isItsKey ? this.#copy(this.#kernels.FRAME_KEY.value, 32) : null;
    } finally {
      this.#forgetFrameKey();
    }
  }

  /**
   * Opens those tiles of the received raw frame that are in `leaves`, as the frame's own signature names them, and no other [SF30]:
   * each tile is hashed here once more, and one whose leaf differs is grey before anything can be taken out. The tag is of the whole
   * frame and cannot be checked; signed leaf and committed key stand in for it.
   */
  openUnchanged(position: Position, commitment: Uint8Array, leaves: SignedLeaves): "opened" | "commitment" {
    const shape = this.#from("received");
    if (shape.format === "coded") throw new TypeError("the sensor holds no raw picture");
    const found = this.tree().leaves;
    if (found.length !== leaves.length)
      throw new TypeError(`"leaves" expected ${found.length} bytes, got ${leaves.length}`);
    const isChanged = (tile: number): boolean => {
      const at = tile * 32;
      return !equal(found.subarray(at, at + 32), leaves.subarray(at, at + 32));
    };
    const changed = Array.from({ length: leaves.length / 32 }, (_, tile) => tile).filter(isChanged);
    const length = byteLength(shape);
    this.#deriveFrameKey(position);
    try {
      if (!equal(this.#area(this.#kernels.COMMITMENT.value, 32), commitment)) return "commitment";
      // RFC 8439 §2.8: the key stream of the frame begins with block 1.
      this.#kernels.chacha20Xor(1, 0, 0, 0, length);
      const pixels = this.#area(this.#kernels.FRAME.value, length);
      for (const tile of changed)
        for (const run of tileRuns(shape, tile)) pixels.fill(grey, run.offset, run.offset + run.length);
    } finally {
      this.#forgetFrameKey();
    }
    this.#phase = "opened";
    return "opened";
  }

  /**
   * The opened frame as a picture with its signed colour space, but for names that this browser does not know; the
   * sensor is emptied, also when no picture comes of it. `timestamp` in µs.
   */
  picture(colorSpace: ColorSpace, timestamp: number): VideoFrame {
    const shape = this.#from("opened");
    if (shape.format === "coded") throw new TypeError("the sensor holds no raw picture");
    const pixels = this.#area(this.#kernels.FRAME.value, byteLength(shape));
    try {
      return new VideoFrame(pixels, {
        format: shape.format,
        codedWidth: shape.width,
        codedHeight: shape.height,
        layout: planeLayout(shape),
        // Without it the constructor assumes bt709, visibly wrong for most cameras.
        colorSpace: understood(colorSpace),
        timestamp,
      });
    } finally {
      this.wipe();
    }
  }

  /** The opened bytes of a coded frame; the sensor is emptied. The caller wipes them. */
  bytes(): Bytes {
    const layout = this.#from("opened");
    if (layout.format !== "coded") throw new TypeError("the sensor holds a raw picture");
    const bytes = this.#copy(this.#kernels.FRAME.value, layout.length);
    this.wipe();
    return bytes;
  }

  /** Erases the frame. Cheap when there is none. */
  wipe(): void {
    if (this.#phase === "filling") throw new TypeError("a frame is being copied in");
    if (this.#layout) this.#kernels.wipe(this.#kernels.FRAME.value, byteLength(this.#layout));
    this.#layout = null;
    this.#phase = "empty";
  }

  /**
   * Erases every key and the frame: the end of an epoch or of the sensor. A frame that is being copied in is erased
   * when its copy settles, and the capture then throws Fault "no-key".
   */
  forget(): void {
    if (this.#phase === "filling") this.#isForgotten = true;
    else this.wipe();
    this.#area(this.#kernels.EPOCH_KEY.value, 32).fill(0);
    this.#forgetFrameKey();
    this.#keyed = false;
  }

  /** What lies here in one of the expected phases; TypeError in any other. */
  #from(phase: "empty"): null;
  #from(...phases: Exclude<Phase, "empty" | "filling">[]): Layout;
  #from(...phases: Phase[]): Layout | null {
    if (!phases.includes(this.#phase))
      throw new TypeError(`the sensor is ${this.#phase}, not ${phases.join(" or ")}`);
    return this.#layout;
  }

  /** The health tests over the first `count` numbers. Fewer than one window cannot be told from a broken source. */
  #testNoise(count: number): SeedRefusal | null {
    if (count < proportionWindow) return "proportion";
    const { longestRepetition, highestProportion } = this.#kernels;
    return judgeNoise(longestRepetition(count), highestProportion(count, proportionWindow));
  }

  /** SHA-256 of what lies at `address`; the kernel's copy is erased. */
  #hash(address: number, length: number): Bytes {
    const { DIGEST, sha256 } = this.#kernels;
    sha256(address, length);
    const digest = this.#copy(DIGEST.value, 32);
    this.#area(DIGEST.value, 32).fill(0);
    return digest;
  }

  /** Frame key = HChaCha20(epoch key, epoch u32 ‖ track u32 ‖ sequence u64), big-endian [SF9]; and its commitment. */
  #deriveFrameKey({ epoch, track, sequence }: Position): void {
    if (!this.#keyed) throw new Fault("no-key");
    const { memory, DERIVE_NONCE, hchacha20, commit } = this.#kernels;
    const nonce = new DataView(memory.buffer, DERIVE_NONCE.value, 16);
    nonce.setUint32(0, epoch);
    nonce.setUint32(4, track);
    nonce.setBigUint64(8, BigInt(sequence));
    hchacha20();
    commit();
  }

  /** Opens what lies received under the frame key that `putKey` puts in its place; it is erased again. */
  #openReceived(
    putKey: () => void,
    associatedData: Uint8Array,
    expected: Expected,
  ): "opened" | "commitment" | "tag" {
    // Not what was sealed here: a captured frame has no way back.
    const layout = this.#from("received");
    const { TAG, COMMITMENT } = this.#kernels;
    putKey();
    try {
      if (!equal(this.#area(COMMITMENT.value, 32), expected.commitment)) return "commitment";
      this.#area(TAG.value, 16).set(expected.tag);
      if (this.#kernels.open(this.#associate(associatedData), byteLength(layout)) !== 1) return "tag";
    } finally {
      this.#forgetFrameKey();
    }
    this.#phase = "opened";
    return "opened";
  }

  #forgetFrameKey(): void {
    this.#area(this.#kernels.FRAME_KEY.value, 32).fill(0);
  }

  #associate(bytes: Uint8Array): number {
    const { AD, AD_CAPACITY } = this.#kernels;
    if (bytes.length > AD_CAPACITY.value)
      throw new RangeError(`"associatedData" expected up to ${AD_CAPACITY.value} bytes, got ${bytes.length}`);
    this.#area(AD.value, bytes.length).set(bytes);
    return bytes.length;
  }

  #frame(length: number): Uint8Array<ArrayBuffer> {
    const { memory, FRAME } = this.#kernels;
    const short = FRAME.value + length - memory.buffer.byteLength;
    if (short > 0) memory.grow(Math.ceil(short / 65536));
    return this.#area(FRAME.value, length);
  }

  #area(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#kernels.memory.buffer as ArrayBuffer, address, length);
  }

  #copy(address: number, length: number): Bytes {
    return this.#area(address, length).slice();
  }
}

/** The names that this browser knows; what it does not know is left open, or an honest camera could not be shown. */
export const understood = (colorSpace: ColorSpace): VideoColorSpaceInit =>
  Object.fromEntries(
    Object.entries(colorSpace).map(([name, value]) => {
      try {
        if (value !== null) new VideoColorSpace({ [name]: value } as VideoColorSpaceInit);
        return [name, value];
      } catch {
        return [name, null];
      }
    }),
  ) as VideoColorSpaceInit;
