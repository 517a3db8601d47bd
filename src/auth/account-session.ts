import {
  ACCOUNT,
  type AccountState,
  type Delivery,
  type LogEntry,
  noted,
  prunedAccount,
  refused,
  type Session,
  sessionOf,
} from "./account-state.ts";
import type { Or } from "./refusal.ts";

/** An account's state after an act, and the answer. */
export interface Acted<T> {
  readonly keep: AccountState | null;
  readonly answer: Or<T>;
}

/** What can happen to an account: by state, input and time alone, so that every host does the same. */
export type AccountAct<I, T> = (state: AccountState | null, input: I, now: number) => Promise<Acted<T>>;

/** An act of who is signed in. */
export interface Signed {
  /** The session's token, in the form of one. */
  readonly token: string;
}

type SignedAct<I, T> = (
  state: AccountState,
  session: Session,
  input: I,
  now: number,
) => Acted<T> | Promise<Acted<T>>;

/** An act that needs a session; `recent`: one whose person signed in a few minutes ago, for what opens doors or closes them. */
export const inSession =
  <I extends Signed, T>(act: SignedAct<I, T>, need: "any" | "recent" = "any"): AccountAct<I, T> =>
  async (kept, input, now) => {
    const state = kept && prunedAccount(kept, now);
    const session = await sessionOf(state, input.token);
    if (state === null || session === null) return { keep: state, answer: refused("signed-out") };
    const seen = now - session.used > ACCOUNT.usedStep ? withUse(state, session, now) : state;
    if (need === "recent" && now - session.verified > ACCOUNT.recent)
      return { keep: seen, answer: refused("recent") };
    return act(seen, session, input, now);
  };

const withUse = (state: AccountState, session: Session, now: number): AccountState => ({
  ...state,
  sessions: state.sessions.map((one) => (one.id === session.id ? { ...one, used: now } : one)),
});

/** An account as its owner sees it; nothing of it opens anything. */
export interface AccountView {
  readonly name: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly device: string;
    readonly began: number;
    readonly used: number;
    readonly own: boolean;
  }[];
  readonly passkeys: readonly {
    readonly id: string;
    readonly device: string;
    readonly added: number;
    readonly used: number;
  }[];
  readonly hasPassword: boolean;
  readonly hasAuthenticator: boolean;
  readonly delivery: Delivery;
  /** Until when sensitive acts need no new sign-in. ms since the epoch */
  readonly recentUntil: number;
}

/** What the owner sees. */
export const view = inSession<Signed, AccountView>((state, own) => ({
  keep: state,
  answer: {
    name: state.name,
    sessions: state.sessions.map(({ id, device, began, used }) => ({
      ...{ id, device, began, used },
      own: id === own.id,
    })),
    passkeys: state.passkeys.map(({ id, device, added, used }) => ({ id, device, added, used })),
    hasPassword: state.password !== null,
    hasAuthenticator: state.totp !== null,
    delivery: state.delivery,
    recentUntil: own.verified + ACCOUNT.recent,
  },
}));

/** The log, newest first. */
export const readLog = inSession<Signed, readonly LogEntry[]>((state) => ({
  keep: state,
  answer: state.log,
}));

/** Ends this session. */
export const signOut = inSession<Signed, true>((state, { id, device }, _input, now) => ({
  keep: noted(without(state, id), now, "sign-out", { device }),
  answer: true,
}));

/** Ends another session, whatever device has it; the same answer where it is gone. */
export const revoke = inSession<Signed & { readonly id: string }, true>((state, { device }, { id }, now) => {
  const gone = state.sessions.find((session) => session.id === id);
  if (gone === undefined) return { keep: state, answer: true };
  return {
    keep: noted(without(state, id), now, "session-revoked", { device, about: gone.device }),
    answer: true,
  };
});

/** Every session but this one ends: who changes a way in may do so because somebody else came in by it. */
export const onlyIn = (state: AccountState, { id }: Session): AccountState => ({
  ...state,
  sessions: state.sessions.filter((session) => session.id === id),
  asks: state.asks.filter((ask) => ask.session === id),
});

/** A session ends with what it asked for. */
const without = (state: AccountState, id: string): AccountState => ({
  ...state,
  sessions: state.sessions.filter((session) => session.id !== id),
  asks: state.asks.filter((ask) => ask.session !== id),
});
