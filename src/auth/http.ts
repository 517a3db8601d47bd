import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { mountAccount } from "./http-account.ts";
import { type AccountApp, type AccountMeans, isOwnPage, no, sayNo } from "./http-answers.ts";
import { mountCameras } from "./http-cameras.ts";
import { mountPasses } from "./http-passes.ts";

/** A body in bytes, at most: a registration with a set of 64 viewers is the largest. */
const MAX_BODY = 48 * 1024;

/**
 * /api/account, /api/cameras and /api/passes over any records: JSON in and out, for pages of the same origin alone. `meansOf` gives
 * the host's means for a request. Every answer is not to be stored; a refusal is {code, detail}.
 */
export const accountsApp = (
  meansOf: (context: Context) => AccountMeans | Promise<AccountMeans>,
): AccountApp => {
  const app: AccountApp = new Hono();
  app.use("/api/*", async (context, next) => {
    const means = await meansOf(context);
    context.set("means", means);
    context.header("cache-control", "no-store");
    if (!isOwnPage(context, means.site.origin)) return sayNo(context, no("request"));
    if (context.req.method === "POST" && !isJson(context)) return sayNo(context, no("request"));
    await next();
  });
  app.use(
    "/api/*",
    bodyLimit({
      maxSize: MAX_BODY,
      onError: (context) => context.json({ code: "request", detail: {} }, 413),
    }),
  );
  mountAccount(app);
  mountCameras(app);
  mountPasses(app);
  app.notFound((context) => context.json({ code: "request", detail: {} }, 404));
  // What went wrong stays here: it could name what is stored.
  app.onError((error, context) => {
    console.error(error);
    return context.json({ code: "unexpected", detail: {} }, 500);
  });
  return app;
};

const isJson = ({ req }: Context): boolean =>
  /^application\/json(;\s*charset=utf-8)?$/i.test(req.header("content-type") ?? "");
