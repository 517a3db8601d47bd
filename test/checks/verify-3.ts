import { type Check, inFile } from "./check.ts";

/** The judges, what is live, and what is said. */
export const verify3Checks: readonly Check[] = [
  ...inFile("src/verify/recording-judge.ts", [
    {
      what: "[SR8] nothing behind the end",
      text: 'if (this.#complete) throw new Refusal("ended");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame behind the end: live" },
    },
    {
      what: "[SR3] what cannot be read is said",
      text: 'if (recorded.kind === "unreadable") throw new Refusal(this.#isFirst ? "head" : "malformed");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "deep nesting: live" },
    },
    {
      what: "[SR9] nobody vouches for it",
      text: 'if (head && this.#options.known.length === 0) reasons.add("camera-unknown");',
      instead: "",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR9] [SF6] is camera-unknown without a number, and says which one to compare",
      },
    },
    {
      what: "[SR8] the end is there",
      text: 'if (!this.#complete) reasons.add("incomplete");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "the end left out: live" },
    },
    {
      what: "[SR9] not one good frame",
      text: 'else if (this.#frames === 0 && this.#reasons.size === 0) reasons.add("empty");',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "all of it but its head and its end left out: live",
      },
    },
    {
      what: "[SR7] where each track begins is said",
      text: "this.#tracks.set(track, { ...before, last: sequence, epoch, frames: frames + 1 });",
      instead: "this.#tracks.set(track, { first, last: sequence, epoch, frames: frames + 1 });",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR7] at its beginning says where it begins, as one that was begun late",
      },
    },
    {
      what: "[SR7] what the end counts is said",
      text: "sealed: counts && countOf(counts, track)",
      instead: "sealed: null",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR7] at its beginning says where it begins, as one that was begun late",
      },
    },
    {
      what: "[SR9] guaranteed only of a known camera",
      text: "this.#camera !== null && this.#complete && reasons.size === 0",
      instead: "this.#complete && reasons.size === 0",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR9] [SF6] without a number is not guaranteed",
      },
      behind: {
        file: "src/verify/recording-judge.ts",
        text: 'if (head && this.#options.known.length === 0) reasons.add("camera-unknown");',
        instead: "",
      },
    },
    {
      what: "[SR9] guaranteed only when it is whole",
      text: "this.#camera !== null && this.#complete && reasons.size === 0",
      instead: "this.#camera !== null && reasons.size === 0",
      test: { file: "test/verify/recording.test.ts", title: "[SR2] [SR8] without its end is not guaranteed" },
      behind: {
        file: "src/verify/recording-judge.ts",
        text: 'if (!this.#complete) reasons.add("incomplete");',
        instead: "",
      },
    },
    {
      what: "[SR9] guaranteed only when nothing speaks against it",
      text: "this.#camera !== null && this.#complete && reasons.size === 0",
      instead: "this.#camera !== null && this.#complete",
      test: { file: "test/verify/attacks.test.ts", title: "a frame twice: live" },
    },
    {
      what: "[SR4] the first item is the head",
      text: "if (this.#isFirst) return this.#takeHead(item);",
      instead: "if (!this.#head) return this.#takeHead(item);",
      test: { file: "test/verify/attacks.test.ts", title: "a frame before the head: live" },
    },
    {
      what: "[SR4] without a head nothing is judged",
      text: "if (!this.#head) return;",
      instead: 'if (!this.#head) throw new Refusal("head");',
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR4] without a head that is said once, and nothing of what follows",
      },
    },
    {
      what: "[SR4] no further head, no answer",
      text: '        throw new Refusal("splice");',
      instead: "        return;",
      test: { file: "test/verify/attacks.test.ts", title: "the head twice: live" },
    },
    {
      what: "[SR5] what has no type is no item",
      text: '        throw new Refusal("malformed");\n    }',
      instead: "        return;\n    }",
      test: { file: "test/verify/attacks.test.ts", title: "an unknown type: live" },
    },
    {
      what: "[SR4] a recording begins with a head",
      text: 'if (peekType(item) !== itemType.head) throw new Refusal("head");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame before the head: live" },
    },
    {
      what: "the head's signature",
      text: 'throw new Refusal(reasonOf(error, "head"));',
      instead: "return { number: this.#options.known[0]?.number ?? item } as never;",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "a head with the camera's key, signed by another: live",
      },
    },
    {
      what: "[SF6] the number",
      text: 'if (known.length > 0 && !this.#camera) throw new Refusal("number");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "another camera's whole stream: live" },
    },
    {
      what: "[SF6] all of the number",
      text: "this.#camera = known.find(({ number }) => equal(number, head.number)) ?? null;",
      instead: "this.#camera = known[0] ?? null;",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR9] [SF6] is number for who vouches for another camera, all 32 bytes of it",
      },
    },
    {
      what: "the announcement's signature",
      text: 'throw new Refusal(reasonOf(error, "epoch"));',
      instead: "return { epoch: 0, wrap: item } as never;",
      test: { file: "test/verify/attacks.test.ts", title: "the announcement re-signed by another key: live" },
    },
    {
      what: "[SR6] a wrap has to open",
      text: 'if (typeof opened === "string") throw new Refusal(opened);',
      instead: 'if (typeof opened === "string") return;',
      test: { file: "test/verify/attacks.test.ts", title: "a wrap that is no age file: live" },
    },
    {
      what: "[SR6] what does not open is closed",
      text: 'this.#announce(epoch, identities ? "closed" : null);',
      instead: "this.#announce(epoch, null);",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR6] of an epoch whose wrap does not open no frame passes",
      },
    },
    {
      what: "[SR6] the last 16 epochs",
      text: "for (const [old, key] of [...this.#epochs].slice(0, -rememberedEpochs)) {",
      instead: "for (const [old, key] of [] as [number, Announced][]) {",
      test: { file: "test/verify/recording.test.ts", title: "[SR6] keeps the last 16 epochs" },
    },
    {
      what: "what does not decode is said",
      text: 'throw new Refusal(reasonOf(error, "malformed"));',
      instead: "return;",
      test: { file: "test/verify/attacks.test.ts", title: "a field of another type: live" },
    },
    {
      what: "[SF15] the signature",
      text: 'if (checked.result === "signature") throw refuse("signature");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame of another camera: live" },
    },
    {
      what: "[SF17] the tree",
      text: 'throw refuse("tree", checked.tiles);',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "frame: a bit of `cipher`: live" },
    },
    {
      what: "[SF19] the order",
      text: 'if (sequence <= last) throw refuse("sequence");',
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame twice: live" },
    },
    {
      what: "[SF32] no frame of an epoch that its track has left",
      text: 'if (epoch < before.epoch) throw refuse("epoch");',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title:
          "a frame of the epoch before, behind one of the next: signed, and a number that goes back: live",
      },
    },
    {
      what: "[SR5] what does not open is said",
      text: "if (reason) throw refuse(reason);",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "the announcement left out: live" },
    },
    {
      what: "[SR6] announced before it",
      text: 'if (key === undefined || key === "closed") return "no-key";',
      instead: 'if (key === undefined || key === "closed") return null;',
      test: { file: "test/verify/attacks.test.ts", title: "the announcement left out: live" },
    },
    {
      what: "[SR6] announced and opened",
      text: 'if (key === undefined || key === "closed") return "no-key";',
      instead: 'if (key === undefined) return "no-key";\n    if (key === "closed") return null;',
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR6] of an epoch whose wrap does not open no frame passes",
      },
    },
    {
      what: "[SF14] commitment and tag",
      text: 'if (opened !== "opened") return opened;',
      instead: 'if (opened !== "opened") return null;',
      test: { file: "test/verify/attacks.test.ts", title: "signed, and with the tag of another text: live" },
    },
    {
      what: "[SF28] text is text",
      text: 'if (bytes && kind === "text" && !isText(bytes)) {\n      bytes.fill(0);\n      return "malformed";\n    }',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "text that is no UTF-8, signed by a camera that lies: live",
      },
    },
    {
      what: "[SR7] gaps are named",
      text: "if (frames > 0) this.#gap(track, last + 1, sequence - 1, offset);",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "a frame left out: live" },
    },
    {
      what: "[SR7] what was sealed before is no gap",
      text: "if (frames > 0) this.#gap(track, last + 1, sequence - 1, offset);",
      instead: "if (true) this.#gap(track, last + 1, sequence - 1, offset);",
      test: { file: "test/verify/attacks.test.ts", title: "the first frame left out: live" },
    },
    {
      what: "the end's signature",
      text: 'throw new Refusal(reasonOf(error, "signature"));',
      instead: "return { counts: new Map([[0, 99]]) } as never;",
      test: { file: "test/verify/attacks.test.ts", title: "the end re-signed by another key: live" },
    },
    {
      what: "[SR8] an end counts what there is",
      text: 'if (countOf(counts, track) <= last) throw new Refusal("sequence");',
      instead: "",
      test: {
        file: "test/verify/attacks.test.ts",
        title: "an end that counts fewer frames than there are: live",
      },
    },
    {
      what: "[SR7] what is missing before the end is named",
      text: "this.#gap(track, last + 1, countOf(counts, track) - 1, offset);",
      instead: "",
      test: { file: "test/verify/attacks.test.ts", title: "the last two frames left out: live" },
    },
    {
      what: "[SR7] a track that is not there is named",
      text: ".filter(([track]) => !this.#tracks.has(track))",
      instead: ".filter(() => false)",
      test: { file: "test/verify/attacks.test.ts", title: "the sound left out: live" },
    },
    {
      what: "which key the sensor holds is never assumed",
      text: "is never assumed.\n    sensor.setEpochKey(key);\n",
      instead: "is never assumed.\n    if (this.#frames === 0) sensor.setEpochKey(key);\n",
      test: {
        file: "test/verify/recording.test.ts",
        title: "[SR6] may announce its epoch again and go on in a next one",
      },
    },
    {
      what: "nothing lies in the sensor before an item",
      text: "    this.#options.sensor.wipe();\n    const { offset } = recorded;",
      instead: "    const { offset } = recorded;",
      test: { file: "test/verify/attacks.test.ts", title: "nothing is changed: live" },
      behind: {
        file: "src/verify/recording-judge.ts",
        text: "      this.#isFirst = false;\n      this.#options.sensor.wipe();",
        instead: "      this.#isFirst = false;",
      },
    },
  ]),
];
