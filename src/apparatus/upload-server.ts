import { type Bytes, Fault, fromBase64Url, fromUtf8, toBase64Url } from "../base/index.ts";
import { bodyOf, signUpload } from "../images/index.ts";
import { numberText } from "../keys/index.ts";
import type { CameraIdentity } from "./camera-store.ts";

/** What came of a batch. `taken`: bytes of the camera's items that are safe. */
export type UploadAnswer =
  | { readonly kind: "stored" | "offset" | "refused" | "full"; readonly taken: number }
  /** The token is no good any more. */
  | { readonly kind: "token" };

/**
 * A server's stored images, as a camera sees them. Faults: "copy-offline" where nothing answers in time, "copy-none" where it stores nothing,
 * "copy-answer" where it answers with what is no answer.
 */
export interface UploadServer {
  /** 32 bytes to prove the key over: whoever gives one stores recordings. */
  nonce(): Promise<Bytes>;
  /** Opens the upload of a stream (base64url of its head's hash). Fault "copy-not-registered" where it takes none of this camera's. */
  open(hash: string): Promise<{ readonly token: string; readonly taken: number }>;
  append(hash: string, token: string, from: number, batch: Bytes): Promise<UploadAnswer>;
}

/** How long a batch may take, and anything else. ms */
const batchPatience = 60_000;
const patience = 15_000;
/** Answers are short. bytes */
const longest = 4096;

/** The worker's own fetch; tests put the service itself there. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** The server of `origin`, which has to be this worker's own: nothing is sent anywhere else, and no cookie with it. */
export const uploadServer = (
  { number, publicKey, privateKey }: Pick<CameraIdentity, "number" | "publicKey" | "privateKey">,
  origin: string,
  ask: Fetch = (path, init) => fetch(path, init),
): UploadServer => {
  const camera = numberText(number);
  const base = `/api/cameras/${camera}/recordings`;

  const post = async (path: string, body: BodyInit | null, wait: number, token = ""): Promise<Response> => {
    try {
      return await ask(`${base}/${path}`, {
        ...{ method: "POST", body, cache: "no-store", credentials: "omit", redirect: "error" },
        ...(token !== "" && { headers: { authorization: `Bearer ${token}` } }),
        signal: AbortSignal.timeout(wait),
      });
    } catch (cause) {
      throw new Fault("copy-offline", {}, { cause });
    }
  };
  const nonce = async (): Promise<Bytes> => {
    const said = await fieldsOf(await post("nonce", null, patience), 200, ["nonce"]);
    const bytes = bytesOf(said.nonce);
    if (bytes.length !== 32) throw new Fault("copy-answer");
    return bytes;
  };
  return {
    nonce,
    async open(hash) {
      const claim = { origin, camera, hash, nonce: await nonce() };
      const proof = await signUpload(privateKey, publicKey, claim);
      const [key, given] = [toBase64Url(publicKey), toBase64Url(claim.nonce)];
      const body = JSON.stringify({ key, nonce: given, proof: toBase64Url(proof) });
      const response = await post(`${hash}/upload`, body, patience);
      if (response.status === 403) throw new Fault("copy-not-registered");
      const said = await fieldsOf(response, 200, ["token", ...standing]);
      const { token } = said;
      if (typeof token !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(token)) throw new Fault("copy-answer");
      return { token, taken: takenOf(said) };
    },
    async append(hash, token, from, batch) {
      const response = await post(`${hash}/items?from=${from}`, batch, batchPatience, token);
      switch (response.status) {
        case 401:
          return { kind: "token" };
        case 409:
          return { kind: "offset", taken: takenOf(await fieldsOf(response, 409, ["code", ...standing])) };
        case 422:
          return {
            kind: "refused",
            taken: takenOf(await fieldsOf(response, 422, ["code", "reason", ...standing])),
          };
        case 507:
          return { kind: "full", taken: takenOf(await fieldsOf(response, 507, ["code", ...standing])) };
        default:
          return { kind: "stored", taken: takenOf(await fieldsOf(response, 200, standing)) };
      }
    },
  };
};

/** How far a recording is, in every answer about one. */
const standing = ["taken", "frames", "bytes", "isComplete"];

type Fields = Record<string, unknown>;

/** Exactly these fields of an answer with this status. */
const fieldsOf = async (response: Response, status: number, names: readonly string[]): Promise<Fields> => {
  if (response.status === 404) throw new Fault("copy-none");
  // Busy, slow, or behind a proxy whose server is away: it may pass.
  const mayPass = response.status >= 500 || response.status === 408 || response.status === 429;
  if (mayPass && response.status !== status) throw new Fault("copy-offline");
  const body = await bodyOf(response, longest, patience).catch(() => "slow" as const);
  if (body === "slow") throw new Fault("copy-offline");
  try {
    const said = JSON.parse(fromUtf8(body as Bytes)) as Fields;
    const isExact = Object.keys(said).toSorted().join() === [...names].toSorted().join();
    if (response.status === status && isExact) return said;
  } catch {
    // No JSON, or too much of it.
  }
  throw new Fault("copy-answer");
};

const takenOf = ({ taken }: Fields): number => {
  if (typeof taken !== "number" || !Number.isSafeInteger(taken) || taken < 0) throw new Fault("copy-answer");
  return taken;
};

const bytesOf = (text: unknown): Bytes => {
  try {
    return fromBase64Url(text as string);
  } catch (cause) {
    throw new Fault("copy-answer", {}, { cause });
  }
};
