import { Miniflare } from "miniflare";
import { bundled } from "./bundled.ts";

export interface ImagesHost {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Stored images on real workerd; `data` outlasts it. */
export const startImages = async (data?: string): Promise<ImagesHost> => {
  const server = new Miniflare({
    ...{ host: "localhost", port: 0, cf: false, modules: true, compatibilityDate: "2026-07-01" },
    script: await bundled("test/edge/images/worker.ts"),
    durableObjects: {
      IMAGE_INDEX: { className: "TestImages", useSQLite: true },
      TEST: { className: "TestObject", useSQLite: true },
    },
    r2Buckets: ["IMAGES"],
    ...(data !== undefined && { durableObjectsPersist: `${data}/objects`, r2Persist: `${data}/images` }),
  });
  const { port } = await server.ready;
  return {
    // A connection that idled past the server's patience would be reset when it is used again.
    fetch: (path, init = {}) => {
      const headers = { ...(init.headers as Record<string, string> | undefined), connection: "close" };
      return fetch(`http://localhost:${port}${path}`, { ...init, headers });
    },
    stop: () => server.dispose(),
  };
};
