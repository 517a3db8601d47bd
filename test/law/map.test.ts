import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { brokenLinks, rowsOf } from "./documents.ts";
import { read, root, sources } from "./imports.ts";

/** `a`, `Class.method` or nothing: whether the file exports it. */
const isExported = (file: string, symbol: string): boolean => {
  const [name = "", method] = symbol.split(".");
  const text = read(file);
  const declared = new RegExp(
    `^export (?:abstract |async )?(?:const|function\\*?|class|interface|type) ${name}\\b`,
    "m",
  );
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].some(([, names = ""]) =>
    names.split(",").some((one) => one.trim().replace(/^type /, "") === name),
  );
  if (!declared.test(text) && !listed) return false;
  return method === undefined || new RegExp(`^  (?:static )?(?:async )?${method}\\(`, "m").test(text);
};

/** The rows that name a file: question, file, symbols. */
const entries = rowsOf(read("docs/map.md")).flatMap(([question = "", file = "", symbols = ""]) => {
  const target = /\]\(\.\.\/([^)]+)\)/.exec(file)?.[1];
  if (target === undefined) return [];
  return [
    {
      question,
      file: target,
      symbols: [...symbols.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
      cell: symbols,
    },
  ];
});

describe("docs/map.md", () => {
  it("asks 30 questions at least, each once, and answers with a file that exists", () => {
    assert.ok(entries.length >= 30, `${entries.length} rows`);
    const questions = entries.map(({ question }) => question);
    assert.deepEqual([...new Set(questions)], questions);
    for (const { file } of entries) assert.ok(existsSync(join(root, file)), file);
  });

  it("names symbols that their files export", () => {
    for (const { file, symbols, cell } of entries) {
      if (symbols.length === 0) assert.equal(cell, "–", `${file} names a symbol or says that there is none`);
      for (const symbol of symbols) assert.ok(isExported(file, symbol), `${symbol} in ${file}`);
    }
    assert.ok(!isExported("src/seal/seal-frame.ts", "sealFram"), "a part of a name is no symbol");
    assert.ok(!isExported("src/seal/fields.ts", "FieldReader.next"), "nor is a method that is not there");
  });

  it("has a row for every part of src", () => {
    const parts = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && sources(`src/${entry.name}/**/*.ts`).length > 0)
      .map(({ name }) => name);
    assert.ok(parts.length >= 10);
    const missing = parts.filter((part) => !entries.some(({ file }) => file.startsWith(`src/${part}/`)));
    assert.deepEqual(missing, []);
  });

  it("gives every part the level that the import law enforces", () => {
    const law = /const levels[^=]*= \{([\s\S]*?)\n\};/.exec(read("test/law/import-law.test.ts"))?.[1] ?? "";
    const enforced = [...law.matchAll(/\b([a-z]+): ([0-9])/g)].map(
      ([, part = "", level = ""]) => [part, level] as const,
    );
    const told = rowsOf(read("docs/map.md")).flatMap(([level = "", parts = ""]) =>
      /^[0-9]$/.test(level)
        ? [...parts.matchAll(/`([a-z]+)`/g)].map(([, part = ""]) => [part, level] as const)
        : [],
    );
    assert.ok(enforced.length >= 10);
    assert.deepEqual(Object.fromEntries(told), Object.fromEntries(enforced));
  });
});

describe("documents", () => {
  const documents = sources("README.md", "docs/**/*.md", "src/**/*.md");

  it("hold no broken link", () => {
    assert.ok(documents.length > 5);
    assert.deepEqual(documents.flatMap(brokenLinks), []);
  });

  it("are all reached from the README", () => {
    const linked = read("README.md");
    const decisions = read("docs/decisions/README.md");
    const isReached = (file: string): boolean =>
      linked.includes(`](${file})`) || decisions.includes(`](${file.replace("docs/decisions/", "")})`);
    assert.deepEqual(
      documents.filter((file) => file !== "README.md" && !isReached(file)),
      [],
    );
  });
});
