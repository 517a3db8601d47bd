import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rulesIn, titlesIn } from "./documents.ts";
import { read, sources } from "./imports.ts";

/** The documents with numbered rules, and the series that each of them numbers. */
const documents: Record<string, readonly string[]> = Object.fromEntries(
  sources("src/**/*.md").map((file) => [file, [...new Set(rulesIn(read(file)).map(({ series }) => series))]]),
);

/** Every rule that the title of a test or a suite quotes, with the files it is quoted in. */
const quoted = new Map<string, string[]>();
for (const file of sources("test/**/*.ts"))
  for (const title of titlesIn(read(file)))
    for (const [, rule = ""] of title.matchAll(/\[([A-Z]{2}\d+)\]/g))
      quoted.set(rule, [...(quoted.get(rule) ?? []), file]);

describe("numbered rules", () => {
  it("stand in the three documents that state them, each series in one of them", () => {
    assert.deepEqual(documents["src/card/FORMAT.md"], ["CF"]);
    assert.deepEqual(documents["src/relay/PROTOCOL.md"], ["RP", "CR", "RC", "CX", "RS"]);
    for (const series of ["SF", "SR"]) assert.ok(documents["src/seal/FORMAT.md"]?.includes(series), series);
    const all = Object.values(documents).flat();
    assert.deepEqual([...new Set(all)], all);
  });

  for (const [file, series] of Object.entries(documents))
    for (const one of series)
      describe(`of ${file}: ${one}`, () => {
        const numbers = rulesIn(read(file))
          .filter((rule) => rule.series === one)
          .map(({ number }) => number);

        it("are numbered from 1 on, each once", () => {
          assert.deepEqual(
            numbers.toSorted((a, b) => a - b),
            numbers.map((_, at) => at + 1),
          );
        });

        it("are each quoted by the title of a test", () => {
          assert.deepEqual(
            numbers.map((number) => `${one}${number}`).filter((rule) => !quoted.has(rule)),
            [],
          );
        });
      });

  it("that a title quotes are stated", () => {
    const stated = new Set(
      Object.keys(documents).flatMap((file) =>
        rulesIn(read(file)).map(({ series, number }) => series + number),
      ),
    );
    const unknown = [...quoted].filter(([rule]) => !stated.has(rule));
    assert.deepEqual(unknown, []);
    assert.ok(quoted.size >= 70, `${quoted.size} rules`);
  });
});
