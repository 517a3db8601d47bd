import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["firefox-esr", "firefox"];

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Firefox that tests of its path run in: the one that FIREFOX names, else one on the path; null where there is none. */
export const firefox = (): string | null => {
  const asked = process.env.FIREFOX;
  if (asked) return runs(asked) ? asked : null;
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)));
  return onPath.find(runs) ?? null;
};
