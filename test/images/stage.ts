import { type ImageMeans, type ImageRight, imagesApp } from "../../src/images/http.ts";
import {
  ImageService,
  memoryChunkStore,
  memoryImageIndex,
  type RetentionRules,
  serviceKeys,
} from "../../src/images/index.ts";

/** What a test says of the world around the service. */
export interface Said {
  /** How far the service's clock is ahead, ms. */
  readonly ahead: number;
  readonly rules: RetentionRules;
  /** Who may do what with which camera; null: the camera itself. */
  readonly rights: readonly (readonly [account: string | null, camera: string, right: ImageRight])[];
  /** Erases what is overdue now. */
  readonly sweeps?: boolean;
}

/** Where the same tests run: in memory, and in workerd. */
export interface Stage {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  say(said: Said): Promise<void>;
  /** The keys of all chunks that lie there. */
  keys(): Promise<string[]>;
  /** Stops the service and starts another one on what is stored. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const origin = "https://images.test";

export const memoryStage = async (): Promise<Stage> => {
  const [index, chunks] = [memoryImageIndex(), memoryChunkStore()];
  const keys = await serviceKeys(new Uint8Array(32).fill(7));
  let said: Said = { ahead: 0, rules: { days: null, bytes: null }, rights: [] };
  const make = () =>
    new ImageService({
      ...{ index, chunks, origin, ...keys, rules: () => said.rules },
      clock: { now: () => Date.now() + said.ahead },
    });
  let service = make();
  const meansFor = (request: Request): ImageMeans => ({
    ...{ origin, chunks, service: async () => service, nonce: (camera) => service.nonce(camera) },
    account: async () => request.headers.get("x-test-account"),
    may: async (account, camera, right) =>
      said.rights.some(([who, what, may]) => who === account && what === camera && may === right),
  });
  const app = imagesApp(({ req }) => meansFor(req.raw));
  return {
    fetch: async (path, init) => app.fetch(new Request(origin + path, init)),
    say: async (now) => {
      said = now;
      if (now.sweeps) await service.sweep();
    },
    keys: () => chunks.list(""),
    restart: async () => {
      service = make();
    },
    stop: async () => undefined,
  };
};
