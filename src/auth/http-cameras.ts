import { equal, toBase64Url } from "../base/index.ts";
import { accountId, isAccountName, plainName } from "./account-name.ts";
import { giveUp } from "./http-account.ts";
import { type AccountApp, no, onRead, onSigned } from "./http-answers.ts";
import { bytesText, bytesUpTo, text, truth } from "./http-body.ts";
import { isRefused } from "./refusal.ts";
import { checkRegistration } from "./registration.ts";
import { isChallenge, makeChallenge } from "./secret.ts";

const number = bytesText(32);
const name = text(31);
const rights = { live: truth, recordings: truth, manage: truth };

/** Cameras of accounts: registration by the hub (S105), rights, sharing. All below /api/cameras. */
export const mountCameras = (app: AccountApp): void => {
  onRead(app, "/api/cameras", async ({ var: { means } }, { id, token }) => {
    const known = await means.records("account", id, "cameras", { token });
    if (isRefused(known)) return known;
    const looked = await Promise.all(
      known.map(async (camera) => {
        const view = await means.records("camera", camera.number, "look", { by: id });
        return isRefused(view) ? [] : [{ number: camera.number, ...view }];
      }),
    );
    return { cameras: looked.flat() };
  });

  onSigned(app, "/api/cameras/challenge", {}, async ({ var: { means } }, { id }) => ({
    account: id,
    challenge: await makeChallenge(means.secret.mac, `camera ${id}`, means.now()),
  }));

  onSigned(
    app,
    "/api/cameras/register",
    { registration: bytesUpTo(32_768) },
    async ({ var: { means } }, { id, token }, body) => {
      const who = await means.records("account", id, "whoIs", { token });
      if (isRefused(who)) return who;
      const room = await means.records("account", id, "hasRoom", { token });
      if (isRefused(room)) return room;
      const read = await checkRegistration(body.registration);
      if (read === null || toBase64Url(read.account) !== id) return no("registration");
      if (!(await isChallenge(means.secret.mac, `camera ${id}`, read.challenge, means.now())))
        return no("challenge");
      // Its relay alone would ask for passes then, and its direct paths would stay open.
      if (!read.server || !equal(read.server, means.secret.signing.publicKey)) return no("unpinned");
      const camera = toBase64Url(read.number);
      const registered = await means.records("camera", camera, "register", {
        owner: { id, name: who.name },
        controlKey: toBase64Url(read.controlKey),
        generation: read.generation,
      });
      if (isRefused(registered)) return registered;
      const { former, shares } = registered;
      if (former !== null) {
        const gone = { number: camera, device: "", what: "camera-elsewhere" } as const;
        await means.records("account", former.id, "cameraWent", gone);
        for (const share of shares)
          await means.records("account", share.id, "cameraWent", { ...gone, what: "taken-from-you" });
      }
      await means.records("account", id, "cameraCame", { number: camera, from: null, device: who.device });
      return { number: camera };
    },
  );

  onSigned(app, "/api/cameras/remove", { number }, async (context, { id, token }, body) => {
    const who = await context.var.means.records("account", id, "whoIsRecent", { token });
    return isRefused(who) ? who : giveUp(context, id, body.number, who.device);
  });

  onSigned(
    app,
    "/api/cameras/share",
    { number, name, ...rights },
    async ({ var: { means } }, { id, token }, body) => {
      const who = await means.records("account", id, "whoIsRecent", { token });
      if (isRefused(who)) return who;
      const to = plainName(body.name);
      if (!isAccountName(to) || !(body.live || body.recordings || body.manage)) return no("request");
      const { live, recordings, manage } = body;
      const share = { id: await accountId(to), name: to, live, recordings, manage };
      const shared = await means.records("camera", body.number, "share", { by: id, to: share });
      if (isRefused(shared)) return shared;
      // Whether anybody has that name is not told: the share waits, and nobody gets the name a second time.
      await means.records("account", share.id, "cameraCame", {
        ...{ number: body.number, from: who.name, device: "" },
      });
      await means.records("account", id, "note", { what: "shared", about: to, device: who.device });
      return true;
    },
  );

  onSigned(
    app,
    "/api/cameras/take-back",
    { number, name },
    async ({ var: { means } }, { id, token }, body) => {
      const who = await means.records("account", id, "whoIsRecent", { token });
      if (isRefused(who)) return who;
      const from = plainName(body.name);
      const other = await accountId(from);
      const taken = await means.records("camera", body.number, "takeBack", { by: id, from: other });
      if (isRefused(taken)) return taken;
      const gone = { number: body.number, what: "taken-from-you", device: "" } as const;
      await means.records("account", other, "cameraWent", gone);
      await means.records("account", id, "note", { what: "taken-back", about: from, device: who.device });
      return true;
    },
  );

  onSigned(app, "/api/cameras/leave", { number }, async ({ var: { means } }, { id, token }, body) => {
    // Only its owner can bring it back.
    const who = await means.records("account", id, "whoIsRecent", { token });
    if (isRefused(who)) return who;
    const left = await means.records("camera", body.number, "takeBack", { by: id, from: id });
    if (isRefused(left)) return left;
    const gone = { number: body.number, what: "camera-removed", device: who.device } as const;
    return means.records("account", id, "cameraWent", gone);
  });
};
