import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { InPage } from "../relay/in-page.ts";

declare global {
  /** In pages that were given the script. */
  var inPage: InPage;
}

/** test/relay/in-page.ts as one script, to be put into a page before its own. */
export const inPageScript = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL("../relay/in-page.ts", import.meta.url)),
        formats: ["iife"],
        name: "bundle",
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output !== undefined && "output" in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error("vite built nothing");
  return chunk.code;
};
