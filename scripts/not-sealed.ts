import { formats } from "../src/ui/texts/verify-en.ts";
import type { ForeignFormat } from "../src/verify/index.ts";

const names = { ...formats, unknown: "of no kind that is known here" };

export const toldNotSealed = (format: ForeignFormat | null): string => {
  const name = names[format ?? "unknown"];
  const mp4 =
    format === "mp4"
      ? "\n  An MP4 proves nothing by itself. Put the .sealed recording it was made from beside it, or name it with --sealed."
      : "";
  return `Not a sealed file.\n  not-sealed: This is ${name}; nobody can say where it is from.${mp4}`;
};
