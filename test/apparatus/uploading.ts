import type { RecordingEntry } from "../../src/apparatus/recording-store.ts";
import { uploadServer } from "../../src/apparatus/upload-server.ts";
import type { UploadedStream, UploadPlace, UploadStore } from "../../src/apparatus/upload-store.ts";
import { type CopyProgress, Uploader } from "../../src/apparatus/uploader.ts";
import { type Bytes, concat, Fault } from "../../src/base/index.ts";
import type { Uploading } from "../images/camera.ts";
import { origin, type Stage } from "../images/stage.ts";
import { sourceOf } from "../seal/recordings.ts";
import { retained } from "./recordings-in-memory.ts";

/** A recording of a camera on its device. */
export interface OnDevice {
  readonly name: string;
  bytes: Bytes;
  isWriting: boolean;
  isStored: boolean;
}

/** What a camera's device holds and knows; `watchers` hear of changes. */
export const makeDevice = ({ camera }: Uploading) => {
  const files: OnDevice[] = [];
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const find = (name: string): OnDevice => {
    const file = files.find((one) => one.name === name);
    if (!file) throw new Fault("recording-none");
    return file;
  };
  const entryOf = ({ name, bytes, isWriting, isStored }: OnDevice): RecordingEntry => ({
    ...retained(name, Number(name), { bytes: bytes.length, isWriting, isStored }),
    ...{ number: camera, origin: "camera" as const, isStored },
  });
  const [places, streams] = [new Map<string, UploadPlace>(), new Map<string, UploadedStream>()];
  const store: UploadStore = {
    isKept: async () => true,
    keep: async () => undefined,
    places: async () => [...places.values()],
    stream: async (hash) => streams.get(hash) ?? null,
    async write(place, stream) {
      places.set(place.name, place);
      if (stream) streams.set(stream.hash, stream);
    },
    async forget(name) {
      places.delete(name);
    },
  };
  return {
    ...{ files, places, streams, store, changed },
    /** A recording that was begun at `begun`. */
    record(begun: number, items: readonly Bytes[], isWriting = false): OnDevice {
      const file = { name: `${begun}`, bytes: concat(...items), isWriting, isStored: false };
      files.push(file);
      changed();
      return file;
    },
    erase(file: OnDevice): void {
      files.splice(files.indexOf(file), 1);
      changed();
    },
    recordings: {
      list: async () => files.map(entryOf).reverse(),
      source: async (name: string) => sourceOf(find(name).bytes),
      async markStored(name: string) {
        find(name).isStored = true;
        changed();
      },
      watch(listener: () => void) {
        watchers.add(listener);
        return () => watchers.delete(listener);
      },
    },
  };
};

export type Device = ReturnType<typeof makeDevice>;

/** What was asked of the server: method and path end, the length of what was sent, and the answer's status. */
export interface Asked {
  readonly what: string;
  readonly from: number | null;
  readonly length: number;
  readonly status: number;
}

/** What a test puts between camera and server; by `undefined` a request goes through. */
export type Between = (
  path: string,
  init: RequestInit,
) => Promise<Response | undefined> | Response | undefined;

/** A camera's uploader before a service; a steady clock that a test moves. */
export const startUploading = (
  stage: Stage,
  device: Device,
  camera: Uploading,
  between: Between = () => undefined,
) => {
  const asked: Asked[] = [];
  const told: CopyProgress[] = [];
  const steady = { time: 0, now: () => steady.time };
  const identity = { number: camera.number, publicKey: camera.key, privateKey: camera.privateKey };
  const server = uploadServer(identity, origin, async (path, init) => {
    const response = (await between(path, init)) ?? (await stage.fetch(path, init));
    const [, what = "", from] = /\/([a-z]+)(?:\?from=([0-9]+))?$/.exec(path) ?? [];
    const length = init.body instanceof Uint8Array ? init.body.length : 0;
    asked.push({ what, from: from === undefined ? null : Number(from), length, status: response.status });
    return response;
  });
  const uploader = new Uploader({
    ...{ number: camera.camera, recordings: device.recordings, store: device.store, server, steady },
    ...{ clock: { now: () => Date.now() }, pause: () => 1 },
    onprogress: (progress) => told.push(progress),
  });
  const end = new AbortController();
  const over = uploader.run(end.signal);
  return {
    ...{ asked, told, steady },
    /** What was sent of recordings: where it began, and how much. */
    sent: () =>
      asked
        .filter(({ what, status }) => what === "items" && status === 200)
        .map(({ from, length }) => [from, length]),
    last: () => told.at(-1),
    async stop(): Promise<void> {
      end.abort();
      await over;
    },
  };
};

export type Uploads = ReturnType<typeof startUploading>;

/** Waits until it holds. */
export const until = async (holds: () => boolean | Promise<boolean>, what = "it"): Promise<void> => {
  for (let round = 0; round < 5_000; round += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`${what} never came`);
};
