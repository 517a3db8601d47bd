import {
  type AccountStore,
  accountsApp,
  cookieJar,
  memoryAccountStore,
  type Records,
  recordsIn,
  type ServerSecret,
  serverSecret,
} from "../../src/auth/server.ts";
import { ownSeed, Person, type Server } from "./person.ts";

/** A server of accounts in this process, whose clock a test sets. */
export interface MemoryServer extends Server {
  now: number;
  readonly records: Records;
  readonly secret: ServerSecret;
  /** All that it keeps, as text. */
  written(): string;
  /** Hears of all that is asked of records. */
  onask: ((kind: string, key: string) => void) | null;
  person(): Person;
}

export const makeServer = async (
  options: {
    readonly origin?: string;
    readonly signUp?: "open" | "closed" | { readonly invitation: string };
    readonly passLife?: number;
  } = {},
): Promise<MemoryServer> => {
  const { origin = "https://cameras.example", signUp = "open", passLife } = options;
  const secret = await serverSecret(ownSeed);
  const store = memoryAccountStore();
  const written = new Map<string, unknown>();
  const looked: AccountStore = {
    update: (key, act) =>
      store.update(key, async (state) => {
        const acted = await act(state);
        written.set(key, acted.keep);
        return acted;
      }),
  };
  const kept = recordsIn(looked, () => server.now);
  const records: Records = (kind, key, verb, input) => {
    server.onask?.(kind, key);
    return kept(kind, key, verb, input);
  };
  const app = accountsApp(() => ({
    ...{ records, secret, signUp, jar: cookieJar(origin), now: () => server.now },
    site: { origin, rpId: new URL(origin).hostname },
    ...(passLife !== undefined && { passLife }),
    addressOf: ({ req }) => req.header("x-test-address") ?? "",
  }));
  const server: MemoryServer = {
    ...{ origin, now: 1_790_000_000_000, records, secret },
    onask: null,
    written: () => JSON.stringify([...written]),
    fetch: async (request) => app.fetch(request),
    person: () => new Person(server),
  };
  return server;
};
