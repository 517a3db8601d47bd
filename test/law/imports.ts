import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** One import: the file it stands in, what it names, and that as a path from the root when it is a file of ours. */
export interface Import {
  readonly from: string;
  readonly name: string;
  readonly file: string | null;
}

const statements = [
  /\b(?:import|export)\s[^"';]*?\sfrom\s*"([^"]+)"/g,
  /\bimport\s*"([^"]+)"/g,
  /\bimport\(\s*"([^"]+)"\s*\)/g,
  // A worker's entry, or an asset.
  /\bnew URL\(\s*"(\.[^"]+)"\s*,\s*import\.meta\.url/g,
];

/** Comments out: an import in an example is no import. Strings stay. */
const withoutComments = (text: string): string =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, text_) => text_ ?? "",
  );

/** Types count as imports too: a name that may not be known may not be known. */
export const importsIn = (from: string, text: string): Import[] =>
  statements.flatMap((statement) =>
    [...withoutComments(text).matchAll(statement)].map(([, name = ""]) => {
      const file = name.startsWith(".") ? normalize(join(dirname(from), name)).replaceAll("\\", "/") : null;
      return { from, name, file };
    }),
  );

export const sources = (...patterns: string[]): string[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();

export const read = (file: string): string => readFileSync(join(root, file), "utf8");

export const importsOf = (file: string): Import[] => importsIn(file, read(file));
