import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { plainExports } from "./load-kernels.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The exports of a module made of `source`, which imports from assembly/: for what the array sensor keeps to itself. */
export async function compileKernels<T>(source: string): Promise<T> {
  const entry = "assembly/only-these.ts"; // never on disk
  let binary: Uint8Array | undefined;
  const options = [
    ...["--runtime", "stub", "--use", "abort=", "--enable", "simd"],
    ...["--memoryBase", "1024", "--initialMemory", "24", "--baseDir", root],
  ];
  const { error, stderr } = await asc.main([entry, ...options, "--outFile", "binary"], {
    readFile: (name, base) =>
      name === entry ? source : readFile(`${base}/${name}`, "utf8").catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || binary === undefined) throw new Error(`asc: ${stderr.toString()}`, { cause: error });
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(binary));
  return plainExports(instance) as unknown as T;
}
