import { storedPath } from "../../apparatus/index.ts";
import { Fault } from "../../base/index.ts";
import type { StoredEntry, StoredRoom } from "./snapshots.ts";

/** What a server says of one camera's recordings. */
export interface StoredListing {
  readonly recordings: readonly StoredEntry[];
  readonly mayManage: boolean;
  /** null: it is another account's room. */
  readonly room: StoredRoom | null;
}

type Named = Parameters<typeof storedPath>[0];

/** Lists the recordings of a camera, the newest first. `number`: 52 base32 characters. Faults of `StoredFault`. */
export const askListing = async (number: string): Promise<StoredListing> => {
  const response = await ask(`/api/cameras/${number}/recordings`, "GET");
  const listing = readListing(await response.json().catch(() => null));
  if (listing === null) throw new Fault("stored-answer");
  return listing;
};

/** Protects a recording, or no longer. Faults of `StoredFault`. */
export const protectStored = async (name: Named, isProtected: boolean): Promise<void> => {
  await ask(`${storedPath(name)}/protected`, isProtected ? "PUT" : "DELETE");
};

/** Erases a recording from the server. Faults of `StoredFault`. */
export const eraseStored = async (name: Named): Promise<void> => {
  await ask(storedPath(name), "DELETE");
};

const ask = async (path: string, method: string): Promise<Response> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
  } catch (cause) {
    throw new Fault("offline", {}, { cause });
  }
  if (response.status === 404) throw new Fault("stored-none");
  if (!response.ok) throw new Fault("stored-answer");
  return response;
};

/** Exactly what the server's `Listed` is, or null. */
export const readListing = (value: unknown): StoredListing | null => {
  if (!isRecord(value) || !Array.isArray(value.recordings) || typeof value.mayManage !== "boolean")
    return null;
  const recordings = value.recordings.map(readEntry);
  const room = value.room === null ? null : readRoom(value.room);
  if (room === undefined || recordings.some((one) => one === null)) return null;
  return { recordings: recordings as StoredEntry[], mayManage: value.mayManage, room };
};

const readEntry = (value: unknown): StoredEntry | null => {
  if (!isRecord(value)) return null;
  const { hash, begun, started, first, last, frames, bytes, until } = value;
  const { isComplete, isWriting, isProtected } = value;
  if (typeof hash !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(hash)) return null;
  const counts = [begun, started, first, last, frames, bytes];
  if (!counts.every(isCount) || !(until === null || isCount(until))) return null;
  if (![isComplete, isWriting, isProtected].every((one) => typeof one === "boolean")) return null;
  const known = {
    hash,
    begun,
    started,
    first,
    last,
    frames,
    bytes,
    until,
    isComplete,
    isWriting,
    isProtected,
  };
  return known as StoredEntry;
};

const readRoom = (value: unknown): StoredRoom | undefined => {
  if (!isRecord(value) || !isCount(value.used) || !(value.of === null || isCount(value.of))) return undefined;
  return { used: value.used, of: value.of };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
