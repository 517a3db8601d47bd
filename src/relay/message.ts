import { type Bytes, Fault, fromBase64Url, isFault } from "../base/index.ts";

/** What a peer is in a room: the one whose key names it, or one that the host admits. */
export type Role = "host" | "guest";

/** Why a peer was turned away for good, or (`expired`) has to say hello again. */
export type RefusalCode = "proof" | "closed" | "expired" | "message" | "pass";

/** "I am here": asks for a challenge [RP4]. */
export interface Hello {
  readonly kind: "hello";
  /** base64url of 32 bytes: the thumbprint of the host's key [RP1]. */
  readonly room: string;
  readonly role: Role;
  /** base64url of 16 bytes, chosen by the peer anew for each join. */
  readonly peer: string;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly key: Bytes;
  /** 32 random bytes, anew for each hello. */
  readonly nonce: Bytes;
}

/** The answer to a challenge [RP5]. */
export interface Proof {
  readonly kind: "proof";
  readonly room: string;
  readonly peer: string;
  /** COSE_Sign1 over the claim, purpose "relay-proof". */
  readonly envelope: Bytes;
  /** The host's alone, and then required: the raw keys of the guests it admits, at most 64. */
  readonly admits?: readonly Bytes[];
  /** A guest's alone: its viewing pass, 1 byte to 1 KiB, for rooms that ask for one [RP21]. The core does not read it. */
  readonly pass?: Bytes;
}

/** "I am going"; a host may close its room with it [RP14]. */
export interface Leave {
  readonly kind: "leave";
  readonly room: string;
  readonly peer: string;
  /** A word for those who come later, such as "used": 1–32 characters a–z, 0–9 and hyphen. */
  readonly closed?: string;
  /** Until when the room stays closed, in ms since the epoch. */
  readonly until?: number;
}

/** Tells a host that somebody tries keys at its room: five proofs were wrong within ten minutes [RP23]. */
export interface Warned {
  readonly kind: "warned";
  readonly room: string;
  readonly peer: string;
}

/** What peers tell a relay. */
export type PeerMessage = Hello | Proof | Leave;

/** Asks for a proof over this nonce and the hello's. */
export interface Challenge {
  readonly kind: "challenge";
  readonly room: string;
  readonly peer: string;
  /** 32 bytes of the relay's, good for one proof within 30 s [RP6] [RP7]. */
  readonly nonce: Bytes;
  /** The nonce of the hello that is answered, so that a late challenge is not taken for the present one. */
  readonly answers: Bytes;
}

/** Tells a host that it holds the room. */
export interface Joined {
  readonly kind: "joined";
  readonly room: string;
  readonly peer: string;
}

/** Tells a guest that it was listed; the same for a room that does not exist or does not admit it [RP10]. */
export interface Waiting {
  readonly kind: "waiting";
  readonly room: string;
  readonly peer: string;
  readonly for: "host";
}

/** The relay's word about the other peer. Not to be believed without a proof of the peer's own [RP19]. */
export interface OtherPeer {
  readonly peer: string;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly key: Bytes;
  readonly role: Role;
}

/** Comes with one end of a channel to the other peer [RP11]. */
export interface Introduced {
  readonly kind: "introduced";
  readonly room: string;
  readonly peer: string;
  readonly other: OtherPeer;
}

/** Turns a peer away. */
export interface Refused {
  readonly kind: "refused";
  readonly room: string;
  readonly peer: string;
  readonly code: RefusalCode;
  /** With "closed": "replaced", or the word the host left, which only those entitled are told [RP15]. */
  readonly detail?: string;
}

/** The answer to a leave; `closed` is true only where the room is closed now. */
export interface Left {
  readonly kind: "left";
  readonly room: string;
  readonly peer: string;
  readonly closed: boolean;
}

/** What a relay tells peers. */
export type RelayMessage = Challenge | Joined | Waiting | Introduced | Refused | Left | Warned;

/** Guest keys that one host can admit. */
export const MAX_ADMITS = 64;

const PASS_LENGTH = 1024;
const ENVELOPE_LENGTH = 73; // of every COSE_Sign1 that signCose writes

type Fields = Record<string, unknown>;
type Rule = (value: unknown, field: string) => unknown;

// Each reader copies what it takes: a small view could come with a large buffer, or one that somebody still writes to.
function bytes(length: number): Rule {
  return (value, field) => {
    if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) throw wrong(field);
    if (value.length !== length) throw wrong(field);
    return new Uint8Array(value);
  };
}

const pass: Rule = (value, field) => {
  const length = value instanceof Uint8Array ? value.length : 0;
  if (length === 0 || length > PASS_LENGTH) throw wrong(field);
  return bytes(length)(value, field);
};

function named(length: number): Rule {
  return (value, field) => {
    if (typeof value !== "string" || value.length !== Math.ceil((length * 4) / 3)) throw wrong(field);
    try {
      fromBase64Url(value);
    } catch {
      throw wrong(field);
    }
    return value;
  };
}

function oneOf(...words: readonly string[]): Rule {
  return (value, field) => {
    if (typeof value !== "string" || !words.includes(value)) throw wrong(field);
    return value;
  };
}

const room = named(32);
const peer = named(16);
const key = bytes(32);
const nonce = bytes(32);
const role = oneOf("host", "guest");

const word: Rule = (value, field) => {
  if (typeof value !== "string" || !/^[a-z0-9-]{1,32}$/.test(value)) throw wrong(field);
  return value;
};

const time: Rule = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong(field);
  return value;
};

const flag: Rule = (value, field) => {
  if (typeof value !== "boolean") throw wrong(field);
  return value;
};

const keys: Rule = (value, field) => {
  if (!Array.isArray(value) || value.length > MAX_ADMITS) throw wrong(field);
  return Array.from(value, (item) => key(item, field));
};

const other: Rule = (value, field) => fields(value, { peer, key, role }, {}, field);

interface Shape {
  readonly required: Readonly<Record<string, Rule>>;
  readonly optional: Readonly<Record<string, Rule>>;
}

const shape = (required: Shape["required"], optional: Shape["optional"] = {}): Shape => ({
  required: { kind: word, room, peer, ...required },
  optional,
});

const PEER_SHAPES: ReadonlyMap<unknown, Shape> = new Map([
  ["hello", shape({ role, key, nonce })],
  ["proof", shape({ envelope: bytes(ENVELOPE_LENGTH) }, { admits: keys, pass })],
  ["leave", shape({}, { closed: word, until: time })],
]);

const RELAY_SHAPES: ReadonlyMap<unknown, Shape> = new Map([
  ["challenge", shape({ nonce, answers: nonce })],
  ["joined", shape({})],
  ["waiting", shape({ for: oneOf("host") })],
  ["introduced", shape({ other })],
  ["refused", shape({ code: oneOf("proof", "closed", "expired", "message", "pass") }, { detail: word })],
  ["left", shape({ closed: flag })],
  ["warned", shape({})],
]);

/** Reads what a peer sent [RP2]. Throws Fault "message" {field} on anything but exactly a PeerMessage. */
export function decodeMessage(value: unknown): PeerMessage {
  const message = decode(value, PEER_SHAPES) as unknown as PeerMessage;
  if (message.kind === "leave" && message.until !== undefined && message.closed === undefined) {
    throw wrong("until");
  }
  return message;
}

/** Reads what a relay sent. Throws Fault "message" {field} on anything but exactly a RelayMessage. */
export function decodeRelayMessage(value: unknown): RelayMessage {
  return decode(value, RELAY_SHAPES) as unknown as RelayMessage;
}

/** Whether a text can be the name of a room [RP1]. */
export function isRoomName(text: string): boolean {
  try {
    return room(text, "room") === text;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}

/** Where an unreadable message can be answered: its room and peer if these at least are well formed, else `null`. */
export function returnAddress(value: unknown): { readonly room: string; readonly peer: string } | null {
  if (typeof value !== "object" || value === null) return null;
  const { room: toRoom, peer: toPeer } = value as Fields;
  try {
    return { room: room(toRoom, "room") as string, peer: peer(toPeer, "peer") as string };
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

function decode(value: unknown, shapes: ReadonlyMap<unknown, Shape>): Fields {
  const kind = typeof value === "object" && value !== null ? (value as Fields).kind : undefined;
  const found = shapes.get(kind);
  if (found === undefined) throw wrong("kind");
  return fields(value, found.required, found.optional, "message");
}

function fields(
  value: unknown,
  required: Shape["required"],
  optional: Shape["optional"],
  whole: string,
): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(whole);
  const read: Fields = {};
  for (const field of Reflect.ownKeys(value)) {
    const rule =
      typeof field === "string" && Object.hasOwn({ ...required, ...optional }, field)
        ? (required[field] ?? optional[field])
        : undefined;
    if (rule === undefined) throw wrong("unknown"); // not echoed: the name is the sender's
    read[field as string] = rule((value as Fields)[field as string], field as string);
  }
  for (const field of Object.keys(required)) if (!Object.hasOwn(read, field)) throw wrong(field);
  return read;
}

function wrong(field: string): Fault<"message"> {
  return new Fault("message", { field });
}
