import { Hono } from "hono";
import { policy } from "../edge/policy.ts";

/** What the edge says with every answer, for hosts of files that have to say it in its place: names and values. */
export const hostHeaders = async (): Promise<readonly (readonly [string, string])[]> => {
  const app = new Hono<{ Bindings: { readonly SERVERS?: string } }>();
  app.use(policy).get("*", (context) => context.body(null, 204));
  return [...(await app.request("/", {}, {})).headers];
};
