import { type Check, inFile } from "./check.ts";

/** Disclosed pictures, and MP4 files beside their recordings. */
export const disclosedChecks: readonly Check[] = [
  ...inFile("src/seal/frame-keys.ts", [
    {
      what: "[SD3] keys that are no strict CBOR are malformed",
      text: '    if (isFault(cause)) throw malformed("cbor");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
    {
      what: "[SD3] the version of the keys",
      text: '  if (reader.integer("version") !== version) throw new Fault<SealFault>("version");',
      instead: '  reader.integer("version");',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
    {
      what: "[SD3] a key has 32 bytes",
      text: 'list.bytes("keys", 32)',
      instead: 'list.bytes("keys", 0, 100)',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
    {
      what: "[SD3] there are 1 to 600 keys",
      text: '  if (keys.length < 1 || keys.length > maxRun) throw malformed("keys");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
  ]),
  ...inFile("src/seal/disclosed.ts", [
    {
      what: "[SD2] a run begins with what stands alone",
      text: ' || first.kind === "delta"',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD2] a run of several begins with a key frame",
      text: 'if (first.kind !== "key" || last.kind !== "delta") return false;',
      instead: 'if (last.kind !== "delta") return false;',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD2] it ends with a delta",
      text: 'if (first.kind !== "key" || last.kind !== "delta") return false;',
      instead: 'if (first.kind !== "key") return false;',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD2] it is of one track",
      text: "track === first.track && sequence",
      instead: "sequence",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SF32] [SD2] its epochs do not go back",
      text: "    if (epoch < before.epoch) return false;\n",
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD2] nothing in it is missing",
      text: "track === first.track && sequence === first.sequence + at",
      instead: "track === first.track",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD2] its deltas build on its key frame",
      text: '(more.kind === "delta" && more.after === at)',
      instead: 'more.kind === "delta"',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD7] whatever else stands there makes it a recording",
      text: "if (at > 0 && peekType(beginning) !== itemType.frame) return false;",
      instead: "",
      test: { file: "test/verify/disclosed.test.ts", title: "[SD7] is told from a recording, whole or not" },
    },
  ]),
  ...inFile("src/verify/disclosed-judge.ts", [
    {
      what: "[SR4] a head comes first",
      text: '    if (!first || peekType(first) !== itemType.head) throw new Refusal("head");',
      instead: '    if (!first) throw new Refusal("head");',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD5] by an item too many, or by the keys in another place",
      },
    },
    {
      what: "[SR4] its own key signed it",
      text: "throw new Refusal(reasonOf(error, signature));",
      instead: "throw error;",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD4] by a frame of another stream of this camera",
      },
    },
    {
      what: "[SD6] whose it is",
      text: 'if (!camera) reasons.add(known.length > 0 ? "number" : "camera-unknown");',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD6] is camera-unknown for who has no number, and number for who has another",
      },
    },
    {
      what: "[SD6] another camera's is not shown",
      text: ' && !reasons.has("number")',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD6] is camera-unknown for who has no number, and number for who has another",
      },
    },
    {
      what: "[SD1] it is no longer than it may be",
      text: '  if (source.size > maxDisclosed) throw new Refusal("malformed");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD1] by more than it may hold: it is refused before it is read",
      },
    },
    {
      what: "[SD5] nothing stands behind the keys",
      text: '    if (keys) throw new Refusal("ended");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD5] by an item too many, or by the keys in another place",
      },
    },
    {
      what: "[SD5] what cannot be cut is malformed",
      text: '    if (recorded.kind === "unreadable") throw new Refusal("malformed");\n',
      instead: '    if (recorded.kind === "unreadable") break;\n',
      test: { file: "test/verify/disclosed.test.ts", title: "[SD5] by bytes that no item begins with" },
    },
    {
      what: "[SD1] it has at most 600 frames",
      text: "peekType(item) === itemType.frame && frames.length < maxRun",
      instead: "peekType(item) === itemType.frame",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD1] by more than it may hold: it is refused before it is read",
      },
    },
    {
      what: "[SD5] no other item stands among the frames",
      text: '    else throw new Refusal(peekType(item) === null || frames.length >= maxRun ? "malformed" : "splice");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD5] by an item too many, or by the keys in another place",
      },
    },
    {
      what: "[SD5] the keys are there",
      text: '  if (!head || !keys) throw new Refusal("incomplete");',
      instead: '  if (!head) throw new Refusal("incomplete");\n  keys ??= new Uint8Array(0);',
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD5] by a cut at any byte: incomplete, and nothing is shown",
      },
    },
    {
      what: "[SD4] each frame is signed",
      text: '    if (result !== "unchanged") throw new Refusal(result);\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD4] by a frame of another stream of this camera",
      },
    },
    {
      what: "[SD2] they are one run",
      text: '  if (!isRun(frames.map(({ fields }) => fields))) throw new Refusal("sequence");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD2] by its run: a hole, an order, an end or a beginning missing, a frame twice",
      },
    },
    {
      what: "[SD3] each frame has its key",
      text: '  if (keys.length !== run.length) throw new Refusal("no-key");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
    {
      what: "[SD4] each frame opens",
      text: '  if (opened !== "opened") throw new Refusal(opened);\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD4] [SF14] by a camera that signs another commitment or tag than its own",
      },
    },
    {
      what: "[SF28] a text is one",
      text: '  bytes.fill(0);\n  throw new Refusal("malformed");\n',
      instead: "  return bytes;\n",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD4] [SF28] by a camera that signs as text what is none",
      },
    },
    {
      what: "[SD4] keys that do not decode are a verdict",
      text: '  } catch (error) {\n    throw new Refusal(reasonOf(error, "malformed"));\n  }\n};',
      instead: "  } catch (error) {\n    throw error;\n  }\n};",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD3] by a key: exchanged, another frame's, one bit, one too few, one too many, none",
      },
    },
    {
      what: "[SD4] frames that do not decode are a verdict",
      text: '    } catch (error) {\n      throw new Refusal(reasonOf(error, "malformed"));\n    }',
      instead: "    } catch (error) {\n      throw error;\n    }",
      test: {
        file: "test/verify/disclosed.test.ts",
        title: "[SD4] by any bit: never guaranteed, and nothing is shown",
      },
    },
  ]),
  ...inFile("src/sensor/array-sensor.ts", [
    {
      what: "[SD3] a frame's key is given out for its commitment alone",
      text: "return isItsKey ? this.#copy(this.#kernels.FRAME_KEY.value, 32) : null;",
      instead: "return this.#copy(this.#kernels.FRAME_KEY.value, 32);",
      test: {
        file: "test/sensor/array-sensor.test.ts",
        title: "[SF9] [SD3] a frame's own key opens that frame",
      },
    },
  ]),
  ...inFile("src/apparatus/disclose.ts", [
    {
      what: "[SD2] what is disclosed was proven, and is a run",
      text: '    if (proven.length < run.length || !isRun(proven)) throw new Fault<DiscloseFault>("frame-unproven");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title:
          "[SD2] is refused of a frame that is not there, and of one that builds on what is missing or damaged",
      },
    },
    {
      what: "[SD3] and was opened",
      text: '    if (isClosed || !opened) throw new Fault<DiscloseFault>("recording-closed");\n',
      instead: "",
      test: {
        file: "test/verify/disclosed.test.ts",
        title:
          "[SD3] needs the keys: a number, another card and an announcement that is missing open nothing",
      },
    },
  ]),
  ...inFile("src/verify/judge-mp4.ts", [
    {
      what: "an MP4 is not compared with what is closed",
      text: 'if (!isOpen) reasons.add("mp4-closed");',
      instead: "if (!isOpen) {}",
      test: {
        file: "test/apparatus/export-mp4.test.ts",
        title: "is ST0 without the card: what is closed cannot be compared",
      },
    },
    {
      what: "an MP4 is as good as its recording",
      text: 'state: reasons.size === 0 ? report.state : "ST0",',
      instead:
        'state: report.readable && reasons.size === 0 && report.frames > 0 ? ("ST" + 1 as "ST1") : "ST0",',
      test: {
        file: "test/apparatus/export-mp4.test.ts",
        title: "is ST0 when the recording is, for that recording's reasons",
      },
    },
    {
      what: "an MP4 that cannot be read is none",
      text: '    reasons.add("mp4-unreadable");\n',
      instead: "",
      test: { file: "test/apparatus/export-mp4.test.ts", title: "is ST0 when it cannot be read" },
    },
  ]),
  ...inFile("src/verify/opened-packets.ts", [
    {
      what: "[SF25] what builds on what is missing is not exported",
      text: "if (isAside || !this.#followed.take(fields)) {",
      instead: "this.#followed.take(fields);\n    if (isAside || !this.#followed.is(fields.track)) {",
      test: {
        file: "test/apparatus/export-mp4.test.ts",
        title: "has no frame that fails a check, and no picture that builds on one [SF25]",
      },
    },
  ]),
];
