import { type Bytes, fromBase64Url, toBase64Url } from "../base/index.ts";
import type { Hello, Leave, Proof, RefusalCode, RelayMessage } from "./message.ts";
import type { Finding } from "./proof.ts";
import {
  type Address,
  bounded,
  type Check,
  type Effect,
  type End,
  emptyRoom,
  isSame,
  kept,
  LIMITS,
  type Present,
  pruned,
  type RoomEvent,
  type RoomState,
  type StepContext,
  type Waiter,
} from "./room-state.ts";

/** A room after a step, and what the step asks for, in order. */
export interface Stepped {
  /** `null` where nothing needs to be kept. */
  readonly state: RoomState | null;
  readonly effects: readonly Effect[];
}

type Ends = Pick<End, "address" | "peer">;

/**
 * One step of a room's life, by PROTOCOL.md. Pure: no clock, no randomness, no cryptography of its own, so a relay
 * may be stopped before and after it. `room` names the room of `event`; `state` is what was stored for it.
 */
export function step(room: string, state: RoomState | null, event: RoomEvent, context: StepContext): Stepped {
  const now = pruned(state ?? emptyRoom(room), context.now);
  const stepped = act(now, event, context);
  return { state: stepped.state === null ? null : kept(stepped.state), effects: stepped.effects };
}

function act(state: RoomState, event: RoomEvent, context: StepContext): Stepped {
  if ("tick" in event) return { state, effects: [] };
  if ("gone" in event) return { state: without(state, (end) => end.address === event.gone), effects: [] };
  if ("checked" in event) return settle(state, event.checked, event.finding, context.now);
  const { from, message } = event;
  if (message.room !== state.room) throw new TypeError('"room" is not the room of the message');
  switch (message.kind) {
    case "hello":
      return greet(state, from, message, context);
    case "proof":
      return claim(state, from, message);
    case "leave":
      return leave(state, from, message, context.now);
  }
}

/** [RP4] Every hello is answered the same way, whatever is known of the room. */
function greet(state: RoomState, from: Address, hello: Hello, { now, nonce }: StepContext): Stepped {
  const { peer, role } = hello;
  const open = {
    address: from,
    peer,
    role,
    key: toBase64Url(hello.key),
    peerNonce: toBase64Url(hello.nonce),
    nonce: toBase64Url(nonce),
    at: now,
  };
  const challenges = bounded(state.challenges, open, LIMITS.challenges);
  const message: RelayMessage = { kind: "challenge", room: state.room, peer, nonce, answers: hello.nonce };
  return { state: { ...state, challenges }, effects: [{ to: from, message }] };
}

/** [RP6] The attempt burns the nonce: the state that is written before the check no longer knows it. */
function claim(state: RoomState, from: Address, { peer, envelope, admits, pass }: Proof): Stepped {
  const sender = { address: from, peer };
  const used = state.challenges.find((open) => isSame(open, sender));
  if (used === undefined) return { state, effects: [refuse(state, sender, "expired")] };
  const challenges = state.challenges.filter((open) => open !== used);
  const burnt = { ...state, challenges };
  const isHost = used.role === "host";
  if (isHost !== (admits !== undefined) || (isHost && pass !== undefined)) {
    return { state: burnt, effects: [refuse(state, sender, "message")] };
  }
  const check: Check = {
    used,
    envelope,
    admits: admits?.map((key) => toBase64Url(key)) ?? null,
    pass: pass ?? null,
  };
  return { state: burnt, effects: [{ check }] };
}

/** What a proof leads to once it was looked at. */
function settle(state: RoomState, { used, admits }: Check, finding: Finding, now: number): Stepped {
  const { address, peer, key, role } = used;
  const present: Present = { address, peer, key, at: now };
  // [RP8] A host must hold the key that names the room; a guest must hold the key that it names.
  if (!finding.isProven || (role === "host" && !finding.namesRoom)) {
    // Whatever this peer was before, it failed to prove it again.
    const left = without(state, (end) => isSame(end, present));
    const refused = refuse(state, present, "proof");
    return wrong(left, [refused], now);
  }
  if (state.closed !== null) {
    const isEntitled = finding.namesRoom || state.closed.admits.includes(key); // [RP15]
    const effect = isEntitled ? refuse(state, present, "closed", state.closed.code) : wait(state, present);
    return { state: without(state, (end) => isSame(end, present)), effects: [effect] };
  }
  return role === "host" ? seat(state, present, admits ?? []) : list(state, waiter(present, finding));
}

/** [RP23] One more wrong proof at a room that has a host: the fifth is told to it, and the count begins anew. */
function wrong(
  { wrong: before = [], ...state }: RoomState,
  effects: readonly Effect[],
  now: number,
): Stepped {
  const { host, room } = state;
  if (host === null) return { state, effects };
  const times = [...before.filter((at) => at <= now && now - at <= LIMITS.wrongLife), now];
  if (times.length < LIMITS.wrong) return { state: { ...state, wrong: times }, effects };
  const message: RelayMessage = { kind: "warned", room, peer: host.peer };
  return { state, effects: [...effects, { to: host.address, message }] };
}

/** A guest with what its pass is worth [RP21]. */
function waiter(guest: Present, { admission }: Finding): Waiter {
  if (admission === undefined) return guest;
  if (!admission.admitted) return { ...guest, lacksPass: true };
  return admission.until === null ? guest : { ...guest, until: admission.until };
}

/** A host takes its room, or keeps it with a new list [RP12]; another one in its place is sent away [RP13]. */
function seat(state: RoomState, host: Present, admits: readonly string[]): Stepped {
  const effects: Effect[] = [];
  let others = state;
  if (state.host !== null && !isSame(state.host, host)) {
    const former = state.host;
    effects.push(refuse(state, former, "closed", "replaced"));
    others = without(state, (end) => isSame(end, former)); // its open challenge too, or it would win the room back
  }
  effects.push({ to: host.address, message: { kind: "joined", room: state.room, peer: host.peer } });
  others = without(others, (end) => isSame(end, host));
  const admitted = others.guests.filter((guest) => admits.includes(guest.key));
  for (const guest of admitted) effects.push(enter(state, host, guest, host.at));
  // A guest's open challenge goes with it, or the proof that is under way would introduce it once more.
  others = without(others, (end) => admitted.some((guest) => isSame(end, guest)));
  return { state: { ...others, host, admits: [...new Set(admits)] }, effects };
}

/** [RP9] [RP10] A guest that is admitted is introduced and forgotten; any other one waits, whatever the reason. */
function list(state: RoomState, guest: Waiter): Stepped {
  const others = without(state, (end) => isSame(end, guest));
  if (others.host !== null && others.admits.includes(guest.key)) {
    return { state: others, effects: [enter(others, others.host, guest, guest.at)] };
  }
  const guests = bounded(others.guests, guest, LIMITS.guests);
  return { state: { ...others, guests }, effects: [wait(state, guest)] };
}

/** [RP21] An admitted guest is introduced, or told that its pass does not let it in: only who may come hears of passes. */
function enter(state: RoomState, host: End, guest: Waiter, now: number): Effect {
  const isLate = guest.until !== undefined && guest.until <= now;
  return guest.lacksPass || isLate ? refuse(state, guest, "pass") : introduce(state, host, guest);
}

/** [RP14] Leaving needs no proof: it counts for the address that proved, and can only take away. */
function leave(state: RoomState, from: Address, { peer, closed, until }: Leave, now: number): Stepped {
  const sender = { address: from, peer };
  const isHost = state.host !== null && isSame(state.host, sender);
  const left = without(state, (end) => isSame(end, sender));
  const answer = (isClosed: boolean): Effect => ({
    to: from,
    message: { kind: "left", room: state.room, peer, closed: isClosed },
  });
  if (!isHost || closed === undefined) {
    const isClosed = closed !== undefined && state.closed !== null && isSame(state.closed.by, sender);
    return { state: left, effects: [answer(isClosed)] };
  }
  const end = Math.min(until ?? now + LIMITS.closedLife, now + LIMITS.closedMost);
  const tombstone = { code: closed, until: end, admits: state.admits, by: sender };
  const told = left.guests.filter((guest) => state.admits.includes(guest.key));
  return {
    state: { ...left, guests: [], closed: tombstone },
    effects: [answer(end > now), ...told.map((guest) => refuse(state, guest, "closed", closed))],
  };
}

function without(state: RoomState, isOut: (end: Ends) => boolean): RoomState {
  const isHostOut = state.host !== null && isOut(state.host);
  return {
    ...state,
    host: isHostOut ? null : state.host,
    admits: isHostOut ? [] : state.admits,
    guests: state.guests.filter((guest) => !isOut(guest)),
    challenges: state.challenges.filter((open) => !isOut(open)),
  };
}

function refuse(state: RoomState, to: Ends, code: RefusalCode, detail?: string): Effect {
  const refused = { kind: "refused", room: state.room, peer: to.peer, code } as const;
  return { to: to.address, message: detail === undefined ? refused : { ...refused, detail } };
}

function wait({ room }: RoomState, { address, peer }: Ends): Effect {
  return { to: address, message: { kind: "waiting", room, peer, for: "host" } };
}

function introduce({ room }: RoomState, host: End, guest: End): Effect {
  const end = ({ address, peer, key, until }: End): End =>
    until === undefined ? { address, peer, key } : { address, peer, key, until };
  return { introduce: { room, host: end(host), guest: end(guest) } };
}

/** The two messages of an introduction: to the host about the guest, and to the guest about the host. */
export function introductions(
  room: string,
  host: End,
  guest: End,
): { readonly toHost: RelayMessage; readonly toGuest: RelayMessage } {
  const raw = (end: End): Bytes => fromBase64Url(end.key);
  return {
    toHost: {
      kind: "introduced",
      room,
      peer: host.peer,
      other: { peer: guest.peer, key: raw(guest), role: "guest" },
    },
    toGuest: {
      kind: "introduced",
      room,
      peer: guest.peer,
      other: { peer: host.peer, key: raw(host), role: "host" },
    },
  };
}
