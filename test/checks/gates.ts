// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

const gate = (title: string) => ({ file: "test/apparatus/still-gate.test.ts", title });
const records = (title: string) => ({ file: "test/apparatus/open-records.test.ts", title });
const desk = (title: string) => ({ file: "test/apparatus/pass-desk.test.ts", title });
const findings = (title: string) => ({ file: "test/apparatus/play-findings.test.ts", title });

/** What is held back, what is not open any more, and which pass is over. */
export const gatesChecks: readonly Check[] = [
  ...inFile("src/apparatus/still-gate.ts", [
    {
      what: "[SF26] nothing passes before a still",
      text: "if (this.#isOpen || isPicture(frame)) return true;",
      instead: "return true;",
      test: gate("passes pictures at all times, and nothing else before it is opened"),
    },
    {
      what: "[SF26] pictures are not held back",
      text: "if (this.#isOpen || isPicture(frame)) return true;",
      instead: "if (this.#isOpen) return true;",
      test: gate("passes pictures at all times, and nothing else before it is opened"),
    },
    {
      what: "an open gate is open",
      text: "    this.#isOpen = true;\n",
      instead: "",
      test: gate("passes pictures at all times, and nothing else before it is opened"),
    },
    {
      what: "what waits is a copy",
      text: "{ ...frame, item: frame.item.slice() as Sealed }",
      instead: "frame",
      test: gate("keeps a copy: what is written to the frame's bytes behind it does not matter"),
    },
    {
      what: "what is worth nothing later does not wait",
      text: "if (this.#holds(frame))",
      instead: "if (frame)",
      test: gate("keeps nothing that is worth nothing later"),
    },
    {
      what: "what waits is bounded",
      text: ".slice(-mostHeld)",
      instead: "",
      test: gate("keeps 64 at most: the oldest give way"),
    },
    {
      what: "what waited is given once",
      text: "this.#held.splice(0)",
      instead: "this.#held.slice(0)",
      test: gate("gives what waited in its order, once"),
    },
  ]),
  ...inFile("src/apparatus/open-records.ts", [
    {
      what: "a card that was shut while it was opened is not open",
      text: '    if (mine !== this.#turn) throw new Fault("cancelled");\n',
      instead: "    void mine;\n    void Fault;\n",
      test: records("and ejected before that is done is not open afterwards"),
    },
    {
      what: "the card before is shut",
      text: "    this.shut();\n    const mine",
      instead: "    const mine",
      test: records("gives way to the one that is opened after it, whichever is quicker"),
    },
    {
      what: "a card that is shut ends what is being opened",
      text: "    this.#turn += 1;\n",
      instead: "",
      test: records("and ejected before that is done is not open afterwards"),
    },
    {
      what: "of a card that is shut no key is left",
      text: "    this.forget(() => true);\n",
      instead: "",
      test: records("leaves no key behind, shut or given way"),
    },
    {
      what: "of a record that is forgotten no key is left",
      text: "if (isOut(record)) record.viewerKey.seed.fill(0);",
      instead: "void record;",
      test: records("forgets what is out, and nothing else"),
    },
    {
      what: "keys of other records stay",
      text: "if (isOut(record)) record.viewerKey.seed.fill(0);",
      instead: "record.viewerKey.seed.fill(0);",
      test: records("forgets what is out, and nothing else"),
    },
    {
      what: "a record that is forgotten is not open",
      text: "this.#records?.filter((record) => !isOut(record)) ?? null",
      instead: "this.#records",
      test: records("forgets what is out, and nothing else"),
    },
  ]),
  ...inFile("src/apparatus/pass-desk.ts", [
    {
      what: "a pass is checked",
      text: 'if (typeof pass === "string") return pass;',
      instead: 'if (typeof pass === "string") return 1;',
      test: desk("is asked for, and has to be the server's, this viewer's and this camera's"),
    },
    {
      what: "a clock that is further off says nothing",
      text: "apart: clocksApart }",
      instead: "apart: Number.MAX_SAFE_INTEGER }",
      test: desk("is refused by a clock that is further off, since then it says nothing"),
    },
    {
      what: "a pass was seen when it was seen",
      text: "const spent = seen > now ? life : now - seen;",
      instead: "const spent = 0;\n      void seen;",
      test: desk("is known when the camera comes back, whatever its clock did meanwhile"),
    },
    {
      what: "a clock that was set back says nothing",
      text: "seen > now ? life : now - seen",
      instead: "now - seen",
      test: desk("is known when the camera comes back, whatever its clock did meanwhile"),
    },
    {
      what: "a pass ends",
      text: "left > 0 && ",
      instead: "",
      test: desk("lasts 30 minutes from when it was first seen, and is not taken again after its end"),
    },
    {
      what: "a pass that was kept back is over with the server's time",
      text: "left > 0 && this.#newest < pass.expires",
      instead: "left > 0",
      test: desk("that was kept back counts no more once a later one was issued behind its end"),
    },
    {
      what: "the server's time is kept for the camera's return",
      text: "Math.max(this.#newest, newest)",
      instead: "Math.max(this.#newest, issued)",
      test: desk("that was kept back counts no more once a later one was issued behind its end"),
    },
  ]),
  ...inFile("src/apparatus/play-findings.ts", [
    {
      what: "[SR8] what stands behind something that claims to be the end waits",
      text: `if (ended !== null && offset > ended) return "ended";`,
      instead: "",
      test: findings("[SR8] frames behind the end"),
    },
    {
      what: "[SR5] a sequence that its track had passed waits",
      text: `return isLate ? "sequence" : null;`,
      instead: "return null;",
      test: findings(
        "[SR5] one picture of later on, put in front: from any entry behind it, nothing up to it counts",
      ),
    },
    {
      what: "a claim counts no longer than until the judgement has come there",
      text: "if (offset >= this.#reached) {",
      instead: "if (true) {",
      test: findings("what frames claim counts against them alone, and until the judgement has passed them"),
    },
    {
      what: "behind the faults that are noted nothing is believed",
      text: "else if (!this.#reasons.has(offset)) this.#full ??= { offset, reason };",
      instead: "",
      test: findings("more faults than are noted, or than a report lists: nothing behind them is believed"),
    },
    {
      what: "behind the faults that a report lists nothing is believed",
      text: "if (last && faultCount > faults.length) this.#full ??= { offset: last.offset, reason: last.reason };",
      instead: "",
      test: findings("more faults than are noted, or than a report lists: nothing behind them is believed"),
    },
  ]),
];
