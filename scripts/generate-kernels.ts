import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chacha20x8 } from "./kernel-chacha20x8.ts";
import { sha256x4 } from "./kernel-sha256x4.ts";

/** Every generated file of `assembly/`, by its path from the root. */
export const generatedKernels = (): Readonly<Record<string, string>> => ({
  "assembly/generated/chacha20x8.ts": chacha20x8(),
  "assembly/generated/sha256x4.ts": sha256x4(),
});

/** `node scripts/generate-kernels.ts`: writes them. A test says when it has to be run. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL("../", import.meta.url);
  mkdirSync(new URL("assembly/generated/", root), { recursive: true });
  for (const [path, text] of Object.entries(generatedKernels())) writeFileSync(new URL(path, root), text);
}
