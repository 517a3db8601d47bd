import { type Bytes, type Clock, Fault, faultCode, type Sealed, utf8 } from "../base/index.ts";
import {
  type CodedPicture,
  combine,
  Pace,
  type Plan,
  type SoundBundle,
  type Still,
  type VideoFamily,
  videoFamilies,
  type Wish,
} from "../media/index.ts";
import type { Carrier } from "../relay/index.ts";
import {
  type CapturePath,
  type CodedFields,
  maxText,
  sealCoded,
  sealFrame,
  signEnd,
  signFreshness,
  signHead,
  tracks,
} from "../seal/index.ts";
import type { ArraySensor, CameraFrame, ColorSpace } from "../sensor/index.ts";
import type { KeyCause, KeyStatus } from "./camera.api.ts";
import { type Ending, encodeCameraTalk, type Unsent } from "./camera-talk.ts";
import type { Coders } from "./coders.ts";
import { type Lane, type Seat, seat } from "./lanes.ts";
import { findSeed, type MadeEpoch, makeEpoch, type OpenedBy } from "./make-epoch.ts";
import { NonceDesk } from "./nonce-desk.ts";
import { type Asker, PictureTrack, stillsPerSecond } from "./picture-track.ts";
import { type Onlooker, onlookerWish } from "./sealed-drawing.ts";
import { SeedTap } from "./seed-tap.ts";
import { SoundTrack } from "./sound-track.ts";
import { isPicture, StillGate } from "./still-gate.ts";
import { askInterval, decodeTalk, mostFramesPerSecond, mostWatchers } from "./talk.ts";
import { isWanted, type SealedFrame, type Serving, trackOf, Watcher } from "./watcher.ts";

/** Everything one stream is made from. `recipients` and `generation`: of the set in force. */
export interface StreamOptions extends OpenedBy {
  /** For raw frames, which are copied in while others wait. */
  readonly sensor: ArraySensor;
  /** For everything that comes in bytes. */
  readonly codedSensor: ArraySensor;
  readonly coders: Coders;
  readonly clock: Clock;
  /** For credit and probes, which last a time and are at none. */
  readonly steady: Clock;
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
  readonly counter: number;
  readonly previous: Bytes | null;
  readonly path: CapturePath;
  /** The capture device's own label; only card holders see it. */
  readonly label: string;
  /** Why it begins, where that is another key's story. */
  readonly cause?: KeyCause;
  /** A viewer says that wrong passwords were tried on its card [RP24]. */
  readonly onguessed?: () => void;
}

/** Somebody on this side who takes sealed items as they come and keeps up: the camera's own recording. */
export interface Keeper {
  readonly wish: Wish;
  /** The head and the epoch first, then frames, each further epoch before its own, at last the end. The bytes are good during the call only. */
  take(kind: "head" | "epoch" | "frame" | "end", item: Bytes): void;
}

/** How long the end of a stream waits for the frame that is being sealed. ms */
const endPatience = 1_000;
/** What may wait for its signature, of all tracks together: about a quarter of a second of two pictures and sound. */
export const mostWaiting = 16;
/** Of who has not said what it wants. */
const nothing: Wish = { picture: "none", longest: 0, framesPerSecond: 1, sound: "none", text: false };
/** A keeper takes whatever it is coded with. */
const keeperDecodes = videoFamilies;

/** What a camera tells about its stream. Times in ms. */
export interface StreamStatus {
  readonly since: number;
  /** Pictures that came from the capture device. */
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly watchers: readonly string[];
  /** Frames that were left out for viewers who do not keep up. */
  readonly leftOut: number;
  /** How many of those who watch get none of the pictures that they want: too large for their way, or turned. */
  readonly unsent: number;
  /** Pictures and bundles of sound that this device was too slow to code or to seal. */
  readonly leftOutHere: number;
  /** Whether sound is being heard. */
  readonly sound: boolean;
}

/**
 * One stream from its head to its end: frames come in, sealed items go out to whoever wants them. Nothing is sealed that nobody
 * wants. A viewer that takes nothing costs its carrier's window, and beside it the head and the announcement that it is greeted with and the end. Raw frames come one at a time, no queue: while one is being sealed the capture drops what it cannot
 * hand over. Of others `mostWaiting` may wait for their signatures.
 */
export class CameraStream {
  readonly hash: Bytes;
  readonly #options: StreamOptions;
  readonly #head: Sealed;
  /** Every announcement by its number: wraps and signatures, no secret. */
  readonly #announced: Sealed[];
  #key: Omit<KeyStatus, "next" | "life">;
  #openedBy: OpenedBy;
  /** Where the next frames go while a seed is looked for. */
  #tap: SeedTap | null = null;
  #rekeying: Promise<unknown> = Promise.resolve();
  readonly #watchers = new Set<Watcher>();
  readonly #keepers = new Map<Keeper, StillGate>();
  #onlooker: Onlooker | null = null;
  readonly #since: number;
  /** How many sequences of each track are claimed. */
  readonly #counts = new Map<number, number>();
  /** The sequence of the last key frame of each track. */
  readonly #keys = new Map<number, number>();
  readonly #full: PictureTrack;
  readonly #small: PictureTrack;
  readonly #sound: SoundTrack;
  readonly #nonces: NonceDesk;
  #plan: Plan = { lossless: null, full: null, small: null, live: false, recorded: false, text: false };
  /** Of raw frames; null: all of them. */
  #pace: Pace | null = null;
  #seen = 0;
  #leftOutHere = 0;
  #size = { width: 0, height: 0 };
  /** When a key frame was last made because somebody asked, by track. */
  readonly #asked = new Map<number, number>();
  #sealing: Promise<unknown> = Promise.resolve();
  /** Sealed items go out in the order in which their sequences were claimed. */
  #sending: Promise<unknown> = Promise.resolve();
  /** How many frames were claimed and are not sent yet, raw ones apart. */
  #waiting = 0;
  /** Something could not be sealed although it could have been. */
  #failed = false;
  #isOver = false;

  private constructor(options: StreamOptions, head: Sealed, hash: Bytes, { item, seed }: MadeEpoch) {
    this.#options = options;
    this.#head = head;
    this.hash = hash;
    this.#announced = [item];
    this.#openedBy = options;
    this.#since = options.clock.now();
    this.#key = { epoch: 0, changed: this.#since, cause: options.cause ?? "begin", seed };
    const { coders, steady } = options;
    const pictures = (track: number): PictureTrack =>
      new PictureTrack(coders, steady, {
        coded: (picture) => this.#sealPicture(track, picture),
        still: (still) => this.#sealStill(track, still),
        chosen: () => this.#plans("viewer"),
        failed: () => this.#openGates(),
        behind: () => this.#leaveOut(),
      });
    this.#full = pictures(tracks.full);
    this.#small = pictures(tracks.small);
    this.#sound = new SoundTrack(coders, {
      live: (bundle) => this.#sealSound(tracks.sound, bundle),
      recorded: (bundle) => this.#sealSound(tracks.recordedSound, bundle),
    });
    this.#nonces = new NonceDesk((nonces) => this.#signNonces(nonces), steady);
  }

  /** Signs the head and makes the first epoch with the light of frames that `next` gives: none is sent, each is closed. */
  static async begin(options: StreamOptions, next: () => Promise<CameraFrame>): Promise<CameraStream> {
    const { sensor, codedSensor, clock, privateKey, publicKey, counter, previous, path, label } = options;
    const { recipients, generation } = options;
    const seed = await findSeed(sensor, next);
    const started = clock.now();
    const { item, hash } = await signHead(privateKey, { publicKey, counter, previous, started, path });
    const means = { privateKey, hash, epoch: 0, label, recipients, generation };
    const made = await makeEpoch(seed, means);
    try {
      sensor.setEpochKey(made.key);
      codedSensor.setEpochKey(made.key);
      return new CameraStream(options, item, hash, made);
    } finally {
      made.key.fill(0);
    }
  }

  /** What people may know of the key in use. */
  get key(): Omit<KeyStatus, "next" | "life"> {
    return this.#key;
  }

  /**
   * Gives the stream another key, for these recipients from now on where they are named; settles when it is in use. Its seed is made of the next
   * frames, which are not sent; all others go on under the old key until then. Fault "camera-stopped" where the stream ends before.
   */
  rekey(cause: KeyCause, openedBy: OpenedBy = this.#openedBy): Promise<void> {
    this.#openedBy = openedBy;
    const rekeying = this.#rekeying.then(() => this.#rekey(cause));
    this.#rekeying = rekeying.catch(() => undefined);
    return rekeying;
  }

  async #rekey(cause: KeyCause): Promise<void> {
    if (this.#isOver) throw new Fault("camera-stopped");
    const { sensor, codedSensor, privateKey, label, clock } = this.#options;
    const { recipients, generation } = this.#openedBy;
    const epoch = this.#announced.length;
    const tap = new SeedTap();
    this.#tap = tap;
    const found = await findSeed(sensor, () => tap.next()).finally(() => {
      tap.close();
      this.#tap = null;
    });
    const means = { privateKey, hash: this.hash, epoch, label, recipients, generation };
    const { item, key, seed } = await makeEpoch(found, means);
    try {
      if (this.#isOver) throw new Fault("camera-stopped");
      // Both at once, and nothing is waited for up to the end: what is sealed from here on names the new epoch.
      sensor.setEpochKey(key);
      codedSensor.setEpochKey(key);
      this.#announced.push(item);
      this.#key = { epoch, changed: clock.now(), cause, seed };
      for (const keeper of this.#keepers.keys()) keeper.take("epoch", item);
    } finally {
      key.fill(0);
    }
  }

  get status(): StreamStatus {
    const all = [...this.#watchers];
    const watchers = all.map(({ key }) => key);
    const leftOut = all.reduce((sum, one) => sum + one.leftOut, 0);
    const sound = this.#sound.isOn;
    const leftOutHere = this.#leftOutHere;
    const unsent = all.filter((one) => one.unsent !== null).length;
    const counts = { frames: this.#seen, leftOut, leftOutHere, unsent };
    return { since: this.#since, ...counts, ...this.#size, watchers, sound };
  }

  /**
   * Takes one camera frame and closes it: seals what is wanted of it and sends it to everybody who keeps up, or spends it on the next key. Fault "seal-failed"
   * when something before it could not be sealed: the stream has to end.
   */
  seal(frame: CameraFrame): Promise<void> {
    const sealing = this.#tap?.isAsking ? this.#spend(this.#tap, frame) : this.#take(frame);
    this.#sealing = sealing.catch(() => undefined);
    return sealing;
  }

  /** Takes a microphone's sound until it ends, `hush` is called, or the stream ends. */
  listen(sound: ReadableStream<AudioData>): Promise<void> {
    return this.#sound.listen(sound, () => this.#options.clock.now());
  }

  hush(): void {
    this.#sound.close();
  }

  /** Seals a line of text, typed at the camera. RangeError where it is empty or longer than 4096 bytes. */
  say(text: string): void {
    const bytes = utf8(text);
    if (bytes.length < 1 || bytes.length > maxText)
      throw new RangeError(`"text" expected 1 to ${maxText} bytes, got ${bytes.length}`);
    const captured = this.#options.clock.now();
    this.#sealCoded(tracks.text, bytes, (at) => ({ kind: "text", captured, ...at }));
  }

  /** Lets a viewer whose key was proven watch: it gets the head and the epoch, and what it wants then. One too many is closed. */
  attach(carrier: Carrier, key: string): void {
    if (this.#watchers.size >= mostWatchers || this.#isOver) {
      carrier.close();
      return;
    }
    const watcher = new Watcher(key, carrier, this.#options.steady);
    carrier.onmessage = (message) => {
      if ("talk" in message) this.#hear(watcher, message.talk);
    };
    carrier.onclose = () => {
      this.#watchers.delete(watcher);
      this.#nonces.forget(watcher);
      this.#plans("viewer");
    };
    this.#open(watcher);
    this.#watchers.add(watcher);
  }

  /** Gives everything that `keeper` wishes to it, a still first, until `release`. */
  keep(keeper: Keeper): void {
    keeper.take("head", this.#head);
    // The one before, too: what was sealed under it may be waiting for its signature still.
    for (const item of this.#announced.slice(-2)) keeper.take("epoch", item);
    this.#keepers.set(keeper, new StillGate(keeper.wish.picture === "none"));
    this.#plans("camera");
    if (keeper.wish.picture === "full") this.#full.needStill("camera");
    if (keeper.wish.picture === "small") this.#small.needStill("camera");
  }

  release(keeper: Keeper): void {
    this.#keepers.delete(keeper);
    this.#plans("camera");
  }

  /** Shows every sealed picture to `onlooker`, instead of the one before; null: to nobody. Where nobody takes any, one is sealed for it now and again. */
  look(onlooker: Onlooker | null): void {
    this.#onlooker = onlooker;
    this.#plans("camera");
  }

  /** Signs the end, tells every viewer, and why it ends; erases the keys. */
  async end(why: Ending = "stopped"): Promise<void> {
    const { clock, privateKey, sensor, codedSensor } = this.#options;
    // What the recording's last bundle holds is sealed, and counted, before the end; of live sound what is held is dropped.
    this.#sound.close();
    this.#full.close();
    this.#small.close();
    // No sequence is claimed from here on.
    this.#isOver = true;
    this.#tap?.close();
    this.#onlooker = null;
    this.#nonces.close();
    // The frame under way goes out first. A copy that never settles holds nothing up: its frame is erased if it does.
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, endPatience);
    await Promise.race([Promise.all([this.#sealing, this.#sending]), late]);
    clearTimeout(timer);
    sensor.forget();
    codedSensor.forget();
    this.#openGates();
    const item = await signEnd(privateKey, this.hash, { counts: this.#counts, ended: clock.now() });
    for (const keeper of this.#keepers.keys()) keeper.take("end", item);
    this.#keepers.clear();
    for (const { carrier } of this.#watchers) {
      carrier.send({ talk: encodeCameraTalk({ kind: "ending", ending: why }) });
      carrier.send({ sealed: item.slice() as Sealed });
      carrier.close();
    }
    this.#watchers.clear();
  }

  /** As a seed frame: it is closed there, and never sent. */
  #spend(tap: SeedTap, frame: CameraFrame): Promise<void> {
    this.#seen += 1;
    this.#see(frame);
    return tap.give(frame);
  }

  async #take(frame: CameraFrame): Promise<void> {
    const captured = this.#options.clock.now();
    try {
      if (this.#isOver) throw new Fault("no-key");
      if (this.#failed) throw new Fault("seal-failed");
      this.#seen += 1;
      this.#see(frame);
      // Left out before it is coded, a frame leaves no gap: no key frame is needed.
      if (this.#waiting < mostWaiting) {
        this.#needStills(captured);
        this.#full.take(frame, captured);
        this.#small.take(frame, captured);
      } else if (this.#plan.full || this.#plan.small) this.#leaveOut();
      if (this.#plan.lossless !== null && this.#pace?.isDue(captured) !== false) {
        if (isTurned(frame)) this.#refuse(tracks.raw, "turned");
        else await this.#sealRaw(frame, captured);
      }
    } finally {
      frame.close();
    }
  }

  /** A camera may turn or change its size. */
  #see({ displayWidth: width, displayHeight: height }: CameraFrame): void {
    if (this.#size.width === width && this.#size.height === height) return;
    this.#size = { width, height };
    this.#plans("camera");
  }

  async #sealRaw(frame: CameraFrame, captured: number): Promise<void> {
    const { sensor, privateKey } = this.#options;
    this.#pace?.take(captured);
    const track = tracks.raw;
    // Claimed before the first await: no position is ever used twice.
    const sequence = this.#claim(track);
    const colorSpace = frame.colorSpace.toJSON() as ColorSpace;
    const shape = await sensor.capture(frame);
    // Read behind the wait: the frame is encrypted before the next one.
    const { epoch } = this.#key;
    const fields = { kind: "raw" as const, epoch, track, sequence, captured, shape, colorSpace };
    const item = await sealFrame(sensor, privateKey, this.hash, fields);
    this.#send({ track, sequence, epoch, kind: "raw", captured, item });
  }

  #sealPicture(track: number, { bytes, captured, key }: CodedPicture): void {
    this.#sealCoded(track, bytes, (at) => {
      if (key) this.#keys.set(track, at.sequence);
      const after = at.sequence - (this.#keys.get(track) ?? at.sequence);
      return key ? { kind: "key", captured, ...key, ...at } : { kind: "delta", captured, after, ...at };
    });
  }

  #sealStill(track: number, { bytes, captured, type, width, height }: Still & { captured: number }): void {
    this.#sealCoded(track, bytes, (at) => ({ kind: "image", captured, type, width, height, ...at }));
  }

  #sealSound(track: number, { bytes, captured: exact, channels, packets }: SoundBundle): void {
    const captured = Math.max(0, Math.round(exact));
    this.#sealCoded(track, bytes, (at) => ({ kind: "sound", captured, channels, packets, ...at }));
  }

  /** Claims the next sequence, seals, wipes the bytes and sends: all of it in the order of these calls. */
  #sealCoded(
    track: number,
    bytes: Bytes,
    describe: (at: { epoch: number; track: number; sequence: number }) => CodedFields,
  ): void {
    const isSound = track === tracks.sound || track === tracks.recordedSound;
    if (this.#isOver || this.#failed || (isSound && this.#waiting >= mostWaiting)) {
      bytes.fill(0);
      if (!this.#isOver && !this.#failed) this.#leaveOut();
      return;
    }
    const { codedSensor, privateKey } = this.#options;
    const sequence = this.#claim(track);
    const { epoch } = this.#key;
    const fields = describe({ epoch, track, sequence });
    const sealing = sealCoded(codedSensor, privateKey, this.hash, fields, bytes);
    bytes.fill(0);
    this.#waiting += 1;
    this.#sending = Promise.allSettled([sealing, this.#sending]).then(([sealed]) => {
      this.#waiting -= 1;
      if (sealed.status === "rejected") this.#fail(sealed.reason);
      else {
        const { kind, captured } = fields;
        this.#send({ track, sequence, epoch, kind, captured, item: sealed.value });
      }
    });
  }

  /** A frame that is too long or too short for its kind is left out; whatever else fails would fail with every frame. */
  #fail(reason: unknown): void {
    console.error(reason);
    if (!["shape", "malformed"].includes(faultCode(reason))) this.#failed = true;
  }

  #leaveOut(): void {
    this.#leftOutHere += 1;
  }

  #claim(track: number): number {
    const sequence = this.#counts.get(track) ?? 0;
    this.#counts.set(track, sequence + 1);
    return sequence;
  }

  /** The announcement of this number; of the newest where there is none. */
  #announcement(epoch: number = this.#key.epoch): Sealed {
    return this.#announced[epoch] ?? (this.#announced.at(-1) as Sealed);
  }

  /** Head and epoch: what a viewer needs before the first frame. The one that it asked for comes before the newest. */
  #open(watcher: Watcher, asked: number = this.#key.epoch): void {
    watcher.carrier.send({ sealed: this.#head.slice() as Sealed });
    if (asked < this.#key.epoch) this.#tell(watcher, asked);
    this.#tell(watcher, this.#key.epoch);
  }

  #tell({ carrier, told }: Watcher, epoch: number): void {
    carrier.send({ sealed: this.#announcement(epoch).slice() as Sealed });
    told.add(epoch);
  }

  #send(frame: SealedFrame): void {
    for (const [keeper, gate] of this.#keepers) {
      if (!isWanted(keeper.wish, frame.track) || !gate.passes(frame)) continue;
      keeper.take("frame", frame.item);
      if (isPicture(frame)) for (const held of gate.open()) keeper.take("frame", held.item);
    }
    const ready = [...this.#watchers].filter(
      (watcher) =>
        isWanted(watcher.wish ?? nothing, frame.track, watcher.track) &&
        watcher.gate.passes(frame) &&
        this.#accepts(watcher, frame),
    );
    if (isPicture(frame)) this.#onlooker?.see(frame, this.#size, ready.length);
    for (const [index, watcher] of ready.entries()) {
      const { carrier } = watcher;
      this.#announce(watcher, frame);
      // Sending consumes the bytes: the last viewer gets them, the others a copy.
      const own = index === ready.length - 1 ? frame.item : (frame.item.slice() as Sealed);
      carrier.send({ sealed: own });
    }
    if (isPicture(frame)) for (const watcher of ready) this.#sendHeld(watcher);
    if (frame.kind === "raw") this.#tellUnsent();
    if (frame.kind === "delta") this.#needKeys();
  }

  #refuse(track: number, why: Unsent): void {
    for (const watcher of this.#watchers) watcher.refuse(track, why);
    this.#tellUnsent();
  }

  /** Who gets no pictures is told why: it would wait for them in vain. */
  #tellUnsent(): void {
    for (const watcher of this.#watchers) {
      const why = watcher.unsentNews();
      if (why) watcher.carrier.send({ talk: encodeCameraTalk({ kind: "unsent", why }) });
    }
  }

  /** Where it was not told of the frame's epoch there has to be room for that, too. */
  #accepts(watcher: Watcher, frame: SealedFrame): boolean {
    return watcher.accepts(frame, watcher.told.has(frame.epoch) ? 0 : this.#announcement(frame.epoch).length);
  }

  /** The frame's epoch before its first frame; and once more in front of one that stands alone, not where the two have no room. */
  #announce(watcher: Watcher, { kind, epoch, item }: SealedFrame): void {
    const { carrier, announcements, told } = watcher;
    const isNew = !told.has(epoch);
    if (!isNew && kind !== "key" && kind !== "image" && kind !== "raw") return;
    const hasRoom = isNew || carrier.hasRoom(this.#announcement(epoch).length + item.length);
    if (hasRoom && (announcements.take() || isNew)) this.#tell(watcher, epoch);
  }

  #sendHeld(watcher: Watcher): void {
    for (const held of watcher.gate.open()) {
      if (!this.#accepts(watcher, held)) continue;
      this.#announce(watcher, held);
      watcher.carrier.send({ sealed: held.item });
    }
  }

  /** There is no still to wait for, nor will there be. */
  #openGates(): void {
    for (const [keeper, gate] of this.#keepers)
      for (const { item } of gate.open()) keeper.take("frame", item);
    for (const watcher of this.#watchers) this.#sendHeld(watcher);
  }

  /**
   * What has to be made, after anybody's wish or the size changed; `by`: whose. A track that a keeper takes is made as the keeper
   * wishes: no viewer makes a recording worse, or larger.
   */
  #plans(by: Asker): void {
    const { width, height } = this.#size;
    // Before the first picture there is nothing to make.
    if (width === 0 || this.#isOver) return;
    const kept = [...this.#keepers.keys()].map(({ wish }) => wish);
    const lanes = this.#seat(kept);
    const taken = [...kept, ...wishesOn(lanes, kept, [...this.#watchers])];
    const showsNothing = [...kept, ...[...this.#watchers].map(({ wish }) => wish ?? nothing)].every(
      ({ picture }) => picture === "none",
    );
    const wishes = this.#onlooker && showsNothing ? [...taken, onlookerWish] : taken;
    const before = this.#plan;
    this.#plan = combine(wishes, { width, height, framesPerSecond: mostFramesPerSecond });
    const { lossless, full, small, live, recorded } = this.#plan;
    this.#full.set(full, this.#decodersOf("full", lanes), by);
    this.#small.set(small, this.#decodersOf("small", lanes), by);
    for (const watcher of this.#watchers) this.#serve(watcher, lanes.get(watcher) ?? null);
    this.#sound.set({ live, recorded });
    if (lossless !== before.lossless)
      this.#pace = lossless === null || lossless >= mostFramesPerSecond ? null : new Pace(lossless);
    for (const watcher of this.#watchers) {
      if (!watcher.owesStill) continue;
      watcher.owesStill = false;
      if (watcher.lane === "full") this.#full.needStill("viewer");
      if (watcher.lane === "small") this.#small.needStill("viewer");
    }
  }

  /** On which lane each viewer of coded pictures is served. */
  #seat(kept: readonly Wish[]): Map<Watcher, Lane> {
    const longer = Math.max(this.#size.width, this.#size.height);
    // As far as the camera goes: who wants more than it has wants no more than others.
    const within = (wish: Wish): Wish => ({
      ...wish,
      longest: Math.min(wish.longest, longer),
      framesPerSecond: Math.min(wish.framesPerSecond, mostFramesPerSecond),
    });
    const seats = new Map<Seat, Watcher>();
    for (const watcher of this.#watchers) {
      const { wish, decodes, lane } = watcher;
      if (!wish || trackOf(wish.picture) <= tracks.raw) continue;
      seats.set({ wish: within(wish), decodes, lane }, watcher);
    }
    const codecs = { full: this.#full.family, small: this.#small.family };
    const found = seat(kept.map(within), [...seats.keys()], codecs);
    return new Map([...seats].map(([one, watcher]) => [watcher, found.get(one) ?? "full"]));
  }

  /**
   * What each of those decodes whom this lane is for. Also of those who could not be served on it: the choice stays the one that it
   * was when they were counted.
   */
  #decodersOf(lane: Lane, lanes: ReadonlyMap<Watcher, Lane>): (readonly VideoFamily[])[] {
    const viewers = [...lanes].filter(([{ wish }, at]) => at === lane || wish?.picture === lane);
    const keepers = [...this.#keepers.keys()].filter(({ wish }) => wish.picture === lane);
    return [...keepers.map(() => keeperDecodes), ...viewers.map(([{ decodes }]) => decodes)];
  }

  #serve(watcher: Watcher, lane: Lane | null): void {
    if (!lane) return;
    const { family: codec } = lane === "full" ? this.#full : this.#small;
    const made = this.#plan[lane]?.framesPerSecond ?? 0;
    const framesPerSecond = codec === null ? Math.min(made, stillsPerSecond) : made;
    const serving: Serving = { codec, framesPerSecond };
    const track = trackOf(lane);
    if (watcher.serve(track, serving))
      watcher.carrier.send({ talk: encodeCameraTalk({ kind: "serving", track }) });
  }

  /** Another still for viewers to whom nothing else of their track is any use. */
  #needStills(now: number): void {
    for (const watcher of this.#watchers) {
      const track = watcher.needsStill(now);
      if (track !== null) (track === tracks.small ? this.#small : this.#full).needStill("viewer");
    }
  }

  /** A key frame for viewers that can take one and wait for it; not more often than each second, whoever asks. */
  #needKeys(): void {
    const now = this.#options.steady.now();
    for (const watcher of this.#watchers) {
      const track = watcher.waitsForKey;
      if (track === null || now - (this.#asked.get(track) ?? Number.NEGATIVE_INFINITY) < askInterval)
        continue;
      this.#asked.set(track, now);
      (track === tracks.small ? this.#small : this.#full).needKey();
    }
  }

  #hear(watcher: Watcher, bytes: Uint8Array): void {
    const talk = decodeTalk(bytes);
    switch (talk?.kind) {
      case "credit":
        watcher.credit(talk.upTo);
        break;
      case "want":
        watcher.want(talk.want, talk.decodes);
        this.#plans("viewer");
        break;
      case "still":
        if (watcher.lane) (watcher.lane === "small" ? this.#small : this.#full).needStill("viewer");
        break;
      case "key":
        watcher.broke(talk.track);
        this.#needKeys();
        break;
      // What opens the stream may have been lost or damaged: nothing of it is secret, and it is short.
      case "ask":
        this.#openAgain(watcher, talk.epoch);
        break;
      case "nonce":
        this.#nonces.ask(watcher, talk.nonce);
        break;
      case "guessed":
        this.#options.onguessed?.();
    }
  }

  #openAgain(watcher: Watcher, asked: number): void {
    const { carrier, openings } = watcher;
    const length = this.#head.length + this.#announcement(asked).length + this.#announcement().length;
    if (carrier.hasRoom(length) && openings.take()) this.#open(watcher, asked);
  }

  /** Counts and time are read in one go, when all of these nonces are here: every frame from these counts on is sealed after each of them. */
  #signNonces(nonces: readonly Bytes[]): Promise<Sealed[]> {
    const { privateKey, clock } = this.#options;
    const at = { counts: new Map(this.#counts), signed: clock.now() };
    return signFreshness(privateKey, this.hash, at, nonces);
  }
}

/** Whether the device says that its pixels have to be turned or mirrored to stand upright (WebCodecs, VideoFrame: rotation, flip). */
const isTurned = (frame: VideoFrame): boolean => {
  const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
  return rotation !== 0 || flip;
};

/** What viewers want, of the lane that each is served on: a keeper's lane is made as the keeper wishes, one that was free for all who were moved to it. */
const wishesOn = (
  lanes: ReadonlyMap<Watcher, Lane>,
  kept: readonly Wish[],
  watchers: readonly Watcher[],
): Wish[] => {
  const moved = [...lanes].flatMap(([{ wish }, lane]) => (wish && wish.picture !== lane ? [wish] : []));
  const most = (what: "longest" | "framesPerSecond"): number => Math.max(...moved.map((wish) => wish[what]));
  return watchers.flatMap((watcher): Wish[] => {
    const { wish } = watcher;
    if (!wish) return [];
    const lane = lanes.get(watcher);
    const isMoved = lane !== undefined && lane !== wish.picture;
    const picture = lane ?? wish.picture;
    if (kept.some((keeper) => keeper.picture === picture)) return [{ ...wish, picture: "none" }];
    if (!isMoved) return [wish];
    return [{ ...wish, picture, longest: most("longest"), framesPerSecond: most("framesPerSecond") }];
  });
};
