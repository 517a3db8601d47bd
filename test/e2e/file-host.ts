import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { hostHeaders } from "../../scripts/host-headers.ts";
import type { Serving } from "../../scripts/serve.ts";

/** A host of files: no server of Sealcam, whatever it is asked. */
export interface FileHost extends Serving {
  /** Paths below /api/ that it was asked for. */
  readonly asked: readonly string[];
  /** Serves another build from now on. */
  serve(directory: string): void;
}

const types: Readonly<Record<string, string>> = {
  ...{ ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" },
  ...{ ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png" },
  ".webmanifest": "application/manifest+json",
};

/** Serves a build on loopback as such hosts do: a path without a file is the start page, also below /api/, and only GET is known. */
export const startFileHost = async (first: string, port = 0): Promise<FileHost> => {
  let directory = first;
  const asked: string[] = [];
  const words = [...(await hostHeaders()), ["cache-control", "no-cache"] as const];
  const server = createServer(async ({ method, url = "/" }, answer) => {
    const { pathname } = new URL(url, "http://localhost");
    if (pathname.startsWith("/api/")) asked.push(pathname);
    for (const [name, value] of words) answer.setHeader(name, value);
    if (method !== "GET") return answer.writeHead(405).end();
    const kind = extname(pathname);
    const file = kind === "" ? "/index.html" : pathname;
    try {
      const body = await readFile(join(directory, file));
      answer.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    serve: (other) => {
      directory = other;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
