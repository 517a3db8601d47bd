import { type Check, inFile } from "./check.ts";

const box = (title: string) => ({ file: "test/media/mp4-boxes.test.ts", title });
const form = (title: string) => ({ file: "test/media/mp4-form.test.ts", title });
const otherwise = form("is Fault mp4, whatever a file says otherwise");

/** How an MP4 is read: no box, row or sample description but those that an export has. */
export const mp4BoxesChecks: readonly Check[] = [
  ...inFile("src/media/mp4-boxes.ts", [
    {
      what: "a box at the top ends within the file, behind its head",
      text: "if (at + size < begin || at + size > source.size) throw odd(type);",
      instead: "",
      test: box("at the top of a file is no smaller than its head, and ends within the file"),
    },
    {
      what: "a box at the top is no smaller than its head",
      text: "at + size < begin || ",
      instead: "",
      test: box("at the top of a file is no smaller than its head, and ends within the file"),
    },
    {
      what: "a box at the top ends within the file",
      text: " || at + size > source.size",
      instead: "",
      test: box("at the top of a file is no smaller than its head, and ends within the file"),
    },
    {
      what: "nothing is read behind the end of a box",
      text: "    if (length > this.left) throw odd(this.type);\n",
      instead: "",
      test: box("gives no more bytes than it has"),
    },
    {
      what: "numbers are exact",
      text: "    if (!Number.isSafeInteger(value)) throw odd(this.type);\n",
      instead: "",
      test: box("gives no number that is not exact"),
    },
    {
      what: "what has to stand there stands there",
      text: "    if (!wanted.every((byte, at) => byte === found[at])) throw odd(this.type);\n",
      instead: "    void found;\n",
      test: box("is refused where other bytes stand than have to"),
    },
    {
      what: "the text that has to stand there stands there",
      text: "    if (String.fromCharCode(...this.take(text.length)) !== text) throw odd(this.type);\n",
      instead: "    this.take(text.length);\n",
      test: box("is refused where another text stands than has to"),
    },
    {
      what: "a box inside is no smaller than its head",
      text: "    if (size < 8) throw odd(type);\n",
      instead: "",
      test: box("inside another is no smaller than its own head"),
    },
    {
      what: "nothing follows",
      text: "    if (this.left > 0) throw odd(this.type);\n",
      instead: "",
      test: box("ends where it has to"),
    },
  ]),
  ...inFile("src/media/mp4-entries.ts", [
    {
      what: "pictures are of a codec that exports have",
      text: '  if (kind === "video" && !(type in configurations)) throw odd(table.type);\n',
      instead: "",
      test: otherwise,
    },
    {
      what: "sound has the channels that its entry says",
      text: "  if (box.number(1) !== channels) throw odd(box.type);\n",
      instead: "  box.number(1);\n",
      test: otherwise,
    },
    {
      what: "the settings of H.264 are settings",
      text: '  if (!configuration || !first) throw odd("avcC");\n',
      instead: '  if (!configuration || !first) return "";\n',
      test: otherwise,
    },
  ]),
  ...inFile("src/media/mp4-tables.ts", [
    {
      what: "a table is its rows",
      text: "  if (table.left !== rows * length) throw odd(table.type);\n",
      instead: "",
      test: otherwise,
    },
    {
      what: "a time is that of samples, and lasts",
      text: "    if (count === 0 || length === 0) throw odd(table.type);\n",
      instead: "",
      test: otherwise,
    },
    {
      what: "a time is that of samples",
      text: "    if (count === 0 || length === 0) throw odd(table.type);\n",
      instead: "    if (length === 0) throw odd(table.type);\n",
      test: otherwise,
    },
    {
      what: "a track has samples",
      text: "  if (runs[0]?.first !== 1 || count === 0) throw odd(chunks.type);\n",
      instead: "",
      test: form("is Fault mp4 when it has a track of nothing"),
    },
    {
      what: "chunks come one behind the other, and each holds samples",
      text: "    if (until <= first || held === 0) throw odd(chunks.type);\n",
      instead: "",
      test: otherwise,
    },
    { what: "runs of chunks rise", text: "until <= first || ", instead: "", test: otherwise },
    { what: "a chunk holds samples", text: " || held === 0", instead: "", test: otherwise },
  ]),
];
