import {
  type AccountMeans,
  type Admission,
  accountsApp,
  admitGuest,
  type Guest,
  idbAccountStore,
  type Jar,
  type Jarred,
  type OwnServerStore,
  ownServerStore,
  recordsIn,
} from "../src/auth/server.ts";

/** What an account host keeps where. */
export interface AccountHostOptions {
  readonly accounts?: ReturnType<typeof idbAccountStore>;
  readonly own?: OwnServerStore;
}

/** The server of accounts in a service worker, for this browser profile alone. */
export interface AccountHost {
  /** Answers a page of this origin, to which a request belongs that the worker was given. */
  answer(request: Request): Promise<Response>;
  /** What the relay asks before it introduces a guest [RP21]. */
  admit(guest: Guest): Promise<Admission>;
}

/** Whether an address is one of the accounts' own. */
export const isAccountPath = (path: string): boolean => /^\/api\/(account|cameras|passes)(\/|$)/.test(path);

/** Accounts, rights and passes over this origin's IndexedDB. Its one user is whoever uses this browser profile. */
export const accountHost = (
  scope: ServiceWorkerGlobalScope,
  { accounts = idbAccountStore(), own = ownServerStore() }: AccountHostOptions = {},
): AccountHost => {
  const { origin, hostname } = scope.location;
  const now = () => Date.now();
  const records = recordsIn(accounts, now);
  const app = accountsApp(async ({ env }): Promise<AccountMeans> => {
    const { jar } = env as { readonly jar: Jar };
    return {
      ...{ records, jar, now, signUp: "open", secret: await own.secret() },
      site: { origin, rpId: hostname },
      // Who asks is known before: a browser adds its headers behind the service worker.
      isOwnPage: () => true,
      addressOf: () => "",
      userAgent: scope.navigator.userAgent,
    };
  });
  return {
    async answer(request) {
      const { jar, changes } = jarOf(await own.readJar());
      const response = await app.fetch(request, { jar });
      if (Object.keys(changes).length > 0) await own.writeJar(changes);
      return response;
    },
    async admit(guest) {
      const { signing } = await own.secret();
      return admitGuest(guest, { records, serverKey: signing.publicKey, now: now() });
    },
  };
};

/** Browsers let no service worker set cookies: it keeps the session itself, beside its records. */
const jarOf = (kept: Jarred): { readonly jar: Jar; readonly changes: Record<string, string | null> } => {
  const changes: Record<string, string | null> = {};
  const jar: Jar = {
    read: (_context, name) => (name in changes ? (changes[name] ?? null) : (kept[name] ?? null)),
    write: (_context, name, value) => {
      changes[name] = value;
    },
  };
  return { jar, changes };
};

/**
 * Answers this origin's pages in place of a server. What is no page's own request (a window that another site opens or
 * submits a form to, a picture, a script) goes on to the network, where nothing answers.
 */
export const mountAccounts = (scope: ServiceWorkerGlobalScope): AccountHost => {
  const host = accountHost(scope);
  scope.addEventListener("fetch", (event) => {
    const { request, clientId } = event;
    const url = new URL(request.url);
    if (url.origin !== scope.location.origin || !isAccountPath(url.pathname)) return;
    if (clientId === "" || request.destination !== "" || request.mode === "navigate") return;
    event.respondWith(host.answer(request));
  });
  return host;
};
