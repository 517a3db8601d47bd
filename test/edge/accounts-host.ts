import { Miniflare } from "miniflare";
import { bundled } from "./bundled.ts";

export interface AccountsHost {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Accounts on real workerd, at http://localhost; `data` outlasts it, `assets` are served beside. */
export const startAccounts = async (
  options: {
    readonly data?: string;
    readonly assets?: string;
    readonly bindings?: Readonly<Record<string, string>>;
  } = {},
): Promise<AccountsHost> => {
  const { data, assets, bindings = {} } = options;
  const server = new Miniflare({
    ...{ host: "localhost", port: 0, cf: false, modules: true, compatibilityDate: "2026-07-01" },
    script: await bundled("test/edge/accounts/worker.ts"),
    bindings: { ADDRESS_HEADER: "x-test-address", ...bindings },
    durableObjects: {
      ACCOUNT: { className: "Account", useSQLite: true },
      CONTRACT: { className: "ContractObject", useSQLite: true },
    },
    ...(data !== undefined && { durableObjectsPersist: data }),
    ...(assets !== undefined && {
      assets: {
        directory: assets,
        binding: "ASSETS",
        routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
        assetConfig: { html_handling: "none", not_found_handling: "none" },
      },
    }),
  });
  const { port } = await server.ready;
  return { origin: `http://localhost:${port}`, stop: () => server.dispose() };
};
