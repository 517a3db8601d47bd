import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";
import { type ImageEnv, Images, imagesAt } from "../../../edge/images.ts";
import { bucketChunkStore, sqlImageIndex } from "../../../src/images/index.ts";
import { imageStoreCases } from "../../contract/image-store.ts";
import type { Said } from "../../images/stage.ts";

interface Env extends ImageEnv {
  readonly TEST: DurableObjectNamespace<TestObject>;
}

/** What a test says of time, rules and rights; and, by another name, a case of the contract on its own SQLite. */
export class TestObject extends DurableObject<Env> {
  said(): Said | undefined {
    return this.ctx.storage.kv.get<Said>("said");
  }

  say(said: Said): void {
    this.ctx.storage.kv.put("said", said);
  }

  async check(at: number): Promise<string> {
    const bucket = this.env.IMAGES;
    try {
      await imageStoreCases[at]?.check({
        index: sqlImageIndex(this.ctx.storage),
        chunks: bucketChunkStore(bucket),
      });
      return "kept";
    } catch (error) {
      return `${error}`;
    } finally {
      const { objects } = await bucket.list();
      await bucket.delete(objects.map(({ key }) => key));
    }
  }
}

/** With a clock that tests move. */
export class TestImages extends Images {
  #ahead = 0;

  ahead(time: number): void {
    this.#ahead = time;
  }

  /** As the runtime does it, which takes the alarm away before it rings. */
  async sweep(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.alarm();
  }

  planned(): Promise<number | null> {
    return this.ctx.storage.getAlarm();
  }

  protected override now(): number {
    return Date.now() + this.#ahead;
  }
}

const saidIn = async ({ TEST }: Env): Promise<Said> => {
  const said = await TEST.getByName("said").said();
  if (!said) throw new TypeError("nothing was said");
  return said as Said;
};
const owner = "owner";

const app = new Hono<{ Bindings: Env }>();
app.get("/contract/:at", async ({ env, req }) => {
  const at = Number(req.param("at"));
  return new Response(await env.TEST.getByName(`case ${at}`).check(at));
});
app.post("/say", async ({ env, req }) => {
  const said = (await req.json()) as Said;
  await env.TEST.getByName("said").say(said);
  const at = (name: string) =>
    env.IMAGE_INDEX.getByName(name) as unknown as {
      ahead(time: number): Promise<void>;
      sweep(): Promise<void>;
    };
  const images = at(owner);
  // Nonces come from another object than what they open.
  for (const one of [images, at("nobody")]) await one.ahead(said.ahead);
  if (said.sweeps) await images.sweep();
  return new Response("said");
});
app.get("/planned", async ({ env }) => {
  const images = env.IMAGE_INDEX.getByName(owner) as unknown as { planned(): Promise<number | null> };
  return Response.json(await images.planned());
});
app.get("/keys", async ({ env }) => Response.json(await bucketChunkStore(env.IMAGES).list("")));
const images = imagesAt<Env>({
  seed: async () => new Uint8Array(32).fill(7),
  origin: () => "https://images.test",
  account: async ({ req }) => req.header("x-test-account") ?? null,
  may: async (env, account, camera, right) =>
    (await saidIn(env)).rights.some(
      ([who, what, may]) => who === account && what === camera && may === right,
    ),
  owner: async (env, camera) => {
    const { rights, rules } = await saidIn(env);
    return rights.some(([, what]) => what === camera) ? { account: owner, rules } : null;
  },
});
app.all("/api/*", ({ req, env }) => images.fetch(req.raw, env));

export default app;
