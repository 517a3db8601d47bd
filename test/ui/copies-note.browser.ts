import type { CopyState } from "../../src/ui/models/snapshots.ts";
import { CopiesNote } from "../../src/ui/parts/copies-note.ts";
import { formatSize, texts } from "../../src/ui/texts/index.ts";
import { check, found, on, same } from "./bench.ts";

type Progress = NonNullable<CopyState["progress"]>;

const nothing: Progress = { waiting: 0, unfinished: 0, confirmed: 0, until: null, refused: [], why: null };

/** What is said of copies that stand like that. */
const lineOf = (progress: Progress | null): Promise<string> => {
  const note = new CopiesNote();
  note.copies = { isOffered: true, isKept: true, progress };
  return on(note, async () => found(note.renderRoot.querySelector("p"), "the line").textContent ?? "");
};

describe("the note on copies", () => {
  it("says that all recordings are there only where some were confirmed, and nothing is left or in the way", async () => {
    const { all } = texts().copies;
    same(await lineOf({ ...nothing, confirmed: 1 }), all);
    const others: (Progress | null)[] = [
      null,
      nothing,
      { ...nothing, confirmed: 1, waiting: 1, unfinished: 1 },
      { ...nothing, confirmed: 1, waiting: 1, unfinished: 1, until: 1 },
      { ...nothing, confirmed: 1, refused: ["copy-refused"] },
      ...["copy-offline", "copy-none", "copy-not-registered", "copy-full", "copy-answer"].flatMap((why) => [
        { ...nothing, why },
        { ...nothing, why, confirmed: 1 },
      ]),
    ];
    for (const one of others) check((await lineOf(one)) !== all, JSON.stringify(one));
  });

  it("names no time up to which recordings are there, where none is", async () => {
    const { waiting } = texts().copies;
    const line = await lineOf({ ...nothing, waiting: 1_000, unfinished: 1, why: "copy-not-registered" });
    same(line, waiting(formatSize(1_000)));
  });
});
