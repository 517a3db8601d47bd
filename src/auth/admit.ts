import { type Bytes, fromBase64Url, importPublicKey, toBase64Url } from "../base/index.ts";
import { checkPass, type PassRefusal } from "./pass.ts";
import type { Records } from "./records.ts";
import { isRefused } from "./refusal.ts";

/** A guest at the door of a camera's room. */
export interface Guest {
  /** The room: the camera's number, or a pairing room's name; base64url of 32 bytes. */
  readonly room: string;
  /** The key that it proved. */
  readonly key: Bytes;
  /** The pass that came with the proof. */
  readonly pass: Bytes | null;
}

/** In, until a time (`null`: no account has registered this camera, and so none limits it); or why not. */
export type Admission =
  | { readonly admitted: true; readonly until: number | null }
  | { readonly admitted: false; readonly why: PassRefusal | "right" };

/**
 * Whether a guest may come into a room: a camera that an account registered is for passes alone, of an account that has the right now; and for its hub,
 * which gets no picture there [RP25].
 * What is refused goes into the owner's log, but for guests that brought no pass at all: anybody can do that.
 */
export const admitGuest = async (
  { room, key, pass }: Guest,
  { records, serverKey, now }: { readonly records: Records; readonly serverKey: Bytes; readonly now: number },
): Promise<Admission> => {
  const camera = await records("camera", room, "standing", { by: "" });
  if (isRefused(camera) || camera.owner === null) return { admitted: true, until: null };
  const { owner, controlKey } = camera;
  if (controlKey === toBase64Url(key)) return { admitted: true, until: null };
  const use = { viewerKey: key, camera: fromBase64Url(room), now };
  const found = await checkPass(await importPublicKey(serverKey), pass, use);
  if (typeof found === "object") {
    const standing = await records("camera", room, "standing", { by: toBase64Url(found.account) });
    if (!isRefused(standing) && standing.rights.live) return { admitted: true, until: found.expires };
  }
  const why = typeof found === "object" ? "right" : found;
  // A pass that this server signed, used wrongly, is worth a line; noise is not: it costs its sender nothing.
  if (why === "foreign" || why === "expired" || why === "right")
    await records("account", owner, "note", { what: "pass-refused", about: why, device: "" });
  return { admitted: false, why };
};
