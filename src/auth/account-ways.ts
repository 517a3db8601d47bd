import { fromBase64Url, sha256, toBase64Url, utf8 } from "../base/index.ts";
import { type AccountAct, inSession, onlyIn, type Signed } from "./account-session.ts";
import {
  ACCOUNT,
  type AccountState,
  type KeptPasskey,
  newAccount,
  noted,
  prunedAccount,
  refused,
  withSession,
} from "./account-state.ts";
import {
  type AuthenticationResponseJSON,
  checkCreation,
  checkRequest,
  type RegistrationResponseJSON,
  type Site,
} from "./passkeys.ts";
import { isPassword, keepPassword } from "./password.ts";

/** A passkey that was made, to a challenge of this server that was made for it. */
export interface MadePasskey {
  readonly site: Site;
  readonly challenge: string;
  readonly response: RegistrationResponseJSON;
}

/** A password as the client stretched it, 32 bytes, and the salt it did so with; base64url. */
export interface Stretched {
  readonly stretched: string;
  readonly salt: string;
}

/** Signed in: the token goes into a cookie and nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly name: string;
}

/** Where somebody signs in. */
export interface Arrival {
  /** The device in words. */
  readonly device: string;
  /** The token of the session that this browser had, which ends with it. */
  readonly replaces: string | null;
}

/** A new account with one way to sign in. Refused "passkey"; "challenge" where the name was taken meanwhile. */
export const signUp: AccountAct<
  Arrival & { readonly name: string; readonly way: MadePasskey | Stretched },
  SignedIn
> = async (state, { name, way, device }, now) => {
  if (state !== null) return { keep: state, answer: refused("challenge") };
  let fresh = newAccount(name, now);
  if ("stretched" in way) {
    fresh = { ...fresh, password: await keepPassword(fromBase64Url(way.stretched), way.salt) };
  } else {
    const passkey = await made(way, device, now);
    if (passkey === null) return { keep: null, answer: refused("passkey") };
    fresh = { ...fresh, passkeys: [passkey] };
  }
  const begun = await withSession(noted(fresh, now, "sign-up", { device }), now, device, null);
  return { keep: begun.state, answer: { token: begun.token, name } };
};

const made = async (
  { site, challenge, response }: MadePasskey,
  device: string,
  now: number,
): Promise<KeptPasskey | null> => {
  const found = await checkCreation(site, challenge, response);
  return found && { ...found, device, added: now, used: now };
};

/** Signs in by a passkey; nothing that others do keeps its owner from it. Refused "sign-in", whatever is wrong. */
export const signInPasskey: AccountAct<
  Arrival & {
    readonly site: Site;
    readonly challenge: string;
    readonly response: AuthenticationResponseJSON;
  },
  SignedIn
> = async (kept, { site, challenge, response, device, replaces }, now) => {
  const state = kept && prunedAccount(kept, now);
  const passkey = state?.passkeys.find(({ id }) => id === response.id);
  if (!state || !passkey) return { keep: state, answer: refused("sign-in") };
  const counter = await checkRequest(site, challenge, response, passkey);
  if (counter === null)
    return { keep: noted(state, now, "refused-passkey", { device }), answer: refused("sign-in") };
  const burnt = await burn(state, challenge, now);
  // The same signature a second time: somebody recorded it.
  if (burnt === null)
    return { keep: noted(state, now, "refused-passkey", { device }), answer: refused("sign-in") };
  const passkeys = state.passkeys.map((one) => (one === passkey ? { ...one, counter, used: now } : one));
  const next = noted({ ...burnt, passkeys }, now, "sign-in-passkey", { device });
  const begun = await withSession(next, now, device, replaces);
  return { keep: begun.state, answer: { token: begun.token, name: state.name } };
};

/** The state in which this challenge is used up, or `null` where it is so already, or too many are. */
const burn = async (state: AccountState, challenge: string, now: number): Promise<AccountState | null> => {
  const mark = toBase64Url(await sha256(utf8(challenge)));
  if (state.burnt.length >= ACCOUNT.burnt || state.burnt.some((one) => one.challenge === mark)) return null;
  // Longer than any challenge lives.
  return { ...state, burnt: [...state.burnt, { challenge: mark, until: now + 2 * ACCOUNT.recent }] };
};

/** The salt that this account's password is stretched with, or `null`; who asks gets one in any case. */
export const stretchSalt: AccountAct<Record<never, never>, string | null> = async (state) => ({
  keep: state,
  answer: state?.password?.stretchSalt ?? null,
});

/** Signs in by a password. Refused "sign-in", with as much work, where there is no such account or no password. */
export const signInPassword: AccountAct<Arrival & { readonly stretched: string }, SignedIn> = async (
  kept,
  { stretched, device, replaces },
  now,
) => {
  const state = kept && prunedAccount(kept, now);
  const isRight = await isPassword(state?.password ?? null, fromBase64Url(stretched));
  if (state === null) return { keep: null, answer: refused("sign-in") };
  if (!isRight)
    return { keep: noted(state, now, "refused-password", { device }), answer: refused("sign-in") };
  const begun = await withSession(noted(state, now, "sign-in-password", { device }), now, device, replaces);
  return { keep: begun.state, answer: { token: begun.token, name: state.name } };
};

/** What a browser has to know to make one more passkey. */
export const passkeyWanted = inSession<
  Signed,
  { readonly name: string; readonly passkeys: readonly KeptPasskey[] }
>((state) => ({ keep: state, answer: { name: state.name, passkeys: state.passkeys } }), "recent");

/** One more passkey. Refused "passkey", "challenge" or "full". */
export const addPasskey = inSession<Signed & MadePasskey, true>(async (state, { device }, input, now) => {
  if (state.passkeys.length >= ACCOUNT.passkeys) return { keep: state, answer: refused("full") };
  const passkey = await made(input, device, now);
  if (passkey === null || state.passkeys.some(({ id }) => id === passkey.id))
    return { keep: state, answer: refused("passkey") };
  const burnt = await burn(state, input.challenge, now);
  if (burnt === null) return { keep: state, answer: refused("challenge") };
  const passkeys = [...state.passkeys, passkey];
  return { keep: noted({ ...burnt, passkeys }, now, "passkey-added", { device }), answer: true };
}, "recent");

/** Every other device is signed out. Refused "last" where nothing else would be left to sign in with. */
export const removePasskey = inSession<Signed & { readonly id: string }, true>((state, own, { id }, now) => {
  const gone = state.passkeys.find((passkey) => passkey.id === id);
  if (gone === undefined) return { keep: state, answer: true };
  const passkeys = state.passkeys.filter((passkey) => passkey !== gone);
  if (passkeys.length === 0 && state.password === null) return { keep: state, answer: refused("last") };
  const words = { device: own.device, about: gone.device };
  return { keep: noted({ ...onlyIn(state, own), passkeys }, now, "passkey-removed", words), answer: true };
}, "recent");

/** A password, or another one; whoever knew the one before is signed out. */
export const setPassword = inSession<Signed & Stretched, true>(
  async (state, own, { stretched, salt }, now) => {
    const password = await keepPassword(fromBase64Url(stretched), salt);
    const { device } = own;
    return {
      keep: noted({ ...onlyIn(state, own), password }, now, "password-set", { device }),
      answer: true,
    };
  },
  "recent",
);

/** Refused "last" without a passkey. */
export const removePassword = inSession<Signed, true>((state, own, _input, now) => {
  const { device } = own;
  if (state.password === null) return { keep: state, answer: true };
  if (state.passkeys.length === 0) return { keep: state, answer: refused("last") };
  return {
    keep: noted({ ...onlyIn(state, own), password: null }, now, "password-removed", { device }),
    answer: true,
  };
}, "recent");

/** The account and all that was kept of it is gone; the cameras it knew have to be told. */
export const erase = inSession<Signed, AccountState["cameras"]>(
  (state) => ({ keep: null, answer: state.cameras }),
  "recent",
);
