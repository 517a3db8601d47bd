import { type DBSchema, openDB } from "idb";

/** Where a recording of this device stands in what its server has of the stream. */
export interface UploadPlace {
  /** Of the recording in the store. */
  readonly name: string;
  /** Of its camera, 52 base32 characters. */
  readonly number: string;
  /** Of the stream that it is of: base64url of the head's hash. */
  readonly hash: string;
  /** The server has its byte n where it counts n + base; null before anything was asked. */
  readonly base: number | null;
  /** Up to where the camera's clock says that it is safe, ms; null: nothing of it. */
  readonly safe: number | null;
  /** Why no more of it goes there; null while it does. */
  readonly refused: string | null;
}

/** How much of a stream the server said that it has, and when, ms. */
export interface UploadedStream {
  readonly hash: string;
  readonly taken: number;
  readonly said: number;
}

interface UploadSchema extends DBSchema {
  /** Cameras, by number, whose recordings are to be copied. */
  rules: { key: string; value: true };
  places: { key: string; value: UploadPlace };
  streams: { key: string; value: UploadedStream };
}

/** What this device knows of copies on its server. */
export interface UploadStore {
  isKept(number: string): Promise<boolean>;
  keep(number: string, isKept: boolean): Promise<void>;
  places(number: string): Promise<UploadPlace[]>;
  stream(hash: string): Promise<UploadedStream | null>;
  /** A place and, with it, its stream: both or neither. */
  write(place: UploadPlace, stream?: UploadedStream): Promise<void>;
  /** A recording that is stored as a whole, or gone. What is known of its stream stays. */
  forget(name: string): Promise<void>;
}

/** Streams of which something is known: the oldest give way. */
const mostStreams = 1_000;

export const openUploadStore = async (name = "sealcam-uploads"): Promise<UploadStore> => {
  const database = await openDB<UploadSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("rules");
      fresh.createObjectStore("places", { keyPath: "name" });
      fresh.createObjectStore("streams", { keyPath: "hash" });
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  const streams = await database.getAll("streams");
  const old = streams.sort((a, b) => b.said - a.said).slice(mostStreams);
  for (const { hash } of old) await database.delete("streams", hash);
  return {
    isKept: async (number) => (await database.get("rules", number)) === true,
    async keep(number, isKept) {
      if (isKept) await database.put("rules", true, number);
      else await database.delete("rules", number);
    },
    places: async (number) => (await database.getAll("places")).filter((one) => one.number === number),
    stream: async (hash) => (await database.get("streams", hash)) ?? null,
    async write(place, stream) {
      const transaction = database.transaction(["places", "streams"], "readwrite");
      await transaction.objectStore("places").put(place);
      if (stream) await transaction.objectStore("streams").put(stream);
      await transaction.done;
    },
    async forget(recording) {
      await database.delete("places", recording);
    },
  };
};
