import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { reasons, recordingReasons } from "../../src/verify/index.ts";
import { type Change, checks } from "../checks/index.ts";
import { attackGroups } from "../verify/attacks.ts";
import { read, root, sources } from "./imports.ts";

/** The files in which every refusal has to be on the list. */
const covered = [
  ...["src/base/cbor.ts", "src/base/cbor-scan.ts", "src/base/cose.ts", "src/base/merkle.ts"],
  ...sources("src/seal/*.ts", "src/auth/*.ts"),
  ...[
    "judge",
    "picture-chain",
    "freshness-keeper",
    "state",
    "open-epoch",
    "recording-judge",
    "disclosed-judge",
    "judge-mp4",
    "playing-judge",
    "followed-track",
  ].map((name) => `src/verify/${name}.ts`),
  ...sources("src/media/mp4-*.ts"),
  ...["packet-match", "video-opener", "video-size", "still-size"].map((name) => `src/media/${name}.ts`),
  ...["card", "card-file", "card-check", "open-card", "content", "mac", "records", "slots", "store"].map(
    (name) => `src/card/${name}.ts`,
  ),
  ...["attempts", "passkey-slot", "recovery-code"].map((name) => `src/card/${name}.ts`),
  ...["proof", "room", "room-state", "message", "wire", "crossing", "crossing-line", "crossing-wire"].map(
    (name) => `src/relay/${name}.ts`,
  ),
  ...["part-reader", "signal", "socket-wire"].map((name) => `src/relay/${name}.ts`),
  ...["still-gate", "open-records", "pass-desk"].map((name) => `src/apparatus/${name}.ts`),
  ...sources("src/images/*.ts"),
  ...sources("src/media/*-size.ts"),
  ...["nal-units", "canonical"].map((name) => `src/media/${name}.ts`),
];

/** Comments blanked out; every other character keeps its place. */
const withoutComments = (text: string): string =>
  text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));

/** Where a refusal stands: all throws but those of misuse, which no bytes can bring about, and of what was caught and is no fault of ours. */
const refusals = (text: string): number[] =>
  [
    ...withoutComments(text).matchAll(
      /\bthrow\b(?! new (?:Type|Range)Error\b)(?! (?:cause|error|refusal);)/g,
    ),
  ].map(({ index }) => index);

describe("the checks that npm run without-checks takes out", () => {
  it("stand in their files, each exactly once, and their tests' files are there", () => {
    const all: Change[] = checks.flatMap((check) => (check.behind ? [check, check.behind] : [check]));
    assert.ok(checks.length > 350, `${checks.length} checks`);
    const lost = all.filter(({ file, text }) => read(file).split(text).length !== 2);
    assert.deepEqual(
      lost.map(({ file, text }) => `${file}: ${text}`),
      [],
    );
    assert.deepEqual(
      checks.map(({ test }) => test.file).filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  it("are all different, and none is replaced by itself", () => {
    const keys = checks.map(({ file, text, instead }) => `${file}: ${text} → ${instead}`);
    assert.deepEqual(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      [],
    );
    assert.ok(checks.every(({ text, instead }) => text !== instead));
  });

  it("are all there are: every refusal in these files is in the text of one", () => {
    const missed = covered.flatMap((file) => {
      const text = read(file);
      const spans = checks
        .filter((check) => check.file === file)
        .map((check) => [text.indexOf(check.text), text.indexOf(check.text) + check.text.length] as const);
      return refusals(text)
        .filter((at) => !spans.some(([from, to]) => from <= at && at < to))
        .map((at) => `${file}:${text.slice(0, at).split("\n").length}: ${text.slice(at).split("\n", 1)[0]}`);
    });
    assert.deepEqual(missed, []);
    assert.equal(refusals("// throw x\nif (a) throw new Fault(1);").length, 1);
  });

  it("name every reason that the attack table reaches", () => {
    const known = new Set<string>([...reasons, ...recordingReasons]);
    const reached = new Set(
      attackGroups
        .flatMap(({ attacks }) => attacks)
        .flatMap(({ live, opened, closed }) =>
          [live, opened, closed].flatMap((outcome) => outcome.split(", ")),
        )
        .filter((word) => known.has(word)),
    );
    // Said where nothing came: no check brings it.
    reached.delete("waiting");
    const texts = checks.map(({ text }) => text);
    assert.deepEqual(
      [...reached].filter((reason) => !texts.some((text) => text.includes(`"${reason}"`))),
      [],
    );
  });
});
