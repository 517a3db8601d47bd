import { importsIn, read } from "./imports.ts";

// Which declarations a type is made of, at any depth, through imports and re-exports. By names, since the compiler has no interface for
// programs: what is not found is no file of ours, and its name stands in the texts all the same.

/** Comments out; strings stay, and templates, which no declaration of a type has. */
const bare = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, "");

const heads =
  /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|const|enum|function|async function)\s+(\w+)/gm;

/** Name → text of everything that a file declares at its top. */
const declarationsIn = (file: string): Map<string, string> => {
  const text = bare(file);
  const found = [...text.matchAll(heads)];
  return new Map(
    found.map((head, at) => [head[1] ?? "", text.slice(head.index, found[at + 1]?.index ?? text.length)]),
  );
};

/** Where a name that a file uses or gives comes from: another file and its name there. */
const sourceOf = (file: string, name: string): { file: string; name: string } | null => {
  const text = bare(file);
  for (const [statement, list = "", from = ""] of text.matchAll(
    /\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)"/g,
  ))
    for (const part of list.split(",")) {
      const [, own = "", as = own] = /^\s*(?:type\s+)?(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      const [found] = importsIn(file, statement);
      if (as === name && from.startsWith(".") && found?.file) return { file: found.file, name: own };
    }
  for (const [statement] of text.matchAll(/\bexport\s+(?:type\s+)?\*\s+from\s+"(\.[^"]+)"/g)) {
    const [found] = importsIn(file, statement.replace("*", "{ every }"));
    if (found?.file && (declarationsIn(found.file).has(name) || sourceOf(found.file, name)))
      return { file: found.file, name };
  }
  return null;
};

/** The declarations behind `name` in `file`, as "file name" → text. */
export const closureOf = (
  file: string,
  name: string,
  seen = new Map<string, string>(),
): Map<string, string> => {
  const text = declarationsIn(file).get(name);
  if (text === undefined) {
    const source = sourceOf(file, name);
    if (source) closureOf(source.file, source.name, seen);
    return seen;
  }
  const mark = `${file} ${name}`;
  if (seen.has(mark)) return seen;
  seen.set(mark, text);
  for (const [used] of text.matchAll(/\b[A-Za-z]\w*\b/g)) if (used !== name) closureOf(file, used, seen);
  return seen;
};
