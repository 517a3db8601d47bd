import { type Check, inFile } from "./check.ts";

const worker = (title: string) => ({ file: "test/apparatus/player-worker.browser.ts", title });
const told = "that cannot be erased are told of, and by the next workers, until one of them has erased them";

/** That a film in the clear does not stay on the device unsaid. */
export const exportsChecks: readonly Check[] = [
  ...inFile("src/apparatus/export-folder.ts", [
    {
      what: "a film that could not be erased is there",
      text: "    if (isNotFound(error)) return true;\n",
      instead: "    if (error) return true;\n",
      test: worker(told),
    },
    {
      what: "so are those of dead workers",
      text: "if (lock && !(await remove(name))) isGone = false;",
      instead: "if (lock) await remove(name);",
      test: worker(told),
    },
    {
      what: "films of living workers are theirs",
      text: "if (lock && ",
      instead: "if (",
      test: worker("are no other worker's to erase, while theirs lives"),
    },
    {
      what: "nothing of an earlier film is in a new one",
      text: "        file.truncate(0);\n",
      instead: "",
      test: worker("do not lie behind the end of the next, where they could not be erased"),
    },
  ]),
];
