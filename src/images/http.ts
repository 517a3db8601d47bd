import { type Context, Hono } from "hono";
import { type Bytes, fromBase32, fromBase64Url, toBase64Url } from "../base/index.ts";
import { bodyOf } from "./body.ts";
import { type ImageService, maxBatch } from "./image-service.ts";
import { rangeOf } from "./range.ts";
import type { ChunkStore } from "./store.ts";
import type { Listed, Piece, RecordingName } from "./stored-recording.ts";

/** What somebody may do with a camera's stored images; "own": it is this account's camera, whose room they take. */
export type ImageRight = "upload" | "read" | "manage" | "own";

/** What answers for one account: the service itself, or a stub of the object it runs in. */
export type ImageAnswers = Pick<
  ImageService,
  | "append"
  | "entries"
  | "erase"
  | "isToken"
  | "list"
  | "look"
  | "nonce"
  | "open"
  | "pieces"
  | "protect"
  | "room"
  | "stand"
>;

/** What the host gives for a request. */
export interface ImageMeans {
  /** Own origin: what changes anything in an account's name comes from its pages alone. */
  readonly origin: string;
  readonly chunks: ChunkStore;
  /** Who is signed in where the request comes from; null for nobody. */
  account(): Promise<string | null>;
  /** Whether an account, or with null the camera itself, which proved its key, may do this with a camera. */
  may(account: string | null, camera: string, right: ImageRight): Promise<boolean>;
  /** The service of the account that this camera belongs to; of a camera that nobody registered, one that keeps nothing. */
  service(camera: string): Promise<ImageAnswers>;
  /** What every service of this host would give: nothing has to be known of the camera for it. */
  nonce(camera: string): Promise<Bytes>;
}

type Env = { Variables: { means: ImageMeans; service: () => Promise<ImageAnswers> } };
type Here = Context<Env>;

/** How long one batch may take to come in. ms */
const patience = 30_000;
/** A proof and its answer, bytes. */
const maxTalk = 4096;

/**
 * `/api/cameras/:number/recordings`: cameras add, viewers list and read in ranges, and who manages protects and erases. Who may not do it
 * hears what is heard where there is nothing. `meansOf` gives the host's means for a request.
 */
export const imagesApp = (meansOf: (context: Context) => ImageMeans | Promise<ImageMeans>): Hono<Env> => {
  const app = new Hono<Env>();
  const base = "/api/cameras/:number{[A-Z2-7]{52}}/recordings";
  const one = `${base}/:hash{[A-Za-z0-9_-]{43}}`;

  app.use(`${base}/*`, async (context, next) => {
    const number = context.req.param("number") as string;
    if (!isName(number, context.req.param("hash"))) return no(context, 404, "not-found");
    const means = await meansOf(context);
    context.set("means", means);
    // Not before somebody who may has asked: what is looked up for strangers could fill the disk.
    context.set("service", () => means.service(number));
    context.header("cache-control", "no-store");
    await next();
  });

  app.post(`${base}/nonce`, async (context) => {
    const nonce = await context.get("means").nonce(context.req.param("number") as string);
    return context.json({ nonce: toBase64Url(nonce) });
  });

  app.post(`${one}/upload`, async (context) => {
    const name = nameOf(context);
    const opening = openingFrom(await bodyOf(context.req.raw, maxTalk, patience));
    if (!opening) return no(context, 400, "request");
    const opened = await (await context.get("service")()).open({ ...name, ...opening });
    const may = opened !== null && (await context.get("means").may(null, name.camera, "upload"));
    return may ? context.json(opened) : no(context, 403, "proof");
  });

  app.post(`${one}/items`, async (context) => {
    const name = nameOf(context);
    const means = context.get("means");
    const token = /^Bearer ([A-Za-z0-9_-]{1,64})$/.exec(context.req.header("authorization") ?? "")?.[1];
    if (!token || !(await (await context.get("service")()).isToken(token, name)))
      return no(context, 401, "token");
    const from = context.req.query("from") ?? "";
    if (!/^(0|[1-9][0-9]{0,14})$/.test(from)) return no(context, 400, "request");
    const batch = await bodyOf(context.req.raw, maxBatch, patience);
    if (batch === "long") return no(context, 413, "long");
    if (batch === "slow") return no(context, 408, "slow");
    // Once it is all here: a right that was taken back meanwhile, or with its account, ends an upload that is open.
    if (!(await means.may(null, name.camera, "upload"))) return no(context, 401, "token");
    const { result, ...stored } = await (await context.get("service")()).append(name, Number(from), batch);
    if (result === "stored") return context.json(stored);
    const status = { offset: 409, refused: 422, quota: 507 } as const;
    return context.json({ code: result, ...stored }, status[result]);
  });

  app.get(base, async (context) => {
    const camera = context.req.param("number") as string;
    if (!(await mayHere(context, camera, "read"))) return no(context, 404, "not-found");
    const service = await context.get("service")();
    const recordings = (await service.list(camera)).map(({ camera: _, ...told }) => told);
    const mayManage = await mayHere(context, camera, "manage");
    // How much else an account has is its own business.
    const room = (await mayHere(context, camera, "own")) ? await service.room() : null;
    return context.json({ recordings, mayManage, room });
  });

  app.on(["GET", "HEAD"], one, async (context) => {
    const name = nameOf(context);
    if (!(await mayHere(context, name.camera, "read"))) return no(context, 404, "not-found");
    const found = await (await context.get("service")()).look(name);
    return found ? readFile(context, found) : no(context, 404, "not-found");
  });

  app.get(`${one}/index`, async (context) => {
    const name = nameOf(context);
    if (!(await mayHere(context, name.camera, "read"))) return no(context, 404, "not-found");
    const service = await context.get("service")();
    // One that is being erased is not there any more.
    const entries = (await service.look(name)) && (await service.entries(name));
    if (!entries || entries.length === 0) return no(context, 404, "not-found");
    const length = String(entries.length);
    return context.body(entries, 200, {
      ...{ "content-type": "application/octet-stream", "content-length": length },
    });
  });

  app.on(["PUT", "DELETE"], `${one}/protected`, async (context) => {
    const name = nameOf(context);
    if (!(await mayHere(context, name.camera, "manage"))) return no(context, 404, "not-found");
    if (!isOwnPage(context)) return no(context, 403, "origin");
    const done = await (await context.get("service")()).protect(name, context.req.method === "PUT");
    return done ? context.body(null, 204) : no(context, 404, "not-found");
  });

  app.delete(one, async (context) => {
    const name = nameOf(context);
    if (!(await mayHere(context, name.camera, "manage"))) return no(context, 404, "not-found");
    if (!isOwnPage(context)) return no(context, 403, "origin");
    const done = await (await context.get("service")()).erase(name);
    return done ? context.body(null, 204) : no(context, 404, "not-found");
  });

  app.notFound((context) => no(context, 404, "not-found"));
  return app;
};

const no = (context: Context, status: 400 | 401 | 403 | 404 | 408 | 413, code: string): Response =>
  context.json({ code }, status);

/** Whether these are written as they are written here: other texts for the same bytes are other names, and none of ours. */
const isName = (camera: string, hash: string | undefined): boolean => {
  try {
    fromBase32(camera);
    if (hash !== undefined) fromBase64Url(hash);
    return true;
  } catch {
    return false;
  }
};

const nameOf = ({ req }: Here): RecordingName => ({
  camera: req.param("number") as string,
  hash: req.param("hash") as string,
});

const mayHere = async (context: Here, camera: string, right: ImageRight): Promise<boolean> => {
  const means = context.get("means");
  const account = await means.account();
  return account !== null && means.may(account, camera, right);
};

/** Against requests that other sites make in this account's name. */
const isOwnPage = (context: Here): boolean => context.req.header("origin") === context.get("means").origin;

const openingFrom = (body: Bytes | "long" | "slow"): { key: Bytes; nonce: Bytes; proof: Bytes } | null => {
  if (typeof body === "string") return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    const { key, nonce, proof, ...others } = value as Record<string, unknown>;
    if (Object.keys(others).length > 0) return null;
    const bytes = [key, nonce, proof].map((text) => fromBase64Url(text as string));
    const [first, second, third] = bytes as [Bytes, Bytes, Bytes];
    return first.length === 32 && second.length === 32 && third.length === 73
      ? { key: first, nonce: second, proof: third }
      : null;
  } catch {
    return null;
  }
};

/** The file as it is now, or a range of it (RFC 9110 §14). */
const readFile = async (context: Here, found: Listed): Promise<Response> => {
  const { bytes: size, hash } = found;
  // Strong: a recording only grows, so head and length say what is in it.
  const etag = `"${hash}-${size}"`;
  context.header("etag", etag);
  context.header("accept-ranges", "bytes");
  if (context.req.header("if-none-match") === etag) return context.body(null, 304);
  const condition = context.req.header("if-range");
  const asked = condition === undefined || condition === etag ? context.req.header("range") : undefined;
  const range = rangeOf(asked, size);
  if (range === "unsatisfiable") {
    context.header("content-range", `bytes */${size}`);
    return context.body(null, 416);
  }
  const { from, to } = range ?? { from: 0, to: size };
  context.header("content-type", "application/cbor-seq"); // RFC 8742 §6
  context.header("content-length", String(to - from));
  // Never shown in a window of this origin; what it is called, a page says.
  context.header("content-disposition", "attachment");
  if (range) context.header("content-range", `bytes ${from}-${to - 1}/${size}`);
  const status = range ? 206 : 200;
  if (context.req.method === "HEAD") return context.body(null, status);
  const pieces = await (await context.get("service")()).pieces(found, from, to);
  if (pieces.length === 0) return no(context, 404, "not-found");
  return context.body(streamOf(context.get("means").chunks, pieces), status);
};

/** What is asked of the store at once. bytes */
const step = 1 << 20;

/** The pieces one behind the other, read when they are wanted. One that is gone breaks the answer off: a torn tail [SR2]. */
const streamOf = (chunks: ChunkStore, pieces: readonly Piece[]): ReadableStream<Uint8Array> => {
  let [at, done] = [0, 0];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = pieces[at];
      if (!piece) return controller.close();
      const length = Math.min(step, piece.length - done);
      const bytes = await chunks.read(piece.key, piece.offset + done, length);
      if (!bytes) return controller.error(new TypeError("a chunk is gone"));
      done += length;
      if (done === piece.length) [at, done] = [at + 1, 0];
      controller.enqueue(bytes);
    },
  });
};
