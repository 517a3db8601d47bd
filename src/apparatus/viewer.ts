import type { PassRefusal } from "../auth/index.ts";
import { type Bytes, type Clock, faultCode, fromUtf8, type SigningKey, systemClock } from "../base/index.ts";
import type { CardRecord } from "../card/index.ts";
import { numberText } from "../keys/index.ts";
import { type Sound, SoundOpener, type VideoFamily, videoFamilies } from "../media/index.ts";
import type { Arrival, Carrier } from "../relay/index.ts";
import { tracks } from "../seal/index.ts";
import type { ArraySensor } from "../sensor/index.ts";
import {
  type Finding,
  Judge,
  type LastHead,
  nonceInterval,
  type StateKeeper,
  type Verdict,
} from "../verify/index.ts";
import type { AskedRecordings } from "./asked-recordings.ts";
import { decodeCameraTalk, type Ending, type Unsent } from "./camera-talk.ts";
import { PictureOpener } from "./picture-opener.ts";
import type { Recorder } from "./recorder.ts";
import {
  askInterval,
  codedAhead,
  encodeTalk,
  leastGuessed,
  othersAhead,
  type ViewerTalk,
  type Want,
} from "./talk.ts";
import type { ViewerStore } from "./viewer-store.ts";
import { signViewing } from "./viewing-proof.ts";
import { trackOf } from "./watcher.ts";

/** Where a viewing puts what it finds. */
export interface ViewerOutput {
  /**
   * Takes the picture over; calls `drawn` once it is on the screen or thrown away. `captured`: about when, by this device's clock in ms since the
   * epoch; null while the camera's clock is not known.
   */
  show(picture: VideoFrame | null, verdict: Verdict, drawn: () => void, captured?: number | null): void;
  /** Sound to be heard now, of a camera whose picture stands unchanged. */
  hear(sound: Sound): void;
  /** A line that was typed at the camera; `captured` in ms by its clock. Late: not proven to be of now, or far from the picture. */
  ontext(text: string, captured: number, isLate: boolean): void;
  onlabel(label: string): void;
  /** The camera ended its stream, signed; why is its own word beside that, null: it gave none. Comes before the verdict that says so. */
  onended(why: Ending | null): void;
  /** The camera says what ended the stream before this one, in whose place it comes. Not believed, and told. */
  onbefore(why: Ending): void;
  /** The camera can send none of the pictures that are wanted. */
  onunsent(why: Unsent): void;
  /** The camera lets nobody in without another viewing pass; the carrier ends behind it. */
  onpass(why: PassRefusal): void;
  onclosed(): void;
}

/** Sound and text go with a picture that was captured at most so far from them. ms of the camera's clock */
const asideWithin = 2_000;

/** Makes pictures of coded frames. */
type Opener = Pick<PictureOpener, "open" | "close">;

/** Items that may wait for judgement: frames under way, and what a camera sends beside them. */
const queueLength = codedAhead + 2 * othersAhead + 8;

/**
 * Watches one camera over one carrier: takes items one after the other, judges, and shows. The picture that is shown
 * is made from the very bytes that were judged, before the next item is looked at (D8).
 */
export class Viewing {
  readonly #carrier: Carrier;
  readonly #judge: Judge;
  readonly #state: StateKeeper;
  readonly #sensor: ArraySensor;
  readonly #output: ViewerOutput;
  readonly #remember: (head: LastHead) => Promise<void>;
  readonly #recorder: Pick<Recorder, "take"> | null;
  readonly #pictures: Opener;
  readonly #sounds: Pick<SoundOpener, "open" | "close">;
  /** Answers a camera's challenge; null where none is expected. */
  readonly #prove: ((nonce: Bytes) => Promise<ViewerTalk>) | null;
  #want: Want;
  /** The track that pictures come on: the one that is wanted, until the camera says that it is the other. */
  #track: number;
  readonly #decodes: readonly VideoFamily[];
  /** What a person asks the camera for beside its pictures; it outlasts the connection. */
  readonly #recordings: Pick<AskedRecordings, "connect" | "hear"> | null;
  readonly #disconnect: () => void;
  #isChallenged = false;
  /** The word the camera gave for its end. */
  #ending: Ending | null = null;
  /** The last picture that was drawn. */
  #shown = { track: -1, captured: Number.NEGATIVE_INFINITY };
  readonly #queue: Uint8Array[] = [];
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #working = false;
  /** Settles when what is under way is done, and erased. */
  #done: Promise<void> = Promise.resolve();
  /** The carrier has ended: what arrived before is still judged. */
  #isCut = false;
  /** The last thing that was shown is the camera's own signed end. */
  #hasEnded = false;
  #over = false;
  /** When something missing was last asked for. */
  readonly #asked = {
    ask: Number.NEGATIVE_INFINITY,
    key: Number.NEGATIVE_INFINITY,
    still: Number.NEGATIVE_INFINITY,
  };

  private constructor(
    carrier: Carrier,
    sensor: ArraySensor,
    judge: Judge,
    state: StateKeeper,
    output: ViewerOutput,
    remember: (head: LastHead) => Promise<void>,
    recorder: Pick<Recorder, "take"> | null,
    openers: { readonly pictures: Opener; readonly sounds: Pick<SoundOpener, "open" | "close"> },
    want: Want,
    decodes: readonly VideoFamily[],
    prove: ((nonce: Bytes) => Promise<ViewerTalk>) | null,
    recordings: Pick<AskedRecordings, "connect" | "hear"> | null,
  ) {
    this.#prove = prove;
    this.#recordings = recordings;
    this.#disconnect = recordings?.connect((talk) => carrier.send({ talk })) ?? (() => undefined);
    this.#pictures = openers.pictures;
    this.#sounds = openers.sounds;
    this.#want = want;
    this.#track = trackOf(want.picture);
    this.#decodes = decodes;
    this.#carrier = carrier;
    this.#sensor = sensor;
    this.#judge = judge;
    this.#state = state;
    this.#output = output;
    this.#remember = remember;
    this.#recorder = recorder;
    carrier.onclose = () => {
      this.#isCut = true;
      if (!this.#working) this.#cut();
    };
    const askNonce = (): void => this.#talk({ kind: "nonce", nonce: judge.fresh.choose() });
    // Both each time: a word that is lost must not lose the picture.
    const beat = (): void => {
      askNonce();
      this.#sayWant();
    };
    beat();
    this.#timers.push(setInterval(beat, nonceInterval));
    const look = (): void => {
      const verdict = state.tick();
      if (verdict) output.show(null, verdict, () => undefined);
    };
    this.#timers.push(setInterval(look, 500));
    carrier.onmessage = (message) => this.#arrive(message);
  }

  static async begin(
    carrier: Carrier,
    record: Pick<CardRecord, "number" | "decryptionKeys" | "generation" | "acknowledged">,
    means: {
      readonly sensor: ArraySensor;
      /** A steady one. */
      readonly clock: Clock;
      /** This device's; by default the system's. */
      readonly wall?: Clock;
      readonly store: ViewerStore;
      /** Lives longer than one connection: a fault is not lived down by reconnecting. */
      readonly state: StateKeeper;
      /** So does this: a recording goes on when the same stream comes back. */
      readonly recorder?: Pick<Recorder, "take">;
      readonly want: Want;
      /** The families of video that can be decoded here; by default all. */
      readonly decodes?: readonly VideoFamily[];
      /** The viewer's key for this camera, which asks for a proof of it. Without one no challenge is answered. */
      readonly key?: SigningKey;
      /** Its viewing pass, for cameras that ask for one. */
      readonly pass?: Bytes | null;
      /** Wrong passwords that were tried on the card: where they are many, the camera is told [RP24]. */
      readonly guessed?: number;
      /** Where a person asks for recordings that the camera has. */
      readonly recordings?: Pick<AskedRecordings, "connect" | "hear">;
      /** Tests put others here. */
      readonly openers?: { readonly pictures: Opener; readonly sounds: Pick<SoundOpener, "open" | "close"> };
    },
    output: ViewerOutput,
  ): Promise<Viewing> {
    const { sensor, clock, store, state, recorder = null, want, key, pass = null, recordings = null } = means;
    const { decodes = videoFamilies } = means;
    const { openers = { pictures: new PictureOpener(), sounds: new SoundOpener() } } = means;
    const text = numberText(record.number);
    const lastHead = await store.lastHead(text).catch((error: unknown) => {
      carrier.close();
      throw error;
    });
    const identities = record.decryptionKeys.map(({ identity }) => identity).reverse();
    const generation = record.acknowledged ? record.generation : 0;
    const wall = means.wall ?? systemClock;
    const judge = new Judge({ number: record.number, identities, generation, sensor, clock, wall, lastHead });
    const remember = (head: LastHead): Promise<void> => store.remember(text, head);
    const { number } = record;
    const prove = async (nonce: Bytes): Promise<ViewerTalk> => ({
      kind: "proof",
      proof: await signViewing(key as SigningKey, { number, nonce }, pass),
    });
    const viewing = new Viewing(
      ...([carrier, sensor, judge, state, output, remember, recorder, openers, want, decodes] as const),
      ...([key ? prove : null, recordings] as const),
    );
    const { guessed = 0 } = means;
    if (guessed >= leastGuessed) viewing.#talk({ kind: "guessed", passwords: guessed });
    return viewing;
  }

  /** Wants something else from now on. */
  want(want: Want): void {
    const before = this.#want;
    this.#want = want;
    if (want.picture !== before.picture) {
      this.#follow(trackOf(want.picture));
    }
    if (want.sound && !before.sound) this.#judge.begin(tracks.sound);
    if (want.text && !before.text) this.#judge.begin(tracks.text);
    this.#sayWant();
  }

  #sayWant(): void {
    this.#talk({ kind: "want", want: this.#want, decodes: this.#decodes });
  }

  /** Asks for what a recording begins with. */
  needStill(): void {
    this.#ask({ kind: "still" });
  }

  #follow(track: number): void {
    this.#track = track;
    this.#judge.begin(track);
    // It stands on the other quality, and has not seen what went past of this one.
    this.#pictures.close();
  }

  /** Ends it from this side and erases the keys; settles when the sensor is free for another viewing. */
  stop(): Promise<void> {
    if (this.#over) return this.#done;
    this.#over = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#queue.length = 0;
    this.#disconnect();
    this.#carrier.close();
    // A judgement that is under way finishes first; it erases behind itself.
    if (!this.#working) this.#forget();
    return this.#done;
  }

  #arrive(message: Arrival): void {
    if (this.#over) return;
    if ("talk" in message) {
      if (!this.#recordings?.hear(message.talk)) this.#hear(message.talk);
      return;
    }
    // A camera keeps to its credit; whoever does not, loses the newest first.
    if (this.#queue.length >= queueLength) return;
    this.#queue.push(message.sealed);
    if (!this.#working) this.#done = this.#work();
  }

  #hear(bytes: Uint8Array): void {
    const talk = decodeCameraTalk(bytes);
    if (talk?.kind === "ending") this.#ending = talk.ending;
    if (talk?.kind === "unsent") this.#output.onunsent(talk.why);
    if (talk?.kind === "before") this.#output.onbefore(talk.ending);
    if (talk?.kind === "serving" && this.#want.picture !== "lossless" && talk.track !== this.#track)
      this.#follow(talk.track);
    if (talk?.kind === "pass") this.#output.onpass(talk.why);
    // One proof for each connection, whoever asks for more.
    if (talk?.kind !== "challenge" || this.#isChallenged) return;
    this.#isChallenged = true;
    this.#prove?.(talk.nonce).then(
      (proof) => this.#talk(proof),
      (error: unknown) => console.error(faultCode(error), error),
    );
  }

  /** Behind everything that came before the carrier's end. A signed end says more than the loss of the connection. */
  #cut(): void {
    if (this.#over) return;
    void this.stop();
    if (!this.#hasEnded) this.#output.show(null, this.#state.fail("disconnected"), () => undefined);
    this.#output.onclosed();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let item = this.#queue.shift(); item && !this.#over; item = this.#queue.shift()) {
      await this.#take(item);
    }
    this.#working = false;
    if (this.#over) this.#forget();
    else if (this.#isCut) this.#cut();
  }

  /** One item, and whatever comes of it: credit is given, and nothing that was opened outlasts it. */
  async #take(item: Uint8Array): Promise<void> {
    let upTo: { track: number; sequence: number } | null = null;
    const drawn = (): void => this.#talk({ kind: "credit", upTo });
    try {
      const finding = await this.#judge.take(item);
      if (finding.kind === "frame") {
        const { track, sequence } = finding.frame.fields;
        upTo = { track, sequence };
      }
      if (finding.kind === "head" && !(await this.#isRemembered(finding.lastHead))) {
        this.#judge.refuse("unremembered");
        if (!this.#over) this.#output.show(null, this.#state.fail("unremembered"), () => undefined);
        return;
      }
      // Stopped meanwhile: nobody looks after what would be shown now.
      if (this.#over) {
        if (finding.kind === "frame") finding.bytes?.fill(0);
        return;
      }
      // Only what passed, and before anything else is done with it. Announcements that are over, as often as somebody repeats them, would crowd out those in use [SR6].
      if (finding.kind !== "epoch" || !finding.isOver)
        this.#recorder?.take(
          finding.kind,
          new Uint8Array(item.buffer as ArrayBuffer, item.byteOffset, item.length),
        );
      await this.#show(finding, drawn);
    } catch (error) {
      console.error(faultCode(error), error);
      if (!this.#over) this.#output.show(null, this.#state.fail("malformed"), drawn);
    } finally {
      this.#sensor.wipe();
    }
  }

  async #show(finding: Finding, drawn: () => void): Promise<void> {
    if (finding.kind === "epoch") this.#output.onlabel(finding.label);
    if (finding.kind === "fault" && finding.ask !== undefined) this.#ask({ kind: "ask", epoch: finding.ask });
    if (finding.kind === "frame") return this.#showFrame(finding, drawn);
    const judged = this.#state.take(finding, this.#judge.missing);
    if (!judged) return;
    this.#hasEnded = judged.verdict.reason === "ended";
    if (finding.kind === "end") this.#output.onended(this.#ending);
    this.#output.show(null, judged.verdict, drawn);
  }

  async #showFrame(finding: Extract<Finding, { kind: "frame" }>, drawn: () => void): Promise<void> {
    const { fields } = finding.frame;
    try {
      if (fields.kind === "sound" || fields.kind === "text") {
        drawn();
        return await this.#tell(finding);
      }
      // Of another quality than is wanted now: still under way when that was said. No decoder gets it, so nothing of its track may build on it.
      if (!this.#isWanted(fields.track)) {
        this.#judge.break(fields.track);
        return drawn();
      }
      // Kept back while the other quality was shown: it would take the picture back in time.
      const isOld =
        fields.track !== this.#shown.track && fields.captured < this.#shown.captured && !finding.live;
      let picture: VideoFrame | null = null;
      if (finding.shows) picture = await this.#open(finding);
      else this.#ask({ kind: "key", track: fields.track });
      if (this.#over) return picture?.close();
      // The person has chosen otherwise while it was decoded.
      if (!this.#isWanted(fields.track)) {
        this.#judge.break(fields.track);
        picture?.close();
        return drawn();
      }
      if (isOld && picture) {
        picture.close();
        return drawn();
      }
      // Good, and this browser can make no picture of it: nothing that builds on it can be shown either.
      if (finding.shows && !picture) {
        this.#judge.break(fields.track);
        this.#ask({ kind: "key", track: fields.track });
        return this.#output.show(null, this.#state.fail("codec"), drawn);
      }
      const judged = this.#state.take(finding, this.#judge.missing);
      if (!judged) {
        picture?.close();
        return drawn();
      }
      this.#hasEnded = false;
      if (judged.draw) this.#shown = { track: fields.track, captured: fields.captured };
      else picture?.close();
      this.#output.show(judged.draw ? picture : null, judged.verdict, drawn, this.#here(fields.captured));
    } finally {
      finding.bytes?.fill(0);
    }
  }

  /** A moment of the camera's clock by this device's: the two need not agree. */
  #here(captured: number): number | null {
    const known = this.#judge.fresh.offset.now;
    return known && captured - known.offset;
  }

  /** The picture of a frame that shows one; null where this browser cannot decode it. Also of those that are not drawn: others build on them. */
  async #open({ frame: { fields }, bytes }: Extract<Finding, { kind: "frame" }>): Promise<VideoFrame | null> {
    if (fields.kind === "raw") return this.#sensor.picture(fields.colorSpace, fields.captured * 1000);
    try {
      return bytes && (await this.#pictures.open(fields, bytes));
    } catch (error) {
      if (faultCode(error) !== "codec") throw error;
      return null;
    }
  }

  /**
   * Sound and text are let through as long as the picture stands unchanged, and are no state of their own. They belong to the picture:
   * what was kept back is not heard beside a later one, and a line says that it is late.
   */
  async #tell({ frame: { fields }, bytes, live }: Extract<Finding, { kind: "frame" }>): Promise<void> {
    if (!bytes || !this.#state.isGuaranteed) return;
    const isLate = !live || Math.abs(this.#shown.captured - fields.captured) > asideWithin;
    if (fields.kind === "text" && this.#want.text)
      this.#output.ontext(fromUtf8(bytes), fields.captured, isLate);
    if (fields.kind !== "sound" || !this.#want.sound || isLate) return;
    const { captured, channels, packets } = fields;
    try {
      const sound = await this.#sounds.open({ bytes, captured, channels, packets });
      if (!this.#over) this.#output.hear(sound);
    } catch (error) {
      // A bundle that cannot be decoded is silence; the picture stands for itself.
      console.error(faultCode(error), error);
    }
  }

  #isWanted(track: number): boolean {
    return track === this.#track;
  }

  #forget(): void {
    this.#judge.forget();
    this.#pictures.close();
    this.#sounds.close();
  }

  #talk(talk: ViewerTalk): void {
    this.#carrier.send({ talk: encodeTalk(talk) });
  }

  #ask(talk: Extract<ViewerTalk, { kind: "ask" | "key" | "still" }>): void {
    const now = performance.now();
    if (now - this.#asked[talk.kind] < askInterval) return;
    this.#asked[talk.kind] = now;
    this.#talk(talk);
  }

  async #isRemembered(head: LastHead): Promise<boolean> {
    try {
      await this.#remember(head);
      return true;
    } catch (error) {
      console.error(faultCode(error), error);
      return false;
    }
  }
}
