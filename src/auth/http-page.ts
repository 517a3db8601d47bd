import type { Context } from "hono";

/**
 * Whether a request comes from a page of this origin, by what browsers write into headers: against requests that other sites make
 * with this one's cookies, beside SameSite=Strict. Fetch Metadata where the browser sends it, and for all that changes something
 * an Origin that is ours.
 */
export const ownPageByHeaders =
  (origin: string) =>
  ({ req }: Context): boolean => {
    const site = req.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin") return false;
    const from = req.header("origin");
    if (from !== undefined && from !== origin) return false;
    return from === origin || req.method === "GET" || req.method === "HEAD";
  };
