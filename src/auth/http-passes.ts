import { fromBase64Url, toBase64Url } from "../base/index.ts";
import type { ViewText } from "./account-state.ts";
import { type AccountApp, no, onRead, onSigned, type Served } from "./http-answers.ts";
import { bytesText, listOf, text } from "./http-body.ts";
import { codeRule } from "./limit.ts";
import { MAX_VIEWS, makePass, passLife } from "./pass.ts";
import { isRefused } from "./refusal.ts";

const view = { camera: bytesText(32), viewer: bytesText(32) };
const mostViews = 4 * MAX_VIEWS;

/** Viewing passes (mission A15): a one-time password for each connected card, and 30 minutes for it. All below /api/passes. */
export const mountPasses = (app: AccountApp): void => {
  // For a hub of this origin, which trusts it with its code anyway: the hub's own word tells the camera.
  app.get("/api/passes/key", ({ json, var: { means } }) =>
    json({ serverKey: toBase64Url(means.secret.signing.publicKey) }),
  );

  onSigned(
    app,
    "/api/passes/ask",
    { views: listOf(mostViews, view) },
    async (context, { id, token }, body) => {
      const { records } = context.var.means;
      // Or whoever was signed out would hear of the account's rights.
      const who = await records("account", id, "whoIs", { token });
      if (isRefused(who)) return who;
      if (!(await mayLook(context, id, body.views))) return no("right");
      return records("account", id, "ask", { token, views: body.views });
    },
  );

  onRead(app, "/api/passes/pending", async ({ var: { means } }, { id, token }) => {
    const pending = await means.records("account", id, "pending", { token });
    return isRefused(pending) ? pending : { pending };
  });

  onSigned(
    app,
    "/api/passes/enter",
    { id: bytesText(16), code: text(8, /^[0-9]{6,8}$/) },
    async (context, { id, token }, body) => {
      const { records, secret, now, passLife: life = passLife } = context.var.means;
      // Before anything is counted: whoever was signed out would use up the tries of who is signed in.
      const who = await records("account", id, "whoIs", { token });
      if (isRefused(who)) return who;
      const wait = await records("limit", `code ${id}`, "take", codeRule);
      if (wait > 0) return { refused: "later", seconds: wait };
      const views = await records("account", id, "enter", { token, id: body.id, code: body.code });
      if (isRefused(views)) return views;
      await records("limit", `code ${id}`, "giveBack", codeRule);
      // Meanwhile somebody may have taken a right back.
      if (!(await mayLook(context, id, views))) return no("right");
      const issued = now();
      const passes: string[] = [];
      for (let at = 0; at < views.length; at += MAX_VIEWS)
        passes.push(
          toBase64Url(
            await makePass(
              secret.signing.privateKey,
              {
                account: fromBase64Url(id),
                views: views.slice(at, at + MAX_VIEWS).map(({ camera, viewer }) => ({
                  camera: fromBase64Url(camera),
                  viewer: fromBase64Url(viewer),
                })),
                issued,
              },
              life,
            ),
          ),
        );
      return { passes, expires: issued + life };
    },
  );
};

/** Whether an account may look at all of these live. */
const mayLook = async (
  { var: { means } }: Served,
  id: string,
  views: readonly ViewText[],
): Promise<boolean> => {
  const numbers = [...new Set(views.map(({ camera }) => camera))];
  const all = await Promise.all(
    numbers.map((number) => means.records("camera", number, "standing", { by: id })),
  );
  return all.every((standing) => !isRefused(standing) && standing.rights.live);
};
