import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { seedIn } from "./seed-file.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the edge may be told by its operator, by name. */
export const variables = [
  ...(["ORIGIN", "ORIGINS", "ADDRESS_HEADER", "ICE_SERVERS", "ICE_POLICY"] as const),
  ...(["SIGN_UP", "INVITATION", "PASS_MINUTES", "STORE_DAYS", "STORE_BYTES", "SEED"] as const),
] as const;

/** How other devices reach a server: where it listens, and what it answers with, in PEM. */
export interface Secure {
  readonly host: string;
  readonly cert: string;
  readonly key: string;
  /** Names and addresses under which they reach it: proofs and requests count for these origins. */
  readonly names: readonly string[];
}

export interface ServeOptions {
  /** HTTPS for other devices; plain HTTP on loopback where it is not given. */
  readonly secure?: Secure;
  /** Where rooms, accounts, images and the seed of the server's keys are kept; nothing outlasts the server where it is not given. */
  readonly data?: string;
  readonly variables?: { readonly [name in (typeof variables)[number]]?: string };
  /** The worker's file; the app's own where it is not given. */
  readonly worker?: string;
}

export interface Serving {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Serves `dist/` and the edge as built, on loopback unless told otherwise, in workerd; port 0 takes a free one. Rejects when the port is taken.
 * Where workerd dies it is started again, with the data that it had written.
 */
export const serve = async (port: number, options: ServeOptions = {}): Promise<Serving> => {
  // workerd would say the same in its own words, and later.
  const { secure, data } = options;
  const free = await freePort(port, secure?.host ?? loopback);
  const origin = `${secure ? "https" : "http"}://localhost:${free}`;
  const seed = data === undefined ? {} : { SEED: await seedIn(data) };
  const others = (secure?.names ?? []).map((name) => new URL(`https://${name}:${free}`).origin);
  // Neither the name that a client writes for this server nor the address that it writes for itself is believed.
  const own = { ORIGIN: [origin, ...others].join(" "), ADDRESS_HEADER: "" };
  const told = { ...own, ...seed, ...options.variables };
  const server = new Miniflare(edge(free, { ...options, variables: told }));
  await server.ready;
  return { origin, stop: () => server.dispose() };
};

const loopback = "localhost";

const edge = (port: number, { data, variables = {}, worker, secure }: ServeOptions): MiniflareOptions => ({
  name: "sealcam",
  host: secure?.host ?? loopback,
  port,
  ...(secure && { https: true, httpsCert: secure.cert, httpsKey: secure.key }),
  cf: false,
  modules: true,
  // Its text: a path would have to lie below the directory that the program was started in.
  script: readFileSync(worker ?? `${root}build/edge/worker.js`, "utf8"),
  compatibilityDate: "2026-07-01",
  bindings: { ...variables },
  durableObjects: {
    ROOM: { className: "Room", useSQLite: true },
    ACCOUNT: { className: "Account", useSQLite: true },
    IMAGE_INDEX: { className: "Images", useSQLite: true },
  },
  r2Buckets: ["IMAGES"],
  ...(data !== undefined && { durableObjectsPersist: `${data}/objects`, r2Persist: `${data}/images` }),
  assets: {
    directory: `${root}dist`,
    binding: "ASSETS",
    routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
    // The worker decides what a path without a file is.
    assetConfig: { html_handling: "none", not_found_handling: "none" },
  },
});

/** The port if nobody listens there, or a free one for 0. Rejects with EADDRINUSE. */
export const freePort = (port: number, host = loopback): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
