import { tracks } from "../seal/check.ts";
import type { RecordingReport } from "./recording-report.ts";

/** Of a sound track that the file has nothing of: the other one, where that is there; else null, also for what is no sound. */
export const otherSound = (report: Pick<RecordingReport, "tracks">, absent: number): number | null => {
  const sounds: readonly number[] = [tracks.sound, tracks.recordedSound];
  if (!sounds.includes(absent)) return null;
  return report.tracks.find(({ track }) => track !== absent && sounds.includes(track))?.track ?? null;
};
