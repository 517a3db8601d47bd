import { importsIn, read } from "./imports.ts";

// Which declarations a type is made of, at any depth, through imports and re-exports. By names, since the compiler has no interface for
// programs: what is not found is no file of ours, and its name stands in the texts all the same.

/** Files are asked again and again; they do not change meanwhile. */
const remembered = <T>(look: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? look(key);
    known.set(key, found);
    return found;
  };
};

/** Comments out; strings stay, and templates, which no declaration of a type has. */
const bare = remembered((file) => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, ""));

const heads =
  /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|const|enum|function|async function)\s+(\w+)/gm;

/** Name → text of everything that a file declares at its top. */
const declarationsIn = remembered((file): Map<string, string> => {
  const text = bare(file);
  const found = [...text.matchAll(heads)];
  return new Map(
    found.map((head, at) => [head[1] ?? "", text.slice(head.index, found[at + 1]?.index ?? text.length)]),
  );
});

interface Place {
  readonly file: string;
  readonly name: string;
}

/** What a file imports or gives on by name, and the files that it gives on as a whole. */
const linksOf = remembered((file): { readonly named: Map<string, Place>; readonly whole: string[] } => {
  const text = bare(file);
  const named = new Map<string, Place>();
  for (const [statement, list = ""] of text.matchAll(
    /\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"\.[^"]+"/g,
  )) {
    const [found] = importsIn(file, statement);
    for (const part of list.split(",")) {
      const [, own = "", as = own] = /^\s*(?:type\s+)?(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      if (as !== "" && found?.file) named.set(as, { file: found.file, name: own });
    }
  }
  const stars = text.matchAll(/\bexport\s+(?:type\s+)?\*\s+from\s+"\.[^"]+"/g);
  const whole = [...stars].flatMap(([star]) => importsIn(file, star).flatMap((one) => one.file ?? []));
  return { named, whole };
});

/** Where a name that a file uses or gives comes from: another file and its name there. */
const sourceOf = (file: string, name: string): Place | null => {
  const { named, whole } = linksOf(file);
  const from = whole.find((one) => declarationsIn(one).has(name) || sourceOf(one, name) !== null);
  return named.get(name) ?? (from === undefined ? null : { file: from, name });
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
