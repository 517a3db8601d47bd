import { checkRecipients, type PassRefusal, type RecipientSet } from "../auth/index.ts";
import {
  type Bytes,
  type Clock,
  equal,
  Fault,
  faultCode,
  importPublicKey,
  isFault,
  toBase64Url,
} from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import type { Carrier } from "../relay/index.ts";
import type { CapturePath } from "../seal/index.ts";
import type { ArraySensor, CameraFrame } from "../sensor/index.ts";
import { type Admitted, admit } from "./admission.ts";
import type { CameraEvents, CameraFacts, HostTicket, KeyCause, KeyStatus } from "./camera.api.ts";
import { CameraRecording, type MakeRecorder } from "./camera-recording.ts";
import type { CameraIdentity, CameraStore } from "./camera-store.ts";
import { CameraStream } from "./camera-stream.ts";
import { type Ending, encodeCameraTalk, type Interruption } from "./camera-talk.ts";
import { browserCoders, type Coders } from "./coders.ts";
import { KeyWatch, keyLives, newFor, type Suspicion, usualKeyLife } from "./key-watch.ts";
import { PassDesk } from "./pass-desk.ts";
import { RecordingDesk, type RecordingDeskMeans } from "./recording-desk.ts";
import type { Onlooker } from "./sealed-drawing.ts";
import { SetDesk } from "./set-desk.ts";

/** How often a running camera tells how it is. ms */
const statusInterval = 500;
/** How long a capture device has for its first frames and the stream's beginning. ms */
const firstFrameWithin = 10_000;
/** Viewers that may be proving their keys at once. */
const mostProving = 32;

/** A beat that comes so late was not late but asleep: the device, or the page with all its workers. ms */
const asleepAfter = 10_000;
/** For so long a new stream says what ended the one before it. ms */
const saysBefore = 60_000;

/** Which word viewers get for a stream that ended with this code. */
const endingOf = (code: string): Ending => {
  if (code === "camera-unplugged") return "unplugged";
  if (code === "camera-asleep") return "asleep";
  if (code === "camera-resized") return "resized";
  return code === "camera-repaired" || code === "camera-not-paired" ? "repaired" : "failed";
};

/** How large a picture is, as it was taken and as it is meant to be shown: what a stream keeps to from its first one on. */
const sizeOf = ({ visibleRect, displayWidth, displayHeight }: VideoFrame): string =>
  [visibleRect?.width, visibleRect?.height, displayWidth, displayHeight].join(" ");

/** What `promise` gives, unless the signal comes first: its reason is thrown then. */
const unless = async <T>(signal: AbortSignal, promise: Promise<T>): Promise<T> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
};

/** The next frame, closed by whoever gets it. Fault "camera-unplugged", or the signal's reason. */
const nextOf = async (
  reader: ReadableStreamDefaultReader<CameraFrame>,
  signal: AbortSignal,
): Promise<CameraFrame> => {
  const reading = reader.read();
  const { done, value } = await unless(signal, reading).catch((error: unknown) => {
    void reading.then(({ value }) => value?.close()).catch(() => undefined);
    throw error;
  });
  if (done) throw new Fault("camera-unplugged");
  return value;
};

/** Says that no pass counts, and closes: direct paths, too. */
const refuse = (carrier: Carrier, why: PassRefusal): void => {
  carrier.send({ talk: encodeCameraTalk({ kind: "pass", why }) });
  carrier.close();
};

/** Keys that a relay is to let in: those of the set, and the hub's, which hands over the next one [RP25]. As many as a relay takes [RP2]. */
const admitsOf = ({ viewers }: RecipientSet, controlKey: Bytes): readonly Bytes[] =>
  [controlKey, ...viewers].slice(0, 64);

/** Somebody who watches, to be shut out when its key is in the set no more. */
interface Watching {
  readonly key: Bytes;
  leave(): void;
}

const isIn = ({ viewers }: RecipientSet, viewer: Bytes): boolean => viewers.some((key) => equal(key, viewer));

/** A proof that was looked at and is none, and not one that never came. */
const isWrong = (error: unknown): boolean =>
  faultCode(error) === "public-key" || (isFault(error) && error.detail.why === "wrong");

/** A change of the key that failed leaves the one before in use. */
const report = (error: unknown): void => {
  if (faultCode(error) !== "camera-stopped") console.error(error);
};

/** What runs between a start and a stop. */
interface Running {
  readonly stream: CameraStream;
  identity: CameraIdentity;
  set: RecipientSet;
  /** As it was claimed. */
  readonly counter: number;
  /** Streams of this camera that began behind it, and were told of. */
  others: number;
  readonly keys: KeyWatch;
  /** The change of the key that a person asked for, while it is under way. */
  asked: Promise<void> | null;
  readonly watching: Set<Watching>;
  /** Where the control key named a server; null: no pass is asked for. */
  readonly passes: PassDesk | null;
  /** When passes end of those who watch. */
  readonly ends: Set<ReturnType<typeof setTimeout>>;
  /** Where those who watch ask for the camera's own recordings, and its hub hands it new sets. */
  readonly desks: Set<Pick<RecordingDesk, "close">>;
  /** Whether the set in force could be taken into the stream. */
  taken: Promise<boolean>;
  readonly events: CameraEvents;
  /** What ended the stream before, and until when it is said, by the steady clock; null: nothing that has to be said. */
  readonly before: { readonly ending: Interruption; readonly until: number } | null;
  /** The last one that was begun of this stream. */
  recording: CameraRecording | null;
  stop(): void;
}

/** What a camera is made of beside its store. */
export interface CameraMeans {
  readonly clock: Clock;
  readonly steady: Clock;
  /** Gives each stream two of its own: what is left of an earlier one reaches nothing of the next. */
  readonly makeSensor: () => Promise<ArraySensor>;
  /** For the camera's own recordings; `number` has 32 bytes. */
  readonly makeRecorder: (number: Bytes, events: CameraEvents) => MakeRecorder;
  /** For those who watch and ask for them. */
  readonly recordings: RecordingDeskMeans["recordings"];
  readonly coders?: Coders;
}

/** The camera: one stream at a time from one capture device. */
export class Camera {
  readonly #store: CameraStore;
  readonly #means: CameraMeans;
  #running: Running | null = null;
  /** A start that is under way: how to give it up, and when it is over either way. */
  #starting: { readonly giveUp: AbortController; readonly over: Promise<void> } | null = null;
  /** The end of the stream before, which erases the sensor. */
  #ending: Promise<void> = Promise.resolve();
  #proving = 0;
  /** What ended the stream before, where the next one's key is another because of it. */
  #suspected: Suspicion | null = null;

  constructor(store: CameraStore, means: CameraMeans) {
    this.#store = store;
    this.#means = means;
  }

  async facts(): Promise<CameraFacts[]> {
    return (await this.#store.list()).map(({ deviceId, number, recipients, generation }) => ({
      ...{ deviceId, number, generation },
      paired: recipients !== null,
    }));
  }

  /** The identity key of the running stream. */
  get identity(): CameraIdentity | null {
    return this.#running?.identity ?? null;
  }

  async start(
    device: { readonly deviceId: string; readonly label: string },
    path: CapturePath,
    frames: ReadableStream<CameraFrame>,
    events: CameraEvents,
    records = false,
    after: Interruption | null = null,
  ): Promise<HostTicket> {
    // Claimed before the first await: a camera has one stream.
    if (this.#running || this.#starting) throw new TypeError("the camera is running");
    const giveUp = new AbortController();
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#starting = { giveUp, over };
    const patience = setTimeout(() => giveUp.abort(new Fault("camera-silent")), firstFrameWithin);
    const reader = frames.getReader();
    try {
      await this.#ending.catch(() => undefined);
      return await this.#start(device, path, reader, events, records, after, giveUp.signal);
    } catch (error) {
      // Not waited for: a device that gives nothing may not answer this either.
      void reader.cancel().catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(patience);
      this.#starting = null;
      resolve();
    }
  }

  async #start(
    device: { readonly deviceId: string; readonly label: string },
    path: CapturePath,
    reader: ReadableStreamDefaultReader<CameraFrame>,
    events: CameraEvents,
    records: boolean,
    after: Interruption | null,
    signal: AbortSignal,
  ): Promise<HostTicket> {
    const identity = await this.#store.read(device.deviceId);
    if (!identity?.controlKey || !identity.recipients) throw new Fault("camera-not-paired");
    // Checked at every start, not only when it was pinned: what lies in a database is no proof of anything.
    const { controlKey, recipients, number, privateKey, publicKey } = identity;
    const set = await checkRecipients(await importPublicKey(controlKey), number, recipients);
    if (set.generation !== identity.generation) throw new Fault("recipients");
    const store = this.#store;
    const { counter, previous } = await store.claimStream(device.deviceId);
    const { clock, steady, makeSensor, coders = browserCoders } = this.#means;
    const [sensor, codedSensor] = await Promise.all([makeSensor(), makeSensor()]);
    const forget = (): void => {
      sensor.forget();
      codedSensor.forget();
    };
    let stream: CameraStream;
    let passes: PassDesk | null = null;
    try {
      if (set.server) {
        const server = await importPublicKey(set.server);
        passes = new PassDesk({ store, deviceId: device.deviceId, number, server, clock, steady });
      }
      const beginning = CameraStream.begin(
        {
          ...{ sensor, codedSensor, coders, clock, steady, privateKey, publicKey, counter, previous, path },
          ...{ label: device.label, recipients: set.recipients, generation: set.generation },
          ...(this.#suspected && { cause: this.#suspected }),
          onguessed: () => this.suspect("proofs"),
        },
        () => nextOf(reader, signal),
      );
      // Also when nobody waits for it any more.
      signal.addEventListener("abort", () => void beginning.catch(() => null).then(forget));
      stream = await unless(signal, beginning);
      await this.#store.begun(device.deviceId, stream.hash);
      signal.throwIfAborted();
    } catch (error) {
      forget();
      throw faultCode(error) === "shape" ? new Fault("pixel-format", {}, { cause: error }) : error;
    }
    let beaten = steady.now();
    this.#suspected = null;
    const beat = setInterval(() => {
      const [before, now] = [beaten, steady.now()];
      beaten = now;
      events.onstatus(stream.status);
      if (now - before > asleepAfter) void this.#end(stream, "camera-asleep", events);
      else void this.#look(stream, events);
    }, statusInterval);
    const keys = new KeyWatch(steady, identity.keyLife ?? usualKeyLife, (cause) => {
      const running = this.#running;
      if (running?.keys === keys) void this.#rekey(running, cause).catch(report);
    });
    const ends: Running["ends"] = new Set();
    const desks: Running["desks"] = new Set();
    const stop = (): void => {
      clearInterval(beat);
      for (const end of ends) clearTimeout(end);
      for (const desk of desks) desk.close();
      void reader.cancel().catch(() => undefined);
    };
    const before = after && { ending: after, until: steady.now() + saysBefore };
    const watching: Running["watching"] = new Set();
    this.#running = {
      ...{ stream, identity, set, counter, others: 0, keys, watching, passes, ends, desks, events },
      ...{ before, recording: null, asked: null, stop, taken: Promise.resolve(true) },
    };
    this.#tellKey(this.#running);
    // Before any picture is taken: the recording has the stream from its first one on. Without room it runs all the same.
    if (records) await this.record().catch((error: unknown) => events.onrecording(null, faultCode(error)));
    void this.#run(stream, reader, events);
    return {
      ...{ room: toBase64Url(number), key: publicKey, generation: set.generation },
      admits: admitsOf(set, controlKey),
    };
  }

  /** Takes a microphone's sound into the running stream, until it ends, `hush`, or the stream's end. Fault "camera-stopped". */
  listen(sound: ReadableStream<AudioData>): void {
    if (!this.#running) {
      void sound.cancel().catch(() => undefined);
      throw new Fault("camera-stopped");
    }
    void this.#running.stream.listen(sound).catch((error: unknown) => console.error(error));
  }

  hush(): void {
    this.#running?.stream.hush();
  }

  /** Seals a line of text into the running stream. Fault "camera-stopped". */
  say(text: string): void {
    if (!this.#running) throw new Fault("camera-stopped");
    this.#running.stream.say(text);
  }

  /** Gives the running stream another key, unless it has one that is new; settles when that is in use. Fault "camera-stopped". */
  async rekey(): Promise<void> {
    const running = this.#running;
    if (!running) throw new Fault("camera-stopped");
    // A viewer holds the last three keys: who asks again and again must not take those from it that it still needs.
    if (running.keys.age < newFor) return;
    running.asked ??= this.#rekey(running, "asked").finally(() => {
      running.asked = null;
    });
    await running.asked;
  }

  /** Something speaks for an intrusion: the running stream gets another key; where it ends of that, the next one says so. */
  suspect(cause: Suspicion): void {
    this.#suspected = cause;
    this.#running?.keys.suspect(cause);
  }

  /** How long this device's camera uses a key, in ms, from now on. RangeError outside `keyLives`. */
  async keepKey(deviceId: string, life: number): Promise<void> {
    if (!(life >= keyLives.least && life <= keyLives.most))
      throw new RangeError(`"life" expected ${keyLives.least} to ${keyLives.most} ms, got ${life}`);
    await this.#store.keepKey(deviceId, life);
    const running = this.#running;
    if (running?.identity.deviceId !== deviceId) return;
    running.keys.live(life);
    this.#tellKey(running);
  }

  async #rekey(running: Running, cause: KeyCause): Promise<void> {
    const { stream, keys, set } = running;
    await stream.rekey(cause, set);
    keys.changed();
    // What else speaks for an intrusion has its own change before it.
    this.#suspected = keys.suspected;
    this.#tellKey(running);
  }

  #tellKey({ stream, keys, events }: Running): void {
    const status: KeyStatus = { ...stream.key, next: this.#means.clock.now() + keys.left, life: keys.life };
    events.onkey(status);
  }

  /** Records the running stream on this device, unless that goes on already. Faults "storage", "storage-full", "camera-stopped". */
  async record(): Promise<void> {
    const running = this.#running;
    if (!running) throw new Fault("camera-stopped");
    if (running.recording && !running.recording.isOver) return;
    const { stream, identity, events } = running;
    const makeRecorder = this.#means.makeRecorder(identity.number, events);
    running.recording = new CameraRecording(stream, makeRecorder, (status, fault) =>
      events.onrecording(status, fault),
    );
    await running.recording.start();
  }

  stopRecording(): void {
    this.#running?.recording?.stop();
  }

  /** Shows what is sealed to `onlooker`; null: to nobody any more. Fault "camera-stopped". */
  look(onlooker: Onlooker | null): void {
    if (!this.#running && onlooker) throw new Fault("camera-stopped");
    this.#running?.stream.look(onlooker);
  }

  /**
   * Lets a viewer prove its key, and watch then [RP19]; the hub likewise, to hand over a new set [RP25]. Fault "peer-proof" for a key that is neither in the
   * recipient set nor the control key, whatever a relay says, and while too many others are proving theirs.
   */
  watch(carrier: Carrier, viewerKey: Bytes): void {
    const running = this.#running;
    const { controlKey } = running?.identity ?? {};
    const isHub = controlKey != null && equal(controlKey, viewerKey);
    const isKnown = running && (isHub || isIn(running.set, viewerKey));
    if (!running || !isKnown || this.#proving >= mostProving) {
      carrier.close();
      throw new Fault("peer-proof");
    }
    void this.#admit(running, carrier, viewerKey, isHub);
  }

  async #admit(running: Running, carrier: Carrier, viewerKey: Bytes, isHub: boolean): Promise<void> {
    this.#proving += 1;
    try {
      const admitted = await admit(carrier, running.identity.number, viewerKey);
      if (isHub) return await this.#hear(running, carrier, viewerKey);
      let isGone = false;
      carrier.onclose = () => {
        isGone = true;
      };
      const left = running.passes && (await running.passes.look(admitted.proof.pass, viewerKey));
      if (isGone) return;
      // Another set may have come while it was proving.
      if (!isIn(running.set, viewerKey)) carrier.close();
      else if (typeof left === "string") refuse(carrier, left);
      else this.#attach(running, carrier, admitted, left);
    } catch (error) {
      if (isWrong(error)) running.keys.wrongProof();
      if (faultCode(error) !== "peer-proof" && faultCode(error) !== "public-key") console.error(error);
    } finally {
      this.#proving -= 1;
    }
  }

  /** The hub gets nothing of the stream: it hands over a set [RP25]. */
  async #hear(running: Running, carrier: Carrier, controlKey: Bytes): Promise<void> {
    const { stream, identity, desks, events } = running;
    if (this.#running !== running) return carrier.close();
    const obey = async (): Promise<void> => {
      if (this.#running === running) await this.#look(stream, events);
      // Where this stream ended of it, nothing is sealed any more.
      await running.taken;
    };
    const { deviceId } = identity;
    const desk = new SetDesk({ carrier, store: this.#store, deviceId, controlKey, obey });
    desks.add(desk);
    await desk.begin();
    carrier.onclose = () => void desks.delete(desk);
  }

  /** Until the pass ends, in `left` ms; null: for as long as both want. */
  #attach(running: Running, carrier: Carrier, { proof, said }: Admitted, left: number | null): void {
    const { stream, ends, watching, before } = running;
    if (before && this.#means.steady.now() < before.until)
      carrier.send({ talk: encodeCameraTalk({ kind: "before", ending: before.ending }) });
    // A stream that has ended meanwhile closes it.
    stream.attach(carrier, toBase64Url(proof.key).slice(0, 8));
    this.#serve(running, carrier);
    const gone = carrier.onclose;
    const one: Watching = {
      key: proof.key,
      leave: () => {
        carrier.send({ talk: encodeCameraTalk({ kind: "ending", ending: "repaired" }) });
        carrier.close();
        carrier.onclose?.("closed");
      },
    };
    watching.add(one);
    carrier.onclose = (reason) => {
      watching.delete(one);
      gone?.(reason);
    };
    if (left !== null) {
      const leave = carrier.onclose;
      const end = setTimeout(() => {
        ends.delete(end);
        refuse(carrier, "expired");
        leave?.("closed");
      }, left);
      ends.add(end);
      carrier.onclose = (reason) => {
        clearTimeout(end);
        ends.delete(end);
        leave?.(reason);
      };
    }
    for (const talk of said.values()) carrier.onmessage?.({ talk });
  }

  /** Who may watch may ask for what the camera has recorded of itself [RC1]. */
  #serve({ identity, desks }: Running, carrier: Carrier): void {
    const { recordings } = this.#means;
    const desk = new RecordingDesk({ carrier, recordings, number: numberText(identity.number) });
    desks.add(desk);
    const [hear, leave] = [carrier.onmessage, carrier.onclose];
    carrier.onmessage = (message) => {
      if (!("talk" in message) || !desk.hear(message.talk)) hear?.(message);
    };
    carrier.onclose = (reason) => {
      desks.delete(desk);
      desk.close();
      leave?.(reason);
    };
  }

  /** Ends the stream with this word for its viewers, or gives up the start that is under way: it then fails with "camera-stopped". */
  async stop(why: Ending = "stopped"): Promise<void> {
    if (this.#starting) {
      this.#starting.giveUp.abort(new Fault("camera-stopped"));
      await this.#starting.over;
    }
    const running = this.#running;
    this.#running = null;
    running?.stop();
    // The signed end is the last thing that a recording gets, and what closes it.
    if (running) this.#ending = running.stream.end(why).finally(() => running.recording?.stop());
    await this.#ending;
  }

  async #run(
    stream: CameraStream,
    reader: ReadableStreamDefaultReader<CameraFrame>,
    events: CameraEvents,
  ): Promise<void> {
    let code = "camera-unplugged";
    let size: string | null = null;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const isSame = size === null || size === sizeOf(value);
        size = sizeOf(value);
        if (!isSame) code = "camera-resized";
        if (!isSame || this.#running?.stream !== stream) {
          value.close();
          break;
        }
        await stream.seal(value);
      }
    } catch (error) {
      code = faultCode(error) === "shape" ? "pixel-format" : faultCode(error);
      if (code === "unexpected") console.error(error);
    }
    await this.#end(stream, code, events);
  }

  /** Ends the stream by itself, signed as ended all the same; nothing when `stop` has ended it before. */
  async #end(stream: CameraStream, code: string, events: CameraEvents): Promise<void> {
    if (this.#running?.stream !== stream) return;
    const stopped = this.stop(endingOf(code));
    // At once: the page leaves the room before a viewer that was told comes back to it.
    events.onended(code);
    await stopped;
  }

  /** Another tab may have paired the device anew: those whom this stream is sealed to may be shut out by now. */
  async #look(stream: CameraStream, events: CameraEvents): Promise<void> {
    const running = this.#running;
    if (running?.stream !== stream) return;
    const { deviceId, generation, controlKey } = running.identity;
    let now: CameraIdentity | null;
    try {
      now = await this.#store.read(deviceId);
    } catch (error) {
      // Who may watch cannot be told any more.
      console.error(error);
      return this.#end(stream, faultCode(error), events);
    }
    const isObeyed = now?.controlKey && controlKey && equal(now.controlKey, controlKey);
    if (isObeyed && now && now.generation > generation && (await this.#take(running, now))) return;
    if (!isObeyed || !now || now.generation !== generation)
      return this.#end(stream, now?.controlKey ? "camera-repaired" : "camera-not-paired", events);
    this.#count(running, now);
    running.keys.tick();
  }

  /** What is counted for ever does not go back: a store that was set back would make streams that viewers refuse. Nor does it rise without this stream. */
  #count(running: Running, { streams }: CameraIdentity): void {
    const { counter, identity, keys } = running;
    if (streams < counter) {
      keys.suspect("counter");
      void this.#store.countTo(identity.deviceId, counter).catch(report);
    }
    if (streams > counter + running.others) {
      running.others = streams - counter;
      keys.suspect("second-sensor");
    }
  }

  /** Another set by the same hub: from the next key on for those in it, and for nobody else. False where the stream has to end of it. */
  async #take(running: Running, identity: CameraIdentity): Promise<boolean> {
    const { controlKey, recipients, number } = identity;
    if (!controlKey || !recipients) return false;
    const set = await checkRecipients(await importPublicKey(controlKey), number, recipients).catch(
      () => null,
    );
    // Passes of another server, or of none, are another rule for everybody who watches.
    const isSameServer =
      set && (set.server ? running.set.server && equal(set.server, running.set.server) : !running.set.server);
    if (!isSameServer || set.generation !== identity.generation || this.#running !== running) return false;
    // Looked at twice meanwhile.
    if (running.set.generation >= set.generation) return running.taken;
    running.identity = identity;
    running.set = set;
    for (const one of [...running.watching]) if (!isIn(set, one.key)) one.leave();
    running.events.onadmits(admitsOf(set, controlKey), set.generation);
    running.taken = this.#rekey(running, "recipients").then(
      () => true,
      (error: unknown) => {
        report(error);
        return false;
      },
    );
    return running.taken;
  }
}
