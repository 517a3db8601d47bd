import { Fault } from "../base/index.ts";
import type { CardRecord } from "../card/index.ts";
import type { ByteSource } from "../seal/check.ts";
import type { ArraySensor } from "../sensor/index.ts";
import { knownCameras, type RecordingReport } from "../verify/index.ts";
import { disclose } from "./disclose.ts";
import { eraseLeftExports, exportFolder } from "./export-folder.ts";
import { exportMp4 } from "./export-mp4.ts";
import { cancellable, seldom } from "./progress.ts";

/** The MP4 files of one recording, for the page to hand out; they lie on this device until `release` or `clear`, or until a worker starts after this one was killed. */
export interface ExportedFiles {
  /** Several where size, codec or clock changed in the middle of the recording. */
  readonly files: readonly File[];
  readonly pictures: number;
  readonly sounds: number;
  /** The verdict on the recording. An MP4 itself is never guaranteed. */
  readonly report: RecordingReport;
}

/** What a worker that holds the open card makes of recordings; until `release` or `clear` open pictures lie on the disk. Faults as codes. */
export interface ExportControls {
  /**
   * Makes the MP4 of a recording whose camera is on the open card; one at a time, and what was made before is gone. `onprogress` hears
   * now and then how many bytes of the recording are done.
   * Faults "card-none", "recording-closed", "mp4-empty", "mp4-codec", "cancelled", "storage", "export-busy", and those of the source.
   */
  save(recording: ByteSource, onprogress: (done: number) => void): Promise<ExportedFiles>;
  /**
   * The file that discloses one frame of a recording to whoever gets it, and nothing else: `application/cbor`, to be named `.sealed`.
   * Faults "card-none", "frame-none", "frame-large", "frame-unproven", "recording-closed", "export-busy", and those of the source.
   */
  disclose(recording: ByteSource, track: number, sequence: number): Promise<Blob>;
  /** Ends what is being made; nothing of it stays. */
  cancel(): void;
  /** The same, and erases what was made before. */
  clear(): Promise<void>;
  /** Erases what was made: call it once the person has it. */
  release(): Promise<void>;
  /**
   * `onstays` hears, now and whenever it may have changed, whether films lie on this device that could not be erased. That is tried again
   * with everything that is erased here, and by the next worker.
   */
  watch(onstays: (stays: boolean) => void): void;
}

/** What a worker makes of recordings, with the keys that `records` gives then; `sensor` is for this alone. */
export const makeExportControls = (
  records: () => readonly CardRecord[] | null,
  sensor: () => Promise<ArraySensor>,
): ExportControls => {
  const folder = exportFolder();
  /** Whether films could not be erased: those of ended workers, and of this one. */
  const stays = { left: false, own: false };
  let onstays: (stays: boolean) => void = () => undefined;
  const tell = (): void => onstays(stays.left || stays.own);
  const eraseLeft = async (): Promise<void> => {
    stays.left = !(await eraseLeftExports());
  };
  void eraseLeft().then(tell);
  const erase = async (): Promise<void> => {
    stays.own = !(await folder.erase());
    if (stays.left) await eraseLeft();
    tell();
  };
  /** What is being made; null where nothing is. */
  let work: { isCancelled: boolean } | null = null;
  /** Settles when that has ended, however it did. */
  let ended: Promise<unknown> = Promise.resolve();
  const known = () => {
    const open = records();
    if (!open) throw new Fault("card-none");
    return knownCameras(null, open);
  };
  const save = async (
    recording: ByteSource,
    mine: { readonly isCancelled: boolean },
    onprogress: (done: number) => void,
  ): Promise<ExportedFiles> => {
    const cameras = known();
    await erase();
    const say = seldom(onprogress);
    const options = {
      known: cameras,
      sensor: await sensor(),
      onprogress: (done: number) => {
        // Also between two reads: one of them may hold thousands of frames.
        if (mine.isCancelled) throw new Fault("cancelled");
        say(done);
      },
    };
    try {
      const made = await exportMp4(
        cancellable(recording, () => mine.isCancelled),
        options,
        folder.create,
      );
      const { pictures, sounds, report } = made;
      return { files: await folder.close(), pictures, sounds, report };
    } catch (error) {
      await erase();
      throw error;
    }
  };

  /** One thing at a time has the sensor. */
  const alone = async <T>(make: (mine: { readonly isCancelled: boolean }) => Promise<T>): Promise<T> => {
    if (work) throw new Fault("export-busy");
    const mine = { isCancelled: false };
    work = mine;
    const making = make(mine).finally(() => {
      work = null;
    });
    ended = making.catch(() => undefined);
    return making;
  };

  return {
    save: (recording, onprogress) => alone((mine) => save(recording, mine, onprogress)),
    disclose: (recording, track, sequence) =>
      alone(async (mine) => {
        const options = { known: known(), sensor: await sensor() };
        const source = cancellable(recording, () => mine.isCancelled);
        const file = await disclose(source, options, { track, sequence });
        return new Blob([file], { type: "application/cbor" });
      }),
    cancel() {
      if (work) work.isCancelled = true;
    },
    async clear() {
      if (work) work.isCancelled = true;
      await ended;
      await erase();
    },
    async release() {
      if (work) throw new Fault("export-busy");
      await erase();
    },
    watch(hears) {
      onstays = hears;
      tell();
    },
  };
};
