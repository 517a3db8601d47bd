import { type Bytes, equal, fromBase64Url, randomBytes, sha256, toBase64Url } from "../base/index.ts";
import type { KeptPassword } from "./password.ts";
import type { Refused } from "./refusal.ts";

/** A passkey as it is kept. Bytes in base64url, times in ms since the epoch. */
export interface KeptPasskey {
  readonly id: string;
  /** COSE key (WebAuthn §6.5.1). */
  readonly publicKey: string;
  /** WebAuthn §6.1.1: rises, or stays 0 where an authenticator has none. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** The device it was made on, in words. */
  readonly device: string;
  readonly added: number;
  readonly used: number;
}

/** A signed-in browser. */
export interface Session {
  /** What it is called in lists, 8 random bytes; proves nothing. */
  readonly id: string;
  /** SHA-256 of its token. */
  readonly hash: string;
  readonly device: string;
  readonly began: number;
  readonly used: number;
  /** When its person last signed in. */
  readonly verified: number;
}

/** How the one-time passwords for viewing come. */
export type Delivery = "viewer" | "device" | "authenticator";
export const deliveries = ["viewer", "device", "authenticator"] as const satisfies readonly Delivery[];

/** A card and a camera, as text: base64url of 32 bytes each. */
export interface ViewText {
  readonly camera: string;
  readonly viewer: string;
}

/** A one-time password that waits to be entered. */
export interface Ask {
  readonly id: string;
  /** The session that asked, and may enter it. */
  readonly session: string;
  readonly device: string;
  readonly views: readonly ViewText[];
  /** Eight digits; `null` where an authenticator app makes them. */
  readonly code: string | null;
  readonly by: Delivery;
  readonly until: number;
  readonly tries: number;
}

/** A camera that an account knows: its own, or shared by the account named. */
export interface KnownCamera {
  /** base64url of 32 bytes. */
  readonly number: string;
  readonly from: string | null;
}

/** What the log can say. */
export type LogWord =
  | "sign-up"
  | "sign-in-passkey"
  | "sign-in-password"
  | "refused-passkey"
  | "refused-password"
  | "sign-out"
  | "session-revoked"
  | "passkey-added"
  | "passkey-removed"
  | "password-set"
  | "password-removed"
  | "delivery"
  | "authenticator-on"
  | "authenticator-off"
  | "camera-registered"
  | "camera-removed"
  | "camera-elsewhere"
  | "shared"
  | "taken-back"
  | "shared-with-you"
  | "taken-from-you"
  | "pass-asked"
  | "pass-given"
  | "pass-refused";

/** A line of the log; what others, or a session alone, can bring again and again is counted, so that a flood of it pushes nothing out. */
export interface LogEntry {
  readonly at: number;
  readonly what: LogWord;
  /** The device, in words; empty where no session did it. */
  readonly device: string;
  /** A camera's number, an account's name, a reason; may be empty. */
  readonly about: string;
  readonly count: number;
}

/** All that is kept of an account. */
export interface AccountState {
  readonly version: 1;
  readonly name: string;
  readonly created: number;
  readonly passkeys: readonly KeptPasskey[];
  readonly password: KeptPassword | null;
  /** `step`: the last one whose code was taken. */
  readonly totp: { readonly secret: string; readonly step: number } | null;
  /** A secret that was shown and not confirmed yet. */
  readonly enrolling: { readonly secret: string; readonly until: number } | null;
  readonly delivery: Delivery;
  readonly sessions: readonly Session[];
  /** Challenges that were used, until they would have ended. */
  readonly burnt: readonly { readonly challenge: string; readonly until: number }[];
  readonly asks: readonly Ask[];
  readonly cameras: readonly KnownCamera[];
  readonly log: readonly LogEntry[];
}

/** Bounds of an account, and its times in ms. */
export const ACCOUNT = {
  passkeys: 16,
  sessions: 32,
  burnt: 64,
  asks: 4,
  ownCameras: 256,
  sharedCameras: 64,
  /** Lines of the log of each kind that comes in floods, and all others. */
  flood: 100,
  log: 300,
  sessionIdle: 30 * 24 * 3_600_000,
  sessionLife: 365 * 24 * 3_600_000,
  /** A sign-in counts as recent. */
  recent: 10 * 60_000,
  /** Last use is written no more often. */
  usedStep: 10 * 60_000,
  enrolling: 10 * 60_000,
  askLife: 3 * 60_000,
  askTries: 5,
} as const;

/** A new account without a way to sign in, which its maker adds. */
export const newAccount = (name: string, now: number): AccountState => ({
  ...{ version: 1, name, created: now, passkeys: [], password: null, totp: null, enrolling: null },
  ...{ delivery: "viewer", sessions: [], burnt: [], asks: [], cameras: [], log: [] },
});

/** The state without what has ended. */
export const prunedAccount = (state: AccountState, now: number): AccountState => ({
  ...state,
  sessions: state.sessions.filter(
    ({ used, began }) => now - used <= ACCOUNT.sessionIdle && now - began <= ACCOUNT.sessionLife,
  ),
  burnt: state.burnt.filter(({ until }) => until >= now),
  asks: state.asks.filter(({ until }) => until > now),
  enrolling: state.enrolling !== null && state.enrolling.until > now ? state.enrolling : null,
});

/** Who can bring a line as often as he likes: strangers, other accounts, whoever has a session; `null` for what needs more. */
const floodOf = ({ what }: LogEntry): "refusal" | "other" | "pass" | null => {
  if (what.startsWith("refused") || what === "pass-refused") return "refusal";
  if (what === "shared-with-you" || what === "taken-from-you" || what === "camera-elsewhere") return "other";
  return what === "pass-asked" || what === "pass-given" ? "pass" : null;
};

/** The state with one more line in its log; floods and the rest are bounded apart, so none pushes another out. */
export const noted = (
  state: AccountState,
  now: number,
  what: LogWord,
  { device = "", about = "" }: { readonly device?: string; readonly about?: string } = {},
): AccountState => {
  const same = state.log.find(
    (entry) =>
      entry.what === what &&
      entry.device === device &&
      entry.about === about &&
      now - entry.at < 3_600_000 &&
      floodOf(entry) !== null,
  );
  const entry: LogEntry = { at: now, what, device, about, count: (same?.count ?? 0) + 1 };
  const all = [entry, ...state.log.filter((other) => other !== same)];
  const left = new Set(
    [...Map.groupBy(all, floodOf)].flatMap(([flood, lines]) =>
      lines.slice(0, flood === null ? ACCOUNT.log : ACCOUNT.flood),
    ),
  );
  return { ...state, log: all.filter((one) => left.has(one)) };
};

/** A session's token, 32 random bytes as base64url, and what is kept of it. */
export const makeToken = async (): Promise<{ readonly token: string; readonly hash: string }> => {
  const token = toBase64Url(randomBytes(32));
  return { token, hash: await tokenHash(token) };
};

const tokenHash = async (token: string): Promise<string> => toBase64Url(await sha256(fromBase64Url(token)));

/** The session whose token this is, compared in constant time; `null` for none. The token has the form of one. */
export const sessionOf = async (state: AccountState | null, token: string): Promise<Session | null> => {
  const hash = fromBase64Url(await tokenHash(token));
  return state?.sessions.find((session) => equal(fromBase64Url(session.hash), hash)) ?? null;
};

/** Whether a text has the form of a token. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);

/** A session begins: in the place of the one whose token is given, or of the one that was idle longest where there are too many. */
export const withSession = async (
  state: AccountState,
  now: number,
  device: string,
  replaces: string | null,
): Promise<{ readonly state: AccountState; readonly token: string; readonly session: string }> => {
  const { token, hash } = await makeToken();
  const former = replaces === null ? null : await sessionOf(state, replaces);
  const id = toBase64Url(randomBytes(8));
  const session: Session = { id, hash, device, began: now, used: now, verified: now };
  const others = state.sessions.filter((one) => one !== former).toSorted((a, b) => b.used - a.used);
  return {
    state: { ...state, sessions: [session, ...others].slice(0, ACCOUNT.sessions) },
    token,
    session: id,
  };
};

export const refused = (code: Refused["refused"]): Refused => ({ refused: code });

/** Digits, each as likely as the other: bytes from 250 on are thrown away. */
export const makeCode = (length: number): string => {
  let code = "";
  while (code.length < length) {
    const [byte = 255] = randomBytes(1);
    if (byte < 250) code += `${byte % 10}`;
  }
  return code;
};

/** Whether two texts are the same, without an early exit. */
export const isSameText = (a: string, b: string): boolean => {
  const bytes = (text: string): Bytes => new TextEncoder().encode(text);
  return equal(bytes(a), bytes(b));
};
