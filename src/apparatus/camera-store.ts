import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type Bytes, Fault, generateSigningKey } from "../base/index.ts";
import { cameraNumber } from "../keys/index.ts";

/** One capture device and the identity it has on this machine. Keys are `CryptoKey`s that cannot be exported. */
export interface CameraIdentity {
  /** The browser's id of the capture device. */
  readonly deviceId: string;
  readonly privateKey: CryptoKey;
  /** Raw Ed25519, 32 bytes. */
  readonly publicKey: Bytes;
  readonly number: Bytes;
  /** The hub's control key (raw), pinned at pairing; null before. */
  readonly controlKey: Bytes | null;
  /** The recipient set in force, as the hub signed it. */
  readonly recipients: Bytes | null;
  /** The highest generation of the pinned control key this camera has seen. */
  readonly generation: number;
  /** Streams begun so far, and the hash of the last one's head. */
  readonly streams: number;
  readonly lastHead: Bytes | null;
  /** How long a stream's key is used; absent: as usual. ms */
  readonly keyLife?: number;
}

/** A viewing pass that a camera was shown. Times in ms since the epoch. */
export interface SeenPass {
  /** base64url of 16 bytes. */
  readonly id: string;
  /** By the server's clock. */
  readonly issued: number;
  /** By this device's: when it was first shown, and until when it may be shown again and has to be known. */
  readonly seen: number;
  readonly until: number;
}

interface CameraSchema extends DBSchema {
  identities: { key: string; value: CameraIdentity };
  /** By device and id. */
  passes: { key: [string, string]; value: SeenPass & { readonly deviceId: string } };
}

/** The cameras of this device, in its IndexedDB. */
export interface CameraStore {
  list(): Promise<CameraIdentity[]>;
  read(deviceId: string): Promise<CameraIdentity | null>;
  /** The identity of this capture device, made now if it has none. */
  identify(deviceId: string): Promise<CameraIdentity>;
  /**
   * Pins the control key and its recipient set. Fault "recipients" {why: "old"} unless the generation is higher than any
   * this control key gave before.
   */
  pin(deviceId: string, controlKey: Bytes, recipients: Bytes, generation: number): Promise<void>;
  /** Claims the next stream counter, for ever: also when the stream then fails. */
  claimStream(deviceId: string): Promise<{ counter: number; previous: Bytes | null }>;
  /** Counts no lower than this from now on. */
  countTo(deviceId: string, counter: number): Promise<void>;
  /** How long a stream's key is used. ms */
  keepKey(deviceId: string, life: number): Promise<void>;
  /** Remembers the head of the claimed stream, which the next head names. */
  begun(deviceId: string, head: Bytes): Promise<void>;
  /** Remembers a pass, unless it is known: when it was first seen, and the latest time at which any pass seen here was issued. */
  sawPass(deviceId: string, pass: SeenPass): Promise<{ readonly seen: number; readonly newest: number }>;
}

/** Of what is known, what has to be kept when it is `now`: also the newest, which tells the time at least. */
export const keptPasses = <P extends SeenPass>(known: readonly P[], now: number): readonly P[] => {
  const newest = Math.max(...known.map(({ issued }) => issued));
  return known.filter(({ until, issued }) => now < until || issued === newest);
};

const same = (a: Bytes | null, b: Bytes): boolean => a !== null && indexedDB.cmp(a, b) === 0;

/** Opens the store; `name` differs in tests only. */
export const openCameraStore = async (name = "sealcam-camera"): Promise<CameraStore> => {
  const database: IDBPDatabase<CameraSchema> = await openDB<CameraSchema>(name, 2, {
    upgrade(fresh, from) {
      if (from < 1) fresh.createObjectStore("identities", { keyPath: "deviceId" });
      fresh.createObjectStore("passes", { keyPath: ["deviceId", "id"] });
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

  /** Reads, changes and writes one identity in one transaction, on disk before it settles. */
  const change = async <T>(
    deviceId: string,
    act: (identity: CameraIdentity) => { next: CameraIdentity; result: T },
  ): Promise<T> => {
    const transaction = database.transaction("identities", "readwrite", { durability: "strict" });
    const identity = await transaction.store.get(deviceId);
    if (!identity) throw new Fault("camera-not-paired");
    const { next, result } = act(identity);
    await transaction.store.put(next);
    await transaction.done;
    return result;
  };

  return {
    list: () => database.getAll("identities"),
    read: async (deviceId) => (await database.get("identities", deviceId)) ?? null,
    async identify(deviceId) {
      const known = await database.get("identities", deviceId);
      if (known) return known;
      // Made before the transaction: one closes when anything else is awaited in it.
      const { privateKey, publicKey } = await generateSigningKey();
      const number = await cameraNumber(publicKey);
      const fresh = { deviceId, privateKey, publicKey, number, controlKey: null, recipients: null };
      const transaction = database.transaction("identities", "readwrite", { durability: "strict" });
      const raced = await transaction.store.get(deviceId);
      const identity = raced ?? { ...fresh, generation: 0, streams: 0, lastHead: null };
      if (!raced) await transaction.store.add(identity);
      await transaction.done;
      return identity;
    },
    pin: (deviceId, controlKey, recipients, generation) =>
      change(deviceId, (identity) => {
        if (same(identity.controlKey, controlKey) && generation <= identity.generation)
          throw new Fault("recipients", { why: "old", generation, seen: identity.generation });
        return { next: { ...identity, controlKey, recipients, generation }, result: undefined };
      }),
    claimStream: (deviceId) =>
      change(deviceId, (identity) => {
        const counter = identity.streams + 1;
        return { next: { ...identity, streams: counter }, result: { counter, previous: identity.lastHead } };
      }),
    countTo: (deviceId, counter) =>
      change(deviceId, (identity) => {
        const streams = Math.max(identity.streams, counter);
        return { next: { ...identity, streams }, result: undefined };
      }),
    keepKey: (deviceId, keyLife) =>
      change(deviceId, (identity) => ({ next: { ...identity, keyLife }, result: undefined })),
    begun: (deviceId, head) =>
      change(deviceId, (identity) => ({ next: { ...identity, lastHead: head }, result: undefined })),
    async sawPass(deviceId, pass) {
      const transaction = database.transaction("passes", "readwrite", { durability: "strict" });
      const { store } = transaction;
      const known = await store.getAll(IDBKeyRange.bound([deviceId], [deviceId, []]));
      const first = known.find(({ id }) => id === pass.id) ?? { ...pass, deviceId };
      const all = known.includes(first) ? known : [...known, first];
      if (all !== known) await store.add(first);
      const kept = keptPasses(all, pass.seen);
      for (const one of known) if (!kept.includes(one)) await store.delete([deviceId, one.id]);
      await transaction.done;
      return { seen: first.seen, newest: Math.max(...all.map(({ issued }) => issued)) };
    },
  };
};
