import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { faultCodes, languages, pickLanguage } from "../../src/ui/texts/index.ts";
import { checkNames, reasons } from "../../src/verify/index.ts";

/** Every text below `value`, with its path. */
function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${path}.${key}`);
  } else yield [path, value];
}

for (const [language, texts] of Object.entries(languages)) {
  test(`${language}: every reason, fault code and check has its words`, () => {
    assert.deepEqual(Object.keys(texts.reasons), [...reasons]);
    assert.deepEqual(Object.keys(texts.faults).toSorted(), [...faultCodes].toSorted());
    assert.deepEqual(Object.keys(texts.checks), [...checkNames]);
  });

  test(`${language}: no text is empty, says "oops" or leaves an example in`, () => {
    for (const [path, text] of leaves(texts, language)) {
      if (typeof text === "function") continue;
      assert.ok(typeof text === "string" && text.trim() === text && text !== "", path);
      assert.doesNotMatch(text, /oops|lorem|todo/i, path);
    }
  });

  test(`${language}: ST1 names the device and does not call the scene real`, () => {
    const sentence = texts.states.ST1.sentence("HD Webcam");
    assert.ok(sentence.includes("HD Webcam"));
    assert.doesNotMatch(sentence, /\breal\b|\btrue\b|本物|真実/);
  });
}

test("both languages hold the same texts", () => {
  const paths = (value: unknown): string[] => [...leaves(value, "")].map(([path]) => path).toSorted();
  const withoutLinks = (all: string[]): string[] => all.filter((path) => !path.includes(".link."));
  assert.deepEqual(withoutLinks(paths(languages.ja)), withoutLinks(paths(languages.en)));
});

test("every fault code that a page's model names has words", () => {
  const models = new URL("../../src/ui/models/", import.meta.url);
  const known: readonly string[] = faultCodes;
  for (const file of readdirSync(models)) {
    const source = readFileSync(new URL(file, models), "utf8");
    for (const [, code] of source.matchAll(/#fail\("([a-z-]+)"/g))
      assert.ok(known.includes(code ?? ""), `${file}: ${code}`);
  }
});

test("the first wanted language that exists is taken, otherwise English", () => {
  assert.equal(pickLanguage(["fr-CH", "ja-JP", "en"]), "ja");
  assert.equal(pickLanguage(["EN-gb"]), "en");
  assert.equal(pickLanguage(["constructor", "fr"]), "en");
  assert.equal(pickLanguage([]), "en");
});
