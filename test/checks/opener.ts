import { type Check, inFile } from "./check.ts";

const opening = (title: string) => ({ file: "test/media/video-opener.browser.ts", title });

/** What a decoder gets, and what is taken from it. */
export const openerChecks: readonly Check[] = [
  ...inFile("src/media/video-opener.ts", [
    {
      what: "the bytes name no other size than the signed one",
      text: '      if (made && !isOfSize(made.codec, bytes, made, key !== null))\n        throw new Fault<MediaFault>("codec", { why: "size" });\n',
      instead: "",
      test: opening("refuses by what the bytes say of their size, before any of them is decoded"),
    },
    {
      what: "what a decoder throws is a fault of the bytes",
      text: 'throw cause instanceof Fault ? cause : new Fault<MediaFault>("codec", { why: "bytes" }, { cause });',
      instead: "throw cause;",
      test: opening("is refused by its code where the browser throws at once"),
    },
    {
      what: "no codec but ours is handed to the browser",
      text: 'if (!isKnownCodec(codec)) throw new Fault<MediaFault>("codec", { why: "unknown", codec });',
      instead: "",
      test: opening("hands no codec to the browser that is not one of ours"),
    },
    {
      what: "nothing is decoded before a key frame",
      text: 'if (!decoder) throw new Fault<MediaFault>("codec", { why: "no-key" });',
      instead: "if (!decoder) return new Promise(() => undefined);",
      test: opening("refuses what does not begin with a key frame, and goes on with the next"),
    },
    {
      what: "a decoder gives pictures of the signed size",
      text: '  frame.close();\n  throw new Fault<MediaFault>("codec", { why: "size" });\n',
      instead: "  return frame;\n",
      test: opening("refuses another size than the signed one"),
      behind: {
        file: "src/media/video-opener.ts",
        text: '      if (made && !isOfSize(made.codec, bytes, made, key !== null))\n        throw new Fault<MediaFault>("codec", { why: "size" });\n',
        instead: "",
      },
    },
    {
      what: "an output is that of its picture",
      text: "this.#wait?.timestamp === frame.timestamp",
      instead: "this.#wait",
      test: opening("takes no output but the one of its picture"),
    },
    {
      what: "a decoder that says nothing is given up",
      text: 'setTimeout(() => fail("silent"), patience)',
      instead: 'setTimeout(() => fail("silent"), 10 * patience)',
      test: opening("waits a second for a decoder that says nothing"),
    },
  ]),
];
