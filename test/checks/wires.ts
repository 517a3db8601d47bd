// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

const message = (title: string) => ({ file: "test/relay/message.test.ts", title });
const wire = (title: string) => ({ file: "test/relay/wire.test.ts", title });
const line = (title: string) => ({
  file: "test/relay/crossing-line.test.ts",
  title: `[CX3] ends at ${title}`,
});
const crossing = (title: string) => ({ file: "test/relay/crossing.test.ts", title });
const socket = (title: string) => ({ file: "test/relay/socket-wire.test.ts", title: `is refused: ${title}` });
const signal = (title: string) => ({
  file: "test/relay/signal.test.ts",
  title: `[CX9] are refused ${title}`,
});

/** What is read of what relays, sockets and other devices say. */
export const wiresChecks: readonly Check[] = [
  ...inFile("src/relay/message.ts", [
    {
      what: "[RP2] bytes are bytes, and nobody else writes to them",
      text: "    if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) throw wrong(field);\n    if",
      instead: "    if (!(value instanceof Uint8Array)) throw wrong(field);\n    if",
      test: message("[RP2] one key more than 64, an `until` without a word, and shared memory are refused"),
    },
    {
      what: "[RP2] bytes are bytes",
      text: "    if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) throw wrong(field);\n    if (value.length !== length)",
      instead: "    if ((value as Uint8Array).length !== length)",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] bytes have their length",
      text: "    if (value.length !== length) throw wrong(field);\n",
      instead: "",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "a pass has a length",
      text: "  if (length === 0 || length > PASS_LENGTH) throw wrong(field);\n",
      instead: "",
      test: message("[RP2] one key more than 64, an `until` without a word, and shared memory are refused"),
    },
    {
      what: "[RP2] names have their length",
      text: '    if (typeof value !== "string" || value.length !== Math.ceil((length * 4) / 3)) throw wrong(field);\n',
      instead: '    if (typeof value !== "string") throw wrong(field);\n',
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] names are written in one way",
      text: "    } catch {\n      throw wrong(field);\n    }\n",
      instead: "    } catch {\n      return value;\n    }\n",
      test: message("[RP2] names are canonical base64url: no other spelling of one room is a room"),
    },
    {
      what: "[RP2] words are of a list",
      text: '    if (typeof value !== "string" || !words.includes(value)) throw wrong(field);\n',
      instead: "    void words;\n    void field;\n",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] words are short and plain",
      text: '  if (typeof value !== "string" || !/^[a-z0-9-]{1,32}$/.test(value)) throw wrong(field);\n',
      instead: "  void field;\n",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] times are numbers",
      text: "  if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong(field);\n",
      instead: "  void field;\n",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] a flag is one",
      text: '  if (typeof value !== "boolean") throw wrong(field);\n',
      instead: "  void field;\n",
      test: message(
        "[RP2] a message of a relay with a field too many, too few or of another type is refused",
      ),
    },
    {
      what: "[RP2] a host admits so many",
      text: "  if (!Array.isArray(value) || value.length > MAX_ADMITS) throw wrong(field);\n",
      instead: "  if (!Array.isArray(value)) throw wrong(field);\n",
      test: message("[RP2] one key more than 64, an `until` without a word, and shared memory are refused"),
    },
    {
      what: "[RP2] what is admitted is a list",
      text: "  if (!Array.isArray(value) || value.length > MAX_ADMITS) throw wrong(field);\n",
      instead: "  if ((value as unknown[])?.length > MAX_ADMITS) throw wrong(field);\n",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] an end has a word",
      text: '    throw wrong("until");\n',
      instead: "",
      test: message("[RP2] one key more than 64, an `until` without a word, and shared memory are refused"),
    },
    {
      what: "[RP2] a message is of a kind",
      text: '  if (found === undefined) throw wrong("kind");\n',
      instead: "  if (found === undefined) return {};\n",
      test: message("[RP2] what is no message of a peer at all is refused"),
    },
    {
      what: "[RP2] what is inside a message is an object",
      text: '  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(whole);\n',
      instead: '  if (typeof value !== "object" || value === null) return {};\n',
      test: message(
        "[RP2] a message of a relay with a field too many, too few or of another type is refused",
      ),
    },
    {
      what: "[RP2] no field too many",
      text: 'if (rule === undefined) throw wrong("unknown");',
      instead: "if (rule === undefined) continue;",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
    {
      what: "[RP2] no field too few",
      text: "  for (const field of Object.keys(required)) if (!Object.hasOwn(read, field)) throw wrong(field);\n",
      instead: "",
      test: message("[RP2] a message of a peer with a field too many, too few or of another type is refused"),
    },
  ]),
  ...inFile("src/relay/wire.ts", [
    {
      what: "[RP2] a message is deterministic CBOR, of so many bytes",
      text: '    throw new Fault("message", { field: "wire" }, { cause });\n',
      instead: "    throw cause;\n",
      test: wire("[RP2] what is no deterministic CBOR of at most 8 KiB is refused"),
    },
  ]),
  ...inFile("src/relay/crossing-wire.ts", [
    {
      what: "[CX3] a frame is of a kind",
      text: 'if (kind === undefined || bytes.length < 5) throw new Fault("crossing", { why: "frame" });',
      instead: 'if (kind === undefined) return { kind: "ack", number: 0 };',
      test: line("an unknown frame"),
    },
    {
      what: "[CX3] a note is long enough",
      text: " || bytes.length < 5",
      instead: "",
      test: line("a note too short"),
    },
    {
      what: "[CX3] a note is no longer",
      text: '    if (bytes.length !== 5) throw new Fault("crossing", { why: "length" });\n',
      instead: "",
      test: line("a note too long"),
    },
    {
      what: "[CX3] a part is the last or not",
      text: "(last !== 0 && last !== 1) || ",
      instead: "",
      test: line("a part that is neither last nor not"),
    },
    {
      what: "[CX3] a part has bytes",
      text: '  if ((last !== 0 && last !== 1) || length < 1 || length > MAX_BODY)\n    throw new Fault("crossing", { why: "part" });\n',
      instead: "",
      test: line("a part that is neither last nor not"),
    },
    {
      what: "[CX3] parts but the last are full",
      text: '  if (last === 0 && length < MAX_BODY) throw new Fault("crossing", { why: "short" });\n',
      instead: "",
      test: line("a part that is short and not the last"),
    },
    {
      what: "[CX3] a message is of a kind",
      text: '  if (kind === undefined) throw new Fault("crossing", { why: "kind" });\n',
      instead: '  if (kind === undefined) return "talk";\n',
      test: line("an unknown kind"),
    },
    {
      what: "[CX3] counts are exact",
      text: '  if (!Number.isSafeInteger(count)) throw new Fault("crossing", { why: "count" });\n',
      instead: "  if (!Number.isSafeInteger(count)) return 0;\n",
      test: crossing("[CX3] is gone at a count that no number can say"),
    },
  ]),
  ...inFile("src/relay/part-reader.ts", [
    {
      what: "[CX3] parts of one message stand together",
      text: '      if (number !== this.#number) throw new Fault("crossing", { why: "order" });\n',
      instead: "",
      test: line("a second message within the first"),
    },
    {
      what: "[CX3] a message is no longer than its kind",
      text: '    if (this.#length > most) throw new Fault("crossing", { why: "long" });\n',
      instead: "",
      test: line("talk that is too long"),
    },
    {
      what: "[CX3] a message is no shorter than its kind",
      text: '    if (this.#length < least) throw new Fault("crossing", { why: "short" });\n',
      instead: "",
      test: line("talk of nothing"),
    },
  ]),
  ...inFile("src/relay/crossing-line.ts", [
    {
      what: "[CX3] nobody acknowledges what was never sent",
      text: '    if (number > this.#next) throw new Fault("crossing", { why: "ack" });\n',
      instead: "",
      test: line("an acknowledgement of what was never sent"),
    },
  ]),
  ...inFile("src/relay/crossing.ts", [
    {
      what: "[CX3] nothing comes before `open`",
      text: '    else if (!this.#isOpened) throw new Fault("crossing", { why: "open" });\n',
      instead: "",
      test: crossing("[CX3] is gone at what comes before `open`"),
    },
    {
      what: "[CX3] there is one `open`",
      text: "this.#isOpened || window > CROSSING_WINDOW",
      instead: "window > CROSSING_WINDOW",
      test: crossing("[CX3] is gone at a second `open`"),
    },
    {
      what: "[CX1] a window is no larger than the largest",
      text: '    if (this.#isOpened || window > CROSSING_WINDOW) throw new Fault("crossing", { why: "open" });\n',
      instead: "",
      test: crossing("[CX3] is gone at a window over the largest"),
    },
    {
      what: "[CX6] nobody runs ahead",
      text: '      if (this.#delivered - this.#taken > MAX_KEPT) throw new Fault("crossing", { why: "window" });\n',
      instead: "",
      test: crossing("[CX6] a stranger that runs ahead of a stalled carrier is cut off"),
    },
    {
      what: "[CX7] a last word is one of two",
      text: '    if (word === undefined) throw new Fault("crossing", { why: "bye" });\n',
      instead: "    if (word === undefined) return;\n",
      test: crossing("[CX3] is gone at an unknown last word"),
    },
  ]),
  ...inFile("src/relay/signal.ts", [
    {
      what: "[CX9] an attempt is a number",
      text: "  if (!isWhole(attempt, 0xffffffff)) throw wrong();\n",
      instead: "  if (!isWhole(attempt, Number.MAX_SAFE_INTEGER)) throw wrong();\n",
      test: signal("with an attempt over u32"),
    },
    {
      what: "[CX9] an attempt is one",
      text: "  if (!isWhole(attempt, 0xffffffff)) throw wrong();\n",
      instead: "",
      test: signal("with an attempt below nought"),
    },
    {
      what: "[CX9] a signal is of a kind",
      text: '  if (kind !== "candidate" || rest.length !== 3) throw wrong();\n',
      instead: '  if (kind !== "candidate") return { attempt, kind: "stop" } as Signal;\n',
      test: signal("with an unknown kind"),
    },
    {
      what: "[CX9] a candidate has its lengths",
      text: "  if (!isText(text, 0, MAX_CANDIDATE) || !isText(mid, 0, MAX_MID) || !isWhole(line, 0xffff)) throw wrong();\n",
      instead: "",
      test: signal("with a candidate too long"),
    },
    {
      what: "[CX9] a signal is deterministic CBOR",
      text: '    throw new Fault("crossing", { why: "signal" }, { cause });\n',
      instead: "    throw cause;\n",
      test: signal("where they are no deterministic CBOR"),
    },
    {
      what: "[CX9] a signal is a list",
      text: "  throw wrong();\n};\n",
      instead: '  return [0, "stop"];\n};\n',
      test: signal("with no array"),
    },
  ]),
  ...inFile("src/relay/socket-wire.ts", [
    {
      what: "a message on a socket is of a type",
      text: '  if (kind === undefined) throw new Fault("socket", { why: "type" });\n',
      instead: '  if (kind === undefined) return { kind: "closed", channel: 0 };\n',
      test: socket("an unknown type"),
    },
    {
      what: "a channel is whole",
      text: '  if (bytes.length < 5) throw new Fault("socket", { why: "short" });\n',
      instead: "",
      test: socket("half a channel"),
    },
    {
      what: "a total is exact",
      text: '      if (!Number.isSafeInteger(total)) throw new Fault("socket", { why: "total" });\n',
      instead: "",
      test: socket("a total that no number can say"),
    },
    {
      what: "what is said has its length",
      text: '  if (length < least || length > most) throw new Fault("socket", { why: "length" });\n',
      instead: "",
      test: socket("data that is too long"),
    },
    {
      what: "what is said is no shorter",
      text: "length < least || ",
      instead: "",
      test: socket("data of nothing"),
    },
  ]),
];
