import {
  askToStay,
  freeFor,
  lasting,
  mayVanish,
  openRetentionStore,
  opfsRecordings,
  overdue,
  type RecordingEntry,
  type RetentionSettings,
  rulesOf,
  storageRoom,
} from "../../apparatus/index.ts";
import { faultCode } from "../../base/index.ts";
import { copyName } from "./copy-name.ts";
import { download } from "./download.ts";
import { Model } from "./model.ts";
import type { RecordingsSnapshot, StoredName } from "./snapshots.ts";
import { StoredRecordings } from "./stored-recordings.ts";

/** While something is being recorded, the list is read again this often. ms */
const lookInterval = 3_000;

/** `/recordings`: what this device has recorded, how long it stays; saves a copy, protects, erases. And what the server keeps. */
export class RecordingsModel extends Model<RecordingsSnapshot> {
  readonly #store = opfsRecordings();
  readonly #retention = openRetentionStore();
  readonly #stopWatching: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  /** The look that is under way, and whether something has changed since it began. */
  #looking: Promise<void> | null = null;
  #isStale = false;
  /** The newest note of an erasure that is shown. */
  #noted = 0;
  #last: Promise<void> = Promise.resolve();
  /** Recordings whose index was asked for: once each. */
  readonly #asked = new Set<string>();

  readonly #stored: StoredRecordings;

  /** `play`: goes to where a recording is played: of this device by its name, or one of the server. */
  constructor(play: (recording: string | StoredName) => void) {
    const stored = new StoredRecordings(play);
    super({
      ...{ recordings: null, room: null, retention: null, erased: [], busy: null, fault: null },
      stored: stored.snapshot,
    });
    this.#stored = stored;
    stored.subscribe((now) => this.show({ stored: now }));
    const acts = { save: this.#save, keep: this.#keep, erase: this.#erase, retain: this.#retain };
    this.show({ ...acts, play, forget: this.#forget, stay: this.#stay });
    this.#retention.catch(() => undefined);
    this.#stopWatching = this.#store.watch(() => this.#lookAgain());
    this.#timer = setInterval(() => {
      if (this.snapshot.recordings?.some(({ isWriting }) => isWriting)) this.#lookAgain();
    }, lookInterval);
    void this.#do(null, async () => {});
  }

  override dispose(): void {
    super.dispose();
    this.#stored.dispose();
    clearInterval(this.#timer);
    this.#stopWatching();
  }

  /** Somebody else has changed something: what cannot be read now is read the next time. */
  #lookAgain(): void {
    this.#look().catch(() => undefined);
  }

  /** One look at a time; what changes meanwhile is looked at behind it. */
  #look(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#lookUntilFresh().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookUntilFresh(): Promise<void> {
    while (this.#isStale && !this.disposed) {
      this.#isStale = false;
      const recordings = await this.#store.list();
      if (this.disposed) return;
      this.show({ recordings, ...(await this.#rest(recordings)) });
      void this.#measure(recordings);
    }
  }

  /** What stands around the list. Without it the list is shown all the same. */
  async #rest(recordings: readonly RecordingEntry[]) {
    try {
      const retention = await this.#retention;
      const [settings, erased, granted, vanishes] = await Promise.all([
        ...([retention.settings(), retention.erased(), storageRoom(), mayVanish()] as const),
      ]);
      this.#noted = erased[0]?.key ?? this.#noted;
      const rules = rulesOf(settings, granted);
      const free = freeFor(recordings, rules, granted);
      const used = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
      const lasts = free === null ? null : lasting(recordings, free);
      const due = overdue(recordings, rules, Date.now()).length;
      return { room: { used, free, lasts, mayVanish: vanishes }, retention: { settings, due }, erased };
    } catch (error) {
      console.error(faultCode(error), error);
      return {};
    }
  }

  /** A recording without an index gets one, and with that its length. */
  async #measure(recordings: readonly RecordingEntry[]): Promise<void> {
    for (const { name, duration, isWriting } of recordings) {
      if (duration !== null || isWriting || this.#asked.has(name)) continue;
      this.#asked.add(name);
      const index = await this.#store.index(name).catch(() => null);
      if (this.disposed) return;
      if (index?.from !== null && index !== null) this.#lookAgain();
    }
  }

  #save = (name: string): Promise<void> =>
    this.#do("saving", async () => {
      const file = await this.#store.read(name);
      const recording = this.snapshot.recordings?.find((one) => one.name === name);
      download(`${copyName(recording?.begun ?? 0, recording?.number ?? "")}.sealed`, file);
    });

  #keep = (name: string, isKept: boolean): Promise<void> =>
    this.#do(null, () => this.#store.keep(name, isKept));

  #erase = (name: string): Promise<void> => this.#do("erasing", () => this.#store.erase(name));

  #retain = (settings: RetentionSettings): Promise<void> => {
    const due = this.snapshot.retention?.due ?? 0;
    // At once, so that no control springs back; the look behind it says what is so.
    this.show({ retention: { settings, due } });
    return this.#do(null, async () => (await this.#retention).choose(settings));
  };

  #forget = (): Promise<void> => {
    // Those of now: what is noted while this waits was not read.
    const upTo = this.#noted;
    return this.#do(null, async () => (await this.#retention).forget(upTo));
  };

  #stay = (): Promise<void> =>
    this.#do(null, async () => {
      await askToStay();
    });

  /** One thing at a time, and a look at what has become of it. Controls stay where they are: what is pressed meanwhile waits. */
  #do(busy: RecordingsSnapshot["busy"], act: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.disposed) return;
      this.show({ fault: null, busy });
      let fault: string | null = null;
      try {
        await act();
      } catch (error) {
        fault = faultCode(error);
      }
      try {
        await this.#look();
      } catch (error) {
        fault ??= faultCode(error);
      }
      if (!this.disposed) this.show({ fault, busy: null });
    });
    return this.#last;
  }
}
