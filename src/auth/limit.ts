/** How often something may be tried: `burst` at once, and one more each `every` ms. It slows down and never locks for good. */
export interface LimitRule {
  readonly burst: number;
  readonly every: number;
}

/** What is left under a rule, as a bucket that fills by itself. */
export interface LimitState {
  readonly version: 1;
  /** Attempts in the bucket at `at`; a fraction while it fills. */
  readonly left: number;
  /** ms since the epoch. */
  readonly at: number;
}

/** Guesses at the password of one account, or from one device that was signed in before. */
export const passwordRule: LimitRule = { burst: 10, every: 60_000 };
/** Everything that can be asked without a session, from one address. */
export const addressRule: LimitRule = { burst: 60, every: 5_000 };
/** New accounts from one address. */
export const signUpRule: LimitRule = { burst: 10, every: 6 * 60_000 };
/** Codes entered in the sessions of one account. */
export const codeRule: LimitRule = { burst: 10, every: 2 * 60_000 };

const filled = (state: LimitState | null, { burst, every }: LimitRule, now: number): number => {
  if (state === null) return burst;
  // A clock that was set back fills nothing and takes nothing away.
  return Math.min(burst, state.left + Math.max(0, now - state.at) / every);
};

/** One attempt: the next state, and how many seconds to wait where there was none left (then nothing is taken). */
export const take = (
  state: LimitState | null,
  rule: LimitRule,
  now: number,
): { readonly state: LimitState; readonly wait: number } => {
  const left = filled(state, rule, now);
  if (left < 1)
    return { state: { version: 1, left, at: now }, wait: Math.ceil(((1 - left) * rule.every) / 1000) };
  return { state: { version: 1, left: left - 1, at: now }, wait: 0 };
};

/** An attempt given back, since it was right; `null` where the bucket is full and nothing needs to be kept. */
export const giveBack = (state: LimitState | null, rule: LimitRule, now: number): LimitState | null => {
  const left = Math.min(rule.burst, filled(state, rule, now) + 1);
  return left >= rule.burst ? null : { version: 1, left, at: now };
};
