import type { Context, Hono } from "hono";
import { isRefused, type Rights, type Standing, signedIn } from "../src/auth/server.ts";
import { fromBase32, toBase64Url } from "../src/base/index.ts";
import type { RetentionRules } from "../src/images/index.ts";
import { accountMeans, recordsAt, seedAt } from "./account.ts";
import { type Env, ownOrigin } from "./env.ts";
import { type Images, imagesAt } from "./images.ts";

/** What a camera's record says for this account; for nobody with null. `camera`: its number, 52 base32 characters. */
const standingAt = async (env: Env, camera: string, account: string | null): Promise<Standing> => {
  const number = toBase64Url(fromBase32(camera));
  const found = await recordsAt(env)("camera", number, "standing", { by: account ?? "" });
  return isRefused(found) ? nothing : found;
};

const nothing: Standing = {
  ...{ owner: null, controlKey: null },
  rights: { live: false, recordings: false, manage: false },
};

/** The rules of every account on this server. What is no number from 0 on keeps nothing. */
const rulesOf = ({ STORE_DAYS = "30", STORE_BYTES = `${2 * 1024 ** 3}` }: Env): RetentionRules => ({
  days: countIn(STORE_DAYS),
  bytes: countIn(STORE_BYTES),
});

const countIn = (text: string): number => (/^[0-9]{1,15}$/.test(text) ? Number(text) : 0);

/** Who manages a camera may share its recordings with anybody: nothing is held back from him. */
const mayRead = ({ recordings, manage }: Rights): boolean => recordings || manage;

const images = imagesAt<Env>({
  seed: seedAt,
  origin: ownOrigin,
  account: async (context) => signedIn(context, await accountMeans(context)),
  may: async (env, account, camera, right) => {
    const { owner, rights } = await standingAt(env, camera, account);
    // A camera has proved its key: it puts its pictures where somebody registered it, and nowhere else.
    if (right === "upload") return owner !== null;
    if (right === "own") return account !== null && owner === account;
    return right === "manage" ? rights.manage : mayRead(rights);
  },
  owner: async (env, camera) => {
    const { owner } = await standingAt(env, camera, null);
    return owner === null ? null : { account: owner, rules: rulesOf(env) };
  },
});

/** Everything below /api/cameras/NUMBER/recordings; and who erases an account erases what is stored for it. To be mounted before accounts. */
export const mountImages = <E extends Env>(app: Hono<{ Bindings: E }>): void => {
  app.post("/api/account/erase", async (context, next) => {
    const account = await signedIn(context, await accountMeans(context));
    await next();
    if (account === null || context.res.status !== 200) return;
    await (context.env.IMAGE_INDEX.getByName(account) as unknown as Pick<Images, "clear">).clear();
  });
  const answer = ({ req, env }: Context<{ Bindings: E }>) => images.fetch(req.raw, env);
  for (const path of ["", "/*"]) app.all(`/api/cameras/:number/recordings${path}`, answer);
};
