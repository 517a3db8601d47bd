import type { Context, Hono } from "hono";
import { toBase64Url } from "../base/index.ts";
import { isAccountId } from "./account-name.ts";
import { isSameText, isToken } from "./account-state.ts";
import { deviceWords } from "./device-words.ts";
import { type Read, readBody, type Shape } from "./http-body.ts";
import type { Jar } from "./http-jar.ts";
import { addressRule, type LimitRule } from "./limit.ts";
import type { Site } from "./passkeys.ts";
import type { Records } from "./records.ts";
import { type AccountRefusal, isRefused, type Or, type Refused } from "./refusal.ts";
import { macOf, type ServerSecret } from "./secret.ts";

/** What accounts need of the host they run on. */
export interface AccountMeans {
  readonly records: Records;
  readonly secret: ServerSecret;
  readonly site: Site;
  readonly jar: Jar;
  /** Who may make an account: everybody, nobody, or who was told this word. */
  readonly signUp: "open" | "closed" | { readonly invitation: string };
  /** How long a pass lasts, at most `passLife`. ms */
  readonly passLife?: number;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Whence a request comes, by the host's own knowledge; never by a header that a client writes. "" where it does not know. */
  readonly addressOf: (context: Context) => string;
}

/** A request with its means. */
export type Served = Context<{ Variables: { means: AccountMeans } }>;
export type AccountApp = Hono<{ Variables: { means: AccountMeans } }>;

const statusOf: Readonly<Record<AccountRefusal, 400 | 401 | 403 | 404 | 409 | 429>> = {
  ...{ "sign-in": 401, "signed-out": 401, recent: 403, later: 429, "sign-up": 403, challenge: 400 },
  ...{ passkey: 400, full: 409, last: 409, right: 404, registration: 403, unpinned: 409, "one-time": 403 },
  ...{ authenticator: 403, request: 400 },
};

/** A refusal over HTTP: {code, detail}, as faults cross every border. */
export const sayNo = (context: Context, { refused, seconds }: Refused): Response => {
  if (seconds !== undefined) context.header("retry-after", `${seconds}`);
  const detail = seconds === undefined ? {} : { seconds };
  return context.json({ code: refused, detail }, statusOf[refused]);
};

export const no = (code: AccountRefusal): Refused => ({ refused: code });

/** What a handler answers: an object as it is, `true` for "done". */
type Said = object | true;
const say = (context: Context, answer: Or<Said>): Response =>
  isRefused(answer) ? sayNo(context, answer) : context.json(answer === true ? {} : answer);

/** A POST with a body of exactly this shape. */
export const onPost = <S extends Shape>(
  app: AccountApp,
  path: string,
  shape: S,
  act: (context: Served, body: Read<S>) => Promise<Or<Said>>,
): void => {
  app.post(path, async (context) => {
    const body = readBody(parsed(await context.req.text()), shape);
    return say(context, body === null ? no("request") : await act(context, body));
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Who a request says it is: by its session's cookie, not believed before the account's record has looked at it. */
export interface Caller {
  readonly id: string;
  readonly token: string;
}

/**
 * Who the session's cookie says it is, id "." token "." MAC; `null` without one that this server wrote: a record is made by asking
 * for it, so that whoever writes cookies would fill the disk.
 */
export const callerOf = (context: Served): Promise<Caller | null> => callerIn(context, context.var.means);

const callerIn = async (context: Context, { jar, secret }: CookieMeans): Promise<Caller | null> => {
  const [id, token, mark, ...rest] = (jar.read(context, "session") ?? "").split(".");
  if (rest.length > 0 || !isAccountId(id) || token === undefined || !isToken(token)) return null;
  const own = { id, token };
  return isSameText(mark ?? "", await sessionMark(secret, own)) ? own : null;
};

type CookieMeans = Pick<AccountMeans, "jar" | "secret">;

/** What the session's cookie holds. */
export const sessionCookie = async ({ var: { means } }: Served, own: Caller): Promise<string> =>
  `${own.id}.${own.token}.${await sessionMark(means.secret, own)}`;

const sessionMark = async ({ mac }: ServerSecret, { id, token }: Caller): Promise<string> =>
  toBase64Url((await macOf(mac, "session", `${id} ${token}`)).subarray(0, 16));

/**
 * Against requests that other sites make with this one's cookies, beside SameSite=Strict: Fetch Metadata where the browser sends it,
 * and for all that changes something an Origin that is ours.
 */
export const isOwnPage = ({ req }: Context, origin: string): boolean => {
  const site = req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  const from = req.header("origin");
  if (from !== undefined && from !== origin) return false;
  return from === origin || req.method === "GET" || req.method === "HEAD";
};

/** The id of the account that is signed in where a request of our own pages comes from, for the host's other parts; `null` for nobody. */
export const signedIn = async (
  context: Context,
  means: CookieMeans & Pick<AccountMeans, "records" | "site">,
): Promise<string | null> => {
  const caller = await callerIn(context, means);
  if (caller === null || !isOwnPage(context, means.site.origin)) return null;
  const who = await means.records("account", caller.id, "whoIs", { token: caller.token });
  return isRefused(who) ? null : caller.id;
};

/** A POST of who is signed in. */
export const onSigned = <S extends Shape>(
  app: AccountApp,
  path: string,
  shape: S,
  act: (context: Served, caller: Caller, body: Read<S>) => Promise<Or<Said>>,
): void =>
  onPost(app, path, shape, async (context, body) => {
    const caller = await callerOf(context);
    return caller === null ? no("signed-out") : act(context, caller, body);
  });

/** A GET of who is signed in. */
export const onRead = (
  app: AccountApp,
  path: string,
  act: (context: Served, caller: Caller) => Promise<Or<Said>>,
): void => {
  app.get(path, async (context) => {
    const caller = await callerOf(context);
    return say(context, caller === null ? no("signed-out") : await act(context, caller));
  });
};

/** The device that a request comes from, in words. */
export const deviceOf = (context: Context): string => deviceWords(context.req.header("user-agent") ?? "");

/**
 * One attempt from this address; a refusal where there were too many. The address is kept as a mark alone. Where the host knows none,
 * one stranger would keep everybody from signing in: then new accounts alone are counted so, and guesses for each account.
 */
export const slowed = async (
  context: Served,
  what: "address" | "sign-up" = "address",
  rule: LimitRule = addressRule,
): Promise<Refused | null> => {
  const { records, secret, addressOf } = context.var.means;
  const address = addressOf(context);
  if (address === "" && what === "address") return null;
  const mark = toBase64Url((await macOf(secret.mac, "address", network(address))).subarray(0, 16));
  const wait = await records("limit", `${what} ${mark}`, "take", rule);
  return wait === 0 ? null : { refused: "later", seconds: wait };
};

/** An IPv6 address stands for its /64, which is one subscriber's; one that holds an IPv4 address (RFC 4291 §2.5.5.2) for that. */
const network = (address: string): string => {
  if (!address.includes(":")) return address;
  const [, mapped] = /^::ffff:([0-9.]+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":");
  const filled = tail === undefined ? groups : [...groups, "0", "0", "0", "0"];
  return filled.slice(0, 4).join(":");
};
