import {
  type Bytes,
  generateSigningKey,
  randomBytes,
  thumbprint,
  toBase64Url,
} from "../../src/base/index.ts";
import { type JoinOptions, joinRoom, type Membership, type RelayLink } from "../../src/relay/client.dom.ts";
import type { PeerMessage, RelayContext, RelayMessage } from "../../src/relay/index.ts";
import { signRelayProof } from "../../src/relay/index.ts";

/** Where a relay runs. */
export interface RelayGround {
  /** For which proofs have to be. */
  readonly origin: string;
  /** A new peer's way to the relay of a room. */
  peer(room: string): Promise<RelayLink>;
}

/** One rule of rooms, to be shown wherever their relay runs; it throws where it is not kept. Each case makes its own rooms. */
export interface RelayCase {
  readonly title: string;
  readonly check: (table: RelayTable) => Promise<void>;
}

interface Key {
  readonly key: Bytes;
  readonly privateKey: CryptoKey;
  readonly room: string;
}

const newKey = async (): Promise<Key> => {
  const { privateKey, publicKey } = await generateSigningKey();
  return { key: publicKey, privateKey, room: toBase64Url(await thumbprint(publicKey)) };
};

/** Somebody who joined, and what happened since. */
interface Joined {
  readonly log: string[];
  readonly membership: Membership;
}

/** Peers of one case. */
class RelayTable {
  readonly #ground: RelayGround;
  readonly #all: Membership[] = [];

  constructor(ground: RelayGround) {
    this.#ground = ground;
  }

  /** Joins at a quick pace. `admits` makes a host. */
  async join(
    who: Key,
    room: string,
    admits?: readonly Bytes[],
    more: Partial<JoinOptions> = {},
  ): Promise<Joined> {
    const { origin } = this.#ground;
    const log: string[] = [];
    const { key, privateKey } = who;
    const membership = joinRoom({
      ...{ room, role: admits === undefined ? "guest" : "host" },
      prover: { key, prove: (request) => signRelayProof(privateKey, { ...request, origin, key }) },
      ...(admits !== undefined && { admits: async () => admits }),
      onwaiting: (waitsFor) => log.push(`waiting ${waitsFor}`),
      onintroduced: (passage, other) => {
        log.push(`introduced ${other.role}`);
        passage.close();
      },
      onrefused: (code, detail) => log.push(detail === undefined ? code : `${code} ${detail}`),
      relay: await this.#ground.peer(room),
      // Patient: a disk that others write to holds an answer back for seconds.
      pace: { answer: 10_000, beat: 1_000, pause: 50 },
      ...more,
    });
    this.#all.push(membership);
    return { log, membership };
  }

  /** Says one thing, whatever it is, and gives the first answer. */
  async say(message: { readonly room: string; readonly peer: string }): Promise<RelayMessage> {
    const relay = await this.#ground.peer(message.room);
    let deafen = (): void => {};
    const answer = new Promise<RelayMessage>((resolve) => {
      deafen = relay.listen((said) => {
        if (said.peer !== message.peer) return false;
        resolve(said);
        return true;
      });
    });
    await relay.post(message as PeerMessage);
    return answer.finally(() => deafen());
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.splice(0).map((membership) => membership.leave()));
  }
}

/** Runs a case and takes its peers away. */
export const runRelayCase = async ({ check }: RelayCase, ground: RelayGround): Promise<void> => {
  const table = new RelayTable(ground);
  try {
    await check(table);
  } finally {
    await table.end();
  }
};

/** A good pass, and another one, by `testAdmit`. */
const [goodPass, badPass] = [new Uint8Array([1]), new Uint8Array([2])];

/** What test relays say of passes: who brings none comes into a room that asks for none. */
export const testAdmit: NonNullable<RelayContext["admit"]> = async ({ pass }) => {
  if (pass === null) return { admitted: true, until: null };
  return pass[0] === goodPass[0] ? { admitted: true, until: Date.now() + 60_000 } : { admitted: false };
};

export const relayCases: readonly RelayCase[] = [
  {
    title: "[RP9] [RP11] a guest waits for the host; then both are introduced",
    check: async (table) => {
      const [host, guest] = [await newKey(), await newKey()];
      const b = await table.join(guest, host.room);
      await heard(b, "waiting host");
      const a = await table.join(host, host.room, [guest.key]);
      await heard(a, "introduced guest");
      await heard(b, "introduced host");
    },
  },
  {
    title:
      "[RP8] who does not hold the key that names a room is not its host, nor who signs with another key",
    check: async (table) => {
      const [host, liar] = [await newKey(), await newKey()];
      await heard(await table.join(liar, host.room, []), "proof");
      await heard(await table.join({ ...host, privateKey: liar.privateKey }, host.room, []), "proof");
    },
  },
  {
    title: "[RP10] a guest that is not admitted waits as in a room that is not there",
    check: async (table) => {
      const [host, stranger, guest] = [await newKey(), await newKey(), await newKey()];
      const a = await table.join(host, host.room, [guest.key]);
      await heard(a, "waiting guest");
      const [in_, nowhere] = [await table.join(stranger, host.room), await table.join(stranger, guest.room)];
      for (const one of [in_, nowhere]) await heard(one, "waiting host");
      await heard(await table.join(guest, host.room), "introduced host");
      same(in_.log, nowhere.log);
    },
  },
  {
    title: "[RP13] a host that another one replaces is told, and does not fight for the room",
    check: async (table) => {
      const [host, guest] = [await newKey(), await newKey()];
      const a = await table.join(host, host.room, []);
      await heard(a, "waiting guest");
      const again = await table.join(host, host.room, [guest.key]);
      await heard(a, "closed replaced");
      await heard(await table.join(guest, host.room), "introduced host");
      await heard(again, "introduced guest");
    },
  },
  {
    title: "[RP14] [RP15] a room can be closed for good; who was admitted learns the word",
    check: async (table) => {
      const [host, guest, stranger] = [await newKey(), await newKey(), await newKey()];
      const a = await table.join(host, host.room, [guest.key]);
      await heard(a, "waiting guest");
      same(await a.membership.leave({ code: "used", until: Date.now() + 60_000 }), true);
      await heard(await table.join(guest, host.room), "closed used");
      await heard(await table.join(stranger, host.room), "waiting host");
    },
  },
  {
    title: "[RP2] [RP22] words of another version are refused, and nothing but the refusal is said",
    check: async (table) => {
      const { key, room } = await newKey();
      const hello = { kind: "hello", room, role: "guest", key, nonce: randomBytes(32) };
      const { nonce: _, ...less } = hello;
      for (const other of [
        { ...hello, wire: "2" },
        less,
        { ...hello, kind: "welcome" },
        { ...hello, role: "x" },
      ]) {
        const peer = toBase64Url(randomBytes(16));
        const answer = await table.say({ ...other, peer });
        same(sorted(answer), sorted({ kind: "refused", room, peer, code: "message" }));
      }
    },
  },
];

/** For relays that ask for passes by `testAdmit`. */
export const passCases: readonly RelayCase[] = [
  {
    title: "[RP21] who brings a pass that is none is not introduced; who brings a good one is",
    check: async (table) => {
      const [host, guest] = [await newKey(), await newKey()];
      const a = await table.join(host, host.room, [guest.key]);
      await heard(a, "waiting guest");
      await heard(await table.join(guest, host.room, undefined, { pass: async () => badPass }), "pass");
      same(a.log.includes("introduced guest"), false);
      const b = await table.join(guest, host.room, undefined, { pass: async () => goodPass });
      await heard(b, "introduced host");
      await heard(a, "introduced guest");
    },
  },
  {
    title: "[RP21] a stranger hears nothing of passes, whatever it brings",
    check: async (table) => {
      const [host, stranger] = [await newKey(), await newKey()];
      await heard(await table.join(host, host.room, []), "waiting guest");
      const b = await table.join(stranger, host.room, undefined, { pass: async () => badPass });
      await heard(b, "waiting host");
    },
  },
];

async function heard({ log }: Joined, words: string): Promise<void> {
  const end = Date.now() + 40_000;
  while (!log.includes(words)) {
    if (Date.now() > end) throw new Error(`never "${words}", but ${log.join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function sorted(value: object): unknown {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function same(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, found ${a}`);
}
