import { type Check, inFile } from "./check.ts";

/** The judges, what is live, and what is said. */
export const verify1Checks: readonly Check[] = [
  ...inFile("src/verify/judge.ts", [
    {
      what: "what has no type is no item",
      text: '        throw new Refusal("malformed", this.#soFar());\n    }',
      instead: '        return Promise.resolve({ kind: "stale" });\n    }',
      test: { file: "test/verify/attacks.test.ts", title: "an unknown type: live" },
    },
    {
      what: "any head ends the stream before it",
      text: "    this.#head = null;\n    const refuse = (",
      instead: "    const refuse = (",
      test: {
        file: "test/verify/judge.test.ts",
        title: "a head that is refused ends the old stream: its frames are refused for the same reason",
      },
    },
    {
      what: "[SF6] the number",
      text: 'if (!equal(head.number, this.#options.number)) throw refuse("number", { ...notRun, number: "failed" });',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "another camera's whole stream: live" },
    },
    {
      what: "[SF7] no earlier stream",
      text: 'if (last && !isSame && counter <= last.counter)\n      throw refuse("earlier-stream", { ...notRun, number: "passed", sequence: "failed" });',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "an earlier stream, to who has seen this one: live",
      },
    },
    {
      what: "the head's signature",
      text: 'throw refuse(reasonOf(error, "head"));',
      instead: "return { number: this.#options.number, counter: 99, hash: item } as never;",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "a head with the camera's key, signed by another: live",
      },
    },
    {
      what: "[SF7] no other head with the same counter",
      text: "if (last && !isSame && counter <= last.counter)",
      instead: "if (last && !isSame && counter < last.counter)",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "another stream with the same counter, to who has seen this one: live",
      },
    },
    {
      what: "[SF7] the newest head is remembered",
      text: "    this.#lastHead = { counter, hash };\n",
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "the head of an earlier stream in the middle: live",
      },
    },
    {
      what: "[SF7] the same head once more begins nothing",
      text: "    if (!isSame) {\n      this.forget();",
      instead: "    if (true) {\n      this.forget();",
      test: {
        file: "test/verify/judge.test.ts",
        title: "the same head once more begins nothing: what was seen stays seen",
      },
    },
    {
      what: "a new stream begins without proofs",
      text: "      this.fresh.reset();\n",
      instead: "",
      test: { file: "test/verify/freshness.test.ts", title: "for the stream that comes next" },
    },
    {
      what: "a new stream begins without keys",
      text: "    if (!isSame) {\n      this.forget();",
      instead: "    if (!isSame) {",
      test: {
        file: "test/verify/judge.test.ts",
        title: "a new head ends the old stream: none of its frames is taken any more",
      },
    },
    {
      what: "nothing before a head",
      text: "throw new Refusal(this.#headReason, this.#soFar(), isDamaged ? { ask: 0 } : {});",
      instead: "return {} as CheckedHead;",
      test: { file: "test/verify/attacks.test.ts", title: "the head left out: live" },
    },
    {
      what: "[SF10] no generation that the camera has left behind",
      text: 'if (generation < this.#options.generation) throw new Refusal("epoch", this.#soFar());',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a lower generation than the card knows: live" },
    },
    {
      what: "[SF10] a wrap has to open",
      text: 'if (typeof opened === "string") throw new Refusal(opened, this.#soFar());',
      instead: 'if (typeof opened === "string") return { kind: "stale" };',
      test: {
        file: "test/verify/judge.test.ts",
        title: "a card that opens none of the wraps: no-key, and every frame too",
      },
    },
    {
      what: "the announcement's signature is the epoch's reason",
      text: 'throw new Refusal(reasonOf(error, "epoch"), this.#soFar());',
      instead: 'throw new Refusal("no-key", this.#soFar());',
      test: { file: "test/verify/attacks.test.ts", title: "the announcement re-signed by another key: live" },
    },
    {
      what: "keys of three epochs are held",
      text: "for (const old of [...this.#epochKeys.keys()].sort((a, b) => a - b).slice(0, -heldEpochs)) {",
      instead: "for (const old of [] as number[]) {",
      test: {
        file: "test/verify/judge.test.ts",
        title: "of epochs that are long over are erased, not only let go",
      },
    },
    {
      what: "[SF32] a key that was given up is not taken back",
      text: "if (held.length >= heldEpochs && epoch < Math.min(...held))",
      instead: "if (held.length < 0)",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "a frame that was withheld until its key was given up, with its announcement once more: live",
      },
    },
    {
      what: "[SF32] no frame of an epoch that its track has left",
      text: 'if (epoch < lastEpoch) throw fail("sequence", "epoch");',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title:
          "a frame of the epoch before, behind one of the next: signed, and a number that goes back: live",
      },
    },
    {
      what: "[SF12] nothing behind the end",
      text: 'if (this.#ended) throw new Refusal("ended", checks);',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame behind the end: live" },
    },
    {
      what: "what does not decode is a reason",
      text: 'throw new Refusal(reasonOf(error, "malformed"), checks);',
      instead: 'return { kind: "stale" };',
      test: { file: "test/verify/attacks.test.ts", title: "a field of another type: live" },
    },
    {
      what: "[SF15] the signature",
      text: 'if (checked.result === "signature") throw fail("signature", "signature");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame of another camera: live" },
    },
    {
      what: "[SF17] the tree",
      text: 'if (checked.result === "tree") throw fail("tree", "tree", checked.tiles);',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "frame: a bit of `cipher`: live" },
    },
    {
      what: "[SF19] the order",
      text: 'if (sequence <= last) throw fail("sequence", "sequence");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "two frames exchanged: live" },
    },
    {
      what: "[SF19] no frame twice",
      text: "if (sequence <= last) throw",
      instead: "if (sequence < last) throw",
      test: { file: "test/verify/attacks.test.ts", title: "a frame twice: live" },
    },
    {
      what: "[SR6] an epoch is announced first",
      text: 'if (!key) throw new Refusal("no-key", checks, { ask: epoch });',
      instead: 'if (!key) return { kind: "stale" };',
      test: { file: "test/verify/attacks.test.ts", title: "the announcement left out: live" },
    },
    {
      what: "which key the sensor holds is never assumed",
      text: "    sensor.setEpochKey(key);\n",
      instead: "",
      test: {
        file: "test/verify/judge.test.ts",
        title: "which key the sensor holds is never assumed: each frame is opened with its own",
      },
    },
    {
      what: "[SF14] the commitment",
      text: 'if (opened === "commitment") throw fail("commitment", "commitment");',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "two keys for one frame: signed, and committed to another: live",
      },
    },
    {
      what: "[SF14] the cipher's tag",
      text: 'if (opened === "tag") throw fail("commitment", "tag");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "signed, and with the tag of another text: live" },
    },
    {
      what: "[SF28] text is text",
      text: 'bytes.fill(0);\n      throw new Refusal("malformed", checks);',
      instead: "bytes.fill(0);",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "text that is no UTF-8, signed by a camera that lies: live",
      },
    },
    {
      what: "text that is no UTF-8 is none",
      text: "  } catch {\n    return false;\n  }",
      instead: "  } catch {\n    return true;\n  }",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "text that is no UTF-8, signed by a camera that lies: live",
      },
    },
    {
      what: "[SF25] what shows nothing is not shown",
      text: "return state.chain.take(fields);",
      instead: "return true;",
      test: { file: "test/verify/attacks.test.ts", title: "the key frame left out: live" },
    },
    {
      what: "what is missing is counted",
      text: "if (!state.isForgiven) this.#missing += sequence - state.last - 1;",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame left out: live" },
    },
    {
      what: "a gap that nobody asked about is forgiven once",
      text: "    state.isForgiven = false;\n",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame left out: live" },
    },
    {
      what: "what is missing at the end is counted",
      text: "if (!isForgiven) this.#missing += Math.max(0, countOf(counts, track) - 1 - last);",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "the last two frames left out: live" },
    },
    {
      what: "the end's signature",
      text: 'throw new Refusal(reasonOf(error, "signature"), this.#soFar());',
      instead: "return { counts: new Map() } as never;",
      test: { file: "test/verify/attacks.test.ts", title: "the end re-signed by another key: live" },
    },
    {
      what: "[SF12] an end is the end",
      text: "    this.#ended = true;\n",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame behind the end: live" },
    },
    {
      what: "after a fault nothing lies in the sensor",
      text: "    } catch (refusal) {\n      this.#options.sensor.wipe();",
      instead: "    } catch (refusal) {",
      test: {
        file: "test/verify/judge.test.ts",
        title: "nothing can be taken out of the sensor after any of them",
      },
    },
    {
      what: "before an item nothing lies in the sensor",
      text: "    this.#options.sensor.wipe();\n    try {",
      instead: "    try {",
      test: { file: "test/verify/attacks.test.ts", title: "nothing is changed: live" },
    },
    {
      what: "a head that is refused later counts for nothing",
      text: "    this.#head = null;\n    this.#headReason = reason;",
      instead: "    this.#headReason = reason;",
      test: { file: "test/verify/reasons.test.ts", title: "unremembered is reached, and the picture is ST0" },
    },
    {
      what: "keys are erased, not only let go",
      text: "for (const key of this.#epochKeys.values()) key.fill(0);",
      instead: "",
      test: {
        file: "test/verify/judge.test.ts",
        title: "forgets all of them when it is told so, and leaves none behind",
      },
    },
    {
      what: "no error but a fault of ours becomes a reason",
      text: "    default:\n      throw error;\n",
      instead: "    default:\n      return signature;\n",
      test: {
        file: "test/verify/reasons.test.ts",
        title: "an error that is no fault of the bytes is thrown, and is no reason",
      },
    },
  ]),
  ...inFile("src/verify/picture-chain.ts", [
    {
      what: "[SF25] nothing over a gap",
      text: "if (this.#chain?.next !== sequence) this.#chain = null;",
      instead: "if (this.#chain) this.#chain.next = sequence;",
      test: {
        file: "test/verify/picture-chain.test.ts",
        title: "not over a gap, and none behind it before the next key frame",
      },
    },
    {
      what: "[SF25] a delta of its own key frame",
      text: "if (this.#chain?.key !== sequence - fields.after) return false;",
      instead: "if (!this.#chain) return false;",
      test: {
        file: "test/verify/picture-chain.test.ts",
        title: "not when it names another key frame than the last one",
      },
    },
    {
      what: "[SF25] nothing on what could not be decoded",
      text: "  break(): void {\n    this.#chain = null;",
      instead: "  break(): void {",
      test: {
        file: "test/verify/picture-chain.test.ts",
        title: "not behind a frame that could not be decoded",
      },
    },
  ]),
];
