import { type Check, inFile } from "./check.ts";

const attacked = (name: string) => ({ file: "test/verify/attacks.test.ts", title: `${name}: live` });
const blind = (title: string) => ({ file: "test/seal/blind-stream.test.ts", title });

/** A server's receipts, and streams checked without any key. */
export const receiptChecks: readonly Check[] = [
  ...inFile("src/seal/receipt.ts", [
    {
      what: "[SC3] the signature",
      text: `  if (!(await checkCose(publicKey, "receipt", payloadOf(head, span, time, key), envelope)))
    throw new Fault<SealFault>("signature");`,
      instead: "",
      test: attacked("a receipt moved forward"),
    },
    {
      what: "[SF3] one encoding",
      text: 'if (isFault(cause)) throw malformed("cbor");',
      instead: "",
      test: { file: "test/seal/strict.test.ts", title: "no byte behind it, no byte less" },
    },
    {
      what: "[SF1] the version",
      text: 'if (reader.integer("version") !== version) throw new Fault<SealFault>("version");',
      instead: 'reader.integer("version");',
      test: attacked("a receipt of a later version"),
    },
    {
      what: "[SF3] no field too many",
      text: "reader.done();",
      instead: "",
      test: attacked("a receipt with a field too many"),
    },
    {
      what: "[SF6] no key of low order",
      text: 'if (isFault(cause)) throw new Fault<SealFault>("signature", { why: "public-key" }, { cause });',
      instead: "",
      test: attacked("a receipt by a key of low order"),
    },
    {
      what: "[SC2] about one frame at least, and 4096 at most",
      text: "if (frames === 0 || frames > maxReceipted) return null;",
      instead: "",
      test: { file: "test/verify/receipts.test.ts", title: "[SC2] are about 4096 frames at most" },
    },
  ]),
  ...inFile("src/verify/recording-judge.ts", [
    {
      what: "[SC2] there is something it is about",
      text: 'if (!span) throw new Refusal("receipt");',
      instead: "if (!span) return;",
      test: attacked("a receipt before any frame"),
    },
    {
      what: "[SC3] what does not fit is said",
      text: `      throw new Refusal(reason === "signature" ? "receipt" : reason);`,
      instead: "      return { time: 0, server: item.slice(0, 32), reason };",
      test: attacked("another stream's receipt"),
    },
    {
      what: "[SC4] times do not run back",
      text: 'if (!this.#receipts.note(receipt, span.frames)) throw new Refusal("receipt");',
      instead: "this.#receipts.note(receipt, span.frames);",
      test: attacked("a server's time that runs back"),
    },
    {
      what: "[SC2] frames of announced epochs are what it is about",
      text: "if (this.#epochs.has(epoch)) this.#receipts.take(frame.envelope);",
      instead: "",
      test: attacked("receipts where they belong"),
    },
  ]),
  ...inFile("src/seal/blind-stream.ts", [
    {
      what: "nothing behind the end",
      text: 'if (this.#hasEnded) return refused("ended");',
      instead: "",
      test: blind("begins with its head, has one, and ends once"),
    },
    {
      what: "the camera's number",
      text: 'if (!equal(head.number, this.#number)) return refused("number");',
      instead: "",
      test: blind("is another camera's by any bit of the number"),
    },
    {
      what: "one head, no answers",
      text: `        return refused("splice");`,
      instead: `        return { kind: "epoch" };`,
      test: blind("begins with its head, has one, and ends once"),
    },
    {
      what: "signature and tree",
      text: 'if (result !== "unchanged") return refused(result);',
      instead: "",
      test: blind("takes nothing of another stream, nor another camera's"),
    },
    {
      what: "the order",
      text: 'if (sequence <= before.sequence) return refused("sequence");',
      instead: "",
      test: blind("[SF19] takes frames in order, each once, and no end that counts fewer"),
    },
    {
      what: "[SF32] no epoch that the track has left",
      text: 'if (epoch < before.epoch) return refused("epoch");',
      instead: "",
      test: blind(
        "[SF32] takes no frame of an epoch that its track has left, also where another one goes on",
      ),
    },
    {
      what: "announced before it",
      text: 'if (!this.#epochs.includes(epoch)) return refused("no-key");',
      instead: "",
      test: blind("[SR6] takes no frame before its announcement"),
    },
    {
      what: "what its sender changes reaches nothing",
      text: "const own = new Uint8Array(item);",
      instead: "const own = item as Bytes;",
      test: blind("is checked on a copy: what its sender changes meanwhile reaches nothing"),
    },
    {
      what: "an end counts what there is",
      text: `isShort ? refused("sequence") : { kind: "end" }`,
      instead: `{ kind: "end" }`,
      test: blind("[SF19] takes frames in order, each once, and no end that counts fewer"),
    },
  ]),
];
