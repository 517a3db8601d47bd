import { toBase64Url } from "../base/index.ts";
import { accountId, isAccountName, makeAccountName, plainName } from "./account-name.ts";
import { deliveries, isSameText } from "./account-state.ts";
import type { Arrival, MadePasskey, SignedIn, Stretched } from "./account-ways.ts";
import {
  type AccountApp,
  type AccountMeans,
  callerOf,
  deviceOf,
  no,
  onPost,
  onRead,
  onSigned,
  type Served,
  sessionCookie,
  slowed,
} from "./http-answers.ts";
import { bytesText, credential, oneOf, text } from "./http-body.ts";
import { passwordRule, signUpRule } from "./limit.ts";
import {
  type AuthenticationResponseJSON,
  creationOptions,
  type RegistrationResponseJSON,
  requestOptions,
} from "./passkeys.ts";
import { isRefused, type Or } from "./refusal.ts";
import { isChallenge, macOf, makeChallenge } from "./secret.ts";
import { stretchCost } from "./stretch.api.ts";

const name = text(31);
const challenge = text(64);
const stretched = bytesText(32);
const id = text(1400);
const code = text(8, /^[0-9]+$/);

/** Accounts: sign-up, sign-in, and what an owner sees and changes. All below /api/account. */
export const mountAccount = (app: AccountApp): void => {
  // For everybody, signed in or not: a page asks it before anything that would be refused.
  app.get("/api/account/open", async (context) => {
    const { signUp, records } = context.var.means;
    const caller = await callerOf(context);
    const who = caller && (await records("account", caller.id, "whoIs", { token: caller.token }));
    const name = who === null || isRefused(who) ? null : who.name;
    return context.json({ signUp: typeof signUp === "string" ? signUp : "invitation", name });
  });
  mountSignUp(app);
  mountSignIn(app);
  mountOwn(app);
};

const mountSignUp = (app: AccountApp): void => {
  onPost(app, "/api/account/sign-up/begin", { name, invitation: text(100) }, async (context, body) => {
    const { means } = context.var;
    const late = await slowed(context, "sign-up", signUpRule);
    if (late) return late;
    if (!isInvited(means, body.invitation)) return no("sign-up");
    const full = makeAccountName(body.name);
    if (full === null) return no("request");
    const account = { id: await accountId(full), name: full, passkeys: [] };
    const proof = await makeChallenge(means.secret.mac, `sign-up ${full}`, means.now());
    return {
      name: full,
      challenge: proof,
      passkey: await creationOptions(means.site, account, proof),
      password: { salt: await saltFor(means, account.id), ...stretchCost },
    };
  });

  const finish = async (
    context: Served,
    made: { readonly name: string; readonly challenge: string },
    wayOf: (account: string) => MadePasskey | Promise<Stretched>,
  ): Promise<Or<object>> => {
    const { records, secret, now } = context.var.means;
    const late = await slowed(context);
    if (late) return late;
    // The challenge says that this server gave this name a moment ago, to who was allowed in.
    if (!(await isChallenge(secret.mac, `sign-up ${made.name}`, made.challenge, now())))
      return no("challenge");
    const account = await accountId(made.name);
    const arrival = { device: deviceOf(context), replaces: null };
    const input = { name: made.name, way: await wayOf(account), ...arrival };
    return welcome(context, account, await records("account", account, "signUp", input));
  };
  onPost(app, "/api/account/sign-up/passkey", { name, challenge, response: credential }, (context, body) =>
    finish(context, body, () => ({
      site: context.var.means.site,
      challenge: body.challenge,
      response: body.response as RegistrationResponseJSON,
    })),
  );
  onPost(app, "/api/account/sign-up/password", { name, challenge, stretched }, (context, body) =>
    finish(context, body, async (account) => ({
      stretched: body.stretched,
      salt: await saltFor(context.var.means, account),
    })),
  );
};

const isInvited = ({ signUp }: AccountMeans, word: string): boolean =>
  signUp === "open" || (signUp !== "closed" && isSameText(signUp.invitation, word));

/** The salt of an account without one of its own, and of every name that nobody has: 16 bytes, always the same. */
const saltFor = async ({ secret }: AccountMeans, account: string): Promise<string> =>
  toBase64Url((await macOf(secret.mac, "stretch salt", account)).subarray(0, 16));

/** A session that began goes into the cookies; its token stands nowhere else. */
const welcome = async (context: Served, account: string, signedIn: Or<SignedIn>): Promise<Or<object>> => {
  if (isRefused(signedIn)) return signedIn;
  const { jar } = context.var.means;
  jar.write(context, "session", await sessionCookie(context, { id: account, token: signedIn.token }));
  jar.write(context, "device", await deviceMark(context, account));
  return { name: signedIn.name };
};

const mountSignIn = (app: AccountApp): void => {
  onPost(app, "/api/account/sign-in/begin", {}, async (context) => {
    const { secret, site, now } = context.var.means;
    const late = await slowed(context);
    if (late) return late;
    const proof = await makeChallenge(secret.mac, "sign-in", now());
    return { challenge: proof, passkey: await requestOptions(site, proof) };
  });

  onPost(app, "/api/account/sign-in/passkey", { challenge, response: credential }, async (context, body) => {
    const { records, secret, site, now } = context.var.means;
    const late = await slowed(context);
    if (late) return late;
    if (!(await isChallenge(secret.mac, "sign-in", body.challenge, now()))) return no("challenge");
    const response = body.response as AuthenticationResponseJSON;
    const account = bytesText(16)(response.response.userHandle);
    if (account === undefined) return no("sign-in");
    const input = { site, challenge: body.challenge, response, ...(await arrivalAt(context, account)) };
    return welcome(context, account, await records("account", account, "signInPasskey", input));
  });

  onPost(app, "/api/account/sign-in/salt", { name }, async (context, body) => {
    const { means } = context.var;
    const late = await slowed(context);
    if (late) return late;
    const account = await accountId(plainName(body.name));
    const own = await means.records("account", account, "stretchSalt", {});
    const salt = typeof own === "string" ? own : await saltFor(means, account);
    return { salt, ...stretchCost };
  });

  onPost(app, "/api/account/sign-in/password", { name, stretched }, async (context, body) => {
    const { records } = context.var.means;
    const late = await slowed(context);
    if (late) return late;
    const account = await accountId(plainName(body.name));
    const arrival = await arrivalAt(context, account);
    // A browser that was signed in before has tries of its own: strangers who guess never use up its owner's.
    const key = (await knownDevice(context, account)) ?? `password ${account}`;
    const wait = await records("limit", key, "take", passwordRule);
    if (wait > 0) return { refused: "later", seconds: wait };
    const signedIn = await records("account", account, "signInPassword", {
      stretched: body.stretched,
      ...arrival,
    });
    if (!isRefused(signedIn)) await records("limit", key, "giveBack", passwordRule);
    return welcome(context, account, signedIn);
  });
};

const arrivalAt = async (context: Served, account: string): Promise<Arrival> => {
  const caller = await callerOf(context);
  return { device: deviceOf(context), replaces: caller?.id === account ? caller.token : null };
};

/** The mark of a browser that was signed in: account "." random "." MAC; opens nothing, and stays when the session ends. */
const deviceMark = async (context: Served, account: string): Promise<string> => {
  if ((await knownDevice(context, account)) !== null)
    return context.var.means.jar.read(context, "device") as string;
  const random = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  return `${account}.${random}.${await markOf(context, account, random)}`;
};

const markOf = async (context: Served, account: string, random: string): Promise<string> =>
  toBase64Url((await macOf(context.var.means.secret.mac, "device", `${account} ${random}`)).subarray(0, 16));

/** The key under which such a browser's tries are counted, or `null`. */
const knownDevice = async (context: Served, account: string): Promise<string | null> => {
  const [whose, random = "", mark = ""] = (context.var.means.jar.read(context, "device") ?? "").split(".");
  if (whose !== account || bytesText(16)(random) === undefined) return null;
  return isSameText(mark, await markOf(context, account, random)) ? `device ${random}` : null;
};

const mountOwn = (app: AccountApp): void => {
  onRead(app, "/api/account", ({ var: { means } }, { id: account, token }) =>
    means.records("account", account, "view", { token }),
  );
  onRead(app, "/api/account/log", async ({ var: { means } }, { id: account, token }) => {
    const log = await means.records("account", account, "readLog", { token });
    return isRefused(log) ? log : { log };
  });
  onSigned(app, "/api/account/sign-out", {}, async (context, { id: account, token }) => {
    const { records, jar } = context.var.means;
    await records("account", account, "signOut", { token });
    jar.write(context, "session", null);
    return true;
  });
  onSigned(app, "/api/account/sessions/revoke", { id }, ({ var: { means } }, caller, body) =>
    means.records("account", caller.id, "revoke", { token: caller.token, id: body.id }),
  );
  onSigned(app, "/api/account/passkeys/begin", {}, async ({ var: { means } }, { id: account, token }) => {
    const wanted = await means.records("account", account, "passkeyWanted", { token });
    if (isRefused(wanted)) return wanted;
    const proof = await makeChallenge(means.secret.mac, `passkey ${account}`, means.now());
    return {
      challenge: proof,
      passkey: await creationOptions(means.site, { id: account, ...wanted }, proof),
    };
  });
  onSigned(
    app,
    "/api/account/passkeys/add",
    { challenge, response: credential },
    async ({ var: { means } }, { id: account, token }, body) => {
      if (!(await isChallenge(means.secret.mac, `passkey ${account}`, body.challenge, means.now())))
        return no("challenge");
      const response = body.response as RegistrationResponseJSON;
      const input = { token, site: means.site, challenge: body.challenge, response };
      return means.records("account", account, "addPasskey", input);
    },
  );
  onSigned(app, "/api/account/passkeys/remove", { id }, ({ var: { means } }, caller, body) =>
    means.records("account", caller.id, "removePasskey", { token: caller.token, id: body.id }),
  );
  onSigned(app, "/api/account/password/salt", {}, async ({ var: { means } }, { id: account }) => ({
    salt: await saltFor(means, account),
    ...stretchCost,
  }));
  onSigned(
    app,
    "/api/account/password/set",
    { stretched },
    async ({ var: { means } }, { id: account, token }, body) =>
      means.records("account", account, "setPassword", {
        ...{ token, stretched: body.stretched, salt: await saltFor(means, account) },
      }),
  );
  onSigned(app, "/api/account/password/remove", {}, ({ var: { means } }, { id: account, token }) =>
    means.records("account", account, "removePassword", { token }),
  );
  onSigned(
    app,
    "/api/account/delivery",
    { delivery: oneOf(deliveries) },
    ({ var: { means } }, { id: account, token }, { delivery }) =>
      means.records("account", account, "setDelivery", { token, delivery }),
  );
  onSigned(app, "/api/account/authenticator/begin", {}, ({ var: { means } }, { id: account, token }) =>
    means.records("account", account, "beginAuthenticator", { token }),
  );
  onSigned(app, "/api/account/authenticator/finish", { code }, ({ var: { means } }, caller, body) =>
    means.records("account", caller.id, "finishAuthenticator", { token: caller.token, code: body.code }),
  );
  onSigned(app, "/api/account/authenticator/remove", {}, ({ var: { means } }, { id: account, token }) =>
    means.records("account", account, "removeAuthenticator", { token }),
  );
  onSigned(app, "/api/account/erase", { name }, async (context, { id: account, token }, body) => {
    const { records, jar } = context.var.means;
    // Typed by a person who means it.
    if (!isAccountName(body.name) || (await accountId(body.name)) !== account) return no("request");
    const cameras = await records("account", account, "erase", { token });
    if (isRefused(cameras)) return cameras;
    for (const { number, from } of cameras) {
      if (from !== null) await records("camera", number, "takeBack", { by: account, from: account });
      else await giveUp(context, account, number, "");
    }
    jar.write(context, "session", null);
    jar.write(context, "device", null);
    return true;
  });
};

/** A camera that an account gives up: nobody it was shared with has it any more. */
export const giveUp = async (
  { var: { means } }: Served,
  by: string,
  number: string,
  device: string,
): Promise<Or<true>> => {
  const shares = await means.records("camera", number, "unregister", { by });
  if (isRefused(shares)) return shares;
  await means.records("account", by, "cameraWent", { number, what: "camera-removed", device });
  for (const share of shares)
    await means.records("account", share.id, "cameraWent", { number, what: "taken-from-you", device: "" });
  return true;
};
