import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { app } from "../../scripts/vite.config.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** In source files, by the end of their names: words that are others in this version. */
export type Changes = Readonly<Record<string, readonly (readonly [was: string, is: string])[]>>;

const changing = (version: string, changes: Changes): Plugin => ({
  name: "other-version",
  enforce: "pre",
  transform(code, id) {
    const own = Object.entries(changes).find(([end]) => id.endsWith(end));
    if (own === undefined) return null;
    return own[1].reduce((text, [was, is]) => {
      if (!text.includes(was)) throw new Error(`${own[0]} has no ${was}`);
      return text.replace(was, is);
    }, code);
  },
  transformIndexHtml: (html) =>
    html.replace("<title>", `<meta name="version" content="${version}" /><title>`),
});

/** Builds another version of the app, all of whose parts have other names, and says so in each page; gives where it lies. */
export const buildVersion = async (version: string, changes: Changes = {}): Promise<string> => {
  const outDir = `build/version-${version}`;
  await rm(`${root}${outDir}`, { recursive: true, force: true });
  const own = app("sw", outDir, (worker) => {
    worker.logLevel = "error";
    worker.plugins = [changing(version, changes)];
  });
  const names = (extension: string): string => `assets/[name]-${version}-[hash]${extension}`;
  const output = {
    ...{ entryFileNames: names(".js"), chunkFileNames: names(".js"), assetFileNames: names("[extname]") },
  };
  await build({
    ...{ ...own, configFile: false, logLevel: "error" },
    plugins: [changing(version, changes), ...(own.plugins ?? [])],
    build: { ...own.build, rollupOptions: { output } },
    worker: { ...own.worker, plugins: () => [changing(version, changes)], rollupOptions: { output } },
  });
  return `${root}${outDir}`;
};
