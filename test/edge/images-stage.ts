import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stage } from "../images/stage.ts";
import { startImages } from "./images-host.ts";

/** The service of stored images in workerd, with R2 and SQLite on disk. */
export const workerdStage = async (): Promise<Stage> => {
  const data = mkdtempSync(join(tmpdir(), "sealcam-images-"));
  let host = await startImages(data);
  return {
    fetch: (path, init) => host.fetch(path, init),
    say: async (said) => {
      const response = await host.fetch("/say", { method: "POST", body: JSON.stringify(said) });
      if (!response.ok) throw new Error(await response.text());
    },
    keys: async () => (await (await host.fetch("/keys")).json()) as string[],
    restart: async () => {
      await host.stop();
      host = await startImages(data);
    },
    stop: async () => {
      await host.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
};
