import { DurableObject } from "cloudflare:workers";
import type { Context, Env, Hono } from "hono";
import {
  type AccountMeans,
  type Admission,
  accountsApp,
  admitGuest,
  cookieJar,
  type Guest,
  type RecordKind,
  type Records,
  recordsIn,
  type ServerSecret,
  serverSecret,
} from "../src/auth/server.ts";
import { type Bytes, fromBase64Url, randomBytes, toBase64Url } from "../src/base/index.ts";
import { objectAccountStore } from "./account-store.ts";
import { ownOrigin } from "./env.ts";

/** What accounts need of the edge, and what the operator says about them. */
export interface AccountEnv {
  readonly ACCOUNT: DurableObjectNamespace<Account>;
  /** "open" (so it is where nothing is said), "closed", or "invitation". */
  readonly SIGN_UP?: string;
  /** The word that lets people in where sign-up is by invitation. */
  readonly INVITATION?: string;
  /** base64url of 32 bytes: what all of the server's own keys follow from. Made and kept here where it is not given. */
  readonly SEED?: string;
  /** The origins under which people reach it, with spaces between, the first of them where a request names none; that of each request where nothing is said. */
  readonly ORIGIN?: string;
  /**
   * The header in which a proxy in front writes a client's address: "cf-connecting-ip" where nothing is said. "" where there is none:
   * a client could write any, so new accounts of all of them are counted as one's, and nothing else is for each address.
   */
  readonly ADDRESS_HEADER?: string;
  /** How long a viewing pass lasts: minutes, 30 at most and where nothing is said. */
  readonly PASS_MINUTES?: string;
}

/** One record: an account, a camera's rights, a count of attempts, or the server's seed. Its name is its kind and key. */
export class Account extends DurableObject<AccountEnv> {
  readonly #records: Records = recordsIn(objectAccountStore(this.ctx.storage), () => Date.now());

  async act(kind: RecordKind, key: string, verb: string, input: unknown): Promise<unknown> {
    const answer = await this.#records(kind, key, verb as never, input as never);
    // A count fills by itself: within a day there is nothing to remember.
    if (kind === "limit" && (await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Date.now() + 24 * 3_600_000);
    return answer;
  }

  /** The seed that was made on first use. */
  async seed(): Promise<string> {
    const known = this.ctx.storage.kv.get<string>("seed");
    if (known !== undefined) return known;
    const seed = toBase64Url(randomBytes(32));
    this.ctx.storage.kv.put("seed", seed);
    return seed;
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}

/** Records as objects of the edge, each by its name. */
export const recordsAt =
  ({ ACCOUNT }: AccountEnv): Records =>
  (kind, key, verb, input) => {
    const stub = ACCOUNT.getByName(`${kind} ${key}`) as unknown as {
      act(kind: RecordKind, key: string, verb: string, input: unknown): Promise<never>;
    };
    return stub.act(kind, key, verb, input);
  };

let secret: Promise<ServerSecret> | null = null;

/** The server's own keys, made once for each start of the worker. */
const secretAt = (env: AccountEnv): Promise<ServerSecret> => {
  secret ??= makeSecret(env).catch((error: unknown) => {
    secret = null; // once more with the next request
    throw error;
  });
  return secret;
};

const makeSecret = async (env: AccountEnv): Promise<ServerSecret> => serverSecret(await seedAt(env));

/** What all of the server's own keys follow from, 32 bytes. */
export const seedAt = async ({ SEED, ACCOUNT }: AccountEnv): Promise<Bytes> =>
  fromBase64Url(
    SEED ?? (await (ACCOUNT.getByName("server") as unknown as { seed(): Promise<string> }).seed()),
  );

/** What `accountsApp` needs, for one request. */
export const accountMeans = async (context: Context): Promise<AccountMeans> => {
  const env = context.env as AccountEnv;
  const origin = ownOrigin(env, context.req.url);
  return {
    records: recordsAt(env),
    secret: await secretAt(env),
    site: { origin, rpId: new URL(origin).hostname },
    jar: cookieJar(origin),
    signUp: signUpOf(env),
    passLife: passLifeOf(env),
    now: () => Date.now(),
    addressOf: ({ req }) => addressIn(req.raw.headers, env),
  };
};

/** Where no header can be trusted, nobody has an address. */
const addressIn = (headers: Headers, { ADDRESS_HEADER = "cf-connecting-ip" }: AccountEnv): string =>
  ADDRESS_HEADER === "" ? "" : (headers.get(ADDRESS_HEADER) ?? "");

const accounts = accountsApp(accountMeans);

/** Everything below /api/account, /api/cameras and /api/passes. */
export const mountAccounts = <E extends Env>(app: Hono<E>): void => {
  for (const part of ["account", "cameras", "passes"])
    for (const path of [`/api/${part}`, `/api/${part}/*`])
      app.all(path, ({ req, env }) => accounts.fetch(req.raw, env));
};

/** Anything that is not one of the words closes it. */
const signUpOf = ({ SIGN_UP = "open", INVITATION }: AccountEnv): AccountMeans["signUp"] => {
  if (SIGN_UP === "open") return "open";
  return SIGN_UP === "invitation" && INVITATION ? { invitation: INVITATION } : "closed";
};

/** Anything that is no time up to 30 minutes gives none at all. */
const passLifeOf = ({ PASS_MINUTES = "30" }: AccountEnv): number => Math.round(Number(PASS_MINUTES) * 60_000);

/** `admitGuest` with the edge's records and keys: what a camera's room asks before it introduces a guest. */
export const admitAt = async (env: AccountEnv, guest: Guest): Promise<Admission> => {
  const { signing } = await secretAt(env);
  const means = { records: recordsAt(env), serverKey: signing.publicKey, now: Date.now() };
  return admitGuest(guest, means);
};
