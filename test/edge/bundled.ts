import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A worker's entry and all it imports as one script for workerd. */
export const bundled = async (entry: string): Promise<string> => {
  const result = await build({
    ...{ root, configFile: false, publicDir: false, logLevel: "warn" },
    build: {
      ...{ target: "es2022", write: false, minify: false },
      lib: { entry, formats: ["es"], fileName: "worker" },
      rollupOptions: { external: ["cloudflare:workers"] },
    },
  });
  const [one] = Array.isArray(result) ? result : [result];
  if (one === undefined || !("output" in one)) throw new TypeError("nothing was built");
  return one.output[0].code;
};
