import { DurableObject } from "cloudflare:workers";
import type { Context } from "hono";
import type { Bytes } from "../src/base/index.ts";
import { type ImageAnswers, type ImageMeans, imagesApp } from "../src/images/http.ts";
import {
  bucketChunkStore,
  ImageService,
  type Opening,
  type RecordingName,
  type RetentionRules,
  serviceKeys,
  sqlImageIndex,
} from "../src/images/index.ts";

/** What stored images need of the edge. */
export interface ImageEnv {
  readonly IMAGES: R2Bucket;
  readonly IMAGE_INDEX: DurableObjectNamespace<Images>;
}

/** What the worker tells an account's object with every question. */
export interface Given {
  readonly origin: string;
  /** All keys of the service follow from it, 32 bytes. */
  readonly seed: Bytes;
  readonly rules: RetentionRules;
}

const day = 86_400_000;

/** The stored images of one account: its index in SQLite, the pictures in the bucket. */
export class Images extends DurableObject<ImageEnv> {
  /** Where its chunks lie in the bucket of all: a camera that went to another account begins anew there. */
  readonly #place = `${this.ctx.id}/`;
  #service: Promise<ImageService> | null = null;
  #rules: RetentionRules = this.ctx.storage.kv.get<RetentionRules>("rules") ?? { days: null, bytes: null };

  nonce(given: Given, camera: string) {
    return this.#as(given, (service) => service.nonce(camera));
  }

  open(given: Given, opening: Opening) {
    return this.#as(given, (service) => service.open(opening));
  }

  isToken(given: Given, token: string, name: RecordingName) {
    return this.#as(given, (service) => service.isToken(token, name));
  }

  stand(given: Given, name: RecordingName) {
    return this.#as(given, (service) => service.stand(name));
  }

  append(given: Given, name: RecordingName, from: number, batch: Bytes) {
    return this.#as(given, async (service) => {
      // What is overdue goes also when nobody comes.
      if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.now() + day);
      return service.append(name, from, batch);
    });
  }

  list(given: Given, camera: string) {
    return this.#as(given, (service) => service.list(camera));
  }

  room(given: Given) {
    return this.#as(given, (service) => service.room());
  }

  look(given: Given, name: RecordingName) {
    return this.#as(given, (service) => service.look(name));
  }

  entries(given: Given, name: RecordingName) {
    return this.#as(given, (service) => service.entries(name));
  }

  /** By their keys in the bucket. */
  pieces(given: Given, name: RecordingName, from: number, to: number) {
    return this.#as(given, async (service) => {
      const pieces = await service.pieces(name, from, to);
      return pieces.map((piece) => ({ ...piece, key: this.#place + piece.key }));
    });
  }

  protect(given: Given, name: RecordingName, isProtected: boolean) {
    return this.#as(given, (service) => service.protect(name, isProtected));
  }

  erase(given: Given, name: RecordingName) {
    return this.#as(given, (service) => service.erase(name));
  }

  async clear(): Promise<void> {
    await (await this.#keyless()).clear();
  }

  override async alarm(): Promise<void> {
    // First of all, and each day until nothing is left: what fails today, or is not overdue yet, goes on another day.
    await this.ctx.storage.setAlarm(this.now() + day);
    const service = await this.#keyless();
    await service.sweep();
    if ((await service.room()).used === 0) await this.ctx.storage.deleteAlarm();
  }

  /** Where nobody has asked since this object woke: rules are kept, and to erase takes no key. */
  #keyless(): Promise<ImageService> {
    return this.#service ?? this.#make({ origin: "", seed: new Uint8Array(32), rules: this.#rules });
  }

  protected now(): number {
    return Date.now();
  }

  async #as<T>(given: Given, act: (service: ImageService) => Promise<T>): Promise<T> {
    if (JSON.stringify(this.#rules) !== JSON.stringify(given.rules)) {
      this.#rules = given.rules;
      this.ctx.storage.kv.put("rules", given.rules);
    }
    this.#service ??= this.#make(given);
    return act(await this.#service);
  }

  async #make({ origin, seed }: Given): Promise<ImageService> {
    return new ImageService({
      index: sqlImageIndex(this.ctx.storage),
      chunks: bucketChunkStore(this.env.IMAGES, this.#place),
      clock: { now: () => this.now() },
      ...{ origin, ...(await serviceKeys(seed)) },
      rules: () => this.#rules,
    });
  }
}

/** Who is who, for stored images: what accounts answer. */
export interface ImageHooks<E extends ImageEnv> {
  seed(env: E): Promise<Bytes>;
  origin(env: E, url: string): string;
  account(context: Context): Promise<string | null>;
  may(env: E, ...asked: Parameters<ImageMeans["may"]>): ReturnType<ImageMeans["may"]>;
  /** The account that this camera belongs to, and its rules; null where nobody registered it. */
  owner(env: E, camera: string): Promise<{ readonly account: string; readonly rules: RetentionRules } | null>;
}

/** `imagesApp` with an object for each account. */
export const imagesAt = <E extends ImageEnv>(hooks: ImageHooks<E>) =>
  imagesApp((context: Context) => {
    const env = context.env as E;
    const origin = hooks.origin(env, context.req.url);
    return {
      origin,
      chunks: bucketChunkStore(env.IMAGES),
      account: () => hooks.account(context),
      may: (...asked) => hooks.may(env, ...asked),
      nonce: async (camera) => {
        const stub = env.IMAGE_INDEX.getByName("nobody");
        return answers(stub, { origin, seed: await hooks.seed(env), rules: nothing }).nonce(camera);
      },
      service: async (camera) => {
        const owner = await hooks.owner(env, camera);
        // A camera that nobody registered is answered by an object that never hears of an upload: `may` says no.
        const stub = env.IMAGE_INDEX.getByName(owner?.account ?? "nobody");
        const rules = owner?.rules ?? nothing;
        return answers(stub, { origin, seed: await hooks.seed(env), rules });
      },
    };
  });

/** Keeps nothing. */
const nothing: RetentionRules = { days: 0, bytes: 0 };

/** An account's object as the service that runs in it. */
const answers = (stub: DurableObjectStub<Images>, given: Given): ImageAnswers => {
  const object = stub as unknown as {
    [verb in keyof ImageAnswers]: (given: Given, ...asked: unknown[]) => Promise<never>;
  };
  return {
    nonce: (camera) => object.nonce(given, camera),
    open: (opening) => object.open(given, opening),
    isToken: (token, name) => object.isToken(given, token, name),
    stand: (name) => object.stand(given, name),
    append: (name, from, batch) => object.append(given, name, from, batch),
    list: (camera) => object.list(given, camera),
    room: () => object.room(given),
    look: (name) => object.look(given, name),
    entries: (name) => object.entries(given, name),
    pieces: (name, from, to) => object.pieces(given, name, from, to),
    protect: (name, isProtected) => object.protect(given, name, isProtected),
    erase: (name) => object.erase(given, name),
  };
};
