import type { Bytes } from "../base/index.ts";
import type { PeerMessage, RelayMessage, Role } from "./message.ts";
import type { Finding } from "./proof.ts";

/** How a host of the core calls a connection: a service worker's client id, a socket's id. */
export type Address = string;

/** Who speaks: messages count for the pair, so nobody speaks for a peer of another address [RP3]. */
export interface End {
  readonly address: Address;
  /** base64url of 16 bytes. */
  readonly peer: string;
  /** base64url of the raw 32-byte key. */
  readonly key: string;
  /** Of a guest whose pass limits it [RP21]: when its connection has to end, ms since the epoch. */
  readonly until?: number;
}

/** A challenge that was not answered yet. */
export interface OpenChallenge extends End {
  readonly role: Role;
  /** base64url of 32 bytes. */
  readonly peerNonce: string;
  /** base64url of 32 bytes. */
  readonly nonce: string;
  /** When it was made, ms since the epoch. */
  readonly at: number;
}

/** A peer that proved its key. */
export interface Present extends End {
  /** When it last proved it, ms since the epoch. */
  readonly at: number;
}

/** A guest that waits. */
export interface Waiter extends Present {
  /** The room asks for a pass, and it brought none that lets it in [RP21]. */
  readonly lacksPass?: true;
}

/** What stays of a room that its host closed [RP14]. */
export interface Tombstone {
  readonly code: string;
  /** ms since the epoch. */
  readonly until: number;
  /** The keys (base64url) that were admitted at the end: they may know the code. */
  readonly admits: readonly string[];
  /** Who closed it: one that missed the answer asks again and shall hear the same. */
  readonly by: Pick<End, "address" | "peer">;
}

/** All a relay knows about a room: text, numbers, arrays, so that every store keeps it unchanged. */
export interface RoomState {
  readonly version: 1;
  readonly room: string;
  readonly host: Present | null;
  /** Keys (base64url) of the guests that the present host admits. */
  readonly admits: readonly string[];
  /** Guests that proved their key and were not introduced, oldest first. */
  readonly guests: readonly Waiter[];
  readonly challenges: readonly OpenChallenge[];
  readonly closed: Tombstone | null;
  /** When proofs were wrong while a host was there, in ms since the epoch, oldest first; absent: none was [RP23]. */
  readonly wrong?: readonly number[];
}

/** A proof to be looked at, with the challenge that it used up. */
export interface Check {
  readonly used: OpenChallenge;
  readonly envelope: Bytes;
  /** base64url keys; `null` of a guest. */
  readonly admits: readonly string[] | null;
  /** The pass that a guest brought. */
  readonly pass: Bytes | null;
}

/** What can happen to a room. `checked` answers a `check` effect and comes from the relay itself, never from a peer. */
export type RoomEvent =
  | { readonly from: Address; readonly message: PeerMessage }
  | { readonly checked: Check; readonly finding: Finding }
  | { readonly gone: Address }
  | { readonly tick: true };

/** What the relay shall do for the peers. */
export type OutwardEffect =
  | { readonly to: Address; readonly message: RelayMessage }
  | { readonly introduce: { readonly room: string; readonly host: End; readonly guest: End } };

/** What `step` asks for: `check` is for the relay itself, after the state was written [RP6]. */
export type Effect = OutwardEffect | { readonly check: Check };

/** What `step` may know of the world. */
export interface StepContext {
  /** ms since the epoch. */
  readonly now: number;
  /** 32 fresh random bytes for this step. */
  readonly nonce: Bytes;
}

/** Bounds of a room [RP16] [RP23] and its time-outs in ms [RP7] [RP17]. */
export const LIMITS = {
  guests: 32,
  /** As many as sockets: while one of them has several, none loses its only one. */
  challenges: 128,
  perAddress: 4,
  challengeLife: 30_000,
  guestLife: 10 * 60_000,
  hostLife: 24 * 3_600_000,
  closedLife: 24 * 3_600_000,
  closedMost: 30 * 24 * 3_600_000,
  /** Wrong proofs within `wrongLife` of which the host is told. */
  wrong: 5,
  wrongLife: 10 * 60_000,
} as const;

/** A room that nobody entered yet. */
export function emptyRoom(room: string): RoomState {
  return { version: 1, room, host: null, admits: [], guests: [], challenges: [], closed: null };
}

/** The state without what has expired [RP17]. */
export function pruned(state: RoomState, now: number): RoomState {
  // A time in the future is a clock that was set back: it expires too, rather than live for ever.
  const isYoung = (at: number, life: number) => at <= now && now - at <= life;
  const host = state.host !== null && isYoung(state.host.at, LIMITS.hostLife) ? state.host : null;
  const { closed } = state;
  return {
    ...state,
    host,
    admits: host === null ? [] : state.admits,
    guests: state.guests.filter((guest) => isYoung(guest.at, LIMITS.guestLife)),
    challenges: state.challenges.filter((open) => isYoung(open.at, LIMITS.challengeLife)),
    closed: closed !== null && closed.until > now ? closed : null,
  };
}

/** When the first thing of this state expires, in ms since the epoch; `null` where nothing ever does. */
export function nextExpiry({ host, guests, challenges, closed }: RoomState): number | null {
  const times = [
    ...challenges.map(({ at }) => at + LIMITS.challengeLife + 1),
    ...guests.map(({ at }) => at + LIMITS.guestLife + 1),
    ...(host === null ? [] : [host.at + LIMITS.hostLife + 1]),
    ...(closed === null ? [] : [closed.until]),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/** `null` for a room of which nothing needs to be known: it is not kept. */
export function kept(state: RoomState): RoomState | null {
  const { host, guests, challenges, closed } = state;
  const isEmpty = host === null && guests.length === 0 && challenges.length === 0 && closed === null;
  return isEmpty ? null : state;
}

/**
 * The list with one more, within the bounds: first the same address gives way, then the oldest of those that have most [RP16]. So who says
 * hello a thousand times a second does not push out a peer that is about to prove its key.
 */
export function bounded<T extends End>(list: readonly T[], item: T, most: number): readonly T[] {
  const others = list.filter((entry) => !isSame(entry, item));
  const own = others.filter((entry) => entry.address === item.address);
  const surplus = own.slice(0, Math.max(0, own.length + 1 - LIMITS.perAddress));
  const all = [...others.filter((entry) => !surplus.includes(entry)), item];
  if (all.length <= most) return all;
  const counts = new Map<Address, number>();
  for (const { address } of all) counts.set(address, (counts.get(address) ?? 0) + 1);
  const highest = Math.max(...counts.values());
  const out = all.find(({ address }) => counts.get(address) === highest);
  return all.filter((entry) => entry !== out);
}

/** Whether both are the same peer at the same address. */
export function isSame(a: Pick<End, "address" | "peer">, b: Pick<End, "address" | "peer">): boolean {
  return a.address === b.address && a.peer === b.peer;
}
